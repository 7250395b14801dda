"""Benefits of the first tier: limited, and a score reduction that never passes 20 % of the threshold: 6 USC 964(a)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from greenlane.law.parameters import history
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule


@dataclass(frozen=True)
class Threshold:
    """The high-risk threshold in points, in force from a day until the next one begins."""

    in_force_from: date
    points: int


@rule("6 USC 964(a)")
def tier_one_cap(threshold_points: int) -> int:
    """The greatest score reduction of a first-tier participant: 20 % of the high-risk threshold, in whole points.

    Rounded down, for a fraction of a point more would pass 20 %. Raises ValueError for a threshold below 0.
    """
    if threshold_points < 0:
        raise ValueError("a high-risk threshold is not below 0")
    return threshold_points * history("tier_1_reduction_cap_percent")[-1].number // 100


@rule("6 USC 964(a)")
def may_publish_benefit_policy(reduction_points: int, thresholds: Sequence[Threshold], on: date) -> Verdict:
    """May a first-tier score reduction take effect on this day, under each threshold in force then or set for later?"""
    begun = [t for t in thresholds if t.in_force_from <= on]
    current = [max(begun, key=lambda t: t.in_force_from)] if begun else []
    later = sorted((t for t in thresholds if t.in_force_from > on), key=lambda t: t.in_force_from)
    known = finding(
        "6 USC 964(a)",
        "threshold_in_force",
        bool(current),
        N_("A high-risk threshold is in force on %(on)s."),
        N_("No high-risk threshold is in force on %(on)s, so no reduction can be held against it."),
        mend=N_("Record the high-risk threshold with the day it takes effect, then publish the policy."),
        where="threshold",
        on=on,
    )
    return all_of(
        [known, _not_negative(reduction_points), *(_capped(reduction_points, t, on) for t in current + later)]
    )


def _not_negative(reduction_points: int) -> Reason:
    return finding(
        "6 USC 964(a)",
        "reduction_is_a_benefit",
        reduction_points >= 0,
        N_("The reduction is %(reduction)d points."),
        N_("A reduction of %(reduction)d points would raise the score; that is no benefit."),
        mend=N_("Give the reduction as points from 0 upwards."),
        where="reduction",
        reduction=reduction_points,
    )


def _capped(reduction_points: int, threshold: Threshold, on: date) -> Reason:
    return finding(
        "6 USC 964(a)",
        "reduction_capped",
        reduction_points <= tier_one_cap(threshold.points),
        N_("%(reduction)d points are not more than %(cap)d, which is 20 %% of %(threshold)d, in force from %(since)s."),
        N_("%(reduction)d points are more than %(cap)d, which is 20 %% of %(threshold)d, in force from %(since)s."),
        mend=N_("Set a reduction of at most %(cap)d points from %(since)s."),
        where="reduction",
        reduction=reduction_points,
        cap=tier_one_cap(threshold.points),
        threshold=threshold.points,
        since=max(threshold.in_force_from, on),
    )


@rule("6 USC 964(a)")
def offers_limited_benefits(offered: Sequence[str], terms: Terms) -> Verdict:
    """Does a first-tier policy offer at least one benefit, and none that only a higher tier may have?

    The law says that benefits 'shall' be offered and that they 'may' include a score reduction: a policy without one is
    lawful, a policy without any benefit is not.
    """
    ranks = {benefit.code: benefit.from_rank for benefit in terms.benefits}
    some = finding(
        "6 USC 964(a)",
        "some_benefit_offered",
        bool(offered),
        N_("The policy offers %(count)d benefits."),
        N_("The policy offers no benefit, and the law says that some shall be offered."),
        mend=N_("Add at least one benefit of the first tier; a score reduction is one of several that may be chosen."),
        where="benefits",
        count=len(offered),
    )
    return all_of([some, *(_limited(code, ranks.get(code), terms) for code in offered)])


def _limited(code: str, rank: int | None, terms: Terms) -> Reason:
    first = terms.tier(1)
    return finding(
        "6 USC 964(a)",
        "benefit_limited",
        rank == 1,
        N_("'%(benefit)s' is a benefit of %(tier)s."),
        N_("'%(benefit)s' is not a benefit of %(tier)s in %(programme)s."),
        mend=N_("Remove it from this policy, or offer it from the tier that may have it."),
        where=code,
        benefit=code,
        tier=first.title if first else "1",
        programme=terms.title,
    )
