"""Decide columns of entries on this machine with the compiled loop, a batch at a time (6 USC 964-967)."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from greenlane.release.engine.asof import Period, Slice, StatusStore
from greenlane.release.engine.batch import decide_batch
from greenlane.release.engine.columns import Slots, check, in_order, instant_of, narrowest
from greenlane.release.engine.explaining import compile_all
from greenlane.release.engine.inputs import INPUTS, PARTIES
from greenlane.release.engine.policy import OUTPUTS, release_policy
from greenlane.release.engine.statuses import NO_STATUS
from greenlane.release.engine.versions import PolicyVersion

KEPT = ("entry_number",)
FEW = 200_000
"""Up to so many entries, the function of one entry is done before the loop of many would be compiled."""


def decide_columns(
    source: Path,
    target: Path,
    *,
    periods: Iterable[Period],
    versions: Sequence[PolicyVersion],
    known_at: int | None = None,
    keep: Sequence[str] = KEPT,
    few: int | None = None,
) -> int:
    """Decide the Parquet file or folder *source* into the file *target*, written whole or not at all; how many.

    The columns are those of the other engines: ``filed_at``, the inputs, parties as text; so are those of *target*:
    what is kept, the outputs, the code of the version. *few*: up to so many entries the function of one entry decides
    (None: ``FEW``). Raises EntriesRefused.
    """
    statuses = StatusStore.build(periods).known_at(known_at)
    entries = ds.dataset(source, format="parquet")
    decide = _one_by_one if entries.count_rows() <= (FEW if few is None else few) else _at_once
    beside, number = target.with_name(f".{target.name}.{os.getpid()}"), 0
    writer: pq.ParquetWriter | None = None
    try:
        for batch in entries.to_batches():
            outputs = decide(batch, statuses, versions)
            made = _table(batch, outputs, versions, keep)
            writer = writer or pq.ParquetWriter(beside, made.schema, compression="zstd")
            writer.write_table(made)
            number += batch.num_rows
    finally:
        if writer is not None:
            writer.close()
    if writer is None:
        pq.write_table(pa.table({name: pa.array([], pa.string()) for name in keep}), beside)
    beside.replace(target)
    return number


def _table(
    batch: pa.RecordBatch, outputs: dict[str, Any], versions: Sequence[PolicyVersion], keep: Sequence[str]
) -> pa.Table:
    """What is kept of each entry, the outputs in their narrowest whole numbers, and the code of its version."""
    ordered, steps = in_order(versions), release_policy().steps
    starts = np.array([instant_of(version.effective_from) for version in ordered[1:]], dtype=np.int64)
    filed_at = batch.column("filed_at").cast(pa.int64()).to_numpy(zero_copy_only=False)
    places = pa.array(np.searchsorted(starts, filed_at, side="right"))
    types = {name: pa.from_numpy_dtype(narrowest(steps[name].expression)) for name in outputs}
    return pa.table(
        {
            **{name: batch.column(name) for name in keep},
            **{name: pa.array(values, types[name]) for name, values in outputs.items()},
            "version": pa.array([version.code for version in ordered], pa.string()).take(places),
        }
    )


def _columns(batch: pa.RecordBatch) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: batch.column(name).to_numpy(zero_copy_only=False) for name in INPUTS if name not in PARTIES
    }
    return found | {"filed_at": batch.column("filed_at").cast(pa.int64()).to_numpy(zero_copy_only=False)}


def _at_once(batch: pa.RecordBatch, statuses: Slice, versions: Sequence[PolicyVersion]) -> dict[str, Any]:
    columns, slots = _columns(batch), Slots(statuses)
    for party in PARTIES:
        named = batch.column(party).dictionary_encode()
        places = np.append(slots.of_names(named.dictionary.to_pylist()), statuses.unknown).astype(np.int32)
        columns[party] = places[named.indices.fill_null(len(places) - 1).to_numpy(zero_copy_only=False)]
    return decide_batch(columns, statuses, versions)


def _one_by_one(batch: pa.RecordBatch, statuses: Slice, versions: Sequence[PolicyVersion]) -> dict[str, Any]:
    columns = _columns(batch)
    slots = dict.fromkeys(PARTIES, np.zeros(batch.num_rows, dtype=np.int32))
    ordered = in_order(versions)
    starts = [instant_of(version.effective_from) for version in ordered]
    check({**columns, **slots}, starts[0])
    deciders = [compile_all(release_policy(), version) for version in ordered]
    order = {name: place for place, name in enumerate(release_policy().steps)}
    wanted = [order[name] for name in OUTPUTS]
    parties = [batch.column(party).to_pylist() for party in PARTIES]
    rows = zip(*parties, *(columns[name].tolist() for name in INPUTS if name not in PARTIES), strict=True)
    names = (*PARTIES, *(name for name in INPUTS if name not in PARTIES))
    places = [names.index(name) for name in release_policy().inputs]
    made: list[list[int]] = []
    for at, row in zip(columns["filed_at"].tolist(), rows, strict=True):
        given = [*(statuses.status(one, at) if one else NO_STATUS for one in row[: len(PARTIES)]), *row[len(PARTIES) :]]
        steps = deciders[bisect_right(starts, at) - 1](*(given[place] for place in places))
        made.append([steps[place] for place in wanted])
    return {name: [row[place] for row in made] for place, name in enumerate(OUTPUTS)}
