"""What follows a stated period when nobody was reinstated: 967(b)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from greenlane.law.calendar import add_days
from greenlane.law.parameters import parameter
from greenlane.law.s967_sanctions import ReinstatementFacts, may_reinstate
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Verdict, all_of, finding, rule


@dataclass(frozen=True)
class EndingFacts:
    """A suspension or expulsion to be ended without reinstatement: when it was decided, and how its plan stands.

    ``plan_waits``: the participant put a corrective action plan forward that nobody has answered yet. ``expelled``: an
    expulsion has no way back but a new application, so no plan is waited for.
    """

    reinstatement: ReinstatementFacts
    decided_on: date
    expelled: bool
    plan_waits: bool = False


@rule("6 USC 967(b)")
def may_end_without_reinstatement(facts: EndingFacts, on: date, terms: Terms) -> Verdict:
    """The law sanctions for a period only: after it, one that has no plan to return on takes no part and may apply."""
    held = facts.reinstatement
    days = parameter("suspension_response_days", facts.decided_on, terms).number
    last = add_days(facts.decided_on, days)
    return all_of(
        (
            finding(
                "6 USC 967(b)",
                "period_over",
                held.period_until is not None and on > held.period_until,
                N_("The stated period ended on %(until)s."),
                N_("The stated period runs until %(until)s; %(day)s is too early."),
                mend=N_("Wait until the day after %(until)s."),
                until=held.period_until or "-",
                day=on,
            ),
            finding(
                "6 USC 967(b)",
                "time_for_a_plan_over",
                facts.expelled or on > last,
                N_("The time for a corrective action plan is over (%(days)d days from %(decided)s: until %(last)s)."),
                N_("The participant may put a corrective action plan forward until %(last)s (%(days)d days)."),
                mend=N_("Wait until the day after %(last)s, or reinstate on a plan before."),
                days=days,
                decided=facts.decided_on,
                last=last,
            ),
            finding(
                "6 USC 967(b)",
                "plan_answered",
                facts.expelled or not facts.plan_waits,
                N_("No corrective action plan waits for an answer."),
                N_("A corrective action plan waits for an answer."),
                mend=N_("Accept the plan, or return it with what is missing."),
                where="actions",
            ),
            finding(
                "6 USC 967(b)",
                "no_way_back_on_a_plan",
                facts.expelled or not may_reinstate(held, on).granted,
                N_("There is no plan, kept so far, on which %(participant)s could return."),
                N_("%(participant)s keeps its corrective action plan, and can be reinstated."),
                mend=N_("Reinstate the participant."),
                participant=held.participant,
            ),
        )
    )
