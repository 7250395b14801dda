"""Who had which status at an instant, as known at another: half-open periods of both times; a gap is no status.

6 USC 964-967 give and take benefits from a moment on; a decision of the past is repeated with what was known then.
Instants are whole microseconds since 1970, UTC. A party is named as the entries name it: by a text or a whole number.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from greenlane.release.engine.statuses import GREATEST_STATUS, NO_STATUS

Party = str | int
Longs = NDArray[np.int64]
DAY = 86_400_000_000
FOREVER = 2**63 - 1
CHANGES = 2**16 - 1
"""Stands in a calendar where a status changes within the day, so that only the instant tells it."""
SPARSE = 4
"""Parties named by whole numbers have these as their slots, unless there are more than so many numbers for each."""
MOST_CELLS = 128_000_000
"""Most cells of a calendar (two bytes each) that are laid out; for more, every status is looked up by its instant."""


class Period(NamedTuple):
    """A party has a status from ``valid_from`` until before ``valid_to``; that was known from ``known_from`` until
    before ``known_to``, when it was corrected. None: without end. ``status``: packed, see ``statuses.Status``."""

    party: Party
    valid_from: int
    valid_to: int | None
    known_from: int
    known_to: int | None
    status: int


class PeriodsOverlap(ValueError):
    """Two periods give one party a status at the same instant, and both are known at the same time."""


class StatusStore:
    """All periods of all parties, in both times."""

    def __init__(self, parties: tuple[Party, ...], slots: NDArray[np.int32], numbers: Longs) -> None:
        self.parties, self._slots, self._numbers = parties, slots, numbers

    @classmethod
    def build(cls, periods: Iterable[Period]) -> StatusStore:
        """A store of the periods, in any order.

        Raises ValueError for a period that ends before it begins or holds no status, PeriodsOverlap for a party with
        two statuses at once.
        """
        rows = list(periods)
        for row in rows:
            _check(row)
        parties = _parties(rows)
        places = {party: place for place, party in enumerate(parties)}
        slots = np.array([places[row.party] for row in rows], dtype=np.int32)
        numbers = np.array(
            [[row[1], _end(row[2]), row[3], _end(row[4]), row[5]] for row in rows], dtype=np.int64
        ).reshape(-1, 5)
        order = np.lexsort((numbers[:, 0], slots))
        store = cls(parties, slots[order], numbers[order])
        store._check_overlaps()
        return store

    def _check_overlaps(self) -> None:
        slots, (begins, ends, known, unknown, _) = self._slots, self._numbers.T
        for apart in range(1, int(np.bincount(slots).max()) if len(slots) else 0):
            same = (slots[apart:] == slots[:-apart]) & (begins[apart:] < ends[:-apart])
            twice = same & (known[apart:] < unknown[:-apart]) & (known[:-apart] < unknown[apart:])
            if twice.any():
                party = self.parties[slots[int(np.argmax(twice))]]
                raise PeriodsOverlap(f"the party {party!r} has two statuses at the same time, both known at once")
            if not same.any():
                break

    def known_at(self, instant: int | None = None) -> Slice:
        """What was known at an instant; None: what is known in the end."""
        at = FOREVER - 1 if instant is None else instant
        kept = (self._numbers[:, 2] <= at) & (at < self._numbers[:, 3])
        return Slice(self.parties, self._slots[kept], self._numbers[kept][:, (0, 1, 4)])


def _end(instant: int | None) -> int:
    return FOREVER if instant is None else instant


def _parties(rows: list[Period]) -> tuple[Party, ...]:
    """The parties by their slots; where they are named by small whole numbers, a party's slot is its number."""
    named = dict.fromkeys(row.party for row in rows)
    numbers = [party for party in named if isinstance(party, int)]
    if len(numbers) == len(named) and min(numbers, default=0) >= 0 and max(numbers, default=0) < SPARSE * len(named):
        return tuple(range(max(numbers, default=-1) + 1))
    return tuple(named)


def _check(row: Period) -> None:
    if row.valid_from >= _end(row.valid_to) or row.known_from >= _end(row.known_to):
        raise ValueError(f"a period of the party {row.party!r} ends before it begins")
    if not NO_STATUS <= row.status <= GREATEST_STATUS:
        raise ValueError(f"a period of the party {row.party!r} holds {row.status}, which is no status")


@dataclass(frozen=True)
class Calendar:
    """For each of ``days`` (since 1970, rising) and each slot, the code of the status, or CHANGES.

    ``rows[day - first]`` is the row of ``codes`` of a day, -1 for a day that is not among them.
    """

    first: int
    rows: NDArray[np.int32]
    codes: NDArray[np.uint16]


