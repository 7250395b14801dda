"""Benefits of the third tier, consulted on with both advisory committees, and released at all threat levels: 966(c)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from greenlane.law.sentences import N_
from greenlane.law.terms import Benefit, Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

EXPEDITED_RELEASE = "6 USC 966(c)(1)"
FEWER_EXAMINATIONS = "6 USC 966(c)(2)"
LOWER_SCORE = "6 USC 966(c)(4)"
EXERCISES = "6 USC 966(c)(5)"


@dataclass(frozen=True)
class TierThreePolicy:
    """A policy of third-tier benefits. Reductions are points and examination rates are per mille of shipments.

    ``release_levels``: threat levels at which expedited release is given; ``threat_levels``: all levels designated.
    ``*_consulted_on``: the day on which the consultation with that committee was concluded.
    """

    benefits: tuple[str, ...]
    effective_from: date
    commercial_consulted_on: date | None
    maritime_consulted_on: date | None
    threat_levels: tuple[str, ...] = ()
    release_levels: tuple[str, ...] = ()
    reduction_points: int = 0
    tier_two_reduction_points: int = 0
    examinations_per_mille: int = 0
    tier_two_examinations_per_mille: int = 0


@rule("6 USC 966(c)", "6 USC 966(c)(1)", "6 USC 966(c)(2)", "6 USC 966(c)(3)", "6 USC 966(c)(4)", "6 USC 966(c)(5)")
def may_publish_tier_three_policy(policy: TierThreePolicy, terms: Terms) -> Verdict:
    """May this policy of third-tier benefits take effect? Consulted on with both committees, each one real."""
    known = {benefit.code: benefit for benefit in terms.benefits}
    return all_of(
        [
            _consulted("commercial", policy.commercial_consulted_on, policy),
            _consulted("maritime", policy.maritime_consulted_on, policy),
            finding(
                "6 USC 966(c)",
                "some_benefit_offered",
                any(code in known and known[code].from_rank == 3 for code in policy.benefits),
                N_("The policy extends additional benefits."),
                N_("The policy extends no benefit of the third tier."),
                mend=N_("Add at least one benefit of the third tier."),
                where="benefits",
            ),
            *(reason for code in policy.benefits for reason in _benefit(code, known.get(code), policy)),
        ]
    )


def _consulted(committee: str, day: date | None, policy: TierThreePolicy) -> Reason:
    titles = {
        "commercial": N_("Commercial Operations Advisory Committee"),
        "maritime": N_("National Maritime Security Advisory Committee"),
    }
    return finding(
        "6 USC 966(c)",
        f"{committee}_consulted",
        day is not None and day <= policy.effective_from,
        N_("The %(committee)s was consulted, concluded on %(day)s."),
        N_("The consultation with the %(committee)s is not on record before %(effective)s."),
        mend=N_("Record the concluded consultation, then publish the policy."),
        where=f"consultation:{committee}",
        committee=titles[committee],
        day=day or "-",
        effective=policy.effective_from,
    )


def _benefit(code: str, benefit: Benefit | None, policy: TierThreePolicy) -> Iterator[Reason]:
    cite = benefit.citation.cite if benefit else "6 USC 966(c)"
    yield finding(
        cite,
        "benefit_known",
        benefit is not None,
        N_("%(benefit)s is a benefit of the programme."),
        N_("%(benefit)s is no benefit of the programme."),
        mend=N_("Choose benefits from the terms of the programme."),
        where=code,
        benefit=benefit.title if benefit else code,
    )
    if cite == EXPEDITED_RELEASE:
        missing = [level for level in policy.threat_levels if level not in policy.release_levels]
        yield finding(
            cite,
            "all_threat_levels",
            bool(policy.threat_levels) and not missing,
            N_("Expedited release is given at all threat levels."),
            N_("Expedited release is for all designated threat levels; missing: %(missing)s."),
            mend=N_("Add the missing threat levels to the policy."),
            where=code,
            missing=", ".join(missing) or "-",
        )
    elif cite == FEWER_EXAMINATIONS:
        yield _further(code, cite, policy.tier_two_examinations_per_mille - policy.examinations_per_mille)
    elif cite == LOWER_SCORE:
        yield _further(code, cite, policy.reduction_points - policy.tier_two_reduction_points)


def _further(code: str, cite: str, more: int) -> Reason:
    return finding(
        cite,
        "further_reduction",
        more > 0,
        N_("The reduction goes further than that of the second tier, by %(more)d."),
        N_("The reduction does not go further than that of the second tier; the difference is %(more)d."),
        mend=N_("Set a reduction that goes further."),
        where=code,
        more=more,
    )


@rule("6 USC 966(c)(5)")
def may_invite_to_exercise(earned_rank: int, exercise: str, why_appropriate: str, terms: Terms) -> Verdict:
    """May this participant be invited to a joint incident management exercise? Third tier, and where appropriate."""
    third = terms.tier(3)
    return all_of(
        [
            finding(
                EXERCISES,
                "earned_third_tier",
                third is not None and earned_rank >= 3,
                N_("The participant is %(third)s."),
                N_("Only a participant that is %(third)s is included."),
                mend=N_("Invite it when it is validated at the third tier."),
                where="rank",
                third=third.title if third else "3",
            ),
            finding(
                EXERCISES,
                "exercise_appropriate",
                bool(exercise.strip()) and bool(why_appropriate.strip()),
                N_("Appropriate for %(exercise)s: %(why)s"),
                N_("It is not said why it is appropriate to include this participant in %(exercise)s."),
                mend=N_("Name the exercise and write why including it is appropriate."),
                where="exercise",
                exercise=exercise or "-",
                why=why_appropriate or "-",
            ),
        ]
    )
