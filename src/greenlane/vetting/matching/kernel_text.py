"""Compiled: the likeness of two words (background investigation, 6 USC 964(b))."""

from __future__ import annotations

import numpy as np

from greenlane.vetting.matching.arrays import INITIAL, LETTERS, NUMERAL, Array, Words
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
def apart(one: np.uint64, two: np.uint64) -> int:
    """How many letters only one of two words has; half of it is a floor of their distance."""
    left, count = one ^ two, 0
    while left:
        left &= left - ONE
        count += 1
    return count


@compiled
def allowed(longest: int) -> int:
    """Slips that are taken for slips in words of this length."""
    if longest <= 2:
        return 0
    if longest <= 5:
        return 1
    return 2 if longest <= 9 else 3


@compiled
def like_spelling(ours: Words, one: int, theirs: Words, two: int, bits: Array) -> tuple[int, int]:
    """Likeness in thousandths of two spellings by edit distance or as a beginning, and how."""
    length, other = ours.sp_len[one], theirs.sp_len[two]
    longest, shortest = max(length, other), min(length, other)
    most = allowed(longest)
    a = ours.chars[ours.sp_at[one] : ours.sp_at[one] + length]
    b = theirs.chars[theirs.sp_at[two] : theirs.sp_at[two] + other]
    best, how = 0, NONE
    if longest - shortest <= most and apart(ours.sp_set[one], theirs.sp_set[two]) <= 2 * most:
        slips = distance(a, b, bits)
        if slips <= most:
            best, how = 1000 - 1000 * slips // longest, EXACT if slips == 0 else TYPO
    if best < 900 and shortest >= SHORTEST_PREFIX and longest > shortest and np.all(a[:shortest] == b[:shortest]):
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
        ours.groups, ours.gr_of[one], ours.gr_of[one + 1], theirs.groups, theirs.gr_of[two], theirs.gr_of[two + 1]
    )


@compiled
def share_skeleton(ours: Words, one: int, theirs: Words, two: int) -> bool:
    """True when the two words have a consonant skeleton in common."""
    return common(
        ours.skeletons, ours.sk_of[one], ours.sk_of[one + 1],
        theirs.skeletons, theirs.sk_of[two], theirs.sk_of[two + 1],
    )  # fmt: skip


@compiled
def ratio(ours: Words, one: int, theirs: Words, two: int, bits: Array) -> int:
    """1000 less the share of edits of the main spellings of two words."""
    at, to = ours.sp_of[one], theirs.sp_of[two]
    a = ours.chars[ours.sp_at[at] : ours.sp_at[at] + ours.sp_len[at]]
    b = theirs.chars[theirs.sp_at[to] : theirs.sp_at[to] + theirs.sp_len[to]]
    longest = max(len(a), len(b))
    return 1000 - 1000 * distance(a, b, bits) // longest if longest else 0


@compiled
def likeness(ours: Words, one: int, theirs: Words, two: int, bits: Array) -> tuple[int, int]:
    """Likeness of two words in thousandths, and how they agree; the same from both sides."""
    if ours.mark[one] == theirs.mark[two]:
        return 1000, EXACT
    if (ours.flags[one] | theirs.flags[two]) & NUMERAL:
        return 0, NONE
    if (ours.flags[one] | theirs.flags[two]) & INITIAL:
        a, b = ours.chars[ours.sp_at[ours.sp_of[one]]], theirs.chars[theirs.sp_at[theirs.sp_of[two]]]
        both = ours.flags[one] & theirs.flags[two] & INITIAL
        return (700, AS_INITIAL) if a == b and not both else (0, NONE)
    if ours.original[one] and ours.original[one] == theirs.original[two]:
        return 1000, EXACT
    best, how = 0, NONE
    if share_group(ours, one, theirs, two):
        best, how = 950, SYMBOL
    for at in range(ours.sp_of[one], ours.sp_of[one + 1]):
        for to in range(theirs.sp_of[two], theirs.sp_of[two + 1]):
            now, kind = like_spelling(ours, at, theirs, to, bits)
            if now > best:
                best, how = now, kind
    if best < 940 and share_skeleton(ours, one, theirs, two):
        written = ours.original[one] != 0 or theirs.original[two] != 0
        alike = ratio(ours, one, theirs, two, bits)
        if written or alike >= 400:
            sound = 900 if written else 800 + 140 * alike // 1000
            if sound > best:
                best, how = sound, SOUND
    return best, how


def scratch() -> Array:
    """Room for the bits of `distance`."""
    return np.zeros(LETTERS, np.uint64)
