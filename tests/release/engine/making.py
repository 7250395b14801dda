"""Entries of the engine's tests as numbers: any that the ranges allow, and likely ones with statuses that occur."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from greenlane.release.engine.codes import origin_number
from greenlane.release.engine.inputs import INPUTS, PARTIES
from greenlane.release.engine.statuses import BENEFITS, Status

EDGES = 0.2
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
