"""What happens to programmes, as the record keeps it (6 USC 961(a))."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class ProgrammeLoaded(EntryData):
    programme_id: UUID
    code: str
    title: str
    agency: str
    number: int
    pack: dict[str, Any]
    sha256: str

    def sentence(self) -> Sentence:
        return Sentence(
            N_("Version %(number)s of the terms of %(title)s was loaded."), {"number": self.number, "title": self.title}
        )
