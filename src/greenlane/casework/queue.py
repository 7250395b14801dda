"""The one list of work and of what is due in it, the same for every office (6 USC 971(b), 971(d))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import Count, DateField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from greenlane.casework.cursors import after, cursor_of, opened
from greenlane.casework.models import Case, Deadline
from greenlane.casework.standings import open_deadlines, standing_of
from greenlane.law.clock_table_dates import DATES
from greenlane.law.clocks import Duty, Force, Standing, clock_of, clocks
from greenlane.law.procedures_registry import procedure_of, procedures
from greenlane.law.sentences import Sentence

_FIRST = ("certification", "investigation", "application")
WORK_KINDS = (*_FIRST, *(one.kind for one in procedures() if one.kind not in _FIRST))
"""The kinds of case that the offices of the programme work on: all that have a procedure."""

INSIDE = {"application": ("submitted", "returned")}
"""States in which the work on a case is done inside the certification that it opened, where it is listed."""

FOLLOWS = {"investigation": "certification", "application": "certification"}
"""A case without a clock of its own is due with the open case of this kind of the same participant."""

SHARES = {"revalidation": "revalidation_periods"}
"""A case of this kind is due by the clocks of that register of its participant too, whichever is sooner (969(2))."""

RIGHTS = tuple(one.code for one in (*clocks(), *DATES) if one.duty_of is Duty.PARTICIPANT and not one.owed)
"""Clocks of rights, which lapse: a right that was not used in time is nobody's overdue work."""

COMPLETED = {"investigation": ("cleared", "adverse")}
"""States of a case that is completed, though it can be taken up again."""

SOON = timedelta(days=14)
"""Before the last day a case is due soon."""

NEVER = date(9999, 12, 31)
PAGE = 50


class Group(IntEnum):
    """Where a case stands in the list, in the order of the list."""

    OVERDUE = 0
    SOON = 1
    LATER = 2
    NO_CLOCK = 3
    DECIDED_LATE = 4
    DECIDED_IN_TIME = 5
    CLOSED = 6
    """Closed without a decision that a clock waits for."""


ORDERS: dict[str, tuple[str, ...]] = {
    "due": ("group", "sort_due", "reference"),
    "oldest": ("opened_on", "reference"),
    "newest": ("-opened_on", "reference"),
    "state": ("state", "state_since", "reference"),
    "reference": ("reference",),
}
"""The orders of the list by name; the last column of each is unique, so that equal data give one order."""


@dataclass(frozen=True)
class Wanted:
    """Which cases: kinds; 'open', 'decided' or one state; 'overdue', 'soon', 'week', 'month', 'late' or '' for any day.

    ``where`` narrows further, in the terms of the rooms above (people, companies). ``late`` asks for decisions that
    were made after the last day.
    """

    kinds: tuple[str, ...] = WORK_KINDS
    state: str = "open"
    due: str = ""
    where: tuple[Q, ...] = ()

    @property
    def closed(self) -> bool:
        """Does this ask for cases that have ended?"""
        first = next((kind for kind in self.kinds if self.state in procedure_of(kind).states), "")
        return self.due == "late" or self.state == "decided" or (bool(first) and self.state in _done(first))


@dataclass(frozen=True)
class DueItem:
    """A deadline as it stands on a day, with what a reader asks of it: rule, clause, dates, force."""

    row: Deadline
    standing: Standing

    @property
    def state(self) -> str:
        return self.standing.state

    @property
    def days(self) -> int:
        return self.standing.days

    @property
    def sentence(self) -> Sentence:
        return self.standing.sentence

    @property
    def reason(self) -> str:
        return self.standing.reason

    @property
    def rule(self) -> Sentence:
        return Sentence.from_json(self.row.fact["rule"])

    @property
    def citation(self) -> str:
        return self.row.citation

    @property
    def started_on(self) -> date:
        return self.row.started_on

    @property
    def due_on(self) -> date:
        return self.row.due_on

    @property
    def title(self) -> str:
        return clock_of(self.row.clock).title

    @property
    def force(self) -> str:
        return "practicable" if clock_of(self.row.clock).force is Force.PRACTICABLE else "shall"


@dataclass(frozen=True)
class Item:
    """A case of the list, its group, and the deadline that it is due by (its own, or that of the case it serves)."""

    case: Case
    group: Group
    due: DueItem | None


@dataclass(frozen=True)
class Listing:
    """One page of the list and the cursor of the next page ('' for none)."""

    items: tuple[Item, ...]
    next: str = ""


