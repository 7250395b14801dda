"""The engines that decide the same file, each prepared outside the clock, then run; all outputs are kept."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.release import invented
from greenlane.release.engine.asof import StatusStore
from greenlane.release.engine.batch import Kernel, _Loop, decide_with
from greenlane.release.engine.inputs import PARTIES
from greenlane.release.engine.policy import OUTPUTS, release_policy
from greenlane.release.engine.python_target import PYTHON, compile_steps
from greenlane.release.engine.tables import policy_tables
from greenlane.release.engine.versions import EXAMPLE

Decisions = dict[str, Any]
Run = Callable[[], Decisions]
KEY = "entry_number"
FEW = 200_000
"""Rows of which plain Python is timed; it is the same for every row."""


def _columns(table: pa.Table) -> dict[str, Any]:
    whole = table.combine_chunks()
    found = {name: whole[name].chunk(0) for name in whole.column_names}
    found["filed_at"] = found["filed_at"].view(pa.int64())
    return {name: column.to_numpy() for name, column in found.items()}


def _from_file(kernel: Kernel, file: Path) -> Run:
    from greenlane.release.engine.parquet import decided

    slice_ = StatusStore.build(invented.periods()).known_at()

    def run() -> Decisions:
        parts = list(decided(file, slice_, EXAMPLE, keep=(KEY,), kernel=kernel))
        found: Decisions = {name: [part.outputs[name] for part in parts] for name in OUTPUTS}
        return found | {KEY: [part.kept[KEY].to_numpy() for part in parts]}

    return run


@contextmanager
def tables(file: Path) -> Iterator[Run]:
    yield _from_file(policy_tables(), file)


@contextmanager
def loop(file: Path) -> Iterator[Run]:
    yield _from_file(_Loop(release_policy()), file)


@contextmanager
def file_to_file(file: Path) -> Iterator[Run]:
    from greenlane.release.engine.parquet import decide_file

    slice_ = StatusStore.build(invented.periods()).known_at()
    with tempfile.TemporaryDirectory(prefix="greenlane-bench-") as folder:
        target = Path(folder) / "decisions.parquet"

        def run() -> Decisions:
            decide_file(file, target, slice_, EXAMPLE, keep=(KEY,))
            return {"file": target}

        yield run


def _resident(kernel: Kernel, file: Path) -> Run:
    slice_ = StatusStore.build(invented.periods()).known_at()
    columns = _columns(pq.read_table(file))
    return lambda: decide_with(kernel, columns, slice_, EXAMPLE) | {KEY: columns[KEY]}


@contextmanager
def resident_tables(file: Path) -> Iterator[Run]:
    yield _resident(policy_tables(), file)


@contextmanager
def resident_loop(file: Path) -> Iterator[Run]:
    yield _resident(_Loop(release_policy()), file)


@contextmanager
def python(file: Path) -> Iterator[Run]:
    """Periods searched by bisection, the policy's own function; the first rows alone."""
    table = next(pq.ParquetFile(file).iter_batches(FEW))
    names = table.schema.names
    columns = _columns(pa.Table.from_batches([table]))
    slice_ = StatusStore.build(invented.periods()).known_at()
    decide = compile_steps(release_policy(), EXAMPLE.parameters, EXAMPLE.tables)

    def run() -> Decisions:
        answers = []
        for values in zip(*(columns[name].tolist() for name in names), strict=True):
            row = dict(zip(names, values, strict=True))
            at = row.pop("filed_at")
            for party in PARTIES:
                row[party] = slice_.status(row[party], at)
            answers.append(decide(**row))
        found: Decisions = dict(zip(OUTPUTS, map(np.array, zip(*answers, strict=True)), strict=True))
        return found | {KEY: columns[KEY]}

    yield run


@contextmanager
def duckdb_interval(file: Path) -> Iterator[Run]:
    """The SQL that is generated from the policy, statuses joined by interval; entries checked outside the clock."""
    from greenlane.release.engine.duckdb_engine import connected, prepare
    from greenlane.release.engine.sql_job import job
    from greenlane.release.engine.sql_target import DUCKDB

    work = job(DUCKDB, invented.periods(), [EXAMPLE], keep=(KEY,))
    with connected() as database:
        database.read_parquet(str(file)).create_view("filed")
        prepare(database, work, (KEY,))

        def run() -> Decisions:
            answered = database.sql(work.decide).to_arrow_table()
            return {name: answered[name].to_numpy() for name in (*OUTPUTS, KEY)}

        yield run


@contextmanager
def spark_local(file: Path) -> Iterator[Run]:
    """Spark on two threads of this machine, file to file, its session started outside the clock."""
    from greenlane.release.engine import spark_engine, spark_job

    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="greenlane-bench-")))
        spark_engine.prepare(scratch / "job", periods=invented.periods(), versions=[EXAMPLE], keep=(KEY,))
        spark = stack.enter_context(spark_engine.session(2, scratch))
        runs = iter(range(1000))

        def run() -> Decisions:
            target = scratch / f"out{next(runs)}"
            spark_job.run(spark, str(scratch / "job"), str(file), str(target))
            return {"file": target}

        yield run


