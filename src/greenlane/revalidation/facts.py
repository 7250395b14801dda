"""Rows of a revalidation as the facts that 969 asks for."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from greenlane.casework.models import Case
from greenlane.law.s969 import ClosingFacts
from greenlane.revalidation.models import Periods
from greenlane.validation import queries as validations
from greenlane.validation.facts import measure_facts, second_person
from greenlane.validation.models import Validation


def unmet_measures(validation: Validation, on: date) -> tuple[str, ...]:
    """The measures found wanting, of which no required action was closed by a reviewer on evidence."""
    return tuple(measure.number for measure in measure_facts(validation) if not measure.satisfied(on))


def open_actions(participant_id: UUID, on: date) -> tuple[str, ...]:
    """The required actions of a participant that are open, of every validation and revalidation (RC-06)."""
    rows = validations.open_actions(participant_id, on)
    return tuple(f"{row.number}: {row.text[:80]} ({row.due_on})" for row in rows)


def visited_on(validation: Validation) -> date | None:
    """The last visit that took place and counts."""
    days = [visit.visited_on for visit in validations.visits_made(validation) if visit.visited_on is not None]
    return max(days, default=None)


def closing_facts(
    validation: Validation, case: Case, periods: Periods | None, *, outcome: str, decided_by: UUID | None, on: date
) -> ClosingFacts:
    participant = validation.participant
    return ClosingFacts(
        participant=participant.legal_name,
        rank=participant.tier if participant.standing == "certified" else 0,
        initial_on=periods.initial_on if periods else None,
        outcome=outcome,
        visited_on=visited_on(validation),
        open_actions=open_actions(participant.pk, on),
        failures=unmet_measures(validation, on),
        recommended_by=str(validation.recommended_by or ""),
        decided_by=second_person(validation.recommended_by, decided_by, on),
        blocked=validation.blocked_reason if case.state == "blocked" else "",
    )
