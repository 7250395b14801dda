"""Dates of birth and of listing as official lists write them (6 USC 964(b))."""

from __future__ import annotations

import re
from datetime import date

from greenlane.vetting.lists.entries import BirthDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_MONTH_YEAR = re.compile(r"^(\d{1,2}) ([A-Za-z]{3,9}) (\d{4})$")
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})")
_US = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_date(text: str) -> date | None:
    """A day written '15 Jun 1958', '1958-06-15' (with or without a time) or '06/15/1958' (month first), else None."""
    text = text.strip()
    if match := _DAY_MONTH_YEAR.match(text):
        month = match.group(2)[:3].lower()
        return _date(int(match.group(3)), _MONTHS.index(month) + 1, int(match.group(1))) if month in _MONTHS else None
    if match := _ISO.match(text):
        return _date(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    if match := _US.match(text):
        return _date(int(match.group(3)), int(match.group(1)), int(match.group(2)))
    return None


def birth_date(text: str) -> BirthDate:
    """A date of birth as given, with the years it can mean: 'circa 1960', '1962 to 1964' keep first and last year."""
    text = " ".join(text.split())
    exact = parse_date(text)
    if exact:
        return BirthDate(text, exact.year, exact.year, exact)
    years = [int(year) for year in _YEAR.findall(text)]
    return BirthDate(text, min(years, default=None), max(years, default=None))
