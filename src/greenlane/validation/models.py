"""Validations, visits, findings, inspections, actions; the guidelines and the schedule in force (6 USC 965)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from greenlane.casework.models import StateModel
from greenlane.participants.models import Participant
from greenlane.validation.models_tier_three import DesignatedFinding as DesignatedFinding
from greenlane.validation.models_tier_three import Designation as Designation
from greenlane.validation.models_tier_three import Practice as Practice


class ValidationGuidelines(StateModel):
    """A version of the guidelines for validation, in force from a day (965(c))."""

    id = models.UUIDField(primary_key=True)
    programme = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    text = models.TextField()
    parts = models.JSONField()
    in_force_from = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "version"], name="validation_guidelines_version")
        ]


class ValidationSchedule(StateModel):
    """A version of the schedule for validations, in force from a day: ``milestones`` are steps and days (965(c)).

    Each milestone is ``{"step": ..., "days": ...}``, days counted from certification.
    """

    id = models.UUIDField(primary_key=True)
    programme = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    text = models.TextField()
    milestones = models.JSONField()
    in_force_from = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "version"], name="validation_schedule_version")
        ]


class Validation(StateModel):
    """One validation or revalidation; ``id`` is the id of its case, whose state is that of the case.

    ``certified_on`` is the day of Tier 1 certification, from which the year of 965(a) runs. ``team`` holds account ids.
    ``notice_on`` is the day of the notice that stands, ``first_notice_on`` that of the first one ever given.
    ``asked_from`` to ``asked_to`` are the dates that the company asked for instead. ``recommended``: '', 'validate' or
    'fail'. ``outcome``: '', 'validated', 'refused' or, from the revalidation room, its own.
    """

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="validations")
    programme = models.CharField(max_length=40)
    purpose = models.CharField(max_length=20)
    certified_on = models.DateField()
    planned_on = models.DateField()
    team = models.JSONField(default=list)
    team_names = models.JSONField(default=list)
    guidelines = models.CharField(max_length=20, blank=True)
    schedule = models.CharField(max_length=20, blank=True)
    letter_signed_on = models.DateField(null=True)
    letter_signed_by = models.UUIDField(null=True)
    letter_document = models.UUIDField(null=True)
    determined_on = models.DateField(null=True)
    determined_by = models.UUIDField(null=True)
    determined_office = models.CharField(max_length=40, blank=True)
    determination = models.TextField(blank=True)
    first_notice_on = models.DateField(null=True)
    notice_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    asked_on = models.DateField(null=True)
    asked_from = models.DateField(null=True)
    asked_to = models.DateField(null=True)
    asked_message = models.TextField(blank=True)
    blocked_on = models.DateField(null=True)
    blocked_reason = models.TextField(blank=True)
    refused_by = models.CharField(max_length=200, blank=True)
    blocked_evidence = models.JSONField(default=list)
    review_set_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    report_on = models.DateField(null=True)
    report_summary = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    returned_message = models.TextField(blank=True)
    recommended = models.CharField(max_length=20, blank=True)
    recommended_by = models.UUIDField(null=True)
    recommended_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    grounds = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    decided_by = models.UUIDField(null=True)
    decided_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    late = models.BooleanField(default=False)
    lateness_reason = models.TextField(blank=True)
    closed_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["participant", "purpose", "planned_on"], name="validation_of")]


class Visit(StateModel):
    """A location chosen for a visit, and the visit once made. ``node`` is the series of a site, partner or leg.

    ``counts`` falls away when the visit is found not to be relied on (968(g)(2)(B)); the row stays.
    """

    id = models.UUIDField(primary_key=True)
    validation = models.ForeignKey(Validation, models.PROTECT, related_name="visits")
    node = models.UUIDField()
    place = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    foreign = models.BooleanField()
    mode = models.CharField(max_length=20)
    conducted_by = models.CharField(max_length=20, default="officers")
    engagement = models.UUIDField(null=True)
    appropriate = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    planned_from = models.DateField(null=True)
    planned_to = models.DateField(null=True)
    visited_on = models.DateField(null=True)
    visited_to = models.DateField(null=True)
    persons_met = models.JSONField(default=list)
    note = models.TextField(blank=True)
    documents = models.JSONField(default=list)
    counts = models.BooleanField(default=True)
    discounted_on = models.DateField(null=True)
    discounted_reason = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["validation", "visited_on"], name="visit_of"),
            models.Index(fields=["engagement"], name="visit_engagement"),
        ]


class CriterionFinding(StateModel):
    """What was found on one criterion: met, not_met or not_applicable. A criterion without a row has no finding."""

    id = models.UUIDField(primary_key=True)
    validation = models.ForeignKey(Validation, models.PROTECT, related_name="findings")
    number = models.CharField(max_length=12)
    finding = models.CharField(max_length=20)
    mandatory = models.BooleanField()
    note = models.TextField(blank=True)
    evidence = models.JSONField(default=list)
    found_on = models.DateField()
    found_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["validation", "number"], name="validation_finding_once")
        ]


class Inspection(StateModel):
    """A seven-point or seventeen-point inspection at a visit; every point of its list has a result."""

    id = models.UUIDField(primary_key=True)
    validation = models.ForeignKey(Validation, models.PROTECT, related_name="inspections")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="inspections")
    kind = models.CharField(max_length=20)
    what = models.CharField(max_length=100)
    points = models.JSONField()
    documents = models.JSONField(default=list)
    inspected_on = models.DateField()
    inspected_by = models.UUIDField(null=True)


class Action(StateModel):
    """A required or recommended action of a report. It is open until a reviewer accepts what shows that it is done.

    ``proof`` are the documents of the company, ``evidence`` all that the reviewer relied on. ``owner`` is the person or
    part of the company that carries it out.
    """

    id = models.UUIDField(primary_key=True)
    validation = models.ForeignKey(Validation, models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    criterion = models.CharField(max_length=12, blank=True)
    text = models.TextField()
    owner = models.CharField(max_length=200)
    due_on = models.DateField()
    set_on = models.DateField()
    answered_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    proof = models.JSONField(default=list)
    closed_on = models.DateField(null=True)
    closed_by = models.UUIDField(null=True)
    evidence = models.JSONField(default=list)
    acceptance = models.TextField(blank=True)
    escalated_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["validation", "number"], name="action_number")]
        indexes: ClassVar = [models.Index(fields=["kind", "closed_on", "due_on"], name="action_open")]
