"""Compiled: the words of two names set one to one (background investigation, 6 USC 964(b))."""

from __future__ import annotations

import numpy as np

from greenlane.vetting.matching.arrays import (
    AT,
    FLAGS,
    INITIAL,
    LENGTH,
    MOST_JOINED,
    MOST_WORDS,
    NUMERAL,
    RANK,
    SPELLED,
    WEIGHT,
    Array,
    Words,
)
from greenlane.vetting.matching.compiled import compiled
from greenlane.vetting.matching.kernel_text import JOINED, SPLIT, distance, likeness

OUR, OUR_COUNT, THEIR, THEIR_COUNT, LIKE, HOW, MATCHED = range(7)
COLUMNS = 7
"""Columns of an alignment: first word and number of words on both sides, likeness, how, matched weight."""
LEAST_LIKE = 500
SHORTEST_JOINED = 5
LOOSE = 20  # thousandths by which words written together or apart are less alike than the same words
MOST_OPTIONS = 3 * MOST_WORDS * MOST_WORDS


@compiled
def spelled(words: Words, row: Array, by_text: bool, first: int, out: Array) -> int:
    """Write the main spellings of the words of a name, together, to *out*; sorted if asked. Returns the length.

    Word number *first* begins; those before it come last.
    """
    order = (np.arange(len(row)) + first) % len(row)
    if by_text:
        for at in range(1, len(row)):
            here = order[at]
            to = at
            while to > 0 and words.table[row[order[to - 1]], RANK] > words.table[row[here], RANK]:
                order[to] = order[to - 1]
                to -= 1
            order[to] = here
    length = 0
    for place in order:
        spelling = words.table[row[place], SPELLED]
        for to in range(words.spelling[spelling, LENGTH]):
            if length < MOST_JOINED:
                out[length] = words.chars[words.spelling[spelling, AT] + to]
                length += 1
    return length


@compiled
def together(words: Words, one: int, two: int, out: Array) -> int:
    """Write two words as one to *out*; 0 when one of them is a numeral."""
    if (words.table[one, FLAGS] | words.table[two, FLAGS]) & NUMERAL:
        return 0
    length = 0
    for word in (one, two):
        spelling = words.table[word, SPELLED]
        for to in range(words.spelling[spelling, LENGTH]):
            out[length] = words.chars[words.spelling[spelling, AT] + to]
            length += 1
    return length


@compiled
def like_joined(pair: Words, row: Array, at: int, single: Words, word: int, room: Array, bits: Array) -> int:
    """Likeness of two neighbouring words written together with one word of the other name."""
    spelling = single.table[word, SPELLED]
    size = single.spelling[spelling, LENGTH]
    if size < SHORTEST_JOINED or single.table[word, FLAGS] & (NUMERAL | INITIAL):
        return 0
    one, two = pair.table[row[at], SPELLED], pair.table[row[at + 1], SPELLED]
    most = 1 if size < 9 else 2
    if abs(pair.spelling[one, LENGTH] + pair.spelling[two, LENGTH] - size) > most:
        return 0
    length = together(pair, row[at], row[at + 1], room)
    if length == 0:
        return 0
    slips = distance(
        room[:length], single.chars[single.spelling[spelling, AT] : single.spelling[spelling, AT] + size], bits
    )
    return 1000 - 1000 * slips // max(length, size) - LOOSE if slips <= most else 0


@compiled
def write(
    ways: Array, at: int, our: int, our_count: int, their: int, their_count: int, like: int, how: int, weight: int
) -> None:
    """Write one agreement as a row of *ways*."""
    ways[at, OUR], ways[at, OUR_COUNT], ways[at, THEIR], ways[at, THEIR_COUNT] = our, our_count, their, their_count
    ways[at, LIKE], ways[at, HOW], ways[at, MATCHED] = like, how, weight


