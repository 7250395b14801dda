"""The database refuses to delete what is on record; between two transactional tests it must forget all the same.

A test that commits (a race, a live server) ends with Django emptying every table. The guards are lifted for just that
moment and put back exactly as they were, so that no test ever runs without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import TransactionTestCase

RE_ENABLE = {"O": "ENABLE", "A": "ENABLE ALWAYS", "R": "ENABLE REPLICA"}


@contextmanager
def lifted_guards() -> Iterator[None]:
    """Within, no trigger of ours fires on the default database; afterwards every one stands as before."""
    lift = _lifted_on_sqlite if connection.vendor == "sqlite" else _lifted_on_postgres
    with lift():
        yield


@contextmanager
def _lifted_on_sqlite() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _, statement in triggers:
                cursor.execute(statement)


@contextmanager
def _lifted_on_postgres() -> Iterator[None]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgenabled <> 'D'"
        )
        triggers = cursor.fetchall()
        for table, name, _ in triggers:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {quote(name)}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for table, name, state in triggers:
                cursor.execute(f"ALTER TABLE {table} {RE_ENABLE[state]} TRIGGER {quote(name)}")


def install() -> None:
    """Make Django's emptying of the tables happen with the guards lifted. Called once, by conftest."""
    plain = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def emptied_with_guards_lifted(case: Any) -> None:
        with lifted_guards():
            plain(case)

    TransactionTestCase._fixture_teardown = emptied_with_guards_lifted  # type: ignore[attr-defined]
