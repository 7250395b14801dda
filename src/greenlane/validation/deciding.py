"""What the decisions on a validation share: the entry that says what was decided (6 USC 965(a), 966(a))."""

from __future__ import annotations

from typing import Literal

from greenlane.casework.context import Context
from greenlane.law.s965 import validation_counted_late
from greenlane.programs.queries import terms_of
from greenlane.validation import entries_report as entries
from greenlane.validation import queries
from greenlane.validation.entries import Purpose
from greenlane.validation.facts import due_of
from greenlane.validation.models import Validation

PURPOSES: dict[str, Purpose] = {
    "tier_two": "tier_two",
    "tier_three": "tier_three",
    "revalidation": "revalidation",
}


def decided(
    ctx: Context,
    validation: Validation,
    outcome: Literal["validated", "refused"],
    *,
    tier: int,
    lateness_reason: str = "",
) -> entries.ValidationDecided:
    """The entry of a decision given today. *tier*: what the company holds because of it.

    Only the first validation has a year of its own (965(a)); the others are never late by this entry.
    """
    guidelines = queries.guidelines_on(validation.programme, ctx.on)
    first = validation.purpose == "tier_two"
    due_on = due_of(validation).due_on if first else None
    terms = terms_of(validation.programme, validation.certified_on)
    late = first and validation_counted_late(validation.certified_on, ctx.on, terms, due_on)
    return entries.ValidationDecided(
        validation_id=validation.pk,
        participant_id=validation.participant_id,
        company=validation.participant.legal_name,
        purpose=PURPOSES[validation.purpose],
        outcome=outcome,
        tier=tier,
        guidelines=guidelines.version if guidelines else "",
        schedule=validation.schedule,
        certified_on=validation.certified_on,
        decided_on=ctx.on,
        due_on=due_on,
        late=late,
        lateness_reason=lateness_reason.strip() if late else "",
        grounds=validation.grounds if outcome == "refused" else "",
    )
