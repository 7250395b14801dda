"""Writers of an embedded database take turns in the order of arrival (6 USC 971(b))."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from greenlane.casework.turns import Turns

LONGEST = 10.0


def begun(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds; a test that waits in vain fails."""
    end = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.001)


def test_turns_are_in_the_order_of_arrival() -> None:
    turns, order, waiting = Turns(), list[int](), list[threading.Thread]()

    def write(number: int) -> Callable[[], None]:
        def work() -> None:
            with turns:
                order.append(number)

        return work

    with turns:
        for number in range(5):
            waiting.append(begun(write(number)))
            until(lambda number=number: len(turns._waiting) == number + 1)  # type: ignore[misc]
    for thread in waiting:
        thread.join(LONGEST)
    assert order == [0, 1, 2, 3, 4]


def test_a_writer_who_comes_back_waits_behind_the_others() -> None:
    turns, order = Turns(), list[str]()

    def other() -> None:
        with turns:
            order.append("other")

    with turns:
        thread = begun(other)
        until(lambda: len(turns._waiting) == 1)
    with turns:
        order.append("again")
    thread.join(LONGEST)
    assert order == ["other", "again"]


def test_one_at_a_time_and_the_same_thread_may_enter_again() -> None:
    turns, inside, most = Turns(), list[int](), list[int]()

    def write() -> None:
        for _ in range(50):
            with turns, turns:
                inside.append(1)
                most.append(len(inside))
                time.sleep(0)
                inside.pop()

    threads = [begun(write) for _ in range(4)]
    for thread in threads:
        thread.join(LONGEST)
    assert len(most) == 200
    assert set(most) == {1}


def test_a_failure_inside_hands_the_turn_on() -> None:
    turns, done = Turns(), threading.Event()

    def other() -> None:
        with turns:
            done.set()

    with pytest.raises(ZeroDivisionError), turns:
        thread = begun(other)
        until(lambda: len(turns._waiting) == 1)
        raise ZeroDivisionError
    assert done.wait(LONGEST)
    thread.join(LONGEST)
    with turns:
        pass


class Interrupted(BaseException):
    """What Ctrl+C is like."""


class Gate:
    """A lock whose wait is interrupted, before or after the turn was handed on."""

    def __init__(self, before: Callable[[], None]) -> None:
        self.before, self.asked = before, 0

    def acquire(self) -> bool:
        self.asked += 1
        if self.asked == 2:
            self.before()
            raise Interrupted
        return True

    def release(self) -> None:
        pass


@pytest.mark.parametrize("handed", [False, True])
def test_whoever_is_interrupted_leaves_the_queue_or_hands_the_turn_on(
    handed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns, entered, leave, left = Turns(), threading.Event(), threading.Event(), threading.Event()

    def first() -> None:
        with turns:
            entered.set()
            assert leave.wait(LONGEST)
        left.set()

    def before() -> None:
        if handed:
            leave.set()
            assert left.wait(LONGEST)

    thread = begun(first)
    assert entered.wait(LONGEST)
    monkeypatch.setattr("greenlane.casework.turns.threading.Lock", lambda: Gate(before))
    with pytest.raises(Interrupted), turns:
        raise AssertionError("never entered")
    leave.set()
    thread.join(LONGEST)
    with turns:
        assert turns._depth == 1
