"""What stands in a calendar: visits and last days of periods, laid out by month (6 USC 964(c), 965(a))."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import formats
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from greenlane.casework.models import Case, Deadline
from greenlane.law.clocks import clock_of
from greenlane.participants.models import Participant
from greenlane.people.visibility import Viewer, cases_visible_to
from greenlane.validation.models import Visit
from greenlane.web.components import Tone
from greenlane.web.words import long_date

MOST = 600
"""Entries of one month, and of one feed."""
VISIT_CLOCK = "visit"
NOT_TOLD_YET = ("planned", "selected", "blocked")
"""States in which a visit is not announced: its dates are the programme's own until notice is given (965(c))."""


@dataclass(frozen=True)
class Dated:
    """Something in the calendar; *last* is part of it. ``done``: it has been made, or met."""

    key: UUID
    case: Case
    first: date
    last: date
    title: str
    detail: str
    kind: str
    tone: Tone
    done: bool

    @property
    def days(self) -> Iterable[date]:
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


@dataclass(frozen=True)
class Scope:
    """Whose calendar: what a viewer may see, narrowed to one company or to the cases assigned to the viewer."""

    viewer: Viewer
    participant: UUID | None = None
    mine: QuerySet[Any, Any] | None = None

    @property
    def cases(self) -> QuerySet[Case]:
        rows = cases_visible_to(self.viewer)
        if self.participant is not None:
            rows = rows.filter(participant_id=self.participant)
        return rows if self.mine is None else rows.filter(pk__in=self.mine)


def between(scope: Scope, first: date, last: date) -> list[Dated]:
    """Everything from a day to a day, both counted, in order: three queries."""
    found = [*_deadlines(scope, first, last), *_visits(scope, first, last)]
    names = _names(found) if scope.participant is None else {}
    named = [_named(one, names) for one in found]
    return sorted(named, key=lambda one: (one.first, one.done, one.title, str(one.key)))


def _deadlines(scope: Scope, first: date, last: date) -> list[Dated]:
    rows = Deadline.objects.select_related("case").filter(case__in=scope.cases, due_on__gte=first, due_on__lte=last)
    rows = rows.exclude(clock=VISIT_CLOCK).order_by("due_on", "pk")
    return [_deadline(row, scope.viewer.on) for row in rows[:MOST]]


def _deadline(row: Deadline, on: date) -> Dated:
    met = row.met_on is not None
    late = row.due_on < on and not met
    if row.met_on is not None:
        detail = _("Met on %(day)s.") % {"day": long_date(row.met_on)}
    else:
        detail = _("Not met yet.") if late else _("Last day of the period.")
    title = _("Last day: %(what)s") % {"what": _(clock_of(row.clock).title)}
    tone: Tone = "good" if met else "bad" if late else "warn"
    return Dated(row.pk, row.case, row.due_on, row.due_on, title, f"{detail} {row.citation}", "deadline", tone, met)


def _visits(scope: Scope, first: date, last: date) -> list[Dated]:
    rows = Visit.objects.filter(validation_id__in=scope.cases.values("pk"), counts=True).annotate(
        begins=F("planned_from"), ends=F("planned_to")
    )
    made = Q(visited_on__gte=first, visited_on__lte=last)
    planned = Q(visited_on=None, planned_from__lte=last) & (Q(planned_to__gte=first) | Q(planned_to=None))
    found = list(rows.filter(made | (planned & Q(planned_from__gte=first - timedelta(days=62)))).order_by("pk")[:MOST])
    cases = {case.pk: case for case in scope.cases.filter(pk__in={row.validation_id for row in found})} if found else {}
    return [
        _visit(row, case, first)
        for row in found
        if (case := cases.get(row.validation_id)) is not None and _told(scope, row, case)
    ]


def _told(scope: Scope, row: Visit, case: Case) -> bool:
    """May the viewer know of a visit? Others than staff from its notice on."""
    return scope.viewer.is_staff or row.visited_on is not None or case.state not in NOT_TOLD_YET


def _visit(row: Visit, case: Case, first: date) -> Dated:
    begins = row.visited_on or row.planned_from or first
    ends = (row.visited_to or row.visited_on) if row.visited_on else row.planned_to
    done = row.visited_on is not None
    title = (_("Visited: %(place)s") if done else _("Visit: %(place)s")) % {"place": f"{row.place}, {row.country}"}
    return Dated(row.pk, case, begins, max(ends or begins, begins), title, row.purpose, "visit", "info", done)


def _names(found: Sequence[Dated]) -> dict[UUID, str]:
    keys = {one.case.participant_id for one in found if one.case.participant_id}
    return dict(Participant.objects.filter(pk__in=keys).values_list("pk", "legal_name")) if keys else {}


def _named(one: Dated, names: dict[UUID, str]) -> Dated:
    """The same with the company in front, where the calendar shows several."""
    name = names.get(one.case.participant_id) if one.case.participant_id else None
    return Dated(**{**vars(one), "title": f"{name}: {one.title}"}) if name else one


# --- a month ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Day:
    """A day of the month's table with what stands in it."""

    on: date
    inside: bool
    today: bool
    entries: Sequence[Dated]

    @property
    def name(self) -> str:
        """The day as a list names it: 'Tuesday, June 2, 2026'."""
        return f"{WEEKDAYS[self.on.weekday()]}, {long_date(self.on)}"


@dataclass(frozen=True)
class Month:
    """A month as weeks of seven days."""

    first: date
    weeks: Sequence[Sequence[Day]]
    headings: Sequence[tuple[str, str]]

    @property
    def title(self) -> str:
        return formats.date_format(self.first, "F Y")

    @property
    def before(self) -> str:
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{self.first + timedelta(days=32):%Y-%m}"


def month_named(text: str, today: date) -> date:
    """The first day of the month that an address names ('2026-06'); the present one for anything else."""
    year, dash, month = text.partition("-")
    if dash and len(year) == 4 and (year + month).isdecimal() and 1 <= int(month) <= 12 and 2000 <= int(year) <= 2199:
        return date(int(year), int(month), 1)
    return today.replace(day=1)


def month_of(first: date, scope: Scope) -> Month:
    """The month that begins on *first*, with everything in it; the weeks begin as the reader's language has it."""
    begins = (int(formats.get_format("FIRST_DAY_OF_WEEK")) - 1) % 7
    weeks = calendar.Calendar(begins).monthdatescalendar(first.year, first.month)
    by_day: dict[date, list[Dated]] = {}
    for one in between(scope, weeks[0][0], weeks[-1][-1]):
        for day in one.days:
            by_day.setdefault(day, []).append(one)
    days = [
        [Day(day, day.month == first.month, day == scope.viewer.on, by_day.get(day, ())) for day in week]
        for week in weeks
    ]
    order = [(begins + n) % 7 for n in range(7)]
    return Month(first, days, [(str(WEEKDAYS[n]), str(WEEKDAYS_ABBR[n])) for n in order])
