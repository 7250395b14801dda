"""What happens to the tables of places, as the record keeps it (6 USC 963(2))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class PortsImported(EntryData):
    """``sha256`` is that of the kept file; its rows are read from there."""

    index_id: UUID
    sha256: str
    source: str
    retrieved_on: date
    ports: int

    def sentence(self) -> Sentence:
        return Sentence(
            N_("%(count)s ports were imported from %(source)s."), {"count": self.ports, "source": self.source}
        )
