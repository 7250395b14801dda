"""Files of names in CSV, whatever sign divides the values: a record at a time, each with what is wrong (964(b))."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from greenlane.law.sentences import N_
from greenlane.vetting.naming.columns import MANY, Columns, columns_of, field_of
from greenlane.vetting.naming.encodings import Encoding
from greenlane.vetting.naming.lines import LONGEST_LINE, Line, lines_of
from greenlane.vetting.naming.problems import NamesRefused, Problem, problem, refused
from greenlane.vetting.naming.rows import Read, named_of

DELIMITERS = (",", ";", "\t", "|")
MOST_LINES = 20
"""Most lines of one record whose quotation marks hold line ends."""
_SAYS_DELIMITER = re.compile(r"^sep=(.)$", re.IGNORECASE)


@dataclass(frozen=True)
class Layout:
    """How the values of a file are divided, what its columns are, and the line of the headings."""

    delimiter: str
    columns: Columns
    line: int


@dataclass(frozen=True)
class _Record:
    line: int
    text: str
    cells: list[str]
    problem: Problem | None = None


def layout_of(source: BinaryIO, encoding: Encoding) -> Layout:
    """The first line that is not empty, as headings. Raises NamesRefused when it names no columns."""
    said = ""
    for line in lines_of(source, encoding):
        if line.problem:
            raise NamesRefused([line.problem])
        if not line.text.strip():
            continue
        if line.number == 1 and (match := _SAYS_DELIMITER.match(line.text.strip())):
            said = match[1]
            continue
        delimiter, headings = _divided(line.text, said)
        return Layout(delimiter, columns_of(headings, line.number), line.number)
    raise refused(N_("The file is empty."), N_("Let the first line name the columns: name,type,country."))


def _divided(text: str, said: str) -> tuple[str, list[str]]:
    """The sign that divides the headings into the most that are known, and the headings."""
    readings = [(sign, [cell.strip() for cell in _cells(text, sign) or []]) for sign in (said or DELIMITERS)]
    return max(readings, key=lambda reading: sum(field_of(heading) is not None for heading in reading[1]))


def _cells(text: str, delimiter: str) -> list[str] | None:
    """The values of a record, or None where a quotation mark is open at its end or stands where none may."""
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None


def read_csv(source: BinaryIO, on: date, encoding: Encoding, layout: Layout) -> Iterator[Read]:
    """The records below the headings; empty ones are left out."""
    headings, fields = layout.columns.headings, layout.columns.known
    for record in _records(lines_of(source, encoding), layout):
        cells = record.cells
        if record.problem is None and not any(cell.strip() for cell in cells):
            continue
        while len(cells) > len(headings) and not cells[-1].strip():
            cells = cells[:-1]
        if record.problem or len(cells) != len(headings):
            wrong = record.problem or _other_length(record.line, len(cells), len(headings), layout)
            yield Read(record.line, None, (wrong,), record.text)
            continue
        row: dict[str, Any] = {}
        for heading, cell in zip(headings, cells, strict=True):
            if (field := fields.get(heading)) and cell.strip():
                many = field in MANY or field.startswith("number:")
                row[field] = f"{row[field]};{cell}" if many and field in row else cell
        yield named_of(row, record.line, on, record.text)


def _other_length(line: int, have: int, need: int, layout: Layout) -> Problem:
    return problem(
        N_("Values on the line: %(have)d. Columns that the first line names, divided by '%(sign)s': %(need)d."),
        N_("Look for one such sign too many or too few; put a value that holds one in quotation marks."),
        line=line,
        have=have,
        need=need,
        sign="tab" if layout.delimiter == "\t" else layout.delimiter,
    )


def _records(lines: Iterator[Line], layout: Layout) -> Iterator[_Record]:
    """Lines put together to records where a quotation holds line ends; after a bad one, reading goes on below it."""
    ahead: deque[Line] = deque()
    running = (line for line in lines if line.number > layout.line)
    while (line := ahead.popleft() if ahead else next(running, None)) is not None:
        if line.problem:
            yield _Record(line.number, line.text, [], line.problem)
            continue
        cells = _cells(line.text, layout.delimiter)
        if cells is None:
            cells = _over_lines(line.text, ahead, running, layout.delimiter)
        yield _Record(line.number, line.text, cells or [], None if cells is not None else _not_csv(line.number))


def _over_lines(text: str, ahead: deque[Line], running: Iterator[Line], delimiter: str) -> list[str] | None:
    """The values of a record that goes on below; its further lines are then taken from *ahead* and *running*."""
    quotes, whole = text.count('"'), [text]
    for number in range(MOST_LINES - 1):
        if quotes % 2 == 0:
            return None if number == 0 else _taken(whole, ahead, delimiter)
        if number >= len(ahead):
            if (following := next(running, None)) is None:
                return None
            ahead.append(following)
        below = ahead[number]
        if below.problem or sum(map(len, whole)) + len(below.text) > LONGEST_LINE:
            return None
        whole.append(below.text)
        quotes += below.text.count('"')
    return None


def _taken(whole: list[str], ahead: deque[Line], delimiter: str) -> list[str] | None:
    cells = _cells("\n".join(whole), delimiter)
    if cells is not None:
        for _ in whole[1:]:
            ahead.popleft()
    return cells


def _not_csv(line: int) -> Problem:
    return problem(
        N_("A quotation mark on this line is never closed, or stands where none may."),
        N_('Double each quotation mark inside a value: "say ""yes""".'),
        line=line,
    )
