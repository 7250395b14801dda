"""The places of a company's own supply chain that can be visited (6 USC 965(a))."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from greenlane.law.s965 import is_foreign
from greenlane.participants import queries
from greenlane.participants.parts import title_of


@dataclass(frozen=True)
class Place:
    """A node of the supply chain. ``country`` is '' for a leg, which lies in more than one."""

    node: UUID
    kind: str
    name: str
    country: str

    def lies_in(self, country: str) -> str:
        """The country of the record, or the one that is given for a leg."""
        return self.country or country.strip().upper()

    def foreign(self, country: str) -> bool:
        return is_foreign(self.lies_in(country))


def places_of(participant_id: UUID) -> dict[UUID, Place]:
    """Every site, partner and leg in force, by its series."""
    found = [Place(row.series, "site", row.name, row.country) for row in queries.sites(participant_id)]
    found += [Place(row.series, "partner", row.name, row.country) for row in queries.partners(participant_id)]
    found += [Place(row.series, "leg", title_of(row), "") for row in queries.legs(participant_id)]
    return {place.node: place for place in found}
