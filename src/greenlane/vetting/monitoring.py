"""What a new version of a list means for investigations that were completed before it (6 USC 964(b))."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from greenlane.casework.models import Case
from greenlane.vetting.models import Investigation, ListedEntry, ListVersion, ScreeningHit
from greenlane.vetting.parties import party_from
from greenlane.vetting.screening import Found, place_of, screen_changes

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
    parties, affected = 0, []
    for at in range(0, len(cases), _BATCH):
        batch = Investigation.objects.filter(pk__in=cases[at : at + _BATCH]).select_related("screening").order_by("pk")
        owners = {}
        for row in batch:
            for body in row.screening.parties if row.screening else ():
                owners[body["party_key"]] = (row.pk, party_from(body))
        parties += len(owners)
        found: dict[UUID, list[Found]] = {}
        for one in screen_changes([party for _, party in owners.values()], version):
            found.setdefault(owners[one.hit.party_key][0], []).append(one)
        affected += _affected([row.pk for row in batch], found, version)
    return Compared(len(cases), parties, tuple(affected))


def _affected(cases: list[UUID], found: dict[UUID, list[Found]], version: ListVersion) -> list[UUID]:
    """Cases with a hit on evidence not seen before, and those whose true match is gone or reads otherwise now."""
    hits: dict[UUID, list[ScreeningHit]] = {case: [] for case in cases}
    rows = ScreeningHit.objects.filter(investigation_id__in=cases, kind=version.kind).exclude(status="gone")
    for row in rows.defer("reasons", "party", "entry"):
        hits[row.investigation_id].append(row)
    ended = ListedEntry.objects.filter(kind=version.kind, to_number=version.number)
    ended_keys = set(ended.values_list("list_code", "entry_key"))
    return [case for case in cases if _touched(hits[case], found.get(case, []), ended_keys)]


def _touched(hits: list[ScreeningHit], found: list[Found], ended: set[tuple[str, str]]) -> bool:
    known = {(place_of(hit), hit.evidence) for hit in hits}
    now = {(one.place, one.hit.evidence_fingerprint) for one in found}
    matched = {
        (place_of(hit), hit.evidence)
        for hit in hits
        if hit.status == "true_match" and (hit.list_code, hit.entry_key) in ended
    }
    return bool(now - known) or bool(matched - now)
