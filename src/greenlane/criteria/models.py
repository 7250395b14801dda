"""Editions of the security criteria, one per business type and version (6 USC 961(b))."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from greenlane.casework.models import StateModel


class EditionRow(StateModel):
    """An edition as it was published; ``official`` holds the agency's own texts by number, where they were loaded."""

    id = models.UUIDField(primary_key=True)
    programme = models.CharField(max_length=40)
    business_type = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    in_force_from = models.DateField()
    published_on = models.DateField()
    recorded_at = models.DateTimeField()
    grace_days = models.PositiveIntegerField(default=0)
    body = models.TextField()
    official = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "business_type", "version"], name="edition_version")
        ]
