"""What was said of a party, in both times: from when it holds, and from when until when that was known (6 USC 967).

A day begins at midnight where the programme has its seat. What is decided within the day on which it begins counts from
its instant, so that a suspension of the afternoon takes nothing from an entry of the morning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings

from greenlane.casework.dates import legal_date
from greenlane.participants.models import Superseded
from greenlane.release.engine.asof import FOREVER
from greenlane.release.engine.entries import instant


class Said(NamedTuple):
    """One thing said: it holds from ``start`` on, was known from ``known_from`` until before ``known_to``.

    Of all that is known and has begun, the one with the greatest ``order`` holds.
    """

    order: tuple[Any, ...]
    start: int
    known_from: int
    known_to: int
    value: Any


@dataclass(frozen=True)
class Span:
    """A value from an instant until before another, known from an instant until before another; FOREVER: no end."""

    valid_from: int
    valid_to: int
    known_from: int
    known_to: int
    value: Any

    def holds(self, at: int, known: int) -> bool:
        """Does it hold at an instant, as known at another?"""
        return self.valid_from <= at < self.valid_to and self.known_from <= known < self.known_to


def midnight(day: date) -> int:
    """The instant at which a legal day begins."""
    return instant(datetime.combine(day, time(0), ZoneInfo(settings.GREENLANE_TIME_ZONE)))


def begins(day: date, recorded_at: datetime) -> int:
    """When something begins that counts from a day: at its own instant if it was decided on that day."""
    return instant(recorded_at) if legal_date(recorded_at) == day else midnight(day)


def said(rows: Sequence[Superseded], values: Iterable[Any]) -> Iterator[Said]:
    """Rows of one history as things said. A row that gave way within its own day holds until the hour at which it did.

    The row that took its place begins only then; so what the first one said of the hours before stays known for as long
    as the second one is.
    """
    known_to: dict[Any, int] = {}

    def until(row: Superseded) -> int:
        if row.pk not in known_to:
            known_to[row.pk] = instant(row.superseded_at) if row.superseded_at else FOREVER
            followers = [
                until(other)
                for other in rows
                if row.superseded_at is not None
                and other.pk != row.pk
                and other.recorded_at == row.superseded_at > row.recorded_at
                and other.effective_from == row.effective_from == legal_date(other.recorded_at)
            ]
            known_to[row.pk] = max([known_to[row.pk], *followers])
        return known_to[row.pk]

    for row, value in zip(rows, values, strict=True):
        known = instant(row.recorded_at)
        if row.superseded_at is None or row.superseded_at > row.recorded_at:
            order = (row.effective_from, row.recorded_at, row.pk)
            yield Said(order, begins(row.effective_from, row.recorded_at), known, until(row), value)


def holding(history: Iterable[Said], at: int, known: int) -> Any:
    """What held at an instant, as known at another; None for nothing."""
    seen = [one for one in history if one.start <= at and one.known_from <= known < one.known_to]
    return max(seen, key=lambda one: one.order).value if seen else None


def dated(
    since: date, recorded_at: datetime, until: date | None, ended_at: datetime | None, value: Any
) -> Iterator[Span]:
    """A row that is in force from a day until a day; that it ends was known from ``ended_at`` on (None: always)."""
    start, known = begins(since, recorded_at), instant(recorded_at)
    if until is None:
        yield Span(start, FOREVER, known, FOREVER, value)
        return
    end = midnight(until) if ended_at is None else begins(until, ended_at)
    learnt = known if ended_at is None else max(known, instant(ended_at))
    if known < learnt:
        yield Span(start, FOREVER, known, learnt, value)
    if start < end:
        yield Span(start, end, learnt, FOREVER, value)
