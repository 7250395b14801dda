"""Federal holidays by rule (5 USC 6103), business days, fiscal years and date arithmetic that never guesses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from greenlane.law.sentences import N_

CALENDAR_VERSION = "us-federal-2021.1"
"""Names the rules below, kept with every deadline; it changes only when 5 USC 6103 changes, never with an upgrade."""

FIRST_YEAR = 1971
"""The Monday holidays of Public Law 90-363 begin with 1971; earlier years follow other rules and are refused."""

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6


class CalendarUnknown(ValueError):
    """Raised for a year before 1971, for which this calendar has no rules."""


class AmbiguousDate(ValueError):
    """Raised when counting years from 29 February without saying which day stands for it in a common year."""


class LeapRule(StrEnum):
    """Which day stands for 29 February in a year that has none."""

    LAST_OF_FEBRUARY = "last_of_february"
    FIRST_OF_MARCH = "first_of_march"


@dataclass(frozen=True)
class Holiday:
    """A legal public holiday: its name, the rule for its day, and the years in which that rule is in force."""

    title: str
    day: Callable[[int], date]
    first_year: int = FIRST_YEAR
    last_year: int | None = None

    def exists(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(weekday: int, n: int, month: int) -> Callable[[int], date]:
    """The *n*-th (from 1) *weekday* of the month."""

    def day(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))

    return day


def _last_monday_of_may(year: int) -> date:
    end = date(year, 5, 31)
    return end - timedelta(days=end.weekday())


HOLIDAYS: tuple[Holiday, ...] = (
    Holiday(N_("New Year's Day"), _fixed(1, 1)),
    Holiday(N_("Birthday of Martin Luther King, Jr."), _nth(MONDAY, 3, 1), first_year=1986),
    Holiday(N_("Washington's Birthday"), _nth(MONDAY, 3, 2)),
    Holiday(N_("Memorial Day"), _last_monday_of_may),
    Holiday(N_("Juneteenth National Independence Day"), _fixed(6, 19), first_year=2021),
    Holiday(N_("Independence Day"), _fixed(7, 4)),
    Holiday(N_("Labor Day"), _nth(MONDAY, 1, 9)),
    Holiday(N_("Columbus Day"), _nth(MONDAY, 2, 10)),
    Holiday(N_("Veterans Day"), _nth(MONDAY, 4, 10), last_year=1977),
    Holiday(N_("Veterans Day"), _fixed(11, 11), first_year=1978),
    Holiday(N_("Thanksgiving Day"), _nth(THURSDAY, 4, 11)),
    Holiday(N_("Christmas Day"), _fixed(12, 25)),
)
"""5 USC 6103(a). Inauguration Day is left out: 6103(c) makes it a holiday in and around Washington only."""


def _observed(day: date) -> date:
    """The day on which offices close: Friday for a Saturday, Monday for a Sunday (5 USC 6103(b); E.O. 11582)."""
    return day + timedelta(days={SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0))


def _check(year: int) -> None:
    if year < FIRST_YEAR:
        raise CalendarUnknown(
            f"The federal calendar here begins with {FIRST_YEAR}; {year} is earlier. Give a later date."
        )


@cache
def federal_holidays(year: int) -> dict[date, str]:
    """The days of *year* on which federal offices close, with their names, in order.

    New Year's Day on a Saturday closes 31 December of the year before, so that day belongs to the year before.
    Raises CalendarUnknown before 1971.
    """
    _check(year)
    days = {
        _observed(holiday.day(at)): holiday.title
        for at in (year, year + 1)
        for holiday in HOLIDAYS
        if holiday.exists(at)
    }
    return {day: days[day] for day in sorted(days) if day.year == year}


def holiday_name(on: date) -> str | None:
    """The name of the federal holiday observed *on* this day, or None."""
    return federal_holidays(on.year).get(on)


def is_business_day(on: date) -> bool:
    """Neither Saturday, Sunday nor a day on which a federal holiday is observed."""
    _check(on.year)
    return on.weekday() < SATURDAY and holiday_name(on) is None


def next_business_day(on: date) -> date:
    """The day itself when it is a business day, else the first business day after it."""
    while not is_business_day(on):
        on += timedelta(days=1)
    return on


def add_days(start: date, days: int) -> date:
    """The last of *days* days when the first day counted is the day after *start*."""
    return start + timedelta(days=days)


def add_years(start: date, years: int, leap: LeapRule | None = None) -> date:
    """The same day *years* years later.

    Raises AmbiguousDate when *start* is 29 February, the year reached is not a leap year and no rule is given.
    """
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        if not _is_leap_day(start):
            raise  # beyond the years that dates can hold
    if leap is None:
        raise AmbiguousDate(
            f"{start.isoformat()} has no same day in {start.year + years}: "
            "say whether 28 February or 1 March stands for it (a LeapRule)."
        )
    return date(start.year + years, 2, 28) if leap is LeapRule.LAST_OF_FEBRUARY else date(start.year + years, 3, 1)


def _is_leap_day(day: date) -> bool:
    return (day.month, day.day) == (2, 29)


def fiscal_year(on: date) -> int:
    """The federal fiscal year that the day falls in: it starts on 1 October and is named by the year it ends in."""
    return on.year + (on.month >= 10)


def fiscal_year_start(year: int) -> date:
    """1 October of the calendar year before."""
    return date(year - 1, 10, 1)


def fiscal_year_end(year: int) -> date:
    """30 September of the same calendar year."""
    return date(year, 9, 30)
