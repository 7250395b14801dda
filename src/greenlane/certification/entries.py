"""What happens to a certification, as the record keeps it (6 USC 964)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class GuidelinesPublished(EntryData):
    guidelines_id: UUID
    programme: str
    version: str
    title: str
    text: str
    parts: tuple[str, ...]
    in_force_from: date

    def sentence(self) -> Sentence:
        values = {"version": self.version, "day": self.in_force_from}
        return Sentence(N_("Guidelines for certification %(version)s were published, in force from %(day)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class CertificationOpened(EntryData):
    certification_id: UUID
    application_id: UUID
    participant_id: UUID
    received_on: date

    def sentence(self) -> Sentence:
        return Sentence(N_("The application, received on %(day)s, awaits review."), {"day": self.received_on})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ReviewBegun(EntryData):
    reviewer: UUID

    def sentence(self) -> Sentence:
        return Sentence(N_("The documentation review began."))


@dataclass(frozen=True, kw_only=True)
class CriterionReview:
    """The finding on one criterion; what is sent back carries a note of what to change."""

    number: str
    finding: Literal["accepted", "sent_back", "unreviewed"]
    note: str = ""


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class CriteriaReviewed(EntryData):
    findings: tuple[CriterionReview, ...]

    def sentence(self) -> Sentence:
        return Sentence(N_("%(count)s criteria were reviewed."), {"count": len(self.findings)})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ReturnedForCorrection(EntryData):
    application_id: UUID
    points: dict[str, str]
    message: str

    def sentence(self) -> Sentence:
        values = {"count": len(self.points)}
        return Sentence(N_("The review sent the application back; points to correct: %(count)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ReviewResumed(EntryData):
    """``reopened`` are the criteria to be read again: those sent back and those answered anew."""

    reopened: tuple[str, ...]

    def sentence(self) -> Sentence:
        values = {"count": len(self.reopened)}
        return Sentence(N_("The review resumed; %(count)s criteria are read again."), values)


@dataclass(frozen=True, kw_only=True)
class RefusalGround:
    """A ground of refusal with its clause; ``criterion`` where it is an unmet one."""

    cite: str
    kind: Literal["true_match", "unmet_must", "other_requirement"]
    statement: str
    criterion: str = ""


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class DecisionRecommended(EntryData):
    decision: Literal["certify", "refuse"]
    by: UUID
    note: str
    grounds: tuple[RefusalGround, ...] = ()

    def sentence(self) -> Sentence:
        return Sentence(N_("The specialist recommended: %(decision)s."), {"decision": self.decision})


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class RecommendationSentBack(EntryData):
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The recommendation was sent back: %(reason)s"), {"reason": self.reason})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class CertificationDecided(EntryData):
    """The decision, with what a letter says: ``due_on`` and whether it counts as late (964(c))."""

    certification_id: UUID
    application_id: UUID
    participant_id: UUID
    company: str
    outcome: Literal["certified", "refused"]
    guidelines: str
    received_on: date
    due_on: date
    late: bool
    lateness_reason: str
    grounds: tuple[RefusalGround, ...] = ()

    def sentence(self) -> Sentence:
        values = {"company": self.company}
        if self.outcome == "certified":
            return Sentence(N_("%(company)s was certified as a first-tier participant."), values)
        return Sentence(N_("Certification was refused to %(company)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class CertificationClosed(EntryData):
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The certification was closed without a decision: %(reason)s"), {"reason": self.reason})
