"""How long release takes by mode and examination, and what a mix of examinations makes of it.

A mix is only as long as its parts: what other numbers of a policy move is how many entries have which examination, and
the time of each part is the one that was measured. That a queue grows shorter when fewer stand in it is not in it.
965(b)(2), 966(c), 19:4311(b)(5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import sqrt
from statistics import NormalDist, fmean, stdev

from greenlane.law.sentences import N_, Sentence
from greenlane.release.engine.inputs import EXAMINATIONS, MODES
from greenlane.release.engine.measures import CHECKS, CONFIDENCE, FEWEST, Interval, Measured, unsound

LONGEST = timedelta(days=30)
"""An entry that is not released within this time counts with it: so a mean exists though some are never released."""
HOURS = LONGEST.total_seconds() / 3600
Place = tuple[str, str]
"""A mode and an examination."""


@dataclass(frozen=True, kw_only=True)
class Mean:
    """The mean hours from filing to the release by all of government, of entries of one mode and examination.

    ``denominator``: entries filed in the period; ``numerator``: those released within ``LONGEST``; the others count
    with ``LONGEST``. The interval is two-sided, at ``CONFIDENCE``, by the normal approximation of a mean.
    """

    first: date
    last: date
    numerator: int
    denominator: int
    value: float
    interval: Interval


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """Why there is no mean; ``rows`` are entry numbers behind it, at most 20."""

    first: date
    last: date
    why: Sentence
    rows: tuple[str, ...] = ()


Times = Mapping[Place, Mean | Unknown]


def times(rows: Iterable[Measured], first: date, last: date, known: datetime) -> Times:
    """The mean of every mode and examination that occurs in a period (days of filing, both included).

    *known* (aware): when the rows were read; who was filed less than ``LONGEST`` before and is not released may still
    be. A mode in which a row fails a check has no means: what else is wrong in it is not known. Raises ValueError for
    a period that ends before it begins.
    """
    if last < first:
        raise ValueError(f"the period ends on {last}, before it begins on {first}")
    inside = [row for row in rows if first <= row.filed_at.date() <= last]
    bad: dict[str, Unknown] = {}
    for (mode, why), numbers in unsound(inside):
        bad.setdefault(mode, Unknown(first=first, last=last, why=CHECKS[why], rows=numbers[:20]))
    groups: dict[Place, list[Measured]] = {}
    for row in inside:
        if row.mode in MODES and row.examination in EXAMINATIONS:
            groups.setdefault((row.mode, row.examination), []).append(row)
    return {
        place: bad.get("") or bad.get(place[0]) or _mean(groups[place], first, last, known) for place in sorted(groups)
    }


def _mean(group: list[Measured], first: date, last: date, known: datetime) -> Mean | Unknown:
    if len(group) < FEWEST:
        few = N_("There are %(count)d entries; fewer than %(least)d say nothing.")
        return Unknown(first=first, last=last, why=Sentence(few, {"count": len(group), "least": FEWEST}))
    young = [row.entry_number for row in group if row.released_at is None and row.filed_at > known - LONGEST]
    if young:
        why = Sentence(
            N_("%(open)d of %(count)d entries were filed less than %(days)d days ago and are not released."),
            {"open": len(young), "count": len(group), "days": LONGEST.days},
        )
        return Unknown(first=first, last=last, why=why, rows=tuple(young[:20]))
    hours = [hours_of(row) for row in group]
    value = fmean(hours)
    half = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * stdev(hours) / sqrt(len(hours))
    return Mean(
        first=first,
        last=last,
        numerator=sum(in_time(row) for row in group),
        denominator=len(group),
        value=value,
        interval=Interval(max(0.0, value - half), min(HOURS, value + half)),
    )


def in_time(row: Measured) -> bool:
    """Was it released within ``LONGEST``?"""
    return row.released_at is not None and row.released_at - row.filed_at <= LONGEST


def hours_of(row: Measured) -> float:
    """The hours with which an entry counts."""
    if row.released_at is None or not in_time(row):
        return HOURS
    return (row.released_at - row.filed_at).total_seconds() / 3600


def expected(mix: Mapping[Place, int], known: Times) -> float | Sentence | None:
    """The hours that entries of this mix take, each at the mean of its mode and examination; None for no entry.

    A Sentence says why there is no number: every part of the mix must be measured.
    """
    total = sum(mix.values())
    if not total:
        return None
    whole = 0.0
    for place, count in sorted(mix.items()):
        found = known.get(place)
        if not count:
            continue
        if not isinstance(found, Mean):
            return found.why if found else NEVER
        whole += count * found.value
    return whole / total


NEVER = Sentence(N_("No entry of this mode with this examination is in the period that is measured."))
