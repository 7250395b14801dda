"""The golden vectors as they reach a database: entries at an instant, and periods that give each party its status then.

Every period that counts is surrounded by ones that must not: that end at the very instant of filing or begin just after
it, that were corrected before the decision is asked for, or that were not yet known.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from greenlane.release.engine.asof import DAY, Period
from greenlane.release.engine.columns import instant_of
from greenlane.release.engine.inputs import PARTIES
from greenlane.release.engine.statuses import GREATEST_STATUS
from tests.release.engine.golden import vectors

KNOWN_AT = 10 * 365 * DAY
"""When it is asked what was known; statuses of later days count under it as well, as far as they were known by then."""
OTHERS = ("entry_key", "score", "threat_level", "mode", "advance_data", "customs_hold", "threat_information")


@cache
def filed() -> tuple[tuple[dict[str, Any], ...], tuple[Period, ...]]:
    """A row for each golden vector, its place as its number and its parties by name; and all periods."""
    chance = random.Random(964)
    rows, periods = [], []
    for number, one in enumerate(vectors()):
        at = instant_of(one.version.effective_from) + chance.randrange(300 * DAY)
        row = {**one.entry, "entry_number": number, "filed_at": at}
        for party in PARTIES:
            row[party] = f"{party}-{number}"
            periods += around(row[party], at, one.entry[party], chance)
        rows.append(row)
    chance.shuffle(periods)
    return tuple(rows), tuple(periods)


def around(party: str, at: int, status: int, chance: random.Random) -> list[Period]:
    """The period that gives a party its status at an instant, among others that do not."""

    def other() -> int:
        return chance.randrange(GREATEST_STATUS + 1)

    begin = at - chance.choice((0, 1, 3 * DAY))
    end = at + chance.choice((1, 5 * DAY, 400 * DAY))
    found = [
        Period(party, begin - DAY, begin, 0, None, other()),
        Period(party, end, None, 0, None, other()),
        Period(party, begin, end, 0, KNOWN_AT, other()),
        Period(party, begin, end, KNOWN_AT + 1, None, other()),
    ]
    if status or chance.random() < 0.5:
        found.append(Period(party, begin, end, KNOWN_AT, KNOWN_AT + 1, status))
    return found


def expected() -> dict[int, tuple[int, ...]]:
    """What must come out, by the number of the entry."""
    return {number: one.outcome for number, one in enumerate(vectors())}


def codes() -> dict[int, str]:
    """The version that decides each entry."""
    return {number: one.version.code for number, one in enumerate(vectors())}


def write_parquet(file: Path, rows: Sequence[dict[str, Any]] | None = None, **types: pa.DataType) -> Path:
    """Write rows (None: the golden ones) as a file of entries, in whole numbers of 64 bits unless *types* says so."""
    given = list(filed()[0] if rows is None else rows)
    kinds = {name: pa.string() if isinstance(value, str) else pa.int64() for name, value in given[0].items()}
    pq.write_table(pa.Table.from_pylist(given, schema=pa.schema(list((kinds | types).items()))), file)
    return file


def read_parquet(file: Path, outputs: Sequence[str]) -> tuple[dict[int, tuple[int, ...]], dict[int, str], pa.Schema]:
    """The decisions of a file by number, the version of each, and the file's columns."""
    table = pq.read_table(file)
    columns = [table.column(name).to_pylist() for name in outputs]
    numbers = table.column("entry_number").to_pylist()
    assert len(set(numbers)) == len(numbers), "an entry is decided once"
    decided = dict(zip(numbers, zip(*columns, strict=True), strict=True))
    return decided, dict(zip(numbers, table.column("version").to_pylist(), strict=True)), table.schema
