"""Figures of benefits: sound with their interval, or said not to be measurable (RC-03)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.release.engine.measures import (
    FEWEST,
    Figure,
    Measured,
    NotMeasurable,
    measure,
    median_interval,
    rate_interval,
)

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)


def rows(count: int = 40, *, examined: int = 4, tier: int = 2, mode: str = "sea") -> list[Measured]:
    return [
        Measured(
            entry_number=f"{mode}-{tier}-{n}",
            tier=tier,
            mode=mode,
            filed_at=NOON,
            examination="scan" if n < examined else "none",
            released_at=NOON + timedelta(hours=n),
        )
        for n in range(count)
    ]


def figures(found: tuple[Figure | NotMeasurable, ...]) -> list[Figure]:
    return [one for one in found if isinstance(one, Figure)]


@pytest.mark.clause("6 USC 965(b)(2)", "19 USC 4311(b)(5)")
def test_a_figure_has_numerator_denominator_mode_period_and_interval() -> None:
    rate, hours = figures(measure(rows(), FIRST, LAST))
    assert (rate.measure, rate.tier, rate.mode, rate.first, rate.last) == ("examined", 2, "sea", FIRST, LAST)
    assert (rate.numerator, rate.denominator, rate.value) == (4, 40, 0.1)
    assert rate.interval.low < 0.1 < rate.interval.high
    assert (hours.numerator, hours.denominator, hours.value) == (40, 40, 19.5)
    assert hours.interval.low <= 19.5 <= hours.interval.high


def test_the_intervals_are_the_published_ones() -> None:
    """Wilson: 4 of 40 gives 3.96 % to 23.05 %; of 10 ordered values the 2nd to the 9th hold the median at 97.9 %."""
    found = rate_interval(4, 40)
    assert (round(found.low, 4), round(found.high, 4)) == (0.0396, 0.2305)
    assert rate_interval(0, 50).low == 0.0
    assert rate_interval(50, 50).high == 1.0
    ten = median_interval([float(n) for n in range(1, 11)])
    assert (ten.low, ten.high) == (2.0, 9.0)


@given(st.integers(6, 30) | st.integers(990, 1010), st.randoms(use_true_random=False))
def test_the_interval_of_a_median_holds_it_on_both_sides_of_the_approximation(count: int, chance: Random) -> None:
    values = [chance.random() for _ in range(count)]
    middle = sorted(values)[len(values) // 2]
    found = median_interval(values)
    assert found.low <= middle <= found.high


@pytest.mark.parametrize(
    ("spoil", "check"),
    [
        ({"entry_number": "sea-2-1"}, "twice"),
        ({"tier": None}, "no tier"),
        ({"examination": None}, "no tier"),
        ({"port_mode": "truck"}, "mainly serves"),
        ({"released_at": NOON - timedelta(minutes=1)}, "before they were filed"),
    ],
)
def test_rc_03_data_that_fail_a_check_give_no_number(spoil: dict[str, object], check: str) -> None:
    """Duplicated, missing, cross-mode or impossible rows: 'not measurable' for that mode, and other modes stand."""
    sea, air = rows(), rows(mode="air")
    spoilt = [replace(sea[0], **spoil), *sea[1:], *air]  # type: ignore[arg-type]
    found = measure(spoilt, FIRST, LAST)
    assert {one.mode for one in figures(found)} == {"air"}
    refused = [one for one in found if isinstance(one, NotMeasurable)]
    assert any(check in str(one.why) and one.rows and one.mode == "sea" for one in refused)


def test_rc_03_an_unknown_mode_leaves_nothing_measurable() -> None:
    found = measure([*rows(), replace(rows()[0], entry_number="x", mode="balloon")], FIRST, LAST)
    assert figures(found) == []


def test_few_entries_say_nothing() -> None:
    found = measure(rows(FEWEST - 1), FIRST, LAST)
    assert figures(found) == []
    assert all("29" in str(one.why) for one in found if isinstance(one, NotMeasurable))


def test_entries_that_are_not_released_count_as_the_longest() -> None:
    waiting = [replace(one, released_at=None) if n >= 30 else one for n, one in enumerate(rows())]
    _, hours = figures(measure(waiting, FIRST, LAST))
    assert (hours.numerator, hours.denominator, hours.value) == (30, 40, 19.5)
    mostly = [replace(one, released_at=None) if n >= 20 else one for n, one in enumerate(rows())]
    assert [one.measure for one in figures(measure(mostly, FIRST, LAST))] == ["examined"]


def test_only_what_was_filed_in_the_period_counts() -> None:
    early = [replace(one, filed_at=NOON - timedelta(days=60)) for one in rows()]
    assert measure(early, FIRST, LAST) == ()
    with pytest.raises(ValueError, match="before it begins"):
        measure(rows(), LAST, FIRST)
