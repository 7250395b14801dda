"""What benefits were worth: rates of examination and times to release by tier and mode, or why they are not measurable.

Nobody could tell whether members got their benefits, because the data behind the figures were unreliable and figures
were published all the same. Here a figure stands only on rows that pass every check, and with its numerator,
denominator, mode, period and interval: 965(b)(2), 966(c), 19:4311(b)(5), 19:4311(c)(2)(B).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil, comb, floor, sqrt
from statistics import NormalDist, median

from greenlane.law.sentences import N_, Sentence
from greenlane.release.engine.inputs import EXAMINATIONS, MODES
from greenlane.release.engine.statuses import TIERS

CONFIDENCE = 0.95
FEWEST = 30
"""Below so many entries nothing is said of a group: an interval would be as wide as the scale."""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What is known of one entry afterwards. ``None`` or '' is a value that is missing.

    ``port_mode``: the mode that the port of entry mainly serves, where it is one: a row whose mode differs may not be
    of the mode that it says. ``released_at``: None while it is not released.
    """

    entry_number: str
    tier: int | None
    mode: str
    filed_at: datetime
    examination: str | None
    released_at: datetime | None = None
    port_mode: str = ""


@dataclass(frozen=True)
class Interval:
    """Two-sided, at ``CONFIDENCE``."""

    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure of one tier and mode in a period, both days included. Times are in hours, rates are shares from 0 to 1.

    ``measure``: 'examined', or 'hours_to_release' (the median; then the numerator is the number of released entries).
    """

    measure: str
    tier: int
    mode: str
    first: date
    last: date
    numerator: int
    denominator: int
    value: float
    interval: Interval


@dataclass(frozen=True, kw_only=True)
class NotMeasurable:
    """Why there is no figure of a tier and mode in a period; ``rows`` are the entry numbers behind it, at most 20."""

    measure: str
    tier: int | None
    mode: str
    first: date
    last: date
    why: Sentence
    rows: tuple[str, ...] = ()


def rate_interval(numerator: int, denominator: int) -> Interval:
    """Wilson's score interval of a share (E. B. Wilson, 1927). Raises ValueError without a sound denominator."""
    if not 0 <= numerator <= denominator or denominator == 0:
        raise ValueError(f"{numerator} of {denominator} is no share")
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    share, square = numerator / denominator, z * z / denominator
    middle = (share + square / 2) / (1 + square)
    half = z / (1 + square) * sqrt(share * (1 - share) / denominator + square / (4 * denominator))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def median_interval(values: Sequence[float]) -> Interval:
    """An interval of the median between two of the values themselves: no assumption on how they are distributed.

    The widest pair of places, as far as needed, such that the binomial chance of the median between them is at least
    ``CONFIDENCE``; exact up to 1,000 values, by the normal approximation above. Raises ValueError below 6 values.
    """
    count = len(values)
    if count < 6:
        raise ValueError(f"{count} values give no interval of a median")
    ordered = sorted(values)
    if count > 1000:
        z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
        low, high = floor(count / 2 - z * sqrt(count) / 2), ceil(count / 2 + z * sqrt(count) / 2)
        return Interval(ordered[max(low - 1, 0)], ordered[min(high, count - 1)])
    tail, outside = 0, 0
    most = (1 - CONFIDENCE) / 2 * 2**count
    while outside + comb(count, tail) <= most:
        outside += comb(count, tail)
        tail += 1
    return Interval(ordered[tail - 1], ordered[count - tail])