@compiled
def options(ours: Words, mine: Array, theirs: Words, their: Array, out: Array, grid: Array, bits: Array) -> int:
    """Write every way to set words of ours against words of theirs to *out*, and all likenesses to *grid*."""
    count = 0
    room = np.empty(2 * MOST_JOINED + 8, np.uint8)
    for i in range(len(mine)):
        for j in range(len(their)):
            like, how = likeness(ours, int(mine[i]), theirs, int(their[j]), bits)
            grid[i, j] = like
            weight = min(ours.table[mine[i], WEIGHT], theirs.table[their[j], WEIGHT])
            if like >= LEAST_LIKE:
                write(out, count, i, 1, j, 1, like, how, weight)
                count += 1
            if i + 1 < len(mine):
                like = like_joined(ours, mine, i, theirs, their[j], room, bits)
                if like >= LEAST_LIKE:
                    weight = min(
                        ours.table[mine[i], WEIGHT] + ours.table[mine[i + 1], WEIGHT], theirs.table[their[j], WEIGHT]
                    )
                    write(out, count, i, 2, j, 1, like, JOINED, weight)
                    count += 1
            if j + 1 < len(their):
                like = like_joined(theirs, their, j, ours, mine[i], room, bits)
                if like >= LEAST_LIKE:
                    weight = min(
                        theirs.table[their[j], WEIGHT] + theirs.table[their[j + 1], WEIGHT], ours.table[mine[i], WEIGHT]
                    )
                    write(out, count, i, 1, j, 2, like, SPLIT, weight)
                    count += 1
    return count


@compiled
def better(one: Array, two: Array) -> bool:
    """True when the first way comes before the second: by agreeing weight, likeness and nearness in the name."""
    first = (one[LIKE] * one[MATCHED], one[LIKE], -abs(one[OUR] - one[THEIR]), -(one[OUR] + one[THEIR]))
    second = (two[LIKE] * two[MATCHED], two[LIKE], -abs(two[OUR] - two[THEIR]), -(two[OUR] + two[THEIR]))
    return first > second


@compiled
def align(ours: Words, mine: Array, theirs: Words, their: Array, ways: Array, grid: Array, bits: Array) -> int:
    """Set the words one to one, the weightiest agreement first; the first rows of *ways* become the alignment."""
    count = options(ours, mine, theirs, their, ways, grid, bits)
    our_used, their_used, kept = 0, 0, 0
    while True:
        best = -1
        for at in range(kept, count):
            one = ((1 << ways[at, OUR_COUNT]) - 1) << ways[at, OUR]
            two = ((1 << ways[at, THEIR_COUNT]) - 1) << ways[at, THEIR]
            if not (one & our_used or two & their_used) and (best < 0 or better(ways[at], ways[best])):
                best = at
        if best < 0:
            return kept
        our_used |= ((1 << ways[best, OUR_COUNT]) - 1) << ways[best, OUR]
        their_used |= ((1 << ways[best, THEIR_COUNT]) - 1) << ways[best, THEIR]
        for column in range(COLUMNS):
            ways[kept, column], ways[best, column] = ways[best, column], ways[kept, column]
        kept += 1


@compiled
def as_one(
    ours: Words, mine: Array, theirs: Words, their: Array, slips: int, length: int, ways: Array, place: int
) -> bool:
    """Set name against name where they agree when written together; a numeral must stand alone in both."""
    if length < SHORTEST_JOINED or slips > max(1, length // 12):
        return False
    total, other = 0, 0
    for word in mine:
        if ours.table[word, FLAGS] & NUMERAL:
            return False
        total += ours.table[word, WEIGHT]
    for word in their:
        if theirs.table[word, FLAGS] & NUMERAL:
            return False
        other += theirs.table[word, WEIGHT]
    how = JOINED if len(mine) >= len(their) else SPLIT
    like = 1000 - 1000 * slips // length - LOOSE
    write(ways, place, 0, len(mine), 0, len(their), like, how, min(total, other))
    return True
