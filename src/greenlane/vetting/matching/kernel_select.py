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
    PERSON,
    SPELLED,
    TOTAL,
    TRI_TOTAL,
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
from greenlane.vetting.matching.kernel_text import grown

KEYS = LETTERS**3
STEP, LEAST = 50, 4
"""A trigram weighs its word's weight in steps of STEP; below LEAST steps it is left out."""
BOTH, ONE, OTHER, SHARED = range(4)
"""Thresholds in thousandths: of both names' weight; of one name's, with so much of the other's; of the trigrams."""
WORDS, TRI = 32, (1 << 32) - 1
"""One number holds for a name what agrees by words, above, and by trigrams, below."""


@compiled
def sort(values: Array, count: int) -> None:
    """Sort the first *count* values where they are; they are few."""
    for at in range(1, count):
        value, to = values[at], at
        while to > 0 and values[to - 1] > value:
            values[to] = values[to - 1]
            to -= 1
        values[to] = value


@compiled
def trigrams(words: Words, of: Array, word: Array) -> tuple[Array, Array, Array, Array]:
    """For each name its trigrams across the words written together, and of each word its beginning.

    Ranges, keys in ascending order (persons' apart from others'), weights, and for each name their sum.
    """
    rows = len(of) - 1
    ends, norm = np.zeros(rows + 1, np.int64), np.zeros(rows, np.int64)
    keys, weights = np.empty(24 * rows + 1024, np.int32), np.empty(24 * rows + 1024, np.int32)
    chars, heavy = np.empty(1024, np.int64), np.empty(1024, np.int64)
    own = np.empty(2048, np.int64)
    filled = 0
    for row in range(rows):
        length, count = 0, 0
        apart = KEYS if of[row] < of[row + 1] and words.table[word[of[row]], PERSON] else 0
        for at in range(of[row], of[row + 1]):
            spelling = words.table[word[at], SPELLED]
            start, size = words.spelling[spelling, AT], words.spelling[spelling, LENGTH]
            weight = words.table[word[at], WEIGHT] // STEP
            if weight >= LEAST and size >= 2:
                own[count] = (apart + words.chars[start] * LETTERS + np.int64(words.chars[start + 1])) << 16 | weight
                count += 1
            for to in range(size):
                chars[length], heavy[length] = words.chars[start + to], weight
                length += 1
        for at in range(length - 2):
            weight = min(heavy[at], heavy[at + 1], heavy[at + 2])
            if weight >= LEAST:
                own[count] = (apart + (chars[at] * LETTERS + chars[at + 1]) * LETTERS + chars[at + 2]) << 16 | weight
                count += 1
        sort(own, count)
        if filled + count > len(keys):
            keys, weights = grown(keys), grown(weights)
        for at in range(count):
            if at + 1 < count and own[at] >> 16 == own[at + 1] >> 16:
                continue
            keys[filled], weights[filled] = own[at] >> 16, own[at] & 0xFFFF
            norm[row] += weights[filled]
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
    rows, heavy, filled = np.empty(len(keys), np.int32), np.empty(len(keys), np.int32), np.zeros(size, np.int64)
    for at in range(size):
        filled[at] = of[at]
    for row in range(len(ends) - 1):
        for at in range(ends[row], ends[row + 1]):
            place = filled[keys[at]]
            rows[place], heavy[place] = row, weights[at]
            filled[keys[at]] += 1
    return of, rows, heavy


@compiled
def worth(words: int, mine: int, their: int, shared: int, ours: int, theirs: int, gate: Array) -> bool:
    """True when a pair is to be compared: a property of the two names alone, the same from both sides.

    *words* of the weights *mine* and *their* agree by words, *shared* of *ours* and *theirs* by trigrams.
    """
    least, most = min(mine, their), max(mine, their)
    if words * 1000 >= gate[BOTH] * most:
        return True
    if words * 1000 >= gate[ONE] * least and words * 1000 >= gate[OTHER] * most:
        return True
    alike: bool = 2000 * shared >= gate[SHARED] * (ours + theirs)
    return alike


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
        weight = mine.table[word, WEIGHT]
        for place in range(edges.of[word], edges.of[word + 1]):
            other = edges.word[place]
            shared = min(weight, theirs.table[other, WEIGHT]) * edges.likeness[place] // 1000 << WORDS
            if shared == 0:  # what adds nothing would be taken for new again and again, beyond the end of *touched*
                continue
            for to in range(index.row_of[other], index.row_of[other + 1]):
                name = index.row[to]
                if out[name] == 0:
                    touched[count] = name
                    count += 1
                out[name] += shared
    return count


@compiled
def by_trigrams(ours: Rows, row: int, index: RowIndex, out: Array, touched: Array, count: int) -> int:
    """Add to *out*, for each name of theirs, the trigrams that agree with ours; say which more were touched."""
    for at in range(ours.table[row, TRIGRAMS], ours.table[row, TRIGRAMS_END]):
        key, weight = ours.tri_key[at], ours.tri_weight[at]
        for to in range(index.tri_of[key], index.tri_of[key + 1]):
            name = index.tri_row[to]
            if out[name] == 0:
                touched[count] = name
                count += 1
            out[name] += min(weight, index.tri_weight[to])
    return count


@compiled
def select(
    ours: Rows, mine: Words, edges: Edges, theirs: Rows, other: Words, index: RowIndex, gate: Array
) -> tuple[Array, Array]:
    """The pairs of names worth comparing, in the order of our rows."""
    total = len(theirs.table)
    out, touched = np.zeros(total, np.int64), np.empty(total, np.int32)
    left, right, filled = np.empty(4096, np.int32), np.empty(4096, np.int32), 0
    for row in range(len(ours.table)):
        count = by_words(ours, mine, row, edges, other, index, out, touched)
        count = by_trigrams(ours, row, index, out, touched, count)
        kinds, weight, sum_ = ours.table[row, KINDS], ours.table[row, TOTAL], ours.table[row, TRI_TOTAL]
        # No name can pass that shares less than this with ours, however little the name itself has.
        least = min(gate[BOTH], gate[OTHER]) * weight // 1000
        shared = gate[SHARED] * sum_ // (2000 - gate[SHARED])
        for at in range(count):
            name = touched[at]
            words, tri = out[name] >> WORDS, out[name] & TRI
            out[name] = 0
            if (words < least and tri < shared) or not kinds & theirs.table[name, KINDS]:
                continue
            if worth(words, weight, theirs.table[name, TOTAL], tri, sum_, theirs.table[name, TRI_TOTAL], gate):
                if filled == len(left):
                    left, right = grown(left), grown(right)
                left[filled], right[filled] = row, name
                filled += 1
    return left[:filled], right[:filled]
