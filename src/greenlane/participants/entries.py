"""What happens to participants and their parts, as the record keeps it (6 USC 962, 963(2))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ParticipantRegistered(EntryData):
    """``group_id`` is the group that it joins, or a new one when ``group_is_new``."""

    participant_id: UUID
    group_id: UUID
    group_name: str
    group_is_new: bool
    programme: str
    business_type: str
    legal_name: str
    country: str
    address: str
    city: str
    officer_holding_id: UUID
    officer_account_id: UUID

    def sentence(self) -> Sentence:
        return Sentence(N_("%(name)s registered as %(type)s."), {"name": self.legal_name, "type": self.business_type})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ProfileAmended(EntryData):
    participant_id: UUID
    legal_name: str
    trade_name: str
    country: str
    address: str
    city: str
    website: str
    phone: str
    cargo_kinds: tuple[str, ...]

    def sentence(self) -> Sentence:
        return Sentence(N_("The profile of %(name)s was amended."), {"name": self.legal_name})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class IdentifierRecorded(EntryData):
    identifier_id: UUID
    kind_of: str
    value: str

    def sentence(self) -> Sentence:
        return Sentence(
            N_("The identifier %(kind)s %(value)s was recorded."), {"kind": self.kind_of, "value": self.value}
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class PersonRecorded(EntryData):
    """An owner or officer; ``series`` is the same for a correction of the same person."""

    person_id: UUID
    series: UUID
    role: str
    name: str
    title: str
    birth_date: date | None
    country: str
    share_percent: int | None
    account_id: UUID | None
    is_company: bool

    def sentence(self) -> Sentence:
        return Sentence(N_("%(name)s was recorded as %(role)s."), {"name": self.name, "role": self.role})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class SiteRecorded(EntryData):
    site_id: UUID
    series: UUID
    name: str
    use: str
    address: str
    city: str
    country: str
    latitude_e6: int | None
    longitude_e6: int | None

    def sentence(self) -> Sentence:
        return Sentence(N_("The site %(name)s was recorded."), {"name": self.name})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class PartnerRecorded(EntryData):
    partner_id: UUID
    series: UUID
    name: str
    does: str
    city: str
    country: str
    trusted_as: str
    latitude_e6: int | None
    longitude_e6: int | None

    def sentence(self) -> Sentence:
        return Sentence(N_("The business partner %(name)s was recorded."), {"name": self.name})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class LegRecorded(EntryData):
    leg_id: UUID
    series: UUID
    origin: UUID
    destination: UUID
    mode: str
    carrier: str
    port_of_lading: str
    port_of_unlading: str

    def sentence(self) -> Sentence:
        return Sentence(N_("A leg by %(mode)s was recorded."), {"mode": self.mode})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class PartEnded(EntryData):
    """An identifier, person, site, partner or leg is no longer part of the company."""

    table: str
    series: UUID
    name: str
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("%(name)s was ended: %(reason)s"), {"name": self.name, "reason": self.reason})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ParticipantInvited(EntryData):
    participant_id: UUID
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The company was invited to apply: %(reason)s"), {"reason": self.reason})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class StandingSet(EntryData):
    """The standing follows from the decision of a later section; ``because`` names that case.

    ``since``: what was said of that day and later days no longer holds (967(c)).
    """

    participant_id: UUID
    standing: str
    tier: int
    reason: str
    because: UUID | None
    since: date | None = None

    def sentence(self) -> Sentence:
        return Sentence(
            N_("The standing is now '%(standing)s', tier %(tier)s."), {"standing": self.standing, "tier": self.tier}
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class DeniedBenefitsSet(EntryData):
    """Which benefits one case denies from a day on; none when it gives all back."""

    denied_id: UUID
    participant_id: UUID
    because: UUID
    benefits: tuple[str, ...]
    since: date
    reason: str

    def sentence(self) -> Sentence:
        if not self.benefits:
            return Sentence(N_("From %(since)s no benefit is denied under this case."), {"since": self.since})
        values = {"since": self.since, "benefits": ", ".join(self.benefits)}
        return Sentence(N_("From %(since)s these benefits are denied: %(benefits)s."), values)
