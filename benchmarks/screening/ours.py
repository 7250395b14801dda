"""The product's own matcher, behind the protocol that all matchers are measured by (964(b))."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.screening.peers.protocol import Asked, Hits, Listed
from greenlane.vetting.lists.entries import ListedName, ListEntry, NameKind, PartyType
from greenlane.vetting.matching.parties import Party
from greenlane.vetting.matching.rapidfuzz_screener import RapidfuzzScreener


class Ours:
    def __init__(self, listed: Sequence[Listed]) -> None:
        self._screener = RapidfuzzScreener(_entries(listed), threshold=60)

    def screen(self, asked: Sequence[Asked]) -> Hits:
        parties = [Party(str(at), "applicant", PartyType(one.kind), (one.text,)) for at, one in enumerate(asked)]
        hits = [
            (int(hit.party_key), int(hit.candidate.entry_key), float(hit.candidate.score))
            for hit in self._screener.screen(parties)
        ]
        table = np.array(hits, dtype=np.float64).reshape(-1, 3)
        return table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2]

    def pair(self, kind: str, one: str, two: str) -> float:
        hits = RapidfuzzScreener(_entries([Listed(kind, (two,))]), threshold=1).screen(
            [Party("0", "applicant", PartyType(kind), (one,))]
        )
        return max((hit.candidate.score for hit in hits), default=0)


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
