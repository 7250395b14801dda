"""Thresholds, policies, agencies and criteria on a day, as they were known at an instant (6 USC 964(a); 4311(b)(4))."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from greenlane.casework.problems import Missing
from greenlane.law.s964_benefits import Threshold as ThresholdFact
from greenlane.release.compatibility import compatibility_of
from greenlane.release.models import (
    Agency,
    AgencyCriteria,
    Arrangement,
    Exercise,
    ExerciseInvitation,
    ReleasePolicy,
    Threshold,
)

PUBLISHED, DRAFT, WITHDRAWN = "published", "draft", "withdrawn"


def _known(rows: QuerySet[Any], column: str, at: datetime | None) -> QuerySet[Any]:
    return rows.filter(**{f"{column}__lte": at}) if at else rows


def thresholds(programme: str) -> QuerySet[Threshold]:
    """Every high-risk threshold of a programme, the earliest first."""
    return Threshold.objects.filter(programme=programme).order_by("in_force_from")


def threshold_on(programme: str, on: date, at: datetime | None = None) -> Threshold | None:
    """The threshold in force on a day, as known at an instant (None: now)."""
    rows = _known(thresholds(programme).filter(in_force_from__lte=on), "recorded_at", at)
    return rows.last()


def threshold_facts(programme: str) -> tuple[ThresholdFact, ...]:
    """The thresholds for the law."""
    return tuple(ThresholdFact(row.in_force_from, row.points) for row in thresholds(programme))


def policy_of(key: UUID) -> ReleasePolicy:
    """A policy, drafted or published. Raises Missing."""
    row = ReleasePolicy.objects.filter(pk=key).first()
    if row is None:
        raise Missing("policy", key)
    return row


def policies(programme: str = "") -> QuerySet[ReleasePolicy]:
    """The policies, the newest version first."""
    rows = ReleasePolicy.objects.filter(programme=programme) if programme else ReleasePolicy.objects.all()
    return rows.order_by("programme", "-version")


def policy_on(programme: str, on: date, at: datetime | None = None) -> ReleasePolicy | None:
    """The policy in force on a day: the published one that began last, as known at an instant (None: now)."""
    rows = policies(programme).filter(status=PUBLISHED, effective_from__lte=on)
    return _known(rows, "published_at", at).order_by("effective_from").last()


def policy_before(policy: ReleasePolicy) -> ReleasePolicy | None:
    """The published policy that a policy follows, or None for the first."""
    rows = policies(policy.programme).filter(status=PUBLISHED, effective_from__lt=policy.effective_from)
    return rows.exclude(pk=policy.pk).order_by("effective_from").last()


def agencies() -> list[Agency]:
    """The agencies that take part in release, by their place in every mask."""
    return list(Agency.objects.order_by("place"))


def agency_with(key: UUID) -> Agency:
    """An agency by the id of its register. Raises Missing."""
    row = Agency.objects.filter(pk=key).first()
    if row is None:
        raise Missing("agency", key)
    return row


def agency_named(name: str) -> Agency | None:
    """The agency whose code or name this is, as it stands in the offices of its people."""
    return Agency.objects.filter(Q(code=name.strip().upper()) | Q(name=name.strip())).first() if name.strip() else None


def criteria_on(on: date, at: datetime | None = None) -> list[AgencyCriteria]:
    """The criteria in force on a day, one version of each agency: the latest, as known at an instant (None: now).

    Those that rest on a programme of the agency count while it is compatible with ours (19 USC 4311(b)(4)(B)).
    """
    begun = AgencyCriteria.objects.filter(in_force_from__lte=on)
    found: dict[UUID, AgencyCriteria] = {}
    for row in _known(begun, "recorded_at", at).select_related("agency", "rests_on__agency").order_by("version"):
        found[row.agency_id] = row
    begun_not_over = [row for row in found.values() if row.in_force_until is None or on <= row.in_force_until]
    return [row for row in begun_not_over if row.rests_on is None or compatibility_of(row.rests_on, on, at).granted]


def arrangement_with(key: UUID) -> Arrangement:
    """An arrangement by the id of its register. Raises Missing."""
    row = Arrangement.objects.filter(pk=key).first()
    if row is None:
        raise Missing("arrangement", key)
    return row


def exercise_with(key: UUID) -> Exercise:
    """An exercise by the id of its case. Raises Missing."""
    row = Exercise.objects.filter(pk=key).first()
    if row is None:
        raise Missing("exercise", key)
    return row


def invitation_with(key: UUID) -> ExerciseInvitation:
    """An invitation to an exercise by the id of its case. Raises Missing."""
    row = ExerciseInvitation.objects.select_related("exercise", "participant").filter(pk=key).first()
    if row is None:
        raise Missing("invitation", key)
    return row


def exercises_ahead(on: date) -> list[Exercise]:
    """The exercises that are planned and whose day has not passed, the nearest first."""
    return list(Exercise.objects.filter(state="planned", held_on__gte=on).order_by("held_on", "title", "pk"))
