"""Compiled: the likeness of two words (background investigation, 6 USC 964(b))."""

from __future__ import annotations

import numpy as np

from greenlane.vetting.matching.arrays import (
    AT,
    FLAGS,
    GROUPS,
    GROUPS_END,
    INITIAL,
    LENGTH,
    LETTER_SET,
    LETTERS,
    MARK,
    NUMERAL,
    ORIGINAL,
    SKELETONS,
    SOUNDS,
    SPELLED,
    SPELLED_END,
    Array,
    Words,
)
from greenlane.vetting.matching.compiled import compiled

NONE, EXACT, SYMBOL, SOUND, TYPO, PREFIX, AS_INITIAL, JOINED, SPLIT = range(9)
"""How two words agree."""
SHORTEST_PREFIX = 4
ONE, ZERO = np.uint64(1), np.uint64(0)


@compiled
def distance(one: Array, two: Array, bits: Array) -> int:
    """Edit distance with swaps of neighbours counted once, of two code arrays of at most 64 codes; *bits* is scratch.

    Bit-parallel, after Hyyrö (2003), A bit-vector algorithm for computing Levenshtein and Damerau edit distances.
    """
    if len(one) == 0:
        return len(two)
    bits[:] = ZERO
    for at in range(len(one)):
        bits[one[at]] |= ONE << np.uint64(at)
    last = ONE << np.uint64(len(one) - 1)
    vp, vn, d0, before = ~ZERO, ZERO, ZERO, ZERO
    found = len(one)
    for at in range(len(two)):
        now = bits[two[at]]
        swap = (((~d0) & now) << ONE) & before
        d0 = ((((now & vp) + vp) ^ vp) | now | vn) | swap
        hp = vn | ~(d0 | vp)
        hn = d0 & vp
        if hp & last:
            found += 1
        if hn & last:
            found -= 1
        hp = (hp << ONE) | ONE
        hn = hn << ONE
        vp = hn | ~(d0 | hp)
        vn = hp & d0
        before = now
    return found


@compiled
def apart(one: int, two: int) -> int:
    """How many letters only one of two words has; half of it is a floor of their distance."""
    left = one ^ two
    left -= (left >> 1) & 0x5555555555555555
    left = (left & 0x3333333333333333) + ((left >> 2) & 0x3333333333333333)
    return ((left + (left >> 4) & 0x0F0F0F0F0F0F0F0F) * 0x0101010101010101) >> 56


@compiled
def allowed(longest: int) -> int:
    """Slips that are taken for slips in words of this length."""
    if longest <= 2:
        return 0
    if longest <= 5:
        return 1
    return 2 if longest <= 9 else 3


@compiled
def starts(ours: Array, one: int, theirs: Array, two: int, length: int) -> bool:
    """True when *length* codes from two places are the same."""
    for at in range(length):  # noqa: SIM110
        if ours[one + at] != theirs[two + at]:
            return False
    return True


@compiled
def grown(values: Array) -> Array:
    """The values with room for as many again."""
    out = np.empty(2 * len(values), values.dtype)
    for at in range(len(values)):
        out[at] = values[at]
    return out


@compiled
def like_spelling(ours: Words, one: int, theirs: Words, two: int, bits: Array) -> tuple[int, int]:
    """Likeness in thousandths of two spellings by edit distance or as a beginning, and how."""
    length, other = ours.spelling[one, LENGTH], theirs.spelling[two, LENGTH]
    longest, shortest = max(length, other), min(length, other)
    most = allowed(longest)
    a = ours.chars[ours.spelling[one, AT] : ours.spelling[one, AT] + length]
    b = theirs.chars[theirs.spelling[two, AT] : theirs.spelling[two, AT] + other]
    best, how = 0, NONE
    if (
        longest - shortest <= most
        and apart(ours.spelling[one, LETTER_SET], theirs.spelling[two, LETTER_SET]) <= 2 * most
    ):
        slips = distance(a, b, bits)
        if slips <= most:
            best, how = 1000 - 1000 * slips // longest, EXACT if slips == 0 else TYPO
    begins = shortest >= SHORTEST_PREFIX and longest > shortest
    if best < 900 and begins and starts(a, 0, b, 0, shortest):
        begun = 600 + 300 * shortest // longest
        if begun > best:
            best, how = begun, PREFIX
    return best, how


