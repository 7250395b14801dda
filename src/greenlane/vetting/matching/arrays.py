"""The arrays in which names and words are held for compiled functions (background investigation, 6 USC 964(b))."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

LETTERS = 37
"""Codes of the characters of a spelling: 1-26 the letters, 27-36 the digits; 0 is none."""
NUMERAL, INITIAL, MINOR = 1, 2, 4
"""Flags of a word: a numeral; a single letter; a generic word, particle or title."""
LONGEST = 30
"""Characters of a word that are compared; two such words written together fit the 64 bits of the edit distance."""
MOST_WORDS = 24
"""Words of a name that are compared."""
FILTER_BITS = 23
"""Bits of the end of a key that `KeyIndex.filter` goes by."""
MOST_JOINED = 60
"""Characters of a whole name that are compared."""


ORIGINAL, FLAGS, WEIGHT, PERSON, RANK, SPELLED, SPELLED_END, SKELETONS, SOUNDS, GROUPS, GROUPS_END, MARK = range(12)
"""Columns of the table of words."""
AT, LENGTH, LETTER_SET = range(3)
"""Columns of the table of spellings."""


class Words(NamedTuple):
    """The different words of one side, in few arrays, which compile much faster than many.

    ``table``: ORIGINAL and MARK are 64-bit hashes of the word in its own script (0 for none) and of its main spelling;
    WEIGHT in thousandths; RANK its place in the alphabet; SPELLED to SPELLED_END its rows of ``spelling``; SKELETONS to
    SOUNDS, SOUNDS to GROUPS and GROUPS to GROUPS_END its hashes in ``marks``.
    ``spelling``: a spelling is ``chars[AT:AT + LENGTH]``; LETTER_SET has a bit for each code that it has.
    """

    table: Array
    spelling: Array
    chars: Array
    marks: Array


FIRST, END, KINDS, TOTAL, FORMS, SCRIPT, TELLS, OWNER, NAME, TRI_TOTAL, TRIGRAMS, TRIGRAMS_END = range(12)
"""Columns of the table of rows."""


class Rows(NamedTuple):
    """The names of one side: words of a row are ``word[FIRST:END]``, in the order of the name.

    ``table``: KINDS has a bit for each party type that the row may be; TOTAL is the sum of the weights of its different
    words but initials; FORMS marks its legal forms, SCRIPT that it is not in Latin letters, TELLS that it says who is
    meant; OWNER is the party or entry, NAME the number of the name there; its trigrams with their weights are from
    TRIGRAMS to TRIGRAMS_END, TRI_TOTAL is the sum of these weights.
    """

    table: Array
    word: Array
    tri_key: Array
    tri_weight: Array


class KeyIndex(NamedTuple):
    """The words by key: those of bucket b are ``word[of[b]:of[b + 1]]``, in the order of their ``key``.

    ``filter`` has a bit for what a key ends with; most keys that are looked for are not there, and this says so.
    """

    filter: Array
    of: Array
    key: Array
    word: Array


class RowIndex(NamedTuple):
    """The rows of a side by word, and by trigram with its weight in the row."""

    row_of: Array
    row: Array
    tri_of: Array
    tri_row: Array
    tri_weight: Array


class Edges(NamedTuple):
    """The token graph: the words of the other side that are like word w are ``word[of[w]:of[w + 1]]``."""

    of: Array
    word: Array
    likeness: Array


def ranges(lengths: list[int] | Array) -> Array:
    """Where each of several runs of these lengths begins, and where the last ends."""
    out = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=out[1:])
    return out
