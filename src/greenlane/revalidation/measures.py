"""The measure that the platform takes itself: how much of a period has passed since the last validation (969(2))."""

from __future__ import annotations

from datetime import date

from greenlane.law.calendar import add_years
from greenlane.revalidation.periods import Grid

TIME_SINCE_LAST = "time_since_last"
"""The code of the criterion that is never recorded, because it follows from the record."""


def time_since_last(grid: Grid, on: date) -> int:
    """0 to 100: the days since the last (re)validation as hundredths of the length of a period, 100 at its end."""
    last = grid.last_on(on)
    whole = (add_years(last, grid.years, grid.leap) - last).days
    return min(100, (on - last).days * 100 // whole)
