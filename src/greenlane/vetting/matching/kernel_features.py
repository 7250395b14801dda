"""Compiled: what is measured of a pair of names (background investigation, 6 USC 964(b))."""

from __future__ import annotations

import numpy as np

from greenlane.vetting.matching.arrays import (
    AT,
    END,
    FIRST,
    FLAGS,
    FORMS,
    INITIAL,
    LENGTH,
    MINOR,
    MOST_JOINED,
    MOST_WORDS,
    NUMERAL,
    SCRIPT,
    SPELLED,
    WEIGHT,
    Array,
    Rows,
    Words,
)
from greenlane.vetting.matching.compiled import compiled
from greenlane.vetting.matching.kernel_align import (
    COLUMNS,
    HOW,
    LIKE,
    MATCHED,
    MOST_OPTIONS,
    OUR,
    OUR_COUNT,
    THEIR,
    THEIR_COUNT,
    align,
    as_one,
    spelled,
)
from greenlane.vetting.matching.kernel_text import (
    AS_INITIAL,
    EXACT,
    JOINED,
    SOUND,
    SPLIT,
    SYMBOL,
    distance,
    grown,
    starts,
)

MANY = 29
(
    AGREEMENT, OURS_COVERED, THEIRS_COVERED, OURS_RAREST_LEFT, THEIRS_RAREST_LEFT, MASS, EXACT_SHARE, SOUND_SHARE,
    JOINED_SHARE, INITIAL_SHARE, WEAKEST, SORTED_RATIO, JOINED_RATIO, FIRST_WORD, LAST_WORD, NUMERALS_DIFFER,
    WORDS_MATCHED, OURS_LEFT, THEIRS_LEFT, TRUNCATED, FORMS_DIFFER, ORIGINAL_SCRIPT, ACRONYM, LEAST_COVERED,
    SINGLE_WORD, LETTERS_MATCHED, OUR_WORDS, THEIR_WORDS, BALANCE,
) = range(MANY)  # fmt: skip
TELLING = 250
"""Thousandths from which a word tells who is meant."""
TRUNCATED_FROM = 28


@compiled
def compare(
    ours: Words, our_rows: Rows, our: int, theirs: Words, their_rows: Rows, their: int,
    ways: Array, grid: Array, text: Array, bits: Array, out: Array,
) -> int:  # fmt: skip
    """Align two names, write their features to *out*; the first rows of *ways* are the alignment. Returns how many."""
    mine, other = words_of(our_rows, our), words_of(their_rows, their)
    out[FORMS_DIFFER] = forms_differ(our_rows.table[our, FORMS], their_rows.table[their, FORMS])
    out[ORIGINAL_SCRIPT] = max(our_rows.table[our, SCRIPT], their_rows.table[their, SCRIPT])
    if len(mine) == 0 or len(other) == 0:
        return 0
    length = strings(ours, mine, theirs, other, text, bits, out)
    slips = round((1.0 - out[JOINED_RATIO]) * length)
    count = align(ours, mine, theirs, other, ways, grid, bits)
    agreed = 0
    for at in range(count):
        agreed += ways[at, LIKE] * ways[at, MATCHED]
    if count < len(mine) or count < len(other):
        last = len(ways) - 1
        together = as_one(ours, mine, theirs, other, slips, length, ways, last)
        if together and ways[last, LIKE] * ways[last, MATCHED] > agreed:
            for column in range(COLUMNS):
                ways[0, column] = ways[last, column]
            count = 1
    coverage(ours, mine, theirs, other, ways, count, out)
    if out[JOINED_SHARE] < 0.99:
        ends(ours, mine, theirs, other, grid, out)
        out[ACRONYM] = acronym(ours, mine, theirs, other) or acronym(theirs, other, ours, mine)
    else:
        out[FIRST_WORD] = out[LAST_WORD] = 1.0
    return count


@compiled
def words_of(rows: Rows, row: int) -> Array:
    """The words of a name that are compared."""
    start, stop = rows.table[row, FIRST], rows.table[row, END]
    return rows.word[start : min(stop, start + MOST_WORDS)]


@compiled
def forms_differ(one: int, two: int) -> float:
    """0 the same legal forms, a half where only one name has any, 1 different ones."""
    if one == two:
        return 0.0
    return 1.0 if one and two else 0.5


