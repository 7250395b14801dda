"""What casework itself leaves in the record: documents received and notices served (6 USC 971(b))."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class DocumentReceived(EntryData):
    """A version of a document was received and stored under its hash."""

    document_id: UUID
    series: UUID
    number: int
    title: str
    file_name: str
    media_type: str
    size: int
    sha256: str

    def sentence(self) -> Sentence:
        return Sentence(
            N_("Document '%(title)s', version %(number)s, was received."), {"title": self.title, "number": self.number}
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class NoticeServed(EntryData):
    """A notice was served; its words are kept as they were sent."""

    notice_id: UUID
    template: str
    title: str
    body: list[dict[str, Any]]
    sha256: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The notice '%(title)s' was served."), {"title": self.title})
