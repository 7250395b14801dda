"""Third-tier participants: designated criteria, best practices, sustained commitment, deadline: 6 USC 966."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from greenlane.law.calendar import add_years
from greenlane.law.months import months_before
from greenlane.law.parameters import history, parameter
from greenlane.law.s964 import BARRING_STANDINGS
from greenlane.law.s964_decision import as_recommended, second_person
from greenlane.law.s966_benefits import TierThreePolicy, may_invite_to_exercise, may_publish_tier_three_policy
from greenlane.law.s966_criteria import CriterionEvaluation, DesignatedCriterion, criteria_met, may_designate
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

__all__ = [
    "BestPractice",
    "CriterionEvaluation",
    "DesignatedCriterion",
    "TierThreeFacts",
    "TierThreePolicy",
    "criteria_met",
    "designated_in_time",
    "designation_due",
    "is_best_practice",
    "may_designate",
    "may_invite_to_exercise",
    "may_publish_tier_three_policy",
    "may_validate_tier_three",
    "sustained_commitment",
]


@dataclass(frozen=True)
class BestPractice:
    """A practice that the participant puts forward, with what was found on the five parts of the framework."""

    title: str
    management_support: bool
    innovation: bool
    documented_process: bool
    checks_and_balances: bool
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class TierThreeFacts:
    """All that a third-tier validation holds.

    ``lapsed_on``: days on which the commitment lapsed: a required action past its date, a denial, a suspension.
    """

    rank: int
    validated_on: date | None
    lapsed_on: tuple[date, ...]
    best_practices: tuple[BestPractice, ...]
    criteria: tuple[DesignatedCriterion, ...]
    evaluations: tuple[CriterionEvaluation, ...]
    recommended: str
    recommended_by: str
    decided_by: str
    standing: str = ""


@rule("6 USC 966(a)")
def is_best_practice(practice: BestPractice) -> Verdict:
    """Does this practice meet all five parts of the framework, and so exceed what validation asks?"""
    parts = (
        ("management_support", N_("management support"), practice.management_support),
        ("innovation", N_("innovation"), practice.innovation),
        ("documented_process", N_("a documented process"), practice.documented_process),
        ("checks_and_balances", N_("checks and balances"), practice.checks_and_balances),
        ("evidence", N_("evidence"), bool(practice.evidence)),
    )
    return all_of(
        finding(
            "6 USC 966(a)",
            code,
            holds,
            N_("'%(practice)s' shows %(part)s."),
            N_("'%(practice)s' does not show %(part)s."),
            mend=N_("A best practice meets all five parts; complete it or put forward another."),
            where=practice.title,
            practice=practice.title,
            part=part,
        )
        for code, part, holds in parts
    )


@rule("6 USC 966(a)")
def sustained_commitment(validated_on: date | None, lapsed_on: Sequence[date], on: date, terms: Terms) -> Verdict:
    """Has the participant kept up what was validated, without a lapse, for the months that the programme asks?"""
    months = parameter("tier_3_commitment_months", on, terms).number
    since = months_before(on, months)
    lapses = sorted(day for day in lapsed_on if since < day <= on)
    return all_of(
        [
            finding(
                "6 USC 966(a)",
                "commitment_sustained",
                validated_on is not None and validated_on <= since,
                N_("Validated on %(validated)s, at least %(months)d months ago."),
                N_("Validated on %(validated)s; a sustained commitment is shown over at least %(months)d months."),
                mend=N_("Decide when %(months)d months have passed since validation."),
                where="validated_on",
                validated=validated_on or "-",
                months=months,
            ),
            finding(
                "6 USC 966(a)",
                "no_lapse",
                not lapses,
                N_("The commitment has not lapsed since %(since)s."),
                N_("The commitment lapsed on %(lapse)s."),
                mend=N_("Decide when %(months)d months have passed since the last lapse."),
                where="lapsed_on",
                since=since,
                lapse=lapses[-1] if lapses else "-",
                months=months,
            ),
        ]
    )


@rule("6 USC 966(a)", "6 USC 966(b)", "6 USC 971(a)")
def may_validate_tier_three(facts: TierThreeFacts, on: date, terms: Terms) -> Verdict:
    """May this validated participant be validated at the third tier on this day?"""
    return all_of(
        [
            *_ready(facts, terms),
            *sustained_commitment(facts.validated_on, facts.lapsed_on, on, terms).reasons,
            *_exceeds(facts.best_practices),
            *criteria_met(facts.criteria, facts.evaluations, on).reasons,
            as_recommended("6 USC 966(a)", facts.recommended, "validate"),
            second_person(facts.recommended_by, facts.decided_by),
        ]
    )


def _ready(facts: TierThreeFacts, terms: Terms) -> Sequence[Reason]:
    second, third = terms.tier(2), terms.tier(3)
    return (
        finding(
            "6 USC 966(a)",
            "holds_tier_two",
            facts.rank == 2 and third is not None,
            N_("The participant is validated as %(second)s."),
            N_("Only a participant validated as %(second)s may become %(third)s."),
            mend=N_("Validate the participant first."),
            where="rank",
            second=second.title if second else "2",
            third=third.title if third else "3",
        ),
        finding(
            "6 USC 966(a)",
            "standing_allows",
            facts.standing not in BARRING_STANDINGS,
            N_("Nothing in the standing of the participant bars it."),
            N_("The standing of the participant is '%(standing)s', which bars it."),
            mend=N_("Decide when the period has ended or an appeal has restored the standing."),
            where="standing",
            standing=facts.standing or "-",
        ),
    )


def _exceeds(practices: Sequence[BestPractice]) -> Iterator[Reason]:
    yield finding(
        "6 USC 966(a)",
        "practice_exceeds",
        any(is_best_practice(practice).granted for practice in practices),
        N_("At least one practice meets all five parts, and so exceeds the guidelines for validation."),
        N_("No practice meets all five parts, so nothing exceeds the guidelines for validation."),
        mend=N_("Put forward a practice with all five parts."),
        where="best_practices",
    )


@rule("6 USC 966(d)")
def designation_due() -> date:
    """The last day for designating the criteria and providing the benefits: two years after enactment."""
    years = history("tier_3_criteria_years")[0]
    return add_years(years.in_force_from, years.number)


@rule("6 USC 966(d)")
def designated_in_time(designated_on: date | None, benefits_on: date | None, on: date) -> Verdict:
    """Were criteria designated and benefits provided by the deadline, or is the deadline still ahead on this day?"""
    due = designation_due()
    return all_of(
        finding(
            "6 USC 966(d)",
            code,
            (day is not None and day <= due) or (day is None and on <= due),
            N_("Due on %(due)s; done on: %(day)s."),
            late,
            mend=N_("Record the day on which it was done; the duty stays on record as late."),
            where=code,
            due=due,
            day=day or "-",
        )
        for code, day, late in (
            ("criteria_designated", designated_on, N_("Criteria were due on %(due)s; designated on: %(day)s.")),
            ("benefits_provided", benefits_on, N_("Benefits were due on %(due)s; provided on: %(day)s.")),
        )
    )
