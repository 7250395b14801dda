"""nomenklatura: its token index chooses candidates, its logic-v2 scores them by name; MIT (964(b))."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from followthemoney import Dataset, model
from nomenklatura.blocker import Index
from nomenklatura.matching import LogicV2

from benchmarks.screening.peers.protocol import Asked, Hits, Listed

_SCHEMA = {
    "person": "Person",
    "organisation": "Organization",
    "vessel": "Vessel",
    "aircraft": "Airplane",
    "unknown": "LegalEntity",
}
_DATASET = Dataset.make({"name": "listed", "title": "Listed"})


def _entity(key: str, kind: str, names: Sequence[str]) -> Any:
    found = model.make_entity(_SCHEMA[kind])
    found.id = key
    for name in names:
        found.add("name", name)
    return found


def _key(*parts: str) -> str:
    """A number that follows from the name: nomenklatura remembers what it prepared by the number of an entity."""
    return "q-" + hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


class _View:
    """The least that the index asks of a store."""

    def __init__(self, entities: Sequence[Any]) -> None:
        self._entities = entities

    def entities(self, include_schemata: Sequence[Any] | None = None) -> Iterator[Any]:
        return iter(self._entities)


class LogicV2Matcher:
    """Both halves as their authors ship them: no more than 75 candidates, all settings as they come."""

    def __init__(self, listed: Sequence[Listed]) -> None:
        logging.disable(logging.WARNING)
        self._kept = tempfile.TemporaryDirectory(prefix="greenlane-bench-")
        self._entities = [_entity(f"l-{at}", party.kind, party.names) for at, party in enumerate(listed)]
        self._index = Index(_View(self._entities), Path(self._kept.name))
        self._index.build()
        self._config = LogicV2.default_config()

    def screen(self, asked: Sequence[Asked]) -> Hits:
        numbers: dict[str, list[int]] = {}
        queries = {}
        for number, one in enumerate(asked):
            key = _key(one.kind, one.text)
            numbers.setdefault(key, []).append(number)
            queries[key] = _entity(key, one.kind, [one.text])
        found: list[tuple[int, int, float]] = []
        for key, candidates in self._index.match_entities(queries.values()):
            for other, _score in candidates:
                at = int(str(other).removeprefix("l-"))
                score = self._score(queries[str(key)], self._entities[at])
                if score > 0:
                    found += [(number, at, score) for number in numbers[str(key)]]
        table = np.array(found, dtype=np.float64).reshape(-1, 3)
        return table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2]

    def _score(self, ours: Any, theirs: Any) -> float:
        return float(LogicV2.compare(ours, theirs, self._config).score)

    def pair(self, kind: str, one: str, two: str) -> float:
        return self._score(_entity(_key(kind, one), kind, [one]), _entity(_key(kind, "", two), kind, [two]))
