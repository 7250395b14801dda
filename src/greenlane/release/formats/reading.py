"""Reading records of a stranger's file: what is wrong by line and field, all or nothing, or what is bad set aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import BinaryIO

from greenlane.law.sentences import N_
from greenlane.release.engine.entries import CargoEntry, check
from greenlane.release.engine.problems import Problem, problem
from greenlane.release.engine.versions import PolicyVersion

LONGEST_LINE = 65_536
"""Most bytes of one line; a longer one is no record of any of these formats."""
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
MOST_PROBLEMS = 100
"""Most problems that one answer lists; it says how many there are in all."""


@dataclass(frozen=True)
class Read:
    """One record of a file: the entry, or what is wrong with it.

    ``line``: where it begins, from 1 (the place of the row in a Parquet file). ``text``: as it stood in the file.
    ``withdraws``: the number of the entry that the record takes back, '' for one that takes none back.
    """

    line: int
    entry: CargoEntry | None
    problems: tuple[Problem, ...] = ()
    text: str = ""
    withdraws: str = ""

    @property
    def number(self) -> str:
        """The number of the entry that the record is about, '' where it cannot be read."""
        return self.entry.entry_number if self.entry is not None else self.withdraws


class BadFile(ValueError):
    """A file that is not read: its problems, at most ``MOST_PROBLEMS`` of ``total``."""

    def __init__(self, problems: Iterable[Problem], total: int = 0) -> None:
        self.problems = tuple(islice(problems, MOST_PROBLEMS))
        self.total = total or len(self.problems)
        super().__init__("\n".join(str(one) for one in self.problems))


def bad_file(
    what: str, why: str, mend: str, *, line: int = 0, column: int = 0, field: str = "", **v: str | int
) -> BadFile:
    """A file that cannot be read at all, in one problem."""
    return BadFile([replace(problem(field, what, why, mend, **v), line=line, column=column)])


def checked(record: Read, version: PolicyVersion | None = None) -> Read:
    """The record with what ``entries.check`` finds wrong with its entry, which is then left out."""
    if record.entry is None or not (found := check(record.entry, version)):
        return record
    return replace(record, entry=None, problems=(*record.problems, *(replace(p, line=record.line) for p in found)))


def lines(source: BinaryIO, encoding: str = "utf-8") -> Iterator[tuple[int, str | Problem]]:
    """Each line with its number from 1, without its end: its text, or the problem with it.

    A line longer than ``LONGEST_LINE`` bytes, one not in *encoding* and one with control characters are problems;
    reading goes on at the next line. A byte order mark at the start is passed over. Empty lines are left out.
    """
    number = 0
    while line := source.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            _pass_over(source)
            yield number, _too_long(number)
            continue
        text = _decoded(line.rstrip(b"\r\n"), number, encoding)
        if isinstance(text, str) and number == 1:
            text = text.removeprefix("\N{BYTE ORDER MARK}")
        if text:
            yield number, text


def _pass_over(source: BinaryIO) -> None:
    while (rest := source.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _too_long(number: int) -> Problem:
    found = problem(
        "",
        N_("The line is longer than %(most)d bytes."),
        N_("No record of this format is that long."),
        N_("Check that the lines end as they should, and that this is the file you mean."),
        most=LONGEST_LINE,
    )
    return replace(found, line=number)


def _decoded(line: bytes, number: int, encoding: str) -> str | Problem:
    try:
        text = line.decode(encoding)
    except UnicodeDecodeError as wrong:
        found = problem(
            "",
            N_("A byte here is not %(encoding)s."),
            N_("Without the right encoding, letters would be mistaken."),
            N_("Save the file as %(encoding)s and try again."),
            encoding=encoding.upper(),
        )
        return replace(found, line=number, column=wrong.start + 1)
    control = CONTROL.search(text)
    if control is None:
        return text
    found = problem(
        "",
        N_("There is a control character (%(code)s) here."),
        N_("Records are plain text; a control character hides in it or belongs to another kind of file."),
        N_("Remove it, or check that this is the file you mean."),
        code=f"U+{ord(control[0]):04X}",
    )
    return replace(found, line=number, column=control.start() + 1)


def batches(records: Iterable[Read], size: int) -> Iterator[list[Read]]:
    """The records in lists of at most *size*."""
    running = iter(records)
    while batch := list(islice(running, size)):
        yield batch
