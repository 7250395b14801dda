"""Points of names by a scorecard: whole numbers that add up (background investigation, 6 USC 964(b))."""

from __future__ import annotations

import numpy as np

from greenlane.vetting.matching.arrays import Array
from greenlane.vetting.matching.features import column
from greenlane.vetting.matching.model import Card, Model

TENTHS = 10
"""Cards count in tenths of points; only the sum is rounded, half upwards."""
PERSON_BIT, ORGANISATION_BIT, VESSEL_BITS = 1, 2, 12


def name_points(model: Model, features: Array, kinds: Array) -> Array:
    """The points of pairs of names, 0 to ``model.name_most``; *kinds* has the bits of the types that both may be."""
    out = np.zeros(len(features), np.int32)
    person = kinds & PERSON_BIT > 0
    vessel = ~person & (kinds & ORGANISATION_BIT == 0) & (kinds & VESSEL_BITS > 0)
    for kind, rows in (("person", person), ("vessel", vessel), ("organisation", ~person & ~vessel)):
        if rows.any():
            out[rows] = card_points(model.cards[kind], features[rows])
    # Sister ships have one name and their numerals: 'No. 6' is never 'No. 8'.
    out[vessel & (features[:, column("numerals_differ")] == 1)] = 0
    return np.clip((out + TENTHS // 2) // TENTHS, 0, model.name_most)


def card_points(card: Card, features: Array) -> Array:
    """Base and the bin of each feature, added up, in tenths of points; not clipped."""
    total = np.full(len(features), card.base, np.int32)
    for name, (edges, points) in card.bins.items():
        total += np.array(points, np.int32)[np.searchsorted(edges, features[:, column(name)], side="right")]
    return total
