"""The text that joins statuses to entries in a compiled loop, and the search for a day on which one changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from greenlane.release.engine.asof import CHANGES, DAY, Calendar, Longs, Slice
from greenlane.release.engine.inputs import PARTIES
from greenlane.release.engine.python_target import PYTHON

ARGUMENTS = ("days_from", "days_rows", "days_codes", "offsets", "bounds", "codes")
"""What the text of ``lines`` reads besides ``filed_at`` and the four columns of slots."""


@njit(nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _code_at(offsets, bounds, codes, slot, instant):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    low, high = offsets[slot], offsets[slot + np.uint64(1)]
    first = low
    while low < high:
        middle = (low + high) // 2
        if bounds[middle] <= instant:
            low = middle + 1
        else:
            high = middle
    return np.int64(codes[low - 1]) if low > first else np.int64(0)


@njit(nogil=True, inline="always", error_model="numpy")  # type: ignore[untyped-decorator, unused-ignore]
def _quotient(a, b):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    return np.int64(np.uint64(a) // np.uint64(b))


@njit(nogil=True, inline="always", error_model="numpy")  # type: ignore[untyped-decorator, unused-ignore]
def _remainder(a, b):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    return np.int64(np.uint64(a) % np.uint64(b))


COMPILED = PYTHON | {"//": "quotient({0}, {1})", "%": "remainder({0}, {1})"}
"""How a compiled loop writes operations: what is divided is never negative, so that it divides without a sign."""


HELPERS = {
    "np": np,
    "code_at": _code_at,
    "quotient": _quotient,
    "remainder": _remainder,
    "at_least_0": np.uint64,  # an index without a sign is not looked at for counting from the end
}


def lines() -> list[str]:
    """Assigns ``code_importer`` and so on in a loop over ``i``: codes of ``Slice.codes_known``.

    A slot that the slice does not have is of a party that is not known.
    """
    found = [
        "at = filed_at[i]",
        f"row = np.int64(days_rows[at_least_0(quotient(at, {DAY}) - days_from)]) if days_from >= 0 else np.int64(-1)",
        "last = at_least_0(len(offsets) - 2)",
    ]
    for party in PARTIES:
        found += [
            f"slot = min(at_least_0(slot_{party}[i]), last)",
            f"code_{party} = np.int64(days_codes[at_least_0(row), slot]) if row >= 0 else np.int64({CHANGES})",
            f"if code_{party} == {CHANGES}:",
            f"    code_{party} = code_at(offsets, bounds, codes, slot, at)",
        ]
    return found


def arguments(slice_: Slice, calendar: Calendar | None) -> dict[str, Any]:
    """The values of ``ARGUMENTS``; without a calendar every status is searched for."""
    if calendar is None:
        calendar = Calendar(-1, np.zeros(1, np.int32), np.zeros((1, 1), np.uint16))
    values = (calendar.first, calendar.rows, calendar.codes, slice_.offsets, slice_.bounds, slice_.codes)
    return {name: fixed(value) for name, value in zip(ARGUMENTS, values, strict=True)}


def fixed(value: Any) -> Any:
    """An array that a loop may only read, so that one compiled loop takes all; anything else as it is."""
    if not isinstance(value, np.ndarray):
        return value
    seen = np.ascontiguousarray(value).view()
    seen.flags.writeable = False
    return seen


def calendar_of(slice_: Slice, filed_at: Longs) -> Calendar | None:
    """A calendar of the days on which entries were filed."""
    if not len(filed_at):
        return None
    first, last = int(filed_at.min()) // DAY, int(filed_at.max()) // DAY
    if (last - first) * (slice_.unknown + 1) <= CALM:
        return slice_.calendar(np.arange(first, last + 1, dtype=np.int64))
    return slice_.calendar(np.unique(filed_at // DAY))


CALM = 16_000_000
"""Cells of a calendar up to which every day of the span is laid out, whether an entry was filed on it or not."""


@cache
def compiled(text: str, name: str) -> Callable[..., None]:
    """The function *name* of a generated text, compiled when it is first called, once for the types of its columns."""
    space: dict[str, Any] = {
        "np": np,
        "code_at": _code_at,
        "at_least_0": np.uint64,
        "quotient": _quotient,
        "remainder": _remainder,
    }
    exec(compile(text, f"<{name}>", "exec"), space)  # noqa: S102 - text of our own graph
    function: Callable[..., None] = njit(nogil=True, error_model="numpy", boundscheck=False)(space[name])
    return function


def loop(name: str, arguments: list[str], before: list[str], body: list[str]) -> str:
    """The text of a function that runs *body* for every row ``i`` from ``start`` until before ``stop``."""
    inner = "\n".join(f"        {line}" for line in body)
    outer = "\n".join(f"    {line}" for line in before)
    head = f"def {name}(start, stop, {', '.join(arguments)}):"
    return f"{head}\n{outer}\n    for i in range(at_least_0(start), at_least_0(stop)):\n{inner}\n"


def by_name(arrays: Mapping[str, NDArray[Any]]) -> dict[str, Any]:
    """Arrays that a loop reads, under the same names."""
    return {name: fixed(array) for name, array in arrays.items()}
