"""Hits as a test states them, whatever the engine finds: which party, which entry, how alike, on which grounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from greenlane.law.sentences import N_, Sentence
from greenlane.vetting import screening
from greenlane.vetting.listing import entries_at
from greenlane.vetting.matching.parties import Candidate, Hit, MatchReason, Part, Party, WordPair, evidence_fingerprint
from greenlane.vetting.matching.parties import score_band as band
from greenlane.vetting.models import ListVersion

MODEL = "stated-by-a-test-1"


@dataclass
class Likeness:
    """Every party whose name begins so is like the entry of this key."""

    begins: str
    entry_key: str
    score: int = 82
    codes: Sequence[str] = ("country_conflict",)
    method: str = "name"
    parts: Sequence[tuple[str, int]] = ()


@dataclass
class Stated:
    """What is found from now on; ``likenesses`` can be changed between two screenings."""

    likenesses: list[Likeness] = field(default_factory=list)

    def screen(self, parties: Sequence[Party], versions: Sequence[ListVersion]) -> Iterator[screening.Found]:
        for version in versions:
            entries = {entry.entry_key: entry for entry in entries_at(version.kind, version.number)}
            for party in parties:
                for one in self.likenesses:
                    if party.names[0].startswith(one.begins) and one.entry_key in entries:
                        entry = entries[one.entry_key]
                        mark = evidence_fingerprint(party, entry, band(one.score))
                        parts = one.parts or (("name", one.score + 4), ("country", -4))
                        candidate = Candidate(
                            entry_key=entry.entry_key,
                            list_code=entry.list_code,
                            listed_name=entry.primary_name,
                            name_kind=entry.names[0].kind,
                            score=one.score,
                            method=one.method,
                            reasons=tuple(MatchReason(c, False, Sentence(N_("Stated by a test."))) for c in one.codes),
                            parts=tuple(Part(c, n, Sentence(N_("Stated by a test."))) for c, n in parts),
                            words=(WordPair("amber", "amber", "exact", 900), WordPair("", "lines", "only_listed", 80)),
                        )
                        yield screening.Found(
                            Hit(party.party_key, party.role, party.names[0], candidate, mark), version, entry
                        )


def stated(monkeypatch: pytest.MonkeyPatch, *likenesses: Likeness) -> Stated:
    """Let every screening find these likenesses and no others."""
    made = Stated(list(likenesses))
    monkeypatch.setattr(screening, "screen", made.screen)
    monkeypatch.setattr(screening, "model_version", lambda _versions: MODEL)
    return made
