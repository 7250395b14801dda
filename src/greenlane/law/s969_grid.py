"""Closing a revalidation, and the fixed grid of 4-year periods that revalidations must meet: 969(1)-(2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from greenlane.law.calendar import LeapRule
from greenlane.law.clocks import PeriodMet, grid_history
from greenlane.law.listing import listed, written
from greenlane.law.parameters import parameter
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule


@dataclass(frozen=True)
class RevalidationFacts:
    """A participant's initial validation (None: never validated), and the days its revalidations closed."""

    participant: str
    rank: int
    initial_on: date | None
    revalidations: tuple[date, ...]


@rule("6 USC 969(2)")
def revalidated_in_each_period(facts: RevalidationFacts, on: date, terms: Terms) -> Verdict:
    """Every period that is over has a revalidation in it; the one that runs says by which day."""
    if facts.initial_on is None or facts.initial_on > on:
        return Verdict(
            (
                finding(
                    "6 USC 969(2)",
                    "not_validated_yet",
                    True,
                    N_("%(participant)s has no initial validation: no period runs."),
                    "",
                    participant=facts.participant,
                ),
            )
        )
    return all_of(_period(facts.participant, one, on) for one in _history(facts, facts.initial_on, on, terms))


@rule("6 USC 969(2)")
def revalidation_due(facts: RevalidationFacts, on: date, terms: Terms) -> date | None:
    """The last day for the next revalidation: the end of this period, or of the next one where this one is met."""
    if facts.initial_on is None or facts.initial_on > on:
        return None
    current = _history(facts, facts.initial_on, on, terms)[-1]
    if current.met_on is None:
        return current.period.ends_on
    after = RevalidationFacts(facts.participant, facts.rank, facts.initial_on, ())
    following = date.fromordinal(current.period.ends_on.toordinal() + 1)
    return _history(after, facts.initial_on, following, terms)[-1].period.ends_on


def _history(facts: RevalidationFacts, initial: date, on: date, terms: Terms) -> tuple[PeriodMet, ...]:
    years = parameter("revalidation_period_years", initial, terms).number
    leap = LeapRule(str(parameter("leap_agency_duty", initial, terms).value))
    return grid_history(initial, facts.revalidations, on, years, leap)


def _period(participant: str, one: PeriodMet, on: date) -> Reason:
    met, running = one.met_on, one.period.ends_on >= on
    yes = N_("%(participant)s, period %(index)d (%(starts)s to %(ends)s): revalidated on %(met)s.")
    if met is None:
        yes = N_("%(participant)s, period %(index)d (%(starts)s to %(ends)s): to be revalidated by %(ends)s.")
    return finding(
        "6 USC 969(2)",
        "period_met",
        met is not None or running,
        yes,
        N_("%(participant)s, period %(index)d (%(starts)s to %(ends)s): not revalidated; days over: %(late)d."),
        mend=N_("Revalidate now, and write why the period was missed; it is counted in every report."),
        where=participant,
        participant=participant,
        index=one.period.index,
        starts=one.period.starts_on,
        ends=one.period.ends_on,
        met=met or "-",
        late=(on - one.period.ends_on).days,
    )


CONFIRMED, REFUSED = "confirmed", "refused"


@dataclass(frozen=True)
class ClosingFacts:
    """A revalidation about to be closed as CONFIRMED or REFUSED.

    ``open_actions`` are required actions without evidence and reviewer, ``failures`` the measures found wanting.
    ``blocked`` says why no visit was possible: that is neither a pass nor a failure.
    """

    participant: str
    rank: int
    initial_on: date | None
    outcome: str
    visited_on: date | None
    open_actions: tuple[str, ...]
    failures: tuple[str, ...]
    recommended_by: str
    decided_by: str
    blocked: str = ""


@rule("6 USC 969(1)", "6 USC 969")
def may_close_revalidation(facts: ClosingFacts, on: date) -> Verdict:
    """A revalidation closes after a visit and by a second person; it is confirmed only with no action open."""
    return all_of((*_revalidated(facts, on), _outcome(facts), _decided(facts)))


def _revalidated(facts: ClosingFacts, on: date) -> Iterator[Reason]:
    initial = facts.initial_on
    yield finding(
        "6 USC 969(1)",
        "validated_participant",
        facts.rank > 0 and initial is not None and initial <= on,
        N_("%(participant)s was validated on %(initial)s."),
        N_("%(participant)s was never validated: there is nothing to revalidate."),
        mend=N_("Validate the participant first (965)."),
        participant=facts.participant,
        initial=initial or "-",
    )
    yield finding(
        "6 USC 969(1)",
        "visited",
        not facts.blocked and facts.visited_on is not None and facts.visited_on <= on,
        N_("The visit took place on %(visited)s."),
        N_("No visit took place (%(blocked)s): the revalidation is neither confirmed nor refused."),
        mend=N_("Visit, or keep the revalidation as blocked with a day for its review."),
        where="visit",
        visited=facts.visited_on or "-",
        blocked=facts.blocked or "-",
    )


def _outcome(facts: ClosingFacts) -> Reason:
    if facts.outcome == REFUSED:
        return finding(
            "6 USC 969(1)",
            "failures_named",
            bool(facts.failures),
            N_("Found wanting: %(failures)s."),
            N_("A revalidation is refused only on named measures that were found wanting."),
            mend=N_("Name each measure that failed."),
            where="failures",
            failures=listed(facts.failures),
        )
    return finding(
        "6 USC 969(1)",
        "no_action_open",
        facts.outcome == CONFIRMED and not facts.open_actions and not facts.failures,
        N_("No required action is open."),
        N_("Not to be closed as '%(outcome)s': open actions %(open)s; failed measures %(failures)s."),
        mend=N_("Close each required action with evidence and a reviewer."),
        where=(*facts.open_actions, *facts.failures, "outcome")[0],
        outcome=facts.outcome,
        open=listed(facts.open_actions),
        failures=listed(facts.failures),
    )


def _decided(facts: ClosingFacts) -> Reason:
    return finding(
        "6 USC 969(1)",
        "second_person",
        written(facts.recommended_by) and written(facts.decided_by) and facts.recommended_by != facts.decided_by,
        N_("Recommended by %(first)s, decided by %(second)s."),
        N_("The one who recommends (%(first)s) and the one who decides (%(second)s) must be two persons."),
        mend=N_("Let a second person decide."),
        where="decided_by",
        first=facts.recommended_by or "-",
        second=facts.decided_by or "-",
    )
