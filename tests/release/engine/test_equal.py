"""Every target gives the golden vectors the same decisions: Python, the compiled loop, tables, DuckDB, PostgreSQL."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import psycopg
import pyarrow as pa
import pytest

from greenlane.release.engine import duckdb_engine, postgres_engine
from greenlane.release.engine.asof import DAY, Period, StatusStore
from greenlane.release.engine.batch import decide_batch
from greenlane.release.engine.columns import OTHERS, Slots, instant_of
from greenlane.release.engine.explaining import explain
from greenlane.release.engine.inputs import INPUTS, PARTIES
from greenlane.release.engine.parquet import decide_file
from greenlane.release.engine.policy import OUTPUTS, release_policy
from greenlane.release.engine.python_target import compile_steps
from greenlane.release.engine.sql_checks import EntriesRefused
from greenlane.release.engine.tables import decide_by_tables
from greenlane.release.engine.versions import EXAMPLE
from tests.release.engine import filing, golden
from tests.support.postgres import PostgresServer

VECTORS = golden.vectors()
RIGHT = filing.expected()


def test_the_vectors_are_what_the_policy_gives_today() -> None:
    functions = {one.code: compile_steps(release_policy(), one.parameters, one.tables) for one in golden.VERSIONS}
    assert [functions[one.version.code](**one.entry) for one in VECTORS] == [one.outcome for one in VECTORS]
    for place, name in enumerate(OUTPUTS[:-1]):
        values = {one.outcome[place] for one in VECTORS}
        assert len(values) > 1, f"the vectors hold {name} at one value"
    reasons = np.bitwise_or.reduce([one.outcome[-1] for one in VECTORS])
    assert reasons == 2 ** len(release_policy().bits()) - 1, "every reason occurs"


def test_the_online_decision_with_its_explanation_is_the_same() -> None:
    for one in VECTORS:
        assert tuple(explain(one.version, one.entry).outputs.values()) == one.outcome


def _columns() -> tuple[dict[str, np.ndarray], Any]:
    rows, periods = filing.filed()
    slice_ = StatusStore.build(periods).known_at(filing.KNOWN_AT)
    slots = Slots(slice_)
    columns = {name: np.array([row[name] for row in rows], dtype=np.int64) for name in ("filed_at", *OTHERS)}
    return columns | {party: slots.of_names([row[party] for row in rows]) for party in PARTIES}, slice_


@pytest.mark.parametrize("decide", [decide_batch, decide_by_tables])
def test_the_compiled_loop_and_the_tables_are_the_same(decide: Any) -> None:
    columns, slice_ = _columns()
    found = decide(columns, slice_, golden.VERSIONS)
    assert dict(enumerate(zip(*(found[name].tolist() for name in OUTPUTS), strict=True))) == RIGHT


def test_duckdb_is_the_same_and_every_answer_is_64_bits_wide(tmp_path: Path) -> None:
    source, target = filing.write_parquet(tmp_path / "in.parquet"), tmp_path / "out.parquet"
    periods = filing.filed()[1]
    number = duckdb_engine.decide(
        source, target, periods=periods, versions=reversed(golden.VERSIONS), known_at=filing.KNOWN_AT
    )
    decided, versions, schema = filing.read_parquet(target, OUTPUTS)
    assert (number, decided, versions) == (len(VECTORS), RIGHT, filing.codes())
    assert {schema.field(name).type for name in OUTPUTS} == {pa.int64()}
    assert len(list(tmp_path.iterdir())) == 2, "nothing is left beside"


def test_duckdb_reads_narrow_columns_truths_and_time_stamps_as_well(tmp_path: Path) -> None:
    flags = ("advance_data", "customs_hold", "threat_information")
    rows = [{**row, **{name: bool(row[name]) for name in flags}} for row in filing.filed()[0]]
    narrow = {"score": pa.int16(), "mode": pa.int8(), "threat_level": pa.uint8(), "port": pa.int32()}
    kinds = narrow | dict.fromkeys(flags, pa.bool_()) | {"filed_at": pa.timestamp("us", "UTC")}
    source, target = filing.write_parquet(tmp_path / "in.parquet", rows, **kinds), tmp_path / "out.parquet"
    periods = filing.filed()[1]
    duckdb_engine.decide(source, target, periods=periods, versions=golden.VERSIONS, known_at=filing.KNOWN_AT, threads=1)
    assert filing.read_parquet(target, OUTPUTS)[0] == RIGHT


def test_what_is_known_in_the_end_is_another_answer_and_the_same_in_both(tmp_path: Path) -> None:
    rows, periods = filing.filed()
    source, target = filing.write_parquet(tmp_path / "in.parquet"), tmp_path / "out.parquet"
    duckdb_engine.decide(source, target, periods=periods, versions=golden.VERSIONS)
    decided = filing.read_parquet(target, OUTPUTS)[0]
    assert decided != RIGHT
    slice_ = StatusStore.build(periods).known_at()
    functions = {one.code: compile_steps(release_policy(), one.parameters, one.tables) for one in golden.VERSIONS}
    for row, one in zip(rows, VECTORS, strict=True):
        statuses = {party: slice_.status(row[party], row["filed_at"]) for party in PARTIES}
        assert decided[row["entry_number"]] == functions[one.version.code](**(one.entry | statuses))


@pytest.mark.postgres
def test_postgres_is_the_same_and_every_answer_is_64_bits_wide(postgres_server: PostgresServer) -> None:
    rows, periods = filing.filed()
    with psycopg.connect(postgres_server.url) as connection:
        _load(connection, "filed_entries", rows)
        number = postgres_engine.decide(
            connection,
            "public.filed_entries",
            "decided",
            periods=periods,
            versions=golden.VERSIONS,
            known_at=filing.KNOWN_AT,
        )
        outputs = ", ".join(OUTPUTS)
        found = connection.execute(f"SELECT entry_number, version, {outputs} FROM decided").fetchall()
        kinds = connection.execute(
            "SELECT DISTINCT data_type FROM information_schema.columns WHERE table_name = 'decided'"
            " AND column_name <> 'version'"
        ).fetchall()
    assert number == len(VECTORS)
    assert {row[0]: row[2:] for row in found} == RIGHT
    assert {row[0]: row[1] for row in found} == filing.codes()
    assert kinds == [("bigint",)]


def _load(connection: psycopg.Connection[Any], name: str, rows: Any) -> None:
    columns = ["entry_number", "filed_at", *INPUTS]
    kinds = {"filed_at": "timestamptz", **dict.fromkeys(PARTIES, "text"), "mode": "smallint", "score": "integer"}
    listed = ", ".join(f'"{one}" {kinds.get(one, "bigint")}' for one in columns)
    connection.execute(f"CREATE TABLE {name} ({listed})")
    with connection.cursor().copy(f"COPY {name} FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row["entry_number"], _stamp(row["filed_at"]), *(row[name] for name in INPUTS)])


def _stamp(instant: int) -> str:
    return f"{np.datetime64(instant, 'us')}Z"


@pytest.mark.postgres
def test_postgres_refuses_all_or_nothing(postgres_server: PostgresServer) -> None:
    rows, periods = filing.filed()
    with psycopg.connect(postgres_server.url) as connection:
        _load(connection, "wrong_entries", [{**rows[0], "score": 1_001}, rows[1]])
        with pytest.raises(EntriesRefused, match=r"of 2 entries, .*score: 1 without"):
            postgres_engine.decide(connection, "wrong_entries", "nothing", periods=periods, versions=golden.VERSIONS)
        left = connection.execute("SELECT to_regclass('nothing'), to_regclass('pg_temp.release_policy')").fetchone()
        assert left == (None, None)
        with pytest.raises(ValueError, match="no plain name"):
            postgres_engine.decide(connection, "wrong_entries", "x; --", periods=(), versions=golden.VERSIONS)


SUMS = "sum(score_after), sum(reasons), sum(examination * 7 + government * 3 + pathway), bit_xor(reasons * 8 + pathway)"


def test_a_quarter_of_a_million_entries_have_the_same_sums_in_duckdb_and_in_the_compiled_loop(tmp_path: Path) -> None:
    periods = _many(tmp_path / "in.parquet", 250_000)
    slice_ = StatusStore.build(periods).known_at()
    decide_file(tmp_path / "in.parquet", tmp_path / "loop.parquet", slice_, EXAMPLE)
    duckdb_engine.decide(tmp_path / "in.parquet", tmp_path / "sql.parquet", periods=periods, versions=[EXAMPLE])
    sums = {
        duckdb.sql(f"SELECT {SUMS}, count(*) FROM '{tmp_path / name}.parquet'").fetchall()[0]
        for name in ("loop", "sql")
    }
    assert len(sums) == 1
    assert next(iter(sums))[-1] == 250_000


def _many(file: Path, rows: int) -> list[Period]:
    """Entries made by a whole-number generator in the database, and periods of two thousand parties."""
    first, drawn = instant_of(date(2026, 1, 1)), "((i * 2654435761 + {0} * 40503) % 4294967291)"
    highs = {**{name: min(high, 2**31) for name, high in INPUTS.items()}, **dict.fromkeys(PARTIES, 2_300)}
    inputs = [f"{drawn.format(place)} % {high + 1} AS {name}" for place, (name, high) in enumerate(highs.items())]
    times = f"i AS entry_number, {first} + {drawn.format(99)} * 8000 AS filed_at"
    query = f"SELECT {times}, {', '.join(inputs)} FROM range({rows}) AS r(i)"
    duckdb.sql(query).write_parquet(str(file))
    known = []
    for party in range(2_000):
        for turn in range(3):
            begin = first + (party * 7919 + turn * 11 * DAY) % (30 * DAY) + turn * 31 * DAY
            known.append(Period(party, begin, begin + 31 * DAY - party, 0, None, (party * 131 + turn * 977) % 2**14))
    return sorted(known)
