"""What happens to validators and their certificates, as the record keeps it (6 USC 968(d)-(g))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class CertificateSought(EntryData):
    """``is_new``: the entity was not in the register before."""

    certificate_id: UUID
    validator_id: UUID
    is_new: bool
    programme: str
    name: str
    key: str
    country: str
    address: str
    account_id: UUID | None
    person: str

    def sentence(self) -> Sentence:
        return Sentence(N_("%(name)s sought a certificate as a third party validator."), {"name": self.name})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ValidatorPersonRecorded(EntryData):
    certificate_id: UUID
    account_id: UUID
    name: str

    def sentence(self) -> Sentence:
        return Sentence(N_("%(name)s acts for the validator."), {"name": self.name})


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class ProcedurePublished(EntryData):
    procedure_id: UUID
    programme: str
    code: str
    number: int
    title: str
    text: str
    in_force_from: date

    def sentence(self) -> Sentence:
        values = {"code": self.code, "number": self.number, "day": self.in_force_from}
        return Sentence(
            N_("Version %(number)s of the procedure %(code)s was published, in force from %(day)s."), values
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ProceduresAgreed(EntryData):
    """``procedures`` are the versions, by id; ``named`` how people call them."""

    certificate_id: UUID
    procedures: tuple[UUID, ...]
    named: tuple[str, ...]

    def sentence(self) -> Sentence:
        values = {"named": ", ".join(self.named)}
        return Sentence(N_("The entity agreed to perform validations in accordance with: %(named)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class AgreementReopened(EntryData):
    certificate_id: UUID
    entity: str
    procedure_id: UUID
    code: str
    number: int
    in_force_from: date

    def sentence(self) -> Sentence:
        values = {"code": self.code, "number": self.number, "day": self.in_force_from}
        return Sentence(
            N_("Version %(number)s of the procedure %(code)s awaits the entity's agreement by %(day)s."), values
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class AbilityDemonstrated(EntryData):
    demonstration_id: UUID
    certificate_id: UUID
    code: str
    shown_on: date
    satisfied: UUID | None
    note: str
    evidence: tuple[UUID, ...]

    def sentence(self) -> Sentence:
        values = {"code": self.code, "day": self.shown_on}
        if self.satisfied is None:
            return Sentence(N_("What was shown on %(day)s under the procedure %(code)s did not satisfy."), values)
        return Sentence(N_("Ability under the procedure %(code)s was demonstrated on %(day)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class InsuranceInformationSubmitted(EntryData):
    certificate_id: UUID
    information: str
    documents: tuple[UUID, ...]

    def sentence(self) -> Sentence:
        return Sentence(N_("The information for setting the limits of the insurance was submitted."))


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class InsuranceLimitsSet(EntryData):
    limit_id: UUID
    certificate_id: UUID
    limit_usd: int
    conditions: str
    reason: str
    since: date

    def sentence(self) -> Sentence:
        values = {"limit": f"{self.limit_usd:,}", "day": self.since}
        return Sentence(N_("The limit of the insurance was set at %(limit)s dollars from %(day)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class InsuranceRecorded(EntryData):
    policy_id: UUID
    series: UUID
    certificate_id: UUID
    insurer: str
    number: str
    limit_usd: int
    since: date
    until: date
    meets_conditions: bool
    cancelled_on: date | None
    document: UUID

    def sentence(self) -> Sentence:
        values = {"insurer": self.insurer, "limit": f"{self.limit_usd:,}", "since": self.since, "until": self.until}
        if self.cancelled_on is not None:
            return Sentence(
                N_("The policy of %(insurer)s is cancelled from %(day)s."), {**values, "day": self.cancelled_on}
            )
        return Sentence(
            N_("A policy of %(insurer)s over %(limit)s dollars was recorded, from %(since)s to %(until)s."), values
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ProtectionAgreementSigned(EntryData):
    certificate_id: UUID
    name: str

    def sentence(self) -> Sentence:
        return Sentence(N_("%(name)s signed the agreement to protect proprietary information."), {"name": self.name})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class CertificateDecided(EntryData):
    certificate_id: UUID
    validator_id: UUID
    entity: str
    outcome: Literal["certified", "refused"]
    reason: str

    def sentence(self) -> Sentence:
        if self.outcome == "certified":
            return Sentence(N_("%(entity)s was certified to perform validations."), {"entity": self.entity})
        return Sentence(
            N_("A certificate was refused to %(entity)s: %(reason)s"), {"entity": self.entity, "reason": self.reason}
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class CertificateHeld(EntryData):
    certificate_id: UUID
    entity: str
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The certificate is held: %(reason)s"), {"reason": self.reason})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class CertificateRestored(EntryData):
    certificate_id: UUID
    entity: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The certificate of %(entity)s stands again."), {"entity": self.entity})


@dataclass(frozen=True, kw_only=True)
class ShortcomingFound:
    """What does not meet a designated procedure or requirement, with the documents that show it."""

    procedure: str = field(metadata={"label": N_("Procedure"), "choices": "validator_procedures"})
    found: str = field(metadata={"label": N_("What was found"), "widget": "textarea"})
    evidence: tuple[UUID, ...] = field(default=(), metadata={"label": N_("Documents"), "choices": "documents"})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ValidatorInspected(EntryData):
    inspection_id: UUID
    certificate_id: UUID
    inspected_on: date
    requirements_met: bool
    looked_at: str
    shortcomings: tuple[ShortcomingFound, ...]

    def sentence(self) -> Sentence:
        values = {"day": self.inspected_on, "count": len(self.shortcomings)}
        if self.requirements_met:
            return Sentence(N_("The inspection of %(day)s found the requirements met."), values)
        return Sentence(N_("The inspection of %(day)s found %(count)s shortcomings."), values)


@dataclass(frozen=True, kw_only=True)
class ConductedValidation:
    """A validation that an entity conducted, and of which company."""

    validation_id: UUID
    participant_id: UUID


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class CertificateRevoked(EntryData):
    """``conducted`` are all validations that the entity conducted: each is now to be reviewed."""

    certificate_id: UUID
    validator_id: UUID
    entity: str
    shortcomings: tuple[ShortcomingFound, ...]
    conducted: tuple[ConductedValidation, ...]

    def sentence(self) -> Sentence:
        values = {"entity": self.entity, "count": len(self.conducted)}
        return Sentence(
            N_("The certificate of %(entity)s was revoked; %(count)s validations that it conducted are reviewed."),
            values,
        )


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ConductedValidationReviewed(EntryData):
    certificate_id: UUID
    validation_id: UUID
    found: str

    def sentence(self) -> Sentence:
        return Sentence(N_("A validation that the entity conducted was reviewed: %(found)s"), {"found": self.found})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class CertificateSurrendered(EntryData):
    certificate_id: UUID
    validator_id: UUID
    entity: str
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("%(entity)s gave its certificate up."), {"entity": self.entity})
