"""Engagements of validators by participants, their reports, and the pilot programme (6 USC 968(a)-(c), (f), (h))."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from greenlane.casework.models import StateModel
from greenlane.participants.models import Participant
from greenlane.validators.models_entity import Validator


class Engagement(StateModel):
    """One engagement; ``id`` is the id of its case, ``validation_id`` the case of the validation that it serves."""

    id = models.UUIDField(primary_key=True)
    validator = models.ForeignKey(Validator, models.PROTECT, related_name="engagements")
    certificate_id = models.UUIDField()
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="engagements")
    validation_id = models.UUIDField()
    proposed_on = models.DateField()
    proposed_by = models.CharField(max_length=20)
    validator_declared_on = models.DateField(null=True)
    validator_declared_by = models.CharField(max_length=200, blank=True)
    participant_declared_on = models.DateField(null=True)
    participant_declared_by = models.CharField(max_length=200, blank=True)
    contract_document = models.UUIDField(null=True)
    contract_signed_on = models.DateField(null=True)
    contract_ended_on = models.DateField(null=True)
    participant_signed = models.BooleanField(default=False)
    validator_signed = models.BooleanField(default=False)
    participant_pays_all = models.BooleanField(default=False)
    price_usd = models.PositiveBigIntegerField(null=True)
    consent_on = models.DateField(null=True)
    consent_by = models.CharField(max_length=200, blank=True)
    consent_voluntary = models.BooleanField(default=False)
    consent_withdrawn_on = models.DateField(null=True)
    authorized_on = models.DateField(null=True)
    authorized_by = models.UUIDField(null=True)
    begun_on = models.DateField(null=True)
    reports = models.PositiveSmallIntegerField(default=0)
    report_on = models.DateField(null=True)
    report_summary = models.TextField(blank=True)
    cost_usd = models.PositiveBigIntegerField(null=True)
    hours = models.PositiveIntegerField(null=True)
    returned_reason = models.TextField(blank=True)
    accepted_on = models.DateField(null=True)
    accepted_by = models.UUIDField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["certificate_id", "ended_on"], name="engagement_certificate"),
            models.Index(fields=["validation_id"], name="engagement_validation"),
        ]


class DeclaredTie(StateModel):
    """A tie that validator, participant or staff declared, of any kind but ownership."""

    id = models.UUIDField(primary_key=True)
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="ties")
    side = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    detail = models.TextField()
    declared_on = models.DateField()
    ended_on = models.DateField(null=True)


class TieCleared(StateModel):
    """An officer's written finding that a common owner is no conflict of interest."""

    id = models.UUIDField(primary_key=True)
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="cleared")
    party = models.CharField(max_length=200)
    reason = models.TextField()
    officer = models.UUIDField(null=True)
    cleared_on = models.DateField()


class ReportedVisit(StateModel):
    """A visit as the validator reports it; ``report`` is the number of the report, the last of which counts."""

    id = models.UUIDField(primary_key=True)
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="visits")
    report = models.PositiveSmallIntegerField()
    node = models.UUIDField()
    place = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    mode = models.CharField(max_length=20)
    visited_on = models.DateField()
    visited_to = models.DateField()
    appropriate = models.TextField()
    persons_met = models.JSONField(default=list)
    seen = models.TextField()
    evidence = models.JSONField(default=list)


class ReportedFinding(StateModel):
    """A validator's finding on one criterion, with its evidence: advice to the officers, never a decision."""

    id = models.UUIDField(primary_key=True)
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="findings")
    report = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=12)
    finding = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    evidence = models.JSONField(default=list)


class PilotProgramme(StateModel):
    """The 1-year voluntary pilot; ``id`` is its register. Its last day is reckoned from ``started_on``."""

    id = models.UUIDField(primary_key=True)
    programme = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    plan = models.JSONField()
    years = models.PositiveSmallIntegerField()
    voluntary = models.BooleanField()
    adopted_on = models.DateField()
    report_submitted_on = models.DateField(null=True)
    report_text = models.TextField(blank=True)
    report_lateness = models.TextField(blank=True)
    started_on = models.DateField(null=True)
    start_lateness = models.TextField(blank=True)
    completed_on = models.DateField(null=True)
    result = models.JSONField(null=True)
    result_submitted_on = models.DateField(null=True)
    result_lateness = models.TextField(blank=True)


class PilotConsultation(StateModel):
    """Whom the programme consulted on the plan, and the day on which that consultation closed."""

    id = models.UUIDField(primary_key=True)
    pilot = models.ForeignKey(PilotProgramme, models.PROTECT, related_name="consultations")
    who = models.CharField(max_length=200)
    said = models.TextField(blank=True)
    closed_on = models.DateField()
