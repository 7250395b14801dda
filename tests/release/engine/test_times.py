"""Hours to release by mode and examination, and mixes of them: measured, or said not to be measurable."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenlane.law.sentences import Sentence
from greenlane.release.engine.measures import FEWEST, Measured
from greenlane.release.engine.times import HOURS, LONGEST, Mean, Unknown, expected, times

pytestmark = pytest.mark.clause("6 USC 965(b)(2)", "6 USC 966(c)", "19 USC 4311(b)(5)")
FIRST, LAST = date(2026, 1, 1), date(2026, 1, 31)
KNOWN = datetime(2026, 6, 1, tzinfo=UTC)
FILED = datetime(2026, 1, 5, 8, tzinfo=UTC)


def row(number: int, hours: float | None = 2.0, **changes: object) -> Measured:
    released = None if hours is None else FILED + timedelta(hours=hours)
    made = Measured(
        entry_number=f"E{number}", tier=2, mode="sea", filed_at=FILED, examination="none", released_at=released
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def many(hours: list[float | None], **changes: object) -> list[Measured]:
    return [row(number, one, **changes) for number, one in enumerate(hours)]


def only(rows: list[Measured], known: datetime = KNOWN) -> Mean | Unknown:
    [found] = times(rows, FIRST, LAST, known).values()
    return found


def test_a_mean_has_numerator_denominator_period_and_interval() -> None:
    found = only(many([1.0] * 20 + [3.0] * 20))
    assert isinstance(found, Mean)
    assert (found.value, found.numerator, found.denominator) == (2.0, 40, 40)
    assert (found.first, found.last) == (FIRST, LAST)
    assert 1.6 < found.interval.low < 2.0 < found.interval.high < 2.4


def test_who_is_not_released_counts_with_the_longest_time_and_is_not_in_the_numerator() -> None:
    found = only(many([0.0] * 30 + [None] * 5 + [HOURS + 1] * 5))
    assert isinstance(found, Mean)
    assert (found.numerator, found.denominator) == (30, 40)
    assert found.value == pytest.approx(HOURS / 4)


def test_who_may_still_be_released_leaves_no_number() -> None:
    found = only(many([1.0] * 40 + [None]), FILED + LONGEST - timedelta(seconds=1))
    assert isinstance(found, Unknown)
    assert found.rows == ("E40",)
    assert "1 of 41" in str(found.why)
    assert isinstance(only(many([1.0] * 40 + [None]), FILED + LONGEST), Mean)


def test_few_entries_leave_no_number() -> None:
    found = only(many([1.0] * (FEWEST - 1)))
    assert isinstance(found, Unknown)
    assert str(FEWEST) in str(found.why)


@pytest.mark.parametrize(
    ("changes", "modes"),
    [
        ({"entry_number": "E1"}, {"sea"}),
        ({"released_at": FILED - timedelta(hours=1)}, {"sea"}),
        ({"port_mode": "air"}, {"sea", "air"}),
        ({"tier": None}, {"sea"}),
        ({"mode": "balloon"}, {"sea", "air", "rail"}),
    ],
)
def test_rc_03_a_row_that_fails_a_check_leaves_no_time_of_its_mode(changes: dict[str, object], modes: set[str]) -> None:
    rows = [one for mode in ("sea", "air", "rail") for one in many([1.0] * 40, mode=mode)]
    rows = [replace(one, entry_number=f"{one.mode}{place}") for place, one in enumerate(rows)]
    rows[0] = replace(rows[0], entry_number="E1")
    found = times([*rows, row(900, **changes)], FIRST, LAST, KNOWN)  # type: ignore[arg-type]
    assert {mode for (mode, _), one in found.items() if isinstance(one, Unknown)} == modes
    assert {mode for (mode, _), one in found.items() if isinstance(one, Mean)} == {"sea", "air", "rail"} - modes


def test_only_entries_of_the_period_count() -> None:
    assert times(many([1.0] * 40), date(2026, 2, 1), date(2026, 2, 28), KNOWN) == {}
    with pytest.raises(ValueError, match="before it begins"):
        times([], LAST, FIRST, KNOWN)


@given(
    none=st.lists(st.floats(0, 700), min_size=FEWEST, max_size=40),
    scan=st.lists(st.floats(0, 700), min_size=FEWEST, max_size=40),
)
@settings(max_examples=25, deadline=None)
def test_the_mix_that_was_measured_takes_the_time_that_was_measured(none: list[float], scan: list[float]) -> None:
    """With the mix of the measured entries themselves, the expected time is their plain mean."""
    rows = [
        *many(list(none)),
        *(replace(row(n, h), entry_number=f"S{n}", examination="scan") for n, h in enumerate(scan)),
    ]
    known = times(rows, FIRST, LAST, KNOWN)
    mix = {("sea", "none"): len(none), ("sea", "scan"): len(scan)}
    assert expected(mix, known) == pytest.approx(sum([*none, *scan]) / len(rows), abs=1e-6)


def test_every_part_of_a_mix_must_be_measured() -> None:
    known = times([*many([1.0] * 40), row(99, examination="scan")], FIRST, LAST, KNOWN)
    assert expected({}, known) is None
    assert expected({("sea", "none"): 5, ("sea", "scan"): 0, ("air", "none"): 0}, known) == 1.0
    few = expected({("sea", "none"): 5, ("sea", "scan"): 1}, known)
    assert isinstance(few, Sentence)
    assert "fewer than" in str(few)
    never = expected({("air", "none"): 1}, known)
    assert isinstance(never, Sentence)
    assert "is in the period" in str(never)
