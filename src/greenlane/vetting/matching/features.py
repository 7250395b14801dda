"""What is measured of two names, by which their likeness is judged (background investigation, 6 USC 964(b))."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np

from greenlane.vetting.lists.entries import PartyType
from greenlane.vetting.matching.arrays import Array
from greenlane.vetting.matching.kernel_align import COLUMNS
from greenlane.vetting.matching.kernel_features import measure
from greenlane.vetting.matching.kernel_text import scratch
from greenlane.vetting.matching.model import Model, shipped
from greenlane.vetting.matching.names import PreparedName
from greenlane.vetting.matching.sides import Side, SideBuilder

_MEASURED: Final = (
    ("agreement", 1),  # agreeing weight twice, of the weight of both names
    ("ours_covered", 1),  # of our weight
    ("theirs_covered", 1),
    ("ours_rarest_left", -1),  # the rarest word of ours that agrees with none
    ("theirs_rarest_left", -1),
    ("mass", 1),  # agreeing weight, in rare words
    ("exact_share", 1),  # of the agreeing weight, what is spelled alike or known to be the same
    ("sound_share", 0),
    ("joined_share", 0),
    ("initial_share", -1),
    ("weakest", 1),  # likeness of the least alike pair of telling words
    ("sorted_ratio", 1),  # likeness of the whole names with sorted words
    ("joined_ratio", 1),  # of the whole names without spaces
    ("first_word", 1),
    ("last_word", 1),
    ("numerals_differ", -1),  # 1 different numerals, 0.5 a numeral on one side only
    ("words_matched", 1),  # number of agreements
    ("ours_left", -1),  # number of telling words of ours that agree with none
    ("theirs_left", -1),
    ("truncated", 1),  # one whole name is the beginning of the other, at 28 characters or more
    ("forms_differ", -1),  # 1 different legal forms, 0.5 a form on one side only
    ("original_script", 0),  # one of the names is not written in Latin letters
    ("acronym", 1),
    ("least_covered", 1),  # the lesser of ours_covered and theirs_covered
    ("single_word", -1),  # one of the names has only one telling word
    ("letters_matched", 1),  # number of letters of telling words of ours that agree
    ("our_words", 0),  # number of telling words, 4 at most
    ("their_words", 0),
    ("balance", 1),  # agreeing weight, less what is left of ours, less half of what is left of theirs
)
FEATURES: Final[tuple[str, ...]] = tuple(name for name, _ in _MEASURED)
"""The names of the features, in the order of the columns of every matrix of features."""
DIRECTIONS: Final[tuple[int, ...]] = tuple(direction for _, direction in _MEASURED)
"""Of each feature: 1 more speaks for a match, -1 against, 0 either."""


def measured(ours: Side, left: Array, theirs: Side, right: Array) -> Array:
    """The features of pairs of rows of two sides: float32, one row for each pair, one column for each feature."""
    found: Array = measure(ours.words, ours.rows, left, theirs.words, theirs.rows, right, scratch())[0]
    return found


def alignments(ours: Side, left: Array, theirs: Side, right: Array) -> list[list[list[int]]]:
    """The alignments of pairs of rows of two sides: for each pair its agreements, in the columns of kernel_align."""
    _, of, ways = measure(ours.words, ours.rows, left, theirs.words, theirs.rows, right, scratch())
    flat, ends = ways[: of[-1] * COLUMNS].reshape(-1, COLUMNS).tolist(), of.tolist()
    return [flat[start:stop] for start, stop in pairwise(ends)]


def pair_features(ours: PreparedName, theirs: PreparedName, model: Model | None = None) -> Array:
    """The features of two prepared names, the best of all their readings; the same numbers as through an index.

    'Best' is the pair of readings with the greatest agreement, as long as the names are compared as of one type.
    """
    model = model or shipped()
    person = PartyType.PERSON in (ours.party_type, theirs.party_type)
    sides = []
    for name in (ours, theirs):
        builder = SideBuilder(model)
        for reading in (name, *name.variants):
            builder.add(reading, 1, person, 0, 0)
        sides.append(builder.side())
    one, two = sides
    left, right = np.divmod(np.arange(len(one) * len(two)), len(two))
    every = measured(one, left.astype(np.int32), two, right.astype(np.int32))
    best: Array = every[np.lexsort((every[:, FEATURES.index("sorted_ratio")], every[:, 0]))[-1]]
    return best


@cache
def column(name: str) -> int:
    """The column of a feature."""
    return FEATURES.index(name)
