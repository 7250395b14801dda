"""The arrays in which names and their words are held for compiled functions (background investigation, 6 USC 964(b))."""

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
MOST_JOINED = 60
"""Characters of a whole name that are compared."""


class Words(NamedTuple):
    """The different words of one side; ``weight`` in thousandths, marks are 64-bit hashes with 0 for none.

    ``sp_of``, ``sk_of``, ``so_of`` and ``gr_of`` give for each word the range of its spellings, skeletons, sounds and
    groups; ``rank`` its place in the alphabet. A spelling lies in ``chars``
    from ``sp_at`` for ``sp_len`` codes, and ``sp_set`` has a bit for each letter that it has.
    """

    mark: Array
    original: Array
    flags: Array
    weight: Array
    person: Array
    rank: Array
    sp_of: Array
    sp_at: Array
    sp_len: Array
    sp_set: Array
    chars: Array
    sk_of: Array
    skeletons: Array
    so_of: Array
    sounds: Array
    gr_of: Array
    groups: Array


class Rows(NamedTuple):
    """The names of one side: words of row r are ``word[of[r]:of[r + 1]]``, in the order of the name.

    ``kinds`` has a bit for each party type the row may be; ``total`` is the sum of the weights of its different words;
    ``forms`` marks its legal forms, ``script`` that it is not in Latin letters, ``tells`` that it says who is meant.
    ``owner`` is the party or entry, ``name`` the number of the name there.
    ``tri_*`` are its trigrams with their weights, ``norm`` the sum of the squares of these.
    """

    of: Array
    word: Array
    kinds: Array
    total: Array
    forms: Array
    script: Array
    tells: Array
    owner: Array
    name: Array
    tri_of: Array
    tri_key: Array
    tri_weight: Array
    norm: Array


class Postings(NamedTuple):
    """Where to find the words of a side by key, the rows by word, and the rows by trigram."""

    key_of: Array
    key: Array
    key_word: Array
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
