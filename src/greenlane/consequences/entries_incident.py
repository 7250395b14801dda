"""Incidents that a company reports itself, as the record keeps them (6 USC 971(c))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.consequences.entries import FailureFound
from greenlane.law.sentences import N_, Sentence

IncidentOutcome = Literal["no_action", "corrective_actions", "consequence"]


@dataclass(frozen=True, kw_only=True)
class AgreedAction:
    """An action that the company and the specialist agreed on, and the last day for it."""

    action: str = field(metadata={"label": N_("Action"), "widget": "textarea"})
    done_by: date = field(metadata={"label": N_("Done by")})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class IncidentReported(EntryData):
    """A report changes nothing by itself: neither the standing nor a benefit."""

    incident_id: UUID
    participant_id: UUID
    programme: str
    what: str
    happened_on: date
    place: str
    cargo: str
    documents: tuple[UUID, ...]
    review_until: date

    def sentence(self) -> Sentence:
        return Sentence(
            N_("The company reported an incident of %(day)s at %(place)s."),
            {"day": self.happened_on, "place": self.place},
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class IncidentReviewBegun(EntryData):
    by: UUID | None

    def sentence(self) -> Sentence:
        return Sentence(N_("The review of the incident began."))


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class IncidentAddedTo(EntryData):
    text: str
    documents: tuple[UUID, ...]

    def sentence(self) -> Sentence:
        return Sentence(N_("The company added to its report of the incident."))


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class IncidentConcluded(EntryData):
    """``failures`` are for the consequence that the conclusion opens, if it opens one."""

    incident_id: UUID
    participant_id: UUID
    company: str
    outcome: IncidentOutcome
    conclusion: str
    actions: tuple[AgreedAction, ...]
    benefits: tuple[str, ...] = ()
    failures: tuple[FailureFound, ...] = ()

    def sentence(self) -> Sentence:
        return Sentence(_CONCLUDED[self.outcome], {"count": len(self.actions)})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class IncidentActionAnswered(EntryData):
    """``proof`` are documents of the company that show that the action is done."""

    number: int
    answer: str
    proof: tuple[UUID, ...]

    def sentence(self) -> Sentence:
        return Sentence(N_("The company answered agreed action %(number)s."), {"number": self.number})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class IncidentActionReturned(EntryData):
    number: int
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The answer to agreed action %(number)s was sent back."), {"number": self.number})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class IncidentActionClosed(EntryData):
    number: int
    acceptance: str

    def sentence(self) -> Sentence:
        return Sentence(N_("Agreed action %(number)s was accepted as done."), {"number": self.number})


_CONCLUDED = {
    "no_action": N_("The review of the incident was concluded: no action is needed."),
    "corrective_actions": N_("The review of the incident was concluded with %(count)s agreed actions."),
    "consequence": N_("The review of the incident was concluded: a consequence is proposed."),
}
