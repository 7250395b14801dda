"""Look-back and look-ahead by calendar months, for the periods that a programme's terms set (963(1), 966(a))."""

from __future__ import annotations

import calendar
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day *months* later (earlier where negative); where that month is shorter, its last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_before(day: date, months: int) -> date:
    """The same day *months* earlier; where that month is shorter, its last day."""
    return months_after(day, -months)
