"""The law as a function: clocks and verdicts, without database or doors (6 USC 964)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from benchmarks.figures import Figure, rate
from greenlane.law.s964 import GuidelinesFact, certification_due, counted_late, guidelines_in_force

SIZE = 20_000
FIRST = date(2016, 1, 1)


def measure() -> Iterator[Figure]:
    received = [FIRST + timedelta(number % 3650) for number in range(SIZE)]
    guidelines = GuidelinesFact("2026", FIRST)
    yield rate(
        "90-day clocks of 964(c) computed",
        lambda: [certification_due(on) for on in received],
        items=SIZE,
        unit="clocks",
    )
    yield rate(
        "decisions judged late or in time",
        lambda: [counted_late(on, on + timedelta(97)) for on in received],
        items=SIZE,
        unit="decisions",
    )
    yield rate(
        "verdicts with reasons on the guidelines of 964(b)",
        lambda: [guidelines_in_force(guidelines, on) for on in received],
        items=SIZE,
        unit="verdicts",
    )
