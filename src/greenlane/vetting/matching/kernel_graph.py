"""Compiled: keys of words, and the graph of words that are alike (background investigation, 6 USC 964(b))."""

from __future__ import annotations

import numpy as np

from greenlane.vetting.matching.arrays import INITIAL, NUMERAL, Array, Postings, Words
from greenlane.vetting.matching.compiled import compiled
from greenlane.vetting.matching.kernel_text import likeness

PREFIX_KEYED = 8
"""Letters are left out only of so long a beginning of a word; what follows is compared later."""
LEAST_ALIKE = 640
MOST_KEYS = 1024
PRIME, SEED = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xCBF29CE484222325)
ZERO, SHIFT, PERSON = np.uint64(0), np.uint64(29), np.uint64(0x5851F42D4C957F2D)


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

    Keys are its spellings without up to two letters, its sounds, its group and its own script: properties of the word
    alone, so that no other word on a list changes which are found.
    """
    salt = PERSON if words.person[word] else ZERO
    count = 0
    for at in range(words.sp_of[word], words.sp_of[word + 1]):
        length = min(words.sp_len[at], PREFIX_KEYED)
        whole = words.sp_len[at]
        deep = 0 if whole <= 2 or words.flags[word] & (NUMERAL | INITIAL) else 1 if whole <= 5 else 2
        for one in range(-1, length if deep >= 1 else 0):
            for two in range(one, length if deep == 2 and one >= 0 else one + 1):
                if count < MOST_KEYS:
                    out[count] = mixed(without(words.chars, words.sp_at[at], length, one, two) ^ salt)
                    count += 1
    for at in range(words.so_of[word], words.so_of[word + 1]):
        if count < MOST_KEYS:
            out[count] = mixed(np.uint64(words.sounds[at]) ^ salt)
            count += 1
    for at in range(words.gr_of[word], words.gr_of[word + 1]):
        if count < MOST_KEYS:
            out[count] = mixed(np.uint64(words.groups[at]) ^ salt)
            count += 1
    if words.original[word] and count < MOST_KEYS:
        out[count] = mixed(np.uint64(words.original[word]) ^ salt)
        count += 1
    return count


@compiled
def all_keys(words: Words) -> tuple[Array, Array]:
    """The keys of all words, and the word of each."""
    scratch = np.empty(MOST_KEYS, np.uint64)
    total = len(words.mark)
    keys, owner, filled = np.empty(40 * total + MOST_KEYS, np.uint64), np.empty(40 * total + MOST_KEYS, np.int32), 0
    for word in range(total):
        count = keys_of(words, word, scratch)
        if filled + count > len(keys):
            keys, owner = np.append(keys, np.empty_like(keys)), np.append(owner, np.empty_like(owner))
        keys[filled : filled + count] = scratch[:count]
        owner[filled : filled + count] = word
        filled += count
    return keys[:filled], owner[:filled]


@compiled
def graph(ours: Words, theirs: Words, post: Postings, shift: int, bits: Array) -> tuple[Array, Array, Array]:
    """For each word of ours the words of theirs that share a key and are alike enough: ranges, words, likeness."""
    scratch = np.empty(MOST_KEYS, np.uint64)
    seen = np.full(len(theirs.mark), -1, np.int32)
    of = np.zeros(len(ours.mark) + 1, np.int64)
    found, alike = np.empty(1024, np.int32), np.empty(1024, np.int32)
    filled = 0
    for word in range(len(ours.mark)):
        count = keys_of(ours, word, scratch)
        for at in range(count):
            key = scratch[at]
            bucket = np.int64(key >> np.uint64(shift))
            for place in range(post.key_of[bucket], post.key_of[bucket + 1]):
                other = post.key_word[place]
                if post.key[place] != key or seen[other] == word:
                    continue
                seen[other] = word
                like, _ = likeness(ours, word, theirs, other, bits)
                if like >= LEAST_ALIKE:
                    if filled == len(found):
                        found, alike = np.append(found, found), np.append(alike, alike)
                    found[filled], alike[filled] = other, like
                    filled += 1
        of[word + 1] = filled
    return of, found[:filled], alike[:filled]
