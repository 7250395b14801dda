"""A year of invented entries and the statuses of invented parties, the same for the same seed.

Nothing here is measured from trade: volumes, shares and scores are chosen to exercise every rule. 11,500 parties take
part in programmes, with about four periods each, some of which end within a day; an entry in two names one of them as
its importer. Entries are in the order of filing, as a system that files them keeps them. The bits of the example's
eight agencies fit columns of 16 bits.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from greenlane.release.engine.asof import DAY, Period
from greenlane.release.engine.codes import origin_number
from greenlane.release.engine.statuses import BENEFITS, Status

SEED = 20_061_013
YEAR = date(2025, 1, 1)
DAYS = 365
PARTICIPANTS = 11_500
OTHERS = 60_000
BLOCK = 1_000_000
PORTS = np.array([2704, 4601, 2709, 5301, 3001, 1703, 2304, 3801, 2506, 901, *range(1001, 1091)], dtype=np.int32)
ORIGINS = np.array([origin_number(code) for code in ("CN", "CA", "MX", "DE", "JP", "VN", "KR", "IN", "IT", "TW")])
HEADINGS = np.array([8471, 8517, 8703, 8708, 9403, 6109, 9503, 3004, *range(2001, 2061)], dtype=np.int16)
FIRST = (YEAR - date(1970, 1, 1)).days * DAY
BY_TIER = (BENEFITS[:0], BENEFITS[:2], BENEFITS[:6], BENEFITS)


def periods(seed: int = SEED) -> list[Period]:
    """About 46,000 periods of the participants, from before the year to after it."""
    chance = np.random.default_rng(seed)
    found = []
    for party in range(PARTICIPANTS):
        changes = int(chance.integers(2, 7))
        bounds = np.sort(chance.integers(FIRST - 200 * DAY, FIRST + DAYS * DAY, changes))
        whole = chance.random(changes) < 0.7  # seven in ten begin with a day
        bounds = np.unique(np.where(whole, bounds // DAY * DAY, bounds)).tolist()
        for begin, end in zip(bounds, [*bounds[1:], None], strict=True):
            if chance.random() > 0.05:  # one in twenty is a gap
                found.append(Period(party, begin, end, begin, None, _status(chance)))
    return found


def _status(chance: np.random.Generator) -> int:
    tier = int(chance.choice(4, p=(0.1, 0.35, 0.4, 0.15)))
    given = set(BY_TIER[tier])
    if chance.random() < 0.05 and given:
        given.discard(BENEFITS[int(chance.integers(len(given)))])
    return Status(tier, frozenset(given), bool(chance.random() < 0.1), bool(chance.random() < 0.02)).packed


def block(rows: int, start: int, end: int, seed: int) -> dict[str, NDArray[np.generic]]:
    """Entries filed from an instant until before another, as columns."""
    chance = np.random.default_rng(seed)

    def party(share: float) -> NDArray[np.int32]:
        member = chance.random(rows) < share
        busy = (PARTICIPANTS * chance.random(rows) ** 2).astype(np.int32)
        return np.where(member, busy, PARTICIPANTS + chance.integers(0, OTHERS, rows)).astype(np.int32)

    def bits(shares: tuple[float, ...]) -> NDArray[np.int16]:
        total = np.zeros(rows, dtype=np.int16)
        for place, share in enumerate(shares):
            total |= (chance.random(rows) < share).astype(np.int16) << place
        return total

    authority = bits((0.15, 0.1, 0.06, 0.05, 0.02, 0.02, 0.01, 0.03))
    answered = bits((0.9,) * 8)
    columns: dict[str, NDArray[np.generic]] = {
        "filed_at": np.sort(chance.integers(start, end, rows)),
        "entry_key": chance.integers(0, 36**3, rows) * 10**8 + chance.integers(0, 10**8, rows),
        "importer": party(0.5),
        "carrier": party(0.6),
        "broker": party(0.6),
        "maker": party(0.3),
        "score": np.minimum(chance.gamma(3.0, 35.0, rows), 1000).astype(np.int16),
        "threat_level": chance.choice(4, rows, p=(0.85, 0.1, 0.04, 0.01)).astype(np.int8),
        "mode": chance.choice(6, rows, p=(0.3, 0.2, 0.3, 0.08, 0.1, 0.02)).astype(np.int8),
        "advance_data": (chance.random(rows) < 0.7).astype(np.int8),
        "customs_hold": (chance.random(rows) < 0.01).astype(np.int8),
        "threat_information": (chance.random(rows) < 0.001).astype(np.int8),
        "authority": authority,
        "proceed": authority & answered,
        "held": authority & ~answered & bits((0.2,) * 8),
        "intensive": authority & ~answered & bits((0.05,) * 8),
        "port": PORTS[(len(PORTS) * chance.random(rows) ** 2).astype(np.int64)],
        "origin": ORIGINS[chance.integers(0, len(ORIGINS), rows)].astype(np.int16),
        "tariff": HEADINGS[chance.integers(0, len(HEADINGS), rows)],
    }
    return columns


def blocks(rows: int, seed: int = SEED) -> Iterator[dict[str, NDArray[np.generic]]]:
    """A year of entries, a million at a time, the last block smaller."""
    done = 0
    while done < rows:
        count = min(BLOCK, rows - done)
        edges = [FIRST + DAYS * DAY * part // rows for part in (done, done + count)]
        yield block(count, edges[0], edges[1], seed + 1 + done) | {"entry_number": np.arange(done, done + count)}
        done += count


def write(file: Path, rows: int, seed: int = SEED) -> None:
    """A Parquet file of a year of entries, in row groups of a million."""
    writer: pq.ParquetWriter | None = None
    for columns in blocks(rows, seed):
        arrays = {name: pa.array(column) for name, column in columns.items()}
        arrays["filed_at"] = arrays["filed_at"].cast(pa.timestamp("us", "UTC"))
        schema = pa.schema([pa.field(name, array.type, nullable=False) for name, array in arrays.items()])
        table = pa.table(arrays, schema=schema)
        if writer is None:
            delta = dict.fromkeys(("filed_at", "entry_key", "entry_number"), "DELTA_BINARY_PACKED")
            few = [name for name in table.column_names if name not in delta]
            writer = pq.ParquetWriter(file, table.schema, compression="zstd", use_dictionary=few, column_encoding=delta)
        writer.write_table(table, row_group_size=BLOCK)
    if writer is not None:
        writer.close()
