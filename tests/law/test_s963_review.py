"""The window of the yearly review, what counts in it, and the contacts of a company (6 USC 963(3), 961(b))."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law.s961 import Attestation
from greenlane.law.s963_measures import Answer, CriterionFact
from greenlane.law.s963_review import (
    ContactFacts,
    CriterionRead,
    ReviewFacts,
    asked_anew,
    contacts_kept,
    may_lose_contact,
    may_submit_review,
    reattestation_due,
    review_cite,
    review_window,
)
from tests.law.terms_for_tests import terms_with

OFFICER = Attestation("applicant_officer", True, "an account")
OPENS = date(2026, 1, 10)
TERMS = terms_with()
YES = Answer("1.1", "yes", "Done.", evidence=("a",))


@pytest.mark.clause("6 USC 963(3)")
@pytest.mark.parametrize(
    ("certified", "on", "opens", "last"),
    [
        (date(2025, 5, 1), date(2025, 6, 1), date(2026, 1, 31), date(2026, 5, 1)),
        (date(2025, 5, 1), date(2026, 5, 1), date(2026, 1, 31), date(2026, 5, 1)),
        (date(2025, 5, 1), date(2026, 5, 2), date(2027, 1, 31), date(2027, 5, 1)),
        (date(2027, 3, 31), date(2028, 3, 1), date(2028, 1, 1), date(2028, 3, 31)),
        (date(2028, 2, 29), date(2029, 3, 1), date(2028, 12, 1), date(2029, 3, 1)),
        (date(2028, 2, 29), date(2031, 3, 2), date(2031, 12, 1), date(2032, 2, 29)),
        (date(2025, 12, 20), date(2026, 1, 5), date(2026, 9, 21), date(2026, 12, 20)),
    ],
)
def test_the_window_ends_on_the_anniversary(certified: date, on: date, opens: date, last: date) -> None:
    window = review_window(certified, on, TERMS)
    assert (window.opens_on, window.last_day) == (opens, last)
    assert not window.is_open(opens - timedelta(days=1))
    assert window.is_open(opens)
    assert window.is_open(last)
    assert not window.is_open(last + timedelta(days=1))


@pytest.mark.clause("6 USC 963(3)")
@given(st.dates(date(2007, 1, 1), date(2060, 1, 1)), st.integers(1, 5000))
def test_every_day_after_certification_has_one_window_that_is_not_past(certified: date, days: int) -> None:
    on = certified + timedelta(days=days)
    window = review_window(certified, on, TERMS)
    assert on <= window.last_day < on + timedelta(days=367)
    assert (window.last_day - window.opens_on).days == 90


@pytest.mark.clause("6 USC 961(b)")
def test_grace_runs_from_the_day_on_which_the_edition_binds() -> None:
    assert reattestation_due(date(2026, 1, 1), 90) == date(2026, 4, 1)


@pytest.mark.clause("6 USC 961(b)")
def test_a_new_edition_asks_what_is_new_and_what_reads_otherwise() -> None:
    old = [
        CriterionRead("1.1", "must", "Lock."),
        CriterionRead("1.2", "should", "Log."),
        CriterionRead("1.3", "must", "X"),
    ]
    new = [
        CriterionRead("1.1", "must", "Lock."),
        CriterionRead("1.2", "must", "Log."),
        CriterionRead("2.1", "must", "Y"),
    ]
    assert asked_anew(old, new) == ("1.2", "2.1")
    assert asked_anew(old, old) == ()


def facts(**more: object) -> ReviewFacts:
    values: dict[str, object] = {
        "purpose": "annual",
        "opens_on": OPENS,
        "asked": (CriterionFact("1.1", "must"), CriterionFact("1.2", "should")),
        "cargo_kinds": ("containerized",),
        "affirmed": {"1.1": OPENS, "1.2": OPENS + timedelta(days=3)},
        "answers": (YES, Answer("1.2", "no")),
        "signature": OFFICER,
        "contacts": ContactFacts(("a", "b"), ("a",)),
    }
    return ReviewFacts(**{**values, **more})  # type: ignore[arg-type]


def failing(given: ReviewFacts, on: date = OPENS + timedelta(days=5)) -> dict[str, str]:
    return {reason.code: reason.where for reason in may_submit_review(given, on).failing}


@pytest.mark.clause("6 USC 963(3)")
def test_a_whole_review_is_submitted_on_any_day_of_the_window_and_after_it() -> None:
    assert failing(facts()) == {}
    assert failing(facts(), OPENS + timedelta(days=400)) == {}


@pytest.mark.clause("6 USC 963(3)")
@pytest.mark.parametrize(
    ("more", "code", "where"),
    [
        ({"affirmed": {"1.1": OPENS}}, "answer_not_affirmed", "1.2"),
        ({"affirmed": {"1.1": OPENS - timedelta(days=1), "1.2": OPENS}}, "answer_not_affirmed", "1.1"),
        ({"affirmed": {}}, "all_affirmed", "criteria"),
        (
            {"affirmed": {"1.1": OPENS}, "answers": (Answer("1.1", "yes", "D.", evidence=("a",)),)},
            "criterion_unanswered",
            "1.2",
        ),
        ({"answers": (Answer("1.1", "yes", " ", evidence=("a",)), Answer("1.2", "no"))}, "narrative_given", "1.1"),
        ({"asked": ()}, "all_affirmed", "criteria"),
        ({"signature": Attestation("applicant_staff", True, "x")}, "officer_signs", "submission"),
        ({"signature": Attestation("applicant_officer", False, "x")}, "officer_named", "submission"),
        ({"contacts": ContactFacts(("a",), ("a",))}, "two_live_contacts", "contacts"),
        ({"contacts": ContactFacts(("a", "b"), ())}, "officer_contact", "contacts"),
    ],
)
def test_rc_17_what_does_not_count_is_named(more: dict[str, object], code: str, where: str) -> None:
    assert failing(facts(**more)).get(code) == where


@pytest.mark.clause("6 USC 961(b)")
def test_an_edition_is_answered_under_its_own_clause_and_asks_for_no_contact() -> None:
    verdict = may_submit_review(facts(purpose="edition", contacts=None, affirmed={}), OPENS)
    assert {reason.citation.cite for reason in verdict.failing} == {review_cite("edition")}


@pytest.mark.clause("6 USC 963(3)")
def test_before_the_window_nothing_is_submitted() -> None:
    assert "window_open" in failing(facts(), OPENS - timedelta(days=1))


@pytest.mark.clause("6 USC 963(3)")
@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ((("a", "b", "c"), ("a",)), (("a", "b"), ("a",)), set()),
        ((("a", "b"), ("a",)), (("a",), ("a",)), {"two_live_contacts"}),
        ((("a", "b", "c"), ("a",)), (("b", "c"), ()), {"officer_contact"}),
        ((("a",), ("a",)), ((), ()), {"two_live_contacts", "officer_contact"}),
        ((("a",), ()), (("a",), ()), set()),
        ((("a", "b", "c"), ()), (("a", "b"), ()), set()),
    ],
)
def test_rc_18_a_company_loses_no_contact_that_it_must_keep(before: tuple, after: tuple, codes: set[str]) -> None:  # type: ignore[type-arg]
    verdict = may_lose_contact(ContactFacts(*before), ContactFacts(*after))
    assert {reason.code for reason in verdict.failing} == codes


@pytest.mark.clause("6 USC 963(3)")
def test_rc_18_two_contacts_one_of_them_an_officer() -> None:
    assert contacts_kept(ContactFacts(("a", "b"), ("b",))).granted
    assert not contacts_kept(ContactFacts((), ())).granted
