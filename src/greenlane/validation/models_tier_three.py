"""The designated criteria of the third tier, the practices put forward, and what was found on them (6 USC 966)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from greenlane.casework.models import StateModel


class Designation(StateModel):
    """A designated criterion; ``id`` is the id of its register case. A changed criterion is a new designation.

    ``first``: the first that was ever designated in the programme; it bears the deadline of 966(d).
    """

    id = models.UUIDField(primary_key=True)
    programme = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=30)
    text = models.TextField()
    exceeds = models.TextField(blank=True)
    standard = models.CharField(max_length=300, blank=True)
    before_loading = models.BooleanField(default=False)
    designated_on = models.DateField()
    withdrawn_on = models.DateField(null=True)
    first = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["programme", "designated_on"], name="designation_day")]


class Practice(StateModel):
    """A practice that the company put forward, and what was found on each of the five parts (None: not yet)."""

    id = models.UUIDField(primary_key=True)
    validation = models.ForeignKey("validation.Validation", models.PROTECT, related_name="practices")
    title = models.CharField(max_length=200)
    description = models.TextField()
    documents = models.JSONField()
    put_forward_on = models.DateField()
    put_forward_by = models.UUIDField(null=True)
    parts = models.JSONField(null=True)
    evaluated_on = models.DateField(null=True)
    evaluated_by = models.UUIDField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["validation", "put_forward_on"], name="practice_of")]


class DesignatedFinding(StateModel):
    """What was found on one designated criterion, and the documents that show it."""

    id = models.UUIDField(primary_key=True)
    validation = models.ForeignKey("validation.Validation", models.PROTECT, related_name="designated_findings")
    designation = models.ForeignKey(Designation, models.PROTECT, related_name="findings")
    met = models.BooleanField()
    note = models.TextField(blank=True)
    evidence = models.JSONField()
    found_on = models.DateField()
    found_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["validation", "designation"], name="designated_finding_once")
        ]
