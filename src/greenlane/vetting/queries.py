"""The queue of hits, one hit side by side with its reasons, the lists with their age (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from greenlane.casework.models import Case
from greenlane.casework.problems import Missing
from greenlane.law.parameters import parameter
from greenlane.law.sentences import N_, Sentence
from greenlane.law.terms import Terms
from greenlane.vetting.listing import rows_at
from greenlane.vetting.matching.parties import MatchReason
from greenlane.vetting.models import Adjudication, Investigation, ListedEntry, ListVersion, ScreeningHit


def open_hits() -> QuerySet[ScreeningHit]:
    """The hits that wait for a person, the most alike first, with their participant and without the large columns."""
    return (
        ScreeningHit.objects.filter(status="open")
        .select_related("investigation__participant")
        .defer("reasons", "party", "entry")
        .order_by("-score", "first_on", "id")
    )


def hits_of(case_id: UUID) -> QuerySet[ScreeningHit]:
    """All hits of one investigation that the latest screening shows, the undecided first."""
    rows = ScreeningHit.objects.filter(investigation_id=case_id).exclude(status="gone").select_related("decision")
    return rows.defer("reasons", "entry").order_by(IsNull(F("decision"), True).desc(), "-score", "id")


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
class Line:
    """One fact of the comparison: what we know, what the list says, and whether it speaks for (True) or against."""

    label: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    supports: bool | None = None


@dataclass(frozen=True)
class HitDetail:
    """A hit as a person decides it: both sides line by line, the engine's reasons, and every decision so far."""

    hit: ScreeningHit
    version: ListVersion
    lines: tuple[Line, ...]
    reasons: tuple[MatchReason, ...]
    decisions: tuple[Adjudication, ...]
    remembered_from: Adjudication | None


def hit_detail(hit_id: UUID) -> HitDetail:
    """Everything that is needed to decide one hit, in three queries. Raises Missing."""
    hit = ScreeningHit.objects.select_related("investigation__participant", "decision").filter(pk=hit_id).first()
    if hit is None:
        raise Missing("hit", hit_id)
    reasons = tuple(
        MatchReason(one["code"], one["supports"], Sentence.from_json(one["sentence"])) for one in hit.reasons
    )
    return HitDetail(
        hit=hit,
        version=ListVersion.objects.get(pk=hit.version_id),
        lines=tuple(_side_by_side(hit.party, hit.entry, reasons)),
        reasons=reasons,
        decisions=tuple(hit.adjudications.order_by("decided_at", "id")),
        remembered_from=hit.decision if hit.remembered else None,
    )


def _side_by_side(party: dict[str, Any], entry: dict[str, Any], reasons: Iterable[MatchReason]) -> Iterator[Line]:
    by_fact: dict[str, bool | None] = {}
    for one in reasons:
        by_fact[one.code.split("_")[0]] = one.supports
    born = (party["birth_date"],) if party["birth_date"] else ()
    theirs = tuple(f"{name['text']} ({name['kind']})" for name in entry["names"])
    yield Line(N_("Name"), tuple(party["names"]), theirs)
    yield Line(N_("Kind"), (party["party_type"],), (entry["party_type"],))
    yield Line(N_("Country"), tuple(party["countries"]), tuple(entry["countries"]), by_fact.get("country"))
    yield Line(N_("Born"), born, tuple(birth["text"] for birth in entry["birth_dates"]), by_fact.get("birth"))
    yield Line(N_("Numbers"), _numbers(party["identifiers"]), _numbers(entry["identifiers"]), by_fact.get("identifier"))
    yield Line(N_("Address"), (), tuple(entry["addresses"]))
    yield Line(N_("Listed under"), (), (*entry["programmes"], *([entry["listed_on"]] if entry["listed_on"] else [])))
    yield Line(N_("Remarks"), (), (entry["remarks"],) if entry["remarks"] else ())


def _numbers(rows: list[dict[str, str]]) -> tuple[str, ...]:
    return tuple(" ".join(part for part in (row["kind"], row["value"], row["country"]) if part) for row in rows)


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
