"""A measured figure, and the one way of timing."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table: what was measured, the value, and its unit."""

    what: str
    value: float
    unit: str


def rate(what: str, work: Callable[[], object], *, items: int, unit: str, rounds: int = 5) -> Figure:
    """Items a second: the median of *rounds* runs of *work*, each over *items* items, after one that warms up."""
    work()
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return Figure(what, items / statistics.median(seconds), f"{unit}/s")
