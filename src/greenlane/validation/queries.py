"""Reads of validations that pages, interface and later rooms share (6 USC 965)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from greenlane.casework.models import Case, StateRow
from greenlane.casework.problems import Missing
from greenlane.certification.models import Certification
from greenlane.criteria.catalogue import Criterion
from greenlane.profiles.queries import questionnaire_of
from greenlane.validation.models import Action, Validation, ValidationGuidelines, ValidationSchedule, Visit

KINDS = ("validation", "revalidation")
"""The kinds of case that the steps of a visit serve."""

FINAL = ("validated", "refused", "closed", "revalidated")


def validation_of(case_id: UUID) -> Validation:
    """The validation of a case, with its company. Raises Missing."""
    row = Validation.objects.select_related("participant__group").filter(pk=case_id).first()
    if row is None:
        raise Missing("validation", case_id)
    return row


def latest_validation(participant_id: UUID, purpose: str = "") -> Validation | None:
    """The validation of a participant (for one purpose) that was planned last."""
    rows = Validation.objects.filter(participant_id=participant_id)
    rows = rows.filter(purpose=purpose) if purpose else rows
    return rows.order_by("-planned_on", "-pk").first()


def open_validations(participant_id: UUID) -> QuerySet[Validation]:
    """The validations and revalidations of a participant that are not decided or closed."""
    cases = Case.objects.filter(participant_id=participant_id, kind__in=KINDS).exclude(state__in=FINAL)
    return Validation.objects.filter(pk__in=cases.values("pk")).order_by("planned_on", "pk")


def certified(participant_id: UUID) -> Certification | None:
    """The latest certification of a participant that ended in its favour."""
    rows = Certification.objects.select_related("application__participant")
    return rows.filter(participant_id=participant_id, outcome="certified").order_by("-decided_on", "-pk").first()


def guidelines_on(programme: str, on: date) -> ValidationGuidelines | None:
    """The guidelines for validation in force on a day: the latest that took effect by then."""
    rows = ValidationGuidelines.objects.filter(programme=programme, in_force_from__lte=on)
    return rows.order_by("-in_force_from", "-version").first()


def schedule_on(programme: str, on: date) -> ValidationSchedule | None:
    """The schedule for validations in force on a day: the latest that took effect by then."""
    rows = ValidationSchedule.objects.filter(programme=programme, in_force_from__lte=on)
    return rows.order_by("-in_force_from", "-version").first()


@dataclass(frozen=True)
class Milestone:
    """A step of the schedule with the day on which it falls for one validation."""

    step: str
    on: date


def milestones_of(validation: Validation) -> tuple[Milestone, ...]:
    """The days of the schedule that lists this validation, counted from certification; none without a schedule."""
    row = ValidationSchedule.objects.filter(programme=validation.programme, version=validation.schedule).first()
    rows = row.milestones if row else []
    return tuple(Milestone(m["step"], validation.certified_on + timedelta(days=m["days"])) for m in rows)


def criteria_asked(validation: Validation, on: date) -> tuple[Criterion, ...]:
    """The criteria on which a validation finds: those that the company answers to on that day (963(3))."""
    return questionnaire_of(validation.participant_id, on)


def open_actions(participant_id: UUID, on: date, kind: str = "required") -> QuerySet[Action]:
    """The actions of one kind that are open on a day, of validations that were neither refused nor closed.

    An action is open until a reviewer has accepted what shows that it is done, whatever the company answered (RC-06).
    """
    rows = Action.objects.select_related("validation").filter(validation__participant_id=participant_id, kind=kind)
    rows = rows.exclude(validation__outcome="refused").filter(validation__closed_on=None, set_on__lte=on)
    return rows.filter(Q(closed_on=None) | Q(closed_on__gt=on)).order_by("due_on", "number", "pk")


def overdue_actions(on: date) -> QuerySet[Action]:
    """Every required action of a live validation whose date has passed and that no reviewer has accepted (RC-06)."""
    rows = Action.objects.select_related("validation__participant").filter(kind="required", due_on__lt=on)
    rows = rows.exclude(validation__outcome="refused").filter(validation__closed_on=None, set_on__lte=on)
    rows = rows.exclude(validation__report_on=None)
    return rows.filter(Q(closed_on=None) | Q(closed_on__gt=on)).order_by("due_on", "number", "pk")


def visits_made(validation: Validation) -> QuerySet[Visit]:
    """The visits that took place and count."""
    return validation.visits.exclude(visited_on=None).filter(counts=True).order_by("visited_on", "pk")


def blocked_on(on: date) -> QuerySet[Case]:
    """The validations and revalidations that are blocked on a day: neither passed nor failed (RC-21)."""
    rows = StateRow.objects.filter(state="blocked", effective_from__lte=on, case__kind__in=KINDS)
    rows = rows.filter(Q(effective_to=None) | Q(effective_to__gt=on))
    return Case.objects.filter(pk__in=rows.values("case_id")).order_by("state_since", "pk")


def blocked_count(on: date) -> int:
    """How many validations and revalidations are blocked on a day."""
    return blocked_on(on).count()
