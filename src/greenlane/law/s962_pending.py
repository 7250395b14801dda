"""No change of accounts cuts off a protection or a decision, or is a way around one: 6 USC 962, 964(b), 967, 971(b)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, finding, rule

BARRING_STANDINGS = frozenset({"suspended", "expelled"})
"""Standings that a sanction of 967(b) gives: they bar every decision that would raise or move what a company holds."""

PROTECTED = frozenset({"consequence", "appeal"})
"""Cases in which the protections of 967 run."""

UNDECIDED = frozenset({"application", "investigation", "certification", "engagement"})
"""Cases in which something is determined about the company as it applied."""

CLOSES = frozenset({"validation", "revalidation"})
"""Cases of a merged account that its merger closes: the account in which it goes on has its own."""


@dataclass(frozen=True)
class Account:
    """An account on the day of a change. ``merged``: it goes on in another one; ``group``: its company group."""

    key: str
    name: str
    programme: str
    business_type: str
    group: str = ""
    standing: str = ""
    benefits_denied: bool = False
    consented: bool = False
    merged: bool = False


@dataclass(frozen=True)
class OpenCase:
    """An open case of one of the accounts."""

    reference: str
    kind: str


@dataclass(frozen=True)
class Pending:
    """What is under way. ``following``: what follows from a decision just made is still being carried out."""

    cases: tuple[OpenCase, ...] = ()
    following: bool = False


@rule("6 USC 962", "6 USC 965(a)", "6 USC 969(2)")
def becomes_of(kind: str, of_the_merged: bool) -> Literal["closes", "stays"]:
    """What becomes of an open case at a merger: only visits to the account that goes on in another one are closed."""
    return "closes" if of_the_merged and kind in CLOSES else "stays"


def officers_consented(*accounts: Account) -> Iterator[Reason]:
    """The officer of each account consented to this very change, and the consent stands."""
    for account in accounts:
        yield finding(
            "6 USC 961(a)",
            "officer_consented",
            account.consented,
            N_("An officer of %(name)s consented."),
            N_("No consent of an officer of %(name)s to this change is on record."),
            mend=N_("Ask the officer to give 'Consent to a change of the account' first."),
            name=account.name,
        )


def nothing_pending(pending: Pending, *accounts: Account) -> Iterator[Reason]:
    """No consequence runs or binds, nothing is left to decide about who the company is, and nothing is under way."""
    yield from _protections(pending, accounts)
    undecided = ", ".join(case.reference for case in pending.cases if case.kind in UNDECIDED)
    yield finding(
        "6 USC 964(b)",
        "nothing_undecided",
        not undecided,
        N_("No application, investigation, certification or engagement is open."),
        N_("A determination about one of the companies is not made yet: %(cases)s."),
        mend=N_("Finish it or withdraw it first: what is decided is about the company as it applied."),
        cases=undecided or "-",
    )
    yield finding(
        "6 USC 971(b)",
        "decisions_carried_out",
        not pending.following,
        N_("What was decided before is carried out."),
        N_("What follows from a decision about one of the accounts is still being carried out."),
        mend=N_("Try again in a minute."),
    )


def _protections(pending: Pending, accounts: tuple[Account, ...]) -> Iterator[Reason]:
    protected = ", ".join(case.reference for case in pending.cases if case.kind in PROTECTED)
    barred = ", ".join(account.name for account in accounts if account.standing in BARRING_STANDINGS)
    denied = ", ".join(account.name for account in accounts if account.benefits_denied)
    yield finding(
        "6 USC 967(c)",
        "no_consequence_or_appeal",
        not protected,
        N_("No consequence and no appeal is open."),
        N_("A consequence or an appeal is open: %(cases)s."),
        mend=N_("Wait until it has ended and the appeal process is complete; a change of accounts may not cut it off."),
        cases=protected or "-",
    )
    yield finding(
        "6 USC 967(b)",
        "not_barred",
        not barred,
        N_("No account is suspended or expelled."),
        N_("Suspended or expelled: %(names)s. A change of accounts is no way around it."),
        mend=N_("Wait for the end of the period or for a reinstatement."),
        names=barred or "-",
    )
    yield finding(
        "6 USC 967(a)",
        "no_denial_in_force",
        not denied,
        N_("No benefit is denied."),
        N_("Benefits are denied to: %(names)s. A change of accounts may not give them back."),
        mend=N_("Wait until the benefits are restored."),
        names=denied or "-",
    )
