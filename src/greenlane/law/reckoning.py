"""What a clock is, and how the day on which it falls due is reckoned: 961(b)-971; 19 USC 4311(c)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from greenlane.law.calendar import (
    CALENDAR_VERSION,
    AmbiguousDate,
    LeapRule,
    add_days,
    add_years,
    fiscal_year,
    fiscal_year_start,
    next_business_day,
)
from greenlane.law.citations import Citation
from greenlane.law.parameters import Parameter, Unit, parameter
from greenlane.law.sentences import N_, Sentence
from greenlane.law.terms import Terms


class Force(StrEnum):
    """How strongly the law binds."""

    SHALL = "shall"
    PRACTICABLE = "practicable"
    """To the extent practicable: a miss never blocks, but needs a written reason and is counted."""
    NOT_LESS_THAN = "not_less_than"
    """Not less frequently than once in each period of a fixed grid."""


class Duty(StrEnum):
    """Who must act in time."""

    AGENCY = "agency"
    PARTICIPANT = "participant"
    """A right of the participant, which lapses."""


class Roll(StrEnum):
    """What happens to a last day that is no business day."""

    KEEP = "keep"
    FORWARD = "forward"


@dataclass(frozen=True)
class Clock:
    """One clock. ``starts_with`` says in words what starts it; commands start it, meet it and make it moot.

    ``applies_to`` is a kind of procedure, or 'programme'. ``pauses_on`` pairs a command with the parameter whose value
    'pauses' lets it pause this clock; empty means that nothing pauses it. ``resumes_with``: commands that end a pause.
    """

    code: str
    title: str
    citation: Citation
    starts_with: str
    parameter: str | None
    force: Force
    duty_of: Duty
    roll: Roll
    ends_with: tuple[str, ...]
    applies_to: str
    opens_with: tuple[str, ...] = ()
    moot_with: tuple[str, ...] = ()
    pauses_on: tuple[tuple[str, str], ...] = ()
    resumes_with: tuple[str, ...] = ()
    owed: bool = False
    """The participant owes what is to be done by then: past its day it is overdue. A right of its own lapses."""


@dataclass(frozen=True, order=True)
class Pause:
    """A recorded pause: from the day of the event that stops the clock to the day of the one that lets it run again.

    The day of an event is not counted: the paused days are those after ``from_`` up to and including ``to``.
    ``to`` None: the clock still stands still. Raises ValueError when ``to`` is before ``from_``.
    """

    from_: date
    to: date | None
    reason: str
    citation: Citation

    def __post_init__(self) -> None:
        if self.to is not None and self.to < self.from_:
            raise ValueError(f"A pause cannot end on {self.to} before it begins on {self.from_}.")


class PauseRefused(ValueError):
    """Raised when a pause is given for a clock that nothing pauses."""


@dataclass(frozen=True)
class Due:
    """When a clock falls due, with everything that the day rests on.

    ``unrolled_on`` is the day before any roll, with ``paused_days`` in it. ``rule`` says how the day is reckoned,
    ``notes`` what pauses, rolls and leap days did to it. ``pauses`` are merged and in order.
    """

    clock: str
    started_on: date
    due_on: date
    unrolled_on: date
    paused_days: int
    rule: Sentence
    citation: Citation
    calendar_version: str
    notes: tuple[Sentence, ...] = ()
    pauses: tuple[Pause, ...] = ()

    @property
    def open_pause(self) -> Pause | None:
        """The pause that has not ended, if any: until it does, the due day is not final."""
        return next((pause for pause in self.pauses if pause.to is None), None)


@cache
def _table() -> dict[str, Clock]:
    from greenlane.law.clock_table import CLOCKS  # here: the table needs the classes above

    return {clock.code: clock for clock in CLOCKS}


@cache
def _dates() -> dict[str, Clock]:
    from greenlane.law.clock_table_dates import DATES  # here: the table needs the classes above

    return {clock.code: clock for clock in DATES}


def clocks() -> tuple[Clock, ...]:
    """Every clock, in the order of the statute."""
    return tuple(_table().values())


def clock_of(code: str) -> Clock:
    """The clock of this code, or the date of this code that is set under the law. Raises KeyError."""
    clock = _table().get(code) or _dates().get(code)
    if clock is None:
        raise KeyError(f"there is no clock {code!r}; the clocks are: {', '.join((*_table(), *_dates()))}")
    return clock


def dates() -> tuple[Clock, ...]:
    """Every kind of date that a person or a programme sets under the law, in the order of the statute."""
    return tuple(_dates().values())


def due_as_set(clock: Clock, set_on: date, due_on: date) -> Due:
    """A date that was set on a day, as it is: it never rolls and never pauses. It may be that very day."""
    return Due(
        clock=clock.code,
        started_on=set_on,
        due_on=due_on,
        unrolled_on=due_on,
        paused_days=0,
        rule=Sentence(N_("Due on %(due)s, as set on %(set_on)s."), {"due": due_on, "set_on": set_on}),
        citation=clock.citation,
        calendar_version=CALENDAR_VERSION,
    )


def clocks_for(kind: str) -> tuple[Clock, ...]:
    """The clocks of one kind of procedure, or of the 'programme'."""
    return tuple(clock for clock in clocks() if clock.applies_to == kind)


def pausing_commands(clock: Clock, on: date, terms: Terms | None = None) -> tuple[str, ...]:
    """The commands that pause *clock* under the terms of a programme; nothing else on record does."""
    return tuple(command for command, code in clock.pauses_on if parameter(code, on, terms).value == "pauses")


def due(
    clock: Clock,
    started_on: date,
    *,
    pauses: Iterable[Pause] = (),
    terms: Terms | None = None,
    leap: LeapRule | None = None,
) -> Due:
    """When *clock*, started by an event effective on *started_on*, falls due.

    The day of the event is not counted. *leap* None takes the rule for 29 February from *terms* (or its default) and
    says so in the notes. An open pause adds nothing until it ends. For a clock of a calendar or fiscal year,
    *started_on* is any day from which the next 31 December or 1 October is sought.
    Raises NotInForce before the clause is in force, PauseRefused, OverrideRefused.
    """
    length = parameter(clock.parameter, started_on, terms) if clock.parameter else None
    base, rule, leap_notes = _reckon(clock, length, started_on, terms, leap)
    merged = merge_pauses(pauses)
    if merged and not clock.pauses_on:
        raise PauseRefused(f"{clock.citation} knows no pause: {clock.code} runs on whatever happens.")
    unrolled, counted = _after_pauses(started_on, base, merged)
    due_on = next_business_day(unrolled) if roll_of(clock, started_on, terms) is Roll.FORWARD else unrolled
    notes = (*leap_notes, *_moved((unrolled - base).days, unrolled, due_on))
    return Due(
        clock=clock.code,
        started_on=started_on,
        due_on=due_on,
        unrolled_on=unrolled,
        paused_days=(unrolled - base).days,
        rule=rule,
        citation=clock.citation,
        calendar_version=CALENDAR_VERSION,
        notes=notes,
        pauses=counted,
    )


def _moved(paused: int, unrolled: date, due_on: date) -> Iterator[Sentence]:
    if paused:
        yield Sentence(N_("Paused days added: %(days)d."), {"days": paused})
    if due_on != unrolled:
        message = N_("%(unrolled)s is no business day, so the last day is %(due)s.")
        yield Sentence(message, {"unrolled": unrolled, "due": due_on})


def roll_of(clock: Clock, on: date, terms: Terms | None = None) -> Roll:
    """The roll rule in force for *clock*: the programme's setting for whose duty it is."""
    return Roll(str(parameter(_SETTING[clock.duty_of][0], on, terms).value))