POLARS = PYTHON | {
    "<": "({0} < {1}).cast(i64)",
    "<=": "({0} <= {1}).cast(i64)",
    "==": "({0} == {1}).cast(i64)",
    "min": "pl.min_horizontal({0}, {1})",
    "max": "pl.max_horizontal({0}, {1})",
    "if": "pl.when({0} == 1).then({1}).otherwise({2})",
}


@contextmanager
def polars_asof(file: Path) -> Iterator[Run]:
    """Four as-of joins, then the policy generated from its graph as Polars expressions, a column for each step read."""
    import polars as pl

    from greenlane.release.engine.python_target import needs
    from greenlane.release.engine.writing import Phrases

    graph = release_policy()

    def leaf(node: Any) -> str:
        if node.op in ("constant", "parameter"):
            return f"pl.lit({node.value if node.op == 'constant' else EXAMPLE.parameters[node.name]}, i64)"
        return f"pl.col('{node.name}')"

    words = Phrases(POLARS, leaf, "tables['{0}'].gather({1})".format)
    space = {"pl": pl, "i64": pl.Int64}
    space["tables"] = {name: pl.lit(pl.Series(EXAMPLE.tables[name], dtype=pl.Int64)) for name in graph.tables}
    needed = needs(graph, graph.outputs)
    steps = [
        eval(words.write(step.expression), space).alias(step.name)  # noqa: S307 - text of our own graph
        for step in graph.steps.values()
        if step.name in needed
    ]
    slice_ = StatusStore.build(invented.periods()).known_at()
    party = np.repeat(np.arange(len(slice_.offsets) - 1), np.diff(slice_.offsets)).astype(np.int32)
    changes = pl.DataFrame({"party": party, "at": slice_.bounds, "status": slice_.codes_known[slice_.codes]})
    changes = changes.with_columns(pl.col("at").cast(pl.Datetime("us", "UTC"))).sort("at")

    def run() -> Decisions:
        frame = pl.scan_parquet(file).with_columns(pl.col("filed_at").set_sorted())
        for name in PARTIES:
            right = changes.lazy().rename({"party": name, "status": f"{name}_status", "at": f"{name}_at"})
            frame = frame.join_asof(right, left_on="filed_at", right_on=f"{name}_at", by=name, check_sortedness=False)
        frame = frame.with_columns(pl.col(f"{name}_status").fill_null(0).alias(name) for name in PARTIES)
        frame = frame.with_columns(pl.col(name).cast(pl.Int64) for name in graph.inputs)
        for step in steps:
            frame = frame.with_columns(step)
        answered = frame.select(KEY, *(pl.col(name).cast(pl.Int32) for name in OUTPUTS)).collect()
        return {name: answered[name].to_numpy() for name in (*OUTPUTS, KEY)}

    yield run


PEERS: dict[str, tuple[str, Callable[[Path], Any]]] = {
    "tables": ("tables, from Parquet", tables),
    "loop": ("compiled loop, from Parquet", loop),
    "file": ("tables, Parquet to Parquet", file_to_file),
    "resident-tables": ("tables, resident columns", resident_tables),
    "resident-loop": ("compiled loop, resident columns", resident_loop),
    "polars": ("Polars as-of joins, from Parquet", polars_asof),
    "duckdb": ("DuckDB interval join, from Parquet", duckdb_interval),
    "spark": ("Spark local, interval join, Parquet to Parquet", spark_local),
    "python": (f"plain Python, first {FEW:,} rows", python),
}


def checksum(found: Decisions) -> tuple[list[int], list[int]]:
    """Sums of every output, and of each times the entry's number, whatever the order: of all entries, of the first."""
    if "file" in found:
        answered = pq.read_table(found["file"], columns=[KEY, *OUTPUTS])
        found = {name: answered[name].to_numpy() for name in answered.column_names}
    several = isinstance(found[KEY], list)
    every, first = [0] * (2 * len(OUTPUTS)), [0] * (2 * len(OUTPUTS))
    for place, keys in enumerate(found[KEY] if several else [found[KEY]]):
        early = np.asarray(keys) < FEW
        weights = np.asarray(keys, dtype=np.int64) % 1_000_003
        for number, name in enumerate(OUTPUTS):
            values = np.asarray(found[name][place] if several else found[name], dtype=np.int64)
            for sums, kept in ((every, slice(None)), (first, early)):
                sums[2 * number] += int(values[kept].sum())
                sums[2 * number + 1] += int((values[kept] % 1009 * weights[kept]).sum())
    return every, first
