"""Preclearance and immediate clearance for the highest levels of compliance: 19 USC 4311(b)(1), (b)(4)(D)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from greenlane.law.listing import listed
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule


@dataclass(frozen=True)
class ComplianceFacts:
    """A person's standing and record of compliance with laws, regulations and other requirements.

    ``assessed`` says that the record was examined at all, ``failures`` names what is open in it, ``holds`` the agencies
    that hold the transaction, ``threats`` the information that it may pose a national security or compliance threat.
    """

    participant: str
    rank: int
    assessed: bool
    failures: tuple[str, ...]
    holds: tuple[str, ...] = ()
    threats: tuple[str, ...] = ()


@rule("19 USC 4311(b)(1)")
def may_preclear(facts: ComplianceFacts, terms: Terms) -> Verdict:
    """Merchandise is precleared for qualified persons that demonstrate the highest levels of compliance."""
    return all_of(_highest_compliance("19 USC 4311(b)(1)", facts, terms))


@rule("19 USC 4311(b)(4)(D)")
def may_clear_immediately(facts: ComplianceFacts, terms: Terms) -> Verdict:
    """Qualified persons clear at once, absent information of a threat: a hold or a threat always wins."""
    cite = "19 USC 4311(b)(4)(D)"
    reasons = list(_highest_compliance(cite, facts, terms))
    reasons.append(
        finding(
            cite,
            "no_hold",
            not facts.holds,
            N_("No agency holds this transaction."),
            N_("Held by: %(who)s. A hold always wins."),
            mend=N_("Wait until each of these agencies lifts its hold: %(who)s."),
            who=listed(facts.holds),
        )
    )
    reasons.append(
        finding(
            cite,
            "no_threat",
            not facts.threats,
            N_("There is no information that this transaction may pose a national security or compliance threat."),
            N_("There is information that this transaction may pose a threat: %(threats)s."),
            mend=N_("The transaction goes through ordinary examination."),
            threats=listed(facts.threats),
        )
    )
    return all_of(reasons)


def _highest_compliance(cite: str, facts: ComplianceFacts, terms: Terms) -> Iterator[Reason]:
    top = max((tier.rank for tier in terms.tiers), default=1)
    yield finding(
        cite,
        "highest_tier",
        facts.rank >= top,
        N_("%(participant)s holds the highest tier of %(programme)s (%(rank)d of %(top)d)."),
        N_("%(participant)s holds tier %(rank)d of %(top)d of %(programme)s; the highest is needed."),
        mend=N_("Earn the highest tier of the programme first."),
        participant=facts.participant,
        programme=terms.title,
        rank=facts.rank,
        top=top,
    )
    yield finding(
        cite,
        "highest_compliance",
        facts.assessed and not facts.failures,
        N_("The record of compliance of %(participant)s was examined and shows no open failure."),
        N_("The record of compliance of %(participant)s was not examined, or shows open failures: %(failures)s."),
        mend=N_("Settle each open failure, and ask for the record to be examined."),
        participant=facts.participant,
        failures=listed(facts.failures),
    )
