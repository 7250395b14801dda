"""Consequences for lack of compliance: denial of benefits here, all of the section to import from: 967."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from greenlane.law.listing import left_out, listed, written
from greenlane.law.s967_appeals import (
    DENIAL,
    SANCTION,
    Appeal,
    AppealFacts,
    DeterminationFacts,
    FederalRegisterList,
    ListedParticipant,
    Outcome,
    appeal_process_complete,
    may_appeal_denial,
    may_appeal_suspension,
    may_determine_appeal,
    may_publish_in_federal_register,
    may_see_list,
    restoration_from,
)
from greenlane.law.s967_endings import EndingFacts, may_end_without_reinstatement
from greenlane.law.s967_protections import (
    EmergencyFacts,
    Protections,
    may_act_in_emergency,
    may_confirm_emergency,
    protected,
)
from greenlane.law.s967_sanctions import (
    CorrectiveAction,
    Misinformation,
    ReinstatementFacts,
    SanctionFacts,
    may_close_without_sanction,
    may_expel,
    may_reinstate,
    may_suspend,
)
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

__all__ = [
    "DENIAL",
    "SANCTION",
    "Appeal",
    "AppealFacts",
    "CorrectiveAction",
    "DenialFacts",
    "DeterminationFacts",
    "EmergencyFacts",
    "EndingFacts",
    "Failure",
    "FederalRegisterList",
    "ListedParticipant",
    "Misinformation",
    "Outcome",
    "Protections",
    "ReinstatementFacts",
    "SanctionFacts",
    "appeal_process_complete",
    "denied_in_whole",
    "may_act_in_emergency",
    "may_appeal_denial",
    "may_appeal_suspension",
    "may_close_without_sanction",
    "may_confirm_emergency",
    "may_deny",
    "may_determine_appeal",
    "may_end_without_reinstatement",
    "may_expel",
    "may_publish_in_federal_register",
    "may_reinstate",
    "may_see_list",
    "may_suspend",
    "protected",
    "restoration_from",
]


# --------------------------------------------------------------------------------------------- (a) denial


@dataclass(frozen=True)
class Failure:
    """A recorded failure: the requirement by its number or clause, what was found, when, and the evidence."""

    requirement: str
    found: str
    found_on: date
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class DenialFacts:
    """A denial of benefits: of whom, for what failures, which benefits, and the protections that came before.

    ``requirements`` are those that apply to the participant; ``denied`` the benefits already denied.
    """

    participant: str
    rank: int
    requirements: tuple[str, ...]
    failures: tuple[Failure, ...]
    benefits: tuple[str, ...]
    protections: Protections
    denied: tuple[str, ...] = ()


@rule("6 USC 967(a)", "6 USC 967")
def may_deny(facts: DenialFacts, on: date, terms: Terms) -> Verdict:
    """Benefits are denied, each alone or all, for a failure to meet a named requirement, after the protections."""
    return all_of(
        (
            *_failures(facts, on),
            *_benefits(facts, terms),
            *protected(facts.protections, "consequence_response_days", on, terms),
        )
    )


@rule("6 USC 967(a)")
def denied_in_whole(facts: DenialFacts, terms: Terms) -> bool:
    """Is nothing left of the participant's benefits when these are denied?"""
    return not left_out(_available(facts, terms), (*facts.benefits, *facts.denied))


def _available(facts: DenialFacts, terms: Terms) -> tuple[str, ...]:
    return tuple(b.code for b in terms.benefits if b.from_rank <= facts.rank)


def _failures(facts: DenialFacts, on: date) -> Iterator[Reason]:
    named = [f for f in facts.failures if f.requirement in facts.requirements]
    bare = [f.requirement or "-" for f in named if not (f.evidence and written(f.found) and f.found_on <= on)]
    strange = left_out((f.requirement for f in facts.failures), facts.requirements)
    yield finding(
        "6 USC 967(a)",
        "requirement_named",
        bool(named) and not strange,
        N_("Not met by %(participant)s: %(named)s."),
        N_("The failures name no requirement that applies to %(participant)s (given: %(strange)s)."),
        mend=N_("Name the requirement by its number or clause; it must apply to this participant."),
        where="failures",
        participant=facts.participant,
        named=listed(f.requirement for f in named),
        strange=listed(strange),
    )
    yield finding(
        "6 USC 967(a)",
        "failure_recorded",
        not bare,
        N_("Each failure is recorded with what was found and the evidence."),
        N_("Without a finding, a day or evidence: %(bare)s."),
        mend=N_("Record what was found, when, and the evidence for: %(bare)s."),
        where=bare[0] if bare else "",
        bare=listed(bare),
    )


def _benefits(facts: DenialFacts, terms: Terms) -> Iterator[Reason]:
    available = _available(facts, terms)
    strange = left_out(facts.benefits, available)
    again = [b for b in dict.fromkeys(facts.benefits) if b in facts.denied]
    yield finding(
        "6 USC 967(a)",
        "benefits_otherwise_available",
        bool(facts.benefits) and not strange,
        N_("%(count)d of %(all)d benefits are denied: %(benefits)s."),
        N_("Name benefits otherwise available to %(participant)s; these are not: %(strange)s."),
        mend=N_("Choose among: %(available)s."),
        where="benefits",
        participant=facts.participant,
        count=len(set(facts.benefits)),
        all=len(available),
        benefits=listed(facts.benefits),
        strange=listed(strange),
        available=listed(available),
    )
    yield finding(
        "6 USC 967(a)",
        "not_denied_already",
        not again,
        N_("None of them is denied already."),
        N_("Denied already: %(again)s."),
        mend=N_("Take out: %(again)s."),
        where="benefits",
        again=listed(again),
    )
