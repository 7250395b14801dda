"""Compiled: the words of two names set one to one, and what follows from it (background investigation, 6 USC 964(b))."""

from __future__ import annotations

import numpy as np

from greenlane.vetting.matching.arrays import INITIAL, MOST_JOINED, MOST_WORDS, NUMERAL, Array, Words
from greenlane.vetting.matching.compiled import compiled
from greenlane.vetting.matching.kernel_text import JOINED, SPLIT, distance, likeness

OUR, OUR_COUNT, THEIR, THEIR_COUNT, LIKE, HOW, WEIGHT = range(7)
"""Columns of an alignment: first word and number of words on both sides, likeness, how, matched weight."""
LEAST_LIKE = 500
SHORTEST_JOINED = 5
LOOSE = 20  # thousandths by which words written together or apart are less alike than the same words
MOST_OPTIONS = 3 * MOST_WORDS * MOST_WORDS


@compiled
def spelled(words: Words, row: Array, by_text: bool, out: Array) -> int:
    """Write the main spellings of the words of a name, together, to *out*; sorted if asked. Returns the length."""
    order = np.arange(len(row))
    if by_text:
        for at in range(1, len(row)):
            here = order[at]
            to = at
            while to > 0 and words.rank[row[order[to - 1]]] > words.rank[row[here]]:
                order[to] = order[to - 1]
                to -= 1
            order[to] = here
    length = 0
    for at in order:
        spelling = words.sp_of[row[at]]
        for to in range(words.sp_len[spelling]):
            if length < MOST_JOINED:
                out[length] = words.chars[words.sp_at[spelling] + to]
                length += 1
    return length


@compiled
def together(words: Words, one: int, two: int, out: Array) -> int:
    """Write two words as one to *out*; 0 when one of them is a numeral."""
    if (words.flags[one] | words.flags[two]) & NUMERAL:
        return 0
    length = 0
    for word in (one, two):
        spelling = words.sp_of[word]
        size = words.sp_len[spelling]
        out[length : length + size] = words.chars[words.sp_at[spelling] : words.sp_at[spelling] + size]
        length += size
    return length


@compiled
def like_joined(pair: Words, row: Array, at: int, single: Words, word: int, room: Array, bits: Array) -> int:
    """Likeness of two neighbouring words written together with one word of the other name."""
    spelling = single.sp_of[word]
    size = single.sp_len[spelling]
    if size < SHORTEST_JOINED or single.flags[word] & (NUMERAL | INITIAL):
        return 0
    one, two = pair.sp_of[row[at]], pair.sp_of[row[at + 1]]
    most = 1 if size < 9 else 2
    if abs(pair.sp_len[one] + pair.sp_len[two] - size) > most:
        return 0
    length = together(pair, row[at], row[at + 1], room)
    if length == 0:
        return 0
    slips = distance(room[:length], single.chars[single.sp_at[spelling] : single.sp_at[spelling] + size], bits)
    return 1000 - 1000 * slips // max(length, size) - LOOSE if slips <= most else 0


@compiled
def options(ours: Words, mine: Array, theirs: Words, their: Array, out: Array, grid: Array, bits: Array) -> int:
    """Write every way to set words of ours against words of theirs to *out*, and all likenesses to *grid*."""
    count = 0
    room = np.empty(2 * MOST_JOINED + 8, np.uint8)
    for i in range(len(mine)):
        for j in range(len(their)):
            like, how = likeness(ours, mine[i], theirs, their[j], bits)
            grid[i, j] = like
            weight = min(ours.weight[mine[i]], theirs.weight[their[j]])
            if like >= LEAST_LIKE:
                out[count] = (i, 1, j, 1, like, how, weight)
                count += 1
            if i + 1 < len(mine):
                like = like_joined(ours, mine, i, theirs, their[j], room, bits)
                if like >= LEAST_LIKE:
                    weight = min(ours.weight[mine[i]] + ours.weight[mine[i + 1]], theirs.weight[their[j]])
                    out[count] = (i, 2, j, 1, like, JOINED, weight)
                    count += 1
            if j + 1 < len(their):
                like = like_joined(theirs, their, j, ours, mine[i], room, bits)
                if like >= LEAST_LIKE:
                    weight = min(theirs.weight[their[j]] + theirs.weight[their[j + 1]], ours.weight[mine[i]])
                    out[count] = (i, 1, j, 2, like, SPLIT, weight)
                    count += 1
    return count


@compiled
def better(one: Array, two: Array) -> bool:
    """True when the first way comes before the second: by agreeing weight, likeness and nearness in the name."""
    mine, their = one[LIKE] * one[WEIGHT], two[LIKE] * two[WEIGHT]
    if mine != their:
        return mine > their
    if one[LIKE] != two[LIKE]:
        return one[LIKE] > two[LIKE]
    near, far = abs(one[OUR] - one[THEIR]), abs(two[OUR] - two[THEIR])
    if near != far:
        return near < far
    return (one[OUR] + one[THEIR]) < (two[OUR] + two[THEIR])


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
        for column in range(7):
            ways[kept, column], ways[best, column] = ways[best, column], ways[kept, column]
        kept += 1


@compiled
def as_one(ours: Words, mine: Array, theirs: Words, their: Array, slips: int, length: int, ways: Array) -> bool:
    """Set name against name where they agree when written together; a numeral must stand alone in both."""
    if length < SHORTEST_JOINED or slips > max(1, length // 12):
        return False
    total, other = 0, 0
    for word in mine:
        if ours.flags[word] & NUMERAL:
            return False
        total += ours.weight[word]
    for word in their:
        if theirs.flags[word] & NUMERAL:
            return False
        other += theirs.weight[word]
    how = JOINED if len(mine) >= len(their) else SPLIT
    ways[0] = (0, len(mine), 0, len(their), 1000 - 1000 * slips // length - LOOSE, how, min(total, other))
    return True
