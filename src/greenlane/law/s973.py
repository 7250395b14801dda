"""Authorizations by fiscal year, available until expended: 973."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from greenlane.law.calendar import fiscal_year_start
from greenlane.law.parameters import NotInForce, Parameter, parameter
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

PROGRAMME, PERSONNEL = "programme", "personnel"
PURPOSES = {
    PROGRAMME: ("programme_authorization_usd", "6 USC 973(a)"),
    PERSONNEL: ("personnel_authorization_usd", "6 USC 973(b)"),
}
"""What money is for: carrying out sections 961 through 971, or the staffing requirement of section 972."""


@dataclass(frozen=True)
class ObligationFacts:
    """Money to be obligated, in whole dollars, from the authorization of a fiscal year; *purpose* is of PURPOSES.

    ``obligated`` is what was obligated from that authorization before, on any day: it stays available until expended.
    """

    purpose: str
    fiscal_year: int
    amount: int
    obligated: int


def authorization(purpose: str, fiscal_year: int) -> Parameter | None:
    """The authorization for a purpose and fiscal year; None where there is none. Raises KeyError for another."""
    try:
        return parameter(PURPOSES[purpose][0], fiscal_year_start(fiscal_year))
    except NotInForce:
        return None


@rule(
    "6 USC 973",
    "6 USC 973(a)",
    "6 USC 973(a)(1)",
    "6 USC 973(a)(2)",
    "6 USC 973(a)(3)",
    "6 USC 973(b)",
    "6 USC 973(b)(1)",
    "6 USC 973(b)(2)",
    "6 USC 973(b)(3)",
    "6 USC 973(b)(4)",
    "6 USC 973(b)(5)",
)
def may_obligate(facts: ObligationFacts, on: date) -> Verdict:
    """Money is obligated only within the authorization of its fiscal year, from that year on, until expended."""
    if facts.purpose not in PURPOSES:
        return Verdict((_unknown_purpose(facts),))
    row = authorization(facts.purpose, facts.fiscal_year)
    if row is None:
        return Verdict((_no_authorization(facts),))
    cite = row.citation.cite
    left = row.number - facts.obligated
    since = fiscal_year_start(facts.fiscal_year)
    return all_of(
        (
            finding(
                cite,
                "year_begun",
                since <= on,
                N_("The authorization for fiscal year %(year)d is available from %(since)s until expended."),
                N_("The authorization for fiscal year %(year)d is available from %(since)s; %(day)s is earlier."),
                mend=N_("Obligate it from %(since)s."),
                year=facts.fiscal_year,
                since=since,
                day=on,
            ),
            finding(
                cite,
                "amount_positive",
                facts.amount > 0,
                N_("%(amount)s dollars are to be obligated."),
                N_("%(amount)s dollars cannot be obligated: give an amount above nothing."),
                mend=N_("Give the amount in whole dollars."),
                where="amount",
                amount=_dollars(facts.amount),
            ),
            finding(
                cite,
                "within_authorization",
                facts.amount <= left,
                N_("%(amount)s of %(left)s dollars left (%(total)s authorized less %(before)s obligated)."),
                N_("%(amount)s is more than the %(left)s dollars left (%(total)s authorized, %(before)s obligated)."),
                mend=N_("Obligate no more than %(left)s dollars from fiscal year %(year)d."),
                where="amount",
                amount=_dollars(facts.amount),
                left=_dollars(left),
                total=_dollars(row.number),
                before=_dollars(facts.obligated),
                year=facts.fiscal_year,
            ),
        )
    )


def _unknown_purpose(facts: ObligationFacts) -> Reason:
    return finding(
        "6 USC 973",
        "purpose",
        False,
        "",
        N_("The law authorizes no money for '%(purpose)s'."),
        mend=N_("Use '%(programme)s' (sections 961 through 971) or '%(personnel)s' (section 972)."),
        where="purpose",
        purpose=facts.purpose,
        programme=PROGRAMME,
        personnel=PERSONNEL,
    )


def _no_authorization(facts: ObligationFacts) -> Reason:
    return finding(
        PURPOSES[facts.purpose][1],
        "authorized_year",
        False,
        "",
        N_("This section authorizes nothing for fiscal year %(year)d."),
        mend=N_("Choose a fiscal year that this section names."),
        where="fiscal_year",
        year=facts.fiscal_year,
    )


def _dollars(amount: int) -> str:
    return f"{amount:,}"
