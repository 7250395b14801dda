"""The register of third party entities that validate or seek to (6 USC 968(d))."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from greenlane.casework.models import StateModel


class Validator(StateModel):
    """A third party entity; ``key`` is its name as it is compared."""

    id = models.UUIDField(primary_key=True)
    programme = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    address = models.CharField(max_length=300)
    registered_on = models.DateField()
    registered_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "key"], name="validator_once")]

    def __str__(self) -> str:
        return self.name
