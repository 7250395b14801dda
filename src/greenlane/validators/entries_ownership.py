"""Holdings and control of one party in another, as the record keeps them (6 USC 968(f)(1))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class HoldingRecorded(EntryData):
    """An interest of one party in another, or control; ``series`` is the same for a correction of it."""

    holding_id: UUID
    series: UUID
    owner_id: UUID | None
    owner_name: str
    owned_id: UUID | None
    owned_name: str
    basis_points: int
    control: bool
    since: date
    until: date | None
    source: str
    engagement_id: UUID | None = None

    def sentence(self) -> Sentence:
        values = {"owner": self.owner_name, "owned": self.owned_name}
        if self.control:
            return Sentence(N_("%(owner)s controls %(owned)s."), values)
        return Sentence(N_("%(owner)s has an interest in %(owned)s."), values)
