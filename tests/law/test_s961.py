"""Section 961: voluntary taking part, withdrawal, tiers, and the yearly review of the requirements."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law.s961 import (
    Attestation,
    EditionFacts,
    benefits_last,
    criteria_review_current,
    criteria_review_due,
    may_conclude_review,
    may_join,
    may_publish_edition,
    may_withdraw,
    programme_has_tiers,
)
from tests.law.cases import CONSULTANT, OFFICER, STAFF, TERMS, failing
from tests.law.terms_for_tests import terms_with

ON = date(2026, 1, 10)
EDITION = EditionFacts(
    effective_from=date(2026, 6, 1),
    criteria=12,
    differences=1,
    review_outcome="new_edition",
    review_concluded_on=date(2026, 1, 9),
    grace_days=90,
)


@pytest.mark.clause("6 USC 961(a)")
def test_only_an_officer_brings_the_company_in() -> None:
    assert may_join(OFFICER, ON).granted
    for person in (CONSULTANT, STAFF):
        assert failing(may_join(person, ON)) == {
            ("officer_signs", "6 USC 961(a)", "consent"),
            ("officer_named", "6 USC 961(a)", "consent"),
        }


@pytest.mark.clause("6 USC 961(a)")
@pytest.mark.parametrize(
    "consent", [None, replace(OFFICER, signed_on=None), replace(OFFICER, signed_on=date(2026, 1, 11))]
)
def test_without_a_consent_by_that_day_nobody_joins(consent: Attestation | None) -> None:
    assert failing(may_join(consent, ON)) == {("consent_recorded", "6 USC 961(a)", "consent")}


@pytest.mark.clause("6 USC 961(a)")
@given(days=st.integers(0, 4000))
def test_withdrawal_is_open_on_any_day_and_ends_benefits_that_day(days: int) -> None:
    day = ON + timedelta(days=days)
    assert may_withdraw(OFFICER, True, day).granted
    assert benefits_last(day, day - timedelta(days=1))
    assert not benefits_last(day, day)
    assert benefits_last(None, day)


@pytest.mark.clause("6 USC 961(a)")
def test_withdrawal_without_a_signature_takes_no_effect() -> None:
    unsigned = may_withdraw(replace(OFFICER, signed_on=None), True, ON)
    assert failing(unsigned) == {("not_backdated", "6 USC 961(a)", "effective_on")}


@pytest.mark.clause("6 USC 961(a)")
def test_the_tiers_of_the_law_are_those_of_the_programme() -> None:
    assert programme_has_tiers(TERMS).granted
    assert failing(programme_has_tiers(terms_with())) == {("tier_defined", "6 USC 961(a)", "tier:3")}


@pytest.mark.clause("6 USC 961(b)")
def test_a_review_of_a_leap_day_is_due_by_the_rule_of_the_programme() -> None:
    assert criteria_review_due(date(2024, 2, 29), TERMS) == date(2025, 2, 28)
    assert criteria_review_due(date(2024, 2, 29), terms_with(leap_agency_duty="first_of_march")) == date(2025, 3, 1)


@pytest.mark.clause("6 USC 961(b)")
def test_a_review_that_lies_ahead_is_no_review() -> None:
    assert criteria_review_current(date(2025, 1, 10), ON, TERMS).granted
    assert not criteria_review_current(date(2026, 1, 11), ON, TERMS).granted


@pytest.mark.clause("6 USC 961(b)")
def test_a_review_ends_in_one_of_two_outcomes() -> None:
    assert may_conclude_review("no_change", "Nothing new.", "").granted
    assert failing(may_conclude_review("postponed", "", "")) == {
        ("outcome_stated", "6 USC 961(b)", "outcome"),
        ("reasons_written", "6 USC 961(b)", "reasons"),
    }


@pytest.mark.clause("6 USC 961(b)")
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (replace(EDITION, review_outcome="no_change"), "review_calls_for_it"),
        (replace(EDITION, review_concluded_on=date(2026, 1, 11)), "review_calls_for_it"),
        (replace(EDITION, differences=0), "edition_differs"),
        (replace(EDITION, criteria=0), "edition_has_criteria"),
        (replace(EDITION, effective_from=date(2026, 1, 9)), "edition_not_backdated"),
        (replace(EDITION, grace_days=89), "grace_given"),
    ],
)
def test_an_edition_follows_from_a_review_and_gives_time(changed: EditionFacts, code: str) -> None:
    assert may_publish_edition(EDITION, ON, TERMS).granted
    assert {found for found, _, _ in failing(may_publish_edition(changed, ON, TERMS))} == {code}


@pytest.mark.clause("6 USC 963(4)")
@pytest.mark.parametrize("consulted_on", [None, date(2026, 6, 2)])
def test_other_requirements_wait_for_their_consultation(consulted_on: date | None) -> None:
    edition = replace(EDITION, other_requirements=("8.1", "8.2"), consulted_on=consulted_on)
    verdict = may_publish_edition(edition, ON, TERMS)
    assert failing(verdict) == {("consulted", "6 USC 963(4)", "consultation")}
    assert "8.1, 8.2" in str(verdict.failing[0].sentence)
    assert may_publish_edition(replace(edition, consulted_on=date(2026, 6, 1)), ON, TERMS).granted
