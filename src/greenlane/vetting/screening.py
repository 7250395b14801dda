"""Compare parties with lists through the engine, and remember what was decided on the same evidence (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

from greenlane.vetting.entries import HitFound
from greenlane.vetting.listing import body_of, entries_at, entry_of
from greenlane.vetting.lists.entries import ListEntry
from greenlane.vetting.matching.parties import Hit, MatchReason, Party, Screener
from greenlane.vetting.matching.rapidfuzz_screener import RapidfuzzScreener
from greenlane.vetting.models import Adjudication, ListedEntry, ListVersion, ScreeningHit

Place = tuple[str, str, str, str]
"""Where a hit is: key of the party, kind of list, list code, key of the entry."""


@dataclass(frozen=True)
class Found:
    """A hit of the engine with the version and the entry of the list that it is on."""

    hit: Hit
    version: ListVersion
    entry: ListEntry

    @property
    def place(self) -> Place:
        return (self.hit.party_key, self.version.kind, self.entry.list_code, self.entry.entry_key)


def engine(entries: Iterable[ListEntry]) -> Screener:
    """The matching engine in use; another one that keeps the protocol takes its place here."""
    return RapidfuzzScreener(entries)


@lru_cache(maxsize=6)
def _indexed(sha256: str, kind: str, number: int) -> tuple[Screener, Mapping[tuple[str, str], ListEntry]]:
    """The engine over one version, and its entries by key. The hash names the content, so that this never grows old."""
    entries = entries_at(kind, number)
    return engine(entries), {(entry.list_code, entry.entry_key): entry for entry in entries}


def _whole_list(version: ListVersion) -> tuple[Screener, Mapping[tuple[str, str], ListEntry]]:
    return _indexed(version.sha256, version.kind, version.number)


def model_version(versions: Sequence[ListVersion]) -> str:
    """The versions of the engines that screened, each once."""
    return ", ".join(sorted({_whole_list(version)[0].model_version for version in versions}))


def screen(parties: Sequence[Party], versions: Iterable[ListVersion]) -> Iterator[Found]:
    """Every hit of *parties* on the whole of each list, by list and then in the order of the parties."""
    for version in versions:
        screener, entries = _whole_list(version)
        yield from _found(screener, entries, parties, version)


def screen_changes(parties: Sequence[Party], version: ListVersion) -> Iterator[Found]:
    """Every hit of *parties* on what is new or changed in this version."""
    if version.number == 1:
        yield from screen(parties, [version])
        return
    rows = ListedEntry.objects.filter(kind=version.kind, from_number=version.number).values_list("body", flat=True)
    entries = {(entry.list_code, entry.entry_key): entry for entry in map(entry_of, rows)}
    yield from _found(engine(entries.values()), entries, parties, version)


def _found(
    screener: Screener,
    entries: Mapping[tuple[str, str], ListEntry],
    parties: Sequence[Party],
    version: ListVersion,
) -> Iterator[Found]:
    for hit in screener.screen(parties):
        yield Found(hit, version, entries[hit.candidate.list_code, hit.candidate.entry_key])


def place_of(row: ScreeningHit) -> Place:
    return (row.party_key, row.kind, row.list_code, row.entry_key)


def decisions_of(participant_id: UUID) -> dict[tuple[Place, str], Adjudication]:
    """The latest decision on each place and evidence, over all investigations of the participant."""
    rows = Adjudication.objects.filter(hit__participant_id=participant_id).select_related("hit")
    in_order = sorted(rows, key=lambda row: (row.decided_at, row.pk == row.hit.decision_id))
    return {(place_of(row.hit), row.evidence): row for row in in_order}


def to_record(
    investigation_id: UUID, found: Iterable[Found], decisions: Mapping[tuple[Place, str], Adjudication]
) -> tuple[HitFound, ...]:
    """The hits as the record keeps them; what was decided on the same evidence stands and is not asked again."""
    return tuple(_hit_found(investigation_id, one, decisions.get((one.place, _evidence(one)))) for one in found)


def _evidence(found: Found) -> str:
    return found.hit.evidence_fingerprint


def _hit_found(investigation_id: UUID, found: Found, decided: Adjudication | None) -> HitFound:
    candidate = found.hit.candidate
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
        entry=body_of(found.entry),
        evidence=_evidence(found),
        version_id=found.version.pk,
        status=decided.outcome if decided else "open",
        decision=decided.pk if decided else None,
    )


def _reason_body(reason: MatchReason) -> dict[str, Any]:
    return {"code": reason.code, "supports": reason.supports, "sentence": reason.sentence.to_json()}
