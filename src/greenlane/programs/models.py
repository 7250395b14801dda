"""Programmes and the versions of their terms (6 USC 961(a); 19 USC 4311(a))."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from greenlane.casework.models import StateModel


class Programme(StateModel):
    """A partnership programme; its terms are in its versions."""

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    agency = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.title


class TermsVersion(StateModel):
    """The terms of a programme, in force from a day until the next version."""

    id = models.UUIDField(primary_key=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    effective_from = models.DateField()
    recorded_at = models.DateTimeField()
    pack = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "number"], name="terms_version_number")]
