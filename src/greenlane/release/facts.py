"""A policy and an entry as the facts that 964(a), 965(b), 966(c) and 19 USC 4311(b)(4) ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from greenlane.law.s964_benefits import (
    Threshold,
    may_publish_benefit_policy,
    offers_limited_benefits,
)
from greenlane.law.s965_benefits import offers_validated_benefits
from greenlane.law.s966_benefits import TierThreePolicy, may_publish_tier_three_policy
from greenlane.law.t19_4311_release import AgencyAnswer, Answer, ReleaseFacts
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict
from greenlane.release.engine.inputs import THREAT_LEVELS
from greenlane.release.models import ReleasePolicy
from greenlane.release.numbers import PolicyNumbers, numbers_of

LEVELS = tuple(str(level) for level in range(THREAT_LEVELS))
"""All threat levels that an entry can name. The release of a third-tier participant knows none (966(c)(1))."""


def in_points(permille: int, threshold: int) -> int:
    """Thousandths of a threshold in whole points, rounded down as the graph does."""
    return threshold * permille // 1000


def capped(numbers: PolicyNumbers, thresholds: Iterable[Threshold], begins: date) -> Iterator[Reason]:
    """The reduction of the first tier held against each threshold in force on the day that it begins, or set for later.

    The reduction is a share of the threshold, so that it is held in points against each one by itself (RC-10).
    """
    known = sorted(thresholds, key=lambda one: one.in_force_from)
    begun = [one for one in known if one.in_force_from <= begins][-1:]
    for one in (*begun, *(later for later in known if later.in_force_from > begins)):
        points = in_points(numbers.tier_one_permille, one.points)
        yield from may_publish_benefit_policy(points, (one,), max(begins, one.in_force_from)).reasons
    if not begun:
        yield from may_publish_benefit_policy(0, (), begins).reasons


def offered(numbers: PolicyNumbers, terms: Terms, rank: int) -> tuple[str, ...]:
    """The benefits of a tier to which the policy gives effect: a reduction of nothing offers nothing."""
    empty = {
        "score_reduction": numbers.tier_one_permille <= 0,
        "validated_score_reduction": numbers.tier_two_permille <= 0,
        "reduced_examinations": numbers.tier_two_rate >= numbers.random_rate,
    }
    return tuple(one.code for one in terms.benefits if one.from_rank == rank and not empty.get(one.code, False))


def third_tier(policy: ReleasePolicy, numbers: PolicyNumbers, terms: Terms, threshold: int) -> Verdict:
    """966(c): both committees consulted, and each benefit real. Examination rates are compared in whole per mille."""
    return may_publish_tier_three_policy(
        TierThreePolicy(
            benefits=offered(numbers, terms, 3),
            effective_from=policy.effective_from,
            commercial_consulted_on=policy.commercial_consulted_on,
            maritime_consulted_on=policy.maritime_consulted_on,
            threat_levels=LEVELS,
            release_levels=LEVELS,
            reduction_points=in_points(numbers.tier_three_permille, threshold),
            tier_two_reduction_points=in_points(numbers.tier_two_permille, threshold),
            examinations_per_mille=-(-numbers.tier_three_rate // 10),
            tier_two_examinations_per_mille=numbers.tier_two_rate // 10,
        ),
        terms,
    )


def publishing_reasons(policy: ReleasePolicy, thresholds: tuple[Threshold, ...], terms: Terms) -> Iterator[Reason]:
    """All that 964(a), 965(b) and 966(c) ask of a policy before it takes effect."""
    numbers = numbers_of(policy.numbers)
    yield from capped(numbers, thresholds, policy.effective_from)
    yield from offers_limited_benefits(offered(numbers, terms, 1), terms).reasons
    yield from offers_validated_benefits(offered(numbers, terms, 2), terms).reasons
    begun = [one for one in thresholds if one.in_force_from <= policy.effective_from]
    current = max(begun, key=lambda one: one.in_force_from).points if begun else 0
    yield from third_tier(policy, numbers, terms, current).reasons


SAID = {
    "proceed": Answer.MAY_PROCEED,
    "documents_required": Answer.HOLD,
    "hold": Answer.HOLD,
    "intensive": Answer.INTENSIVE_EXAM,
    "rejected": Answer.DATA_REJECTED,
    "refused": Answer.REFUSED,
}
"""The answers of agencies as the law knows them. Who reviews has not answered yet."""


def release_facts(number: str, authorities: Iterable[str], said: Iterable[tuple[str, str]]) -> ReleaseFacts:
    """An entry, who has authority over it, and what each agency says in the end, for the law."""
    answers = tuple(AgencyAnswer(agency, SAID[answer]) for agency, answer in said if answer in SAID)
    return ReleaseFacts(number, tuple(authorities), answers)
