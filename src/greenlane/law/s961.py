"""Taking part of one's own will, withdrawal, tiers, and the yearly review of the requirements: 6 USC 961."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from greenlane.law.authority import Office, office_words
from greenlane.law.calendar import LeapRule, add_years
from greenlane.law.parameters import parameter
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

TIERS = 3
NO_CHANGE = "no_change"
NEW_EDITION = "new_edition"


@dataclass(frozen=True)
class Attestation:
    """A signature for a company: the acting account, its office, and whether the company names the person.

    ``named_officer``: the person is on the company's own record as an officer with authority to bind it.
    """

    signed_by_office: str
    named_officer: bool
    account: str
    signed_on: date | None = None


def officer_signature(attestation: Attestation, cite: str, where: str) -> tuple[Reason, ...]:
    """Did an officer of the company give this signature? Under the clause that asks for it."""
    return (
        finding(
            cite,
            "officer_signs",
            attestation.signed_by_office == Office.APPLICANT_OFFICER.value,
            N_("An officer of the company signs."),
            N_("The office of %(office)s may prepare this but may not sign it."),
            mend=N_("Ask an officer of the company to sign in and sign."),
            where=where,
            office=office_words(attestation.signed_by_office) or "-",
        ),
        finding(
            cite,
            "officer_named",
            attestation.named_officer,
            N_("The company's record names this person as its officer."),
            N_("The company's record does not name this person as one of its officers."),
            mend=N_("Add the person to the officers in the company profile, or let a named officer sign."),
            where=where,
        ),
        finding(
            cite,
            "signatory_known",
            bool(attestation.account.strip()),
            N_("The signature carries the acting person."),
            N_("The signature does not carry the acting person."),
            mend=N_("Sign in with your own account, then sign."),
            where=where,
        ),
    )


@rule("6 USC 961(a)")
def programme_has_tiers(terms: Terms) -> Verdict:
    """Does the programme have the three tiers of participants that the law names?"""
    return all_of(
        finding(
            "6 USC 961(a)",
            "tier_defined",
            terms.tier(rank) is not None,
            N_("%(programme)s has a tier %(rank)d."),
            N_("%(programme)s has no tier %(rank)d; its participants shall include those of tiers 1, 2 and 3."),
            mend=N_("Add the tier to the terms of the programme."),
            where=f"tier:{rank}",
            programme=terms.title,
            rank=rank,
        )
        for rank in range(1, TIERS + 1)
    )


@rule("6 USC 961(a)")
def may_join(consent: Attestation | None, on: date) -> Verdict:
    """May this company take part? Only of its own will: an officer's recorded consent, given by this day."""
    given = consent is not None and consent.signed_on is not None and consent.signed_on <= on
    recorded = finding(
        "6 USC 961(a)",
        "consent_recorded",
        given,
        N_("The company's voluntary consent to take part is recorded."),
        N_("The company's voluntary consent to take part is not recorded by %(on)s."),
        mend=N_("Let an officer of the company read the agreement and consent to it. Taking part is voluntary."),
        where="consent",
        on=on,
    )
    return all_of([recorded] if consent is None else [recorded, *officer_signature(consent, "6 USC 961(a)", "consent")])


@rule("6 USC 961(a)")
def may_withdraw(request: Attestation, takes_part: bool, effective_on: date) -> Verdict:
    """May this company withdraw on this day? At any time, for any or no reason; only an officer, and not backwards."""
    return all_of(
        [
            *officer_signature(request, "6 USC 961(a)", "withdrawal"),
            finding(
                "6 USC 961(a)",
                "takes_part",
                takes_part,
                N_("The company takes part or has applied, and may withdraw at any time, without prejudice."),
                N_("The company neither takes part nor has applied, so there is nothing to withdraw from."),
                mend=N_("Nothing needs to be done."),
                where="withdrawal",
            ),
            finding(
                "6 USC 961(a)",
                "not_backdated",
                request.signed_on is not None and request.signed_on <= effective_on,
                N_("The withdrawal takes effect on %(day)s, and benefits end that day."),
                N_("A withdrawal takes effect on the day it is signed or later, not on %(day)s."),
                mend=N_("Choose the day of the signature or a later day."),
                where="effective_on",
                day=effective_on,
            ),
        ]
    )


@rule("6 USC 961(a)")
def benefits_last(withdrawn_on: date | None, on: date) -> bool:
    """Does a withdrawal leave benefits in force on this day? They end on the day of withdrawal, which has none."""
    return withdrawn_on is None or on < withdrawn_on


@rule("6 USC 961(b)")
def criteria_review_due(last_review_on: date, terms: Terms) -> date:
    """The last day for the next review: at least once every year, reckoned from the last review."""
    years = parameter("criteria_review_years", last_review_on, terms).number
    return add_years(last_review_on, years, LeapRule(str(parameter("leap_agency_duty", last_review_on, terms).value)))


