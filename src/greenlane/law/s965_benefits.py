"""Benefits that come with validation, never one above the tier that was earned: 6 USC 965(b)."""

from __future__ import annotations

from collections.abc import Sequence

from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Verdict, all_of, finding, rule


@rule("6 USC 965(b)", "6 USC 965(b)(1)", "6 USC 965(b)(2)", "6 USC 965(b)(3)")
def may_extend_benefit(benefit: str, earned_rank: int, terms: Terms) -> Verdict:
    """May this benefit be given to a participant that has earned this tier? Never one above what was earned."""
    known = next((b for b in terms.benefits if b.code == benefit), None)
    needed = terms.tier(known.from_rank) if known else None
    return all_of(
        [
            finding(
                known.citation.cite if known else "6 USC 965(b)",
                "benefit_earned",
                known is not None and earned_rank >= known.from_rank,
                N_("%(benefit)s is given from %(tier)s, which the participant has earned."),
                N_("%(benefit)s is given from %(tier)s, which the participant has not earned.")
                if known
                else N_("%(benefit)s is no benefit of this programme."),
                mend=N_("Give it when the participant is validated at that tier."),
                where=benefit,
                benefit=known.title if known else benefit,
                tier=needed.title if needed else "-",
            )
        ]
    )


@rule("6 USC 965(b)")
def offers_validated_benefits(offered: Sequence[str], terms: Terms) -> Verdict:
    """Does the second-tier policy give a benefit that only a validated participant has, and none above it?"""
    ranks = {benefit.code: benefit.from_rank for benefit in terms.benefits}
    some = finding(
        "6 USC 965(b)",
        "validated_benefit_offered",
        any(ranks.get(code) == 2 for code in offered),
        N_("The policy offers benefits that come with validation."),
        N_("The policy offers nothing that comes with validation, and the law says that benefits shall be extended."),
        mend=N_("Add at least one benefit of the second tier."),
        where="benefits",
    )
    return all_of([some, *(r for code in offered for r in may_extend_benefit(code, 2, terms).reasons)])
