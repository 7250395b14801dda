"""What benefits were worth, measured from the decisions on record: 965(b)(2), 966(c), 19:4311(b)(5), (c)(2)(B).

The time of release is that of the message of all of government: what customs alone releases is not yet with its owner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.db.models import QuerySet

from greenlane.casework.problems import bad_input
from greenlane.law.sentences import N_
from greenlane.places.ports_of_entry import ports_of_entry
from greenlane.release.engine.codes import port_number
from greenlane.release.engine.inputs import EXAMINATIONS, LAND, MODES
from greenlane.release.engine.measures import Figure, Measured, NotMeasurable, measure
from greenlane.release.engine.statuses import Status
from greenlane.release.engine.times import Times, in_time, times
from greenlane.release.models import FiledEntry, ReleaseDecision, ReleaseMessage

CITES = ("6 USC 965(b)(2)", "6 USC 966(c)", "19 USC 4311(b)(5)", "19 USC 4311(c)(2)(B)")
LONGEST = 731
"""Days of a period at most."""
MEASURES = ("examined", "hours_to_release")


@dataclass(frozen=True)
class Period:
    """Days of filing (UTC), both included."""

    first: date
    last: date

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """When it begins, and when it is over."""
        begins = datetime.combine(self.first, time(), UTC)
        return begins, datetime.combine(self.last, time(), UTC) + timedelta(days=1)


def period_of(first: date, last: date) -> Period:
    """A period that can be measured. Raises BadInput."""
    if last < first:
        raise bad_input(
            "last", N_("The period ends before it begins."), N_("Give a last day on or after the first."), CITES[2]
        )
    if (last - first).days >= LONGEST:
        raise bad_input(
            "last", N_("The period is longer than %(most)d days."), N_("Ask for a shorter one."), CITES[2], most=LONGEST
        )
    return Period(first, last)


def entries_filed(programme: str, period: Period) -> QuerySet[FiledEntry]:
    """The first filings of the period. An entry that is filed again keeps the instant at which it was filed first."""
    begins, over = period.instants
    return FiledEntry.objects.filter(programme=programme, version=1, filed_at__gte=begins, filed_at__lt=over)


def rows(programme: str, period: Period) -> list[Measured]:
    """What is known of each entry filed in a period, by its number, by the decision that stands on it. Three reads."""
    filed = dict(entries_filed(programme, period).values_list("number", "filed_at"))
    numbers = entries_filed(programme, period).values("number")
    standing = ReleaseDecision.objects.filter(current__isnull=False, number__in=numbers).order_by("number")
    released = _released(numbers)
    wanted = ("number", "examination", "inputs__importer", "inputs__mode", "inputs__port")
    return [_measured(row, filed[row[0]], released.get(row[0])) for row in standing.values_list(*wanted)]


def _released(numbers: Any) -> dict[str, datetime]:
    """When all of government released each entry; not those whose release was withdrawn since."""
    messages = ReleaseMessage.objects.filter(number__in=numbers).order_by("decision__place")
    last: dict[str, tuple[str, datetime]] = {}
    for number, kind, made_at in messages.values_list("number", "kind", "made_at"):
        last[number] = (kind, made_at)
    return {number: at for number, (kind, at) in last.items() if kind == "released"}


def _measured(row: tuple[Any, ...], filed_at: datetime, released_at: datetime | None) -> Measured:
    number, examination, importer, mode, port = row
    status = Status.unpacked(importer) if importer is not None else None
    return Measured(
        entry_number=number,
        tier=None if status is None else 0 if status.barred else status.tier,
        mode=MODES[mode] if mode is not None else "",
        filed_at=filed_at,
        examination=EXAMINATIONS[examination],
        released_at=released_at,
        port_mode=_port_mode(port, mode) if mode is not None else "",
    )


def _port_mode(port: int | None, mode: int) -> str:
    """The mode that the port mainly serves, where the table of ports names one and the entry says sea, air or land.

    Goods in parcels, and by other means, come through ports of every kind.
    """
    served = _ports().get(port or 0, ())
    if len(served) != 1 or MODES[mode] in ("parcel", "other"):
        return ""
    if served[0] == "land":
        return MODES[mode] if mode in LAND else "land"
    return served[0]


@cache
def _ports() -> dict[int, tuple[str, ...]]:
    return {port_number(port.code): port.modes for port in ports_of_entry()}


def figures(programme: str, period: Period) -> tuple[Figure | NotMeasurable, ...]:
    """Every figure of a period by mode and tier, each sound or said not to be measurable."""
    return measure(rows(programme, period), period.first, period.last)


def times_of(programme: str, period: Period, known: datetime) -> Times:
    """The mean hours to release of a period by mode and examination, as read at an instant, or why there is none."""
    return times(rows(programme, period), period.first, period.last, known)


def timed(found: Sequence[Measured], mode: str, examination: str, numerator: bool) -> list[Measured]:
    """The entries that a mean time counts: all of its denominator, or those that were released in time."""
    inside = [row for row in found if (row.mode, row.examination) == (mode, examination)]
    return [row for row in inside if in_time(row)] if numerator else inside


def counted(found: Sequence[Measured], name: str, mode: str, tier: int, numerator: bool) -> list[Measured]:
    """The entries that a figure counts: all of its denominator, or those of its numerator only."""
    inside = [row for row in found if row.mode == mode and row.tier == tier]
    if not numerator:
        return inside
    if name == "examined":
        return [row for row in inside if row.examination != "none"]
    return [row for row in inside if row.released_at is not None]


def to_json(one: Figure | NotMeasurable) -> dict[str, Any]:
    """A figure, or why there is none, in plain values; ``why`` is a Sentence for the door to say."""
    common = {"measure": one.measure, "tier": one.tier, "mode": one.mode, "first": one.first, "last": one.last}
    none = dict.fromkeys(("numerator", "denominator", "value", "low", "high"))
    if isinstance(one, NotMeasurable):
        return {**common, "measurable": False, **none, "why": one.why, "entries": list(one.rows)}
    numbers = {"numerator": one.numerator, "denominator": one.denominator, "value": one.value}
    interval = {"low": one.interval.low, "high": one.interval.high}
    return {**common, "measurable": True, **numbers, **interval, "why": None, "entries": []}