def measure(rows: Iterable[Measured], first: date, last: date) -> tuple[Figure | NotMeasurable, ...]:
    """Every figure of a period (days of filing, both included) by mode and tier, each sound or said not to be.

    A mode in which a row fails a check has no figures at all: what else is wrong in it is not known. Raises ValueError
    for a period that ends before it begins.
    """
    if last < first:
        raise ValueError(f"the period ends on {last}, before it begins on {first}")
    inside = [row for row in rows if first <= row.filed_at.date() <= last]
    wrong = dict(unsound(inside))
    found: list[Figure | NotMeasurable] = []
    groups: dict[tuple[str, int], list[Measured]] = {}
    for row in inside:
        if row.tier is not None:
            groups.setdefault((row.mode, row.tier), []).append(row)
    blocked = sorted({(why, mode) for mode, why in wrong}, key=str)
    modes = {mode for _, mode in blocked}
    found += [
        NotMeasurable(
            measure="all", tier=None, mode=mode, first=first, last=last, why=CHECKS[why], rows=wrong[mode, why][:20]
        )
        for why, mode in blocked
    ]
    for (mode, tier), group in sorted(groups.items()):
        if mode not in modes and "" not in modes:
            found += _figures(group, mode, tier, (first, last))
    return tuple(found)


CHECKS: Mapping[str, Sentence] = {
    "twice": Sentence(N_("Entries are in the data twice.")),
    "missing": Sentence(N_("Entries have no tier, no examination result or an unknown mode.")),
    "cross_mode": Sentence(N_("Entries are counted under another mode than the one that their port mainly serves.")),
    "backwards": Sentence(N_("Entries were released before they were filed.")),
}


def unsound(rows: Sequence[Measured]) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    """The rows that fail a check, by mode and check; mode '' when even the mode is not known: then nothing is sound."""
    times = Counter(row.entry_number for row in rows)
    bad: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        mode = row.mode if row.mode in MODES else ""
        failed = {
            "twice": times[row.entry_number] > 1,
            "missing": row.tier not in range(TIERS) or row.examination not in EXAMINATIONS or not mode,
            "cross_mode": bool(row.port_mode) and row.port_mode != row.mode,
            "backwards": row.released_at is not None and row.released_at < row.filed_at,
        }
        for why in (why for why, fails in failed.items() if fails):
            bad.setdefault((mode, why), []).append(row.entry_number)
            if why == "cross_mode" and row.port_mode in MODES:  # it is missing where it belongs, too
                bad.setdefault((row.port_mode, why), []).append(row.entry_number)
    for place, numbers in bad.items():
        yield place, tuple(dict.fromkeys(numbers))


def _figures(
    group: Sequence[Measured], mode: str, tier: int, period: tuple[date, date]
) -> Iterator[Figure | NotMeasurable]:
    first, last = period
    if len(group) < FEWEST:
        few = Sentence(
            N_("There are %(count)d entries; fewer than %(least)d say nothing."), {"count": len(group), "least": FEWEST}
        )
        for name in ("examined", "hours_to_release"):
            yield NotMeasurable(measure=name, tier=tier, mode=mode, first=first, last=last, why=few)
        return
    examined = sum(row.examination != "none" for row in group)
    yield Figure(
        measure="examined",
        tier=tier,
        mode=mode,
        first=first,
        last=last,
        numerator=examined,
        denominator=len(group),
        value=examined / len(group),
        interval=rate_interval(examined, len(group)),
    )
    yield _time(group, mode, tier, period)


def _time(group: Sequence[Measured], mode: str, tier: int, period: tuple[date, date]) -> Figure | NotMeasurable:
    """The median time to release; with open entries it would be too short, so they are counted as longest."""
    first, last = period
    hours = [(row.released_at - row.filed_at).total_seconds() / 3600 for row in group if row.released_at]
    still = len(group) - len(hours)
    interval = median_interval([*hours, *[float("inf")] * still])
    if interval.high == float("inf"):
        open_ = Sentence(
            N_("%(open)d of %(count)d entries are not released, so that the middle is not known."),
            {"open": still, "count": len(group)},
        )
        return NotMeasurable(measure="hours_to_release", tier=tier, mode=mode, first=first, last=last, why=open_)
    return Figure(
        measure="hours_to_release",
        tier=tier,
        mode=mode,
        first=first,
        last=last,
        numerator=len(hours),
        denominator=len(group),
        value=median([*hours, *[float("inf")] * still]),
        interval=interval,
    )
