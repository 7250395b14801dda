"""What became of the contacts of an account that was merged, and of one that was split again (6 USC 962, 963(3))."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence, Value


@dataclass(frozen=True, kw_only=True)
class ContactStays:
    """A contact of the merged account that is none of the account in which it goes on; ``why``: see ``contacts``."""

    name: str
    why: str


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ContactsCame(EntryData):
    """Contacts of the account *company* that are contacts of this one too, by their ids here, and who is not."""

    merger_id: UUID
    participant_id: UUID
    company: str
    contacts: tuple[UUID, ...]
    came: tuple[str, ...]
    stay: tuple[ContactStays, ...]

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"came": len(self.came), "stay": len(self.stay), "company": self.company}
        return Sentence(
            N_("Of the contacts of %(company)s %(came)s came to this account with the merger, and %(stay)s did not."),
            values,
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ContactsWentBack(EntryData):
    """Contacts that had come with a merger and are none of this account any more."""

    merger_id: UUID
    participant_id: UUID
    company: str
    went: tuple[str, ...]

    def sentence(self) -> Sentence:
        values = {"company": self.company, "went": ", ".join(self.went)}
        return Sentence(
            N_("Contacts that came with %(company)s are contacts of its own account alone: %(went)s."), values
        )
