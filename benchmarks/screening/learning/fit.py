"""A monotone additive scorecard: logistic regression over bins, steps of one sign, then whole points (964(b))."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

MOST_BINS = 12
Bound = tuple[float | None, float | None]


@dataclass(frozen=True)
class Sample:
    """Rows to learn from. ``source`` numbers where a row comes from: each source has an offset of its own, because the
    share of true rows differs, and only the shape of the scorecard is common to all."""

    features: np.ndarray
    same: np.ndarray
    weight: np.ndarray
    source: np.ndarray


@dataclass(frozen=True)
class Fitted:
    """Of each feature its edges and the value of each bin, in logits; the offset of each source."""

    edges: Mapping[str, np.ndarray]
    values: Mapping[str, np.ndarray]
    offsets: np.ndarray

    def logits(self, features: np.ndarray, names: Sequence[str]) -> np.ndarray:
        """Without any offset."""
        total = np.zeros(len(features))
        for column, name in enumerate(names):
            if name in self.edges:
                total += self.values[name][
                    np.searchsorted(self.edges[name], features[:, column].astype(np.float64), side="right")
                ]
        return total


def edges_of(values: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Ascending edges that part *values* into bins of about equal weight, and the least and greatest value apart.

    Edges lie between values (of three decimals), so that no rounding of a value can move it into another bin.
    """
    rounded = np.round(values.astype(np.float64), 3)
    distinct, place = np.unique(rounded, return_inverse=True)
    if len(distinct) <= MOST_BINS:
        return np.round((distinct[1:] + distinct[:-1]) / 2, 4)
    share = np.cumsum(np.bincount(place, weight)) / weight.sum()
    cuts = np.searchsorted(share, np.linspace(0, 1, MOST_BINS + 1)[1:-1])
    chosen = np.unique(np.append(cuts, [1, len(distinct) - 1]))
    return np.round(distinct[chosen[chosen > 0]] - 0.0005, 4)


def fit(sample: Sample, names: Sequence[str], directions: Sequence[int], ridge: float) -> Fitted:
    """Learn the steps between bins: never down for direction 1, never up for -1, either way for 0."""
    columns = {name: sample.features[:, column].astype(np.float64) for column, name in enumerate(names)}
    edges = {name: found for name, values in columns.items() if len(found := edges_of(values, sample.weight))}
    bounds: list[Bound] = []
    for name, direction in zip(names, directions, strict=True):
        low_high = {1: (0.0, None), -1: (None, 0.0), 0: (None, None)}[direction]
        bounds += [low_high] * len(edges.get(name, ()))
    places = [np.searchsorted(cut, columns[name], side="right") for name, cut in edges.items()]
    steps = [len(cut) for cut in edges.values()]
    found = _minimise(_one_hot([*places, sample.source]), steps, sample, bounds, ridge)
    values = dict(zip(edges, _cumulated(found, steps), strict=True))
    return Fitted(edges, values, found[sum(steps) :])


def _one_hot(places: Sequence[np.ndarray]) -> sparse.csr_matrix:
    """A row for each row of the sample, with a 1 for the bin of each feature and one for its source."""
    sizes = [int(place.max()) + 1 for place in places]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    flat = np.stack([place + start for place, start in zip(places, starts[:-1], strict=True)], axis=1)
    rows = np.arange(0, flat.size + 1, len(places))
    return sparse.csr_matrix((np.ones(flat.size), flat.ravel(), rows), shape=(len(flat), int(starts[-1])))


def _cumulated(at: np.ndarray, steps: Sequence[int]) -> list[np.ndarray]:
    """The value of each bin of each feature: 0, then the steps added up."""
    ends = np.cumsum(steps)
    return [np.concatenate([[0.0], np.cumsum(at[end - size : end])]) for size, end in zip(steps, ends, strict=True)]


def _minimise(
    table: sparse.csr_matrix, steps: Sequence[int], sample: Sample, bounds: list[Bound], ridge: float
) -> np.ndarray:
    sign = np.where(sample.same, 1.0, -1.0)
    weight = sample.weight / sample.weight.sum()
    free, turned = sum(steps), table.T.tocsr()
    cuts = np.cumsum([size + 1 for size in steps])

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (table @ np.concatenate([*_cumulated(at, steps), at[free:]]))
        bins = turned @ (-sign * weight / (1 + np.exp(np.minimum(margin, 500))))
        parts = [np.cumsum(bins[end - size : end][::-1])[::-1] for size, end in zip(steps, cuts, strict=True)]
        gradient = np.concatenate([*parts, bins[cuts[-1] :]])
        gradient[:free] += 2 * ridge * at[:free]
        return float(weight @ np.logaddexp(0, -margin) + ridge * at[:free] @ at[:free]), gradient

    sources = int(sample.source.max()) + 1
    every = [*bounds, *[(None, None)] * sources]
    start = np.zeros(free + sources)
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=every, options={"maxiter": 600}).x)


def whole_points(fitted: Fitted, scale: float) -> tuple[dict[str, tuple[list[float], list[int]]], int]:
    """Bins in whole points, each feature's least at 0; the sum of what was taken away, for the base."""
    bins, taken = {}, 0
    for name, edges in fitted.edges.items():
        points = np.round(fitted.values[name] * scale).astype(int)
        least = int(points.min())
        taken += least
        points -= least
        keep = np.flatnonzero(np.diff(points))  # neighbouring bins with equal points are one bin
        if len(keep):
            bins[name] = ([float(edges[at]) for at in keep], [int(points[0]), *(int(points[at + 1]) for at in keep)])
    return bins, taken
