"""Ports that an administration imported, and from which edition of the index (6 USC 963(2))."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from greenlane.casework.models import StateModel


class PortIndex(StateModel):
    """The edition of the World Port Index in use; there is at most one."""

    id = models.UUIDField(primary_key=True)
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=200)
    retrieved_on = models.DateField()
    imported_on = models.DateField()
    ports = models.PositiveIntegerField()


class PortRow(StateModel):
    """One port of that edition. Coordinates are in millionths of a degree."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    unlocode = models.CharField(max_length=5, blank=True)
    country = models.CharField(max_length=2)
    latitude_e6 = models.IntegerField()
    longitude_e6 = models.IntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unlocode"], name="port_unlocode")]
