"""Reads of revalidations that pages, interface and later rooms share (6 USC 969(1)-(2))."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from greenlane.casework.problems import Missing
from greenlane.revalidation.due import DueFilter, DueItem, Urgency, due_counts, due_list, due_of, grids_on
from greenlane.revalidation.models import Periods, Revalidation
from greenlane.revalidation.queries_framework import framework_of, framework_on, scores_on
from greenlane.revalidation.rank import Place, Ranking, Unmeasured, place_of, ranking

__all__ = [
    "DueFilter",
    "DueItem",
    "Place",
    "Ranking",
    "Unmeasured",
    "Urgency",
    "due_counts",
    "due_list",
    "due_of",
    "framework_of",
    "framework_on",
    "grids_on",
    "open_revalidations",
    "periods_of",
    "periods_of_participant",
    "place_of",
    "ranking",
    "revalidation_of",
    "scores_on",
]


def revalidation_of(case_id: UUID) -> Revalidation:
    """The revalidation of a case, with its company. Raises Missing."""
    row = Revalidation.objects.select_related("participant").filter(pk=case_id).first()
    if row is None:
        raise Missing("revalidation", case_id)
    return row


def open_revalidations(participant_id: UUID) -> QuerySet[Revalidation]:
    """The revalidations of a participant that are neither decided nor closed."""
    rows = Revalidation.objects.filter(participant_id=participant_id, outcome="", closed_on=None)
    return rows.order_by("selected_on", "pk")


def periods_of(case_id: UUID) -> Periods:
    """The periods of a register case, with their participant. Raises Missing."""
    row = Periods.objects.select_related("participant").filter(pk=case_id).first()
    if row is None:
        raise Missing("revalidation_periods", case_id)
    return row


def periods_of_participant(participant_id: UUID) -> Periods | None:
    """The periods of a participant; None for one that was never validated."""
    return Periods.objects.select_related("participant").filter(participant_id=participant_id).first()
