"""The year of 965(a), the dates of visits, actions and reviews of blocked ones, refolded from the record."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.casework.facts import DeadlineFact
from greenlane.casework.models import Case
from greenlane.casework.registry import deadlines
from greenlane.law.clocks import clock_of
from greenlane.law.reckoning import due_as_set
from greenlane.validation.facts import due_of
from greenlane.validation.models import Validation

ENDED = ("closed",)


@deadlines("validation")
def validation_deadlines(case: Case) -> Iterator[DeadlineFact]:
    """The year from certification for a first validation, and the dates that were set on the way."""
    validation = Validation.objects.get(pk=case.id)
    if case.state in ENDED:
        return
    if validation.purpose == "tier_two":
        reckoned = due_of(validation)
        yield DeadlineFact(due=reckoned, met_on=validation.decided_on, pauses=reckoned.pauses)
    yield from dates_of(case, validation)


def dates_of(case: Case, validation: Validation) -> Iterator[DeadlineFact]:
    """The dates set in a validation or revalidation: of the visit, of required actions, of the review of a block."""
    yield from _visit(case, validation)
    yield from _actions(case, validation)
    if case.state == "blocked" and validation.review_on is not None and validation.review_set_on is not None:
        yield DeadlineFact(due=due_as_set(clock_of("blocked_review"), validation.review_set_on, validation.review_on))


def _visit(case: Case, validation: Validation) -> Iterator[DeadlineFact]:
    """One date for the visit of a notice: the last day of the nearest location that is not visited yet."""
    rows = list(validation.visits.filter(conducted_by="officers").order_by("planned_to", "pk"))
    waiting = [row for row in rows if row.visited_on is None and row.planned_to is not None]
    if validation.notice_on is None or not rows:
        return
    clock = clock_of("visit")
    if waiting and case.state in ("noticed", "visited"):
        yield DeadlineFact(due=due_as_set(clock, validation.notice_on, waiting[0].planned_to))
    elif rows[-1].planned_to is not None and rows[-1].visited_on is not None:
        due = due_as_set(clock, validation.notice_on, rows[-1].planned_to)
        yield DeadlineFact(due=due, met_on=rows[-1].visited_on)


def _actions(case: Case, validation: Validation) -> Iterator[DeadlineFact]:
    """One date for the required actions of a report: the earliest without an accepted or waiting answer.

    An answer meets the date on the day it came; when it is sent back, the date is open again (decision 0322).
    """
    if validation.report_on is None:
        return
    actions = list(validation.actions.filter(kind="required").order_by("due_on", "number"))
    waiting = [action for action in actions if action.answered_on is None and action.closed_on is None]
    clock = clock_of("required_action")
    if waiting and not case.state.startswith("refused"):
        yield DeadlineFact(due=due_as_set(clock, validation.report_on, waiting[0].due_on))
    elif actions and not waiting:
        last = actions[-1]
        met_on = max(action.answered_on or action.closed_on or last.due_on for action in actions)
        yield DeadlineFact(due=due_as_set(clock, validation.report_on, last.due_on), met_on=met_on)
