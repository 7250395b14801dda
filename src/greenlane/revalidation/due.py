"""The one list of who is due for revalidation, the same for every office (6 USC 969(2))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from greenlane.law.clocks import GridPeriod
from greenlane.law.s969 import revalidated_in_each_period, revalidation_due
from greenlane.law.verdicts import Verdict
from greenlane.participants.models import Participant
from greenlane.programs.queries import terms_of
from greenlane.revalidation.models import Periods, Revalidation
from greenlane.revalidation.periods import Grid, facts_of, grid_of


class Urgency(StrEnum):
    """Where a participant stands in the list, in its order."""

    OVERDUE = "overdue"
    YEAR = "year"
    """The period ends within a year."""
    LATER = "later"


WITHIN_A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Open:
    """A revalidation under way."""

    case_id: UUID
    basis: str
    selected_on: date


@dataclass(frozen=True)
class DueItem:
    """A participant that owes a revalidation, as it stands on a day.

    ``period`` is the one that it is owed in: of those that are over unmet the first, else the one that runs, or the
    next one where that is met. ``days_left`` counts to its end and is negative when it is over.
    """

    participant: Participant
    register: UUID
    validation: UUID
    grid: Grid
    on: date
    under_way: Open | None

    @property
    def participant_id(self) -> UUID:
        return self.participant.pk

    @property
    def initial_on(self) -> date:
        return self.grid.initial_on

    @property
    def last_on(self) -> date:
        return self.grid.last_on(self.on)

    @cached_property
    def missed(self) -> tuple[GridPeriod, ...]:
        """Every period that ended without a revalidation, also those after which one has closed."""
        return self.grid.missed(self.on)

    @cached_property
    def period(self) -> GridPeriod:
        owed = self.grid.owed(self.on)
        if owed:
            return owed[0]
        due = revalidation_due(
            facts_of(self.grid, self.participant.legal_name, self.participant.tier),
            self.on,
            terms_of(self.participant.programme, self.on),
        )
        return self.grid.period(due or self.on)

    @property
    def due_on(self) -> date:
        return self.period.ends_on

    @property
    def days_left(self) -> int:
        return (self.due_on - self.on).days

    @property
    def overdue(self) -> bool:
        return self.days_left < 0

    @property
    def urgency(self) -> Urgency:
        if self.overdue:
            return Urgency.OVERDUE
        return Urgency.YEAR if self.due_on - self.on <= WITHIN_A_YEAR else Urgency.LATER

    @property
    def met(self) -> bool:
        """Is the period that runs met, so that the next one is the one that counts?"""
        return self.grid.met(self.on)

    @property
    def verdict(self) -> Verdict:
        """The law's own answer, period by period."""
        facts = facts_of(self.grid, self.participant.legal_name, self.participant.tier)
        return revalidated_in_each_period(facts, self.on, terms_of(self.participant.programme, self.on))


@dataclass(frozen=True)
class DueFilter:
    """What narrows the list; it never changes what stands in it. ``under_way``: None for both."""

    programme: str = ""
    urgency: Urgency | None = None
    business_type: str = ""
    due_by: date | None = None
    under_way: bool | None = None
    text: str = ""

    def holds(self, item: DueItem) -> bool:
        words = self.text.casefold()
        return (
            (self.urgency is None or item.urgency is self.urgency)
            and (not self.business_type or item.participant.business_type == self.business_type)
            and (self.due_by is None or item.due_on <= self.due_by)
            and (self.under_way is None or (item.under_way is not None) == self.under_way)
            and (not words or words in item.participant.legal_name.casefold())
        )


EVERYTHING = DueFilter()


def due_list(on: date, wanted: DueFilter = EVERYTHING) -> tuple[DueItem, ...]:
    """Every participant that holds a tier and was validated by a day, the period that ends soonest first.

    It depends on the record and the day alone: not on who asks, from where, or in which order things were entered
    (RC-02). Two queries, however many there are.
    """
    rows = Periods.objects.filter(initial_on__lte=on).select_related("participant")
    rows = rows.filter(programme=wanted.programme) if wanted.programme else rows
    found = (item for item in _items(rows, on) if wanted.holds(item))
    return tuple(sorted(found, key=lambda item: (item.due_on, str(item.participant_id))))


def due_of(participant_id: UUID, on: date, *, at_rest: bool = False) -> DueItem | None:
    """The same for one participant; None when it owes none. *at_rest*: also while it holds no tier."""
    rows = Periods.objects.filter(participant_id=participant_id, initial_on__lte=on).select_related("participant")
    return next(iter(_items(rows, on, at_rest=at_rest)), None)


def due_counts(items: Iterable[DueItem]) -> dict[Urgency, int]:
    """How many stand in each group."""
    found = dict.fromkeys(Urgency, 0)
    for item in items:
        found[item.urgency] += 1
    return found


def grids_on(items: Iterable[DueItem]) -> dict[UUID, DueItem]:
    """The same by participant."""
    return {item.participant_id: item for item in items}


def _items(rows: Iterable[Periods], on: date, *, at_rest: bool = False) -> Iterator[DueItem]:
    found = list(rows)
    under_way = _under_way([row.participant_id for row in found], on)
    for row in found:
        grid = grid_of(row, terms_of(row.programme, row.initial_on))
        if at_rest or not grid.resting(on):
            yield DueItem(row.participant, row.pk, row.validation, grid, on, under_way.get(row.participant_id))


def _under_way(participants: list[UUID], on: date) -> dict[UUID, Open]:
    """The revalidation of each that was begun by a day and had not ended by then; the first, where there are two."""
    rows = Revalidation.objects.filter(selected_on__lte=on).order_by("-selected_on", "-pk")
    rows = rows.filter(participant_id=participants[0]) if len(participants) == 1 else rows
    found = {}
    for row in rows.values_list("participant_id", "pk", "basis", "selected_on", "decided_on", "closed_on"):
        participant, case, basis, selected, decided, closed = row
        if not any(end is not None and end <= on for end in (decided, closed)):
            found[participant] = Open(case, basis, selected)
    return found
