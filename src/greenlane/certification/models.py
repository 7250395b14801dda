"""Certifications, findings on criteria, and the guidelines in force (6 USC 964)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from greenlane.applications.models import Application
from greenlane.casework.models import StateModel
from greenlane.participants.models import Participant


class Guidelines(StateModel):
    """A version of the guidelines for certification, in force from a day (964(b))."""

    id = models.UUIDField(primary_key=True)
    programme = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    text = models.TextField()
    parts = models.JSONField()
    in_force_from = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "version"], name="guidelines_version")]


class Certification(StateModel):
    """One certification; ``id`` is the id of its case. ``received_on`` is copied from the record and never changes."""

    id = models.UUIDField(primary_key=True)
    application = models.OneToOneField(Application, models.PROTECT, related_name="certification")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="certifications")
    received_on = models.DateField()
    recommended = models.CharField(max_length=20, blank=True)
    recommended_by = models.UUIDField(null=True)
    recommended_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    grounds = models.JSONField()
    guidelines = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    decided_by = models.UUIDField(null=True)
    decided_on = models.DateField(null=True)
    late = models.BooleanField(default=False)
    lateness_reason = models.TextField(blank=True)


class FindingRow(StateModel):
    """The reviewer's finding on one criterion. A criterion without a row is not reviewed."""

    id = models.UUIDField(primary_key=True)
    certification = models.ForeignKey(Certification, models.PROTECT, related_name="findings")
    number = models.CharField(max_length=12)
    finding = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    found_by = models.UUIDField(null=True)
    found_on = models.DateField()
    found_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["certification", "number"], name="finding_once")]
