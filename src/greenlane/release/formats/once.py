"""One entry number stands once in a file: which of two filings counts is nothing that a file says (6 USC 964(a))."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import numpy as np

from greenlane.law.sentences import N_
from greenlane.release.engine.filed import CargoEntry
from greenlane.release.engine.problems import Problem, problem
from greenlane.release.formats.reading import MOST_PROBLEMS, BadFile, Read


class Numbers:
    """Which entry numbers may stand twice: a mark of 8 bytes for each, so that memory bears a file of any length."""

    def __init__(self) -> None:
        self._marks = array("q")

    def add(self, record: Read) -> None:
        """Take a record in; one that has no entry and withdraws none says nothing."""
        if number := record.number:
            self._marks.append(hash(number))

    def twice(self) -> frozenset[int]:
        """The marks that came more than once. Two numbers may share a mark: what is found by it is looked at again."""
        marks = np.sort(np.frombuffer(self._marks, dtype=np.int64))
        return frozenset(marks[1:][marks[1:] == marks[:-1]].tolist())


def once(records: Iterable[Read], twice: frozenset[int]) -> Iterator[Read]:
    """The records, a later one of a number that stood before with that as its problem. *twice*: of ``Numbers``."""
    first: dict[str, int] = {}
    for record in records:
        number = record.number
        if number in first:
            yield replace(record, entry=None, problems=(*record.problems, _again(number, record.line, first[number])))
            continue
        if number and hash(number) in twice:
            first[number] = record.line
        yield record


def _again(number: str, line: int, first: int) -> Problem:
    found = problem(
        "entry_number",
        N_("The entry %(number)s stands on line %(first)d already."),
        N_("An entry is decided once, and a file does not say which of two filings counts."),
        N_("Leave out the filing that does not count, or decide the two in files of their own."),
        number=number,
        first=first,
    )
    return replace(found, line=line)


def suspected(records: Iterable[Read]) -> frozenset[int]:
    """The marks of the numbers that may stand twice among the records."""
    numbers = Numbers()
    for record in records:
        numbers.add(record)
    return numbers.twice()


def whole(open_records: Callable[[], Iterable[Read]]) -> Iterator[CargoEntry]:
    """All the entries, or BadFile with what is wrong and nothing else: the file is read once to check, once to use.

    *open_records* begins to read the file anew at each call. Where numbers stand twice it is read once more to say on
    which lines.
    """
    found: list[Problem] = []
    total, numbers = 0, Numbers()
    for record in open_records():
        total += len(record.problems)
        found += record.problems[: MOST_PROBLEMS - len(found)]
        numbers.add(record)
    if twice := numbers.twice():
        found, total = [], 0
        for record in once(open_records(), twice):
            total += len(record.problems)
            found += record.problems[: MOST_PROBLEMS - len(found)]
    if total:
        raise BadFile(found, total)
    return (record.entry for record in open_records() if record.entry is not None)
