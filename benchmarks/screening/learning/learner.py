"""Learn the scorecards: the hardest candidates are chosen again after each round (964(b))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.screening.learning.fit import Fitted, Sample, fit
from benchmarks.screening.learning.gather import Candidates
from benchmarks.screening.sets import Query
from greenlane.vetting.matching.features import DIRECTIONS, FEATURES

ROUNDS = 4
HARDEST = 4
"""Candidates of a name that is not listed which are learnt from: the likeliest ones."""
SCREENING, JUDGED = 0, 1


@dataclass(frozen=True)
class Balance:
    """How much each source weighs: listed names written otherwise (1), names not listed, judged pairs."""

    negatives: float = 6.0
    judged: float = 0.3
    ridge: float = 2e-4
    confused: float = 0.3


def learn_card(
    queries: Sequence[Query],
    found: Candidates,
    families: np.ndarray,
    judged: tuple[np.ndarray, np.ndarray],
    balance: Balance,
) -> Fitted:
    """The scorecard of one kind of party, from the candidates of its queries and from judged pairs of its kind."""
    truths = np.array([query.truth for query in queries])
    right = families[found.entry] == truths[found.query]
    score = found.features[:, FEATURES.index("agreement")].astype(float)
    for _ in range(ROUNDS):
        rows, weight = _chosen(found.query, score, right, truths, balance)
        features = np.concatenate([found.features[rows], judged[0]])
        same = np.concatenate([right[rows], judged[1]])
        source = np.concatenate([np.full(len(rows), SCREENING), np.full(len(judged[1]), JUDGED)])
        share = balance.judged / max(1, len(judged[1]))
        weights = np.concatenate([weight, np.full(len(judged[1]), share)])
        fitted = fit(Sample(features, same, weights, source), FEATURES, DIRECTIONS, balance.ridge)
        score = fitted.logits(found.features, FEATURES)
    return fitted


def _chosen(
    query: np.ndarray, score: np.ndarray, right: np.ndarray, truths: np.ndarray, balance: Balance
) -> tuple[np.ndarray, np.ndarray]:
    """Of a listed query the best true row, and the best other one; of one that is not listed the hardest rows."""
    order = np.lexsort((-score, ~right, query))
    group = query[order] * 2 + ~right[order]
    start = np.r_[True, group[1:] != group[:-1]]
    place = np.arange(len(order)) - np.maximum.accumulate(np.where(start, np.arange(len(order)), 0))
    listed = truths[query[order]] >= 0
    keep = (listed & (place == 0)) | (~listed & (place < HARDEST))
    rows, true, unlisted, rank = order[keep], right[order][keep], ~listed[keep], place[keep]
    weight = np.where(true, 1.0 / max(1, true.sum()), 0.0)
    first = max(1, (unlisted & (rank == 0)).sum())
    weight = np.where(unlisted, balance.negatives / first / (1.0 + rank), weight)
    weight = np.where(~true & ~unlisted, balance.confused / max(1, (~true & ~unlisted).sum()), weight)
    return rows, weight
