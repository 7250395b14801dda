"""What if the numbers of the policy were others: exact sums over all entries, from a cube, in milliseconds.

The cube keeps, for each class of entries that no number of the policy can tell apart, how many have which score, and
every draw. A question works out anew what the graph says of each class and score. 6 USC 964(a), 965(b), 966(c).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from greenlane.release.engine import summing
from greenlane.release.engine.asof import Slice
from greenlane.release.engine.batch import run_kernel
from greenlane.release.engine.columns import Columns, check, check_shape, instant_of
from greenlane.release.engine.expressions import OutOfRange, walk
from greenlane.release.engine.folding import MEASURED, Folding
from greenlane.release.engine.grids import Axis, Evaluation, Longs
from greenlane.release.engine.policy import release_policy
from greenlane.release.engine.tables import Grid
from greenlane.release.engine.versions import PolicyVersion

TIER = "tier"
MOST_CLASSES = 2**31
MOST_DENSE = 2**26
MANY_PAIRS = 2_000_000
"""From so many pairs of a cell and a score on, a question is shared out among threads; starting them takes time too."""


@cache
def policy_folding() -> Folding:
    """How the policy's entries fold, found once."""
    return Folding(release_policy())


@dataclass(frozen=True)
class Sums:
    """What comes of all entries, by group.

    ``groups``: one row for each group, a value for each name of ``by``. ``entries``: how many are in it;
    ``score_after``: the sum of their points after benefits. ``counts[output][group, value]``: how many entries of a
    group have which value of 'examination', 'customs_release' and 'government'.
    """

    by: tuple[str, ...]
    groups: Longs
    entries: Longs
    score_after: Longs
    counts: Mapping[str, Longs]

    def over(self, *names: str) -> Sums:
        """The same by fewer names; by none, one group of all entries."""
        places = [self.by.index(name) for name in names]
        rows, inverse = np.unique(self.groups[:, places], axis=0, return_inverse=True)
        inverse = inverse.reshape(-1)

        def summed(values: Longs) -> Longs:
            total = np.zeros((len(rows), *values.shape[1:]), dtype=np.int64)
            np.add.at(total, inverse, values)
            return total

        counts = {name: summed(values) for name, values in self.counts.items()}
        return Sums(names, rows, summed(self.entries), summed(self.score_after), counts)


