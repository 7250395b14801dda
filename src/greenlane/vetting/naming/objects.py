"""Files of names in JSON lines and Parquet, and one name as a JSON object: read a record at a time (964(b))."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from greenlane.law.sentences import N_
from greenlane.places.json_lines import NotAnObject, object_of
from greenlane.vetting.naming.columns import MANY, columns_of
from greenlane.vetting.naming.encodings import Encoding
from greenlane.vetting.naming.lines import lines_of
from greenlane.vetting.naming.problems import NamesRefused, Problem, problem, refused, shown
from greenlane.vetting.naming.rows import Read, named_of

ROWS = 10_000
"""Rows of a Parquet file that are in memory at once."""


def read_jsonl(source: BinaryIO, on: date, encoding: Encoding | None = None) -> Iterator[Read]:
    """The records of JSON lines: one object a line, whose names are those of the columns; empty lines are left out."""
    for line in lines_of(source, encoding or Encoding("utf-8")):
        if line.problem:
            yield Read(line.number, None, (line.problem,), line.text)
        elif line.text.strip():
            yield read_object(line.text, line.number, on)


def read_object(text: str, line: int, on: date) -> Read:
    """One JSON object as a record."""
    try:
        row = object_of(text)
    except NotAnObject as wrong:
        found = problem(wrong.what, N_("Write one party as a JSON object on each line."), line=line)
        return Read(line, None, (found,), text)
    return _read(row, line, on, text)


def _read(row: Mapping[str, Any], line: int, on: date, text: str = "") -> Read:
    try:
        columns = columns_of(tuple(row), line, of_object=True)
    except NamesRefused as wrong:
        return Read(line, None, wrong.problems, text)
    if columns.unused:
        return Read(line, None, tuple(_unknown(name, line) for name in columns.unused), text)
    fields: dict[str, Any] = {}
    for heading, field in columns.known.items():
        value = row[heading]
        if field in fields and (field in MANY or field.startswith("number:")):
            value = [*_parts(fields[field]), *_parts(value)]
        fields[field] = value
    return named_of(fields, line, on, text)


def _parts(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [part for part in value.split(";") if part.strip()]
    return list(value) if isinstance(value, list | tuple) else [] if value is None else [value]


def _unknown(name: str, line: int) -> Problem:
    what, mend = N_("'%(name)s' is no field of a party."), N_("Correct it, or take it out.")
    return problem(what, mend, line=line, field=name, name=name)


def read_parquet(source: BinaryIO, on: date) -> Iterator[Read]:
    """The records of a Parquet file, ``ROWS`` at a time; the line of a record is its row, from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(source)
        columns = columns_of(file.schema_arrow.names)
        number = 0
        for batch in file.iter_batches(batch_size=ROWS, columns=list(columns.known)):
            for row in batch.to_pylist():
                number += 1
                yield _read(row, number, on)
    except (pa.ArrowException, OSError, OverflowError, ValueError) as wrong:
        raise wrong if isinstance(wrong, NamesRefused) else _damaged() from wrong


def parquet_headings(source: BinaryIO) -> tuple[str, ...]:
    """Names of the columns of a Parquet file that are not used. Raises NamesRefused."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return columns_of(pq.ParquetFile(source).schema_arrow.names).unused
    except (pa.ArrowException, OSError, ValueError) as wrong:
        raise wrong if isinstance(wrong, NamesRefused) else _damaged() from wrong


def _damaged() -> NamesRefused:
    return refused(
        N_("The file is no Parquet file, or it is damaged."),
        N_("Write it anew, or check that this is the file you mean."),
    )


def quoted(record: Read) -> dict[str, Any]:
    """A bad record as it is set aside: its line, what is wrong by field, and its text."""
    said = [{"field": shown(p.field), "says": str(p)} for p in record.problems]
    return {"line": record.line, "problems": said, "record": record.text}
