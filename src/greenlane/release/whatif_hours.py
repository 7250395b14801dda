"""What other numbers would do to the time of release: the mix of examinations, each at the time measured for it.

965(b)(2), 966(c), 19:4311(b)(5), 19:4311(c)(2)(B).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from threading import Lock
from typing import Any

from greenlane.law.sentences import Sentence
from greenlane.release.benefits import Period, times_of
from greenlane.release.engine.inputs import EXAMINATIONS, MODES
from greenlane.release.engine.times import LONGEST, Mean, Times, Unknown, expected
from greenlane.release.models import ReleaseDecision, ReleaseMessage
from greenlane.release.simulation import Found, Group, Side, filed_in

USUAL = timedelta(days=90)
"""Days of filing that are measured where no period is asked for; they end before the entries that may still wait."""
KEPT = 8

_times: OrderedDict[tuple[Any, ...], Times] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Hours:
    """The time of release on both sides, in hours; a Sentence says why it is not known, None is of no entry."""

    before: float | Sentence | None
    after: float | Sentence | None

    @property
    def why(self) -> Sentence | None:
        """Why there is no number on one side at least."""
        return next((one for one in (self.before, self.after) if isinstance(one, Sentence)), None)

    @property
    def known(self) -> tuple[float, float] | None:
        """Both sides as numbers, where both are."""
        if isinstance(self.before, float) and isinstance(self.after, float):
            return self.before, self.after
        return None

    def to_json(self) -> dict[str, Any]:
        """Plain values; ``why`` is a Sentence for the door to say."""
        before, after = self.known or (None, None)
        return {"hours_before": before, "hours_after": after, "why": self.why}


def measured_period(period: Period | None, on: date) -> Period:
    """The days of filing that times are measured on: those that were asked for, or the usual ones before a day."""
    if period is not None:
        return period
    last = on - LONGEST - timedelta(days=1)
    return Period(last - USUAL + timedelta(days=1), last)


def measured(programme: str, period: Period | None, on: date) -> Times:
    """The times of a period as known at the beginning of a day; read once for each state of the record."""
    used = measured_period(period, on)
    state = (programme, used, on, *_standing(programme, used))
    with _lock:
        if state not in _times:
            _times[state] = times_of(programme, used, datetime.combine(on, time(), UTC))
            while len(_times) > KEPT:
                _times.popitem(last=False)
        _times.move_to_end(state)
        return _times[state]


def _standing(programme: str, period: Period) -> tuple[Any, ...]:
    """What tells one state of the record from another: the last decision, and the last message that went out."""
    last = ReleaseDecision.objects.filter(filed__programme=programme).order_by("-known_at", "-id")
    sent = ReleaseMessage.objects.order_by("-made_at", "-id").values_list("pk", flat=True)
    return filed_in(programme, period).count(), last.values_list("pk", flat=True).first(), sent.first()


def hours(group: Group, known: Times) -> Hours:
    """The time of release of a group's entries, with the examinations of each side."""
    return Hours(expected(_mix(group.before), known), expected(_mix(group.after), known))


def _mix(side: Side) -> dict[tuple[str, str], int]:
    return {
        (MODES[mode], EXAMINATIONS[place]): count
        for mode, counts in side.mix.items()
        for place, count in enumerate(counts)
    }


def to_json(found: Found, known: Times) -> dict[str, Any]:
    """The times that were measured, and for each group what its mix makes of them."""
    groups: dict[str, Mapping[str, Group]] = {
        name: getattr(found, name) for name in ("tiers", "modes", "ports", "businesses")
    }
    return {
        "measured": [_time(mode, examination, one) for (mode, examination), one in known.items()],
        **{
            name: {code: hours(group, known).to_json() for code, group in sorted(of.items())}
            for name, of in groups.items()
        },
    }


def _time(mode: str, examination: str, one: Mean | Unknown) -> dict[str, Any]:
    common = {"mode": mode, "examination": examination, "first": one.first, "last": one.last}
    none = dict.fromkeys(("numerator", "denominator", "value", "low", "high"))
    if isinstance(one, Unknown):
        return {**common, "measurable": False, **none, "why": one.why, "entries": list(one.rows)}
    numbers = {"numerator": one.numerator, "denominator": one.denominator, "value": one.value}
    interval = {"low": one.interval.low, "high": one.interval.high}
    return {**common, "measurable": True, **numbers, **interval, "why": None, "entries": []}
