"""What there is to learn from: candidates of the learning queries, measured by the product's own features (964(b))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.screening import sources
from benchmarks.screening.sets import Query
from benchmarks.screening.sources import Pair
from greenlane.vetting.lists.entries import ListEntry, PartyType
from greenlane.vetting.matching.features import FEATURES, pair_features
from greenlane.vetting.matching.model import Model
from greenlane.vetting.matching.names import prepare
from greenlane.vetting.matching.parties import Party
from greenlane.vetting.matching.screener import NameScreener


@dataclass(frozen=True)
class Candidates:
    """Rows in the order of the queries: number of the query, of the entry, and the features."""

    query: np.ndarray
    entry: np.ndarray
    features: np.ndarray


class Engine:
    """The engine over *entries* with the names that benchmarks know; it gives entries by their place here."""

    def __init__(self, entries: Sequence[ListEntry], model: Model) -> None:
        order = sorted(range(len(entries)), key=lambda at: (entries[at].list_code, entries[at].entry_key))
        self._place = np.array(order)
        self._screener = NameScreener([sources.without_original_script(entries[at]) for at in order], model)

    def candidates(self, queries: Sequence[Query]) -> Candidates:
        """All pairs of names that the engine compares, before any threshold."""
        parties = [Party(str(at), "applicant", PartyType(one.kind), (one.text,)) for at, one in enumerate(queries)]
        query, row, features = self._screener.candidates(parties)
        order = np.argsort(query, kind="stable")
        return Candidates(query[order], self._place[self._screener.row_entry[row[order]]], features[order])


def pair_table(pairs: Sequence[Pair], model: Model) -> np.ndarray:
    """The features of judged pairs."""
    kinds = [PartyType(pair.kind) for pair in pairs]
    rows = [
        pair_features(prepare(pair.one, kind), prepare(pair.two, kind), model)
        for pair, kind in zip(pairs, kinds, strict=True)
    ]
    return np.array(rows, dtype=np.float32).reshape(-1, len(FEATURES))
