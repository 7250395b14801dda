"""Entries for the tests of the record, and a way to do what the database refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, transaction

from greenlane.records import triggers
from greenlane.records.ledger import NewEntry, append, seal
from greenlane.records.models import Entry

SPACE = UUID("7d1c3a52-9f0e-4f43-8b4e-6f7a0d2f9c11")
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def an_id(name: object) -> UUID:
    return uuid5(SPACE, str(name))


def new_entry(number: int = 0, **changes: Any) -> NewEntry:
    fields: dict[str, Any] = {
        "kind": "tests.ReviewDocumented",
        "version": 1,
        "subject": an_id(f"subject {number % 7}"),
        "participant": an_id(f"participant {number % 3}"),
        "effective_on": date(2026, 1, 1 + number % 28),
        "recorded_at": AT.replace(microsecond=number % 2 * 250_000),
        "actor": an_id("actor"),
        "office": "specialist",
        "command_id": an_id(f"command {number}"),
        "command": "DocumentReview",
        "citations": ("6 USC 971(b)", "6 USC 964(b)"),
        "audience": ("public", "participant", "staff", "restricted")[number % 4],
        "data": {"number": number, "note": "Überprüft ✓", "steps": [{"on": date(2026, 1, 2), "done": True}]},
        **changes,
    }
    return NewEntry(**fields)


def sealed(*counts: int) -> list[Entry]:
    """Entries appended and sealed in batches of the given sizes."""
    made: list[Entry] = []
    for count in counts:
        made += append([new_entry(len(made) + number) for number in range(count)])
        seal(AT)
    return made


@contextmanager
def tampering() -> Iterator[Any]:
    """A cursor for somebody who owns the database and takes the guards away; all of it is undone afterwards."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in triggers.GUARDED:
            triggers.remove(connection, table)
        yield cursor
        transaction.set_rollback(True)
