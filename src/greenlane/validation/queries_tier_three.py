"""Reads of the third tier: criteria in force, designation in time, lapses of a commitment (6 USC 966)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from greenlane.casework.problems import Missing
from greenlane.law.s966 import designated_in_time
from greenlane.law.verdicts import Verdict
from greenlane.participants.benefits import known
from greenlane.participants.models import DeniedBenefits, Standing
from greenlane.programs.models import TermsVersion
from greenlane.validation.models import Action, Validation
from greenlane.validation.models_tier_three import Designation, Practice

LAPSED_STANDINGS = frozenset({"suspended", "expelled"})


def designations_on(programme: str, on: date) -> QuerySet[Designation]:
    """The designated criteria in force on a day; the day of a withdrawal is not part of it."""
    rows = Designation.objects.filter(programme=programme, designated_on__lte=on)
    return rows.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on)).order_by("code", "designated_on", "id")


def designation_of(key: UUID) -> Designation:
    """A designated criterion. Raises Missing."""
    row = Designation.objects.filter(pk=key).first()
    if row is None:
        raise Missing("designated_criterion", key)
    return row


def practice_of(case_id: UUID, key: UUID) -> Practice:
    """A practice that was put forward in a case. Raises Missing."""
    row = Practice.objects.filter(validation_id=case_id, pk=key).first()
    if row is None:
        raise Missing("practice", key)
    return row


def designation_in_time(programme: str, on: date) -> Verdict:
    """966(d) for a programme: were criteria designated and benefits provided by the deadline?"""
    first = Designation.objects.filter(programme=programme, designated_on__lte=on).order_by("designated_on").first()
    return designated_in_time(first.designated_on if first else None, benefits_since(programme, on), on)


def benefits_since(programme: str, on: date) -> date | None:
    """The first day by a given one on which the terms of a programme held a benefit of the third tier."""
    rows = TermsVersion.objects.filter(programme__code=programme, effective_from__lte=on)
    for effective_from, pack in rows.order_by("effective_from", "number").values_list("effective_from", "pack"):
        if any(benefit["from_rank"] == 3 for benefit in pack.get("benefits", ())):
            return effective_from
    return None


def validated_on(participant_id: UUID, on: date) -> date | None:
    """The day of the latest second-tier validation by a day."""
    rows = Validation.objects.filter(participant_id=participant_id, purpose="tier_two", outcome="validated")
    return rows.filter(decided_on__lte=on).order_by("-decided_on").values_list("decided_on", flat=True).first()


def lapses(participant_id: UUID, on: date) -> tuple[date, ...]:
    """The first and the last day of each time in which the commitment lapsed, by a day (966(a)).

    A required action was past its date without an answer, a benefit was denied, or the participant was suspended or
    expelled. What an appeal has undone is no lapse, for its rows gave way.
    """
    found = {*_past_due(participant_id, on), *_denied(participant_id, on), *_suspended(participant_id, on)}
    return tuple(sorted(found))


def _past_due(participant_id: UUID, on: date) -> Iterator[date]:
    rows = Action.objects.filter(validation__participant_id=participant_id, kind="required", due_on__lt=on)
    rows = rows.exclude(validation__report_on=None)
    for due_on, answered, closed in rows.values_list("due_on", "answered_on", "closed_on"):
        done = min((day for day in (answered, closed) if day is not None and day <= on), default=None)
        if done is None or done > due_on:
            yield due_on + timedelta(days=1)
            yield max(due_on, done - timedelta(days=2)) + timedelta(days=1) if done else on


def _denied(participant_id: UUID, on: date) -> Iterator[date]:
    by_case: dict[UUID, list[DeniedBenefits]] = {}
    for row in known(DeniedBenefits.objects.filter(participant_id=participant_id), on):
        by_case.setdefault(row.because, []).append(row)
    for rows in by_case.values():
        yield from _stretches([(row.effective_from, bool(row.benefits)) for row in rows], on)


def _suspended(participant_id: UUID, on: date) -> Iterator[date]:
    rows = known(Standing.objects.filter(participant_id=participant_id), on)
    yield from _stretches([(row.effective_from, row.standing in LAPSED_STANDINGS) for row in rows], on)


def _stretches(rows: Sequence[tuple[date, bool]], on: date) -> Iterator[date]:
    """The first and the last day of each stretch that is bad; it lasts until the day before the next row."""
    days = dict(rows)  # of two rows on one day the later said one holds
    starts = sorted(days)
    for day, following in zip(starts, [*starts[1:], None], strict=True):
        if days[day]:
            yield day
            yield following - timedelta(days=1) if following else on
