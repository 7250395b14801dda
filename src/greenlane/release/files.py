"""Decide files of entries of any length: read and checked into columns, decided by an engine, all or nothing.

6 USC 964(a), 965(b), 966(c), 967(a); 19 USC 4311(b)(4).
"""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from greenlane.law.sentences import N_
from greenlane.release.engine.asof import Period
from greenlane.release.engine.entries import CargoEntry, instant, own_inputs
from greenlane.release.engine.inputs import EXAMINATIONS, GOVERNMENT, INPUTS, PARTIES, PATHWAYS, PRIORITIES
from greenlane.release.engine.versions import PolicyVersion
from greenlane.release.formats.files import read_records
from greenlane.release.formats.once import once, suspected, whole
from greenlane.release.formats.places import check_places
from greenlane.release.formats.reading import Read, bad_file
from greenlane.release.formats.skipping import BATCH, SkipFile, skip_bad
from greenlane.release.register import CLAIM, key, known_at, periods

if TYPE_CHECKING:
    import pyarrow as pa

Engine = Literal["local", "duckdb", "spark"]
OUTPUT_WORDS = {"examination": EXAMINATIONS, "priority": PRIORITIES, "government": GOVERNMENT, "pathway": PATHWAYS}
JOINT = " "
"""Between the names of a party that an entry also says to be trusted abroad under other numbers."""
Step = Callable[[int], None]


@dataclass(frozen=True)
class Job:
    """What a file is decided with. ``received_at``: the time of filing of records that say none."""

    programme: str
    versions: list[PolicyVersion]
    known: datetime | None
    received_at: datetime
    engine: Engine = "local"
    skip: Path | None = None


@dataclass(frozen=True)
class Outcome:
    """How many entries were decided, and how many records were set aside."""

    decided: int
    skipped: int = 0


def decide_file(source: Path, target: Path, job: Job, step: Step = lambda _count: None) -> Outcome:
    """Decide every entry of *source* into *target*: Parquet (whole numbers), CSV or JSON lines (words), by its suffix.

    *step* is told how many entries were read since the last time. Raises BadFile with every problem by line, and leaves
    no *target*; with ``job.skip`` bad records are set aside instead, and work that stopped goes on where it was.
    """
    _check_target(target, job.engine)
    check_places([source], [target])
    if job.skip:  # the skip file may be gone on with: it says itself whether it belongs to this source
        check_places([], [target, job.skip])
    parts = target.with_name(f".{target.name}.parts")
    if job.skip is None:
        shutil.rmtree(parts, ignore_errors=True)
    try:
        outcome = _decided(source, target, parts, job, step)
    except BaseException:
        if job.skip is None or not next(parts.glob("*"), None):
            shutil.rmtree(parts, ignore_errors=True)  # with a skip file, what was read is gone on with
        raise
    shutil.rmtree(parts, ignore_errors=True)
    return outcome


def _decided(source: Path, target: Path, parts: Path, job: Job, step: Step) -> Outcome:
    if is_columns(source):
        return Outcome(_run(source, target, job))
    parts.mkdir(exist_ok=True)
    skipped = stage(source, parts, job, step)
    return Outcome(_run(parts, target, job), skipped)


def _check_target(target: Path, engine: Engine) -> None:
    if target.suffix not in (".parquet", ".csv", ".jsonl"):
        raise bad_file(
            N_("'%(name)s' is no kind of file that decisions are written to."),
            N_("The suffix says how they are written."),
            N_("Name it with .parquet, .csv or .jsonl."),
            name=target.name,
        )
    if engine == "spark" and target.exists():
        raise bad_file(
            N_("'%(name)s' is there already."),
            N_("A cluster writes over nothing."),
            N_("Name a new one, or take it away first."),
            name=target.name,
        )


def is_columns(source: Path) -> bool:
    """Is it a Parquet file of the engine's own whole numbers? Such a file is decided as it is."""
    if source.suffix != ".parquet":
        return False
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return "entry_key" in pq.read_schema(source).names
    except (pa.ArrowException, OSError, ValueError):
        return False