class Cube:
    """All entries, folded. Build it once with ``build``; ask it with ``ask``."""

    def __init__(self, folding: Folding, version: PolicyVersion, slice_: Slice, by: tuple[str, ...]) -> None:
        self.version, self.by, self._folding = version, by, folding
        self._folds = folding.lay_out(version, slice_)
        self._groups: Longs = np.zeros((0, len(by)), dtype=np.int64)
        self._cells = np.zeros((0, 5), dtype=np.int64)
        self._edges = np.zeros(1, dtype=np.int64)
        self._pairs: tuple[NDArray[np.int16], NDArray[np.int32]] = (np.zeros(0, np.int16), np.zeros(0, np.int32))
        self._draws: NDArray[np.int32] = np.zeros(0, np.int32)

    @classmethod
    def build(
        cls, blocks: Iterable[Columns], slice_: Slice, version: PolicyVersion, *, by: Sequence[str] = (TIER, "mode")
    ) -> Cube:
        """A cube of entries that come in blocks of columns, as ``batch.decide_batch`` takes them.

        *by*: 'tier' (of the importer) and names of columns of small whole numbers, such as 'mode', 'port' or one of
        the caller's own; the more groups, the longer an answer takes. *version*: whose agencies' criteria and whose
        secret of the draw count; its numbers are what a question changes.
        """
        cube = cls(policy_folding(), version, slice_, tuple(by))
        keys: list[Any] = []
        scores: list[Any] = []
        draws: list[Any] = []
        groups: list[Any] = []
        for columns in blocks:
            check_shape(columns)
            rows = len(columns["filed_at"])
            out = _room(rows)
            if not run_kernel(cube._folding, columns, slice_, version, out):
                check(columns, instant_of(version.effective_from))
            named = {**columns, TIER: out["tier"]}
            group = np.stack([np.asarray(named[name], dtype=np.int32) for name in by], axis=1) if by else None
            keys.append(out["key"].astype(np.int32) if np.prod(cube._folds.sizes) < MOST_CLASSES else out["key"])
            scores.append(np.asarray(columns["score"], dtype=np.int16))
            draws.append(out["draw"])
            groups.append(np.zeros((rows, 0), np.int32) if group is None else group)
        if keys:
            cube._fold(*(np.concatenate(one) for one in (keys, scores, draws, groups)))
        return cube

    def _fold(self, keys: Any, scores: Any, draws: Any, groups: Any) -> None:
        group_of = np.zeros(len(keys), dtype=np.int64)
        for place in range(groups.shape[1]):
            seen, number = _compact(groups[:, place])
            group_of = group_of * len(seen) + number
        present, group_of = _compact(group_of)
        first = np.empty(len(present), dtype=np.int64)
        first[group_of[::-1]] = np.arange(len(group_of) - 1, -1, -1)
        self._groups = groups[first].astype(np.int64)
        whole = keys.astype(np.int64) * len(present) + group_of
        cells, cell_of = _compact(whole)
        counts = np.bincount(cell_of, minlength=len(cells))
        edges = np.append(0, np.cumsum(counts)).astype(np.int64)
        packed = np.empty(len(keys), dtype=np.int32)
        summing.place(cell_of, draws, scores, edges[:-1].copy(), packed)
        summing.sort(packed, edges)
        self._edges = edges
        self._draws = packed
        self._pairs, self._starts = _count(packed, edges)
        _, partners, levels, circumstances = self._folds.sizes
        parts = np.empty((len(cells), 5), dtype=np.int64)
        rest, parts[:, 4] = np.divmod(cells, len(present))
        rest, parts[:, 3] = np.divmod(rest, circumstances)
        rest, parts[:, 2] = np.divmod(rest, levels)
        parts[:, 0], parts[:, 1] = np.divmod(rest, partners)
        self._cells = parts

    def ask(self, parameters: Mapping[str, int] | None = None, *, threads: int | None = None) -> Sums:
        """The sums under other numbers; those that are not named stay as the version has them.

        Raises OutOfRange for numbers that the policy does not take, or for another secret of the draw, which gives
        every entry another draw: build another cube for it.
        """
        values, sizes = self._measures(self._numbers(parameters))
        out = self._sum(self._laid_out(parameters), values, sum(sizes), threads)
        counts, at = {}, 2
        for name, size in zip(MEASURED, sizes, strict=True):
            counts[name] = out[:, at : at + size]
            at += size
        return Sums(self.by, self._groups, out[:, 0], out[:, 1], counts)

    def differing(self, one: Mapping[str, int], other: Mapping[str, int]) -> Longs:
        """By group, how many entries come out differently under two sets of numbers.

        Differently is: with other points after benefits, another examination, another release by customs or by all of
        government. The way of an entry hangs on these and on nothing else that a number changes, so that it differs
        only where one of them does. Raises OutOfRange as ``ask`` does.
        """
        total: Longs = np.zeros(len(self._groups), dtype=np.int64)
        sides = [(*self._laid_out(given), self._outcomes(given)) for given in (one, other)]
        if len(self._cells):
            entries = (self._cells, self._edges, self._draws, self._starts, *self._pairs)
            summing.differing(*entries, *sides[0], *sides[1], total)
        return total

    def _numbers(self, parameters: Mapping[str, int] | None) -> dict[str, int]:
        numbers = {**self.version.parameters, **(parameters or {})}
        self._folding.graph.check_parameters(numbers)
        if any(numbers[name] != self.version.parameters[name] for name in self._secrets()):
            raise OutOfRange("another secret of the draw gives every entry another draw: build a cube with it")
        return numbers

    def _laid_out(self, parameters: Mapping[str, int] | None) -> tuple[Longs, Any, Any, Longs]:
        """Which row of scores each class of importers and partners reads, the two tables of scores, and the rates."""
        numbers = self._numbers(parameters)
        return *self._by_score(numbers), self._feed(self._folding.rate, numbers, levels=True)

    def _outcomes(self, parameters: Mapping[str, int]) -> Longs:
        """For each circumstances and state of cuts and draw, one number for all measured outputs."""
        values, sizes = self._measures(self._numbers(parameters))
        found: Longs = values[..., 0]
        for place in range(1, len(sizes)):
            found = found * sum(sizes) + values[..., place]
        return found

    def _secrets(self) -> frozenset[str]:
        return frozenset(one.name for one in walk(self._folding.draw) if one.op == "parameter")

    def _feed(self, feed: Any, numbers: Mapping[str, int], *, levels: bool) -> Longs:
        """A number that arithmetic reads, for each class of importers and of partners, or of levels."""
        folds, names = self._folds, self._folding.levels
        if not levels:
            return Grid([folds.importer, folds.partners], numbers).flat(feed).reshape(folds.sizes[:2])
        shape = [self._folding.graph.inputs[name].high + 1 for name in names]
        axes = [folds.importer, *(Axis(size, np.arange(size), {}) for size in shape)]
        grid = Grid(axes, numbers)
        for place, (name, size) in enumerate(zip(names, shape, strict=True)):
            around = [1] * len(axes)
            around[place + 1] = size
            grid.evaluation.names[name] = np.arange(size, dtype=np.int64).reshape(around)
        return grid.flat(feed).reshape(folds.sizes[0], folds.levels)

    def _by_score(self, numbers: Mapping[str, int]) -> tuple[Longs, NDArray[np.int8], NDArray[np.int16]]:
        """For each importer and partners which row to read; for each row and score, the cuts and the score after."""
        taken = self._feed(self._folding.reduction, numbers, levels=False)
        different, rows = np.unique(taken, return_inverse=True)
        scores = np.arange(int(self._pairs[0].max(initial=0)) + 1, dtype=np.int64)[None, :]
        seeds = {id(self._folding.reduction): different[:, None]}
        evaluation = Evaluation(seeds, {**numbers, "score": scores})
        shape = (len(different), scores.shape[1])
        states = np.zeros(shape, dtype=np.int8)
        for place, cut in enumerate(self._folding.score_cuts.values()):
            states |= (evaluation.of(cut) << place).astype(np.int8)
        after = evaluation.of(self._folding.cutting.arithmetic["score_after"])
        return rows.reshape(taken.shape), states, np.broadcast_to(after, shape).astype(np.int16)

    def _measures(self, numbers: Mapping[str, int]) -> tuple[Longs, list[int]]:
        """For each circumstances, state of the cuts and draw, the place that each measured output counts at."""
        moving = [*self._folding.score_cuts.values(), *self._folding.draws.values()]
        states = np.arange(1 << len(moving), dtype=np.int64)
        folds = self._folds
        grid = Grid([folds.circumstances, Axis(len(states), states, {})], numbers)
        for place, cut in enumerate(moving):
            grid.evaluation.known[id(cut)] = (states >> place & 1)[None, :]
        found, sizes, at = [], [], 0
        for name in MEASURED:
            nodes = self._folding.items[name]
            value = sum(grid.evaluation.of(node) for node in nodes)
            found.append(np.broadcast_to(value, grid.shape) + at)
            sizes.append(sum(node.high for node in nodes) + 1)
            at += sizes[-1]
        return np.stack(found, axis=-1).astype(np.int64), sizes

    def _sum(self, laid_out: tuple[Longs, Any, Any, Longs], values: Longs, width: int, threads: int | None) -> Longs:
        if not len(self._cells):
            return np.zeros((0, width + 2), dtype=np.int64)
        workers = threads or (1 if len(self._pairs[0]) < MANY_PAIRS else os.cpu_count()) or 1
        fixed = (self._cells, self._edges, self._draws, self._starts, *self._pairs, *laid_out)

        def part(start: int, stop: int) -> Longs:
            out = np.zeros((len(self._groups), width + 2), dtype=np.int64)
            summing.answer(start, stop, *fixed, values, out)
            return out

        if workers == 1:
            return part(0, len(self._cells))
        wanted = np.linspace(0, len(self._pairs[0]), 4 * workers + 1)[1:-1]
        cuts = [0, *np.searchsorted(self._starts, wanted).tolist(), len(self._cells)]
        with ThreadPoolExecutor(workers) as pool:
            total: Longs = np.sum(list(pool.map(part, cuts[:-1], cuts[1:])), axis=0)
            return total


