"""The yearly review of a security profile, and the answers to changed criteria: 6 USC 963(3), 961(b)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from greenlane.law.calendar import LeapRule, add_days, add_years
from greenlane.law.parameters import parameter
from greenlane.law.s961 import Attestation, officer_signature
from greenlane.law.s963_measures import Answer, CriterionFact, measures_complete
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

ANNUAL = "annual"
EDITION = "edition"
_CITE = {ANNUAL: "6 USC 963(3)", EDITION: "6 USC 961(b)"}


def review_cite(purpose: str) -> str:
    """The clause under which a review of this purpose is asked for."""
    return _CITE[purpose]


@dataclass(frozen=True)
class Window:
    """The days in which what is done counts for one yearly review; both days belong to it."""

    opens_on: date
    last_day: date

    def is_open(self, on: date) -> bool:
        return self.opens_on <= on <= self.last_day


@rule("6 USC 963(3)")
def review_window(certified_on: date, on: date, terms: Terms) -> Window:
    """The window of the next anniversary of certification that is not past on a day.

    It opens so many days before the anniversary as the programme says; the anniversary is its last day. One certified
    on 29 February has the day that the programme gives a participant's right in other years.
    """
    days = parameter("annual_review_opens_days", on, terms).number
    leap = LeapRule(str(parameter("leap_participant_right", on, terms).value))
    years = max(on.year - certified_on.year, 1)
    last_day = add_years(certified_on, years, leap)
    if last_day < on:
        last_day = add_years(certified_on, years + 1, leap)
    return Window(last_day - timedelta(days=days), last_day)


@rule("6 USC 961(b)")
def reattestation_due(in_force_from: date, grace_days: int) -> date:
    """The last day to answer what a new edition changed; the days of grace run from the day on which it binds."""
    return add_days(in_force_from, grace_days)


@dataclass(frozen=True)
class CriterionRead:
    """What a criterion of an edition asks of a company: its level and its words."""

    number: str
    level: str
    text: str


@rule("6 USC 961(b)")
def asked_anew(old: Sequence[CriterionRead], new: Sequence[CriterionRead]) -> tuple[str, ...]:
    """The numbers that a new edition asks of one that answered the old one: new ones, other words, another level."""
    answered = {(c.number, c.level, c.text) for c in old}
    return tuple(c.number for c in new if (c.number, c.level, c.text) not in answered)


@dataclass(frozen=True)
class ReviewFacts:
    """A review on the day it is submitted.

    ``asked``: the criteria that it asks for. ``affirmed``: by number, the day on which each was affirmed or changed in
    this review; ``answers``: the answers as they stand. ``contacts`` is None where no contact is asked for.
    """

    purpose: str
    opens_on: date
    asked: tuple[CriterionFact, ...]
    cargo_kinds: tuple[str, ...]
    affirmed: Mapping[str, date]
    answers: tuple[Answer, ...]
    signature: Attestation
    contacts: ContactFacts | None = None


@rule("6 USC 963(3)", "6 USC 961(b)")
def may_submit_review(facts: ReviewFacts, on: date) -> Verdict:
    """May the review be submitted? Every criterion affirmed inside the window, none blank; an officer signs (RC-17).

    One that is submitted after its last day is late, which stays on record; it is not turned away.
    """
    cite = review_cite(facts.purpose)
    counted = tuple(c for c in facts.asked if facts.opens_on <= facts.affirmed.get(c.number, date.min) <= on)
    missing = {c.number for c in facts.asked} - {c.number for c in counted}
    numbers = {c.number for c in counted}
    complete = measures_complete([a for a in facts.answers if a.number in numbers], counted, facts.cargo_kinds)
    reasons = [
        finding(
            cite,
            "window_open",
            facts.opens_on <= on,
            N_("The window of this review opened on %(opens)s."),
            N_("The window of this review opens on %(opens)s; what is done before does not count."),
            mend=N_("Come back on that day."),
            where="window",
            opens=facts.opens_on,
        ),
        *(_not_counted(cite, c.number, facts) for c in facts.asked if c.number in missing),
        *(complete.failing if counted else ()),
        finding(
            cite,
            "all_affirmed",
            bool(facts.asked) and not missing,
            N_("All %(count)d answers were affirmed or changed in the window."),
            N_("Of %(count)d answers, %(missing)d were not affirmed or changed in the window."),
            mend=N_("Open each criterion that is listed, and affirm its answer or change it."),
            where="criteria",
            count=len(facts.asked),
            missing=len(missing),
        ),
        *officer_signature(facts.signature, cite, "submission"),
    ]
    return all_of([*reasons, *(contacts_kept(facts.contacts).reasons if facts.contacts else ())])


def _not_counted(cite: str, number: str, facts: ReviewFacts) -> Reason:
    if any(answer.number == number and answer.value for answer in facts.answers):
        return finding(
            cite,
            "answer_not_affirmed",
            False,
            "",
            N_("The answer to criterion %(number)s does not count yet: it was not affirmed since %(opens)s."),
            mend=N_("Read it again; affirm it, or change it."),
            where=number,
            number=number,
            opens=facts.opens_on,
        )
    return finding(
        cite,
        "criterion_unanswered",
        False,
        "",
        N_("Criterion %(number)s is not answered."),
        mend=N_("Answer yes, no, or not applicable with a reason. There is no default."),
        where=number,
        number=number,
    )


@dataclass(frozen=True)
class ContactFacts:
    """The people whom the programme can reach: names of the live contacts, and of those of them who are officers."""

    live: tuple[str, ...]
    officers: tuple[str, ...]


LEAST_CONTACTS = 2


@rule("6 USC 963(3)")
def contacts_kept(contacts: ContactFacts) -> Verdict:
    """Can a certified company be reached: two live contacts, one of them an officer (RC-18)?"""
    return all_of(_contacts(contacts))


def _contacts(contacts: ContactFacts) -> Iterator[Reason]:
    yield finding(
        "6 USC 963(3)",
        "two_live_contacts",
        len(contacts.live) >= LEAST_CONTACTS,
        N_("The programme can reach %(count)d contacts of the company."),
        N_("The programme can reach %(count)d contacts of the company; a certified one keeps at least two."),
        mend=N_("Name another contact, and let that person confirm it."),
        where="contacts",
        count=len(contacts.live),
    )
    yield finding(
        "6 USC 963(3)",
        "officer_contact",
        bool(contacts.officers),
        N_("One of them is an officer of the company."),
        N_("None of the contacts that can be reached is an officer of the company."),
        mend=N_("Name an officer as a contact, and let that officer confirm it."),
        where="contacts",
    )


@rule("6 USC 963(3)")
def may_lose_contact(before: ContactFacts, after: ContactFacts) -> Verdict:
    """May a certified company lose these contacts? Not where two, or an officer among them, would no longer be left."""
    lost = tuple(name for name in before.live if name not in after.live)
    worse = [reason for reason in contacts_kept(after).failing if lost and _worsened(reason, before, after)]
    if worse:
        return all_of(worse)
    kept = N_("The programme can still reach %(count)d contacts of the company.")
    return all_of([finding("6 USC 963(3)", "contacts_kept", True, kept, "", where="contacts", count=len(after.live))])


def _worsened(reason: Reason, before: ContactFacts, after: ContactFacts) -> bool:
    return reason.code != "officer_contact" or len(after.officers) < len(before.officers)
