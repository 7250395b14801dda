"""A participant leaves of its own will, as the record keeps it (6 USC 961(a))."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ParticipantWithdrew(EntryData):
    """It takes no part from this day on, and has no benefit on it. ``standing_before`` is what it gave up."""

    participant_id: UUID
    company: str
    standing_before: str
    tier_before: int
    signed_by: UUID
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("%(company)s withdrew from the programme, without prejudice."), {"company": self.company})
