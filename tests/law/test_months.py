"""Periods of calendar months, for the look-backs of 963(1), 963(2) and 966(a)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law.months import months_after, months_before


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
@pytest.mark.clause("6 USC 963(1)")
def test_the_same_day_of_an_earlier_month_or_its_last_day(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


@pytest.mark.clause("6 USC 963(1)")
@given(day=st.dates(date(1990, 1, 1), date(2090, 12, 31)), months=st.integers(0, 240))
def test_a_look_back_never_reaches_further_than_asked(day: date, months: int) -> None:
    assert months_before(day, months) <= day <= months_after(day, months)
    assert months_after(months_before(day, months), months) <= day
