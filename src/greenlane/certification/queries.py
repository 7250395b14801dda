"""Reads of certifications (6 USC 964)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from greenlane.casework.problems import Missing
from greenlane.certification.models import Certification, Guidelines


def certification_of(case_id: UUID) -> Certification:
    """The certification of a case, with its application and company. Raises Missing."""
    rows = Certification.objects.select_related("application__participant__group", "participant")
    row = rows.filter(pk=case_id).first()
    if row is None:
        raise Missing("certification", case_id)
    return row


def guidelines_on(programme: str, on: date) -> Guidelines | None:
    """The guidelines in force on a day: the latest that took effect by then."""
    rows = Guidelines.objects.filter(programme=programme, in_force_from__lte=on)
    return rows.order_by("-in_force_from", "-version").first()
