"""What was decided is remembered for the same two sides, and asked again when one of them changed (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from greenlane.vetting.entries import HitClosed, HitFound
from greenlane.vetting.listing import body_of
from greenlane.vetting.matching.parties import MatchReason, Part, Party, WordPair
from greenlane.vetting.models import Adjudication, ListedEntry, ScreeningHit
from greenlane.vetting.parties import party_body
from greenlane.vetting.sides import Difference, Sides, differences

if TYPE_CHECKING:
    from greenlane.vetting.screening import Found

Place = tuple[str, str, str, str]
"""Where a hit is: key of the party, kind of list, list code, key of the entry."""


def place_of(row: ScreeningHit) -> Place:
    return (row.party_key, row.kind, row.list_code, row.entry_key)


def sides_of(row: ScreeningHit | Adjudication) -> Sides:
    """The two sides as this row keeps them."""
    return Sides(row.party, row.entry, row.score)


def latest_decisions(participant_id: UUID) -> dict[Place, Adjudication]:
    """The latest decision on each place, over all investigations of the participant."""
    rows = Adjudication.objects.filter(hit__participant_id=participant_id).select_related("hit")
    light = rows.defer("hit__reasons", "hit__parts", "hit__words", "hit__party", "hit__entry")
    return {place_of(row.hit): row for row in light.order_by("decided_at", "nth")}


def since(decided: Adjudication, now: Sides) -> tuple[Difference, ...]:
    """What changed since that decision."""
    return differences(sides_of(decided), now)


def stands(decided: Adjudication | None, now: Sides) -> bool:
    """Does the decision hold for these sides? What was not resolved, and what rested on other sides, does not."""
    return decided is not None and decided.outcome != "unresolved" and not since(decided, now)


def found_sides(found: Found, party: Mapping[str, Any]) -> Sides:
    """The sides of a hit that the engine just found; *party* is the plain data of its party."""
    return Sides(party, body_of(found.entry), found.hit.candidate.score)


def changed(row: ScreeningHit, found: Found, party: Mapping[str, Any]) -> bool:
    """Is a hit that is on record found on other sides now?"""
    return bool(differences(sides_of(row), found_sides(found, party)))


def to_record(
    investigation_id: UUID,
    found: Iterable[Found],
    parties: Sequence[Party],
    decisions: Mapping[Place, Adjudication],
) -> tuple[HitFound, ...]:
    """The hits as the record keeps them, every one of them; what was decided on the same sides is not asked again.

    Decisions are looked up after all hits are found, so that a closed pair never takes the place of another.
    """
    bodies = {party.party_key: party_body(party) for party in parties}
    return tuple(
        _hit_found(investigation_id, one, bodies[one.hit.party_key], decisions.get(one.place)) for one in found
    )


def _hit_found(investigation_id: UUID, found: Found, party: Mapping[str, Any], latest: Adjudication | None) -> HitFound:
    candidate = found.hit.candidate
    decided = latest if stands(latest, found_sides(found, party)) else None
    return HitFound(
        hit_id=uuid5(investigation_id, "/".join(found.place)),
        party_key=found.hit.party_key,
        role=found.hit.role,
        party_name=found.hit.party_name,
        list_kind=found.version.kind,
        list_code=candidate.list_code,
        entry_key=candidate.entry_key,
        listed_name=candidate.listed_name,
        name_kind=str(candidate.name_kind),
        score=candidate.score,
        method=candidate.method,
        reasons=[_reason_body(reason) for reason in candidate.reasons],
        parts=[_part_body(part) for part in candidate.parts],
        words=[_words_body(pair) for pair in candidate.words],
        entry=body_of(found.entry),
        evidence=found.hit.evidence_fingerprint,
        version_id=found.version.pk,
        status=decided.outcome if decided else "open",
        decision=decided.pk if decided else None,
    )


def _reason_body(reason: MatchReason) -> dict[str, Any]:
    return {"code": reason.code, "supports": reason.supports, "sentence": reason.sentence.to_json()}


def _part_body(part: Part) -> dict[str, Any]:
    return {"code": part.code, "points": part.points, "sentence": part.sentence.to_json()}


def _words_body(pair: WordPair) -> dict[str, Any]:
    return asdict(pair)


def closed(investigation_id: UUID, parties: Sequence[Party], hits: Sequence[HitFound]) -> tuple[HitClosed, ...]:
    """The hits on record that this screening does not show any more, each with why."""
    shown = {hit.hit_id for hit in hits}
    rows = ScreeningHit.objects.filter(investigation_id=investigation_id).exclude(status="gone")
    gone = [row for row in rows.only("pk", "party_key", "kind", "list_code", "entry_key") if row.pk not in shown]
    keys = {party.party_key for party in parties}
    listed = _still_listed(gone)
    return tuple(HitClosed(hit_id=row.pk, reason=_why_gone(row, keys, listed)) for row in gone)


def _still_listed(rows: Sequence[ScreeningHit]) -> set[tuple[str, str, str]]:
    """Those of the entries of these hits that are in the present version of their list."""
    present = ListedEntry.objects.filter(to_number=None, kind__in={row.kind for row in rows})
    present = present.filter(entry_key__in={row.entry_key for row in rows})
    return set(present.values_list("kind", "list_code", "entry_key")) if rows else set()


def _why_gone(row: ScreeningHit, parties: set[str], listed: set[tuple[str, str, str]]) -> str:
    if (row.kind, row.list_code, row.entry_key) not in listed:
        return "entry_removed"
    return "not_alike" if row.party_key in parties else "party_removed"
