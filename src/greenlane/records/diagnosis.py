"""Why leaves do not make a signed root: an explanation counts only when putting it right does (6 USC 971(b))."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from greenlane.law.sentences import N_
from greenlane.records import log
from greenlane.records.report import Report, Tampering
from greenlane.records.rows import Row

LARGEST_SEARCH = 2_048
"""How many single leaves are tried at most as the one that was inserted, or as the first one that was removed."""


@dataclass
class Batch:
    """The leaves between two checkpoints: the log ``before`` them, their rows, and the root that was signed after."""

    before: log.Frontier
    rows: list[Row]
    root: bytes
    size: int

    def makes(self, hashes: Sequence[bytes | None]) -> log.Frontier | None:
        """The log after *hashes*, when that has the signed root; else None."""
        frontier = self.before.copy()
        for hashed in hashes:
            if hashed is None:
                return None
            frontier.append(hashed)
        return frontier if frontier.size == self.size and frontier.root() == self.root else None


class Stream:
    """Rows one after another, of which some can be put back."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._back: list[Row] = []

    def next(self) -> Row | None:
        return self._back.pop() if self._back else next(self._rows, None)

    def take(self, count: int) -> list[Row]:
        """Up to *count* rows."""
        taken: list[Row] = []
        while len(taken) < count and (row := self.next()) is not None:
            taken.append(row)
        return taken

    def put_back(self, row: Row) -> None:
        self._back.append(row)


def explain(batch: Batch, stream: Stream, orphans: list[Row], report: Report) -> log.Frontier | None:
    """Find what was done to *batch*, note it in *report*, and return the log as it was signed; None when unexplained.

    *orphans* are entries without a place; those that turn out to belong into *batch* are taken out of the list.
    """
    attempts: tuple[Callable[[], log.Frontier | None], ...] = (
        lambda: _place_removed(batch, orphans, report),
        lambda: _hash_altered(batch, report),
        lambda: _reordered(batch, report),
        lambda: _inserted(batch, stream, report),
    )
    for attempt in attempts:
        if (frontier := attempt()) is not None:
            return frontier
    return None


def _place_removed(batch: Batch, orphans: list[Row], report: Report) -> log.Frontier | None:
    """Leaves are gone, and entries without a place fill the gaps in their order."""
    gaps = [at for at, row in enumerate(batch.rows) if row.leaf_hash is None]
    short = batch.size - batch.before.size - len(batch.rows)
    wanted = len(gaps) + short
    if not 0 < wanted <= len(orphans) or any(row.body is None for row in orphans):
        return None
    for start in range(min(len(orphans) - wanted + 1, LARGEST_SEARCH)):
        chosen = orphans[start : start + wanted]
        places = [*gaps, *range(len(batch.rows), len(batch.rows) + short)]
        filled = dict(zip(places, chosen, strict=True))
        hashes = [row.leaf_hash for row in batch.rows] + [None] * short
        for place, row in filled.items():
            hashes[place] = log.leaf_hash(row.body or b"")
        frontier = batch.makes(hashes)
        if frontier is not None:
            del orphans[start : start + wanted]
            message = N_("The place %(index)s of entry %(uid)s (%(kind)s) was removed from the log.")
            for place, row in filled.items():
                index = batch.before.size + place
                report.add(Tampering.REMOVED, message, index=index, uid=row.uid, kind=row.kind)
            return frontier
    return None


def _hash_altered(batch: Batch, report: Report) -> log.Frontier | None:
    """The entries are as signed, but the hashes kept in the log were changed."""
    hashes = [row.leaf_hash if row.body is None else log.leaf_hash(row.body) for row in batch.rows]
    frontier = batch.makes(hashes)
    if frontier is not None:
        message = N_("The hash kept at place %(index)s was altered; the entry %(uid)s (%(kind)s) itself is as signed.")
        for row, right in zip(batch.rows, hashes, strict=True):
            if row.leaf_hash != right:
                report.add(Tampering.ALTERED, message, index=row.index, uid=row.uid, kind=row.kind)
    return frontier


def _reordered(batch: Batch, report: Report) -> log.Frontier | None:
    """The sequencer takes entries in the order of their numbers; within one batch that order is the signed one."""
    if any(row.entry_id is None for row in batch.rows):
        return None
    ordered = sorted(batch.rows, key=lambda row: row.entry_id or 0)
    frontier = batch.makes([row.leaf_hash for row in ordered])
    if frontier is not None:
        message = N_("Entry %(uid)s (%(kind)s) was moved to place %(index)s; it was signed at place %(signed)s.")
        places = {row.entry_id: batch.before.size + at for at, row in enumerate(ordered)}
        for at, (found, right) in enumerate(zip(batch.rows, ordered, strict=True)):
            if found is not right:
                signed = places[found.entry_id]
                index = batch.before.size + at
                report.add(
                    Tampering.REORDERED, message, {"signed": signed}, index=index, uid=found.uid, kind=found.kind
                )
    return frontier


def _inserted(batch: Batch, stream: Stream, report: Report) -> log.Frontier | None:
    """One leaf too many: without it, and with the one that it pushed out, the signed root comes out."""
    if len(batch.rows) != batch.size - batch.before.size or len(batch.rows) > LARGEST_SEARCH:
        return None
    pushed_out = stream.next()
    if pushed_out is None:
        return None
    rows = [*batch.rows, pushed_out]
    prefix = batch.before.copy()
    for at, row in enumerate(rows):
        rest = Batch(prefix, [], batch.root, batch.size)
        frontier = rest.makes([other.leaf_hash for other in rows[at + 1 :]])
        if frontier is not None:
            message = N_("Entry %(uid)s (%(kind)s) was inserted at place %(index)s after the log had been signed.")
            report.add(Tampering.INSERTED, message, index=row.index, uid=row.uid, kind=row.kind)
            return frontier
        if row.leaf_hash is None:
            break
        prefix.append(row.leaf_hash)
    stream.put_back(pushed_out)
    return None
