"""How a validation or a revalidation begins: what commands and appliers of both rooms call (6 USC 965(a), 969)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from greenlane.casework.context import Context
from greenlane.participants.models import Participant
from greenlane.validation import entries, queries
from greenlane.validation.state_opening import start

__all__ = ["planned", "start"]


def planned(
    ctx: Context, key: UUID, participant: Participant, purpose: entries.Purpose, certified_on: date
) -> entries.ValidationPlanned:
    """What is on record of a validation that begins today, with the guidelines and the schedule then in force."""
    guidelines = queries.guidelines_on(participant.programme, ctx.on)
    schedule = queries.schedule_on(participant.programme, ctx.on)
    return entries.ValidationPlanned(
        validation_id=key,
        participant_id=participant.pk,
        programme=participant.programme,
        purpose=purpose,
        certified_on=certified_on,
        guidelines=guidelines.version if guidelines else "",
        schedule=schedule.version if schedule else "",
    )
