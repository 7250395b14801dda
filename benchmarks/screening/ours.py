"""The product's own matcher, behind the protocol that all matchers are measured by (964(b))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from benchmarks.screening.peers.protocol import Asked, Clock, Hits, Listed
from greenlane.vetting.lists.entries import ListedName, ListEntry, NameKind, PartyType
from greenlane.vetting.matching.features import pair_features
from greenlane.vetting.matching.listing import Prepared
from greenlane.vetting.matching.model import shipped
from greenlane.vetting.matching.names import prepare
from greenlane.vetting.matching.parties import Hit, Party
from greenlane.vetting.matching.scorecard import TENTHS, card_points
from greenlane.vetting.matching.screener import NameScreener

CHANGED, REGISTER = 150, 300_000
"""Entries of a new version that changed, and names in a register that is screened again because of them."""
LOOSE = 25
"""So low that every rate of false alerts can be read off; the product's own threshold is higher."""


class Ours:
    """The engine with its shipped model and threshold; the parties of a large pass stay prepared, as in the room."""

    def __init__(self, listed: Sequence[Listed]) -> None:
        self._entries = _entries(listed)
        self._screener = NameScreener(self._entries)
        self._asked: Sequence[Asked] = ()
        self._prepared: Prepared | None = None
        self._screener.query(Party("0", "applicant", PartyType.ORGANISATION, ("warms up what is compiled",)))

    def screen(self, asked: Sequence[Asked]) -> Hits:
        if len(asked) == 1:
            return _arrays(self._screener.screen(_parties(asked)))
        if self._prepared is None or asked is not self._asked:
            self._asked, self._prepared = asked, self._screener.prepare(_parties(asked))
        return _arrays(self._screener.screen(self._prepared))

    def all_hits(self, asked: Sequence[Asked]) -> Hits:
        """With hits below the threshold, by which every rate of false alerts can be read off."""
        return _arrays(NameScreener(self._entries, threshold=LOOSE).screen(_parties(asked)))

    def pair(self, kind: str, one: str, two: str) -> float:
        """The points of the names alone, with their tenths, not clipped."""
        party_type, model = PartyType(kind), shipped()
        features = pair_features(prepare(one, party_type), prepare(two, party_type), model)
        return float(card_points(model.cards[kind], features[None, :])[0]) / TENTHS

    def extra(self) -> dict[str, Any]:
        """A few changed entries against a large register that is kept prepared; the same hits as a full pass."""
        names = [
            Asked(one.kind, f"{one.text} {number}" if number else one.text)
            for number in range(99)
            for one in self._asked
        ]
        register = _parties(names[:REGISTER])
        clock = Clock()
        prepared = self._screener.prepare(register)
        made = clock.read()
        changed = self._entries[:: max(1, len(self._entries) // CHANGED)][:CHANGED]
        times = []
        for _ in range(3):
            clock = Clock()
            hits = list(self._screener.screen_against(prepared, changed))
            times.append(clock.read())
        wall, cpu = min(times)
        return {
            f"{len(changed)} changed entries against {len(register):,} prepared names": f"{wall:.2f} s ({cpu:.2f} CPU)",
            "their hits": len(hits),
            "preparing them once": f"{made[0]:.1f} s ({made[1]:.1f} CPU)",
        }


def _arrays(hits: Iterable[Hit]) -> Hits:
    rows = [(int(hit.party_key), int(hit.candidate.entry_key), float(hit.candidate.score)) for hit in hits]
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2]


def _parties(asked: Sequence[Asked]) -> list[Party]:
    return [Party(str(at), "applicant", PartyType(one.kind), (one.text,)) for at, one in enumerate(asked)]


def _entries(listed: Sequence[Listed]) -> list[ListEntry]:
    return [
        ListEntry(
            "LISTED",
            str(at),
            PartyType(party.kind),
            tuple(
                ListedName(name, NameKind.ALIAS if order else NameKind.PRIMARY)
                for order, name in enumerate(party.names)
            ),
        )
        for at, party in enumerate(listed)
    ]
