"""The append-only ledger: what happened is appended with the change and sealed in a Merkle log (6 USC 971(b))."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction

from greenlane.law.citations import Citation
from greenlane.records import log, signing
from greenlane.records.canonical import canonical
from greenlane.records.classification import Audience
from greenlane.records.models import Checkpoint, Entry, Inbox, Leaf, Node
from greenlane.records.tree import TILE_BITS, StoredTree

SEQUENCER_LOCK = 0x6C65646765720971
"""Advisory lock that makes the sequencer single on PostgreSQL."""

BATCH = 2_000
_KIND = re.compile(r"[a-z][a-z0-9_]*\.[A-Z][A-Za-z0-9]*")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.]*")


class EntryRefused(ValueError):
    """Raised when an entry would not be fit for the record: a bug of the caller, named by field."""


@dataclass(frozen=True, kw_only=True)
class NewEntry:
    """What a command leaves on record.

    ``kind`` is room and event ('applications.ApplicationSubmitted') and ``version`` its schema; ``subject`` is the case
    or register concerned; ``effective_on`` is when it counts in law, ``recorded_at`` (aware) when the system learnt it.
    ``data`` is what the kind defines: text, whole numbers, booleans, None, dates, UUIDs, lists and mappings of these.
    """

    kind: str
    version: int
    subject: UUID
    participant: UUID | None
    effective_on: date
    recorded_at: datetime
    actor: UUID | None
    office: str
    command_id: UUID
    command: str
    citations: tuple[str, ...]
    audience: str
    data: Mapping[str, Any]

    def __post_init__(self) -> None:
        if not _KIND.fullmatch(self.kind):
            raise EntryRefused(f"kind: {self.kind!r} does not read like 'applications.ApplicationSubmitted'")
        if self.version < 1:
            raise EntryRefused("version: starts at 1")
        if isinstance(self.effective_on, datetime):
            raise EntryRefused("effective_on: is a date, not an instant")
        if self.recorded_at.tzinfo is None:
            raise EntryRefused("recorded_at: needs its time zone")
        if not _NAME.fullmatch(self.office) or not _NAME.fullmatch(self.command):
            raise EntryRefused(f"office, command: every entry names both, in ASCII: {self.office!r}, {self.command!r}")
        if not self.citations:
            raise EntryRefused("citations: every entry names at least one clause")
        for cite in self.citations:
            Citation(cite)
        if self.audience not in set(Audience):
            raise EntryRefused(f"audience: {self.audience!r} is not one of {', '.join(Audience)}")


def append(entries: Sequence[NewEntry]) -> list[Entry]:
    """Append *entries* in order, within the caller's transaction, and put them in the sequencer's inbox.

    Raises NotCanonical or UnknownClause when an entry cannot be kept; then none of them is.
    """
    rows = [_row(entry) for entry in entries]
    with transaction.atomic(savepoint=False):  # the caller's transaction as a whole is kept or not
        kept = Entry.objects.bulk_create(rows, batch_size=BATCH)
        Inbox.objects.bulk_create([Inbox(entry_id=row.id) for row in kept], batch_size=BATCH)
    return kept


def seal(at: datetime) -> Checkpoint | None:
    """Give every waiting entry its place in the log and sign a checkpoint of it, at the instant *at* (aware).

    None when nothing waits. On PostgreSQL an advisory lock makes the sequencer single, and entries of transactions that
    are still open wait for the next run; on SQLite the write lock does both.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEQUENCER_LOCK])
        last = latest_checkpoint()
        size = last.size if last else 0
        frontier = log.Frontier.of(size, StoredTree().hashes)
        while _sequence(frontier):
            pass
        if frontier.size == size:
            return None
        root = frontier.root()
        note = signing.sign_checkpoint(ensure_signing_key(), frontier.size, root, at)
        return Checkpoint.objects.create(size=frontier.size, root=root, sealed_at=at, note=note)


def latest_checkpoint() -> Checkpoint | None:
    """The newest checkpoint, or None while nothing has been sealed."""
    return Checkpoint.objects.order_by("-size").first()


def ensure_signing_key() -> signing.SigningKey:
    """The key that signs checkpoints, made (mode 0600) at ``GREENLANE_SIGNING_KEY`` on first use. Raises KeyRefused."""
    return signing.load_or_make_key(Path(settings.GREENLANE_SIGNING_KEY), settings.GREENLANE_LOG_ORIGIN)


def trusted_keys() -> tuple[signing.VerifierKey, ...]:
    """The verifier key of this log, and those of earlier keys that ``GREENLANE_VERIFIER_KEYS`` lists."""
    earlier = getattr(settings, "GREENLANE_VERIFIER_KEYS", ())
    return (ensure_signing_key().verifier, *(signing.VerifierKey.parse(text) for text in earlier))


def _row(entry: NewEntry) -> Entry:
    fields = {
        "uid": uuid4(),
        "kind": entry.kind,
        "version": entry.version,
        "subject": entry.subject,
        "participant": entry.participant,
        "effective_on": entry.effective_on,
        "recorded_at": entry.recorded_at,
        "actor": entry.actor,
        "office": entry.office,
        "command_id": entry.command_id,
        "command": entry.command,
        "citations": list(entry.citations),
        "audience": str(entry.audience),
    }
    return Entry(**fields, body=canonical({**fields, "data": entry.data}))


def _sequence(frontier: log.Frontier) -> int:
    """Take up to BATCH entries from the inbox into the log. Returns how many."""
    waiting = list(
        Inbox.objects.order_by("entry_id").values_list("entry_id", "entry__uid", "entry__kind", "entry__body")[:BATCH]
    )
    leaves, nodes = [], []
    for entry_id, uid, kind, body in waiting:
        hashed = log.leaf_hash(bytes(body))
        leaves.append(Leaf(index=frontier.size, entry_id=entry_id, uid=uid, kind=kind, leaf_hash=hashed))
        nodes += [
            Node(level=level, position=position, node_hash=node)
            for level, position, node in frontier.append(hashed)
            if level % TILE_BITS == 0
        ]
    Leaf.objects.bulk_create(leaves)
    Node.objects.bulk_create(nodes)
    Inbox.objects.filter(pk__in=[row[0] for row in waiting]).delete()
    return len(waiting)
