"""Decisions on consequences, and what an appeal does with them, as the record keeps it (6 USC 967)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence

Measure = Literal["denial", "suspension", "expulsion", "emergency"]
Ending = Literal["restored", "reinstated", "period_over", "lifted"]


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ConsequenceDecided(EntryData):
    """A decision that can be appealed: under 967(a) or 967(b), on which day, with what effect from which day.

    ``took_part``: the accounts that had a part in it, and that therefore decide no appeal of it. ``anew``: it was
    decided anew after an appeal; ``ended``: it had ended before that, and stays so.
    """

    consequence_id: UUID
    participant_id: UUID
    company: str
    decision: Literal["967(a)", "967(b)"]
    measure: Measure
    benefits: tuple[str, ...]
    in_whole: bool
    decided_on: date
    lost_on: date
    period_until: date | None
    standing_before: str
    tier_before: int
    took_part: tuple[UUID, ...]
    reasons: str
    anew: bool = False
    ended: bool = False

    def sentence(self) -> Sentence:
        values = {"company": self.company, "until": self.period_until or "-", "benefits": ", ".join(self.benefits)}
        return Sentence(_DECIDED[self.measure], values)


_DECIDED = {
    "denial": N_("Benefits were denied to %(company)s: %(benefits)s."),
    "emergency": N_("Benefits were denied to %(company)s at once, to protect national security: %(benefits)s."),
    "suspension": N_("%(company)s was suspended until %(until)s."),
    "expulsion": N_("%(company)s was expelled until %(until)s."),
}


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class EmergencyActionTaken(EntryData):
    """The grounds of national security are for staff; the company learns of the action by its decision and notice."""

    consequence_id: UUID
    participant_id: UUID
    programme: str
    grounds: str
    because_of: UUID | None = None

    def sentence(self) -> Sentence:
        return Sentence(
            N_("Action was taken at once to protect national security: %(grounds)s"), {"grounds": self.grounds}
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class EmergencyNoticed(EntryData):
    company: str
    message: str
    benefits: tuple[str, ...]
    taken_on: date
    response_until: date

    def sentence(self) -> Sentence:
        values = {"taken": self.taken_on}
        return Sentence(N_("Notice was given of the action of %(taken)s to protect national security."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class EmergencyAnswered(EntryData):
    response: str
    documents: tuple[UUID, ...]

    def sentence(self) -> Sentence:
        return Sentence(N_("The company responded to the notice of the emergency action."))


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class EmergencyConfirmed(EntryData):
    company: str
    reasons: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The emergency action was confirmed: %(reasons)s"), {"reasons": self.reasons})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ConsequenceEnded(EntryData):
    """What was lost comes back from ``since``, except after a period that ended without reinstatement."""

    consequence_id: UUID
    participant_id: UUID
    company: str
    measure: Measure
    ended_as: Ending
    since: date
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(_ENDED[self.ended_as], {"company": self.company, "since": self.since})


_ENDED = {
    "restored": N_("The denied benefits were restored to %(company)s from %(since)s."),
    "reinstated": N_("%(company)s was reinstated from %(since)s."),
    "period_over": N_("The period ended; %(company)s takes no part from %(since)s and may apply anew."),
    "lifted": N_("The emergency action against %(company)s was lifted from %(since)s."),
}


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class ConsequencePublished(EntryData):
    consequence_id: UUID
    publication: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The decision was published: %(publication)s"), {"publication": self.publication})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class AppealNoted(EntryData):
    """An appeal of the decision was filed: the right to file it is used."""

    appeal_id: UUID
    filed_on: date

    def sentence(self) -> Sentence:
        return Sentence(N_("The decision was appealed on %(filed)s."), {"filed": self.filed_on})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ConsequenceReversed(EntryData):
    """All that was lost comes back from the day it was lost (967(c)). ``appeal_id`` None: it was decided anew."""

    consequence_id: UUID
    participant_id: UUID
    company: str
    lost_on: date
    appeal_id: UUID | None
    reasons: str = ""

    def sentence(self) -> Sentence:
        return Sentence(N_("The decision was reversed; all is restored from %(lost)s."), {"lost": self.lost_on})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ConsequenceReduced(EntryData):
    """What the decision is from this day on; nothing is restored for the days before it."""

    consequence_id: UUID
    participant_id: UUID
    company: str
    measure: Measure
    benefits: tuple[str, ...]
    period_until: date | None
    modified_to: str
    appeal_id: UUID

    def sentence(self) -> Sentence:
        return Sentence(N_("The decision was modified: %(modified)s"), {"modified": self.modified_to})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ConsequenceRemanded(EntryData):
    appeal_id: UUID
    reasons: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The decision is to be taken anew: %(reasons)s"), {"reasons": self.reasons})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ConsequenceClosed(EntryData):
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The case was closed: %(reason)s"), {"reason": self.reason})
