"""What a door tells a person whose input cannot be read at all: where, what, why and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from greenlane.law.sentences import N_, Sentence


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the input. ``where`` is a field path such as 'answers.3.value'; ``cite`` a clause or ''."""

    where: str
    what: Sentence
    mend: Sentence | None = None
    cite: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "where": self.where,
            "what": str(self.what),
            "mend": str(self.mend) if self.mend else "",
            "cite": self.cite,
        }


class BadInput(Exception):
    """The input has no meaning as a command. Nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.where}: {p.what}" if p.where else str(p.what) for p in self.problems))


class Missing(Exception):
    """What the command names does not exist, or this person may not know that it does."""

    def __init__(self, what: str, key: object) -> None:
        self.what = what
        self.key = str(key)
        super().__init__(f"There is no {what} {self.key}.")

    def sentence(self) -> Sentence:
        return Sentence(N_("There is no %(what)s with the number %(key)s here."), {"what": self.what, "key": self.key})


def bad_input(where: str, what: str, mend: str = "", cite: str = "", **values: str | int) -> BadInput:
    """One problem as an exception: ``raise bad_input("site_id", N_("..."), ...)``."""
    return BadInput([Problem(where, Sentence(what, values), Sentence(mend, values) if mend else None, cite)])
