"""The text of a compiled loop: rows in blocks, their ranges checked, statuses joined, then what the graph says.

A block is small enough to stay in the processor's cache from one of these passes to the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from greenlane.release.engine.asof import CHANGES, DAY, Calendar, Longs, Slice
from greenlane.release.engine.columns import OTHERS, Columns
from greenlane.release.engine.expressions import Node
from greenlane.release.engine.inputs import INPUTS, PARTIES
from greenlane.release.engine.kernels import Loop, compiled, native
from greenlane.release.engine.program import Named
from greenlane.release.engine.python_target import PYTHON
from greenlane.release.engine.sql_checks import LAST_INSTANT

BLOCK = 1024
"""Rows that pass through the loop together."""
STATUSES = ("days_from", "days_rows", "days_codes", "offsets", "bounds", "codes")
COMMON = ("earliest", "filed_at", *(f"slot_{one}" for one in PARTIES), *(f"{one}_" for one in OTHERS), *STATUSES)
"""What every loop reads, after ``start``, ``stop`` and ``found``, where it notes the codes of statuses of a block."""


@native
def _code_at(offsets, bounds, codes, slot, instant):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    low, high = offsets[slot], offsets[slot + np.uint64(1)]
    first = low
    while low < high:
        middle = (low + high) // 2
        if bounds[middle] <= instant:
            low = middle + 1
        else:
            high = middle
    return codes[low - 1] if low > first else np.uint16(0)


@native
def _codes_of(  # type: ignore[no-untyped-def]
    first, rows, filed_at, slots, days_from, days_rows, days_codes, offsets, bounds, codes, found
):  # pragma: no cover - compiled
    """Note the codes of one party's statuses; most blocks lie within one day, whose codes stand beside each other.

    A slot that the slice does not have is of a party that is not known.
    """
    last = np.uint32(len(offsets) - 2)
    earliest = latest = filed_at[first]
    for j in range(rows):
        at = filed_at[first + j]
        earliest, latest = min(earliest, at), max(latest, at)
    day, days = earliest // DAY - days_from, np.int64(len(days_rows) if days_from >= 0 else 0)
    if 0 <= day < days and latest // DAY - days_from == day and days_rows[day] >= 0:
        today = days_codes[np.uint64(days_rows[day])]
        for j in range(rows):
            found[j] = today[min(np.uint32(slots[first + j]), last)]
    else:
        for j in range(rows):
            day = filed_at[first + j] // DAY - days_from
            row = np.int64(days_rows[np.uint64(day)]) if 0 <= day < days else np.int64(-1)
            slot = min(np.uint32(slots[first + j]), last)
            found[j] = days_codes[np.uint64(row), slot] if row >= 0 else np.uint16(CHANGES)
    for j in range(rows):
        if found[j] == CHANGES:
            place = np.uint64(min(np.uint32(slots[first + j]), last))
            found[j] = _code_at(offsets, bounds, codes, place, filed_at[first + j])


@njit(nogil=True, inline="always", error_model="numpy")  # type: ignore[untyped-decorator, unused-ignore]
def _quotient(a, b):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    return np.int64(np.uint64(a) // np.uint64(b))


@njit(nogil=True, inline="always", error_model="numpy")  # type: ignore[untyped-decorator, unused-ignore]
def _remainder(a, b):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    return np.int64(np.uint64(a) % np.uint64(b))


@njit(nogil=True, inline="always", error_model="numpy")  # type: ignore[untyped-decorator, unused-ignore]
def _narrow_quotient(a, b):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    return np.int64(np.uint32(a) // np.uint32(b))


@njit(nogil=True, inline="always", error_model="numpy")  # type: ignore[untyped-decorator, unused-ignore]
def _narrow_remainder(a, b):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    return np.int64(np.uint32(a) % np.uint32(b))


@njit(nogil=True, inline="always", error_model="numpy")  # type: ignore[untyped-decorator, unused-ignore]
def _ones_quotient(a, ones, places):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    high = a >> places
    return high + 1 if (a & ones) + high >= ones else high


@njit(nogil=True, inline="always", error_model="numpy")  # type: ignore[untyped-decorator, unused-ignore]
def _ones_remainder(a, ones, places):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    rest = (a & ones) + (a >> places)
    return rest - ones if rest >= ones else rest


HELPERS = {
    "np": np,
    "codes_of": _codes_of,
    "quotient": _quotient,
    "remainder": _remainder,
    "narrow_quotient": _narrow_quotient,
    "narrow_remainder": _narrow_remainder,
    "ones_quotient": _ones_quotient,
    "ones_remainder": _ones_remainder,
    "at_least_0": np.uint64,  # an index without a sign is not looked at for counting from the end
}
DIVIDED = {"//": "quotient", "%": "remainder"}
FEW_PLACES = 2**32


@dataclass(frozen=True)
class Compiled(Named):
    """How a compiled loop writes the graph. What is divided is never negative, so that it divides without a sign."""

    def write(self, node: Node) -> str:
        """The text of a reduced expression, or its name; a division as its ranges make it cheapest."""
        if id(node) in self.names or node.op not in DIVIDED:
            return super().write(node)
        a, b = node.args
        how, words = DIVIDED[node.op], f"{self.write(a)}, {self.write(b)}"
        places = b.value.bit_length() if b.op == "constant" else 0
        if places > 1 and b.value == (1 << places) - 1 and a.high >> places < b.value:
            return f"ones_{how}({words}, {places})"  # a is x * 2^places + y, so x * b + (x + y), and x + y < 2 * b
        if max(a.high, b.high) < FEW_PLACES:
            return f"narrow_{how}({words})"
        return f"{how}({words})"


def loop_words(parameters: Mapping[str, int]) -> Compiled:
    """How a loop writes a graph whose parameters stand at these places of the array ``p``; inputs are names."""

    def leaf(node: Node) -> str:
        if node.op == "parameter":
            return f"p[{parameters[node.name]}]"
        return str(node.value) if node.op == "constant" else node.name

    return Compiled(PYTHON, leaf, "{0}[at_least_0({1})]".format)


def loop(name: str, own: list[str], before: list[str], body: list[str]) -> tuple[str, tuple[str, ...]]:
    """The text of a loop, and the names of its arguments after ``start``, ``stop`` and ``found``.

    It does *before* once and *body* for every row ``i``, which reads ``code_importer`` and so on (codes of
    ``Slice.codes_known``) and the other inputs by name. It answers False, or True as soon as a block holds a value
    outside what is declared: then what it has written is void.
    """
    names = (*COMMON, *own)
    block = ["rows = min(at_least_0(BLOCK), at_least_0(stop) - first)", "wrong = False"]
    ranges = {"filed_at": ("earliest", str(LAST_INSTANT - 1))} | {f"{one}_": ("0", str(INPUTS[one])) for one in OTHERS}
    for column, (low, high) in ranges.items():
        block += ["for j in range(rows):", f"    value = np.int64({column}[first + j])"]
        block.append(f"    wrong |= (value < {low}) | (value > {high})")
    block += ["if wrong:", "    return True"]
    for place, party in enumerate(PARTIES):
        block.append(f"codes_of(first, rows, filed_at, slot_{party}, {', '.join(STATUSES)}, found[{place}])")
    block += ["for j in range(rows):", "    i = first + j"]
    block += [f"    code_{party} = np.int64(found[{place}, j])" for place, party in enumerate(PARTIES)]
    block += [f"    {one} = np.int64({one}_[i])" for one in OTHERS]
    block += [f"    {line}" for line in body]
    lines = [f"def {name}(start, stop, found, {', '.join(names)}):", *(f"    {line}" for line in before)]
    lines.append(f"    for first in range(at_least_0(start), at_least_0(stop), at_least_0({BLOCK})):")
    lines += [f"        {line}" for line in block]
    return "\n".join([*lines, "    return False", ""]).replace("BLOCK", str(BLOCK)), names


def arguments(
    columns: Columns, slots: Columns, slice_: Slice, calendar: Calendar | None, earliest: int
) -> dict[str, Any]:
    """The values of ``COMMON``; without a calendar every status is searched for."""
    if calendar is None:
        calendar = Calendar(-1, np.zeros(1, np.int32), np.zeros((1, 1), np.uint16))
    values = (calendar.first, calendar.rows, calendar.codes, slice_.offsets, slice_.bounds, slice_.codes)
    found = dict(zip(STATUSES, values, strict=True)) | {"filed_at": columns["filed_at"]}
    found |= {f"slot_{party}": slots[party] for party in PARTIES} | {f"{one}_": columns[one] for one in OTHERS}
    return {name: fixed(value) for name, value in found.items()} | {"earliest": earliest}


def noted() -> NDArray[np.uint16]:
    """Room for the codes of a block; a thread has its own."""
    return np.empty((len(PARTIES), BLOCK), dtype=np.uint16)


def fixed(value: Any) -> Any:
    """An array that a loop may only read, so that one compiled loop takes all; anything else as it is."""
    if not isinstance(value, np.ndarray):
        return value
    seen = np.ascontiguousarray(value).view()
    seen.flags.writeable = False
    return seen


class Calendars:
    """Calendars of a slice: the last one is kept, and goes some days ahead, for rows that come in the order of filing.

    Several threads may ask at once; at worst both make one.
    """

    def __init__(self, slice_: Slice) -> None:
        self.slice = slice_
        self._last: tuple[int, int, Calendar | None] | None = None

    def of(self, filed_at: Longs) -> Calendar | None:
        """A calendar of the days on which entries were filed, or None; days outside it are searched for by the loop."""
        if not len(filed_at):
            return None
        first, last = int(filed_at.min()) // DAY, int(filed_at.max()) // DAY
        known = self._last
        if known is not None and known[0] <= first and last < known[1]:
            return known[2]
        end = last + AHEAD
        if (end - first) * (self.slice.unknown + 1) > CALM:
            return self.slice.calendar(np.unique(filed_at // DAY))
        found = self.slice.calendar(np.arange(first, end, dtype=np.int64))
        self._last = first, end, found
        return found


AHEAD = 8
"""Days from the last that was asked for that are laid out with it."""
CALM = 16_000_000
"""Cells of a calendar up to which every day of the span is laid out, whether an entry was filed on it or not."""


@cache
def loop_of(text: str, name: str) -> Loop:
    """The loop *name* of a text of ``loop``, compiled when it is first called."""
    return compiled(text, name, HELPERS, of=Path(__file__).read_text())
