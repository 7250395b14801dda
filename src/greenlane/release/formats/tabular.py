"""Tables of entries in CSV, JSON lines and Parquet: read a record at a time, written in batches, in bounded memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from greenlane.law.sentences import N_
from greenlane.places.json_lines import NotAnObject, object_of
from greenlane.release.engine.entries import CargoEntry
from greenlane.release.engine.problems import Problem, problem
from greenlane.release.engine.versions import PolicyVersion
from greenlane.release.formats.columns import NAMES, check_names, entry_of, row_of, text_row, write_instant
from greenlane.release.formats.reading import BadFile, Read, bad_file, checked, lines

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 10_000
"""Rows of a Parquet file that are in memory at once."""


def read_csv(source: BinaryIO, version: PolicyVersion | None = None) -> Iterator[Read]:
    """The records of a CSV file in UTF-8: the first line names the columns, each further line is one entry.

    Raises BadFile, when the first record is asked for, for a first line that is no list of columns.
    """
    running = lines(source)
    names: list[str] | None = None
    for number, text in running:
        if isinstance(text, Problem):
            if names is None:
                raise BadFile([text])
            yield Read(number, None, (text,))
            continue
        values = _split(text)
        if names is None:
            if values is None:
                raise BadFile([_not_csv(number)])
            names = [value.strip() for value in values]
            check_names(names, number)
        elif values is None or len(values) != len(names):
            wrong = _not_csv(number) if values is None else _other_length(number, len(values), len(names))
            yield Read(number, None, (wrong,), text)
        else:
            yield _read(number, dict(zip(names, values, strict=True)), text, version)
    if names is None:
        raise bad_file(
            N_("The file is empty."),
            N_("Its first line should name the columns."),
            N_("Check that this is the file you mean."),
        )


def _split(text: str) -> list[str] | None:
    try:
        return next(csv.reader([text], strict=True), None)
    except csv.Error:
        return None


def _not_csv(number: int) -> Problem:
    found = problem(
        "",
        N_("The line is no line of CSV."),
        N_("A quotation mark is open at its end or stands where none may."),
        N_('Double each quotation mark inside a value, and keep each entry on one line: "say ""yes""".'),
    )
    return replace(found, line=number)


def _other_length(number: int, have: int, need: int) -> Problem:
    found = problem(
        "",
        N_("The line has %(have)d values."),
        N_("The first line names %(need)d columns."),
        N_("Look for a comma too many or too few; put a value that holds one in quotation marks."),
        have=have,
        need=need,
    )
    return replace(found, line=number)


def _read(number: int, row: dict[str, Any], text: str, version: PolicyVersion | None) -> Read:
    entry, found = entry_of(row)
    return checked(Read(number, entry, tuple(replace(one, line=number) for one in found), text), version)


def read_jsonl(source: BinaryIO, version: PolicyVersion | None = None) -> Iterator[Read]:
    """The records of a file of JSON lines: one object a line, whose names are those of the columns."""
    for number, text in lines(source):
        if isinstance(text, Problem):
            yield Read(number, None, (text,))
            continue
        row = _object(text, number)
        yield Read(number, None, (row,), text) if isinstance(row, Problem) else _read(number, row, text, version)


def _object(text: str, number: int) -> dict[str, Any] | Problem:
    try:
        row = object_of(text)
        check_names(row, number)
        return row
    except BadFile as wrong:
        return wrong.problems[0]
    except NotAnObject as wrong:
        what, column = wrong.what, wrong.column
    found = problem("", what, N_("Each line is one entry as a JSON object."), N_("Correct the line."))
    return replace(found, line=number, column=column)


def read_parquet(source: BinaryIO, version: PolicyVersion | None = None) -> Iterator[Read]:
    """The records of a Parquet file, ``ROWS`` at a time; the line of a record is its row, from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(source)
        check_names(file.schema_arrow.names, 0)
        number = 0
        for batch in file.iter_batches(batch_size=ROWS):
            for row in batch.to_pylist():
                number += 1
                yield _read(number, row, "", version)
    except (pa.ArrowException, OSError, ValueError) as wrong:
        if isinstance(wrong, BadFile):
            raise
        raise bad_file(
            N_("The file is no Parquet file, or it is damaged."),
            N_("It cannot be read to its end."),
            N_("Write it anew, or check that this is the file you mean."),
        ) from wrong


def schema() -> pa.Schema:
    """The columns as Parquet holds them; times are microseconds, UTC."""
    import pyarrow as pa

    instant, text = pa.timestamp("us", tz="UTC"), pa.string()
    answer = pa.struct([("agency", text), ("program", text), ("answer", text), ("at", instant)])
    claim = pa.struct([("party", text), ("role", text), ("identifier", text)])
    types: dict[str, Any] = {
        "filed_at": instant,
        "score": pa.int32(),
        "threat_level": pa.int32(),
        **dict.fromkeys(("advance_data", "customs_hold", "threat_information"), pa.bool_()),
        "authority": pa.list_(text),
        "answers": pa.list_(answer),
        "claims": pa.list_(claim),
    }
    return pa.schema([(name, types.get(name, text)) for name in NAMES])


def write_csv(entries: Iterable[CargoEntry], target: BinaryIO) -> int:
    """Write the entries as CSV; answers how many. Raises ValueError for text that a line cannot hold."""
    return _write_lines(target, entries, _csv_line, first=",".join(NAMES) + "\n")


def write_jsonl(entries: Iterable[CargoEntry], target: BinaryIO) -> int:
    """Write the entries as JSON lines; answers how many."""
    return _write_lines(target, entries, _json_line)


def _csv_line(entry: CargoEntry) -> str:
    row = text_row(entry)
    if any(not one.isprintable() for one in row):
        raise ValueError(f"{entry.entry_number!r}: a value holds a character that no line of CSV can hold")
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(row)
    return line.getvalue()


def _json_line(entry: CargoEntry) -> str:
    row = row_of(entry) | {"filed_at": write_instant(entry.filed_at)}
    row["answers"] = [
        {"agency": a.agency, "program": a.program, "answer": a.answer, "at": write_instant(a.at)} for a in entry.answers
    ]
    row["claims"] = [vars(one) for one in entry.claims]
    return json.dumps(row, ensure_ascii=False) + "\n"


def _write_lines(target: BinaryIO, entries: Iterable[CargoEntry], line: Any, first: str = "") -> int:
    target.write(first.encode())
    number = 0
    for entry in entries:
        target.write(line(entry).encode())
        number += 1
    return number


def write_parquet(entries: Iterable[CargoEntry], target: Path) -> int:
    """Write the entries as Parquet, ``ROWS`` at a time; answers how many."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    number, waiting = 0, list[dict[str, Any]]()
    with pq.ParquetWriter(target, schema(), compression="zstd") as file:
        for entry in entries:
            waiting.append(_native(entry))
            number += 1
            if len(waiting) == ROWS:
                file.write_table(pa.Table.from_pylist(waiting, schema()))
                waiting.clear()
        file.write_table(pa.Table.from_pylist(waiting, schema()))
    return number


def _native(entry: CargoEntry) -> dict[str, Any]:
    row = row_of(entry)
    return row | {"answers": [vars(a) for a in entry.answers], "claims": [vars(c) for c in entry.claims]}
