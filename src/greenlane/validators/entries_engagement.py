"""What happens in the engagement of a validator, as the record keeps it (6 USC 968(c), (f), (h))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class EngagementProposed(EntryData):
    engagement_id: UUID
    validator_id: UUID
    certificate_id: UUID
    participant_id: UUID
    validation_id: UUID
    validator: str
    company: str
    side: str

    def sentence(self) -> Sentence:
        values = {"validator": self.validator, "company": self.company}
        return Sentence(N_("It was proposed that %(validator)s validate %(company)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class InterestsDeclared(EntryData):
    """One side signed its declaration; the holdings that it named are entries of their own."""

    engagement_id: UUID
    side: Literal["validator", "participant"]
    name: str
    holdings: int

    def sentence(self) -> Sentence:
        values = {"name": self.name, "count": self.holdings}
        return Sentence(
            N_("%(name)s signed a declaration of interests and conflicts, with %(count)s holdings."), values
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ConflictDeclared(EntryData):
    tie_id: UUID
    engagement_id: UUID
    side: Literal["validator", "participant", "staff"]
    kind_of: str
    detail: str
    ended_on: date | None

    def sentence(self) -> Sentence:
        values = {"kind": self.kind_of, "detail": self.detail}
        return Sentence(N_("A tie was declared (%(kind)s): %(detail)s"), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class NoConflictDetermined(EntryData):
    clearance_id: UUID
    engagement_id: UUID
    party: str
    reason: str

    def sentence(self) -> Sentence:
        values = {"party": self.party, "reason": self.reason}
        return Sentence(
            N_("An officer determined that the tie through %(party)s is no conflict of interest: %(reason)s"), values
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ContractFiled(EntryData):
    engagement_id: UUID
    document: UUID
    signed_on: date
    ends_on: date | None
    participant_signed: bool
    validator_signed: bool
    participant_pays_all: bool
    price_usd: int

    def sentence(self) -> Sentence:
        return Sentence(N_("The contract signed on %(day)s was filed."), {"day": self.signed_on})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ValidatorConsentedTo(EntryData):
    engagement_id: UUID
    name: str
    voluntary: bool

    def sentence(self) -> Sentence:
        return Sentence(
            N_("%(name)s consented, for the company, to be validated by a third party."), {"name": self.name}
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(EntryData):
    engagement_id: UUID
    validation_id: UUID
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The company withdrew its consent to be validated by the third party."))


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class EngagementDecided(EntryData):
    engagement_id: UUID
    validation_id: UUID
    validator: str
    company: str
    outcome: Literal["authorized", "refused"]
    reason: str

    def sentence(self) -> Sentence:
        values = {"validator": self.validator, "company": self.company}
        if self.outcome == "authorized":
            return Sentence(N_("%(validator)s was authorized to validate %(company)s."), values)
        return Sentence(N_("The engagement of %(validator)s by %(company)s was refused."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ThirdPartyValidationBegun(EntryData):
    engagement_id: UUID
    validation_id: UUID
    validator: str

    def sentence(self) -> Sentence:
        values = {"validator": self.validator}
        return Sentence(N_("%(validator)s began its validation; from today it sees that case."), values)


@dataclass(frozen=True, kw_only=True)
class VisitReported:
    """A visit to one place of the supply chain: its first and last day, how, what was seen, and what shows it."""

    node: UUID = field(metadata={"label": N_("Place"), "choices": "nodes"})
    country: str = field(default="", metadata={"label": N_("Country"), "help": N_("Needed for a leg only.")})
    mode: Literal["on_site", "virtual"] = field(metadata={"label": N_("How")})
    visited_on: date = field(metadata={"label": N_("First day")})
    visited_to: date = field(metadata={"label": N_("Last day")})
    appropriate: str = field(
        metadata={"label": N_("Why this place"), "help": N_("Why it is appropriate for this supply chain.")}
    )
    persons_met: tuple[str, ...] = field(default=(), metadata={"label": N_("Persons met")})
    seen: str = field(metadata={"label": N_("What was seen"), "widget": "textarea"})
    evidence: tuple[UUID, ...] = field(
        default=(), metadata={"label": N_("Documents and photos"), "choices": "engagement_documents"}
    )


@dataclass(frozen=True, kw_only=True)
class PlacedVisit(VisitReported):
    """The same with the name of its place."""

    place: str


@dataclass(frozen=True, kw_only=True)
class FindingReported:
    """What the validator found on one criterion, with the documents that show it."""

    number: str = field(metadata={"label": N_("Criterion"), "choices": "criteria"})
    finding: Literal["met", "not_met", "not_applicable"] = field(metadata={"label": N_("Finding")})
    note: str = field(default="", metadata={"label": N_("Note"), "widget": "textarea"})
    evidence: tuple[UUID, ...] = field(
        default=(), metadata={"label": N_("Documents and photos"), "choices": "engagement_documents"}
    )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ThirdPartyReportSubmitted(EntryData):
    engagement_id: UUID
    validation_id: UUID
    report: int
    visits: tuple[PlacedVisit, ...]
    findings: tuple[FindingReported, ...]
    summary: str
    cost_usd: int
    hours: int

    def sentence(self) -> Sentence:
        values = {"visits": len(self.visits), "findings": len(self.findings)}
        return Sentence(
            N_("The third party reported %(visits)s visits and its findings on %(findings)s criteria."), values
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ThirdPartyReportReturned(EntryData):
    engagement_id: UUID
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The report was returned to the third party: %(reason)s"), {"reason": self.reason})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ThirdPartyReportDecided(EntryData):
    """An accepted report is advice that officers may use; whether the company is validated is decided by them."""

    engagement_id: UUID
    validation_id: UUID
    validator: str
    company: str
    outcome: Literal["accepted", "rejected"]
    reason: str

    def sentence(self) -> Sentence:
        values = {"validator": self.validator, "reason": self.reason}
        if self.outcome == "accepted":
            return Sentence(N_("An officer accepted the report of %(validator)s as advice."), values)
        return Sentence(N_("An officer rejected the report of %(validator)s: %(reason)s"), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class EngagementEnded(EntryData):
    engagement_id: UUID
    validation_id: UUID
    validator: str
    reason: str

    def sentence(self) -> Sentence:
        values = {"validator": self.validator, "reason": self.reason}
        return Sentence(N_("The engagement of %(validator)s ended: %(reason)s"), values)
