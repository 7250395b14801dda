"""Trigrams weighted by rarity, multiplied as sparse matrices: scikit-learn and sparse_dot_topn (964(b))."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

from benchmarks.screening.peers.protocol import Asked, Hits, Listed, best, compatible

_TOP, _FLOOR = 60, 0.3


class Trigrams:
    """Cosine of trigrams within words, as the documentation of sparse_dot_topn shows it."""

    def __init__(self, listed: Sequence[Listed]) -> None:
        self._vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), lowercase=True, dtype=np.float32)
        self._vectors.fit([name for party in listed for name in party.names])
        self._owner, self._matrix = {}, {}
        for kind in ("person", "organisation"):
            found = [
                (at, name) for at, party in enumerate(listed) if compatible(kind, party.kind) for name in party.names
            ]
            self._owner[kind] = np.array([at for at, _ in found])
            self._matrix[kind] = self._vectors.transform([name for _, name in found]).T.tocsr()

    def screen(self, asked: Sequence[Asked]) -> Hits:
        parts: list[Hits] = []
        for kind, matrix in self._matrix.items():
            numbers = np.array([at for at, one in enumerate(asked) if one.kind == kind], dtype=np.int64)
            if not len(numbers):
                continue
            ours = self._vectors.transform([asked[at].text for at in numbers])
            found = sp_matmul_topn(ours, matrix, top_n=_TOP, threshold=_FLOOR, n_threads=2).tocoo()
            parts.append((numbers[found.row], self._owner[kind][found.col], found.data))
        query, owner, score = (np.concatenate(part) for part in zip(*parts, strict=True))
        return best(query, owner, score)

    def pair(self, kind: str, one: str, two: str) -> float:
        ours, theirs = self._vectors.transform([one]), self._vectors.transform([two])
        return float((ours @ theirs.T).toarray()[0, 0])
