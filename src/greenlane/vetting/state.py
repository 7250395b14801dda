"""How investigations, screenings, hits and decisions follow from the record (6 USC 964(b))."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.vetting import entries, state_lists
from greenlane.vetting.models import Adjudication, FalsePattern, Investigation, Screening, ScreeningHit
from greenlane.vetting.patterns import grounds_of, written

__all__ = ["state_lists"]


@applies(entries.InvestigationOpened)
def investigation_opened(data: entries.InvestigationOpened, one: Recorded) -> None:
    Investigation.objects.create(
        id=data.investigation_id,
        participant_id=data.participant_id,
        application_id=data.application_id,
        purpose=data.purpose,
        opened_on=one.on,
        opened_at=one.at,
    )


@applies(entries.PartiesScreened)
def parties_screened(data: entries.PartiesScreened, one: Recorded) -> None:
    Screening.objects.create(
        id=data.screening_id,
        investigation_id=one.subject,
        screened_on=one.on,
        recorded_at=one.at,
        by=one.actor,
        model_version=data.model_version,
        lists=data.lists,
        parties=data.parties,
        hits=len(data.hits),
        remembered=data.remembered,
        reopened=data.reopened,
    )
    changes: dict[str, UUID | date] = {"screening_id": data.screening_id}
    if data.holds_until is not None:
        changes["expires_on"] = data.holds_until
    Investigation.objects.filter(pk=one.subject).update(**changes)
    if one.case is not None and one.case["from"] != one.case["to"]:
        _uncompleted(one)
    known = {hit.pk: hit for hit in ScreeningHit.objects.filter(investigation_id=one.subject)}
    parties = {party["party_key"]: party for party in data.parties}
    rows = [_hit(found, parties[found.party_key], one, known.get(found.hit_id)) for found in data.hits]
    ScreeningHit.objects.bulk_create((row for row in rows if row.pk not in known), batch_size=200)
    ScreeningHit.objects.bulk_update([row for row in rows if row.pk in known], _CHANGING, batch_size=100)
    gone = known.keys() - {row.pk for row in rows}
    ScreeningHit.objects.filter(pk__in=gone).update(status="gone")
    for reason in {one.reason for one in data.closed}:
        closed = [one.hit_id for one in data.closed if one.reason == reason]
        ScreeningHit.objects.filter(pk__in=closed).update(gone_because=reason)


_CHANGING = [
    "role",
    "party_name",
    "listed_name",
    "name_kind",
    "score",
    "method",
    "reasons",
    "parts",
    "words",
    "grounds",
    "party",
    "entry",
    "evidence",
    "version_id",
    "status",
    "gone_because",
    "remembered",
    "decision",
    "last_on",
]


def _hit(found: entries.HitFound, party: dict[str, Any], one: Recorded, known: ScreeningHit | None) -> ScreeningHit:
    return ScreeningHit(
        id=found.hit_id,
        investigation_id=one.subject,
        participant_id=_named(one.participant),
        party_key=found.party_key,
        role=found.role,
        party_name=found.party_name,
        kind=found.list_kind,
        list_code=found.list_code,
        entry_key=found.entry_key,
        listed_name=found.listed_name,
        name_kind=found.name_kind,
        score=found.score,
        method=found.method,
        reasons=found.reasons,
        parts=found.parts,
        words=found.words,
        grounds=written(grounds_of(found.reasons, party["party_type"], found.entry["party_type"])),
        party=party,
        entry=found.entry,
        evidence=found.evidence,
        version_id=found.version_id,
        status=found.status,
        remembered=found.decision is not None,
        decision_id=found.decision,
        first_on=known.first_on if known else one.on,
        last_on=one.on,
    )


@applies(entries.FalsePatternClosed)
def false_pattern_closed(data: entries.FalsePatternClosed, one: Recorded) -> None:
    FalsePattern.objects.create(
        id=data.pattern_id,
        ground=data.ground,
        kind=data.list_kind,
        list_code=data.list_code,
        entry_key=data.entry_key,
        listed_name=data.listed_name,
        party_name=data.party_name,
        reason_code=data.reason_code,
        reason=data.reason,
        hits=len(data.hits),
        decided_on=one.on,
        decided_at=one.at,
        decided_by=_named(one.actor),
        office=one.office,
    )


@applies(entries.HitAdjudicated)
def hit_adjudicated(data: entries.HitAdjudicated, one: Recorded) -> None:
    """The sides are those of the hit as the record has it here; what is not resolved stays open."""
    hit = ScreeningHit.objects.get(pk=data.hit_id)
    Adjudication.objects.create(
        id=data.adjudication_id,
        hit=hit,
        nth=hit.adjudications.count() + 1,
        outcome=data.outcome,
        reason_code=data.reason_code,
        reason=data.reason,
        evidence=data.evidence,
        party=hit.party,
        entry=hit.entry,
        score=hit.score,
        pattern_id=data.pattern,
        decided_on=one.on,
        decided_at=one.at,
        decided_by=_named(one.actor),
        office=one.office,
    )
    open_still = data.outcome == "unresolved"
    ScreeningHit.objects.filter(pk=data.hit_id).update(
        status="open" if open_still else data.outcome,
        decision_id=None if open_still else data.adjudication_id,
        remembered=False,
    )


@applies(entries.InvestigationCompleted)
def investigation_completed(data: entries.InvestigationCompleted, one: Recorded) -> None:
    Investigation.objects.filter(pk=one.subject).update(
        completed_on=one.on,
        completed_by=one.actor,
        expires_on=data.expires_on,
        summary=data.summary,
        adverse_grounds=data.adverse_grounds,
    )


@applies(entries.InvestigationReopened)
def investigation_reopened(data: entries.InvestigationReopened, one: Recorded) -> None:
    _uncompleted(one)


def _uncompleted(one: Recorded) -> None:
    """An open investigation has no result; the last one stays in the record."""
    Investigation.objects.filter(pk=one.subject).update(
        completed_on=None, completed_by=None, expires_on=None, summary="", adverse_grounds=""
    )


def _named(key: UUID | None) -> UUID:
    """The key that the command made sure of."""
    if key is None:
        raise LookupError("the entry names nobody")
    return key