@dataclass(frozen=True)
class Day:
    """A day on which the list is looked at, with the clocks that would be due by then but stand still.

    ``resting``: their cases, and the participants of these. Make it with ``day()`` once for all lists of a page.
    """

    on: date
    resting: dict[UUID, UUID | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Counts:
    """How many cases stand in each group, by kind and state."""

    found: dict[tuple[str, str, Group], int] = field(default_factory=dict)

    def of(self, group: Group | None = None, kinds: Iterable[str] | None = None) -> int:
        """The number in a group (or in all) for some kinds (or all)."""
        wanted = None if kinds is None else set(kinds)
        return sum(
            number
            for (kind, _state, at), number in self.found.items()
            if (group is None or at is group) and (wanted is None or kind in wanted)
        )

    def by_state(self) -> list[tuple[str, str, int]]:
        """(kind, state, number), in the order of the procedures' states."""
        found: dict[tuple[str, str], int] = {}
        for (kind, state, _group), number in self.found.items():
            found[kind, state] = found.get((kind, state), 0) + number
        order = [(kind, state) for kind in WORK_KINDS for state in procedure_of(kind).states]
        return [(*place, found[place]) for place in order if place in found]


def due_item(row: Deadline, on: date) -> DueItem:
    """A deadline with its standing on a day."""
    return DueItem(row, standing_of(row, on))


def day(on: date) -> Day:
    """The day with the clocks that stand still on it, in one query, and a second one where any does.

    A case in which another clock runs and is overdue does not rest.
    """
    near = open_deadlines(on + SOON + timedelta(days=1)).exclude(fact__pauses=[])
    still = [
        row for row in near if any(p["to"] is None and date.fromisoformat(p["from"]) <= on for p in row.fact["pauses"])
    ]
    if not still:
        return Day(on)
    awake = set(
        open_deadlines(on)
        .filter(case_id__in=[row.case_id for row in still])
        .exclude(pk__in=[row.pk for row in still])
        .exclude(clock__in=RIGHTS)
        .values_list("case_id", flat=True)
    )
    return Day(on, {row.case_id: row.participant_id for row in still if row.case_id not in awake})


def work(visible: QuerySet[Case], wanted: Wanted, today: Day) -> QuerySet[Case]:
    """The cases that are wanted among those *visible*, each with ``clock``, ``due_on``, ``group`` and ``sort_due``.

    The list depends on the record and the day alone: not on who asks, from where, or in which order things were
    entered (RC-02).
    """
    rows = visible.filter(_in_states(wanted))
    for condition in wanted.where:
        rows = rows.filter(condition)
    rows = _clocked(rows, wanted.closed, today)
    return _within(rows, wanted.due, today.on)


def _in_states(wanted: Wanted) -> Q:
    """Kinds and states, kind by kind: a state of one name ends a certification and begins a validator's certificate.

    Where one state is asked for of all kinds, it has the meaning of the first kind that knows it.
    """
    if wanted.state not in ("open", "decided", ""):
        kinds = [kind for kind in wanted.kinds if (wanted.state in _done(kind)) is wanted.closed]
        return Q(kind__in=kinds, state=wanted.state)
    asked = Q(pk__in=())
    for kind in wanted.kinds:
        asked |= Q(kind=kind, state__in=_done(kind) if wanted.closed else _open(kind))
    return asked


def listing(
    visible: QuerySet[Case], wanted: Wanted, today: Day, *, order: str = "due", cursor: str = "", size: int = PAGE
) -> Listing:
    """One page of the list. Raises CursorRefused, and KeyError for an order that is not in ORDERS."""
    shown, following = page(visible, wanted, today, order=order, cursor=cursor, size=size)
    return Listing(items(shown, today.on), following)


def page(
    visible: QuerySet[Case], wanted: Wanted, today: Day, *, order: str = "due", cursor: str = "", size: int = PAGE
) -> tuple[list[Case], str]:
    """The cases of one page without their deadlines, for ``items()``, and the cursor of the next page."""
    columns = ORDERS[order]
    rows = work(visible, wanted, today)
    if cursor:
        rows = rows.filter(after(columns, opened(cursor, columns, order)))
    found = list(rows.order_by(*columns)[: size + 1])
    more = len(found) > size
    shown = found[:size]
    return shown, cursor_of(shown[-1], columns, order) if more else ""


def items(cases: Sequence[Case], on: date) -> tuple[Item, ...]:
    """Cases of ``page()`` with the deadlines that they are due by, one query for all."""
    due = soonest(cases, on)
    return tuple(Item(case, Group(case.group), due.get(case.pk)) for case in cases)  # type: ignore[attr-defined]


def counts(visible: QuerySet[Case], wanted: Wanted, today: Day) -> Counts:
    """How many are wanted, by kind, state and group, in one query."""
    columns: Any = ("kind", "state", "group")
    rows = work(visible, wanted, today).order_by().values_list(*columns).annotate(n=Count("pk"))
    return Counts({(kind, state, Group(group)): number for kind, state, group, number in rows})


def soonest(cases: Sequence[Case], on: date) -> dict[UUID, DueItem]:
    """The open deadline by which each of *cases* is due, one query for all."""
    lenders = {**FOLLOWS, **SHARES}
    served = {case.participant_id for case in cases if case.kind in lenders and case.participant_id}
    wanted = Q(case_id__in=[case.pk for case in cases])
    if served:
        wanted |= Q(case__participant_id__in=served, case__kind__in=set(lenders.values()), met_on=None)
    rows = list(Deadline.objects.filter(wanted).annotate(of=F("case__kind")))
    rows.sort(key=lambda row: (_rank(row, on), row.met_on or NEVER, row.due_on, row.pk))
    own: dict[UUID, Deadline] = {}
    lent: dict[tuple[UUID | None, str], Deadline] = {}
    for row in rows:
        own.setdefault(row.case_id, row)
        if row.met_on is None:
            lent.setdefault((row.participant_id, row.of), row)
    found = ((case.pk, _nearest(case, own.get(case.pk), lent, on)) for case in cases)
    return {key: due_item(row, on) for key, row in found if row is not None}


def _rank(row: Deadline, on: date) -> int:
    """What still runs says more than what was met, and that more than what has lapsed."""
    if row.met_on is not None:
        return 1
    return 2 if row.clock in RIGHTS and row.due_on < on else 0


def _nearest(
    case: Case, own: Deadline | None, lent: dict[tuple[UUID | None, str], Deadline], on: date
) -> Deadline | None:
    """The clock of a case, or the one that it is lent while it is open."""
    if case.state in _done(case.kind):
        return own
    shared = lent.get((case.participant_id, SHARES.get(case.kind, "")))
    if shared is not None:
        running = own is not None and _rank(own, on) == 0
        return own if own is not None and running and own.due_on <= shared.due_on else shared
    return own or lent.get((case.participant_id, FOLLOWS.get(case.kind, "")))


@cache
def _done(kind: str) -> tuple[str, ...]:
    """The states of a kind of case in which no work is left; a register that only keeps dates has no procedure."""
    final = next((one.final for one in procedures() if one.kind == kind), ())
    return (*final, *COMPLETED.get(kind, ()))


@cache
def _open(kind: str) -> tuple[str, ...]:
    """The states of a kind of case in which there is work in the case itself."""
    elsewhere = (*_done(kind), *INSIDE.get(kind, ()))
    return tuple(state for state in procedure_of(kind).states if state not in elsewhere)


def _clocked(rows: QuerySet[Case], closed: bool, today: Day) -> QuerySet[Case]:
    own = Deadline.objects.filter(case=OuterRef("pk"))
    if closed:
        met = own.exclude(met_on=None).order_by("-met_on", "pk")
        rows = rows.annotate(due_on=Subquery(met.values("due_on")[:1]), met_on=Subquery(met.values("met_on")[:1]))
        late = When(met_on__gt=F("due_on"), then=Value(Group.DECIDED_LATE))
        in_time = When(met_on__isnull=False, then=Value(Group.DECIDED_IN_TIME))
        return _sorted(rows.annotate(group=_choose(late, in_time, default=Group.CLOSED)))
    running = Q(met_on=None) & ~Q(clock__in=RIGHTS, due_on__lt=today.on)
    nearest = own.filter(running).order_by("due_on", "pk")
    shared = Q(participant_id=OuterRef("participant_id"), case__kind__in=set(SHARES.values()))
    sooner = Deadline.objects.filter(running, Q(case=OuterRef("pk")) | shared).order_by("due_on", "pk")
    due = Choose(
        When(kind__in=SHARES, then=Subquery(sooner.values("due_on")[:1])),
        default=Subquery(nearest.values("due_on")[:1]),
        output_field=DateField(),
    )
    lent = Deadline.objects.filter(
        participant_id=OuterRef("participant_id"), case__kind__in=set(FOLLOWS.values()), met_on=None
    ).order_by("due_on", "pk")
    borrowed = Choose(
        When(kind__in=FOLLOWS, then=Subquery(lent.values("due_on")[:1])), default=None, output_field=DateField()
    )
    rows = rows.annotate(due_on=Coalesce(due, borrowed))
    choices = [When(due_on__isnull=True, then=Value(Group.NO_CLOCK))]
    if resting := today.resting:
        served = Q(kind__in=FOLLOWS, participant_id__in=resting.values())
        choices.append(When(Q(pk__in=resting) | served, then=Value(Group.LATER)))
    choices += [
        When(due_on__lt=today.on, then=Value(Group.OVERDUE)),
        When(due_on__lte=today.on + SOON, then=Value(Group.SOON)),
    ]
    return _sorted(rows.annotate(group=_choose(*choices, default=Group.LATER)))


def _choose(*choices: When, default: Group) -> Choose:
    return Choose(*choices, default=Value(default), output_field=IntegerField())


def _sorted(rows: QuerySet[Case]) -> QuerySet[Case]:
    return rows.annotate(sort_due=Coalesce("due_on", Value(NEVER), output_field=DateField()))


def _within(rows: QuerySet[Case], due: str, on: date) -> QuerySet[Case]:
    if due == "overdue":
        return rows.filter(Q(group=Group.OVERDUE))
    if due == "soon":
        return rows.filter(Q(group=Group.SOON))
    if due == "late":
        return rows.filter(Q(group=Group.DECIDED_LATE))
    days = {"week": 7, "month": 31}.get(due)
    return rows if days is None else rows.filter(Q(due_on__gte=on, due_on__lt=on + timedelta(days=days)))
