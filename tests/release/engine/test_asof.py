"""Statuses at an instant as known at another: against a reader that looks at every period, and by hand."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenlane.release.engine import asof
from greenlane.release.engine.asof import CHANGES, DAY, Period, PeriodsOverlap, StatusStore
from greenlane.release.engine.statuses import NO_STATUS

NOON = DAY // 2
times = st.integers(0, 12).map(lambda half: half * NOON) | st.integers(0, 6 * DAY)


@st.composite
def histories(draw: st.DrawFn) -> list[Period]:
    """Periods of three parties of which no two of a party meet in both times."""
    found: list[Period] = []
    for _ in range(draw(st.integers(0, 14))):
        valid_from, known_from = draw(times), draw(times)
        valid_to = draw(st.none() | st.integers(valid_from + 1, 7 * DAY))
        known_to = draw(st.none() | st.integers(known_from + 1, 7 * DAY))
        one = Period(draw(st.sampled_from("ABC")), valid_from, valid_to, known_from, known_to, draw(st.integers(0, 5)))
        if not any(_meet(one, other) for other in found):
            found.append(one)
    return found


def _meet(one: Period, other: Period) -> bool:
    def apart(a: int, b: int | None, c: int, d: int | None) -> bool:
        return (b is not None and b <= c) or (d is not None and d <= a)

    return one.party == other.party and not (
        apart(one.valid_from, one.valid_to, other.valid_from, other.valid_to)
        or apart(one.known_from, one.known_to, other.known_from, other.known_to)
    )


def _read(periods: list[Period], party: str, instant: int, known: int | None) -> int:
    """The status by looking at every period in turn."""
    for one in periods:
        valid = one.valid_from <= instant and (one.valid_to is None or instant < one.valid_to)
        if known is None:
            was_known = one.known_to is None
        else:
            was_known = one.known_from <= known and (one.known_to is None or known < one.known_to)
        if one.party == party and valid and was_known:
            return one.status
    return NO_STATUS


@settings(max_examples=150, deadline=None)
@given(histories(), st.none() | times, st.data())
def test_a_status_is_that_of_the_period_that_holds_the_instant(
    periods: list[Period], known: int | None, data: st.DataObject
) -> None:
    slice_ = StatusStore.build(periods).known_at(known)
    edges = {e for p in periods for b in (p.valid_from, p.valid_to) if b is not None for e in (b - 1, b, b + 1)}
    for instant in sorted({e for e in edges if e >= 0} | {data.draw(times)}):
        for party in "ABCD":
            assert slice_.status(party, instant) == _read(periods, party, instant, known)


@settings(max_examples=100, deadline=None)
@given(histories(), st.none() | times, st.lists(st.integers(0, 8), unique=True, min_size=1).map(sorted))
def test_a_calendar_is_the_status_of_the_whole_day_or_says_that_it_changes(
    periods: list[Period], known: int | None, days: list[int]
) -> None:
    slice_ = StatusStore.build(periods).known_at(known)
    calendar = slice_.calendar(np.array(days, dtype=np.int64))
    assert calendar is not None
    for day in days:
        row = calendar.codes[calendar.rows[day - calendar.first]]
        for party in "ABC":
            slot = slice_.slots.get(party, slice_.unknown)
            inside = {b for p in periods for b in (p.valid_from, p.valid_to) if p.party == party and b is not None}
            seen = {_read(periods, party, at, known) for at in (day * DAY, *(b for b in inside if b // DAY == day))}
            if row[slot] == CHANGES:
                assert any(day * DAY < b < (day + 1) * DAY for b in inside)
            else:
                assert seen == {int(slice_.codes_known[row[slot]])}
        assert row[slice_.unknown] == 0


@pytest.mark.clause("6 USC 967(a)")
def test_a_suspension_at_noon_counts_from_noon() -> None:
    store = StatusStore.build([Period("A", 0, NOON, 0, None, 7), Period("A", NOON, None, 0, None, 1)])
    slice_ = store.known_at()
    assert [slice_.status("A", at) for at in (0, NOON - 1, NOON, 99 * DAY)] == [7, 7, 1, 1]
    calendar = slice_.calendar(np.array([0, 1], dtype=np.int64))
    assert calendar is not None
    assert calendar.codes[:, 0].tolist() == [CHANGES, int(np.searchsorted(slice_.codes_known, 1))]


def test_a_decision_of_the_past_reads_what_was_known_then() -> None:
    """What was corrected on day 5 for day 1 is read as corrected from then on, and as believed before."""
    store = StatusStore.build([Period(7, DAY, None, DAY, 5 * DAY, 3), Period(7, DAY, None, 5 * DAY, None, 0)])
    assert store.known_at(5 * DAY - 1).status(7, 2 * DAY) == 3
    assert store.known_at(5 * DAY).status(7, 2 * DAY) == 0
    assert store.known_at().status(7, 2 * DAY) == 0
    assert store.known_at(0).status(7, 2 * DAY) == NO_STATUS


def test_two_statuses_at_once_are_refused_by_name() -> None:
    random.seed(1)
    rows = [Period("ACME", day * DAY, (day + 1) * DAY, 0, None, 1) for day in range(30)]
    random.shuffle(rows)
    StatusStore.build(rows)
    with pytest.raises(PeriodsOverlap, match="'ACME'"):
        StatusStore.build([*rows, Period("ACME", 0, None, 9, 10, 2)])


@pytest.mark.parametrize(
    "period", [Period("A", 5, 5, 0, None, 1), Period("A", 0, None, 9, 8, 1), Period("A", 0, None, 0, None, -1)]
)
def test_a_period_that_cannot_be_is_refused(period: Period) -> None:
    with pytest.raises(ValueError, match="'A'"):
        StatusStore.build([period])


def test_no_periods_at_all() -> None:
    slice_ = StatusStore.build([]).known_at()
    assert slice_.status("A", 0) == NO_STATUS
    calendar = slice_.calendar(np.array([0], dtype=np.int64))
    assert calendar is not None
    assert calendar.codes.tolist() == [[0]]


def test_a_calendar_that_is_too_large_is_not_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    slice_ = StatusStore.build([Period("A", 0, None, 0, None, 1)]).known_at()
    monkeypatch.setattr(asof, "MOST_CELLS", 3)
    assert slice_.calendar(np.array([0, 1], dtype=np.int64)) is None
