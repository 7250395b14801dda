"""Going on past bad records: they are set aside in a file with the reason, and work that stopped goes on from there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from greenlane.law.sentences import N_
from greenlane.release.engine.entries import CargoEntry
from greenlane.release.formats.reading import Read, bad_file, batches

HEAD = 65_536
BATCH = 10_000
"""Entries that are handed on at once."""


@dataclass(frozen=True)
class Batch:
    """Entries to work on, and the line of the last record that they are from; ``skipped``: how many were set aside."""

    entries: list[CargoEntry]
    last_line: int
    skipped: int


class SkipFile:
    """A file of bad records, one a line as JSON: ``line``, ``problems`` and ``record``, the text as it stood.

    It begins with what file it belongs to, and holds a mark after each batch of work that is done. Opened again for
    the same file, it goes on after the last mark: records before it are not read again, what was set aside after it
    is dropped and found again. Raises BadFile when it belongs to another file, or is none.
    """

    def __init__(self, path: Path, source: Path) -> None:
        self.path = path
        self.about = about(source)
        self.done = 0
        """The line of the last record that is done with; 0 at first."""
        self.skipped = 0
        """How many records are set aside up to there, then how many in all."""
        keep = self._resume() if path.exists() and path.stat().st_size else 0
        self._file: BinaryIO = open(path, "r+b" if path.exists() else "w+b")  # noqa: SIM115 - closed by __exit__
        self._file.truncate(keep)
        self._file.seek(keep)
        if not keep:
            self._write({"of": self.about})

    def _resume(self) -> int:
        """Read what is there up to the last mark; answers how many bytes of it are kept."""
        keep = read = skipped = 0
        with open(self.path, "rb") as before:
            for number, line in enumerate(before):
                read += len(line)
                try:
                    row: dict[str, Any] = json.loads(line) if line.endswith(b"\n") else {}
                except ValueError:
                    row = {}
                if not isinstance(row, dict) or (number == 0 and row.get("of") != self.about):
                    raise self._other()
                skipped += "record" in row
                if number == 0 or "done" in row:
                    keep, self.done, self.skipped = read, row.get("done", 0), skipped
        return keep

    def _other(self) -> Exception:
        return bad_file(
            N_("The skip file %(name)s was not written for this file."),
            N_("Going on with it would leave records out without saying so."),
            N_("Name a new skip file, or the file that it belongs to."),
            name=self.path.name,
        )

    def set_aside(self, record: Read) -> None:
        """Write a bad record with the reasons."""
        self.skipped += 1
        reasons = [{"field": p.field, "line": p.line, "column": p.column, "says": str(p)} for p in record.problems]
        self._write({"line": record.line, "problems": reasons, "record": record.text})

    def mark(self, line: int) -> None:
        """Say that all records up to *line* are done with, after their outcome is safely written; on disk at once."""
        self._write({"done": line})
        self._file.flush()
        os.fsync(self._file.fileno())
        self.done = line

    def _write(self, row: dict[str, Any]) -> None:
        self._file.write(json.dumps(row, ensure_ascii=True).encode() + b"\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def about(source: Path) -> dict[str, Any]:
    """What tells a file from another: its size and the SHA-256 of its first 64 KiB."""
    with open(source, "rb") as file:
        return {"bytes": source.stat().st_size, "head": sha256(file.read(HEAD)).hexdigest()}


def skip_bad(records: Iterable[Read], skips: SkipFile, size: int = BATCH) -> Iterator[Batch]:
    """The good entries in batches; bad records go to *skips*. A batch is marked done when the next is asked for.

    So whoever works on the batches has written a batch's outcome before it counts as done; after a stop, reading goes
    on after the last such batch. *records*: the whole file from its start.
    """
    for batch in batches((one for one in records if one.line > skips.done), size):
        for bad in (one for one in batch if one.problems):
            skips.set_aside(bad)
        last = batch[-1].line
        yield Batch([one.entry for one in batch if one.entry is not None], last, skips.skipped)
        skips.mark(last)