@compiled
def strings(ours: Words, mine: Array, theirs: Words, other: Array, text: Array, bits: Array, out: Array) -> int:
    """Likeness of the whole names, as written and with sorted words, and whether one is the other cut off.

    Where one name is a single word, the last word of the other may also stand first: 'LASTFIRST' for 'First Last'.
    """
    longest = 1
    for by_text, column in ((False, JOINED_RATIO), (True, SORTED_RATIO)):
        one, two = spelled(ours, mine, by_text, 0, text[0]), spelled(theirs, other, by_text, 0, text[1])
        longest = max(one, two, 1)
        slips = distance(text[0, :one], text[1, :two], bits)
        if not by_text and slips > 0 and len(mine) == 1 and len(other) > 1:
            two = spelled(theirs, other, False, len(other) - 1, text[1])
            slips = min(slips, distance(text[0, :one], text[1, :two], bits))
        if not by_text and slips > 0 and len(other) == 1 and len(mine) > 1:
            one = spelled(ours, mine, False, len(mine) - 1, text[0])
            slips = min(slips, distance(text[0, :one], text[1, :two], bits))
        out[column] = 1.0 - slips / longest
        shortest = min(one, two)
        if not by_text and TRUNCATED_FROM <= shortest < longest:
            out[TRUNCATED] = starts(text[0], 0, text[1], 0, shortest)
    return longest


@compiled
def coverage(ours: Words, mine: Array, theirs: Words, other: Array, ways: Array, count: int, out: Array) -> None:
    """How much of each name's weight agrees, and how; a word counts no more than what it was set against."""
    agreed, exact, sound, joined, initial, least = 0.0, 0.0, 0.0, 0.0, 0.0, 1000
    our_used, their_used, weight = 0, 0, 0.0
    for at in range(count):
        value = ways[at, LIKE] * ways[at, MATCHED] / 1e6
        how = ways[at, HOW]
        agreed += value
        weight += ways[at, MATCHED] / 1e3
        exact += value * (how in (EXACT, SYMBOL))
        sound += value * (how == SOUND)
        joined += value * (how in (JOINED, SPLIT))
        initial += value * (how == AS_INITIAL)
        if ways[at, MATCHED] >= TELLING:
            least = min(least, ways[at, LIKE])
        our_used |= ((1 << ways[at, OUR_COUNT]) - 1) << ways[at, OUR]
        their_used |= ((1 << ways[at, THEIR_COUNT]) - 1) << ways[at, THEIR]
    our_left, our_rarest, our_number, our_words = left(ours, mine, our_used)
    their_left, their_rarest, their_number, their_words = left(theirs, other, their_used)
    out[AGREEMENT] = 2.0 * agreed / (2.0 * weight + our_left + their_left) if count else 0.0
    out[OURS_COVERED] = agreed / (weight + our_left) if count else 0.0
    out[THEIRS_COVERED] = agreed / (weight + their_left) if count else 0.0
    out[LEAST_COVERED] = min(out[OURS_COVERED], out[THEIRS_COVERED])
    out[OURS_RAREST_LEFT], out[THEIRS_RAREST_LEFT] = our_rarest, their_rarest
    out[OURS_LEFT], out[THEIRS_LEFT] = our_words, their_words
    out[MASS], out[WORDS_MATCHED] = agreed, count
    out[WEAKEST] = least / 1e3 if count else 0.0
    if agreed > 0.0:
        out[EXACT_SHARE], out[SOUND_SHARE] = exact / agreed, sound / agreed
        out[JOINED_SHARE], out[INITIAL_SHARE] = joined / agreed, initial / agreed
    out[NUMERALS_DIFFER] = 1.0 if our_number and their_number else 0.5 if our_number or their_number else 0.0
    our_telling, their_telling = telling(ours, mine), telling(theirs, other)
    out[SINGLE_WORD] = 1.0 if min(our_telling, their_telling) <= 1 else 0.0
    out[OUR_WORDS], out[THEIR_WORDS] = min(our_telling, 4), min(their_telling, 4)
    out[BALANCE] = agreed - our_left - their_left / 2.0
    letters = 0
    for at in range(count):
        letters += letters_of(ours, mine, ways[at, OUR], ways[at, OUR_COUNT]) * ways[at, LIKE]
    out[LETTERS_MATCHED] = letters / 1e3