@rule("6 USC 961(b)")
def criteria_review_current(last_review_on: date | None, on: date, terms: Terms) -> Verdict:
    """Were the minimum security requirements reviewed within the year before this day?"""
    due = criteria_review_due(last_review_on, terms) if last_review_on else None
    return all_of(
        [
            finding(
                "6 USC 961(b)",
                "review_current",
                last_review_on is not None and last_review_on <= on and due is not None and on <= due,
                N_("Last reviewed on %(last)s; the next review is due on %(due)s."),
                N_("Last reviewed on %(last)s; the next review was due on %(due)s. It is yearly."),
                mend=N_("Open a review and conclude it with 'no change' or with a new edition."),
                where="review",
                last=last_review_on or "-",
                due=due or "-",
            )
        ]
    )


@rule("6 USC 961(b)")
def may_conclude_review(outcome: str, reasons: str, edition: str) -> Verdict:
    """May a yearly review be concluded so? With 'no_change' or with a named 'new_edition', and with written reasons."""
    return all_of(
        [
            finding(
                "6 USC 961(b)",
                "outcome_stated",
                outcome == NO_CHANGE or (outcome == NEW_EDITION and bool(edition.strip())),
                N_("The review ends with a stated outcome."),
                N_("The review ends in 'no change' or in a new edition that it names; neither is stated."),
                mend=N_("Choose 'no change', or choose 'new edition' and name it."),
                where="outcome",
            ),
            finding(
                "6 USC 961(b)",
                "reasons_written",
                bool(reasons.strip()),
                N_("The reasons of the review are written."),
                N_("The reasons of the review are not written."),
                mend=N_("Write what was reviewed and why this is the outcome."),
                where="reasons",
            ),
        ]
    )


@dataclass(frozen=True)
class EditionFacts:
    """An edition of the criteria of one kind of entity, ready to be published.

    ``first``: it is the first one, which follows no review. ``differences``: criteria added, changed or removed.
    ``other_requirements``: numbers of criteria that rest on 963(4) alone; ``consulted_on``: the day on which the
    consultation that 963(4) asks for was concluded. ``grace_days``: days given to answer what changed.
    """

    effective_from: date
    criteria: int
    first: bool = False
    differences: int = 0
    review_outcome: str = ""
    review_concluded_on: date | None = None
    grace_days: int = 0
    other_requirements: tuple[str, ...] = ()
    consulted_on: date | None = None


@rule("6 USC 961(b)", "6 USC 963(4)")
def may_publish_edition(edition: EditionFacts, on: date, terms: Terms) -> Verdict:
    """May this edition be published? A review calls for it, not backwards, consulted on where 963(4) says so."""
    return all_of([*_content(edition, on), *_transition(edition, on, terms), *_consulted(edition)])


def _content(edition: EditionFacts, on: date) -> Sequence[Reason]:
    reviewed = edition.review_concluded_on is not None and edition.review_concluded_on <= on
    return (
        finding(
            "6 USC 961(b)",
            "edition_has_criteria",
            edition.criteria > 0,
            N_("The edition holds %(count)d criteria."),
            N_("The edition holds no criteria."),
            mend=N_("Add the criteria of this kind of entity."),
            where="criteria",
            count=edition.criteria,
        ),
        finding(
            "6 USC 961(b)",
            "review_calls_for_it",
            edition.first or (reviewed and edition.review_outcome == NEW_EDITION),
            N_("It is the first edition, or a concluded review calls for it."),
            N_("No concluded review calls for a new edition."),
            mend=N_("Conclude the review with 'new edition' first."),
            where="review",
        ),
        finding(
            "6 USC 961(b)",
            "edition_differs",
            edition.first or edition.differences > 0,
            N_("It differs from the last edition in %(differences)d criteria."),
            N_("It does not differ from the last edition."),
            mend=N_("Conclude the review with 'no change' instead."),
            where="differences",
            differences=edition.differences,
        ),
    )


def _transition(edition: EditionFacts, on: date, terms: Terms) -> Sequence[Reason]:
    grace = parameter("criteria_grace_days", on, terms).number
    return (
        finding(
            "6 USC 961(b)",
            "edition_not_backdated",
            edition.effective_from >= on,
            N_("It takes effect on %(day)s, not before it is published."),
            N_("It would take effect on %(day)s, before it is published on %(on)s."),
            mend=N_("Choose the day of publication or a later day."),
            where="effective_from",
            day=edition.effective_from,
            on=on,
        ),
        finding(
            "6 USC 961(b)",
            "grace_given",
            edition.first or edition.grace_days >= grace,
            N_("Participants have the time that the programme gives to answer what changed."),
            N_("Participants have %(given)d days to answer what changed; the programme gives at least %(grace)d."),
            mend=N_("Give at least %(grace)d days."),
            where="grace_days",
            given=edition.grace_days,
            grace=grace,
        ),
    )


def _consulted(edition: EditionFacts) -> Sequence[Reason]:
    if not edition.other_requirements:
        return ()
    return (
        finding(
            "6 USC 963(4)",
            "consulted",
            edition.consulted_on is not None and edition.consulted_on <= edition.effective_from,
            N_(
                "The consultation with the Commercial Operations Advisory Committee on these is on record: %(numbers)s."
            ),
            N_("These need a consultation with the Commercial Operations Advisory Committee first: %(numbers)s."),
            mend=N_("Record the concluded consultation, or publish without these criteria."),
            where="consultation",
            numbers=", ".join(edition.other_requirements),
        ),
    )
