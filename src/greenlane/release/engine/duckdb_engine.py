"""Decide a file of entries with DuckDB: Parquet in, Parquet out, statuses joined by interval."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from greenlane.release.engine.arrow import arrow_table
from greenlane.release.engine.policy import release_policy
from greenlane.release.engine.sql_checks import check_columns, judge_entries, judge_periods
from greenlane.release.engine.sql_job import KEPT, Job, job
from greenlane.release.engine.sql_target import DUCKDB
from greenlane.release.engine.versions import PolicyVersion

if TYPE_CHECKING:
    import duckdb

    from greenlane.release.engine.asof import Period

SIGNED = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT")
WHOLE = frozenset({*SIGNED, *(f"U{one}" for one in SIGNED), "BOOLEAN"})
"""DuckDB's types of whole numbers; a flag may be a truth."""


def decide(
    source: Path,
    target: Path,
    *,
    periods: Iterable[Period],
    versions: Iterable[PolicyVersion],
    known_at: int | None = None,
    keep: Sequence[str] = KEPT,
    threads: int | None = None,
) -> int:
    """Decide every entry of the Parquet file *source*, write the decisions to *target*; answer how many there were.

    *source* has the columns of ``sql_checks.entry_columns`` and *keep*, which is handed through; *known_at*:
    microseconds UTC, with the statuses that were on record then (None: now). *target* is written whole or not at all.
    Raises EntriesRefused, saying column by column what is wrong; ValueError without a usable version.
    """
    with connected(threads) as database:
        database.read_parquet(str(source)).create_view("filed")
        return decide_into(database, target, job(DUCKDB, periods, versions, known_at=known_at, keep=keep), keep)


@contextmanager
def connected(threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory, on *threads* cores (None: all)."""
    import duckdb

    with duckdb.connect(config={} if threads is None else {"threads": threads}) as database:
        yield database


def decide_into(database: duckdb.DuckDBPyConnection, target: Path, work: Job, keep: Sequence[str] = KEPT) -> int:
    """Decide the relation ``filed`` of a database into a Parquet file; answers how many entries there were."""
    prepare(database, work, keep)
    counted = database.execute(work.entries)
    columns = [one[0] for one in counted.description or ()]
    number = judge_entries(dict(zip(columns, counted.fetchall()[0], strict=True)), work.says)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        database.sql(work.decide).write_parquet(str(beside), compression="zstd")
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return number


def prepare(database: duckdb.DuckDBPyConnection, work: Job, keep: Sequence[str] = KEPT) -> None:
    """Load the small relations and lay ``entries`` over ``filed``. Raises EntriesRefused for what cannot be read."""
    types = {one[0]: one[1] for one in database.execute("DESCRIBE filed").fetchall()}
    check_columns(release_policy(), keep, types, WHOLE, text_parties=work.text_parties)
    at = "filed_at" if types["filed_at"] in SIGNED else DUCKDB.micros.format("filed_at")
    database.execute(f"CREATE OR REPLACE TEMP VIEW entries AS SELECT * REPLACE ({at} AS filed_at) FROM filed")  # noqa: S608
    for name, rows in work.small.items():
        loaded = arrow_table(rows)
        database.register("loaded", loaded)
        database.execute(f"CREATE OR REPLACE TEMP TABLE {DUCKDB.named(name)} AS SELECT * FROM loaded")  # noqa: S608
        database.unregister("loaded")
    judge_periods(*database.execute(work.periods).fetchall()[0])
