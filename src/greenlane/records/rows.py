"""The ledger's rows as the verifier reads them: in the order of the log, by the thousand, without Django's models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

CHUNK = 5_000
COLUMNS = (
    "uid",
    "kind",
    "version",
    "subject",
    "participant",
    "effective_on",
    "recorded_at",
    "actor",
    "office",
    "command_id",
    "command",
    "citations",
    "audience",
)
_UUIDS = ("uid", "subject", "participant", "actor", "command_id")


@dataclass(slots=True)
class Row:
    """A place in the log and the entry that stands there. ``body`` is None where the entry is gone."""

    index: int
    entry_id: int | None
    uid: str
    kind: str
    leaf_hash: bytes | None
    columns: tuple[Any, ...]
    body: bytes | None


def leaves() -> Iterator[Row]:
    """Every leaf with its entry, by index; a gap in the indexes yields rows without entry_id, hash and body."""
    expected = 0
    for raw in _by_chunks(_query("l.entry_id", 'LEFT JOIN records_entry e ON e.id = l.entry_id WHERE l."index" > %s')):
        while expected < raw[0]:
            yield Row(expected, None, "", "", None, (), None)
            expected += 1
        yield _row(raw)
        expected += 1


def entries_outside() -> Iterator[Row]:
    """Entries that have neither a place in the log nor one in the inbox; their index is -1."""
    return _outside("NOT EXISTS")


def entries_waiting() -> Iterator[Row]:
    """Entries in the inbox; their index is -1."""
    return _outside("EXISTS")


def expected_columns(content: dict[str, Any]) -> tuple[Any, ...]:
    """The columns that an entry with the body *content* must have, in the database's own text. Raises LookupError."""
    return _expected_postgres(content) if connection.vendor == "postgresql" else _expected_sqlite(content)


def stored_nodes() -> dict[tuple[int, int], bytes]:
    """The stored inner nodes by (level, position)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT level, position, node_hash FROM records_node")
        return {(level, position): bytes(node) for level, position, node in cursor.fetchall()}


def _row(raw: tuple[Any, ...]) -> Row:
    index, entry_id, uid, kind, hashed, body = raw[:6]
    return Row(index, entry_id, _dashed(uid), kind, hashed and bytes(hashed), raw[6:], body and bytes(body))


def _outside(inbox: str) -> Iterator[Row]:
    where = (
        f"NOT EXISTS (SELECT 1 FROM records_leaf k WHERE k.entry_id = e.id) AND {inbox} "  # noqa: S608 - no values
        "(SELECT 1 FROM records_inbox i WHERE i.entry_id = e.id)"
    )
    text = "::text" if connection.vendor == "postgresql" else ""
    query = (
        f"SELECT e.id, e.id, e.uid{text}, e.kind, NULL, e.body, {_columns()} FROM records_entry e"  # noqa: S608
        f" WHERE e.id > %s AND {where} ORDER BY e.id LIMIT {CHUNK}"
    )
    for raw in _by_chunks(query):
        row = _row(raw)
        row.index = -1
        yield row


def _query(entry: str, rest: str) -> str:
    text = "::text" if connection.vendor == "postgresql" else ""
    return (
        f'SELECT l."index", {entry}, l.uid{text}, l.kind, l.leaf_hash, e.body, {_columns()}'  # noqa: S608 - no values
        f' FROM records_leaf l {rest} ORDER BY l."index" LIMIT {CHUNK}'
    )


def _by_chunks(query: str) -> Iterator[tuple[Any, ...]]:
    """Rows of *query*, whose one parameter is the first column of the row before."""
    last: int = -(2**62)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, [last])
            chunk = cursor.fetchall()
        if not chunk:
            return
        yield from chunk
        last = chunk[-1][0]


def _columns() -> str:
    if connection.vendor == "postgresql":
        return ", ".join(_postgres(name) for name in COLUMNS)
    # '|| ""' keeps the driver from turning dates into objects: the stored text itself is compared
    return ", ".join(f"e.{name} || ''" if name in ("effective_on", "recorded_at") else f"e.{name}" for name in COLUMNS)


def _postgres(name: str) -> str:
    if name == "recorded_at":
        return """to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    return f"e.{name}::text" if name in (*_UUIDS, "effective_on", "citations") else f"e.{name}"


def _expected_postgres(content: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(_listed(content[name]) if name == "citations" else content[name] for name in COLUMNS)


def _expected_sqlite(content: dict[str, Any]) -> tuple[Any, ...]:
    return (
        content["uid"].replace("-", ""),
        content["kind"],
        content["version"],
        content["subject"].replace("-", ""),
        content["participant"] and content["participant"].replace("-", ""),
        content["effective_on"],
        content["recorded_at"][:-1].replace("T", " ").removesuffix(".000000"),
        content["actor"] and content["actor"].replace("-", ""),
        content["office"],
        content["command_id"].replace("-", ""),
        content["command"],
        _listed(content["citations"]),
        content["audience"],
    )


def _listed(citations: list[str]) -> str:
    """The text that both databases keep for a list of citations (they are ASCII without quotes)."""
    return "[" + ", ".join(f'"{cite}"' for cite in citations) + "]"


def _dashed(uid: str) -> str:
    return f"{uid[:8]}-{uid[8:12]}-{uid[12:16]}-{uid[16:20]}-{uid[20:]}" if len(uid) == 32 else uid
