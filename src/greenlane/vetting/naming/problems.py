"""What is wrong with a file of names: by line and field, with what to do (background investigation, 6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from greenlane.law.sentences import Sentence, Value

MOST_PROBLEMS = 100
"""Most problems that one answer lists; it says how many there are in all."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong: the line from 1 (the row of a Parquet file; 0 for the whole file), the field or '', the mend."""

    line: int
    field: str
    what: Sentence
    mend: Sentence

    @property
    def where(self) -> str:
        """Line and field in words."""
        place = f"line {self.line}" if self.line else ""
        return ": ".join(part for part in (place, self.field) if part)

    def at(self, line: int) -> Problem:
        """The same problem on a line."""
        return replace(self, line=line)

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.mend}" if self.where else f"{self.what} {self.mend}"


class NamesRefused(ValueError):
    """Nothing was taken from the file: its problems, at most ``MOST_PROBLEMS`` of ``found``."""

    def __init__(self, problems: Iterable[Problem], found: int = 0) -> None:
        listed = tuple(problems)
        self.problems = listed[:MOST_PROBLEMS]
        self.found = found or len(listed)
        super().__init__("\n".join(str(one) for one in self.problems))


def problem(what: str, mend: str, /, *, line: int = 0, field: str = "", **values: Value) -> Problem:
    """A problem of marked messages that share *values*."""
    return Problem(line, field, Sentence(what, values), Sentence(mend, values))


def refused(what: str, mend: str, /, *, line: int = 0, field: str = "", **values: Value) -> NamesRefused:
    """A file that cannot be read at all, in one problem."""
    return NamesRefused([problem(what, mend, line=line, field=field, **values)])


def shown(text: object, most: int = 60) -> str:
    """A stranger's text as a message may quote it: short, on one line, with nothing in it that cannot be seen."""
    plain = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(text)[: most + 1])
    return plain if len(plain) <= most else plain[: most - 1] + "…"
