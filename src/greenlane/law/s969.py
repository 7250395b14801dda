"""Revalidation: the process, the framework of objective criteria on the grid of periods, and the annual plan: 969."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from greenlane.law.listing import left_out, listed, written
from greenlane.law.s969_grid import (
    CONFIRMED,
    REFUSED,
    ClosingFacts,
    RevalidationFacts,
    may_close_revalidation,
    revalidated_in_each_period,
    revalidation_due,
)
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

__all__ = [
    "CONFIRMED",
    "REFUSED",
    "Candidate",
    "ClosingFacts",
    "FrameworkFacts",
    "PlanMeasure",
    "Ranked",
    "RevalidationFacts",
    "RevalidationPlanFacts",
    "RiskFactor",
    "Score",
    "ScoreRefused",
    "framework_in_force",
    "may_adopt_revalidation_plan",
    "may_close_revalidation",
    "personnel_needed",
    "ranking",
    "revalidated_in_each_period",
    "revalidation_due",
]


# ------------------------------------------------------------------------------------------ (2) the framework


@dataclass(frozen=True)
class RiskFactor:
    """A published, objective criterion: its definition, data source and weight (a whole number above 0)."""

    code: str
    definition: str
    data_source: str
    weight: int


@dataclass(frozen=True)
class FrameworkFacts:
    """A version of the framework; *published_on* None is not published."""

    version: int
    published_on: date | None
    factors: tuple[RiskFactor, ...]


@rule("6 USC 969(2)", "6 USC 969")
def framework_in_force(facts: FrameworkFacts, on: date) -> Verdict:
    """The framework for choosing participants is published, its criteria objective: defined, sourced and weighted."""
    codes = [f.code for f in facts.factors]
    vague = [f.code for f in facts.factors if not (written(f.definition) and written(f.data_source)) or f.weight <= 0]
    twice = sorted({c for c in codes if codes.count(c) > 1})
    published = facts.published_on
    return all_of(
        (
            finding(
                "6 USC 969(2)",
                "framework_published",
                published is not None and published <= on,
                N_("Version %(version)d of the framework was published on %(day)s."),
                N_("Version %(version)d of the framework is not published on %(asked)s."),
                mend=N_("Publish the framework before it is used."),
                version=facts.version,
                day=published or "-",
                asked=on,
            ),
            finding(
                "6 USC 969(2)",
                "criteria_objective",
                bool(codes) and not vague and not twice,
                N_("Each of the %(count)d criteria has a definition, a data source and a weight."),
                N_("Without definition, data source or weight, or given twice: %(vague)s (of %(count)d criteria)."),
                mend=N_("Give each criterion once, with a definition, a data source and a weight above 0."),
                where=(vague + twice)[0] if vague or twice else "factors",
                count=len(codes),
                vague=listed(dict.fromkeys(vague + twice)),
            ),
        )
    )


@dataclass(frozen=True)
class Score:
    """A participant's measure of one criterion, 0 to 100 (100 is the most risk)."""

    factor: str
    value: int


@dataclass(frozen=True)
class Candidate:
    """A participant the framework looks at; ``period_ends_on`` ends its period that has no revalidation yet."""

    participant: str
    scores: tuple[Score, ...]
    period_ends_on: date


@dataclass(frozen=True)
class Ranked:
    """A participant in its place (from 1): total, and each criterion's contribution, in the framework's order."""

    place: int
    participant: str
    total: int
    contributions: tuple[tuple[str, int], ...]


class ScoreRefused(ValueError):
    """Raised when a candidate lacks a measure, has one twice or outside 0-100, or measures what is not published."""


@rule("6 USC 969(2)")
def ranking(factors: tuple[RiskFactor, ...], candidates: tuple[Candidate, ...]) -> tuple[Ranked, ...]:
    """Same inputs, same ranking: highest weighted total first, then the period that ends sooner, then the number.

    Totals are whole numbers: weight times measure, summed. Raises ScoreRefused.
    """
    totals = [(candidate, _contributions(factors, candidate)) for candidate in candidates]
    totals.sort(key=lambda t: (-sum(v for _, v in t[1]), t[0].period_ends_on, t[0].participant))
    return tuple(
        Ranked(place, candidate.participant, sum(v for _, v in parts), parts)
        for place, (candidate, parts) in enumerate(totals, start=1)
    )


