"""The fixed grid of 4-year periods: it tiles time, and a revalidation anywhere inside a period meets it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law.calendar import AmbiguousDate, LeapRule
from greenlane.law.clocks import clock_of, grid_due, grid_history, grid_met, grid_period, standing
from greenlane.law.grid import PERIOD_YEARS
from greenlane.law.parameters import parameter
from tests.law.terms_for_tests import terms_with

pytestmark = pytest.mark.clause("6 USC 969(2)")
INITIAL = date(2010, 6, 15)
CLOCK = clock_of("revalidation")


def test_the_first_periods() -> None:
    first = grid_period(INITIAL, date(2010, 6, 16))
    assert (first.index, first.starts_on, first.ends_on) == (1, date(2010, 6, 16), date(2014, 6, 15))
    assert grid_period(INITIAL, INITIAL) == grid_period(INITIAL, date(2014, 6, 15)) == first
    second = grid_period(INITIAL, date(2014, 6, 16))
    assert (second.index, second.starts_on, second.ends_on) == (2, date(2014, 6, 16), date(2018, 6, 15))
    with pytest.raises(ValueError, match="follow the initial validation of 2010-06-15; 2010-06-14 is before"):
        grid_period(INITIAL, date(2010, 6, 14))
    assert parameter("revalidation_period_years", INITIAL).number == PERIOD_YEARS


@given(st.dates(date(2007, 1, 1), date(2060, 12, 31)), st.integers(0, 20000), st.integers(1, 6))
def test_periods_tile_time_without_gap(initial: date, n: int, years: int) -> None:
    on = initial + timedelta(days=n)
    period = grid_period(initial, on, years, LeapRule.LAST_OF_FEBRUARY)
    assert period.holds(on) or n == 0
    after = grid_period(initial, period.ends_on + timedelta(days=1), years, LeapRule.LAST_OF_FEBRUARY)
    assert (after.index, after.starts_on) == (period.index + 1, period.ends_on + timedelta(days=1))
    assert period.ends_on.year == initial.year + years * period.index


def test_an_adjusted_end_does_not_shift_the_grid() -> None:
    leap_day = date(2096, 2, 29)
    with pytest.raises(AmbiguousDate):
        grid_period(leap_day, date(2099, 1, 1))
    assert grid_period(leap_day, date(2099, 1, 1), leap=LeapRule.FIRST_OF_MARCH).ends_on == date(2100, 3, 1)
    assert grid_period(leap_day, date(2101, 1, 1), leap=LeapRule.LAST_OF_FEBRUARY).ends_on == date(2104, 2, 29)


def test_a_revalidation_meets_its_own_period_only() -> None:
    early, late = date(2010, 7, 1), date(2018, 6, 15)
    assert grid_met(INITIAL, [early], date(2014, 6, 15)) == early
    assert grid_met(INITIAL, [early], date(2014, 6, 16)) is None
    assert grid_met(INITIAL, [late, early], date(2018, 6, 15)) == late
    assert grid_met(INITIAL, [late], date(2018, 6, 14)) is None  # not known yet
    assert grid_met(INITIAL, [INITIAL], date(2011, 1, 1)) is None  # the initial validation is no revalidation


def test_history_shows_the_period_that_was_missed() -> None:
    found = grid_history(INITIAL, [date(2013, 1, 1), date(2013, 5, 1), date(2019, 1, 1)], date(2020, 1, 1))
    assert [(m.period.index, m.met_on) for m in found] == [(1, date(2013, 1, 1)), (2, None), (3, date(2019, 1, 1))]


def test_the_clock_of_a_period() -> None:
    second = grid_due(CLOCK, INITIAL, date(2016, 1, 1))
    assert (second.started_on, second.due_on) == (date(2014, 6, 15), date(2018, 6, 15))
    assert str(second.rule) == ("Once in period 2, 2014-06-16 to 2018-06-15, of 4 years each following 2010-06-15.")
    assert str(standing(second, date(2018, 6, 18)).sentence) == "3 days overdue"
    leap_day = date(2096, 2, 29)
    assert grid_due(CLOCK, leap_day, date(2099, 1, 1)).due_on == date(2100, 2, 28)
    assert grid_due(CLOCK, leap_day, date(2099, 1, 1), leap=LeapRule.FIRST_OF_MARCH).due_on == date(2100, 3, 1)
    moved = grid_due(CLOCK, leap_day, date(2099, 1, 1), terms=terms_with(leap_agency_duty="first_of_march"))
    assert moved.due_on == date(2100, 3, 1)