@compiled
def common(ours: Array, start: int, stop: int, theirs: Array, begin: int, end: int) -> bool:
    """True when two ranges of marks have one in common."""
    for at in range(start, stop):
        for to in range(begin, end):
            if ours[at] == theirs[to]:
                return True
    return False


@compiled
def share_group(ours: Words, one: int, theirs: Words, two: int) -> bool:
    """True when the two words are known ways to write one."""
    return common(
        ours.marks,
        ours.table[one, GROUPS],
        ours.table[one, GROUPS_END],
        theirs.marks,
        theirs.table[two, GROUPS],
        theirs.table[two, GROUPS_END],
    )


@compiled
def share_skeleton(ours: Words, one: int, theirs: Words, two: int) -> bool:
    """True when the two words have a consonant skeleton in common."""
    return common(
        ours.marks, ours.table[one, SKELETONS], ours.table[one, SOUNDS],
        theirs.marks, theirs.table[two, SKELETONS], theirs.table[two, SOUNDS],
    )  # fmt: skip


@compiled
def ratio(ours: Words, one: int, theirs: Words, two: int, bits: Array) -> int:
    """1000 less the share of edits of the main spellings of two words."""
    at, to = ours.table[one, SPELLED], theirs.table[two, SPELLED]
    a = ours.chars[ours.spelling[at, AT] : ours.spelling[at, AT] + ours.spelling[at, LENGTH]]
    b = theirs.chars[theirs.spelling[to, AT] : theirs.spelling[to, AT] + theirs.spelling[to, LENGTH]]
    longest = max(len(a), len(b))
    return 1000 - 1000 * distance(a, b, bits) // longest if longest else 0


@compiled
def likeness(ours: Words, one: int, theirs: Words, two: int, bits: Array) -> tuple[int, int]:
    """Likeness of two words in thousandths, and how they agree; the same from both sides."""
    if ours.table[one, MARK] == theirs.table[two, MARK]:
        return 1000, EXACT
    if (ours.table[one, FLAGS] | theirs.table[two, FLAGS]) & NUMERAL:
        return 0, NONE
    if (ours.table[one, FLAGS] | theirs.table[two, FLAGS]) & INITIAL:
        a, b = (
            ours.chars[ours.spelling[ours.table[one, SPELLED], AT]],
            theirs.chars[theirs.spelling[theirs.table[two, SPELLED], AT]],
        )
        both = ours.table[one, FLAGS] & theirs.table[two, FLAGS] & INITIAL
        return (700, AS_INITIAL) if a == b and not both else (0, NONE)
    if ours.table[one, ORIGINAL] and ours.table[one, ORIGINAL] == theirs.table[two, ORIGINAL]:
        return 1000, EXACT
    best, how = 0, NONE
    if share_group(ours, one, theirs, two):
        best, how = 950, SYMBOL
    for at in range(ours.table[one, SPELLED], ours.table[one, SPELLED_END]):
        for to in range(theirs.table[two, SPELLED], theirs.table[two, SPELLED_END]):
            now, kind = like_spelling(ours, at, theirs, to, bits)
            if now > best:
                best, how = now, kind
    if best < 940 and share_skeleton(ours, one, theirs, two):
        written = ours.table[one, ORIGINAL] != 0 or theirs.table[two, ORIGINAL] != 0
        alike = ratio(ours, one, theirs, two, bits)
        if written or alike >= 400:
            sound = 900 if written else 800 + 140 * alike // 1000
            if sound > best:
                best, how = sound, SOUND
    return best, how


def scratch() -> Array:
    """Room for the bits of `distance`."""
    return np.zeros(LETTERS, np.uint64)