def _contributions(factors: Iterable[RiskFactor], candidate: Candidate) -> tuple[tuple[str, int], ...]:
    weights = {f.code: f.weight for f in factors}
    measured = {s.factor: s.value for s in candidate.scores}
    problems = [
        *(f"{code} is not measured" for code in left_out(weights, measured)),
        *(f"{code} is not a published criterion" for code in left_out(measured, weights)),
        *(f"{s.factor} is {s.value}, outside 0-100" for s in candidate.scores if not 0 <= s.value <= 100),
    ]
    if len(measured) < len(candidate.scores):
        problems.append("a criterion is measured twice")
    if problems:
        raise ScoreRefused(f"{candidate.participant}: {'; '.join(problems)}")
    return tuple((code, weight * measured[code]) for code, weight in weights.items())


# --------------------------------------------------------------------------------------- (3) the annual plan


@dataclass(frozen=True)
class PlanMeasure:
    """A performance measure of the plan; *target* in its own unit."""

    code: str
    definition: str
    data_source: str
    target: str
    owner: str


@dataclass(frozen=True)
class RevalidationPlanFacts:
    """The plan for a fiscal year: how many revalidations fall due in it, how many are planned.

    Hours are whole staff hours: each revalidation takes ``hours_each``, a person has ``hours_per_person`` in the year.
    ``shortfall_reason`` says in writing what is done where the personnel do not suffice.
    """

    fiscal_year: int
    measures: tuple[PlanMeasure, ...]
    must_be_revalidated: int
    to_be_revalidated: int
    hours_each: int
    hours_per_person: int
    personnel: int
    shortfall_reason: str


def personnel_needed(facts: RevalidationPlanFacts) -> int:
    """Persons needed for the revalidations planned, rounded up; ``hours_per_person`` must be above 0 (969(3)(B))."""
    return -(-facts.to_be_revalidated * facts.hours_each // facts.hours_per_person)


@rule("6 USC 969(3)", "6 USC 969(3)(A)", "6 USC 969(3)(B)", "6 USC 969(3)(C)")
def may_adopt_revalidation_plan(facts: RevalidationPlanFacts) -> Verdict:
    """The annual plan has measures, the personnel needed and next year's number of revalidations."""
    return all_of((_measures(facts), *_personnel(facts), _number(facts)))


def _measures(facts: RevalidationPlanFacts) -> Reason:
    vague = [
        m.code
        for m in facts.measures
        if not all(written(part) for part in (m.definition, m.data_source, m.target, m.owner))
    ]
    return finding(
        "6 USC 969(3)(A)",
        "measures_complete",
        bool(facts.measures) and not vague,
        N_("Each of the %(count)d performance measures has a definition, data source, target and owner."),
        N_("Of %(count)d performance measures, without definition, data source, target or owner: %(vague)s."),
        mend=N_("Complete the performance measures of the plan."),
        where=vague[0] if vague else "measures",
        count=len(facts.measures),
        vague=listed(vague),
    )


def _personnel(facts: RevalidationPlanFacts) -> Iterator[Reason]:
    assessed = facts.hours_each > 0 and facts.hours_per_person > 0
    yield finding(
        "6 USC 969(3)(B)",
        "personnel_assessed",
        assessed,
        N_("A revalidation takes %(each)d staff hours; one person has %(hours)d in the year."),
        N_("The hours of a revalidation (%(each)d) and of a person in the year (%(hours)d) must both be above 0."),
        mend=N_("Take both from the staff hours on record."),
        where="hours_each",
        each=facts.hours_each,
        hours=facts.hours_per_person,
    )
    if not assessed:
        return
    needed = personnel_needed(facts)
    yield finding(
        "6 USC 969(3)(B)",
        "personnel_suffice",
        needed <= facts.personnel or written(facts.shortfall_reason),
        N_("%(needed)d persons are needed and %(have)d are there. %(reason)s"),
        N_("%(needed)d persons are needed and %(have)d are there, and the plan does not say what is done about it."),
        mend=N_("Write how the missing %(short)d persons are found, or plan fewer revalidations."),
        where="personnel",
        needed=needed,
        have=facts.personnel,
        short=needed - facts.personnel,
        reason=facts.shortfall_reason,
    )


def _number(facts: RevalidationPlanFacts) -> Reason:
    return finding(
        "6 USC 969(3)(C)",
        "number_covers_what_is_due",
        0 < facts.to_be_revalidated >= facts.must_be_revalidated,
        N_("%(number)d participants will be revalidated; the periods of %(must)d end by then."),
        N_("%(number)d participants are planned, but the periods of %(must)d end by then."),
        mend=N_("Plan at least one revalidation, and one for each participant whose period ends."),
        where="to_be_revalidated",
        number=facts.to_be_revalidated,
        must=facts.must_be_revalidated,
    )
