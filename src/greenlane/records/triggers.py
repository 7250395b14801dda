"""Tables that the database itself keeps append-only: it refuses UPDATE, DELETE, REPLACE and TRUNCATE (6 USC 971(b))."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper

GUARDED: dict[str, tuple[str, ...]] = {
    "records_entry": ("id", "uid"),
    "records_leaf": ("index", "entry_id"),
    "records_node": ("id", "level,position"),
    "records_checkpoint": ("id", "size"),
    "records_readlog": ("id",),
}
"""The append-only tables of this room, each with the unique keys by which a REPLACE could overwrite a row."""

_REFUSAL = "the record is append-only: correct it with a new entry (6 USC 971(b))"

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION greenlane_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation',
        DETAIL = TG_OP || ' on ' || TG_TABLE_NAME;
END $$
"""


def names(table: str, vendor: str) -> tuple[str, ...]:
    """Names of the triggers that guard *table* on the database *vendor*."""
    kinds = ("change", "truncate") if vendor == "postgresql" else ("update", "delete", "replace")
    return tuple(f"{table}_no_{kind}" for kind in kinds)


def install(connection: BaseDatabaseWrapper, table: str, keys: Sequence[str]) -> None:
    """Make *table* append-only; *keys* are its unique keys, each a column or several joined by commas.

    Raises NotImplementedError on another database than SQLite and PostgreSQL.
    """
    _execute(connection, _statements(connection, table, keys))


def remove(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the guards off *table*: only for reversing a migration, and for test databases that are flushed."""
    tail = f" ON {_quoted(connection, table)}" if connection.vendor == "postgresql" else ""
    _execute(
        connection,
        [f"DROP TRIGGER IF EXISTS {_quoted(connection, n)}{tail}" for n in names(table, connection.vendor)],
    )


def missing(connection: BaseDatabaseWrapper, tables: Sequence[str] = tuple(GUARDED)) -> list[str]:
    """Tables among *tables* whose guards are not all in place (dropped, or on PostgreSQL disabled)."""
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [table for table in tables if not present.issuperset(names(table, connection.vendor))]


def append_only(table: str, *keys: str) -> migrations.RunPython:
    """The migration step that makes *table* append-only; *keys* are its unique keys, as for ``install``."""

    def forwards(apps: Any, editor: Any) -> None:
        install(editor.connection, table, keys)

    def backwards(apps: Any, editor: Any) -> None:
        remove(editor.connection, table)

    return migrations.RunPython(forwards, backwards, elidable=False)


def _execute(connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _quoted(connection: BaseDatabaseWrapper, name: str) -> str:
    return str(connection.ops.quote_name(name))


def _same(connection: BaseDatabaseWrapper, key: str) -> str:
    columns = [_quoted(connection, column) for column in key.split(",")]
    return "(" + " AND ".join(f"{column} = NEW.{column}" for column in columns) + ")"


def _statements(connection: BaseDatabaseWrapper, table: str, keys: Sequence[str]) -> list[str]:
    on = _quoted(connection, table)
    named = [_quoted(connection, name) for name in names(table, connection.vendor)]
    if connection.vendor == "postgresql":
        call = "EXECUTE FUNCTION greenlane_append_only()"
        return [
            _FUNCTION,
            f"CREATE TRIGGER {named[0]} BEFORE UPDATE OR DELETE ON {on} FOR EACH ROW {call}",
            f"CREATE TRIGGER {named[1]} BEFORE TRUNCATE ON {on} FOR EACH STATEMENT {call}",
            # ALWAYS: a session that sets session_replication_role does not get past them
            *(f"ALTER TABLE {on} ENABLE ALWAYS TRIGGER {name}" for name in named),
        ]
    if connection.vendor == "sqlite":
        abort = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        taken = " OR ".join(_same(connection, key) for key in keys)
        exists = f"EXISTS (SELECT 1 FROM {on} WHERE {taken})"  # noqa: S608 - quoted names of our own, no values
        return [
            f"CREATE TRIGGER {named[0]} BEFORE UPDATE ON {on} {abort}",
            f"CREATE TRIGGER {named[1]} BEFORE DELETE ON {on} {abort}",
            # INSERT OR REPLACE deletes the old row without firing its delete trigger, so it is stopped on the way in
            f"CREATE TRIGGER {named[2]} BEFORE INSERT ON {on} WHEN {exists} {abort}",
        ]
    raise NotImplementedError(f"append-only tables are written for SQLite and PostgreSQL, not {connection.vendor}")
