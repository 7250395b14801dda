"""The row with which a validation or a revalidation begins (6 USC 965(a), 966(a), 969)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from greenlane.validation.models import Validation


def start(
    *,
    validation_id: UUID,
    participant_id: UUID,
    programme: str,
    purpose: str,
    certified_on: date,
    planned_on: date,
    guidelines: str = "",
    schedule: str = "",
) -> Validation:
    """Create the row of a case; only appliers call it. *purpose*: tier_two, tier_three or revalidation."""
    return Validation.objects.create(
        id=validation_id,
        participant_id=participant_id,
        programme=programme,
        purpose=purpose,
        certified_on=certified_on,
        planned_on=planned_on,
        guidelines=guidelines,
        schedule=schedule,
    )
