"""Federal holidays against an independent oracle, and date arithmetic that never guesses."""

from __future__ import annotations

from datetime import date, timedelta

import holidays as oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law.calendar import (
    CALENDAR_VERSION,
    AmbiguousDate,
    CalendarUnknown,
    LeapRule,
    add_days,
    add_years,
    federal_holidays,
    fiscal_year,
    fiscal_year_end,
    fiscal_year_start,
    holiday_name,
    is_business_day,
    next_business_day,
)

DAYS = st.dates(date(1971, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize("year", range(1971, 2101))
def test_holidays_equal_the_oracle(year: int) -> None:
    """All weekdays on which offices close; Saturdays and Sundays, which the oracle lists too, are closed anyway."""
    known = oracle.country_holidays("US", years=[year - 1, year, year + 1], observed=True)
    assert set(federal_holidays(year)) == {day for day in known if day.year == year and day.weekday() < 5}


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(1985, 1, 21), None),
        (date(1986, 1, 20), "Birthday of Martin Luther King, Jr."),
        (date(1977, 10, 24), "Veterans Day"),
        (date(1977, 11, 11), None),
        (date(1978, 11, 10), "Veterans Day"),
        (date(2020, 6, 19), None),
        (date(2021, 6, 18), "Juneteenth National Independence Day"),
        (date(2021, 12, 31), "New Year's Day"),
        (date(2023, 1, 2), "New Year's Day"),
        (date(2025, 1, 20), "Birthday of Martin Luther King, Jr."),
        (date(2017, 1, 20), None),  # Inauguration Day closes offices around Washington only
        (date(2024, 12, 24), None),  # closed by an executive order for one year, not by 5 USC 6103
    ],
)
def test_named_days(day: date, name: str | None) -> None:
    assert holiday_name(day) == name


def test_years_before_the_rules_are_refused() -> None:
    with pytest.raises(CalendarUnknown, match="begins with 1971; 1970 is earlier"):
        federal_holidays(1970)
    with pytest.raises(CalendarUnknown):
        is_business_day(date(1970, 1, 3))
    assert CALENDAR_VERSION


@given(DAYS)
def test_next_business_day_is_the_first_not_before(day: date) -> None:
    found = next_business_day(day)
    assert found >= day
    assert is_business_day(found)
    assert not any(is_business_day(day + timedelta(days=n)) for n in range((found - day).days))


@given(DAYS, st.integers(0, 5000))
def test_days_add_up(day: date, n: int) -> None:
    assert (add_days(day, n) - day).days == n


def test_29_february_never_moves_silently() -> None:
    leap_day = date(2024, 2, 29)
    with pytest.raises(AmbiguousDate, match="2024-02-29 has no same day in 2025"):
        add_years(leap_day, 1)
    assert add_years(leap_day, 1, LeapRule.LAST_OF_FEBRUARY) == date(2025, 2, 28)
    assert add_years(leap_day, 1, LeapRule.FIRST_OF_MARCH) == date(2025, 3, 1)
    assert add_years(leap_day, 4) == date(2028, 2, 29)
    assert add_years(date(2096, 2, 29), 4, LeapRule.LAST_OF_FEBRUARY) == date(2100, 2, 28)


def test_a_year_that_dates_cannot_hold_is_no_leap_question() -> None:
    with pytest.raises(ValueError, match="year"):
        add_years(date(9999, 5, 1), 1)


@given(DAYS, st.integers(1, 20), st.sampled_from(LeapRule))
def test_years_keep_month_and_day(day: date, n: int, leap: LeapRule) -> None:
    later = add_years(day, n, leap)
    assert later.year == day.year + n
    assert (later.month, later.day) == (day.month, day.day) or (day.month, day.day) == (2, 29)


@given(DAYS)
def test_every_day_is_in_its_fiscal_year(day: date) -> None:
    year = fiscal_year(day)
    assert fiscal_year_start(year) <= day <= fiscal_year_end(year)
    assert fiscal_year_end(year) + timedelta(days=1) == fiscal_year_start(year + 1)


def test_fiscal_year_2008() -> None:
    assert fiscal_year(date(2007, 9, 30)) == 2007
    assert fiscal_year(date(2007, 10, 1)) == 2008
