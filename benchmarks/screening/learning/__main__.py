"""``python -m benchmarks.screening.learning [--each 400] [--out FILE]``: learn the model that the engine ships.

Reads the learning side of the lists, companies, persons and judged pairs alone; equal data gives an equal file.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.screening import sets
from benchmarks.screening.figures import best_of, threshold_at
from benchmarks.screening.learning import gather, model_file, rarity
from benchmarks.screening.learning.fit import Fitted, whole_points
from benchmarks.screening.learning.learner import SCREENING, Balance, learn_card
from benchmarks.screening.sets import Half, Query, Sets
from greenlane.vetting.matching.features import FEATURES
from greenlane.vetting.matching.model import FOLDER, KINDS, SHIPPED, Model, read_model

EACH = 400
"""Learning queries of every class of change."""
THRESHOLD_RATE = 0.005
"""Share of names that are not listed at which the threshold for an alert stands, on the learning side."""
TENTHS = 10
"""Bins have tenths of points; only their sum is rounded."""
SAME_NAME = "case and punctuation"
"""The class of change whose names should come out at the most that a name can bring."""


def learn(everything: Sets, frame: Path, version: str, balance: Balance | None = None) -> model_file.Learnt:
    """Learn rarity first, because the features rest on it, then the scorecards of persons and of organisations."""
    words = rarity.learn(everything)
    model = dataclasses.replace(read_model(frame), rarity=words, default=dict.fromkeys(words, 1000))
    engine = gather.Engine(everything.entries, model)
    families = np.array(everything.families)
    cards = {}
    for kind in ("person", "organisation"):
        half = _of_kind(everything.learning, kind)
        found = engine.candidates(half.queries)
        judged = gather.pair_table(half.pairs, model), np.array([pair.same for pair in half.pairs], dtype=bool)
        fitted = learn_card(half.queries, found, families, judged, balance or Balance())
        scores = fitted.logits(found.features, FEATURES)
        cards[kind] = _card(fitted, scores, half.queries, found, everything.families, model)
    return model_file.Learnt(version, cards | {"vessel": cards["organisation"]}, words)


def _of_kind(half: Half, kind: str) -> Half:
    queries = tuple(query for query in half.queries if query.kind == kind)
    pairs = tuple(pair for pair in half.pairs if (pair.kind == "person") == (kind == "person"))
    return Half(queries, pairs, half.dropped)


def _card(
    fitted: Fitted,
    scores: np.ndarray,
    queries: Sequence[Query],
    found: gather.Candidates,
    families: Sequence[int],
    model: Model,
) -> tuple[int, model_file.Bins]:
    """Logits become tenths of points.

    The threshold stands where few names that are not listed reach it, the most where the same name in other letters is.
    """
    lifted = np.exp(scores + fitted.offsets[SCREENING])
    best = best_of(queries, families, (found.query, found.entry, lifted))
    alert = float(np.log(threshold_at(best, THRESHOLD_RATE)))
    same = np.array([query.group == SAME_NAME for query in queries]) & (best.truth > 0)
    full = float(np.median(np.log(best.truth[same])))
    scale = TENTHS * (model.name_most - model.threshold) / (full - alert)
    bins, taken = whole_points(fitted, scale)
    base = round(TENTHS * model.threshold + (fitted.offsets[SCREENING] - alert) * scale) + taken
    return base, bins


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screening.learning", description=__doc__)
    parser.add_argument("--each", type=int, default=EACH)
    parser.add_argument("--version", default=SHIPPED)
    parser.add_argument("--frame", type=Path, default=FOLDER / f"{SHIPPED}.toml", help="what is not learnt is kept")
    parser.add_argument("--out", type=Path, help="where to write; the shipped file otherwise")
    chosen = parser.parse_args(arguments)
    learnt = learn(sets.build(teaching_each=chosen.each), chosen.frame, chosen.version)
    target = chosen.out or FOLDER / f"{chosen.version}.toml"
    target.write_text(model_file.render(learnt, model_file.frame(chosen.frame)), encoding="utf-8")
    sys.stdout.write(f"{target}: {_counts(learnt.cards)}, {sum(map(len, learnt.rarity.values()))} words\n")
    return 0


def _counts(cards: Mapping[str, tuple[int, model_file.Bins]]) -> str:
    return ", ".join(f"{kind} {sum(len(points) for _, points in cards[kind][1].values())} bins" for kind in KINDS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
