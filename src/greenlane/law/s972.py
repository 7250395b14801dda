"""Additional personnel owed for fiscal years 2008 and 2009: 972."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from greenlane.law.calendar import fiscal_year_end, fiscal_year_start
from greenlane.law.parameters import NotInForce, parameter
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Verdict, all_of, finding, rule


@dataclass(frozen=True)
class PersonnelFacts:
    """Full-time personnel engaged in validation and revalidation, by count.

    ``before`` is the count on the last day of the previous fiscal year, ``now`` the count on ``counted_on``;
    ``trained`` counts the additional personnel whose training is on record.
    """

    fiscal_year: int
    before: int
    now: int
    counted_on: date
    trained: int


def increase_owed(fiscal_year: int) -> int:
    """The least number of additional full-time personnel owed for the fiscal year; 0 where the law owes none (972)."""
    try:
        return parameter("additional_personnel", fiscal_year_start(fiscal_year)).number
    except NotInForce:
        return 0


@rule("6 USC 972")
def personnel_increase_met(facts: PersonnelFacts) -> Verdict:
    """Full-time personnel rise by the number owed over the last day of the previous fiscal year, and are trained."""
    owed = increase_owed(facts.fiscal_year)
    increase = facts.now - facts.before
    first, last = fiscal_year_start(facts.fiscal_year), fiscal_year_end(facts.fiscal_year)
    return all_of(
        (
            finding(
                "6 USC 972",
                "counted_in_year",
                first <= facts.counted_on <= last,
                N_("Counted on %(day)s, in fiscal year %(year)d (%(first)s to %(last)s)."),
                N_("Counted on %(day)s, which is not in fiscal year %(year)d (%(first)s to %(last)s)."),
                mend=N_("Give a count of a day in that fiscal year."),
                where="counted_on",
                day=facts.counted_on,
                year=facts.fiscal_year,
                first=first,
                last=last,
            ),
            finding(
                "6 USC 972",
                "increase",
                not owed or increase >= owed,
                N_("%(now)d less %(before)d is %(increase)d more; %(owed)d were owed for fiscal year %(year)d."),
                N_("%(now)d less %(before)d is %(increase)d; %(owed)d more were owed for fiscal year %(year)d."),
                mend=N_("Engage %(short)d more full-time personnel before the fiscal year ends."),
                where="now",
                now=facts.now,
                before=facts.before,
                increase=increase,
                owed=owed,
                short=owed - increase,
                year=facts.fiscal_year,
            ),
            finding(
                "6 USC 972",
                "additional_trained",
                facts.trained >= min(max(increase, 0), owed),
                N_("%(trained)d of the additional personnel are trained."),
                N_("%(trained)d of the %(increase)d additional personnel are trained."),
                mend=N_("Train and support each additional person, and record it."),
                where="trained",
                trained=facts.trained,
                increase=increase,
            ),
        )
    )
