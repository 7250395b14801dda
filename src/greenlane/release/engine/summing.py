"""The compiled loops of a cube: entries put into cells, and sums over cells under other numbers."""

from __future__ import annotations

import numpy as np

from greenlane.release.engine.kernels import native


@native
def place(cell_of, draws, scores, at, packed):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """Put each entry at its cell: its draw in the upper half of a number, its score in the lower."""
    for i in range(len(cell_of)):
        cell = cell_of[i]
        packed[at[cell]] = np.int32(draws[i]) << 16 | np.int32(scores[i])
        at[cell] += 1


@native
def sort(packed, edges):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """The entries of each cell by their draws."""
    for cell in range(len(edges) - 1):
        packed[edges[cell] : edges[cell + 1]].sort()


@native
def tally(packed, edges, highest, starts, found, counts):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """Which scores occur in each cell and how often; where each cell begins. The first time, only where they begin."""
    at = 0
    for cell in range(len(edges) - 1):
        tally = np.zeros(highest + 1, dtype=np.int32)
        for i in range(edges[cell], edges[cell + 1]):
            tally[packed[i] & 0xFFFF] += 1
        starts[cell] = at
        for score in range(highest + 1):
            if tally[score]:
                if len(found):
                    found[at], counts[at] = score, tally[score]
                at += 1
    starts[len(edges) - 1] = at


@native
def answer(  # type: ignore[no-untyped-def]
    start, stop, cells, edges, draws, starts, scores, counts, reduction, states, after, rates, values, out
):  # pragma: no cover - compiled
    """Add up the cells from one until before another: entries, points, and how often each value is decided."""
    half = values.shape[1] // 2
    places = 64 // half
    most = 65535 if places > 16 else (1 << places) - 1
    seen = np.zeros(2 * half, dtype=np.int64)
    for cell in range(start, stop):
        importer, partner, level, circumstances, group = cells[cell]
        row = reduction[importer, partner]
        seen[:] = 0
        points = same = last = np.int64(0)
        for i in range(starts[cell], starts[cell + 1]):  # scores rise, so that states seldom change
            score, count = scores[i], np.int64(counts[i])
            now = np.int64(states[row, score])
            if now != last:
                seen[last] += same
                same, last = np.int64(0), now
            same += count
            points += count * after[row, score]
        seen[last] += same
        limit, at, end = rates[importer, level] << 16, edges[cell], edges[cell + 1]
        while at < end and draws[at] < limit:  # counts of all states in one word, until one could be full
            tally, close = np.uint64(0), min(end, at + most)
            while at < close and draws[at] < limit:
                tally += np.uint64(1) << np.uint64(places * states[row, draws[at] & 0xFFFF])
                at += 1
            for state in range(half):
                drawn = np.int64(tally >> np.uint64(places * state)) & most
                seen[state] -= drawn
                seen[half + state] += drawn
        out[group, 0] += edges[cell + 1] - edges[cell]
        out[group, 1] += points
        for state in range(2 * half):
            if seen[state]:
                for place in values[circumstances, state]:
                    out[group, 2 + place] += seen[state]


@native
def differing(  # type: ignore[no-untyped-def]
    cells,
    edges,
    draws,
    starts,
    scores,
    counts,
    reduction,
    states,
    after,
    rates,
    outcomes,
    reduction2,
    states2,
    after2,
    rates2,
    outcomes2,
    out,
):  # pragma: no cover - compiled
    """How many entries of each group come out differently on two sides."""
    half = outcomes.shape[1] // 2
    for cell in range(len(cells)):
        importer, partner, level, circumstances, group = cells[cell]
        row, row2 = reduction[importer, partner], reduction2[importer, partner]
        said, said2 = outcomes[circumstances], outcomes2[circumstances]
        found = np.int64(0)
        for i in range(starts[cell], starts[cell + 1]):
            score = scores[i]
            if after[row, score] != after2[row2, score] or said[states[row, score]] != said2[states2[row2, score]]:
                found += counts[i]
        rate, rate2, at, end = rates[importer, level], rates2[importer, level], edges[cell], edges[cell + 1]
        while at < end and draws[at] >> 16 < max(rate, rate2):
            draw, score = draws[at] >> 16, draws[at] & 0xFFFF
            if after[row, score] == after2[row2, score]:
                state, state2 = states[row, score], states2[row2, score]
                found -= said[state] != said2[state2]
                state += half * (draw < rate)
                state2 += half * (draw < rate2)
                found += said[state] != said2[state2]
            at += 1
        out[group] += found
