"""Rows of appeals as the facts that 967(c) asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from greenlane.appeals.decisions import Decided, called, took_part
from greenlane.appeals.models import Appeal
from greenlane.law import s967_appeals as law
from greenlane.law.clocks import Clock, Due, clock_of, due
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Verdict
from greenlane.programs.queries import terms_of

FILING = {law.DENIAL: "denial_appeal_filing", law.SANCTION: "sanction_appeal_filing"}
DETERMINATION = {law.DENIAL: "denial_appeal_determination", law.SANCTION: "sanction_appeal_determination"}
MAY_APPEAL = {law.DENIAL: law.may_appeal_denial, law.SANCTION: law.may_appeal_suspension}
"""One rule and one clock for each kind of decision: the two limits are never mixed (RC-25)."""


def may_appeal(decision: Decided, filed_on: date) -> Verdict:
    """May the participant appeal this decision on a day? The verdict shows the arithmetic of its own limit."""
    consequence = decision.consequence
    company = consequence.participant.legal_name
    facts = law.AppealFacts(
        decision=consequence.decision,
        decided_on=decision.decided_on,
        decided_against=company,
        appellant=company,
        filed_on=filed_on,
        filed_before=Appeal.objects.filter(decision_entry=decision.entry).exists(),
    )
    return MAY_APPEAL[consequence.decision](facts, terms_of(consequence.programme, decision.decided_on))


def last_day_to_file(decision: Decided, terms_of: Callable[[str, date], Terms] = terms_of) -> Due:
    """The last day for an appeal of this decision, with its arithmetic; *terms_of* where they are at hand already."""
    consequence = decision.consequence
    terms = terms_of(consequence.programme, decision.decided_on)
    return due(clock_of(FILING[consequence.decision]), decision.decided_on, terms=terms)


def determination_clock(kind: str) -> Clock:
    return clock_of(DETERMINATION[kind])


def determination_due(kind: str, filed_on: date, terms: Terms) -> Due:
    """The last day for the determination: 180 days from the filing."""
    return due(determination_clock(kind), filed_on, terms=terms)


def determination_facts(
    appeal: Appeal, decision: Decided, *, officer: str, outcome: law.Outcome, reasons: str, modified: str, late: str
) -> law.DeterminationFacts:
    """``officer`` as ``decisions.called`` names a person."""
    return law.DeterminationFacts(
        decision=appeal.decision,
        filed_on=appeal.filed_on,
        officer=officer,
        took_part=tuple(sorted(called(account) for account in took_part(decision))),
        outcome=outcome,
        reasons=reasons,
        modified_to=modified,
        lateness_reason=late,
    )


def listed_participant(decision: Decided, appeal: Appeal | None) -> law.ListedParticipant:
    """A participant as the list of 967(b) asks for it; *appeal* is that of this very decision."""
    return law.ListedParticipant(
        participant=decision.consequence.participant.legal_name,
        decision=decision.consequence.decision,
        decided_on=decision.decided_on,
        appeal=appeal_fact(appeal) if appeal is not None else None,
    )


def appeal_fact(appeal: Appeal) -> law.Appeal:
    return law.Appeal(
        filed_on=appeal.filed_on,
        outcome=law.Outcome(appeal.outcome) if appeal.outcome else None,
        determined_on=appeal.determined_on,
        withdrawn_on=appeal.withdrawn_on,
    )


def appeal_of_decision(decision: Decided) -> Appeal | None:
    """The appeal of this very decision; one of an earlier, remanded decision is none."""
    return Appeal.objects.filter(decision_entry=decision.entry).first()


def process_complete(decision: Decided, on: date) -> Verdict:
    """Is the process under 967(c) complete for this decision?"""
    facts = listed_participant(decision, appeal_of_decision(decision))
    return law.appeal_process_complete(facts, on, terms_of(decision.consequence.programme, on))
