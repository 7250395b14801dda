"""Consequences with their grounds, evidence and corrective plans, and reported incidents (6 USC 967, 971(c))."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from greenlane.casework.models import StateModel
from greenlane.participants.models import Participant

MEASURES = ("denial", "suspension", "expulsion", "emergency")
"""What can be done to a participant; an emergency is a denial that takes effect before its notice."""

SANCTIONS = ("suspension", "expulsion")
"""Measures under 967(b), which set the standing; the others deny benefits under 967(a)."""


class Consequence(StateModel):
    """One consequence; ``id`` is the id of its case.

    ``lost_on`` is the day from which something was lost, whatever is decided anew later. ``course`` is the standing
    that a sanction gives from each of its days: "" where it gives way again (967(b)-(c)).
    """

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="consequences")
    programme = models.CharField(max_length=40)
    proposed = models.CharField(max_length=20)
    proposed_benefits = models.JSONField(default=list)
    opened_by = models.UUIDField(null=True)
    opened_on = models.DateField()
    because_of = models.UUIDField(null=True)
    misinformation = models.JSONField(default=dict)

    notice_on = models.DateField(null=True)
    notice = models.TextField(blank=True)
    response_until = models.DateField(null=True)
    responded_on = models.DateField(null=True)
    response = models.TextField(blank=True)
    response_documents = models.JSONField(default=list)
    response_ended_on = models.DateField(null=True)
    replied_on = models.DateField(null=True)
    reply = models.TextField(blank=True)

    grounds = models.TextField(blank=True)
    taken_on = models.DateField(null=True)
    emergency_notice_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)

    recommended = models.CharField(max_length=20, blank=True)
    recommended_benefits = models.JSONField(default=list)
    recommended_until = models.DateField(null=True)
    recommended_by = models.UUIDField(null=True)
    recommended_on = models.DateField(null=True)
    note = models.TextField(blank=True)

    decision = models.CharField(max_length=10, blank=True)
    measure = models.CharField(max_length=20, blank=True)
    benefits = models.JSONField(default=list)
    in_whole = models.BooleanField(default=False)
    decided_by = models.UUIDField(null=True)
    decided_on = models.DateField(null=True)
    lost_on = models.DateField(null=True)
    period_until = models.DateField(null=True)
    reasons = models.TextField(blank=True)
    standing_before = models.CharField(max_length=20, blank=True)
    tier_before = models.PositiveSmallIntegerField(default=0)
    took_part = models.JSONField(default=list)
    course = models.JSONField(default=list)

    appeal_id = models.UUIDField(null=True)
    appealed_on = models.DateField(null=True)
    modified_to = models.TextField(blank=True)
    modified_on = models.DateField(null=True)
    remanded_on = models.DateField(null=True)
    remand_reasons = models.TextField(blank=True)

    plan_proposed_on = models.DateField(null=True)
    plan_accepted_by = models.UUIDField(null=True)
    plan_accepted_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_as = models.CharField(max_length=20, blank=True)
    end_reason = models.TextField(blank=True)
    published_on = models.DateField(null=True)
    publication = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["participant", "decided_on"], name="consequence_decided")]


class FailureRow(StateModel):
    """A failure to meet a requirement, named by the number of its criterion or by its clause (967(a))."""

    id = models.UUIDField(primary_key=True)
    consequence = models.ForeignKey(Consequence, models.PROTECT, related_name="failures")
    requirement = models.CharField(max_length=40)
    found = models.TextField()
    found_on = models.DateField()
    recorded_on = models.DateField()
    noticed = models.BooleanField(default=False)


class EvidenceRow(StateModel):
    """A piece of evidence for one failure, or (requirement "") for the finding of misinformation."""

    id = models.UUIDField(primary_key=True)
    consequence = models.ForeignKey(Consequence, models.PROTECT, related_name="evidence")
    requirement = models.CharField(max_length=40, blank=True)
    statement = models.TextField()
    documents = models.JSONField(default=list)
    recorded_by = models.UUIDField(null=True)
    recorded_on = models.DateField()
    recorded_at = models.DateTimeField()
    noticed = models.BooleanField(default=False)


class GoalRow(StateModel):
    """A goal of the corrective action plan: what is done by which day, and the evidence that it was."""

    id = models.UUIDField(primary_key=True)
    consequence = models.ForeignKey(Consequence, models.PROTECT, related_name="goals")
    number = models.PositiveSmallIntegerField()
    goal = models.TextField()
    goal_on = models.DateField(null=True)
    reported_on = models.DateField(null=True)
    report = models.TextField(blank=True)
    documents = models.JSONField(default=list)
    done_on = models.DateField(null=True)
    accepted_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["consequence", "number"], name="goal_once")]


class Incident(StateModel):
    """A security incident that a company reported itself; ``id`` is the id of its case."""

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="incidents")
    programme = models.CharField(max_length=40)
    what = models.TextField()
    happened_on = models.DateField()
    place = models.CharField(max_length=200)
    cargo = models.TextField(blank=True)
    documents = models.JSONField(default=list)
    reported_by = models.UUIDField(null=True)
    reported_on = models.DateField()
    review_until = models.DateField()
    reviewed_by = models.UUIDField(null=True)
    review_began_on = models.DateField(null=True)
    outcome = models.CharField(max_length=30, blank=True)
    conclusion = models.TextField(blank=True)
    actions = models.JSONField(default=list)
    concluded_by = models.UUIDField(null=True)
    concluded_on = models.DateField(null=True)
