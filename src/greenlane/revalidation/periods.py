"""The periods of a participant on the grid: which run, which were met, which were missed (6 USC 969(2))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from greenlane.law.calendar import LeapRule
from greenlane.law.clocks import GridPeriod, clock_of, grid_history, grid_period
from greenlane.law.parameters import parameter
from greenlane.law.reckoning import leap_rule_of
from greenlane.law.s969 import RevalidationFacts
from greenlane.law.terms import Terms
from greenlane.participants.benefits import known
from greenlane.participants.models import Standing
from greenlane.revalidation.models import Periods

CLOCK = clock_of("revalidation")
Rest = tuple[date, date | None]


@dataclass(frozen=True)
class Grid:
    """The periods of one participant as plain dates, with the length that the law gave on the initial day."""

    initial_on: date
    closings: tuple[date, ...]
    rests: tuple[Rest, ...]
    years: int
    leap: LeapRule

    def resting(self, on: date) -> bool:
        """Did it hold no tier on this day, so that nothing was owed?"""
        return any(start <= on and (end is None or on < end) for start, end in self.rests)

    def period(self, on: date) -> GridPeriod:
        """The period that holds a day. Raises ValueError before the initial validation."""
        return grid_period(self.initial_on, on, self.years, self.leap)

    def after(self, period: GridPeriod) -> GridPeriod:
        return self.period(period.ends_on + timedelta(days=1))

    def met(self, on: date) -> bool:
        """Has a revalidation closed by a day in the period that holds it?"""
        return grid_history(self.initial_on, self.closings, on, self.years, self.leap)[-1].met_on is not None

    def missed(self, on: date) -> tuple[GridPeriod, ...]:
        """Periods that were over by a day, in which a tier was held to the end and no revalidation closed."""
        history = grid_history(self.initial_on, self.closings, on, self.years, self.leap)
        return tuple(
            one.period
            for one in history
            if one.met_on is None and one.period.ends_on < on and not self.resting(one.period.ends_on)
        )

    def owed(self, on: date) -> tuple[GridPeriod, ...]:
        """The missed periods after which no revalidation has closed: they are overdue."""
        last = max((day for day in self.closings if day <= on), default=self.initial_on)
        return tuple(period for period in self.missed(on) if period.ends_on >= last)

    def last_on(self, on: date) -> date:
        """The last validation or revalidation by a day."""
        return max((self.initial_on, *(day for day in self.closings if day <= on)))

    def deadlines(self) -> Iterator[tuple[GridPeriod, date | None]]:
        """Each period up to the first that still waits, with the day that met it, or came too late for it.

        It depends on no day: time alone adds nothing to it.
        """
        period = self.period(self.initial_on)
        while True:
            met = next((day for day in self.closings if day >= period.starts_on), None)
            if met is not None or not self.resting(period.ends_on):
                yield period, met
                if met is None:
                    return
            elif self.rests[-1][1] is None and self.rests[-1][0] <= period.ends_on:
                return
            period = self.after(period)


def grid_of(row: Periods, terms: Terms) -> Grid:
    """The grid of a row, under the terms given."""
    return Grid(
        initial_on=row.initial_on,
        closings=tuple(sorted(date.fromisoformat(day) for day in row.closings)),
        rests=tuple((date.fromisoformat(start), date.fromisoformat(end) if end else None) for start, end in row.rests),
        years=parameter(str(CLOCK.parameter), row.initial_on, terms).number,
        leap=leap_rule_of(CLOCK, row.initial_on, terms),
    )


def facts_of(grid: Grid, company: str, rank: int) -> RevalidationFacts:
    return RevalidationFacts(company, rank, grid.initial_on, grid.closings)


def rests_of(row: Periods, on: date) -> tuple[Rest, ...]:
    """When the participant held no tier since its initial validation, by the dated rows of its standing."""
    rests: list[Rest] = []
    since: date | None = None
    rows = known(Standing.objects.filter(participant_id=row.participant_id), on)
    days = {one.effective_from: one for one in rows}  # of two on one day the later said one holds
    for day, one in days.items():
        if day < row.initial_on:
            continue
        holds = one.standing == "certified" and one.tier > 0
        if not holds and since is None:
            since = day
        elif holds and since is not None:
            rests.append((since, day))
            since = None
    return (*rests, *([(since, None)] if since else []))
