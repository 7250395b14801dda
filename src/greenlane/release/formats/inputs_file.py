"""Entries as the numbers that engines read in bulk: a Parquet file with a column for each input of the policy."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenlane.release.engine.entries import CargoEntry, own_inputs
from greenlane.release.engine.inputs import INPUTS, PARTIES
from greenlane.release.engine.versions import PolicyVersion
from greenlane.release.formats.tabular import ROWS

if TYPE_CHECKING:
    import pyarrow as pa


def inputs_schema() -> pa.Schema:
    """``entry_number``, ``filed_at`` (microseconds, UTC), the parties as text, and every other input as a number."""
    import pyarrow as pa

    fields: dict[str, pa.DataType] = {"entry_number": pa.string(), "filed_at": pa.timestamp("us", tz="UTC")}
    fields |= dict.fromkeys(PARTIES, pa.string())
    fields |= {name: pa.int64() for name in INPUTS if name not in PARTIES}
    return pa.schema(list(fields.items()))


def write_inputs(entries: Iterable[CargoEntry], target: Path, version: PolicyVersion) -> int:
    """Write entries that were checked with *version*; answers how many. In memory are ``ROWS`` of them at once.

    A claim to be trusted abroad stays behind: engines join statuses by the parties themselves. Raises ValueError for
    what ``entries.check`` would have reported.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    form, number, waiting = inputs_schema(), 0, list[dict[str, Any]]()
    with pq.ParquetWriter(target, form, compression="zstd") as file:
        for entry in entries:
            parties = {party: entry.party(party) for party in PARTIES}
            named = {"entry_number": entry.entry_number, "filed_at": entry.filed_at}
            waiting.append(named | parties | own_inputs(entry, version))
            number += 1
            if len(waiting) == ROWS:
                file.write_table(pa.Table.from_pylist(waiting, form))
                waiting.clear()
        file.write_table(pa.Table.from_pylist(waiting, form))
    return number
