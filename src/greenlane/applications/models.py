"""An application as it stands (6 USC 963)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from greenlane.casework.models import StateModel
from greenlane.participants.models import Participant


class Application(StateModel):
    """One application; ``id`` is the id of its case. ``received_on`` is the day of its first submission and stays.

    ``cargo_kinds`` and ``parts`` are the profile as it was submitted; empty while the company works on the application.
    """

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="applications")
    programme = models.CharField(max_length=40)
    business_type = models.CharField(max_length=60)
    edition_id = models.UUIDField()
    opened_on = models.DateField()
    received_on = models.DateField(null=True)
    submitted_on = models.DateField(null=True)
    submissions = models.PositiveSmallIntegerField(default=0)
    agreement_signed_on = models.DateField(null=True)
    agreement_by = models.UUIDField(null=True)
    agreement_office = models.CharField(max_length=40, blank=True)
    agreement_named_officer = models.BooleanField(default=False)
    determination = models.CharField(max_length=20, blank=True)
    determination_by = models.CharField(max_length=40, blank=True)
    determination_reason = models.TextField(blank=True)
    moved_from = models.DateField(null=True)
    moved_to = models.DateField(null=True)
    shipments = models.PositiveIntegerField(null=True)
    history_source = models.CharField(max_length=20, blank=True)
    history_evidence = models.JSONField()
    eligibility = models.JSONField()
    cargo_kinds = models.JSONField(default=list)
    parts = models.JSONField(default=list)


class RiskRow(StateModel):
    """The assessment of one area at one node, on scales of 1 to 5."""

    id = models.UUIDField(primary_key=True)
    application = models.ForeignKey(Application, models.PROTECT, related_name="risks")
    area = models.CharField(max_length=60)
    node = models.UUIDField()
    threat = models.PositiveSmallIntegerField()
    vulnerability = models.PositiveSmallIntegerField()
    consequence = models.PositiveSmallIntegerField()
    existing_control = models.TextField()
    residual = models.PositiveSmallIntegerField()
    action = models.TextField(blank=True)
    reviewed_on = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "area", "node"], name="risk_once")]


class AnswerRow(StateModel):
    """The answer to one criterion. A criterion without a row is unanswered: there is no default."""

    id = models.UUIDField(primary_key=True)
    application = models.ForeignKey(Application, models.PROTECT, related_name="answers")
    number = models.CharField(max_length=12)
    value = models.CharField(max_length=20)
    narrative = models.TextField(blank=True)
    not_applicable_reason = models.TextField(blank=True)
    evidence = models.JSONField()
    answered_on = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "number"], name="answer_once")]
