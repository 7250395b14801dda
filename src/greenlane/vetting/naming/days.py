"""A day as people and programs write it, read only where it can mean one day (964(b))."""

from __future__ import annotations

import re
from datetime import date

from greenlane.vetting.lists.dates import parse_date

_DIGITS = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_YEAR_FIRST = re.compile(r"^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ][\d:.,+-]*Z?)?$")
_IN_WORDS = re.compile(r"^\d{1,2} [A-Za-z]+ \d{4}$")
_POINTS = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_STROKES = re.compile(r"^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$")


def day_of(text: str) -> date | None:
    """The day; None for what is none, and for '04/05/1961', which is two days in two countries."""
    text = " ".join(text.split())
    if match := _DIGITS.match(text) or _YEAR_FIRST.match(text):
        return _day(*match.groups())
    if match := _POINTS.match(text):
        return _day(*reversed(match.groups()))
    if match := _STROKES.match(text):
        first, second, year = match.groups()
        readings = {day for day in (_day(year, first, second), _day(year, second, first)) if day}
        return readings.pop() if len(readings) == 1 else None
    return parse_date(text) if _IN_WORDS.match(text) else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
