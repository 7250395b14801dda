"""What is on record of entries of cargo: decided, answered by agencies, released by all (19 USC 4311(b)(4)(A))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence
from greenlane.release.engine.entries import CargoEntry


@dataclass(frozen=True, kw_only=True)
class Decided:
    """One decision: the numbers that the policy read, what came out, and with what (``in_force.InForce.basis``).

    ``place``: from 1, of the decisions on this entry number. ``filed_id``: the row of the entry as it was filed.
    ``waiting``: the bits of the agencies that have not answered.
    """

    decision_id: UUID
    filed_id: UUID
    number: str
    place: int
    policy_id: UUID
    basis: dict[str, Any]
    inputs: dict[str, int]
    outputs: dict[str, int]
    waiting: int


@dataclass(frozen=True, kw_only=True)
class Filed:
    """An entry as it was filed, with the version of its number."""

    filed_id: UUID
    version: int
    entry: CargoEntry


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class EntriesDecided(EntryData):
    """Entries were filed and decided, as everything was known at that instant."""

    programme: str
    filed: tuple[Filed, ...]
    decisions: tuple[Decided, ...]

    def sentence(self) -> Sentence:
        return Sentence(N_("%(count)d cargo entries were decided."), {"count": len(self.decisions)})


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class AgencyAnswered(EntryData):
    """An agency answered, and the entry was decided again. ``answered_at`` is when it acted."""

    answer_id: UUID
    programme: str
    number: str
    agency_id: UUID
    agency: str
    answer: str
    program: str
    note: str
    answered_at: datetime
    decision: Decided

    def sentence(self) -> Sentence:
        values = {"agency": self.agency, "answer": self.answer.replace("_", " "), "number": self.number}
        return Sentence(N_("%(agency)s answered on entry %(number)s: %(answer)s."), values)


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ReleaseAnnounced(EntryData):
    """The message that all of government has released an entry, or no longer does, goes out. ``kind_of``: which."""

    message_id: UUID
    decision_id: UUID
    number: str
    kind_of: str
    text: str

    def sentence(self) -> Sentence:
        message = {
            "released": N_("Entry %(number)s is released by all of government."),
            "withdrawn": N_("Entry %(number)s is no longer released by all of government."),
        }[self.kind_of]
        return Sentence(message, {"number": self.number})
