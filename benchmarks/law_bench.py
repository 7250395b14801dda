"""The law as a function: clocks and verdicts, without database or doors (6 USC 964)."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta

from rich.console import Console
from rich.table import Table

from greenlane.law.s964 import GuidelinesFact, certification_due, counted_late, guidelines_in_force

SIZE = 20_000
ROUNDS = 5
FIRST = date(2016, 1, 1)


def main() -> None:
    received = [FIRST + timedelta(number % 3650) for number in range(SIZE)]
    guidelines = GuidelinesFact("2026", FIRST)
    table = Table("what", "each round", "median seconds", "a second", title="The law")
    for what, work in (
        ("90-day clocks of 964(c)", lambda: [certification_due(on) for on in received]),
        ("decisions judged late or in time", lambda: [counted_late(on, on + timedelta(97)) for on in received]),
        ("verdicts on the guidelines of 964(b)", lambda: [guidelines_in_force(guidelines, on) for on in received]),
    ):
        seconds = median_of(work)
        table.add_row(what, f"{SIZE:,}", f"{seconds:.3f}", f"{SIZE / seconds:,.0f}")
    Console(width=100).print(table)


def median_of(work: Callable[[], object]) -> float:
    """Median seconds of a few rounds, after one that warms up."""
    work()
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


if __name__ == "__main__":
    main()
