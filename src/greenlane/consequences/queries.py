"""Reads of consequences and incidents (6 USC 967(a)-(b))."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from greenlane.casework.problems import Missing
from greenlane.consequences.models import SANCTIONS, Consequence, Incident


def consequence_of(case_id: UUID) -> Consequence:
    """The consequence of a case, with its company. Raises Missing."""
    row = Consequence.objects.select_related("participant").filter(pk=case_id).first()
    if row is None:
        raise Missing("consequence", case_id)
    return row


def incident_of(case_id: UUID) -> Incident:
    """The incident of a case, with its company. Raises Missing."""
    row = Incident.objects.select_related("participant").filter(pk=case_id).first()
    if row is None:
        raise Missing("incident", case_id)
    return row


def consequences_of(participant_id: UUID) -> QuerySet[Consequence]:
    """Every consequence of a participant, the newest first."""
    return Consequence.objects.filter(participant_id=participant_id).order_by("-opened_on", "id")


def decided(programme: str) -> QuerySet[Consequence]:
    """Every decision of a programme that can be appealed (967(c)), the oldest first."""
    rows = Consequence.objects.filter(programme=programme).exclude(decision="")
    return rows.select_related("participant").order_by("decided_on", "id")


def sanctioned(programme: str) -> QuerySet[Consequence]:
    """Suspensions and expulsions under 967(b) that stand: the only ones that a published list may name."""
    return decided(programme).filter(decision="967(b)", measure__in=SANCTIONS).exclude(ended_as="reversed")
