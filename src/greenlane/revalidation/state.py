"""How the framework, the measures, the periods and the revalidations follow from the record (6 USC 969)."""

from __future__ import annotations

from dataclasses import asdict

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.revalidation import entries
from greenlane.revalidation.models import Framework, Periods, Revalidation, RiskScore
from greenlane.validation.models import Validation
from greenlane.validation.opening import start


@applies(entries.FrameworkPublished)
def framework_published(data: entries.FrameworkPublished, one: Recorded) -> None:
    Framework.objects.create(
        id=data.framework_id,
        programme=data.programme,
        version=data.version,
        title=data.title,
        factors=[asdict(factor) for factor in data.factors],
        published_on=one.on,
        entry=one.uid,
    )


@applies(entries.RiskScoreRecorded)
def risk_score_recorded(data: entries.RiskScoreRecorded, one: Recorded) -> None:
    RiskScore.objects.create(
        id=data.score_id,
        participant_id=data.participant_id,
        factor=data.factor,
        value=data.value,
        source=data.source,
        measured_on=data.measured_on,
        recorded_on=one.on,
        recorded_at=one.at,
        entry=one.uid,
    )


@applies(entries.PeriodsBegun)
def periods_begun(data: entries.PeriodsBegun, one: Recorded) -> None:
    Periods.objects.create(
        id=data.periods_id,
        participant_id=data.participant_id,
        programme=data.programme,
        validation=data.validation_id,
        initial_on=data.initial_on,
        closings=[],
        rests=[],
    )


@applies(entries.PeriodsFollowed)
def periods_followed(data: entries.PeriodsFollowed, one: Recorded) -> None:
    rests = [[start.isoformat(), end.isoformat() if end else None] for start, end in data.rests]
    Periods.objects.filter(pk=one.subject).update(rests=rests)


@applies(entries.RevalidationCounted)
def revalidation_counted(data: entries.RevalidationCounted, one: Recorded) -> None:
    row = Periods.objects.get(pk=one.subject)
    row.closings = sorted({*row.closings, data.closed_on.isoformat()})
    row.save(update_fields=["closings"])


@applies(entries.RevalidationSelected)
def revalidation_selected(data: entries.RevalidationSelected, one: Recorded) -> None:
    start(
        validation_id=data.revalidation_id,
        participant_id=data.participant_id,
        programme=data.programme,
        purpose="revalidation",
        certified_on=data.certified_on,
        planned_on=one.on,
        guidelines=data.guidelines,
        schedule=data.schedule,
    )
    Revalidation.objects.create(
        id=data.revalidation_id,
        participant_id=data.participant_id,
        programme=data.programme,
        basis=data.basis,
        selected_on=one.on,
        period_index=data.period_index,
        period_starts_on=data.period_starts_on,
        period_ends_on=data.period_ends_on,
        contributions=[],
        reviews=data.reviews,
        failures=[],
    )


@applies(entries.SelectionExplained)
def selection_explained(data: entries.SelectionExplained, one: Recorded) -> None:
    Revalidation.objects.filter(pk=one.subject).update(
        reason=data.reason,
        framework_version=data.framework_version,
        place=data.place,
        ranked=data.ranked,
        total=data.total,
        contributions=[list(pair) for pair in data.contributions],
    )


@applies(entries.RevalidationDecided)
def revalidation_decided(data: entries.RevalidationDecided, one: Recorded) -> None:
    Revalidation.objects.filter(pk=one.subject).update(
        outcome=data.outcome,
        tier=data.tier,
        failures=list(data.failures),
        decided_by=one.actor,
        decided_on=one.on,
    )
    Validation.objects.filter(pk=one.subject).update(
        outcome=data.outcome,
        decided_by=one.actor,
        decided_on=one.on,
        due_on=data.period_ends_on,
        late=data.late,
        lateness_reason=data.lateness_reason,
    )


@applies(entries.RevalidationClosed)
def revalidation_closed(data: entries.RevalidationClosed, one: Recorded) -> None:
    Revalidation.objects.filter(pk=one.subject).update(closed_on=one.on, closed_reason=data.reason)
    Validation.objects.filter(pk=one.subject).update(closed_on=one.on)
