"""The mark of a demonstration database, and its people."""

from __future__ import annotations

from django.db import models

from greenlane.casework.models import StateModel


class Founding(StateModel):
    """There is one row, and only in a demonstration database. It follows from the record."""

    id = models.UUIDField(primary_key=True)
    founded_on = models.DateField()
    seed = models.IntegerField()


class Guest(StateModel):
    """A person of the demonstration that anybody may sign in as."""

    id = models.UUIDField(primary_key=True)
    account_id = models.UUIDField(unique=True)
    office = models.CharField(max_length=40)
    says = models.CharField(max_length=200)
