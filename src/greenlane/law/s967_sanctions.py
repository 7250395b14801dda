"""Suspension and expulsion for knowingly false or misleading information, and reinstatement: 967(b)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from greenlane.law.listing import listed, written
from greenlane.law.s967_protections import EmergencyFacts, Protections, may_act_in_emergency, protected
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule


@dataclass(frozen=True)
class Misinformation:
    """A finding on information that the participant gave: what was said, what is so, and how it is known to be knowing.

    ``validation_from`` and ``validation_to`` are the first and last day of the validation process (None: still open).
    """

    said: str
    found: str
    given_on: date
    false_or_misleading: bool
    knowingly: bool
    ground_of_knowledge: str
    validation_from: date | None
    validation_to: date | None
    evidence: tuple[str, ...]

    @property
    def during_validation(self) -> bool:
        """Was it given in the validation process, its first and last day included?"""
        return (
            self.validation_from is not None
            and self.validation_from <= self.given_on
            and (self.validation_to is None or self.given_on <= self.validation_to)
        )

    @property
    def proved(self) -> bool:
        """Knowingly false or misleading, with the evidence and the ground on record."""
        return self.false_or_misleading and self.knowingly and written(self.ground_of_knowledge) and bool(self.evidence)


@dataclass(frozen=True)
class SanctionFacts:
    """A suspension or expulsion: of whom, on which finding, from which day until which, and the protections before it.

    ``rank`` is the tier held (0: none); one that is suspended already can still be expelled.
    ``emergency`` is an action to protect national security: the protections then follow instead of preceding.
    """

    participant: str
    rank: int
    standing: str
    finding: Misinformation
    period_from: date | None
    period_until: date | None
    protections: Protections
    emergency: EmergencyFacts | None = None


@rule("6 USC 967(b)")
def may_suspend(facts: SanctionFacts, on: date, terms: Terms) -> Verdict:
    """A participant that knowingly misinformed in validation is suspended for a stated period."""
    return all_of(_sanction(facts, on, terms))


@rule("6 USC 967(b)")
def may_expel(facts: SanctionFacts, on: date, terms: Terms) -> Verdict:
    """A participant that knowingly misinformed in validation is expelled for a stated period."""
    return all_of(_sanction(facts, on, terms))


def _sanction(facts: SanctionFacts, on: date, terms: Terms) -> Iterator[Reason]:
    yield finding(
        "6 USC 967(b)",
        "is_participant",
        facts.rank > 0 or facts.standing == "suspended",
        N_("%(participant)s takes part in the programme."),
        N_("%(participant)s holds no tier of the programme (standing: %(standing)s)."),
        mend=N_("Only a participant can be suspended or expelled."),
        participant=facts.participant,
        standing=facts.standing or "-",
    )
    yield from _misinformed(facts.finding)
    since, until = facts.period_from, facts.period_until
    yield finding(
        "6 USC 967(b)",
        "period_stated",
        since is not None and until is not None and on <= since < until,
        N_("The period is stated: from %(since)s until %(until)s."),
        N_("The period must be stated and begin on %(day)s or later; given: from %(since)s until %(until)s."),
        mend=N_("State the first and the last day of the suspension or expulsion."),
        where="period",
        since=since or "-",
        until=until or "-",
        day=on,
    )
    if facts.emergency is not None:
        yield from may_act_in_emergency(facts.emergency, on).reasons
    else:
        yield from protected(facts.protections, "suspension_response_days", on, terms)


def _misinformed(found: Misinformation) -> Iterator[Reason]:
    yield finding(
        "6 USC 967(b)",
        "during_validation",
        found.during_validation,
        N_("It was given on %(given)s, in the validation process (%(since)s to %(until)s)."),
        N_("It was given on %(given)s, not in the validation process (%(since)s to %(until)s)."),
        mend=N_("Outside validation, 967(a) applies: deny benefits for the requirement that is not met."),
        where="given_on",
        given=found.given_on,
        since=found.validation_from or "-",
        until=found.validation_to or "-",
    )
    yield finding(
        "6 USC 967(b)",
        "knowingly_false_or_misleading",
        found.proved,
        N_("Said: %(said)s Found: %(found)s Known to be false: %(ground)s"),
        N_("It is not on record, with evidence, that this was false or misleading and that the participant knew it."),
        mend=N_("Record the evidence, and why the participant knew; a mistake is no ground for suspension."),
        where="finding",
        said=found.said,
        found=found.found,
        ground=found.ground_of_knowledge,
    )


@rule("6 USC 967(b)")
def may_close_without_sanction(found: Misinformation) -> Verdict:
    """A finding of knowingly false information in validation is not closed without suspension or expulsion: 'shall'."""
    return Verdict(
        (
            finding(
                "6 USC 967(b)",
                "no_sanction_owed",
                not (found.proved and found.during_validation),
                N_("Nothing is found that owes a suspension or expulsion."),
                N_("Knowingly false or misleading information in validation owes a suspension or an expulsion."),
                mend=N_("Suspend or expel for an appropriate period."),
            ),
        )
    )


# ---------------------------------------------------------------------------------------------- reinstatement


@dataclass(frozen=True)
class CorrectiveAction:
    """An action of the corrective plan: its goal, the day of the goal, and the day and evidence of its completion."""

    goal: str
    goal_on: date | None
    done_on: date | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReinstatementFacts:
    """A participant to be reinstated, the last day of the stated period, and its corrective action plan.

    ``period_until`` None: no period was stated (a denial under 967(a)); ``accepted_by`` accepted the plan.
    """

    participant: str
    standing: str
    period_until: date | None
    actions: tuple[CorrectiveAction, ...]
    accepted_by: str


@rule("6 USC 967(a)", "6 USC 967(b)")
def may_reinstate(facts: ReinstatementFacts, on: date) -> Verdict:
    """After the stated period a participant returns on an accepted corrective plan with dated goals, kept so far."""
    undated = [a.goal for a in facts.actions if a.goal_on is None]
    behind = [a.goal for a in facts.actions if a.goal_on is not None and a.goal_on <= on and not _kept(a, on)]
    cite = "6 USC 967(b)" if facts.period_until is not None else "6 USC 967(a)"
    return all_of(
        (
            finding(
                cite,
                "period_over",
                facts.period_until is None or on > facts.period_until,
                N_("No stated period stands in the way (until: %(until)s)."),
                N_("The stated period runs until %(until)s; %(day)s is too early."),
                mend=N_("Reinstate after %(until)s, or when an appeal reverses the decision."),
                until=facts.period_until or "-",
                day=on,
            ),
            finding(
                cite,
                "plan_with_dated_goals",
                bool(facts.actions) and not undated and written(facts.accepted_by),
                N_("%(officer)s accepted a corrective action plan of %(count)d actions, each with a dated goal."),
                N_("There is no accepted corrective action plan with dated goals (without a day: %(undated)s)."),
                mend=N_("Give each goal a day, and have an officer accept the plan."),
                where="actions",
                officer=facts.accepted_by,
                count=len(facts.actions),
                undated=listed(undated),
            ),
            finding(
                cite,
                "goals_kept",
                not behind,
                N_("Every goal whose day has come is done, with evidence."),
                N_("Goals whose day has come, not done with evidence: %(behind)s."),
                mend=N_("Complete and show: %(behind)s."),
                where=behind[0] if behind else "",
                behind=listed(behind),
            ),
        )
    )


def _kept(action: CorrectiveAction, on: date) -> bool:
    return action.done_on is not None and action.done_on <= on and bool(action.evidence)
