"""Verification of the record: names every altered, removed, inserted or reordered entry (6 USC 971(b))."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from greenlane.law.sentences import N_
from greenlane.records import log, rows, signing, triggers
from greenlane.records.canonical import instant
from greenlane.records.diagnosis import Batch, Stream, explain
from greenlane.records.ledger import trusted_keys
from greenlane.records.models import Checkpoint, Leaf
from greenlane.records.report import Report, Tampering
from greenlane.records.rows import Row
from greenlane.records.tree import TILE_BITS


def verify_ledger(
    trusted: Sequence[signing.VerifierKey] | None = None,
    witnessed: Sequence[str] = (),
    tell: Callable[[int, int], None] | None = None,
) -> Report:
    """Check every entry, leaf and checkpoint; streaming, in one transaction. Returns a report with all findings.

    *trusted*: verifier keys, by default those of the settings. *witnessed*: signed checkpoint notes that were kept
    elsewhere (published, or in a bundle); only these can show that the end of the record was cut off together with its
    checkpoints. *tell* hears, now and then, how many entries were read and how many there are.
    """
    with _one_state():
        return _Verification(trusted_keys() if trusted is None else trusted, tell).run(witnessed)


@contextmanager
def _one_state() -> Iterator[None]:
    """Everything within reads one state of the database, and nobody who writes has to wait for it."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # atomic() would take the write lock at once
            try:
                yield
            finally:
                cursor.execute("COMMIT")


@dataclass(frozen=True)
class _Mismatch:
    index: int
    uid: str
    kind: str
    recorded: bytes
    computed: bytes


