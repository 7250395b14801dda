"""What follows from validations, standings, revalidations and revocations (6 USC 969(1)-(2), 968(g)(2)(B))."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.casework.context import Recorded
from greenlane.casework.registry import Command, reacts
from greenlane.participants.entries import StandingSet
from greenlane.revalidation.commands_deciding import CloseRevalidation
from greenlane.revalidation.commands_periods import BeginPeriods, CountRevalidation, FollowStanding
from greenlane.revalidation.entries import RevalidationDecided
from greenlane.revalidation.periods import rests_of
from greenlane.revalidation.queries import open_revalidations, periods_of_participant
from greenlane.validation.entries_report import ValidationDecided

ENDS = {"withdrawn": "withdrawn", "expelled": "expelled", "merged": "merged", "refused": "refused"}
"""Standings in which nothing is left to revalidate. A suspended participant may come back: its case waits."""


@reacts(ValidationDecided)
def grid_begins(one: Recorded) -> Iterator[Command]:
    """The initial validation fixes the periods; a later one does not move them."""
    data = one.data
    assert isinstance(data, ValidationDecided)
    validated = data.purpose == "tier_two" and data.outcome == "validated"
    if validated and periods_of_participant(data.participant_id) is None:
        yield BeginPeriods(
            participant_id=data.participant_id, validation_id=data.validation_id, initial_on=data.decided_on
        )


@reacts(StandingSet)
def grid_follows(one: Recorded) -> Iterator[Command]:
    """Nothing is owed while no tier is held; who leaves for good is not revalidated."""
    data = one.data
    assert isinstance(data, StandingSet)
    periods = periods_of_participant(data.participant_id)
    if periods is None:
        return
    rests = [[day.isoformat() if day else None for day in rest] for rest in rests_of(periods, one.on)]
    if rests != periods.rests:
        yield FollowStanding(case_id=periods.pk)
    if data.standing in ENDS:
        for row in open_revalidations(data.participant_id):
            yield CloseRevalidation(case_id=row.pk, reason=ENDS[data.standing])


@reacts(RevalidationDecided)
def period_is_met(one: Recorded) -> Iterator[Command]:
    data = one.data
    assert isinstance(data, RevalidationDecided)
    periods = periods_of_participant(data.participant_id)
    if periods is not None:
        yield CountRevalidation(case_id=periods.pk, revalidation_id=data.revalidation_id, closed_on=one.on)
