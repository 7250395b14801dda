"""What a new version of a list means for investigations that were completed before it (6 USC 964(b))."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from greenlane.casework.models import Case
from greenlane.vetting.matching.parties import Party
from greenlane.vetting.memory import Place, changed, place_of
from greenlane.vetting.models import Investigation, ListedEntry, ListVersion, Screening, ScreeningHit
from greenlane.vetting.parties import party_body, party_from
from greenlane.vetting.screening import Found, changed_entries, prepare, screen_changes

if TYPE_CHECKING:
    from greenlane.vetting.matching.listing import Prepared

COMPLETED = ("cleared", "adverse")
_BATCH = 500


@dataclass(frozen=True)
class Compared:
    """How many investigations and parties were compared, and which cases must be looked at again."""

    investigations: int
    parties: int
    affected: tuple[UUID, ...]


def live(states: tuple[str, ...]) -> list[UUID]:
    """The investigations in these states that watch over their participant: of each, the one opened last."""
    watching: dict[UUID, tuple[UUID, str]] = {}
    cases = Case.objects.filter(kind="investigation").exclude(state="closed")
    state_of = dict(cases.values_list("pk", "state"))
    rows = Investigation.objects.order_by("opened_at", "id").values_list("pk", "participant_id")
    for pk, participant in rows:
        if pk in state_of:
            watching[participant] = (pk, state_of[pk])
    return [pk for pk, state in watching.values() if state in states]


def compare(version: ListVersion) -> Compared:
    """Compare the screened parties of every completed live investigation with what changed in *version*."""
    cases = live(COMPLETED)
    news = changed_entries(version)
    parties, affected = 0, []
    for at in range(0, len(cases), _BATCH):
        batch = Investigation.objects.filter(pk__in=cases[at : at + _BATCH]).order_by("pk")
        screened = dict(batch.exclude(screening=None).values_list("screening_id", "pk"))
        prepared, screening_of = _prepared(tuple(screened))
        parties += len(prepared)
        found: dict[UUID, list[Found]] = {case: [] for case in screened.values()}
        for one in screen_changes(prepared, version, news):
            found[screened[screening_of[one.hit.party_key]]].append(one)
        bodies = {party.party_key: party for party in prepared.parties}
        affected += _affected(found, bodies, version)
    return Compared(len(cases), parties, tuple(affected))


@lru_cache(maxsize=64)
def _prepared(screenings: tuple[UUID, ...]) -> tuple[Prepared, dict[str, UUID]]:
    """The parties of these screenings, ready for the engine, and the screening of each; a screening never changes."""
    rows = Screening.objects.filter(pk__in=screenings).only("parties")
    parties = {row.pk: row.parties for row in rows}
    of = {body["party_key"]: (pk, body) for pk in screenings for body in parties[pk]}
    prepared = prepare(party_from(body) for _, body in of.values())
    return prepared, {key: pk for key, (pk, _) in of.items()}


def _affected(found: dict[UUID, list[Found]], parties: dict[str, Party], version: ListVersion) -> list[UUID]:
    """Cases with a hit that is new or reads otherwise now, and those whose true match is gone."""
    rows = ScreeningHit.objects.filter(investigation_id__in=found, kind=version.kind).exclude(status="gone")
    hits: dict[UUID, dict[Place, ScreeningHit]] = {case: {} for case in found}
    for row in rows.defer("reasons", "parts", "words"):
        hits[row.investigation_id][place_of(row)] = row
    ended = ListedEntry.objects.filter(kind=version.kind, to_number=version.number)
    gone = set(ended.values_list("list_code", "entry_key"))
    return [case for case, now in found.items() if _touched(hits[case], now, parties, gone)]


def _touched(
    hits: dict[Place, ScreeningHit], found: list[Found], parties: dict[str, Party], ended: set[tuple[str, str]]
) -> bool:
    now = {one.place for one in found}
    lost = (
        place not in now and row.status == "true_match" and (row.list_code, row.entry_key) in ended
        for place, row in hits.items()
    )
    return any(lost) or any(
        one.place not in hits or changed(hits[one.place], one, party_body(parties[one.hit.party_key])) for one in found
    )
