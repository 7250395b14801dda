"""How a clock stands: the words of the chip, the signed days, and that nothing of it is kept."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law.citations import Citation
from greenlane.law.clocks import Due, Pause, State, clock_of, due, standing
from greenlane.law.reckoning import due_as_set

START = date(2026, 1, 1)
CERTIFICATION = due(clock_of("tier_1_certification"), START)  # due 1 April 2026
RIGHT = due(clock_of("sanction_appeal_filing"), START)  # 31 January is a Saturday: due 2 February 2026


@pytest.mark.clause("6 USC 964(c)")
@pytest.mark.parametrize(
    ("on", "met_on", "state", "days", "words"),
    [
        (date(2025, 12, 31), None, State.NOT_STARTED, 91, "Starts in 1 day"),
        (date(2025, 12, 1), None, State.NOT_STARTED, 121, "Starts in 31 days"),
        (START, None, State.RUNNING, 90, "90 days left"),
        (date(2026, 3, 20), None, State.RUNNING, 12, "12 days left"),
        (date(2026, 3, 31), None, State.RUNNING, 1, "1 day left"),
        (date(2026, 4, 1), None, State.DUE_TODAY, 0, "Due today"),
        (date(2026, 4, 2), None, State.OVERDUE, -1, "1 day overdue"),
        (date(2026, 4, 4), None, State.OVERDUE, -3, "3 days overdue"),
        (date(2026, 5, 1), date(2026, 3, 30), State.MET_EARLY, 2, "Met 2 days early"),
        (date(2026, 5, 1), date(2026, 3, 31), State.MET_EARLY, 1, "Met 1 day early"),
        (date(2026, 5, 1), date(2026, 4, 1), State.MET_ON_TIME, 0, "Met on the last day"),
        (date(2026, 4, 1), date(2026, 4, 1), State.MET_ON_TIME, 0, "Met on the last day"),
        (date(2026, 5, 1), date(2026, 4, 2), State.MET_LATE, -1, "Met 1 day late"),
        (date(2026, 5, 1), date(2026, 4, 8), State.MET_LATE, -7, "Met 7 days late"),
        (date(2026, 3, 20), date(2026, 3, 30), State.RUNNING, 12, "12 days left"),
    ],
)
def test_states_and_words(on: date, met_on: date | None, state: State, days: int, words: str) -> None:
    found = standing(CERTIFICATION, on, met_on)
    assert (found.state, found.days, str(found.sentence)) == (state, days, words)
    assert found.met == state.value.startswith("met")


@pytest.mark.clause("6 USC 967(c)(2)")
def test_a_right_lapses_and_a_duty_is_overdue() -> None:
    assert standing(RIGHT, date(2026, 2, 2)).state is State.DUE_TODAY
    lapsed = standing(RIGHT, date(2026, 2, 3))
    assert (lapsed.state, lapsed.days, str(lapsed.sentence)) == (State.LAPSED, -1, "Lapsed 1 day ago")
    assert str(standing(RIGHT, date(2026, 2, 4)).sentence) == "Lapsed 2 days ago"


def _validation(*pauses: Pause) -> Due:
    return due(clock_of("tier_2_validation"), START, pauses=pauses)


def _pause(start: date, end: date | None) -> Pause:
    return Pause(start, end, "The government refuses the visit.", Citation("6 USC 965(a)"))


@pytest.mark.clause("6 USC 965(a)")
def test_a_paused_clock_says_so_with_the_reason() -> None:
    open_ = _validation(_pause(date(2026, 3, 1), None))
    four = standing(open_, date(2026, 3, 5))
    assert (four.state, four.days, str(four.sentence)) == (State.PAUSED, 306, "Paused 4 days")
    assert four.reason == "The government refuses the visit."
    assert str(standing(open_, date(2026, 3, 1)).sentence) == "Paused today"
    assert str(standing(open_, date(2026, 3, 2)).sentence) == "Paused 1 day"
    assert standing(open_, date(2030, 1, 1)).state is State.PAUSED  # long after the day: still not overdue
    assert standing(open_, date(2026, 2, 28)).state is State.RUNNING
    assert standing(open_, date(2026, 4, 1), date(2026, 3, 20)).state is State.MET_EARLY


def test_a_pause_that_began_before_the_clock_leaves_it_whole() -> None:
    earlier = _validation(_pause(date(2025, 12, 20), None))
    assert (standing(earlier, START).state, standing(earlier, START).days) == (State.PAUSED, 365)
    assert str(standing(earlier, date(2025, 12, 31)).sentence) == "Starts in 1 day"


def test_the_days_left_stand_still_while_paused() -> None:
    both = _validation(_pause(date(2026, 3, 1), date(2026, 3, 11)), _pause(date(2026, 5, 1), date(2026, 5, 6)))
    assert both.paused_days == 15
    assert {standing(both, date(2026, 3, day)).days for day in range(1, 11)} == {306}
    resumed = standing(both, date(2026, 3, 11))
    assert resumed.state is State.RUNNING


@given(st.integers(0, 360), st.integers(1, 300), st.integers(-30, 900))
def test_exactly_one_answer_for_every_day(after: int, length: int, offset: int) -> None:
    begins = START + timedelta(days=after)
    one = _validation(_pause(begins, begins + timedelta(days=length)))
    on = START + timedelta(days=offset)
    found = standing(one, on)
    if on < START:
        assert found.state is State.NOT_STARTED
    elif begins <= on < begins + timedelta(days=length):
        assert (found.state, found.days) == (State.PAUSED, 365 - after)
    else:
        assert found.days == (one.due_on - on).days
        assert (found.state is State.OVERDUE) == (on > one.due_on)


def test_overdue_is_never_kept() -> None:
    assert not {field.name for field in fields(Due)} & {"overdue", "state", "days", "standing"}


@pytest.mark.clause("6 USC 965(c)")
@pytest.mark.clause("6 USC 967(c)")
def test_what_a_participant_owes_is_overdue_and_a_right_that_it_did_not_use_lapsed() -> None:
    after = START + timedelta(days=40)
    owed = standing(due_as_set(clock_of("required_action"), START, START + timedelta(days=30)), after)
    assert (owed.state, str(owed.sentence)) == (State.OVERDUE, "10 days overdue")
    assert standing(RIGHT, after).state is State.LAPSED
    unused = standing(due_as_set(clock_of("consequence_response"), START, START + timedelta(days=30)), after)
    assert unused.state is State.LAPSED
