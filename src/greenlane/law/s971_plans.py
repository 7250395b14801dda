"""The 5-year strategic plan and the annual plan: 971(a)(1)-(2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from greenlane.law.calendar import LeapRule, add_years, fiscal_year_end, fiscal_year_start
from greenlane.law.listing import left_out, listed, written
from greenlane.law.parameters import parameter
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

# --------------------------------------------------------------------------------- (a)(1) the strategic plan


@dataclass(frozen=True)
class Goal:
    """A goal of the plan: the outcome that it seeks in the world, in words."""

    code: str
    outcome: str


@dataclass(frozen=True)
class Measure:
    """A performance measure of one goal; *target* in its own unit."""

    code: str
    goal: str
    definition: str
    data_source: str
    target: str
    owner: str


@dataclass(frozen=True)
class StrategicPlanFacts:
    """A plan from its first to its last day (both included), its goals and measures."""

    first_day: date
    last_day: date
    goals: tuple[Goal, ...]
    measures: tuple[Measure, ...]


@rule("6 USC 971(a)(1)")
def may_publish_strategic_plan(facts: StrategicPlanFacts) -> Verdict:
    """A 5-year plan has measured, outcome-based goals; each measure has a definition, source, target and owner."""
    return all_of(_strategic(facts))


def _strategic(facts: StrategicPlanFacts) -> Iterator[Reason]:
    cite = "6 USC 971(a)(1)"
    years = parameter("strategic_plan_years", facts.first_day).number
    end = add_years(facts.first_day, years, LeapRule.FIRST_OF_MARCH) - timedelta(days=1)
    yield finding(
        cite,
        "five_years",
        facts.last_day == end,
        N_("The plan runs %(years)d years, from %(first)s to %(last)s."),
        N_("The plan runs from %(first)s to %(last)s; %(years)d years end on %(end)s."),
        mend=N_("Let the plan end on %(end)s."),
        where="last_day",
        years=years,
        first=facts.first_day,
        last=facts.last_day,
        end=end,
    )
    goals = [g.code for g in facts.goals if written(g.outcome)]
    unmeasured = left_out(goals, (m.goal for m in facts.measures))
    vague_goals = left_out((g.code for g in facts.goals), goals)
    yield finding(
        cite,
        "outcome_based_goals",
        bool(goals) and not vague_goals and not unmeasured,
        N_("Each of the %(count)d goals names an outcome and has a performance measure."),
        N_("Goals without an outcome: %(vague)s; without a measure: %(unmeasured)s (of %(count)d goals)."),
        mend=N_("Name the outcome of each goal, and give each at least one measure."),
        where=(*vague_goals, *unmeasured, "goals")[0],
        count=len(facts.goals),
        vague=listed(vague_goals),
        unmeasured=listed(unmeasured),
    )
    for measure in facts.measures:
        yield _measure(measure, goals)


def _measure(measure: Measure, goals: list[str]) -> Reason:
    parts = {
        "definition": written(measure.definition),
        "data_source": written(measure.data_source),
        "target": written(measure.target),
        "owner": written(measure.owner),
        "goal": measure.goal in goals,
    }
    missing = [name for name, there in parts.items() if not there]
    return finding(
        "6 USC 971(a)(1)",
        "measure_complete",
        not missing,
        N_("Measure %(measure)s has its goal, definition, data source, target and owner."),
        N_("Measure %(measure)s has no: %(missing)s."),
        mend=N_("Complete measure %(measure)s: %(missing)s."),
        where=measure.code,
        measure=measure.code,
        missing=listed(missing),
    )


# ------------------------------------------------------------------------------------- (a)(2) the annual plan


@dataclass(frozen=True)
class Work:
    """Projected work: *count* reviews of a kind at *hours_each* hours; ``deferred_reason`` says why it may wait."""

    kind: str
    count: int
    hours_each: int
    deferred_reason: str = ""


@dataclass(frozen=True)
class AnnualPlanFacts:
    """The plan for a fiscal year: its days, the staff hours available, and the work, the most pressing first."""

    fiscal_year: int
    first_day: date
    last_day: date
    hours_available: int
    work: tuple[Work, ...]


@dataclass(frozen=True)
class Unfit:
    """What does not fit: how many reviews of a kind, and the hours they would take."""

    kind: str
    count: int
    hours: int


@rule("6 USC 971(a)(2)")
def what_does_not_fit(facts: AnnualPlanFacts) -> tuple[Unfit, ...]:
    """Hours are given to the work in the order of the plan; reviews for which none are left do not fit."""
    left = facts.hours_available
    over: list[Unfit] = []
    for work in facts.work:
        fitting = min(work.count, max(left, 0) // work.hours_each) if work.hours_each > 0 else work.count
        left -= fitting * work.hours_each
        if fitting < work.count:
            over.append(Unfit(work.kind, work.count - fitting, (work.count - fitting) * work.hours_each))
    return tuple(over)


@rule("6 USC 971(a)(2)")
def may_adopt_annual_plan(facts: AnnualPlanFacts) -> Verdict:
    """The plan of each fiscal year matches hours available to work projected, and answers for what does not fit."""
    first, last = fiscal_year_start(facts.fiscal_year), fiscal_year_end(facts.fiscal_year)
    projected = sum(w.count * w.hours_each for w in facts.work)
    reasons = {w.kind: w.deferred_reason for w in facts.work}
    over = what_does_not_fit(facts)
    silent = [u for u in over if not written(reasons[u.kind])]
    return all_of(
        (
            finding(
                "6 USC 971(a)(2)",
                "fiscal_year",
                (facts.first_day, facts.last_day) == (first, last),
                N_("The plan is for fiscal year %(year)d, %(first)s to %(last)s."),
                N_("Fiscal year %(year)d runs from %(first)s to %(last)s; the plan is for other days."),
                mend=N_("Let the plan begin on %(first)s and end on %(last)s."),
                year=facts.fiscal_year,
                first=first,
                last=last,
            ),
            finding(
                "6 USC 971(a)(2)",
                "workload_projected",
                bool(facts.work) and all(w.count >= 0 and w.hours_each > 0 for w in facts.work),
                N_("%(projected)d hours of work are projected, and %(available)d are available."),
                N_("The projected work is not complete: each kind needs a number of reviews and hours for each."),
                mend=N_("Take the hours for each kind from the staff hours on record."),
                where="work",
                projected=projected,
                available=facts.hours_available,
            ),
            finding(
                "6 USC 971(a)(2)",
                "resources_matched",
                not silent,
                N_("What does not fit is answered for: %(over)s."),
                N_("Does not fit, and nobody says why it may wait: %(silent)s."),
                mend=N_("Find hours, or write why this work may wait."),
                where=silent[0].kind if silent else "",
                over=listed(f"{u.count} {u.kind} ({u.hours} h)" for u in over),
                silent=listed(f"{u.count} {u.kind} ({u.hours} h)" for u in silent),
            ),
        )
    )
