"""Locks for what has no row of its own yet: a name, a number, the key of a request (6 USC 971(b))."""

from __future__ import annotations

import hashlib

from django.db import connection


def alone(*key: object) -> None:
    """Hold the lock of this key until the transaction ends; whoever needs the same one waits, then sees what was kept.

    What must be unique across cases is looked up after this call. SQLite has one writer, so nothing is needed there.
    Take it after the rows of cases, and one in a command, so that no two commands wait for each other.
    """
    if connection.vendor == "postgresql":
        text = "/".join(str(part) for part in key)
        number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
