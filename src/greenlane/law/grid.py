"""The fixed grid of periods in which a participant is revalidated at least once: 969(2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile

from greenlane.law.calendar import LeapRule, add_years
from greenlane.law.parameters import parameter
from greenlane.law.reckoning import Clock, Due, due, leap_rule_of
from greenlane.law.sentences import N_, Sentence, Value
from greenlane.law.terms import Terms

PERIOD_YEARS = 4
"""969(2), as ``revalidation_period_years`` has it; a test holds the two together."""


@dataclass(frozen=True)
class GridPeriod:
    """One period, counted from 1; both days belong to it."""

    index: int
    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class PeriodMet:
    """A period with the first revalidation in it, or None."""

    period: GridPeriod
    met_on: date | None


def grid_period(initial: date, on: date, years: int = PERIOD_YEARS, leap: LeapRule | None = None) -> GridPeriod:
    """The period that holds *on*, in a grid of *years* fixed by the *initial* validation.

    The day of the initial validation is not counted: period 1 starts the day after. *on* that very day gives period 1.
    Raises ValueError before it, AmbiguousDate where a period would end on a 29 February that does not exist and no
    rule is given.
    """
    if on < initial:
        raise ValueError(f"The periods follow the initial validation of {initial}; {on} is before it.")
    return next(period for period in _periods(initial, years, leap) if on <= period.ends_on)


def _periods(initial: date, years: int, leap: LeapRule | None) -> Iterator[GridPeriod]:
    """Every end is reckoned from the initial validation itself, so that no adjusted day shifts the grid."""
    index, last = 0, initial
    while True:
        index += 1
        starts_on, last = last + timedelta(days=1), add_years(initial, years * index, leap)
        yield GridPeriod(index, starts_on, last)


def grid_history(
    initial: date,
    revalidations: Iterable[date],
    on: date,
    years: int = PERIOD_YEARS,
    leap: LeapRule | None = None,
) -> tuple[PeriodMet, ...]:
    """Every period from the first to the one that holds *on*, each with what met it as known on that day."""
    current = grid_period(initial, on, years, leap)
    known = sorted(day for day in revalidations if day <= on)
    periods = takewhile(lambda period: period.index <= current.index, _periods(initial, years, leap))
    return tuple(PeriodMet(period, next((day for day in known if period.holds(day)), None)) for period in periods)


def grid_met(
    initial: date,
    revalidations: Iterable[date],
    on: date,
    years: int = PERIOD_YEARS,
    leap: LeapRule | None = None,
) -> date | None:
    """The first revalidation inside the period that holds *on*, as known on that day; None while it is not met."""
    return grid_history(initial, revalidations, on, years, leap)[-1].met_on


def grid_due(clock: Clock, initial: date, on: date, *, terms: Terms | None = None, leap: LeapRule | None = None) -> Due:
    """The clock of the period that holds *on*: it starts with the end of the period before it."""
    years = parameter(str(clock.parameter), initial, terms).number
    rule = leap or leap_rule_of(clock, initial, terms)
    period = grid_period(initial, on, years, rule)
    first = due(clock, initial, terms=terms, leap=rule)
    message = N_("Once in period %(index)d, %(starts)s to %(ends)s, of %(n)d years each following %(initial)s.")
    values: dict[str, Value] = {
        "index": period.index,
        "starts": period.starts_on,
        "ends": period.ends_on,
        "n": years,
        "initial": initial,
    }
    return replace(
        first,
        started_on=period.starts_on - timedelta(days=1),
        due_on=period.ends_on,
        unrolled_on=period.ends_on,
        rule=Sentence(message, values),
    )
