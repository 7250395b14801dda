"""What happens to the criteria, as the record keeps it (6 USC 961(b))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class EditionPublished(EntryData):
    """``body`` is the edition in canonical JSON; ``grace_days`` the time to answer what changed."""

    edition_id: UUID
    programme: str
    business_type: str
    version: str
    in_force_from: date
    body: str
    criteria: int
    grace_days: int

    def sentence(self) -> Sentence:
        values = {"version": self.version, "type": self.business_type, "count": self.criteria}
        return Sentence(N_("Edition %(version)s for %(type)s was published: %(count)s criteria."), values)


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class OfficialTextLoaded(EntryData):
    edition_id: UUID
    texts: dict[str, str]
    source: str

    def sentence(self) -> Sentence:
        values = {"count": len(self.texts), "source": self.source}
        return Sentence(N_("The official texts of %(count)s criteria were loaded from %(source)s."), values)
