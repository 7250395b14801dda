"""What happens to accounts and offices, as the record keeps it (6 USC 971(c))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class AccountOpened(EntryData):
    account_id: UUID
    email: str
    name: str

    def sentence(self) -> Sentence:
        return Sentence(N_("An account was opened for %(name)s."), {"name": self.name})


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class AccountClosed(EntryData):
    account_id: UUID
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The account was closed: %(reason)s"), {"reason": self.reason})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class OfficeGranted(EntryData):
    holding_id: UUID
    account_id: UUID
    name: str
    office: str
    participant_id: UUID | None
    agency: str
    until: date | None

    def sentence(self) -> Sentence:
        return Sentence(N_("%(name)s was given the office %(office)s."), {"name": self.name, "office": self.office})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class OfficeEnded(EntryData):
    holding_id: UUID
    name: str
    office: str
    reason: str

    def sentence(self) -> Sentence:
        values = {"name": self.name, "office": self.office, "reason": self.reason}
        return Sentence(N_("%(name)s no longer holds the office %(office)s: %(reason)s"), values)


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class OfficeDelegated(EntryData):
    delegation_id: UUID
    holder_id: UUID
    delegate_id: UUID
    office: str
    from_day: date
    to_day: date
    reason: str

    def sentence(self) -> Sentence:
        values = {"office": self.office, "from_day": self.from_day, "to_day": self.to_day, "reason": self.reason}
        return Sentence(N_("The office %(office)s was lent from %(from_day)s to %(to_day)s: %(reason)s"), values)


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class DelegationEnded(EntryData):
    delegation_id: UUID

    def sentence(self) -> Sentence:
        return Sentence(N_("The delegation was ended."))


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class CaseAssigned(EntryData):
    assignment_id: UUID
    account_id: UUID
    name: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The case was assigned to %(name)s."), {"name": self.name})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class CaseReleased(EntryData):
    assignment_id: UUID
    name: str
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(
            N_("The case is no longer assigned to %(name)s: %(reason)s"), {"name": self.name, "reason": self.reason}
        )


@entry(audience="restricted")
@dataclass(frozen=True, kw_only=True)
class TokenIssued(EntryData):
    token_id: UUID
    account_id: UUID
    label: str
    hash: str
    expires_on: date

    def sentence(self) -> Sentence:
        return Sentence(
            N_("A key '%(label)s' was issued, good until %(until)s."), {"label": self.label, "until": self.expires_on}
        )


@entry(audience="restricted")
@dataclass(frozen=True, kw_only=True)
class TokenRevoked(EntryData):
    token_id: UUID

    def sentence(self) -> Sentence:
        return Sentence(N_("A key was revoked."))
