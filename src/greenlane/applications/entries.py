"""What happens to an application, as the record keeps it (6 USC 963)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ApplicationOpened(EntryData):
    application_id: UUID
    participant_id: UUID
    programme: str
    business_type: str
    edition_id: UUID

    def sentence(self) -> Sentence:
        return Sentence(N_("An application as %(type)s was begun."), {"type": self.business_type.replace("_", " ")})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class EligibilityAnswered(EntryData):
    answers: dict[str, str]

    def sentence(self) -> Sentence:
        return Sentence(N_("%(count)s eligibility questions were answered."), {"count": len(self.answers)})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class EligibilityDetermined(EntryData):
    outcome: Literal["eligible", "ineligible"]
    by_office: str
    reason: str

    def sentence(self) -> Sentence:
        values = {"outcome": self.outcome, "reason": self.reason}
        return Sentence(N_("An officer determined that the company is %(outcome)s: %(reason)s"), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class CargoHistoryRecorded(EntryData):
    moved_from: date
    moved_to: date
    shipments: int
    source: str
    evidence: tuple[UUID, ...]

    def sentence(self) -> Sentence:
        values = {"count": self.shipments, "first": self.moved_from, "last": self.moved_to}
        return Sentence(N_("%(count)s shipments from %(first)s to %(last)s were recorded."), values)


@dataclass(frozen=True, kw_only=True)
class NodeRisk:
    """One area at one node; scales run from 1 (least) to 5 (most)."""

    area: str
    node: UUID
    threat: int
    vulnerability: int
    consequence: int
    existing_control: str
    residual: int
    action: str = ""


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class RiskAssessed(EntryData):
    risks: tuple[NodeRisk, ...]

    def sentence(self) -> Sentence:
        return Sentence(N_("Risk was assessed; points: %(count)s."), {"count": len(self.risks)})


@dataclass(frozen=True, kw_only=True)
class CriterionAnswer:
    """The answer to one criterion; ``evidence`` names documents of this application."""

    number: str
    value: Literal["yes", "no", "not_applicable", "unanswered"]
    narrative: str = ""
    not_applicable_reason: str = ""
    evidence: tuple[UUID, ...] = ()


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class CriteriaAnswered(EntryData):
    answers: tuple[CriterionAnswer, ...]

    def sentence(self) -> Sentence:
        return Sentence(N_("%(count)s criteria were answered."), {"count": len(self.answers)})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class AgreementSigned(EntryData):
    signed_by: UUID
    signed_as: str
    named_officer: bool

    def sentence(self) -> Sentence:
        return Sentence(N_("The agreement to take part voluntarily was signed."))


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ApplicationSubmitted(EntryData):
    """``received_on`` is the day of the first submission: the clock of 964(c) starts there and never moves.

    ``cargo_kinds`` and ``parts`` are the profile as it was submitted: identifiers, sites, partners and legs, by row.
    """

    application_id: UUID
    participant_id: UUID
    submission: int
    received_on: date
    signed_by: UUID
    cargo_kinds: tuple[str, ...] = ()
    parts: tuple[UUID, ...] = ()

    def sentence(self) -> Sentence:
        if self.submission == 1:
            return Sentence(N_("The application was submitted and received on %(day)s."), {"day": self.received_on})
        return Sentence(N_("The corrected application was submitted."))


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ApplicationReturned(EntryData):
    application_id: UUID
    points: dict[str, str]
    message: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The application was returned; points to correct: %(count)s."), {"count": len(self.points)})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ApplicationConcluded(EntryData):
    application_id: UUID
    outcome: Literal["accepted", "refused"]

    def sentence(self) -> Sentence:
        return Sentence(N_("The application was %(outcome)s."), {"outcome": self.outcome})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ApplicationWithdrawn(EntryData):
    application_id: UUID
    participant_id: UUID
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The company withdrew its application, without prejudice."))