class Slice:
    """The statuses as known at one instant.

    For batches: ``codes_known[code]`` is a status (0 is NO_STATUS); a slot's changes are ``bounds[offsets[slot] :
    offsets[slot + 1]]``, rising, each the instant from which ``codes`` counts. The last slot is of unknown parties.
    """

    def __init__(self, parties: tuple[Party, ...], slots: NDArray[np.int32], numbers: Longs) -> None:
        self.parties = parties
        begins, ends, statuses = numbers.T
        self.codes_known: Longs = np.unique(np.append(statuses, NO_STATUS))
        if len(self.codes_known) >= CHANGES:
            raise ValueError("there are more different statuses than a calendar can tell apart")
        given = np.searchsorted(self.codes_known, statuses)
        nexts = np.append(begins[1:], FOREVER)
        alone = np.append(slots[1:] != slots[:-1], True) if len(slots) else np.zeros(0, bool)
        gaps = (ends != FOREVER) & (alone | (ends < nexts))
        places = np.concatenate([slots, slots[gaps]])
        bounds = np.concatenate([begins, ends[gaps]])
        codes = np.concatenate([given, np.zeros(int(gaps.sum()), dtype=given.dtype)])
        order = np.lexsort((bounds, places))
        self._places, self.bounds = places[order].astype(np.int32), bounds[order]
        self.codes: NDArray[np.uint16] = codes[order].astype(np.uint16)
        counts = np.bincount(self._places, minlength=len(parties) + 1)
        self.offsets: NDArray[np.int32] = np.append(0, np.cumsum(counts)).astype(np.int32)

    @property
    def unknown(self) -> int:
        """The slot of a party that has no period at all."""
        return len(self.parties)

    @cached_property
    def numbers(self) -> Longs | None:
        """The numbers by which the parties are named, by their slots; None when one is named by text."""
        kinds = set(map(type, self.parties))
        return np.array(self.parties, dtype=np.int64) if kinds <= {int} else None

    @cached_property
    def numbered(self) -> bool:
        """Whether every party is named by the number of its slot."""
        return self.numbers is not None and bool((self.numbers == np.arange(len(self.parties))).all())

    @cached_property
    def slots(self) -> dict[Party, int]:
        """The slot of each party."""
        return {party: slot for slot, party in enumerate(self.parties)}

    @cached_property
    def _timelines(self) -> dict[Party, tuple[list[int], list[int]]]:
        statuses = self.codes_known[self.codes].tolist()
        bounds, offsets = self.bounds.tolist(), self.offsets.tolist()
        spans = zip(self.parties, offsets[:-1], offsets[1:], strict=False)
        return {party: (bounds[a:b], [NO_STATUS, *statuses[a:b]]) for party, a, b in spans}

    def status(self, party: Party, instant: int, /) -> int:
        """The packed status of a party at an instant; NO_STATUS for a party that is not known."""
        found = self._timelines.get(party)
        return NO_STATUS if found is None else found[1][bisect_right(found[0], instant)]

    @cached_property
    def _in_time(self) -> tuple[Longs, NDArray[np.int32], NDArray[np.uint16]]:
        order = np.argsort(self.bounds, kind="stable")
        return self.bounds[order], self._places[order], self.codes[order]

    def calendar(self, days: Longs) -> Calendar | None:
        """The calendar of the days (since 1970, rising, each once); None when it would pass MOST_CELLS."""
        slots = self.unknown + 1
        if not len(days) or len(days) * slots > MOST_CELLS or int(days[-1] - days[0]) > MOST_CELLS:
            return None
        bounds, places, codes = self._in_time
        calendar = np.empty((len(days), slots), dtype=np.uint16)
        current = np.zeros(slots, dtype=np.uint16)
        done = 0
        starts = np.searchsorted(bounds, days * DAY, side="right").tolist()
        ends = np.searchsorted(bounds, (days + 1) * DAY, side="left").tolist()
        for row, (start, end) in enumerate(zip(starts, ends, strict=True)):
            current[places[done:start]] = codes[done:start]
            calendar[row] = current
            calendar[row, places[start:end]] = CHANGES
            done = start
        rows = np.full(int(days[-1] - days[0]) + 1, -1, dtype=np.int32)
        rows[days - days[0]] = np.arange(len(days), dtype=np.int32)
        return Calendar(int(days[0]), rows, calendar)
