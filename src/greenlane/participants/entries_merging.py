"""What is on record of merged, split, divided and extracted accounts: each names what went where (6 USC 962)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence, Value


@dataclass(frozen=True, kw_only=True)
class PartMoved:
    """A part copied to another account: ``row`` of ``series`` there, ``to_row`` of ``to_series`` here."""

    part: str
    name: str
    row: UUID
    series: UUID
    to_row: UUID
    to_series: UUID


@dataclass(frozen=True, kw_only=True)
class PartNamed:
    """A part by its kind, its series and what people call it."""

    part: str
    series: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class OfficeGoes:
    """An office that a person receives in the other account, or loses again."""

    holding_id: UUID
    account_id: UUID
    office: str
    participant_id: UUID


@dataclass(frozen=True, kw_only=True)
class CaseThen:
    """An open case of the merged account, and what becomes of it: 'closes' or 'stays'."""

    case_id: UUID
    reference: str
    kind: str
    state: str
    then: str


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class AccountChangeConsented(EntryData):
    consent_id: UUID
    participant_id: UUID
    act: str
    other_id: UUID | None
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("An officer consented to a change of the account: %(act)s."), {"act": self.act})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class AccountChangeConsentWithdrawn(EntryData):
    consent_id: UUID
    participant_id: UUID
    act: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The consent to a change of the account was withdrawn: %(act)s."), {"act": self.act})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class AccountsMerged(EntryData):
    """One account goes on in another. Its own rows, dates, consents and cases stay as they were written."""

    merger_id: UUID
    survivor_id: UUID
    survivor: str
    survivor_tier: int
    merged_id: UUID
    merged: str
    takeover: bool
    goes: tuple[PartMoved, ...]
    left: tuple[PartNamed, ...]
    offices: tuple[OfficeGoes, ...]
    cases: tuple[CaseThen, ...]
    standing_before: str
    tier_before: int
    consents: tuple[UUID, ...]
    reason: str

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"merged": self.merged, "survivor": self.survivor, "parts": len(self.goes)}
        return Sentence(N_("The account of %(merged)s goes on in that of %(survivor)s, with %(parts)s parts."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class AccountSplit(EntryData):
    """A merger is undone. ``nodes`` say which site or partner of the restored account is which of the survivor."""

    merger_id: UUID
    survivor_id: UUID
    survivor: str
    restored_id: UUID
    restored: str
    returned: tuple[PartNamed, ...]
    corrected: tuple[PartMoved, ...]
    goes: tuple[PartMoved, ...]
    ended: tuple[PartNamed, ...]
    kept: tuple[PartNamed, ...]
    nodes: tuple[tuple[UUID, UUID], ...]
    offices: tuple[OfficeGoes, ...]
    standing: str
    tier: int
    consents: tuple[UUID, ...]
    reason: str

    def sentence(self) -> Sentence:
        values = {"restored": self.restored, "survivor": self.survivor}
        return Sentence(N_("%(restored)s has an account of its own again, apart from %(survivor)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class PartsExtracted(EntryData):
    """Parts of one account go to a new one, which earned no tier yet (6 USC 964(a))."""

    source_id: UUID
    source: str
    target_id: UUID
    target: str
    act: str
    goes: tuple[PartMoved, ...]
    consents: tuple[UUID, ...]
    reason: str

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"parts": len(self.goes), "source": self.source, "target": self.target}
        return Sentence(N_("%(parts)s parts went from the account of %(source)s to that of %(target)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class AccountChangeNoted(EntryData):
    """The same change in the history of an account that it concerns; ``act`` is merge, split, divide or extract."""

    because: UUID
    act: str
    source: str
    target: str

    def sentence(self) -> Sentence:
        return Sentence(_NOTED.get(self.act, _OTHERWISE), {"source": self.source, "target": self.target})


_NOTED = {
    "merge": N_("The account of %(source)s was merged into that of %(target)s."),
    "split": N_("The account of %(target)s was split from that of %(source)s again."),
}
_OTHERWISE = N_("Parts of the account of %(source)s went to the new account of %(target)s.")
