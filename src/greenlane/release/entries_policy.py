"""What is on record of thresholds, policies, agencies, criteria and arrangements (6 USC 964(a); 19 USC 4311)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence, Value
from greenlane.release.numbers import PolicyNumbers


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ThresholdRecorded(EntryData):
    threshold_id: UUID
    programme: str
    points: int
    in_force_from: date
    basis: str

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"points": self.points, "since": self.in_force_from}
        return Sentence(N_("The high-risk threshold is %(points)d points from %(since)s."), values)


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ReleasePolicyDrafted(EntryData):
    policy_id: UUID
    programme: str
    version: int
    title: str
    why: str
    numbers: PolicyNumbers
    effective_from: date

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"version": self.version, "since": self.effective_from}
        return Sentence(N_("Version %(version)d of the policy of benefits was drafted, to begin on %(since)s."), values)


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ReleasePolicyConsultedOn(EntryData):
    """One advisory committee has given its advice; ``committee``: commercial or maritime."""

    policy_id: UUID
    committee: str
    concluded_on: date
    advice: str

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"committee": self.committee, "day": self.concluded_on}
        return Sentence(N_("The consultation with the %(committee)s committee was concluded on %(day)s."), values)


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ReleasePolicySimulated(EntryData):
    """What the draft would have changed on the entries on record; ``found`` is ``simulation.Found`` as JSON."""

    policy_id: UUID
    found: dict[str, Any]

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"count": int(self.found["entries"])}
        return Sentence(N_("The draft was tried on %(count)d entries on record."), values)


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ReleasePolicyPublished(EntryData):
    policy_id: UUID
    programme: str
    version: int
    effective_from: date

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"version": self.version, "since": self.effective_from}
        return Sentence(N_("Version %(version)d of the policy of benefits is in force from %(since)s."), values)


@entry(audience="restricted")
@dataclass(frozen=True, kw_only=True)
class DrawSet(EntryData):
    """The number that random examinations are drawn with: who knew it could foresee them."""

    policy_id: UUID
    salt: int

    def sentence(self) -> Sentence:
        return Sentence(N_("The number that random examinations are drawn with was set."))


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ReleasePolicyWithdrawn(EntryData):
    policy_id: UUID
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The draft was withdrawn: %(reason)s"), {"reason": self.reason})


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class AgencyRegistered(EntryData):
    agency_id: UUID
    code: str
    name: str
    place: int

    def sentence(self) -> Sentence:
        return Sentence(N_("%(name)s takes part in release as %(code)s."), {"name": self.name, "code": self.code})


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class AgencyCriteriaAdopted(EntryData):
    criteria_id: UUID
    agency_id: UUID
    agency: str
    version: int
    document: str
    agreed_with: str
    ports: tuple[str, ...]
    origins: tuple[str, ...]
    headings: tuple[str, ...]
    in_force_from: date
    in_force_until: date | None
    rests_on: UUID | None = None

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"agency": self.agency, "version": self.version, "since": self.in_force_from}
        return Sentence(N_("Version %(version)d of the criteria of %(agency)s is in force from %(since)s."), values)


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ArrangementRecorded(EntryData):
    arrangement_id: UUID
    programme: str
    country: str
    partner_programme: str
    since: date

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"partner": self.partner_programme, "since": self.since}
        return Sentence(N_("%(partner)s is recognised under an arrangement from %(since)s."), values)


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ArrangementEnded(EntryData):
    arrangement_id: UUID
    partner_programme: str
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The arrangement with %(partner)s has ended."), {"partner": self.partner_programme})


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """A manufacturer as an entry keeps it, with the id of its row."""

    row_id: UUID
    mid: str
    name: str
    foreign_number: str


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ManufacturersRecognised(EntryData):
    arrangement_id: UUID
    manufacturers: tuple[Recognised, ...]

    def sentence(self) -> Sentence:
        return Sentence(N_("%(count)d manufacturers are recognised."), {"count": len(self.manufacturers)})


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class RecognitionEnded(EntryData):
    row_id: UUID
    mid: str
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The manufacturer %(mid)s is no longer recognised."), {"mid": self.mid})
