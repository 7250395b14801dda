"""The framework of criteria, the measures, the periods of each participant, and revalidations (6 USC 969(1)-(2))."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from greenlane.casework.models import StateModel
from greenlane.participants.models import Participant


class Framework(StateModel):
    """A published version of the framework; ``factors`` are its criteria with their weights. It never changes."""

    id = models.UUIDField(primary_key=True)
    programme = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    factors = models.JSONField()
    published_on = models.DateField()
    entry = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "version"], name="framework_version")]


class RiskScore(StateModel):
    """A participant's measure of one criterion, 0 to 100, as a source gave it on a day. Later ones do not alter it."""

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="risk_scores")
    factor = models.CharField(max_length=40)
    value = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)
    measured_on = models.DateField()
    recorded_on = models.DateField()
    recorded_at = models.DateTimeField()
    entry = models.UUIDField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["participant", "factor", "measured_on"], name="risk_score_day")]


class Periods(StateModel):
    """The grid of one validated participant; ``id`` is the id of its register case, which bears the deadlines.

    ``closings``: days on which revalidations closed. ``rests``: [from, to] in which it held no tier, so that nothing
    was owed; the last day is not part of it, None has no end yet. Dates are ISO text.
    """

    id = models.UUIDField(primary_key=True)
    participant = models.OneToOneField(Participant, models.PROTECT, related_name="revalidation_periods")
    programme = models.CharField(max_length=40)
    validation = models.UUIDField()
    initial_on = models.DateField()
    closings = models.JSONField()
    rests = models.JSONField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["programme", "initial_on"], name="periods_programme")]


class Revalidation(StateModel):
    """Why a revalidation was begun and how it ended; ``id`` is the id of its case and of its visits' row.

    ``basis``: period, risk or review. ``contributions``: [criterion, points] as they stood on the day of selection.
    """

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="revalidations")
    programme = models.CharField(max_length=40)
    basis = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    selected_on = models.DateField()
    period_index = models.PositiveIntegerField()
    period_starts_on = models.DateField()
    period_ends_on = models.DateField()
    framework_version = models.PositiveIntegerField(null=True)
    place = models.PositiveIntegerField(null=True)
    ranked = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    contributions = models.JSONField()
    reviews = models.UUIDField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    tier = models.PositiveSmallIntegerField(default=0)
    failures = models.JSONField()
    decided_by = models.UUIDField(null=True)
    decided_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    closed_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["participant", "selected_on"], name="revalidation_day")]
