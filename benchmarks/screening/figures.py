"""Figures from hits: recall at a rate of false alerts, F1 and area under the curve of judged pairs (964(b))."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.screening.peers.protocol import Hits
from benchmarks.screening.sets import Query

RATES = (0.01, 0.005, 0.001)
"""Shares of the names that are not listed which may raise any alert."""


@dataclass(frozen=True)
class Best:
    """For each query the highest score of any hit, and of a hit on the party that it names; 0 without one."""

    anything: np.ndarray
    truth: np.ndarray
    listed: np.ndarray


def best_of(queries: Sequence[Query], families: Sequence[int], hits: Hits) -> Best:
    number, entry, score = hits
    truths, family_of = np.array([query.truth for query in queries]), np.array(families)
    anything, truth = np.zeros(len(queries)), np.zeros(len(queries))
    np.maximum.at(anything, number, score)
    right = family_of[entry] == truths[number]
    np.maximum.at(truth, number[right], score[right])
    return Best(anything, truth, truths >= 0)


def threshold_at(best: Best, rate: float) -> float:
    """The least score at which no more than *rate* of the names that are not listed raise an alert."""
    scores = np.sort(best.anything[~best.listed])[::-1]
    allowed = int(rate * len(scores))
    above = np.nextafter(scores[allowed], np.inf)
    return float(max(above, np.nextafter(0, 1)))


def recall(best: Best, threshold: float, only: np.ndarray | None = None) -> float:
    """The share of listed queries whose own party is found at or above *threshold*."""
    chosen = best.listed if only is None else best.listed & only
    return float(np.mean(best.truth[chosen] >= threshold)) if chosen.any() else float("nan")


def spread(best: Best, rate: float, rounds: int = 400) -> tuple[float, float]:
    """The 5th and 95th percentile of recall when both sides are drawn again with replacement (fixed seed)."""
    chance = np.random.default_rng(1)
    plus, minus = np.flatnonzero(best.listed), np.flatnonzero(~best.listed)
    found = []
    for _ in range(rounds):
        drawn = np.concatenate([chance.choice(plus, len(plus)), chance.choice(minus, len(minus))])
        sample = Best(best.anything[drawn], best.truth[drawn], best.listed[drawn])
        found.append(recall(sample, threshold_at(sample, rate)))
    low, high = np.percentile(found, [5, 95])
    return float(low), float(high)


def by_class(best: Best, queries: Sequence[Query], rate: float) -> dict[str, float]:
    """Recall of every class of change, at the threshold of all together."""
    threshold, places = threshold_at(best, rate), defaultdict(list)
    for at, query in enumerate(queries):
        if query.truth >= 0:
            places[query.group].append(at)
    return {group: float(np.mean(best.truth[at] >= threshold)) for group, at in places.items()}


@dataclass(frozen=True)
class PairFigures:
    """``f1`` at the best threshold of this very set, ``f1_learnt`` at the threshold that is best on the other side."""

    f1: float
    f1_learnt: float
    auc: float


def f1(scores: np.ndarray, same: np.ndarray, threshold: float) -> float:
    """F1 of saying that all pairs at or above *threshold* are the same."""
    said = scores >= threshold
    return float(2 * (said & same).sum() / max(1, said.sum() + same.sum()))


def best_threshold(scores: np.ndarray, same: np.ndarray) -> float:
    return float(max(np.unique(scores), key=lambda threshold: (f1(scores, same, threshold), threshold)))


def auc(scores: np.ndarray, same: np.ndarray) -> float:
    """The chance that a true pair scores above a false one; ties count half."""
    order = np.sort(scores[~same])
    below, upto = np.searchsorted(order, scores[same], "left"), np.searchsorted(order, scores[same], "right")
    return float(np.mean((below + upto) / 2) / max(1, len(order)))


def pair_figures(scores: np.ndarray, same: np.ndarray, learnt: np.ndarray, learnt_same: np.ndarray) -> PairFigures:
    chosen = best_threshold(learnt, learnt_same)
    return PairFigures(f1(scores, same, best_threshold(scores, same)), f1(scores, same, chosen), auc(scores, same))


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 0, equal values sharing the middle of theirs."""
    ordered = np.sort(values)
    return (np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right") - 1) / 2


def rank_correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Spearman's."""
    return float(np.corrcoef(ranks(one), ranks(other))[0, 1])
