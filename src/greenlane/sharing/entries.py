"""What is on record of sharing: consents, monitoring, agreements, shared assessments (6 USC 971(c))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence, Value


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class VerificationConsentGiven(EntryData):
    """``ended_monitors`` are those that a narrower consent ends."""

    consent_id: UUID
    participant_id: UUID
    number: str
    with_participants: bool
    with_agencies: bool
    show_tier: bool
    ended_monitors: tuple[UUID, ...]

    def sentence(self) -> Sentence:
        return Sentence(N_("The company lets its status be verified by number %(number)s."), {"number": self.number})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class VerificationConsentWithdrawn(EntryData):
    """The number, all monitoring by and of the participant, and what it shared end at once."""

    consent_id: UUID
    participant_id: UUID
    ended_monitors: tuple[UUID, ...]
    ended_assessments: tuple[UUID, ...]

    def sentence(self) -> Sentence:
        return Sentence(N_("The company no longer lets its status be verified."))


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class MonitoringBegun(EntryData):
    monitor_id: UUID
    watcher_id: UUID
    watched_id: UUID
    name: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The status of %(name)s is monitored from today."), {"name": self.name})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class MonitoringEnded(EntryData):
    monitor_id: UUID
    name: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The status of %(name)s is no longer monitored."), {"name": self.name})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class StatusTold(EntryData):
    """The standing of a monitored partner, told to the participant that monitors it; ``tier`` only with consent."""

    monitor_id: UUID
    watched_id: UUID
    name: str
    standing: str
    since: date | None
    tier: int | None

    def sentence(self) -> Sentence:
        return Sentence(N_("%(name)s stands as '%(standing)s' now."), {"name": self.name, "standing": self.standing})


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class SharingAgreementPublished(EntryData):
    agreement_id: UUID
    programme: str
    agency: str
    kinds: tuple[str, ...]
    purpose: str
    since: date
    until: date

    def sentence(self) -> Sentence:
        values = {"agency": self.agency, "kinds": ", ".join(self.kinds)}
        return Sentence(N_("An agreement to share (%(kinds)s) with %(agency)s was published."), values)


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class SharingAgreementEnded(EntryData):
    agreement_id: UUID
    agency: str
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The agreement to share with %(agency)s has ended."), {"agency": self.agency})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class AssessmentShared(EntryData):
    """``answers`` as they are on file: number, value, narrative, reason why it does not apply, day."""

    assessment_id: UUID
    participant_id: UUID
    receivers: tuple[UUID, ...]
    answers: tuple[dict[str, Any], ...]
    expires_on: date

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"count": len(self.answers), "until": self.expires_on}
        return Sentence(N_("The answers to %(count)s criteria are shared with partners until %(until)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class AssessmentReceived(EntryData):
    assessment_id: UUID
    name: str
    expires_on: date

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"name": self.name, "until": self.expires_on}
        return Sentence(N_("%(name)s shares its assessment until %(until)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class AssessmentSharingEnded(EntryData):
    assessment_id: UUID

    def sentence(self) -> Sentence:
        return Sentence(N_("An assessment is no longer shared."))


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class PartnerAsked(EntryData):
    request_id: UUID
    asker_id: UUID
    asker: str
    partner_id: UUID
    partner: str
    criteria: tuple[str, ...]
    message: str

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"asker": self.asker, "partner": self.partner, "count": len(self.criteria)}
        return Sentence(N_("%(asker)s asked %(partner)s to answer %(count)s criteria."), values)
