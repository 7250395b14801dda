"""Visits, what they found, and the written determination that no foreign location is appropriate: 6 USC 965(a)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from greenlane.law.authority import Office
from greenlane.law.parameters import parameter
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

ON_SITE = "on_site"
VIRTUAL = "virtual"


UNITED_STATES = frozenset({"US", "PR", "VI", "GU", "AS", "MP", "UM"})
"""The country codes of the United States and its territories and possessions (ISO 3166-1)."""


@rule("6 USC 965(a)")
def is_foreign(country: str) -> bool:
    """Is a location in this country (two letters) a foreign one? Whatever lies outside the United States is."""
    return country.upper() not in UNITED_STATES


@dataclass(frozen=True)
class Visit:
    """A visit that took place.

    ``node``: key of the place in the participant's supply chain; ``mode``: on_site or virtual; ``appropriate``: why
    this location is an appropriate one to assess.
    """

    node: str
    foreign: bool
    mode: str
    visited_on: date
    appropriate: str
    report_sent_on: date | None = None


@dataclass(frozen=True)
class NoForeignLocation:
    """A written determination, by a supervisor, why no foreign location of this supply chain is appropriate."""

    office: str
    account: str
    reason: str
    determined_on: date


@dataclass(frozen=True)
class MeasureFinding:
    """What was found on one measure; a required action counts when closed with evidence by a reviewer."""

    number: str
    met: bool
    required_action: str = ""
    closed_on: date | None = None
    closed_by: str = ""
    evidence: tuple[str, ...] = ()

    def satisfied(self, on: date) -> bool:
        """Was the measure met, or its required action closed by this day with evidence and a reviewer?"""
        return self.met or (self.closed_on is not None and self.closed_on <= on and self._shown)

    @property
    def _shown(self) -> bool:
        return bool(self.evidence) and bool(self.closed_by.strip())


@rule("6 USC 965(a)")
def assessed_on_site(
    visits: Sequence[Visit],
    determination: NoForeignLocation | None,
    nodes: frozenset[str],
    certified_on: date,
    on: date,
) -> Verdict:
    """Was an appropriate foreign location of this very supply chain assessed on site, or does a supervisor say why not?

    A virtual visit is recorded and counted, and is not an on-site assessment.
    """
    counted = [
        v
        for v in visits
        if v.foreign
        and v.mode == ON_SITE
        and v.node in nodes
        and certified_on <= v.visited_on <= on
        and v.appropriate.strip()
    ]
    reasons = [_on_site(counted, determination, on)]
    if counted and any(v.report_sent_on is None or v.report_sent_on > on for v in counted):
        reasons.append(_reported(False))
    elif counted:
        reasons.append(_reported(True))
    return all_of(reasons)


def _on_site(counted: Sequence[Visit], determination: NoForeignLocation | None, on: date) -> Reason:
    determined = (
        determination is not None
        and determination.office == Office.SUPERVISOR.value
        and bool(determination.account.strip())
        and bool(determination.reason.strip())
        and determination.determined_on <= on
    )
    return finding(
        "6 USC 965(a)",
        "assessed_on_site",
        bool(counted) or determined,
        N_("Assessed on site at %(count)d appropriate foreign locations of its supply chain.")
        if counted
        else N_("A supervisor determined in writing that no foreign location is appropriate: %(reason)s"),
        N_("No appropriate foreign location of its supply chain was assessed on site since certification."),
        mend=N_("Visit one on site, or let a supervisor determine in writing why none is appropriate."),
        where="visits",
        count=len(counted),
        reason=determination.reason if determination else "-",
    )


def _reported(sent: bool) -> Reason:
    return finding(
        "6 USC 965(a)",
        "visit_reported",
        sent,
        N_("The report of each visit that counts was sent to the participant."),
        N_("The report of a visit was not sent to the participant."),
        mend=N_("Send the report of the visit."),
        where="visits",
    )


@rule("6 USC 965(a)")
def measures_validated(measures: Sequence[MeasureFinding], on: date) -> Verdict:
    """Are the measures found in place, with every required action closed by a reviewer on evidence?"""
    unmet = [m for m in measures if not m.satisfied(on)]
    summary = finding(
        "6 USC 965(a)",
        "measures_validated",
        bool(measures) and not unmet,
        N_("All %(count)d measures are in place."),
        N_("%(open)d of %(count)d measures are not in place; findings on none would be no validation."),
        mend=N_("Close each required action with evidence and a reviewer."),
        where="measures",
        count=len(measures),
        open=len(unmet),
    )
    return all_of([*(_unmet(m) for m in unmet), summary])


def _unmet(measure: MeasureFinding) -> Reason:
    return finding(
        "6 USC 965(a)",
        "required_action_open",
        False,
        "",
        N_("Criterion %(number)s is not met, and its required action is open: %(action)s"),
        mend=N_("Close the action with evidence and a reviewer, or find that the validation fails."),
        where=measure.number,
        number=measure.number,
        action=measure.required_action or "-",
    )


@dataclass(frozen=True)
class BlockedFacts:
    """Why a visit cannot take place, who said so, what shows it, and when it is looked at again."""

    reason: str
    refused_by: str
    evidence: tuple[str, ...]
    review_on: date | None


@rule("6 USC 965(a)")
def may_block(facts: BlockedFacts, on: date, terms: Terms) -> Verdict:
    """May a validation be put down as blocked? With a reason, what shows it, and a day to look again."""
    days = parameter("blocked_review_days", on, terms).number
    last = on + timedelta(days=days)
    return all_of(
        [
            finding(
                "6 USC 965(a)",
                "block_shown",
                bool(facts.reason.strip() and facts.refused_by.strip() and facts.evidence),
                N_("%(refused_by)s refuses the visit: %(reason)s"),
                N_("It is not shown who refuses the visit, and why."),
                mend=N_("Write the reason and who refused, and attach the refusal."),
                where="blocked",
                refused_by=facts.refused_by or "-",
                reason=facts.reason or "-",
            ),
            finding(
                "6 USC 965(a)",
                "block_reviewed",
                facts.review_on is not None and on < facts.review_on <= last,
                N_("It is looked at again on %(review)s."),
                N_("It has no day between %(on)s and %(last)s on which it is looked at again: %(review)s."),
                mend=N_("Set a review date within %(days)d days."),
                where="review_on",
                review=facts.review_on or "-",
                on=on,
                last=last,
                days=days,
            ),
        ]
    )
