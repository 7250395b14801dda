"""Entries as columns of whole numbers: what they must be before a batch decides them, and parties as slots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

import numpy as np
from numpy.typing import NDArray

from greenlane.law.sentences import N_
from greenlane.release.engine.asof import Party, Slice
from greenlane.release.engine.expressions import Node
from greenlane.release.engine.inputs import INPUTS, PARTIES
from greenlane.release.engine.sql_checks import LAST_INSTANT, NO_COLUMN, judge_entries, refused, sayings
from greenlane.release.engine.versions import PolicyVersion

Column = NDArray[np.integer]
Columns = Mapping[str, Column]
OTHERS = tuple(name for name in INPUTS if name not in PARTIES)
MOST_SMALL_NUMBERS = 4_000_000
"""Parties named by whole numbers below this are found by a table, others by searching."""


def narrowest(node: Node) -> np.dtype[np.signedinteger]:
    """The narrowest type with a sign that holds a node's range."""
    for kind in (np.int8, np.int16, np.int32):
        if np.iinfo(kind).min <= node.low and node.high <= np.iinfo(kind).max:
            return np.dtype(kind)
    return np.dtype(np.int64)


def instant_of(day: date) -> int:
    """The microseconds UTC at which a day begins."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1_000_000


def in_order(versions: PolicyVersion | Iterable[PolicyVersion]) -> list[PolicyVersion]:
    """The versions by their first day. Raises ValueError for none, or for two that begin on one day."""
    found = [versions] if isinstance(versions, PolicyVersion) else sorted(versions, key=lambda v: v.effective_from)
    if not found:
        raise ValueError("there is no version of the policy to decide with: publish one first")
    if len({one.effective_from for one in found}) < len(found):
        raise ValueError("two versions of the policy begin on the same day; keep one")
    return found


def check_shape(columns: Columns) -> None:
    """Raise EntriesRefused for a column that is missing or has another number of rows than ``filed_at``."""
    missing = [name for name in ("filed_at", *INPUTS) if name not in columns]
    if missing:
        raise refused(NO_COLUMN, columns=", ".join(missing))
    rows = len(columns["filed_at"])
    for name in INPUTS:
        if len(columns[name]) != rows:
            raise refused(
                N_("The column %(column)s has %(count)s rows; filed_at has %(rows)s."),
                column=name,
                count=f"{len(columns[name]):,}",
                rows=f"{rows:,}",
            )


def check(columns: Columns, first: int) -> None:
    """Raise EntriesRefused, column by column, for values outside what is declared; parties are slots here.

    ``first``: the instant at which the first version of the policy begins.
    """
    check_shape(columns)
    rows = len(columns["filed_at"])
    ranges = {"filed_at": (first, LAST_INSTANT - 1)} | {name: (0, INPUTS[name]) for name in OTHERS}
    wrong = dict.fromkeys(ranges, 0)
    for name, (low, high) in ranges.items():
        column = columns[name]
        if rows and not (low <= int(column.min()) and int(column.max()) <= high):
            wrong[name] = int(((column < low) | (column > high)).sum())
    judge_entries({"entries": rows, **wrong}, sayings(OTHERS, first))


class Slots:
    """Finds the slots of parties in a slice, for whole columns of identifiers."""

    def __init__(self, slice_: Slice) -> None:
        self.slice = slice_
        self.numbers = slice_.numbers is not None
        known = np.zeros(0, dtype=np.int64) if slice_.numbers is None else slice_.numbers
        self._order = np.argsort(known)
        self._sorted = known[self._order]
        self._table: NDArray[np.int32] | None = None
        if len(known) and known.min() >= 0 and known.max() < MOST_SMALL_NUMBERS:
            self._table = np.full(int(known.max()) + 2, slice_.unknown, dtype=np.int32)
            self._table[known] = np.arange(len(known), dtype=np.int32)

    def of_numbers(self, identifiers: Column) -> Column:
        """The slots of parties that are named by whole numbers; of those that are not known, no slot of the slice."""
        if self.slice.numbered:
            return identifiers
        if self._table is not None:
            last = len(self._table) - 1
            return self._table[np.where((identifiers < 0) | (identifiers > last), last, identifiers)]
        if not len(self._sorted):
            return np.full(len(identifiers), self.slice.unknown, dtype=np.int32)
        places = np.minimum(np.searchsorted(self._sorted, identifiers), len(self._sorted) - 1)
        return np.where(self._sorted[places] == identifiers, self._order[places], self.slice.unknown).astype(np.int32)

    def of_names(self, identifiers: Sequence[Party | None]) -> NDArray[np.int32]:
        """The slots of parties by whatever names them; None, as of a party that is not known, has the last slot."""
        slots, unknown = self.slice.slots, self.slice.unknown
        return np.array([unknown if one is None else slots.get(one, unknown) for one in identifiers], dtype=np.int32)
