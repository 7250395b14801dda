"""Every citation in the code names a clause of the two laws that exists: an unknown one fails at import."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources


class UnknownClause(ValueError):
    """Raised when a citation names no clause of 6 USC 961-973 or 19 USC 4311."""


@dataclass(frozen=True)
class Clause:
    """One node of the statute as published: its citation, heading (or None) and exact text."""

    cite: str
    heading: str | None
    text: str


@cache
def _clauses() -> dict[str, Clause]:
    raw = resources.files("greenlane.law.text").joinpath("clauses.json").read_text(encoding="utf-8")
    return {row["cite"]: Clause(row["cite"], row["heading"], row["text"]) for row in json.loads(raw)}


def all_clauses() -> tuple[Clause, ...]:
    """All 134 clauses, in the order of the statute."""
    return tuple(_clauses().values())


_SHORT = re.compile(r"^(9(?:6[1-9]|7[0-3])|4311)((?:\([0-9A-Za-z]+\))*)$")


@dataclass(frozen=True, order=True)
class Citation:
    """A citation such as ``Citation("6 USC 964(c)")``; raises UnknownClause when no such clause exists."""

    cite: str

    def __post_init__(self) -> None:
        if self.cite not in _clauses():
            raise UnknownClause(f"{self.cite!r} is not a clause of 6 USC 961-973 or 19 USC 4311")

    @classmethod
    def parse(cls, text: str) -> Citation:
        """Read what a person types: '964(c)', '6 u.s.c. 964(c)', '19 USC 4311(b)(1)'. Raises UnknownClause."""
        squeezed = text.strip().replace(".", "").replace("§", " ")
        squeezed = re.sub(r"\s+", " ", squeezed)
        match = re.match(r"^(?:(6|19)\s*:?\s*(?:USC|usc|Usc)?\s*)?\s*(\d+.*)$", squeezed)
        body = (match.group(2) if match else squeezed).replace(" ", "")
        short = _SHORT.match(body)
        if short is None:
            raise UnknownClause(f"{text!r} is not a citation; write for example '6 USC 964(c)' or '19 USC 4311(b)(1)'")
        title = "19" if short.group(1) == "4311" else "6"
        return cls(f"{title} USC {body}")

    @property
    def clause(self) -> Clause:
        return _clauses()[self.cite]

    @property
    def text(self) -> str:
        return self.clause.text

    @property
    def heading(self) -> str | None:
        return self.clause.heading

    @property
    def section(self) -> str:
        """The section number, for example '964'."""
        return self.cite.split()[2].split("(")[0]

    @property
    def slug(self) -> str:
        """A form that is safe in addresses: '6-usc-964-c'."""
        return re.sub(r"[^0-9A-Za-z]+", "-", self.cite).strip("-").lower()

    @property
    def parent(self) -> Citation | None:
        """The clause that this one stands under, or None for a whole section."""
        head = re.sub(r"\([0-9A-Za-z]+\)$", "", self.cite)
        return None if head == self.cite else Citation(head)

    def children(self) -> tuple[Citation, ...]:
        """The clauses directly under this one."""
        return tuple(c for c in citations() if c.parent == self)

    def ancestors(self) -> Iterator[Citation]:
        """This clause's parents, nearest first."""
        at = self.parent
        while at is not None:
            yield at
            at = at.parent

    def __str__(self) -> str:
        return self.cite


@cache
def citations() -> tuple[Citation, ...]:
    """A Citation for every clause, in the order of the statute."""
    return tuple(Citation(cite) for cite in _clauses())


def cites(*names: str) -> tuple[Citation, ...]:
    """Several citations at once: ``cites("6 USC 964(b)", "6 USC 964(c)")``."""
    return tuple(Citation(name) for name in names)