_SETTING = {
    Duty.AGENCY: ("roll_agency_duty", "leap_agency_duty"),
    Duty.PARTICIPANT: ("roll_participant_right", "leap_participant_right"),
}


_Reckoned = tuple[date, Sentence, tuple[Sentence, ...]]
"""The last day before pauses and rolls, the sentence that reckons it, and notes."""


def _reckon(
    clock: Clock, length: Parameter | None, start: date, terms: Terms | None, leap: LeapRule | None
) -> _Reckoned:
    if length is None:
        return start, Sentence(N_("Due on the same day, %(start)s."), {"start": start}), ()
    if length.unit is Unit.DAYS:
        message = N_("%(n)d days after %(start)s, not counting that day.")
        return add_days(start, length.number), Sentence(message, {"n": length.number, "start": start}), ()
    if length.unit is Unit.DAY_OF_YEAR:
        last = date.fromisoformat(f"{start.year}-{length.value}")
        return last, Sentence(N_("Each calendar year, not later than %(last)s."), {"last": last}), ()
    if length.unit is Unit.FISCAL_YEARS:
        year = fiscal_year(start - timedelta(days=1)) + 1
        first = fiscal_year_start(year)
        message = N_("For fiscal year %(year)d, which starts on %(first)s.")
        return first, Sentence(message, {"year": year, "first": first}), ()
    return _reckon_years(clock, length, start, terms, leap)


def _reckon_years(
    clock: Clock, length: Parameter, start: date, terms: Terms | None, leap: LeapRule | None
) -> _Reckoned:
    rule = Sentence(_YEARS[length.unit, length.number == 1], {"n": length.number, "start": start})
    try:
        return add_years(start, length.number), rule, ()
    except AmbiguousDate:
        said = leap or leap_rule_of(clock, start, terms)
        end = add_years(start, length.number, said)
        message = N_("%(year)d has no 29 February: %(end)s stands for it.")
        return end, rule, (Sentence(message, {"year": end.year, "end": end}),)


def leap_rule_of(clock: Clock, on: date, terms: Terms | None = None) -> LeapRule:
    """The rule for 29 February in force for *clock*: the programme's setting for whose duty it is."""
    return LeapRule(str(parameter(_SETTING[clock.duty_of][1], on, terms).value))


_YEARS = {
    (Unit.YEARS, True): N_("One year after %(start)s."),
    (Unit.YEARS, False): N_("%(n)d years after %(start)s."),
    (Unit.PERIOD_YEARS, True): N_("Once in each year following %(start)s."),
    (Unit.PERIOD_YEARS, False): N_("Once in each period of %(n)d years following %(start)s."),
}


def merge_pauses(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """The same paused days without overlap, in order; where two overlap, reason and clause of the earlier one stay."""
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda p: (p.from_, p.to or date.max)):
        last = merged[-1] if merged else None
        if last is None or (last.to is not None and last.to < pause.from_):
            merged.append(pause)
        elif last.to is not None and (pause.to is None or pause.to > last.to):
            merged[-1] = Pause(last.from_, pause.to, last.reason, last.citation)
    return tuple(merged)


def _after_pauses(start: date, last: date, pauses: tuple[Pause, ...]) -> tuple[date, tuple[Pause, ...]]:
    """The last day moved by every closed pause that began before it, and the pauses that count.

    A pause that begins on or after the last day comes too late: a clock that has run out is not wound up again.
    """
    counted: list[Pause] = []
    for pause in pauses:
        if pause.from_ >= last or (pause.to is not None and pause.to <= start):
            continue
        counted.append(pause)
        if pause.to is not None:
            last += pause.to - max(pause.from_, start)
    return last, tuple(counted)
