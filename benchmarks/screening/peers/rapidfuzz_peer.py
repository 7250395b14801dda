"""Brute force: every name against every name by rapidfuzz, words sorted, lower case; rapidfuzz is MIT (964(b))."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks.screening.peers.protocol import Asked, Hits, Listed, best, compatible

_FLOOR = 60
_BLOCK = 1000
_WORD = re.compile(r"[^\W_]+")


def _sorted_words(name: str) -> str:
    return " ".join(sorted(_WORD.findall(name.lower())))


class BruteForce:
    """``fuzz.ratio`` over sorted words, as ``token_sort_ratio`` does."""

    def __init__(self, listed: Sequence[Listed]) -> None:
        self._names: dict[str, list[str]] = {}
        self._owner: dict[str, np.ndarray] = {}
        for kind in ("person", "organisation"):
            found = [
                (at, _sorted_words(name))
                for at, party in enumerate(listed)
                if compatible(kind, party.kind)
                for name in party.names
            ]
            self._owner[kind] = np.array([at for at, _ in found])
            self._names[kind] = [name for _, name in found]

    def screen(self, asked: Sequence[Asked]) -> Hits:
        parts: list[Hits] = []
        for kind, names in self._names.items():
            numbers = np.array([at for at, one in enumerate(asked) if one.kind == kind], dtype=np.int64)
            for start in range(0, len(numbers), _BLOCK):
                block = numbers[start : start + _BLOCK]
                texts = [_sorted_words(asked[at].text) for at in block]
                scores = process.cdist(
                    texts, names, scorer=fuzz.ratio, score_cutoff=_FLOOR, dtype=np.float32, workers=-1
                )
                rows, columns = np.nonzero(scores)
                parts.append((block[rows], self._owner[kind][columns], scores[rows, columns]))
        query, owner, score = (np.concatenate(part) for part in zip(*parts, strict=True))
        return best(query, owner, score)

    def pair(self, kind: str, one: str, two: str) -> float:
        return float(fuzz.ratio(_sorted_words(one), _sorted_words(two)))