@compiled
def letters_of(words: Words, row: Array, start: int, count: int) -> int:
    """Letters of some neighbouring words of a name that tell who is meant."""
    letters = 0
    for at in range(start, start + count):
        if words.table[row[at], WEIGHT] >= TELLING:
            letters += words.spelling[words.table[row[at], SPELLED], LENGTH]
    return letters


@compiled
def left(words: Words, row: Array, used: int) -> tuple[float, float, bool, int]:
    """Of the words that were set against none: weight, weight of the rarest, whether a numeral, how many that tell."""
    total, rarest, numeral, count = 0.0, 0.0, False, 0
    for at in range(len(row)):
        if used >> at & 1:
            continue
        weight = words.table[row[at], WEIGHT] / 1e3
        total += weight
        if words.table[row[at], FLAGS] & NUMERAL:
            numeral = True
        elif weight * 1e3 >= TELLING:
            count += 1
            rarest = max(rarest, weight)
    return total, rarest, numeral, count


@compiled
def telling(words: Words, row: Array) -> int:
    """How many words of a name tell who is meant."""
    count = 0
    for word in row:
        count += words.table[word, WEIGHT] >= TELLING and not words.table[word, FLAGS] & (NUMERAL | INITIAL | MINOR)
    return count


@compiled
def ends(ours: Words, mine: Array, theirs: Words, other: Array, grid: Array, out: Array) -> None:
    """Likeness of the first telling words of both names, and of the last."""
    one, two = edge(ours, mine, 1), edge(theirs, other, 1)
    out[FIRST_WORD] = grid[one, two] / 1e3
    one, two = edge(ours, mine, -1), edge(theirs, other, -1)
    out[LAST_WORD] = grid[one, two] / 1e3


@compiled
def edge(words: Words, row: Array, step: int) -> int:
    """Place of the first (step 1) or last (-1) word that tells; of the first or last word where none does."""
    at = 0 if step == 1 else len(row) - 1
    start = at
    while 0 <= at < len(row):
        if words.table[row[at], WEIGHT] >= TELLING and not words.table[row[at], FLAGS] & (NUMERAL | INITIAL | MINOR):
            return at
        at += step
    return start


@compiled
def acronym(ours: Words, mine: Array, theirs: Words, other: Array) -> bool:
    """True when one word of ours is made of the first letters of three or more words of theirs."""
    if len(other) < 3:
        return False
    for word in mine:
        spelling = ours.table[word, SPELLED]
        size = ours.spelling[spelling, LENGTH]
        if size < 3 or size > len(other):
            continue
        at, start = 0, ours.spelling[spelling, AT]
        for one in other:
            first = theirs.chars[theirs.spelling[theirs.table[one, SPELLED], AT]]
            if at < size and ours.chars[start + at] == first:
                at += 1
            elif not theirs.table[one, FLAGS] & MINOR:
                at = -1
                break
        if at == size:
            return True
    return False


@compiled
def measure(
    ours: Words, our_rows: Rows, left: Array, theirs: Words, their_rows: Rows, right: Array, bits: Array
) -> tuple[Array, Array, Array]:
    """The features of pairs of names, a row for each; and their alignments, one after another with their ranges."""
    out = np.zeros((len(left), MANY), np.float32)
    of, kept = np.zeros(len(left) + 1, np.int64), np.empty((4 * len(left) + MOST_WORDS) * COLUMNS, np.int16)
    ways, grid = np.empty((MOST_OPTIONS + 1, COLUMNS), np.int64), np.zeros((MOST_WORDS, MOST_WORDS), np.int64)
    text = np.zeros((2, MOST_JOINED + 4), np.uint8)
    for at in range(len(left)):
        count = compare(ours, our_rows, left[at], theirs, their_rows, right[at], ways, grid, text, bits, out[at])
        if (of[at] + count) * COLUMNS > len(kept):
            kept = grown(kept)
        for way in range(count):
            for column in range(COLUMNS):
                kept[(of[at] + way) * COLUMNS + column] = min(ways[way, column], 32767)
        of[at + 1] = of[at] + count
    return out, of, kept
