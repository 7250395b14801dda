"""The points that the review sent back, each with the page where it is corrected (6 USC 964(b))."""

from __future__ import annotations

from dataclasses import dataclass

from greenlane.applications.entries import ApplicationReturned
from greenlane.casework import recording
from greenlane.records.models import Entry
from greenlane.web.trader.access import OwnApplication
from greenlane.web.trader.whereabouts import address_of


@dataclass(frozen=True)
class Point:
    """A criterion that was sent back, what has to change, and where."""

    number: str
    note: str
    href: str


@dataclass(frozen=True)
class Returned:
    """The latest return of an application: the message and its points; both empty unless it lies with the company."""

    message: str = ""
    points: tuple[Point, ...] = ()

    @property
    def notes(self) -> dict[str, str]:
        return {point.number: point.note for point in self.points}


def returned(own: OwnApplication) -> Returned:
    """What there is to correct, read from the record; no query unless the application was returned."""
    if own.state != "returned":
        return Returned()
    rows = Entry.objects.filter(subject=own.application.pk, kind=ApplicationReturned.entry_kind)
    row = rows.order_by("-id").first()
    if row is None:
        return Returned()
    data = recording.read(row).data
    assert isinstance(data, ApplicationReturned)
    points = tuple(Point(number, note, address_of(own, number)) for number, note in data.points.items())
    return Returned(data.message, points)
