"""Hits in the order in which they are decided, investigations, the lists with their age (6 USC 964(b))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from greenlane.casework.models import Case
from greenlane.law.parameters import parameter
from greenlane.law.terms import Terms
from greenlane.vetting.listing import rows_at
from greenlane.vetting.models import Investigation, ListedEntry, ListVersion, ScreeningHit

HEAVY = ("reasons", "parts", "words", "party", "entry")
"""The large columns of a hit, which no list needs."""


def open_hits() -> QuerySet[ScreeningHit]:
    """The hits that wait for a person, the most alike first, with their participant and without the large columns."""
    return (
        ScreeningHit.objects.filter(status="open")
        .select_related("investigation__participant")
        .defer(*HEAVY)
        .order_by("-score", "first_on", "id")
    )


def hits_of(case_id: UUID) -> QuerySet[ScreeningHit]:
    """All hits of one investigation that the latest screening shows, the undecided first."""
    rows = ScreeningHit.objects.filter(investigation_id=case_id).exclude(status="gone").select_related("decision")
    return rows.defer(*HEAVY).order_by(IsNull(F("decision"), True).desc(), "-score", "id")


def investigations() -> QuerySet[Investigation]:
    """Investigations with their state, reference and number of undecided hits, the oldest first."""
    cases = Case.objects.filter(pk=OuterRef("pk"))
    return (
        Investigation.objects.select_related("participant", "screening")
        .annotate(
            state=Subquery(cases.values("state")[:1]),
            reference=Subquery(cases.values("reference")[:1]),
            open_hits=Count("hits", filter=Q(hits__status="open")),
        )
        .order_by("opened_at", "id")
    )


@dataclass(frozen=True)
class ListState:
    """The current version of a list: its age in days since it was last retrieved, and whether that is too old."""

    version: ListVersion
    age_days: int
    too_old: bool


def lists_on_record(on: date, terms: Terms | None = None) -> tuple[ListState, ...]:
    """The current version of every list with its age on a day, by kind."""
    limit = parameter("list_age_days", on, terms).number
    versions = ListVersion.objects.filter(superseded_on=None).order_by("kind")
    ages = ((version, (on - version.retrieved_on).days) for version in versions)
    return tuple(ListState(version, age, age > limit) for version, age in ages)


def list_history(kind: str) -> QuerySet[ListVersion]:
    """Every version of a list, the latest first."""
    return ListVersion.objects.filter(kind=kind).order_by("-number")


def listed_entries(version: ListVersion) -> QuerySet[ListedEntry]:
    """The entries of a version as it was, in the order of their keys."""
    return rows_at(version.kind, version.number)
