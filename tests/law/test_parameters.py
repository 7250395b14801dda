"""Every number of both laws, and that a programme sets only what the law leaves open."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from greenlane.law.citations import Citation
from greenlane.law.parameters import (
    NotInForce,
    OverrideRefused,
    Unit,
    UnknownParameter,
    check_overrides,
    history,
    parameter,
    parameters,
)
from tests.law.terms_for_tests import terms_with

TODAY = date(2026, 3, 2)
PACKS = Path(__file__).parents[2] / "src" / "greenlane" / "programs" / "packs"

NUMBERS = [
    ("6 USC 961(b)", "criteria_review_years", 1, Unit.YEARS, "at least once every year"),
    ("6 USC 964(a)", "tier_1_reduction_cap_percent", 20, Unit.PERCENT, "not greater than 20 percent"),
    ("6 USC 964(b)", "certification_guidelines_days", 180, Unit.DAYS, "180 days after October 13, 2006"),
    ("6 USC 964(c)", "tier_1_certification_days", 90, Unit.DAYS, "within 90 days of receipt"),
    ("6 USC 965(a)", "tier_2_validation_years", 1, Unit.YEARS, "not later than 1 year after certification"),
    ("6 USC 965(c)", "validation_guidelines_days", 180, Unit.DAYS, "180 days after October 13, 2006"),
    ("6 USC 966(d)", "tier_3_criteria_years", 2, Unit.YEARS, "2 years after October 13, 2006"),
    ("6 USC 967(c)(1)", "denial_appeal_filing_days", 90, Unit.DAYS, "not later than 90 days after the date"),
    ("6 USC 967(c)(1)", "denial_appeal_determination_days", 180, Unit.DAYS, "180 days after the appeal"),
    ("6 USC 967(c)(2)", "sanction_appeal_filing_days", 30, Unit.DAYS, "not later than 30 days after the date"),
    ("6 USC 967(c)(2)", "sanction_appeal_determination_days", 180, Unit.DAYS, "180 days after the appeal"),
    ("6 USC 968(a)", "pilot_length_years", 1, Unit.YEARS, "1-year voluntary pilot"),
    ("6 USC 968(b)", "consultation_report_days", 120, Unit.DAYS, "120 days after October 13, 2006"),
    ("6 USC 968(c)(1)", "pilot_start_years", 1, Unit.YEARS, "1 year after the consultations"),
    ("6 USC 968(i)", "pilot_report_days", 30, Unit.DAYS, "30 days after the completion"),
    ("6 USC 969(2)", "revalidation_period_years", 4, Unit.PERIOD_YEARS, "each 4-year period"),
    ("6 USC 969(3)", "revalidation_plan_fiscal_years", 1, Unit.FISCAL_YEARS, "annual plan"),
    ("6 USC 971(a)(1)", "strategic_plan_years", 5, Unit.YEARS, "5-year plan"),
    ("6 USC 971(a)(2)", "annual_plan_fiscal_years", 1, Unit.FISCAL_YEARS, "each fiscal year"),
    ("19 USC 4311(c)", "first_partnership_report_days", 180, Unit.DAYS, "180 days after February 24, 2016"),
    ("19 USC 4311(c)", "partnership_report_day", "12-31", Unit.DAY_OF_YEAR, "December 31 of each calendar year"),
    ("19 USC 4311(c)(9)", "plans_ahead_years", 2, Unit.YEARS, "for the 2 years following"),
]


@pytest.mark.parametrize(("cite", "code", "value", "unit", "words"), NUMBERS)
def test_the_number_stands_in_its_clause(cite: str, code: str, value: int | str, unit: Unit, words: str) -> None:
    found = parameter(code, TODAY)
    assert (found.value, found.unit, found.citation.cite) == (value, unit, cite)
    assert not found.open_to_programmes
    assert words in found.citation.text
    assert found.title


MONEY = [
    ("6 USC 973(a)(1)", "programme_authorization_usd", 2008, 65_000_000),
    ("6 USC 973(a)(2)", "programme_authorization_usd", 2009, 72_000_000),
    ("6 USC 973(a)(3)", "programme_authorization_usd", 2010, 75_600_000),
    ("6 USC 973(b)(1)", "personnel_authorization_usd", 2008, 8_500_000),
    ("6 USC 973(b)(2)", "personnel_authorization_usd", 2009, 17_600_000),
    ("6 USC 973(b)(3)", "personnel_authorization_usd", 2010, 19_000_000),
    ("6 USC 973(b)(4)", "personnel_authorization_usd", 2011, 20_000_000),
    ("6 USC 973(b)(5)", "personnel_authorization_usd", 2012, 21_000_000),
]


@pytest.mark.clause("6 USC 973(a)")
@pytest.mark.clause("6 USC 973(b)")
@pytest.mark.parametrize(("cite", "code", "year", "value"), MONEY)
def test_the_authorizations_by_fiscal_year(cite: str, code: str, year: int, value: int) -> None:
    for day in (date(year - 1, 10, 1), date(year, 9, 30)):
        found = parameter(code, day)
        assert (found.number, found.unit, found.citation.cite) == (value, Unit.USD, cite)
    assert f"${value:,} for fiscal year {year}" in Citation(cite).text


@pytest.mark.clause("6 USC 972")
def test_fifty_personnel_in_two_fiscal_years_only() -> None:
    assert [row.number for row in history("additional_personnel")] == [50, 50]
    assert parameter("additional_personnel", date(2009, 9, 30)).unit is Unit.PERSONNEL
    with pytest.raises(NotInForce, match="is in force from 2007-10-01; 2007-09-30 is before"):
        parameter("additional_personnel", date(2007, 9, 30))
    with pytest.raises(NotInForce, match="no value on 2009-10-01"):
        parameter("additional_personnel", date(2009, 10, 1))


def test_each_law_is_in_force_from_its_enactment() -> None:
    assert parameter("tier_1_certification_days", date(2006, 10, 13)).number == 90
    with pytest.raises(NotInForce, match="2006-10-12 is before that day"):
        parameter("tier_1_certification_days", date(2006, 10, 12))
    assert parameter("first_partnership_report_days", date(2016, 2, 24)).number == 180
    with pytest.raises(NotInForce):
        parameter("first_partnership_report_days", date(2016, 2, 23))


def test_dated_values_of_one_code_follow_each_other_without_overlap() -> None:
    for row in parameters():
        rows = history(row.code)
        for earlier, later in itertools.pairwise(rows):
            assert earlier.in_force_to is not None
            assert earlier.in_force_to + timedelta(days=1) == later.in_force_from
        assert row.open_to_programmes or not row.choices


def test_unknown_codes_and_words_that_are_no_numbers() -> None:
    with pytest.raises(UnknownParameter, match="no parameter 'tea_minutes'"):
        parameter("tea_minutes", TODAY)
    with pytest.raises(TypeError, match="not a number"):
        _ = parameter("roll_agency_duty", TODAY).number


@pytest.mark.clause("6 USC 961(a)")
def test_a_programme_sets_what_the_law_leaves_open() -> None:
    terms = terms_with(history_look_back_months=24, clock_while_returned="pauses")
    assert parameter("history_look_back_months", TODAY).number == 12
    found = parameter("history_look_back_months", TODAY, terms)
    assert (found.number, found.set_by) == (24, "harbour-friends")
    assert parameter("vetting_valid_days", TODAY, terms).set_by == ""
    verdict = check_overrides(terms)
    assert verdict.granted
    assert [reason.where for reason in verdict.reasons] == ["history_look_back_months", "clock_while_returned"]
    assert check_overrides(terms_with()).granted


REFUSED: list[tuple[str, Any, str, str]] = [
    ("tier_1_certification_days", 120, "6 USC 964(c)", "may not set 'tier_1_certification_days' to 120"),
    ("clock_while_returned", "sleeps", "6 USC 964(c)", "choose one of: runs, pauses"),
    ("history_look_back_months", 0, "6 USC 963(1)", "at least 1, not '0'"),
    ("history_look_back_months", True, "6 USC 963(1)", "must be a whole number of months"),
    ("history_look_back_months", "twelve", "6 USC 963(1)", "not 'twelve'"),
]


@pytest.mark.clause("6 USC 961(a)")
@pytest.mark.parametrize(("code", "value", "cite", "words"), REFUSED)
def test_a_programme_may_not_set_the_rest(code: str, value: object, cite: str, words: str) -> None:
    terms = terms_with(**{code: value})
    with pytest.raises(OverrideRefused) as refused:
        parameter(code, TODAY, terms)
    assert words in str(refused.value)
    assert cite in str(refused.value.sentence)
    (reason,) = check_overrides(terms).reasons
    assert not reason.holds
    assert reason.citation.cite == cite
    assert reason.mend is not None
    assert words in str(reason.sentence)


def test_an_unknown_override_is_named() -> None:
    (reason,) = check_overrides(terms_with(tea_minutes=3)).failing
    assert reason.where == "tea_minutes"
    assert "no parameter 'tea_minutes'" in str(reason.sentence)


@pytest.mark.clause("6 USC 961(a)")
@pytest.mark.parametrize("pack", sorted(PACKS.glob("*/pack.yaml")), ids=lambda path: path.parent.name)
def test_the_packs_that_come_with_the_product_set_only_what_is_open(pack: Path) -> None:
    given = yaml.safe_load(pack.read_text(encoding="utf-8"))["parameters"]
    assert given
    verdict = check_overrides(terms_with(**{code: entry["value"] for code, entry in given.items()}))
    assert [str(reason.sentence) for reason in verdict.failing] == []
    assert {code: entry["citation"] for code, entry in given.items()} == {
        reason.where: reason.citation.cite for reason in verdict.reasons
    }
