"""Compiled: keys of words, and the graph of words that are alike (background investigation, 6 USC 964(b))."""

from __future__ import annotations

import numpy as np

from greenlane.vetting.matching.arrays import (
    AT,
    FILTER_BITS,
    FLAGS,
    GROUPS,
    GROUPS_END,
    INITIAL,
    LENGTH,
    NUMERAL,
    ORIGINAL,
    PERSON,
    SKELETONS,
    SOUNDS,
    SPELLED,
    SPELLED_END,
    Array,
    KeyIndex,
    Words,
)
from greenlane.vetting.matching.compiled import compiled
from greenlane.vetting.matching.kernel_text import grown, likeness

PREFIX_KEYED = 8
"""Letters are left out only of so long a beginning of a word; what follows is compared later."""
LEAST_ALIKE = 640
MOST_KEYS = 1024
FILTERED = np.uint64((1 << FILTER_BITS) - 1)
PRIME, SEED = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xCBF29CE484222325)
ZERO, SHIFT, OF_PERSON = np.uint64(0), np.uint64(29), np.uint64(0x5851F42D4C957F2D)


@compiled
def mixed(value: np.uint64) -> np.uint64:
    """A number with its bits spread evenly, so that keys fill their buckets evenly."""
    value = (value ^ (value >> SHIFT)) * PRIME
    return value ^ (value >> np.uint64(32))


@compiled
def without(chars: Array, start: int, length: int, one: int, two: int) -> np.uint64:
    """Key of a spelling's beginning without the letters at two places (-1 for none)."""
    value = SEED
    for at in range(length):
        if at not in (one, two):
            value = (value ^ np.uint64(chars[start + at])) * PRIME
            value ^= value >> SHIFT
    return value


@compiled
def keys_of(words: Words, word: int, out: Array) -> int:
    """Write the keys of a word to *out*; words that may be alike share one. Returns how many.

    Keys are its spellings without up to two letters, its skeletons, its groups and its own script: properties of the
    word alone, so that no other word on a list changes which are found.
    """
    salt = OF_PERSON if words.table[word, PERSON] else ZERO
    count = 0
    for at in range(words.table[word, SPELLED], words.table[word, SPELLED_END]):
        length = min(words.spelling[at, LENGTH], PREFIX_KEYED)
        whole = words.spelling[at, LENGTH]
        deep = 0 if whole <= 2 or words.table[word, FLAGS] & (NUMERAL | INITIAL) else 1 if whole <= 5 else 2
        for one in range(-1, length if deep >= 1 else 0):
            for two in range(one, length if deep == 2 and one >= 0 else one + 1):
                if count < MOST_KEYS:
                    out[count] = mixed(without(words.chars, words.spelling[at, AT], length, one, two) ^ salt)
                    count += 1
    for at in range(words.table[word, SKELETONS], words.table[word, SOUNDS]):
        if count < MOST_KEYS:
            out[count] = mixed(np.uint64(words.marks[at]) ^ salt)
            count += 1
    for at in range(words.table[word, GROUPS], words.table[word, GROUPS_END]):
        if count < MOST_KEYS:
            out[count] = mixed(np.uint64(words.marks[at]) ^ salt)
            count += 1
    if words.table[word, ORIGINAL] and count < MOST_KEYS:
        out[count] = mixed(np.uint64(words.table[word, ORIGINAL]) ^ salt)
        count += 1
    return count


@compiled
def all_keys(words: Words) -> tuple[Array, Array]:
    """The keys of all words, and the word of each."""
    scratch = np.empty(MOST_KEYS, np.uint64)
    total = len(words.table)
    keys, owner, filled = np.empty(40 * total + MOST_KEYS, np.uint64), np.empty(40 * total + MOST_KEYS, np.int32), 0
    for word in range(total):
        count = keys_of(words, word, scratch)
        if filled + count > len(keys):
            keys, owner = grown(keys), grown(owner)
        for at in range(count):
            keys[filled], owner[filled] = scratch[at], word
            filled += 1
    return keys[:filled], owner[:filled]


@compiled
def filter_of(keys: Array) -> Array:
    """A bit for what each key ends with."""
    out = np.zeros(1 << FILTER_BITS >> 6, np.uint64)
    for key in keys:
        end = key & FILTERED
        out[end >> np.uint64(6)] |= np.uint64(1) << (end & np.uint64(63))
    return out


@compiled
def graph(ours: Words, theirs: Words, keys: KeyIndex, shift: int, bits: Array) -> tuple[Array, Array, Array]:
    """For each word of ours the words of theirs that share a key and are alike enough: ranges, words, likeness."""
    scratch = np.empty(MOST_KEYS, np.uint64)
    seen = np.zeros(len(theirs.table), np.int32)
    of = np.zeros(len(ours.table) + 1, np.int64)
    found, alike = np.empty(1024, np.int32), np.empty(1024, np.int32)
    filled = 0
    for word in range(len(ours.table)):
        count = keys_of(ours, word, scratch)
        for at in range(count):
            key = scratch[at]
            end = key & FILTERED
            if not keys.filter[end >> np.uint64(6)] >> (end & np.uint64(63)) & np.uint64(1):
                continue
            bucket = np.int64(key >> np.uint64(shift))
            for place in range(keys.of[bucket], keys.of[bucket + 1]):
                other = int(keys.word[place])
                if keys.key[place] != key or seen[other] == word + 1:
                    continue
                seen[other] = word + 1
                like, _ = likeness(ours, word, theirs, other, bits)
                if like >= LEAST_ALIKE:
                    if filled == len(found):
                        found, alike = grown(found), grown(alike)
                    found[filled], alike[filled] = other, like
                    filled += 1
        of[word + 1] = filled
    return of, found[:filled], alike[:filled]