def _room(rows: int) -> dict[str, NDArray[Any]]:
    return {"key": np.empty(rows, np.int64), "draw": np.empty(rows, np.int16), TIER: np.empty(rows, np.int8)}


def _compact(values: Any) -> tuple[Longs, Longs]:
    """The different values, rising, and for each value its place among them."""
    low, high = (int(values.min()), int(values.max())) if len(values) else (0, -1)
    if high - low > MOST_DENSE:
        different, places = np.unique(values, return_inverse=True)
        return different.astype(np.int64), places.astype(np.int64)
    present = np.zeros(high - low + 1, dtype=bool)
    present[values - low] = True
    different = np.flatnonzero(present)
    return different + low, (np.cumsum(present) - 1)[values - low]


def _count(packed: Any, edges: Longs) -> tuple[tuple[NDArray[np.int16], NDArray[np.int32]], Longs]:
    """How many entries of each cell have which score, and where each cell's numbers begin."""
    highest = int((packed & 0xFFFF).max(initial=0))
    starts = np.zeros(len(edges), dtype=np.int64)
    none, nothing = np.zeros(0, np.int16), np.zeros(0, np.int32)
    summing.tally(packed, edges, highest, starts, none, nothing)
    found, counts = np.empty(int(starts[-1]), np.int16), np.empty(int(starts[-1]), np.int32)
    summing.tally(packed, edges, highest, starts, found, counts)
    return (found, counts), starts