class _Verification:
    """One run: the log is made again leaf by leaf and compared with every signed root on the way."""

    def __init__(self, trusted: Sequence[signing.VerifierKey], tell: Callable[[int, int], None] | None = None) -> None:
        self.trusted = trusted
        self.tell = tell
        self.report = Report()
        self.nodes = rows.stored_nodes()
        self.mismatches: list[_Mismatch] = []

    def run(self, witnessed: Sequence[str]) -> Report:
        for table in triggers.missing(connection):
            self.report.add(
                Tampering.GUARD,
                N_("The database no longer refuses to alter the table %(table)s."),
                {"table": table},
            )
        roots = self._signed_roots(witnessed)
        orphans = list(rows.entries_outside())
        stream = Stream(self._checked(self._told(rows.leaves())))
        frontier: log.Frontier | None = log.Frontier()
        signed = 0
        for size, root in sorted(roots.items()):
            batch = stream.take(size - signed)
            if frontier is not None:
                frontier = self._advance(Batch(frontier, batch, root, size), stream, orphans)
            signed = size
        self._unsigned(stream, frontier is not None)
        self._outside(orphans)
        self._explain_mismatches()
        if frontier is not None:
            self._leftover_nodes()
        return self.report

    def _told(self, leaves: Iterator[Row]) -> Iterator[Row]:
        """The same leaves; whoever waits hears how far the reading is."""
        if self.tell is None:
            yield from leaves
            return
        total = Leaf.objects.count()
        for read, leaf in enumerate(leaves):
            if read % rows.CHUNK == 0:
                self.tell(read, total)
            yield leaf
        self.tell(total, total)

    def _signed_roots(self, witnessed: Sequence[str]) -> dict[int, bytes]:
        """Root by size, of every checkpoint whose signature holds."""
        roots: dict[int, bytes] = {}
        stored = Checkpoint.objects.order_by("size").values_list("size", "root", "sealed_at", "note")
        for size, root, sealed_at, note in stored.iterator(rows.CHUNK):
            self.report.checkpoints += 1
            signed = self._open(note, size)
            if signed is None:
                continue
            if (signed.size, signed.root, signed.sealed_at) != (size, bytes(root), instant(sealed_at)):
                message = N_("The checkpoint of %(size)s entries does not agree with its own signed text.")
                self.report.add(Tampering.CHECKPOINT, message, {"size": size})
            self._remember(roots, signed)
        for note in witnessed:
            signed = self._open(note, None)
            if signed is not None:
                self._remember(roots, signed)
        return roots

    def _open(self, note: str, size: int | None) -> signing.SignedCheckpoint | None:
        try:
            return signing.open_checkpoint(note, self.trusted)
        except signing.NoteRefused as problem:
            self.report.add(
                Tampering.CHECKPOINT,
                N_("The checkpoint of %(size)s entries is forged or altered: %(problem)s."),
                {"size": "-" if size is None else size, "problem": str(problem)},
            )
            return None

    def _remember(self, roots: dict[int, bytes], signed: signing.SignedCheckpoint) -> None:
        if roots.setdefault(signed.size, signed.root) != signed.root:
            message = N_("Two signed checkpoints of %(size)s entries name different roots: the log was forked.")
            self.report.add(Tampering.CHECKPOINT, message, {"size": signed.size})

    def _advance(self, batch: Batch, stream: Stream, orphans: list[Row]) -> log.Frontier | None:
        """The log after *batch*; findings where its leaves do not make the signed root; None when it breaks off."""
        frontier = batch.before.copy()
        completed = []
        whole = True
        for row in batch.rows:
            if row.leaf_hash is None:
                whole = False
                break
            completed += [node for node in frontier.append(row.leaf_hash) if node[0] % TILE_BITS == 0]
        if whole and frontier.size == batch.size and frontier.root() == batch.root:
            self._compare_nodes(completed)
            return frontier
        mended = explain(batch, stream, orphans, self.report)
        if mended is None:
            self._unexplained(batch)
        self.nodes.clear()  # they were made from other leaves; comparing them would only repeat the finding
        return mended

    def _unexplained(self, batch: Batch) -> None:
        first, last = batch.before.size, batch.size - 1
        gaps = [row.index for row in batch.rows if row.leaf_hash is None]
        for index in gaps:
            self.report.add(
                Tampering.REMOVED, N_("The entry at place %(index)s was removed from the log."), index=index
            )
        present = first + len(batch.rows)
        if present <= last:
            message = N_("The entries at places %(index)s to %(last)s were removed from the log.")
            self.report.add(Tampering.REMOVED, message, {"last": last}, index=present)
        if not gaps and present > last:
            message = N_(
                "The entries at places %(index)s to %(last)s do not make the root that was signed: at least one was"
                " altered, removed, inserted or moved. What comes after cannot be checked against its checkpoints."
            )
            self.report.add(Tampering.ALTERED, message, {"last": last}, index=first)

    def _unsigned(self, stream: Stream, whole: bool) -> None:
        """Leaves after the last signed checkpoint: the sequencer signs in the same transaction, so it made none."""
        while (row := stream.next()) is not None:
            if whole and row.leaf_hash is not None:
                message = N_(
                    "Entry %(uid)s (%(kind)s) was inserted at place %(index)s; no signed checkpoint covers it."
                )
                self.report.add(Tampering.INSERTED, message, index=row.index, uid=row.uid, kind=row.kind)

    def _outside(self, orphans: list[Row]) -> None:
        for row in orphans:
            message = N_("Entry %(uid)s (%(kind)s) was inserted around the log: it has no place in it.")
            self.report.add(Tampering.INSERTED, message, uid=row.uid, kind=row.kind)
        for row in rows.entries_waiting():
            self.report.waiting += 1
            self._check_columns(row)

    def _checked(self, leaves: Iterator[Row]) -> Iterator[Row]:
        """The rows, each entry compared with its leaf and its columns on the way."""
        leaf_hash = log.leaf_hash
        for row in leaves:
            if row.body is not None and row.leaf_hash is not None:
                self.report.entries += 1
                computed = leaf_hash(row.body)
                if computed != row.leaf_hash:
                    self.mismatches.append(_Mismatch(row.index, row.uid, row.kind, row.leaf_hash, computed))
                else:
                    self._check_columns(row)
            elif row.entry_id is not None:
                message = N_("Entry %(uid)s (%(kind)s), at place %(index)s of the log, was removed.")
                self.report.add(Tampering.REMOVED, message, index=row.index, uid=row.uid, kind=row.kind)
            yield row

    def _check_columns(self, row: Row) -> None:
        try:
            content = json.loads(row.body or b"")
            expected = rows.expected_columns(content)
            placed = (content["uid"], content["kind"])
        except (ValueError, LookupError, TypeError, AttributeError):
            expected, placed = (), ("", "")
        if row.columns == expected and (row.uid, row.kind) == placed:
            return
        wrong = [
            name
            for name, found, right in zip(rows.COLUMNS, row.columns, expected or [None] * 13, strict=True)
            if found != right
        ]
        message = N_("Entry %(uid)s (%(kind)s) at place %(index)s was altered: %(columns)s is not what was signed.")
        index = row.index if row.index >= 0 else None
        columns = ", ".join(wrong) or "uid, kind"
        self.report.add(Tampering.ALTERED, message, {"columns": columns}, index=index, uid=row.uid, kind=row.kind)

    def _explain_mismatches(self) -> None:
        """A body that belongs to another leaf was moved there; any other body was altered."""
        named = {(found.tampering, found.index) for found in self.report.findings}
        home = {mismatch.recorded: mismatch.index for mismatch in self.mismatches}
        for found in self.mismatches:
            if found.computed in home:
                message = N_("Entry %(uid)s (%(kind)s) at place %(index)s now holds what was signed at place %(home)s.")
                self.report.add(
                    Tampering.REORDERED,
                    message,
                    {"home": home[found.computed]},
                    index=found.index,
                    uid=found.uid,
                    kind=found.kind,
                )
            elif (Tampering.ALTERED, found.index) not in named:
                message = N_("Entry %(uid)s (%(kind)s) at place %(index)s was altered: it is not what was signed.")
                self.report.add(Tampering.ALTERED, message, index=found.index, uid=found.uid, kind=found.kind)

    def _compare_nodes(self, completed: list[tuple[int, int, bytes]]) -> None:
        for level, position, node in completed:
            if self.nodes.pop((level, position), node) != node:
                self._node_finding(level, position)

    def _leftover_nodes(self) -> None:
        for level, position in self.nodes:
            self._node_finding(level, position)

    def _node_finding(self, level: int, position: int) -> None:
        self.report.add(
            Tampering.TREE,
            N_("The stored node %(position)s at level %(level)s is not the one that the leaves make."),
            {"level": level, "position": position},
        )