def stage(source: Path, parts: Path, job: Job, step: Step) -> int:
    """Read and check the file into parts of whole numbers; answers how many records are set aside."""
    latest = job.versions[-1]

    def records() -> Iterator[Read]:
        return read_records(source, job.received_at, version=latest)

    if job.skip is None:
        running = whole(records)
        for number, batch in enumerate(_batched(running)):
            _write_part(parts / f"{number:012d}.parquet", batch, latest)
            step(len(batch))
        _some(source, parts)
        return 0
    with SkipFile(job.skip, source) as skips:
        for group in skip_bad(once(records(), suspected(records())), skips):
            if group.entries:
                _write_part(parts / f"{group.last_line:012d}.parquet", group.entries, latest)
            step(len(group.entries))
        _some(source, parts)
        return skips.skipped


def _some(source: Path, parts: Path) -> None:
    if next(parts.glob("*.parquet"), None) is None:
        raise bad_file(
            N_("There is no entry to decide in %(name)s."),
            N_("It holds no record, or all of them were set aside."),
            N_("Look whether it is the file that you mean, and at what was set aside."),
            name=source.name,
        )


def _batched(entries: Iterator[CargoEntry]) -> Iterator[list[CargoEntry]]:
    while batch := list(islice(entries, BATCH)):
        yield batch


def party_name(entry: CargoEntry, role: str) -> str:
    """What the register names a party of an entry by, with the numbers abroad that the entry says it has."""
    number = entry.party(role)
    claims = sorted({claim.identifier for claim in entry.claims if claim.party == role})
    names = [key(role, number), *(key(CLAIM, one) for one in claims)] if number or claims else []
    return JOINT.join(names)


def _write_part(target: Path, entries: list[CargoEntry], version: PolicyVersion) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    own = [own_inputs(entry, version) for entry in entries]
    columns: dict[str, Any] = {
        "entry_number": [entry.entry_number for entry in entries],
        "filed_at": pa.array([instant(entry.filed_at) for entry in entries], pa.int64()),
    }
    for name in INPUTS:
        if name in PARTIES:
            columns[name] = [party_name(entry, name) for entry in entries]
        else:
            columns[name] = pa.array([row[name] for row in own], pa.int64())
    beside = target.with_suffix(f".{os.getpid()}")
    pq.write_table(pa.table(columns), beside, compression="zstd")
    beside.replace(target)


def _run(entries: Path, target: Path, job: Job) -> int:
    """Decide staged columns into the target, by way of a Parquet file beside it."""
    made = target if target.suffix == ".parquet" else target.with_name(f".{target.name}.parquet")
    statuses = statuses_for(entries, job)
    at = known_at(job.known)
    if job.engine == "duckdb":
        from greenlane.release.engine import duckdb_engine

        source = entries if entries.is_file() else entries / "*.parquet"
        number = duckdb_engine.decide(source, made, periods=statuses, versions=job.versions, known_at=at)
    elif job.engine == "spark":
        from greenlane.release.engine import spark_engine

        number = spark_engine.decide(entries, made, periods=statuses, versions=job.versions, known_at=at)
    else:
        from greenlane.release.local import decide_columns

        number = decide_columns(entries, made, periods=statuses, versions=job.versions, known_at=at)
    if made != target:
        _in_words(made, target)
        shutil.rmtree(made) if made.is_dir() else made.unlink()
    return number


def statuses_for(entries: Path, job: Job) -> list[Period]:
    """The register of everybody, and the parties that are several names at once."""
    import pyarrow.dataset as ds

    joined: set[str] = set()
    for batch in ds.dataset(entries, format="parquet").to_batches(columns=list(PARTIES)):
        for column in batch.columns:
            joined |= {one for one in column.unique().to_pylist() if one and JOINT in one}
    return periods(job.programme, None, {name: name.split(JOINT) for name in sorted(joined)})


def _in_words(made: Path, target: Path) -> None:
    """Write the decisions as text, outcomes in words, one entry on each line."""
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for number, row in enumerate(rows_of(made)):
            if target.suffix == ".jsonl":
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                continue
            if not number:
                writer.writerow(row)
            writer.writerow(row.values())
    beside.replace(target)


def rows_of(made: Path) -> Iterator[dict[str, Any]]:
    """The decisions of a Parquet file or folder, outcomes in words."""
    import pyarrow.dataset as ds

    batch: pa.RecordBatch
    for batch in ds.dataset(made, format="parquet").to_batches():
        for row in batch.to_pylist():
            yield {name: OUTPUT_WORDS[name][value] if name in OUTPUT_WORDS else value for name, value in row.items()}
