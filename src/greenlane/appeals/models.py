"""Appeals, their statements and records, and the lists for the Federal Register (6 USC 967(b)-(c))."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from greenlane.casework.models import StateModel
from greenlane.participants.models import Participant


class Appeal(StateModel):
    """One appeal; ``id`` is the id of its case. ``decision_entry`` is the entry of the decision that it concerns.

    A decision is appealed once; after a remand the new decision is another entry and opens a window of its own.
    ``last_day`` was the last day to file, ``due_on`` is that of the determination (180 days).
    """

    id = models.UUIDField(primary_key=True)
    consequence_id = models.UUIDField()
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="appeals")
    programme = models.CharField(max_length=40)
    decision = models.CharField(max_length=10)
    measure = models.CharField(max_length=20)
    decision_entry = models.UUIDField(unique=True)
    decided_on = models.DateField()
    filed_on = models.DateField()
    filed_by = models.UUIDField(null=True)
    last_day = models.DateField()
    due_on = models.DateField()
    grounds = models.JSONField()
    documents = models.JSONField()
    relief = models.TextField(blank=True)
    officer = models.UUIDField(null=True)
    officer_name = models.CharField(max_length=200, blank=True)
    officer_since = models.DateField(null=True)
    review_on = models.DateField(null=True)
    record_sha256 = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=10, blank=True)
    reasons = models.TextField(blank=True)
    modified_to = models.TextField(blank=True)
    benefits = models.JSONField(default=list)
    period_until = models.DateField(null=True)
    new_measure = models.CharField(max_length=20, blank=True)
    determined_by = models.UUIDField(null=True)
    determined_on = models.DateField(null=True)
    restored_from = models.DateField(null=True)
    late = models.BooleanField(default=False)
    lateness_reason = models.TextField(blank=True)
    withdrawn_on = models.DateField(null=True)
    withdrawal_reason = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["consequence_id", "filed_on"], name="appeal_consequence"),
            models.Index(fields=["officer", "determined_on"], name="appeal_officer"),
        ]

    @property
    def is_open(self) -> bool:
        """Does it still wait for a determination?"""
        return self.determined_on is None and self.withdrawn_on is None


class Statement(StateModel):
    """A statement of one side, with the documents that it rests on."""

    id = models.UUIDField(primary_key=True)
    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="statements")
    side = models.CharField(max_length=12)
    text = models.TextField()
    documents = models.JSONField()
    submitted_on = models.DateField()
    submitted_at = models.DateTimeField()
    submitted_by = models.UUIDField(null=True)


class RecordOfAppeal(StateModel):
    """What the decision rested on, as it was frozen when a review began; a new officer begins with a new one."""

    id = models.UUIDField(primary_key=True)
    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="records")
    number = models.PositiveSmallIntegerField()
    frozen_on = models.DateField()
    sha256 = models.CharField(max_length=64)
    items = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["appeal", "number"], name="record_of_appeal_number")]


class RegisterList(StateModel):
    """A list for the Federal Register; before ``published_on`` it is made available to participants only."""

    id = models.UUIDField(primary_key=True)
    programme = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    issued_on = models.DateField()
    published_on = models.DateField()
    note = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "number"], name="register_list_number")]


class ListedName(StateModel):
    """A suspended or expelled participant on a list, as it stood on the day of the list, and why it may be there."""

    id = models.UUIDField(primary_key=True)
    list = models.ForeignKey(RegisterList, models.PROTECT, related_name="names")
    position = models.PositiveIntegerField()
    consequence_id = models.UUIDField()
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="listed_names")
    name = models.CharField(max_length=200)
    city = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=2, blank=True)
    business_type = models.CharField(max_length=60)
    measure = models.CharField(max_length=20)
    decided_on = models.DateField()
    period_until = models.DateField(null=True)
    appeal = models.ForeignKey(Appeal, models.PROTECT, null=True, related_name="listed_names")
    basis = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["list", "consequence_id"], name="listed_once")]
