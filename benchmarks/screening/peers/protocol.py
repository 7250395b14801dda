"""What a matcher under test is given and what it gives back; plain files on both sides (964(b)).

``listed.jsonl`` one party a line: kind (person, organisation, vessel, aircraft, unknown) and names.
``queries.jsonl`` one name a line: kind and text. ``pairs.jsonl``: kind, one, two.
Back come ``hits.npz`` (query, listed, score; not above a hundred and not fewer than the best twenty for a query),
``pairs.npy`` and ``result.json`` (seconds, memory).
"""

from __future__ import annotations

import json
import resource
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

SINGLE = 200
"""Queries that are asked one at a time."""
Hits = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Number of the query, number of the listed party, score: arrays of one length."""


@dataclass(frozen=True)
class Listed:
    """A listed party."""

    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A name to screen, of a person or an organisation."""

    kind: str
    text: str


class Matcher(Protocol):
    """A matcher over one list."""

    def screen(self, asked: Sequence[Asked]) -> Hits: ...

    def pair(self, kind: str, one: str, two: str) -> float: ...


def compatible(asked: str, listed: str) -> bool:
    """Persons are not compared with companies; a kind that the list leaves out is compared with all."""
    return listed in (asked, "unknown")


def read(folder: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def write(folder: Path, name: str, rows: Sequence[dict[str, Any]]) -> None:
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


class Clock:
    """Seconds by the wall and of all processors since it was made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        return time.perf_counter() - self._wall, time.process_time() - self._cpu


def measure(folder: Path, out: Path, make: Any, rounds: int = 3) -> None:
    """Build, screen all queries (cold once, then warm), ask some one at a time, score the pairs, and write it all."""
    listed = [Listed(row["kind"], tuple(row["names"])) for row in read(folder, "listed")]
    asked = [Asked(row["kind"], row["text"]) for row in read(folder, "queries")]
    clock = Clock()
    matcher: Matcher = make(listed)
    built = clock.read()
    passes = []
    for _ in range(1 + rounds):
        clock = Clock()
        hits = matcher.screen(asked)
        passes.append(clock.read())
        if not _brief(passes):
            break
    if hasattr(matcher, "all_hits"):
        hits = matcher.all_hits(asked)
    single = []
    for one in asked[:: max(1, len(asked) // SINGLE)]:
        clock = Clock()
        matcher.screen([one])
        single.append(clock.read()[0])
    pairs = [matcher.pair(row["kind"], row["one"], row["two"]) for row in read(folder, "pairs")]
    out.mkdir(parents=True, exist_ok=True)
    np.savez(out / "hits.npz", query=hits[0], listed=hits[1], score=hits[2])
    np.save(out / "pairs.npy", np.array(pairs, dtype=np.float64))
    result = {
        "names": len(asked),
        "built": built,
        "cold": passes[0],
        "warm": [statistics.median(part) for part in zip(*passes[1:], strict=True)],
        "single": sorted(single),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "extra": matcher.extra() if hasattr(matcher, "extra") else {},
    }
    (out / "result.json").write_text(json.dumps(result), encoding="utf-8")


def _brief(passes: Sequence[tuple[float, float]]) -> bool:
    """Is there time for one more pass? Always for a second, later only when passes are short."""
    return len(passes) < 2 or passes[-1][0] < 20


def best(query: np.ndarray, listed: np.ndarray, score: np.ndarray) -> Hits:
    """The highest score of each query and listed party."""
    order = np.lexsort((-score, listed, query))
    query, listed, score = query[order], listed[order], score[order]
    first = np.ones(len(query), dtype=bool)
    first[1:] = (query[1:] != query[:-1]) | (listed[1:] != listed[:-1])
    return query[first], listed[first], score[first]
