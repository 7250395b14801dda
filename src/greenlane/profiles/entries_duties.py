"""Contacts, hand-overs and notices of change, as the record keeps them (6 USC 963(3), 964(b))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence, Value


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ContactNamed(EntryData):
    """``confirmed``: the platform knows that the person can be reached, for it signed or accepted this very day."""

    contact_id: UUID
    participant_id: UUID
    name: str
    email: str
    phone: str
    account_id: UUID | None
    confirmed: bool

    def sentence(self) -> Sentence:
        return Sentence(N_("%(name)s was named as a contact of the company."), {"name": self.name})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ContactConfirmed(EntryData):
    contact_id: UUID
    participant_id: UUID
    name: str
    how: str

    def sentence(self) -> Sentence:
        return Sentence(N_("%(name)s can be reached: confirmed."), {"name": self.name})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ContactBounced(EntryData):
    contact_id: UUID
    participant_id: UUID
    name: str
    how: str

    def sentence(self) -> Sentence:
        return Sentence(N_("%(name)s could not be reached: %(how)s"), {"name": self.name, "how": self.how})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ContactEnded(EntryData):
    contact_id: UUID
    participant_id: UUID
    name: str
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("%(name)s is no longer a contact: %(reason)s"), {"name": self.name, "reason": self.reason})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ContactAlarmRaised(EntryData):
    alarm_id: UUID
    participant_id: UUID
    contact_id: UUID
    name: str
    how: str

    def sentence(self) -> Sentence:
        return Sentence(N_("Alarm: %(name)s, a contact of the company, cannot be reached."), {"name": self.name})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ContactAlarmCleared(EntryData):
    alarm_id: UUID
    because: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The alarm was cleared: %(because)s"), {"because": self.because})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class HandOverProposed(EntryData):
    """``leaving`` is the account that goes; ``proof``: what a supervisor relies on where the officer is gone."""

    hand_over_id: UUID
    participant_id: UUID
    leaving: UUID
    leaving_name: str
    to_account: UUID
    to_name: str
    reason: str
    proof: tuple[UUID, ...]
    by_office: str

    def sentence(self) -> Sentence:
        values = {"old": self.leaving_name, "new": self.to_name}
        return Sentence(N_("The account is to be handed over from %(old)s to %(new)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class HandOverWithdrawn(EntryData):
    hand_over_id: UUID
    participant_id: UUID
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The hand-over was withdrawn: %(reason)s"), {"reason": self.reason})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class HandOverAccepted(EntryData):
    """The new officer signed; what ends and what begins stands in the entries beside this one."""

    hand_over_id: UUID
    participant_id: UUID
    leaving_name: str
    to_account: UUID
    to_name: str

    def sentence(self) -> Sentence:
        values = {"old": self.leaving_name, "new": self.to_name}
        return Sentence(N_("%(new)s took the account over from %(old)s, and signed."), values)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change: owner, officer, site, company, identifier or answers; ``entry`` is where it is recorded."""

    what: str
    name: str
    changed_on: date
    entry: UUID


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ChangeNoticeReceived(EntryData):
    notice_id: UUID
    participant_id: UUID
    change: Change

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"what": self.change.what, "name": self.change.name, "day": self.change.changed_on}
        return Sentence(N_("Notice of a change (%(what)s) on %(day)s: %(name)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class FurtherChangeNoticed(EntryData):
    notice_id: UUID
    participant_id: UUID
    change: Change

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"what": self.change.what, "name": self.change.name, "day": self.change.changed_on}
        return Sentence(N_("Notice of a further change (%(what)s) on %(day)s: %(name)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ChangeNoticeReviewed(EntryData):
    notice_id: UUID
    found: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The changes were looked at: %(found)s"), {"found": self.found})
