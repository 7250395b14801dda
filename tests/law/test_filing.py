"""A right used in time or too late, with the arithmetic; lateness explained and counted, never a block."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law.calendar import is_business_day
from greenlane.law.clocks import clock_of, due, explain_lateness, filing_window
from tests.law.terms_for_tests import terms_with

DENIAL, SANCTION = clock_of("denial_appeal_filing"), clock_of("sanction_appeal_filing")
DECIDED = date(2026, 3, 3)  # day 30 is Thursday 2 April, day 90 is Monday 1 June


@pytest.mark.parametrize(
    ("code", "day", "in_time"),
    [
        pytest.param("sanction_appeal_filing", 30, True, marks=pytest.mark.clause("6 USC 967(c)(2)")),
        pytest.param("sanction_appeal_filing", 31, False, marks=pytest.mark.clause("6 USC 967(c)(2)")),
        pytest.param("denial_appeal_filing", 90, True, marks=pytest.mark.clause("6 USC 967(c)(1)")),
        pytest.param("denial_appeal_filing", 91, False, marks=pytest.mark.clause("6 USC 967(c)(1)")),
        ("denial_appeal_filing", 0, True),
    ],
)
def test_rc_25_boundary_days_of_an_appeal(code: str, day: int, in_time: bool) -> None:
    clock = clock_of(code)
    verdict = filing_window(clock, DECIDED, DECIDED + timedelta(days=day))
    assert verdict.granted is in_time
    assert verdict.citations == (clock.citation,)


@pytest.mark.parametrize(("day", "late"), [(180, 0), (181, 1)])
def test_rc_25_boundary_days_of_a_determination(day: int, late: int) -> None:
    """180 days are a duty of the agency: late is answered, explained and counted, and the appeal is still decided."""
    clock = clock_of("denial_appeal_determination")
    filed = date(2024, 1, 1)
    verdict = explain_lateness(clock, due(clock, filed), filed + timedelta(days=day), "")
    assert verdict.granted is (late == 0)


def test_the_arithmetic_is_shown() -> None:
    late = filing_window(DENIAL, DECIDED, date(2026, 6, 3)).failing[0]
    assert str(late.sentence) == (
        "90 days from 2026-03-03; the last day was 2026-06-01; filed 2026-06-03, day 92; days late: 2."
    )
    assert late.mend is not None
    in_time = filing_window(SANCTION, DECIDED, date(2026, 4, 1))
    assert "30 days from 2026-03-03; the last day is 2026-04-02; filed on 2026-04-01, day 29: in time." in [
        str(reason.sentence) for reason in in_time.reasons
    ]


def test_a_last_day_on_a_weekend_rolls_for_the_participant_and_says_so() -> None:
    decided = date(2026, 3, 2)  # day 90 is Sunday 31 May
    verdict = filing_window(DENIAL, decided, date(2026, 6, 1))
    assert verdict.granted
    assert "2026-05-31 is no business day, so the last day is 2026-06-01." in [str(r.sentence) for r in verdict.reasons]
    assert not filing_window(DENIAL, decided, date(2026, 6, 1), terms_with(roll_participant_right="keep")).granted


def test_nothing_is_filed_before_the_decision() -> None:
    verdict = filing_window(DENIAL, DECIDED, date(2026, 3, 2))
    assert [r.code for r in verdict.failing] == ["decision_before_filing"]
    assert len(verdict.reasons) == 1


@given(st.dates(date(2007, 1, 1), date(2100, 1, 1)), st.sampled_from([(DENIAL, 90), (SANCTION, 30)]))
def test_nobody_loses_a_day(decided: date, which: tuple) -> None:
    clock, days = which
    last = due(clock, decided).due_on
    assert filing_window(clock, decided, decided + timedelta(days=days)).granted
    assert filing_window(clock, decided, last).granted
    assert not filing_window(clock, decided, last + timedelta(days=1)).granted
    assert is_business_day(last)


@pytest.mark.clause("6 USC 964(c)")
def test_a_late_certification_needs_a_written_reason_and_nothing_more() -> None:
    clock = clock_of("tier_1_certification")
    ninety = due(clock, date(2026, 1, 1))
    assert explain_lateness(clock, ninety, date(2026, 3, 31), "").granted
    silent = explain_lateness(clock, ninety, date(2026, 4, 8), "  ")
    assert not silent.granted
    assert silent.failing[0].mend is not None
    assert silent.failing[0].where == "lateness_reason"
    explained = explain_lateness(clock, ninety, date(2026, 4, 8), "The list of owners came late, 100% of it.")
    assert explained.granted
    assert str(explained.reasons[0].sentence) == (
        "Due 2026-04-01, done 2026-04-08; days late: 7, counted; the law asks as far as practicable. "
        "The list of owners came late, 100% of it."
    )


def test_a_missed_duty_is_counted_as_missed_and_a_lapsed_right_is_not_revived() -> None:
    clock = clock_of("denial_appeal_determination")
    missed = explain_lateness(clock, due(clock, date(2026, 1, 1)), date(2026, 7, 1), "The officer was ill.")
    assert missed.granted
    assert "counted as a missed duty" in str(missed.reasons[0].sentence)
    lapsed = explain_lateness(SANCTION, due(SANCTION, DECIDED), date(2026, 5, 1), "We forgot.")
    assert not lapsed.granted
    assert "no reason revives it" in str(lapsed.reasons[0].sentence)
