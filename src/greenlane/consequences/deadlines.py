"""The dates of a consequence and of an incident: response, end of the period, goals, the right to appeal (967, 971)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from greenlane.casework.facts import DeadlineFact
from greenlane.casework.models import Case
from greenlane.casework.registry import deadlines
from greenlane.consequences.models import SANCTIONS, Consequence, Incident
from greenlane.law.clocks import clock_of, due, due_as_set
from greenlane.programs.queries import terms_of


@deadlines("consequence")
def consequence_deadlines(case: Case) -> Iterator[DeadlineFact]:
    row = Consequence.objects.get(pk=case.id)
    if case.state in ("dropped", "reversed", "closed"):
        return
    yield from _response(row, case.state)
    yield from _appeal(row)
    if row.measure in SANCTIONS and row.decided_on and row.period_until and case.state != "remanded":
        ends = due_as_set(clock_of("sanction_end"), row.decided_on, row.period_until)
        yield DeadlineFact(due=ends, met_on=row.ended_on)
    if row.plan_accepted_on and row.ended_on is None:
        yield from _goal(row)


def _response(row: Consequence, state: str) -> Iterator[DeadlineFact]:
    """The last day to respond; a period that ended without a response is no deadline any more."""
    given = row.notice_on or row.emergency_notice_on
    if given and row.response_until and (state in ("noticed", "emergency_noticed") or row.responded_on):
        until = due_as_set(clock_of("consequence_response"), given, row.response_until)
        yield DeadlineFact(due=until, met_on=row.responded_on)


def _appeal(row: Consequence) -> Iterator[DeadlineFact]:
    """The right to appeal runs from the day of the decision, also where the measure ended meanwhile (967(c))."""
    if row.decided_on:
        clock = clock_of("sanction_appeal_filing" if row.measure in SANCTIONS else "denial_appeal_filing")
        filing = due(clock, row.decided_on, terms=terms_of(row.programme, row.decided_on))
        yield DeadlineFact(due=filing, met_on=row.appealed_on)


def _goal(row: Consequence) -> Iterator[DeadlineFact]:
    """The next goal of the accepted plan that is not done yet."""
    open_goal = row.goals.filter(done_on=None).exclude(goal_on=None).order_by("goal_on", "number").first()
    if open_goal and open_goal.goal_on and row.plan_accepted_on:
        yield DeadlineFact(due=due_as_set(clock_of("corrective_goal"), row.plan_accepted_on, open_goal.goal_on))


@deadlines("incident")
def incident_deadlines(case: Case) -> Iterator[DeadlineFact]:
    row = Incident.objects.get(pk=case.id)
    review = due_as_set(clock_of("incident_review"), row.reported_on, row.review_until)
    yield DeadlineFact(due=review, met_on=row.concluded_on)
    if row.concluded_on and row.actions:
        yield _agreed(row, row.concluded_on)


def _agreed(row: Incident, agreed_on: date) -> DeadlineFact:
    """The earliest action without an answer; once all are answered, the last day, met by the last answer."""
    clock = clock_of("incident_action")
    waiting = [one["done_by"] for one in row.actions if one["answered_on"] is None]
    if waiting:
        return DeadlineFact(due=due_as_set(clock, agreed_on, date.fromisoformat(min(waiting))))
    last = date.fromisoformat(max(one["done_by"] for one in row.actions))
    met_on = date.fromisoformat(max(one["answered_on"] for one in row.actions))
    return DeadlineFact(due=due_as_set(clock, agreed_on, last), met_on=met_on)
