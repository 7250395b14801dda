"""Decide a table of entries inside PostgreSQL: table in, table out, all within one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from greenlane.release.engine.policy import release_policy
from greenlane.release.engine.sql_checks import check_columns, judge_entries, judge_periods
from greenlane.release.engine.sql_job import KEPT, Job, job
from greenlane.release.engine.sql_tables import Rows
from greenlane.release.engine.sql_target import POSTGRES, Relations
from greenlane.release.engine.versions import PolicyVersion

if TYPE_CHECKING:
    import psycopg

    from greenlane.release.engine.asof import Period

WHOLE = ("int2", "int4", "int8")
"""PostgreSQL's types of whole numbers."""
OURS = Relations(
    entries="pg_temp.release_entries",
    periods="pg_temp.release_periods",
    policy="pg_temp.release_policy",
    tables={name: f"pg_temp.release_{name}" for name in release_policy().tables},
)
"""Where the small relations are: tables of the session, gone at the end of the transaction."""


def decide(
    connection: psycopg.Connection[Any],
    source: str,
    target: str,
    *,
    periods: Iterable[Period],
    versions: Iterable[PolicyVersion],
    known_at: int | None = None,
    keep: Sequence[str] = KEPT,
) -> int:
    """Decide every row of the table *source* into the new table *target*; answers how many there were.

    *source* has the columns of ``sql_checks.entry_columns``, ``filed_at`` as a time stamp with time zone or as
    microseconds UTC, and those of *keep*; *known_at*: microseconds UTC, with the statuses that were on record then
    (None: now). Both may be named with a schema. Raises EntriesRefused, saying column by column what is wrong;
    ValueError without a usable version or for a name that is not plain. After an error nothing has changed.
    """
    Relations(entries=source, periods=target)  # plain names, or ValueError
    work = job(POSTGRES, periods, versions, known_at=known_at, keep=keep, relations=OURS)
    with connection.transaction(), connection.cursor() as cursor:
        # a long text of simple steps, run once for each row: compiling it takes longer than running it
        cursor.execute("SET LOCAL jit = off")
        _prepare(cursor, source, work, keep)
        counted = cursor.execute(work.entries.encode())
        columns = [one.name for one in counted.description or ()]
        number = judge_entries(dict(zip(columns, counted.fetchone() or (), strict=True)), work.says)
        cursor.execute(f"CREATE TABLE {target} AS {work.decide}".encode())
        cursor.execute("DROP VIEW pg_temp.release_entries")
    return number


def _prepare(cursor: psycopg.Cursor[Any], source: str, work: Job, keep: Sequence[str]) -> None:
    """Load the small relations and lay our view over the entries. Raises EntriesRefused for what cannot be read."""
    looked = cursor.execute(f"SELECT * FROM {source} LIMIT 0".encode())  # noqa: S608 - a plain name
    known = cursor.connection.adapters.types
    types = {one.name: known[one.type_code].name for one in looked.description or ()}
    check_columns(release_policy(), keep, types, WHOLE, text_parties=work.text_parties)
    at = "filed_at" if types["filed_at"] in WHOLE else POSTGRES.micros.format("filed_at")
    others = ", ".join(POSTGRES.named(name) for name in (*keep, *release_policy().inputs))
    view = f"CREATE TEMP VIEW release_entries AS SELECT {others}, {at} AS filed_at FROM {source}"  # noqa: S608
    cursor.execute(view.encode())
    for name, rows in work.small.items():
        _load(cursor, f"release_{name}", rows)
    judge_periods(*(cursor.execute(work.periods.encode()).fetchone() or (0, 0)))


def _load(cursor: psycopg.Cursor[Any], name: str, rows: Rows) -> None:
    columns = ", ".join(f'"{one}" {"text" if one in rows.texts else "bigint"}' for one in rows.columns)
    cursor.execute(f"CREATE TEMP TABLE {name} ({columns}) ON COMMIT DROP".encode())
    with cursor.copy(f"COPY pg_temp.{name} FROM STDIN".encode()) as copy:
        for row in rows.rows:
            copy.write_row(row)
    cursor.execute(f"ANALYZE pg_temp.{name}".encode())
