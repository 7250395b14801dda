"""973: what is obligated never exceeds what is authorized, whatever the order and the year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law import s972, s973


@pytest.mark.clause("6 USC 973(a)")
@pytest.mark.clause("6 USC 973(b)")
@given(
    purpose=st.sampled_from(sorted(s973.PURPOSES)),
    year=st.integers(2008, 2012),
    amounts=st.lists(st.integers(1, 30_000_000), max_size=12),
)
def test_obligations_stay_within_the_authorization(purpose: str, year: int, amounts: list[int]) -> None:
    row = s973.authorization(purpose, year)
    obligated = 0
    for amount in amounts:
        facts = s973.ObligationFacts(purpose, year, amount, obligated)
        if s973.may_obligate(facts, date(2020, 1, 1)).granted:
            obligated += amount
    assert obligated <= (row.number if row else 0)


@pytest.mark.clause("6 USC 973(a)")
def test_the_sums_of_the_law() -> None:
    programme = [s973.authorization("programme", y) for y in range(2007, 2014)]
    personnel = [s973.authorization("personnel", y) for y in range(2007, 2014)]
    assert sum(row.number for row in programme if row) == 212_600_000
    assert sum(row.number for row in personnel if row) == 86_100_000


@pytest.mark.clause("6 USC 972")
def test_the_increase_owed_by_year() -> None:
    assert [s972.increase_owed(year) for year in range(2007, 2011)] == [0, 50, 50, 0]
