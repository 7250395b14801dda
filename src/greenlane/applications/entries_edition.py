"""An application takes up a newer edition of the criteria, as the record keeps it (6 USC 961(b))."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class EditionTakenUp(EntryData):
    """``to_answer`` are new or read otherwise; ``removed`` are asked no more. The answers to both go."""

    application_id: UUID
    edition_id: UUID
    from_edition_id: UUID
    version: str
    to_answer: tuple[str, ...]
    removed: tuple[str, ...]

    def sentence(self) -> Sentence:
        values = {"version": self.version, "count": len(self.to_answer), "removed": len(self.removed)}
        return Sentence(
            N_("Edition %(version)s was taken up: %(count)s criteria to answer, %(removed)s asked no more."), values
        )
