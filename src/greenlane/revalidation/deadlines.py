"""The grid of 4-year periods, borne by a register from the day of the initial validation (6 USC 969(2))."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.casework.facts import DeadlineFact
from greenlane.casework.models import Case
from greenlane.casework.registry import deadlines
from greenlane.law.clocks import grid_due
from greenlane.programs.queries import terms_of
from greenlane.revalidation.commands_periods import GRID
from greenlane.revalidation.models import Periods
from greenlane.revalidation.periods import CLOCK, grid_of
from greenlane.validation.deadlines import dates_of
from greenlane.validation.models import Validation


@deadlines(GRID)
def period_deadlines(case: Case) -> Iterator[DeadlineFact]:
    """Every period up to the first that waits, so that its last day shows before any revalidation is begun."""
    row = Periods.objects.get(pk=case.id)
    terms = terms_of(row.programme, row.initial_on)
    for period, met_on in grid_of(row, terms).deadlines():
        yield DeadlineFact(due=grid_due(CLOCK, row.initial_on, period.starts_on, terms=terms), met_on=met_on)


@deadlines("revalidation")
def revalidation_deadlines(case: Case) -> Iterator[DeadlineFact]:
    """The dates that were set on the way; the end of the period stands in the register of the periods."""
    if case.state != "closed":
        yield from dates_of(case, Validation.objects.get(pk=case.id))
