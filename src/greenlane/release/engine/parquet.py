"""Decide a file of entries: Parquet in, decisions to Parquet out, a row group at a time, reading while deciding.

Memory holds a few row groups, however long the file is. The decisions appear whole or not at all.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from greenlane.law.sentences import N_, Sentence
from greenlane.release.engine.asof import Slice
from greenlane.release.engine.batch import Kernel, Outputs, decide_with, empty
from greenlane.release.engine.columns import OTHERS, Column, Slots, in_order
from greenlane.release.engine.inputs import PARTIES
from greenlane.release.engine.joining import Calendars
from greenlane.release.engine.sql_checks import (
    NAMED_BY_NUMBERS,
    NAMED_BY_TEXT,
    NO_COLUMN,
    EntriesRefused,
    refused,
)
from greenlane.release.engine.tables import policy_tables
from greenlane.release.engine.versions import PolicyVersion

KEPT = ("entry_number",)
"""What is handed through from an entry to its decision."""
MOST_ROWS = 1 << 18
"""Most rows that are read and decided at once: columns of so many are still in the cache when they are decided."""
MOST_NAMED = 1 << 20
"""The same where parties are named by text: each time, all names of a row group's dictionary are looked up."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Part:
    """The rows of a row group, decided."""

    kept: pa.Table
    outputs: Outputs


def decide_file(
    source: Path,
    target: Path,
    slice_: Slice,
    versions: PolicyVersion | Iterable[PolicyVersion],
    *,
    keep: Sequence[str] = KEPT,
    progress: Progress | None = None,
    threads: int | None = None,
) -> int:
    """Decide every entry of the Parquet file *source* into *target*; answers how many there were.

    *source* has ``filed_at`` (a time, or microseconds UTC), the inputs of the policy, the parties named as in the
    slice, and the columns of *keep*, which are handed through before the outputs. *progress* is told how many entries
    are decided, and of how many. Raises EntriesRefused, saying where and what is wrong: then *target* is as it was.
    """
    file = pq.ParquetFile(source)
    done, total = 0, file.metadata.num_rows
    schema = pa.schema([_field(file, name) for name in keep] + _output_fields())
    with written_whole(target) as beside, pq.ParquetWriter(beside, schema, compression="zstd") as writer:
        for part in decided(source, slice_, versions, keep=keep, threads=threads):
            columns = {name: part.kept[name] for name in keep} | part.outputs
            writer.write_table(pa.table(columns, schema=schema))
            done += len(part.outputs["reasons"])
            if progress is not None:
                progress(done, total)
    return done


def decided(
    source: Path,
    slice_: Slice,
    versions: PolicyVersion | Iterable[PolicyVersion],
    *,
    keep: Sequence[str] = (),
    threads: int | None = None,
    kernel: Kernel | None = None,
) -> Iterator[Part]:
    """The decisions of a file, part by part in its order; while one part is used, the next are read and decided."""
    with pq.ParquetFile(source) as file:
        reader = _Reader(source, file, slice_, in_order(versions), keep, kernel or policy_tables())
        workers = threads or os.cpu_count() or 1
        jobs = iter(range(file.metadata.num_row_groups))
        pending: deque[Future[Part]] = deque()
        with ThreadPoolExecutor(workers) as pool:
            try:
                for group in jobs:
                    pending.append(pool.submit(reader.read, group))
                    if len(pending) > workers:
                        yield pending.popleft().result()
                while pending:
                    yield pending.popleft().result()
            finally:
                for one in pending:
                    one.cancel()


