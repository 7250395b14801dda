"""The grid of one participant: boundaries, missed periods, rests (6 USC 969(2))."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law.calendar import LeapRule
from greenlane.revalidation.measures import time_since_last
from greenlane.revalidation.periods import Grid

INITIAL = date(2026, 5, 4)
END_1, END_2, END_3 = date(2030, 5, 4), date(2034, 5, 4), date(2038, 5, 4)


def grid(*closings: date, rests: tuple[tuple[date, date | None], ...] = (), initial: date = INITIAL) -> Grid:
    return Grid(initial, closings, rests, 4, LeapRule.LAST_OF_FEBRUARY)


@pytest.mark.clause("6 USC 969(2)")
def test_a_period_ends_on_the_anniversary_and_the_next_begins_the_day_after() -> None:
    assert grid().period(END_1).ends_on == END_1
    assert grid().period(END_1 + timedelta(days=1)).ends_on == END_2
    assert grid().owed(END_1) == ()
    assert [p.index for p in grid().owed(END_1 + timedelta(days=1))] == [1]


@pytest.mark.clause("6 USC 969(2)")
@pytest.mark.parametrize(("closed", "met"), [(END_1, 1), (END_1 + timedelta(days=1), 2)])
def test_a_revalidation_on_the_last_day_meets_its_period_and_one_day_later_the_next(closed: date, met: int) -> None:
    rows = {period.index: day for period, day in grid(closed).deadlines()}
    assert rows[met] == closed
    missed = [period.index for period in grid(closed).missed(END_2)]
    assert missed == ([] if met == 1 else [1])


@pytest.mark.clause("6 USC 969(2)")
def test_a_missed_period_stays_missed_and_is_no_longer_owed_once_a_revalidation_closed() -> None:
    late = grid(date(2031, 1, 9))
    assert [p.index for p in late.missed(END_2)] == [1]
    assert late.owed(END_2) == ()
    assert next(iter(late.deadlines()))[1] == date(2031, 1, 9)
    assert [(p.index, met) for p, met in late.deadlines()] == [(1, date(2031, 1, 9)), (2, date(2031, 1, 9)), (3, None)]


@pytest.mark.clause("6 USC 969(2)")
def test_an_early_revalidation_does_not_move_the_grid() -> None:
    early = grid(INITIAL + timedelta(days=30))
    assert [period.ends_on for period, _met in early.deadlines()] == [END_1, END_2]
    twice = grid(INITIAL + timedelta(days=30), INITIAL + timedelta(days=60))
    assert [met for _period, met in twice.deadlines()] == [INITIAL + timedelta(days=30), None]


@pytest.mark.clause("6 USC 969(1)")
def test_nothing_is_owed_for_a_period_that_ended_while_no_tier_was_held() -> None:
    away = grid(rests=((date(2029, 1, 1), date(2031, 1, 1)),))
    assert away.resting(END_1)
    assert not away.resting(date(2031, 1, 1))
    assert away.missed(END_2) == ()
    assert [period.index for period, _met in away.deadlines()] == [2]
    gone = grid(rests=((date(2029, 1, 1), None),))
    assert list(gone.deadlines()) == []
    assert gone.missed(END_3) == ()


@pytest.mark.clause("6 USC 969(2)")
@given(days=st.lists(st.integers(1, 8000), max_size=6), on=st.integers(1, 9000))
def test_what_waits_is_the_first_period_without_a_revalidation_since(days: list[int], on: int) -> None:
    closings = tuple(sorted(INITIAL + timedelta(days=n) for n in days))
    today = INITIAL + timedelta(days=on)
    made = grid(*closings)
    rows = list(made.deadlines())
    assert [p.index for p, _met in rows] == list(range(1, len(rows) + 1))
    assert [met is None for _p, met in rows] == [False] * (len(rows) - 1) + [True]
    assert all(period in made.missed(today) for period in made.owed(today))
    known = [day for day in closings if day <= today]
    assert not made.owed(today) or not known or made.owed(today)[0].ends_on >= max(known)


@pytest.mark.clause("6 USC 969(2)")
@pytest.mark.parametrize(("day", "measure"), [(INITIAL, 0), (date(2028, 5, 4), 50), (END_1, 100), (END_2, 100)])
def test_time_since_last_is_reckoned_in_hundredths_of_the_period(day: date, measure: int) -> None:
    assert time_since_last(grid(), day) == measure
    assert time_since_last(grid(day), day) == 0


@pytest.mark.clause("6 USC 969(2)")
def test_a_validation_on_29_february_keeps_its_grid() -> None:
    leap = grid(initial=date(2028, 2, 29))
    assert [leap.period(date(2030, 1, 1)).ends_on, leap.period(date(2033, 1, 1)).ends_on] == [
        date(2032, 2, 29),
        date(2036, 2, 29),
    ]
