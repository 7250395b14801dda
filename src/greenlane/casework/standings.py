"""How the deadlines of cases stand on a day, from their rows: computed when asked, never stored (964(c), 971(b))."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from greenlane.casework.models import Deadline
from greenlane.law.citations import Citation
from greenlane.law.clocks import Due, Pause, Standing, standing
from greenlane.law.sentences import Sentence


def due_of(row: Deadline) -> Due:
    """The reckoning of a deadline as it was folded: day, rule, calendar and pauses."""
    fact, citation = row.fact, Citation(row.citation)
    return Due(
        clock=row.clock,
        started_on=row.started_on,
        due_on=row.due_on,
        unrolled_on=date.fromisoformat(fact["unrolled_on"]),
        paused_days=fact["paused_days"],
        rule=Sentence.from_json(fact["rule"]),
        citation=citation,
        calendar_version=fact["calendar"],
        pauses=tuple(
            Pause(date.fromisoformat(p["from"]), date.fromisoformat(p["to"]) if p["to"] else None, p["why"], citation)
            for p in fact["pauses"]
        ),
    )


def standing_of(row: Deadline, on: date) -> Standing:
    """How a deadline stands at the end of a day."""
    return standing(due_of(row), on, row.met_on)


def open_deadlines(due_before: date | None = None) -> QuerySet[Deadline]:
    """Deadlines that are not met, with a last day before *due_before* where it is given; the nearest first."""
    rows = Deadline.objects.filter(met_on=None)
    if due_before is not None:
        rows = rows.filter(due_on__lt=due_before)
    return rows.order_by("due_on", "id")


def overdue(on: date) -> QuerySet[Deadline]:
    """Deadlines whose last day is past and that are neither met nor standing still on that day."""
    late = open_deadlines(on)
    paused = [row.pk for row in late.exclude(fact__pauses=[]) if any(p["to"] is None for p in row.fact["pauses"])]
    return late.exclude(pk__in=paused) if paused else late