class _Reader:
    """Reads and decides row groups, each in one thread, so that reading and deciding overlap."""

    def __init__(
        self,
        source: Path,
        file: pq.ParquetFile,
        slice_: Slice,
        versions: list[PolicyVersion],
        keep: Sequence[str],
        kernel: Kernel,
    ) -> None:
        self.source, self.slice, self.versions, self.keep, self.kernel = source, slice_, versions, keep, kernel
        self.slots, self.calendars = Slots(slice_), Calendars(slice_)
        metadata = file.metadata
        sizes = [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]
        self.firsts = np.concatenate([[0], np.cumsum(sizes)]).tolist()
        self.wanted = list(dict.fromkeys(["filed_at", *PARTIES, *OTHERS, *keep]))
        missing = [name for name in self.wanted if name not in file.schema_arrow.names]
        if missing:
            raise refused(NO_COLUMN, columns=", ".join(missing))
        self.schema = schema = file.schema_arrow
        self.named = [name for name in PARTIES if _is_text(schema.field(name).type)]
        self._check_names(schema)

    def _check_names(self, schema: pa.Schema) -> None:
        for name in PARTIES:
            if self.slice.parties and (name in self.named) == self.slots.numbers:
                raise refused(NAMED_BY_NUMBERS if self.slots.numbers else NAMED_BY_TEXT, column=name)

    def read(self, group: int) -> Part:
        """The decisions of one row group."""
        rows, done = self.firsts[group + 1] - self.firsts[group], 0
        outputs, kept = empty(self.kernel.graph, rows), []
        most = MOST_NAMED if self.named else MOST_ROWS
        with pq.ParquetFile(self.source, read_dictionary=self.named, memory_map=True) as file:
            for batch in file.iter_batches(most, row_groups=[group], columns=self.wanted, use_threads=False):
                after = done + batch.num_rows
                self._decide(batch, self.firsts[group] + done, {n: one[done:after] for n, one in outputs.items()})
                kept.append(batch.select(list(self.keep)))
                done = after
        schema = pa.schema([self.schema.field(name) for name in self.keep])
        return Part(pa.Table.from_batches(kept, schema), outputs)

    def _decide(self, rows: pa.RecordBatch, first: int, into: Outputs) -> None:
        try:
            columns = self._columns(pa.Table.from_batches([rows]))
            calendar = self.calendars.of(np.asarray(columns["filed_at"], dtype=np.int64))
            decide_with(self.kernel, columns, self.slice, self.versions, 1, calendar, into)
        except EntriesRefused as wrong:
            places = {"first": f"{first + 1:,}", "last": f"{first + rows.num_rows:,}"}
            raise EntriesRefused(Sentence(N_("Rows %(first)s to %(last)s:"), places), *wrong.sentences) from None

    def _columns(self, rows: pa.Table) -> Mapping[str, Column]:
        found = {name: whole_numbers(name, rows[name]) for name in ("filed_at", *OTHERS)}
        for name in PARTIES:
            found[name] = self._named(rows[name]) if name in self.named else self._numbered(name, rows[name])
        return found

    def _numbered(self, name: str, column: Any) -> Column:
        """Slots of parties that are named by numbers; an entry that names none has -1."""
        filled = column.fill_null(-1) if column.null_count else column
        return self.slots.of_numbers(whole_numbers(name, filled))

    def _named(self, column: Any) -> Column:
        """Slots of parties that are named by text; each name of a dictionary is looked up once."""
        parts = []
        for chunk in column.chunks:
            known = np.append(self.slots.of_names(chunk.dictionary.to_pylist()), self.slice.unknown).astype(np.int32)
            places = chunk.indices.fill_null(len(chunk.dictionary)).to_numpy(zero_copy_only=False)
            parts.append(known[places])
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)


def whole_numbers(name: str, column: Any) -> Column:
    """A column as whole numbers, without a copy where it lies in one piece; a time in microseconds, a truth as 0 or 1.

    Raises EntriesRefused, naming the column, for anything else and for rows without a value.
    """
    if column.null_count:
        raise refused(
            N_("The column %(column)s has no value in %(count)s rows; fill them or leave them out."),
            column=name,
            count=f"{column.null_count:,}",
        )
    whole = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0) if whole.num_chunks else pa.array([], column.type)
    if pa.types.is_timestamp(whole.type):
        whole = whole.cast(pa.timestamp("us", whole.type.tz)).view(pa.int64())
    elif pa.types.is_boolean(whole.type):
        whole = whole.cast(pa.int8())
    if not pa.types.is_integer(whole.type):
        raise refused(
            N_("The column %(column)s holds %(held)s; it must hold whole numbers from 0."),
            column=name,
            held=str(whole.type),
        )
    numbers: Column = whole.to_numpy()
    if numbers.dtype == np.uint64:
        if len(numbers) and int(numbers.max()) >= 2**63:
            raise refused(N_("The column %(column)s holds numbers of more than 63 bits."), column=name)
        return numbers.astype(np.int64)
    return numbers


def _is_text(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _field(file: pq.ParquetFile, name: str) -> Any:
    if name not in file.schema_arrow.names:
        raise refused(N_("The entries have no column %(column)s: add it, or do not ask to keep it."), column=name)
    return file.schema_arrow.field(name)


def _output_fields() -> list[Any]:
    return [pa.field(name, pa.from_numpy_dtype(one.dtype)) for name, one in empty(policy_tables().graph, 0).items()]


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """A file beside *target* that takes its place when all is well, and is removed when not."""
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        yield beside
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
