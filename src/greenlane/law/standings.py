"""How a clock stands on a day: days left, overdue, paused, met early or late; computed when asked: 964(c), 967(c)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from greenlane.law.reckoning import Due, Duty, Pause, clock_of
from greenlane.law.sentences import N_, Sentence


class State(StrEnum):
    """How a clock stands. 'Overdue' and 'lapsed' are answers to a question with a date, and kept nowhere."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    PAUSED = "paused"
    MET_EARLY = "met_early"
    MET_ON_TIME = "met_on_time"
    """Met on the last day itself."""
    MET_LATE = "met_late"
    LAPSED = "lapsed"
    """A right of a participant that was not used in time."""


MET = frozenset({State.MET_EARLY, State.MET_ON_TIME, State.MET_LATE})


@dataclass(frozen=True)
class Standing:
    """How a clock stands. ``days`` to the last day: negative after it; while paused, the days that are still left.

    ``sentence`` is the short text of the chip; ``reason`` says why a paused clock stands still.
    """

    state: State
    days: int
    sentence: Sentence
    reason: str = ""

    @property
    def met(self) -> bool:
        return self.state in MET


def standing(due: Due, on: date, met_on: date | None = None) -> Standing:
    """How the clock stands at the end of the day *on*, met on *met_on* if at all. A later *met_on* is not known yet."""
    if met_on is not None and met_on <= on:
        return _met((due.due_on - met_on).days)
    if on < due.started_on:
        return _count(State.NOT_STARTED, (due.started_on - on).days, (due.due_on - on).days)
    pause = _pause_on(due, on)
    if pause is not None:
        return _paused(due, pause, on)
    left = (due.due_on - on).days
    if left == 0:
        return Standing(State.DUE_TODAY, 0, Sentence(N_("Due today")))
    if left > 0:
        return _count(State.RUNNING, left, left)
    clock = clock_of(due.clock)
    lapses = clock.duty_of is Duty.PARTICIPANT and not clock.owed
    return _count(State.LAPSED if lapses else State.OVERDUE, -left, left)


def _met(early: int) -> Standing:
    if early == 0:
        return Standing(State.MET_ON_TIME, 0, Sentence(N_("Met on the last day")))
    return _count(State.MET_EARLY if early > 0 else State.MET_LATE, abs(early), early)


def _pause_on(due: Due, on: date) -> Pause | None:
    return next((p for p in due.pauses if p.from_ <= on and (p.to is None or on < p.to)), None)


def _paused(due: Due, pause: Pause, on: date) -> Standing:
    """Days paused so far in the sentence; the days left when the clock runs again in ``days``."""
    resumes = max(pause.to or pause.from_, due.started_on)
    later = sum((p.to - p.from_).days for p in due.pauses if p.to is not None and p.from_ > pause.from_)
    left = (due.due_on - resumes).days - later
    paused = (on - pause.from_).days
    if paused == 0:
        return Standing(State.PAUSED, left, Sentence(N_("Paused today")), pause.reason)
    return _count(State.PAUSED, paused, left, pause.reason)


_TEXTS = {
    State.NOT_STARTED: (N_("Starts in 1 day"), N_("Starts in %(days)d days")),
    State.RUNNING: (N_("1 day left"), N_("%(days)d days left")),
    State.OVERDUE: (N_("1 day overdue"), N_("%(days)d days overdue")),
    State.LAPSED: (N_("Lapsed 1 day ago"), N_("Lapsed %(days)d days ago")),
    State.PAUSED: (N_("Paused 1 day"), N_("Paused %(days)d days")),
    State.MET_EARLY: (N_("Met 1 day early"), N_("Met %(days)d days early")),
    State.MET_LATE: (N_("Met 1 day late"), N_("Met %(days)d days late")),
}


def _count(state: State, shown: int, days: int, reason: str = "") -> Standing:
    one, many = _TEXTS[state]
    return Standing(state, days, Sentence(one) if shown == 1 else Sentence(many, {"days": shown}), reason)
