"""What a verification of the record found: each finding names its entry and says what was done to it (971(b))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from greenlane.law.sentences import N_, Sentence, Value

MAX_FINDINGS = 1_000
"""Findings kept one by one; beyond them only the count grows."""


class Tampering(StrEnum):
    """What was done to the record."""

    ALTERED = "altered"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    CHECKPOINT = "checkpoint"
    """A checkpoint is forged, altered or malformed."""
    TREE = "tree"
    """A stored inner node of the log differs from the one that the leaves make; the entries are not touched."""
    GUARD = "guard"
    """The database no longer refuses to alter the record."""
    BUNDLE = "bundle"
    """A part of a bundle is missing, malformed or too large."""
    DOCUMENT = "document"
    """A document's bytes are not the ones that were recorded."""


@dataclass(frozen=True)
class Finding:
    """One thing wrong. ``index``: place in the log from 0 (None: no place); ``uid`` and ``kind`` name the entry."""

    tampering: Tampering
    sentence: Sentence
    index: int | None = None
    uid: str | None = None
    kind: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "tampering": self.tampering.value,
            "index": self.index,
            "uid": self.uid,
            "kind": self.kind,
            "sentence": self.sentence.to_json(),
            "text": str(self.sentence),
        }


@dataclass
class Report:
    """The outcome of a verification: counts of what was checked, and the findings; ``sound`` when there are none."""

    entries: int = 0
    checkpoints: int = 0
    waiting: int = 0
    documents: int = 0
    findings: list[Finding] = field(default_factory=list)
    more: int = 0
    notes: list[Sentence] = field(default_factory=list)
    """What the reader should know besides: how far the check reaches."""

    @property
    def sound(self) -> bool:
        return not self.findings

    def add(
        self,
        tampering: Tampering,
        message: str,
        values: Mapping[str, Value] | None = None,
        *,
        index: int | None = None,
        uid: str | None = None,
        kind: str | None = None,
    ) -> None:
        """Note a finding; *message* is marked with ``N_`` and may use index, uid and kind beside *values*."""
        if len(self.findings) >= MAX_FINDINGS:
            self.more += 1
            return
        named: dict[str, Value] = {
            "index": "-" if index is None else index,
            "uid": uid or "-",
            "kind": kind or "-",
            **(values or {}),
        }
        self.findings.append(Finding(tampering, Sentence(message, named), index, uid, kind))

    def lines(self) -> tuple[Sentence, ...]:
        """The report as a person reads it, the outcome first."""
        counts: dict[str, Value] = {
            "entries": self.entries,
            "checkpoints": self.checkpoints,
            "waiting": self.waiting,
            "documents": self.documents,
            "findings": len(self.findings) + self.more,
        }
        if self.sound:
            outcome = Sentence(N_("The record is sound."))
        else:
            outcome = Sentence(N_("The record is NOT sound: %(findings)s findings."), counts)
        checked = Sentence(
            N_(
                "Checked: %(entries)s entries in the log, %(checkpoints)s signed checkpoints, %(documents)s documents;"
                " %(waiting)s entries still wait for their place in the log."
            ),
            counts,
        )
        rest = (Sentence(N_("%(more)s more findings are not listed."), {"more": self.more}),) if self.more else ()
        return (outcome, checked, *self.notes, *(finding.sentence for finding in self.findings), *rest)

    def to_json(self) -> dict[str, Any]:
        return {
            "sound": self.sound,
            "entries": self.entries,
            "checkpoints": self.checkpoints,
            "waiting": self.waiting,
            "documents": self.documents,
            "findings": [finding.to_json() for finding in self.findings],
            "more": self.more,
            "notes": [{**note.to_json(), "text": str(note)} for note in self.notes],
        }
