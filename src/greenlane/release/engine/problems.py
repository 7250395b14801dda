"""What is wrong with an entry, where, why, and what to do: the one form in which it is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from greenlane.law.sentences import Sentence

LONGEST = 64
"""Most characters of a number or an identifier, and of what is shown of one."""
LONGEST_LIST = 400
"""Most characters of what is listed for choice."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an entry: the field, what, why and what to do; line and column from 1 when in a file."""

    field: str
    what: Sentence
    why: Sentence
    mend: Sentence
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        places = [f"line {self.line}" if self.line else "", f"column {self.column}" if self.column else "", self.field]
        place = ", ".join(filter(None, places))
        return f"{place}{': ' if place else ''}{self.what} {self.why} {self.mend}"


def problem(field: str, what: str, why: str, mend: str, **values: str | int) -> Problem:
    """A problem from messages that share their values.

    The value ``text`` is what was read; it is cut, so that no answer grows with its input.
    """
    cut: dict[str, str | int | date] = {}
    for name, value in values.items():
        longest = LONGEST if name == "text" else LONGEST_LIST
        cut[name] = value if isinstance(value, int) else shown(value, longest)
    return Problem(field, Sentence(what, cut), Sentence(why, cut), Sentence(mend, cut))


def shown(text: str, longest: int = LONGEST) -> str:
    """What was read as a person may see it: not too long, nothing that a screen would obey."""
    safe = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:longest])
    return safe + ("\N{HORIZONTAL ELLIPSIS}" if len(text) > longest else "")
