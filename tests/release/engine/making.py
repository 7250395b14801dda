"""Entries of the engine's tests as numbers: any that the ranges allow, and likely ones with statuses that occur."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from greenlane.release.engine.asof import DAY, Period
from greenlane.release.engine.codes import origin_number
from greenlane.release.engine.inputs import INPUTS, PARTIES
from greenlane.release.engine.statuses import BENEFITS, GREATEST_STATUS, Status

EDGES = 0.2
FIRST = 20_000 * DAY
ORIGINS = {code: origin_number(code) for code in ("CA", "CN")}


def statuses() -> list[int]:
    """Statuses as programmes give them, in whole, in part, recognised or barred."""
    by_tier = [BENEFITS[:0], BENEFITS[:2], BENEFITS[:6], BENEFITS]
    found = [
        Status(tier, frozenset(given[drop:]), abroad, out).packed
        for tier, given in enumerate(by_tier)
        for drop in (0, 1)
        for abroad in (False, True)
        for out in (False, True)
    ]
    return sorted(set(found))


def any_entry(chance: random.Random) -> dict[str, int]:
    """An entry with any value that the ranges allow, often at an edge."""
    values = {}
    for name, high in INPUTS.items():
        values[name] = chance.choice([0, high]) if chance.random() < EDGES else chance.randint(0, high)
    return values


def likely_entry(chance: random.Random) -> dict[str, int]:
    """An entry whose agencies, flags and statuses are as in life: most are few or none."""
    known = statuses()
    values = any_entry(chance)
    values.update({party: chance.choice(known) for party in PARTIES})
    authority = chance.choice([0, 0, 0, 1, 2, chance.getrandbits(8)])
    answered = chance.getrandbits(8) | chance.getrandbits(8)
    values.update(
        score=chance.randint(0, 260),
        port=chance.choice([2704, 4601, 1001]),
        origin=chance.choice([ORIGINS["CA"], ORIGINS["CN"]]),
        authority=authority,
    )
    values.update(
        proceed=authority & answered, held=authority & ~answered & chance.getrandbits(8) & chance.getrandbits(8)
    )
    values["intensive"] = authority & chance.getrandbits(8) & chance.getrandbits(8) & chance.getrandbits(8)
    values.update(customs_hold=int(chance.random() < 0.05), threat_information=int(chance.random() < 0.05))
    return values


def entries(number: int, seed: int = 20070101) -> Iterator[dict[str, int]]:
    """*number* entries, half of each kind, the same for the same seed."""
    chance = random.Random(seed)
    for place in range(number):
        yield (any_entry if place % 2 else likely_entry)(chance)


def columns(rows: list[Mapping[str, int]]) -> dict[str, NDArray[np.int64]]:
    """The entries as columns."""
    return {name: np.array([row[name] for row in rows], dtype=np.int64) for name in INPUTS}


def filed(
    rows: list[dict[str, int]], seed: int = 20070101, days: int = 20
) -> tuple[dict[str, NDArray[np.int64]], list[Period]]:
    """The entries as columns with times of filing and slots, and periods under which each party has its status then.

    Every party changes its status at odd times, so that some entries fall on a day on which it changes.
    """
    chance = random.Random(seed)
    found = columns(rows)
    found["filed_at"] = np.array([FIRST + chance.randrange(days * DAY) for _ in rows], dtype=np.int64)
    periods: list[Period] = []
    for place, party in enumerate(PARTIES):
        for number, row in enumerate(rows):
            name = number * len(PARTIES) + place
            at = int(found["filed_at"][number])
            begin, end = at - chance.randrange(2 * DAY), at + 1 + chance.randrange(2 * DAY)
            periods.append(Period(name, begin, end, 0, None, row[party]))
            if chance.random() < 0.5:
                periods.append(Period(name, end, None, 0, None, chance.randrange(GREATEST_STATUS)))
        found[party] = np.arange(len(rows), dtype=np.int64) * len(PARTIES) + place
    return found, periods
