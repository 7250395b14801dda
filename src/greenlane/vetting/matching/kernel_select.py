"""Compiled: trigrams of names, and the pairs of names that are worth comparing (6 USC 964(b))."""

from __future__ import annotations

import numpy as np

from greenlane.vetting.matching.arrays import (
    AT,
    END,
    FIRST,
    KINDS,
    LENGTH,
    LETTERS,
    NORM,
    SPELLED,
    TOTAL,
    TRIGRAMS,
    TRIGRAMS_END,
    WEIGHT,
    Array,
    Edges,
    RowIndex,
    Rows,
    Words,
)
from greenlane.vetting.matching.compiled import compiled

KEYS = LETTERS**3
STEP, LEAST = 50, 4
"""A trigram weighs its word's weight in steps of STEP; below LEAST steps it is left out."""
BOTH, MOST, LEAST_SIDE, COSINE = range(4)
"""Thresholds in thousandths: of both names' weight; of one name's, with so much of the other's; of the trigrams."""


@compiled
def trigrams(words: Words, of: Array, word: Array) -> tuple[Array, Array, Array, Array]:
    """For each name its trigrams across the words written together, and of each word its beginning.

    Ranges, keys in ascending order, weights, and for each name the sum of the squared weights.
    """
    rows = len(of) - 1
    ends, norm = np.zeros(rows + 1, np.int64), np.zeros(rows, np.int64)
    keys, weights = np.empty(24 * rows + 1024, np.int32), np.empty(24 * rows + 1024, np.int32)
    chars, heavy = np.empty(1024, np.int64), np.empty(1024, np.int64)
    own = np.empty(2048, np.int64)
    filled = 0
    for row in range(rows):
        length, count = 0, 0
        for at in range(of[row], of[row + 1]):
            spelling = words.table[word[at], SPELLED]
            start, size = words.spelling[spelling, AT], words.spelling[spelling, LENGTH]
            weight = words.table[word[at], WEIGHT] // STEP
            if weight >= LEAST and size >= 2:
                own[count] = (words.chars[start] * LETTERS + np.int64(words.chars[start + 1])) << 16 | weight
                count += 1
            for to in range(size):
                chars[length], heavy[length] = words.chars[start + to], weight
                length += 1
        for at in range(length - 2):
            weight = min(heavy[at], heavy[at + 1], heavy[at + 2])
            if weight >= LEAST:
                own[count] = ((chars[at] * LETTERS + chars[at + 1]) * LETTERS + chars[at + 2]) << 16 | weight
                count += 1
        own[:count].sort()
        if filled + count > len(keys):
            keys, weights = np.append(keys, keys), np.append(weights, weights)
        for at in range(count):
            if at + 1 < count and own[at] >> 16 == own[at + 1] >> 16:
                continue
            keys[filled], weights[filled] = own[at] >> 16, own[at] & 0xFFFF
            norm[row] += np.int64(weights[filled]) * weights[filled]
            filled += 1
        ends[row + 1] = filled
    return ends, keys[:filled], weights[:filled], norm


@compiled
def posted(keys: Array, weights: Array, ends: Array, size: int) -> tuple[Array, Array, Array]:
    """Turn keys by row round to rows by key: ranges, rows in ascending order, weights."""
    of = np.zeros(size + 1, np.int64)
    for at in range(len(keys)):
        of[keys[at] + 1] += 1
    for at in range(size):
        of[at + 1] += of[at]
    rows, heavy, filled = np.empty(len(keys), np.int32), np.empty(len(keys), np.int32), of[:-1].copy()
    for row in range(len(ends) - 1):
        for at in range(ends[row], ends[row + 1]):
            place = filled[keys[at]]
            rows[place], heavy[place] = row, weights[at]
            filled[keys[at]] += 1
    return of, rows, heavy


@compiled
def worth(words: int, mine: int, their: int, dot: int, norm: int, other: int, gate: Array) -> bool:
    """True when a pair is to be compared: a property of the two names alone, the same from both sides."""
    least, most = min(mine, their) * 1000, max(mine, their) * 1000
    if words * 1_000_000 >= gate[BOTH] * most:
        return True
    if words * 1_000_000 >= gate[MOST] * least and words * 1_000_000 >= gate[LEAST_SIDE] * most:
        return True
    return dot > 0 and dot * dot * 1_000_000 >= gate[COSINE] * gate[COSINE] * norm * other


@compiled
def by_words(
    ours: Rows, mine: Words, row: int, edges: Edges, theirs: Words, index: RowIndex, out: Array, touched: Array
) -> int:
    """Add to *out*, for each name of theirs, the weight that agrees with a name of ours; say which were touched."""
    count = 0
    start = ours.table[row, FIRST]
    for at in range(start, ours.table[row, END]):
        word = ours.word[at]
        again = False
        for before in range(start, at):
            again |= ours.word[before] == word
        if again:
            continue
        for place in range(edges.of[word], edges.of[word + 1]):
            other = edges.word[place]
            shared = min(mine.table[word, WEIGHT], theirs.table[other, WEIGHT]) * edges.likeness[place] // 1000
            for to in range(index.row_of[other], index.row_of[other + 1]):
                name = index.row[to]
                if out[name] == 0:
                    touched[count] = name
                    count += 1
                out[name] += shared
    return count


@compiled
def by_trigrams(ours: Rows, row: int, index: RowIndex, words: Array, out: Array, touched: Array, count: int) -> int:
    """Add to *out*, for each name of theirs, the product of its trigrams and ours; say which more were touched."""
    for at in range(ours.table[row, TRIGRAMS], ours.table[row, TRIGRAMS_END]):
        key, weight = ours.tri_key[at], ours.tri_weight[at]
        for to in range(index.tri_of[key], index.tri_of[key + 1]):
            name = index.tri_row[to]
            if words[name] == 0 and out[name] == 0:
                touched[count] = name
                count += 1
            out[name] += weight * index.tri_weight[to]
    return count


@compiled
def select(
    ours: Rows, mine: Words, edges: Edges, theirs: Rows, other: Words, index: RowIndex, gate: Array
) -> tuple[Array, Array]:
    """The pairs of names worth comparing, by row of ours and of theirs."""
    total = len(theirs.table)
    by_word, by_tri = np.zeros(total, np.int32), np.zeros(total, np.int32)
    touched = np.empty(total, np.int32)
    left, right, filled = np.empty(4096, np.int32), np.empty(4096, np.int32), 0
    for row in range(len(ours.table)):
        count = by_words(ours, mine, row, edges, other, index, by_word, touched)
        count = by_trigrams(ours, row, index, by_word, by_tri, touched, count)
        chosen = filled
        kinds, weight, norm = ours.table[row, KINDS], ours.table[row, TOTAL], ours.table[row, NORM]
        for at in range(count):
            name = touched[at]
            words, dot = np.int64(by_word[name]), np.int64(by_tri[name])
            by_word[name] = by_tri[name] = 0
            if not kinds & theirs.table[name, KINDS]:
                continue
            if worth(words, weight, theirs.table[name, TOTAL], dot, norm, theirs.table[name, NORM], gate):
                if filled == len(left):
                    left, right = np.append(left, left), np.append(right, right)
                left[filled], right[filled] = row, name
                filled += 1
        right[chosen:filled].sort()
    return left[:filled], right[:filled]
