"""``python -m benchmarks.screening.learning [--each 400] [--out FILE]``: learn the model that the engine ships.

Reads the learning side of the lists, companies, persons and judged pairs alone; equal data gives an equal file.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.screening import sets
from benchmarks.screening.figures import Best, best_of
from benchmarks.screening.learning import gather, model_file, rarity
from benchmarks.screening.learning.fit import Fitted, whole_points
from benchmarks.screening.learning.learner import SCREENING, Balance, learn_card
from benchmarks.screening.sets import Half, Query, Sets
from greenlane.vetting.matching.features import FEATURES
from greenlane.vetting.matching.model import FOLDER, KINDS, SHIPPED, Model, read_model

EACH = 400
"""Learning queries of every class of change."""
SHARES = (0.25, 0.75)
"""Of the names that are not listed: persons and organisations, as in the evaluation."""
THRESHOLD_RATE = 0.005
"""Share of names that are not listed at which the threshold for an alert stands, on the learning side."""
TENTHS = 10
"""Bins have tenths of points; only their sum is rounded."""
SAME_NAME = "case and punctuation"
"""The class of change whose names should come out at the most that a name can bring."""


@dataclass(frozen=True)
class Scored:
    """One kind's scorecard, and the best logit of each of its queries, of any row and of the party that it names."""

    fitted: Fitted
    queries: tuple[Query, ...]
    best: Best


def learn(everything: Sets, frame: Path, version: str, balance: Balance | None = None) -> model_file.Learnt:
    """Learn rarity first, because the features rest on it, then the scorecards of persons and of organisations."""
    words = rarity.learn(everything)
    model = dataclasses.replace(read_model(frame), rarity=words, default=dict.fromkeys(words, 1000))
    engine = gather.Engine(everything.entries, model)
    families = np.array(everything.families)
    scored = {}
    for kind in ("person", "organisation"):
        half = _of_kind(everything.learning, kind)
        found = engine.candidates(half.queries)
        judged = gather.pair_table(half.pairs, model), np.array([pair.same for pair in half.pairs], dtype=bool)
        fitted = learn_card(half.queries, found, families, judged, balance or Balance())
        lifted = np.exp(fitted.logits(found.features, FEATURES) + fitted.offsets[SCREENING])
        best = best_of(half.queries, everything.families, (found.query, found.entry, lifted))
        scored[kind] = Scored(fitted, half.queries, best)
    cards = _cards(scored, model)
    return model_file.Learnt(version, cards | {"vessel": cards["organisation"]}, words)


def _of_kind(half: Half, kind: str) -> Half:
    queries = tuple(query for query in half.queries if query.kind == kind)
    pairs = tuple(pair for pair in half.pairs if (pair.kind == "person") == (kind == "person"))
    return Half(queries, pairs, half.dropped)


def _cards(scored: Mapping[str, Scored], model: Model) -> dict[str, tuple[int, model_file.Bins]]:
    """Logits become tenths of points, in one measure for all kinds, so that equal points are equal odds.

    The threshold stands where few names that are not listed reach it, the most where the same name in other letters is.
    """
    alert = float(np.log(_alert([one.best for one in scored.values()])))
    full = [
        np.log(truth)
        for one in scored.values()
        for query, truth in zip(one.queries, one.best.truth, strict=True)
        if query.group == SAME_NAME and truth > 0
    ]
    scale = TENTHS * (model.name_most - model.threshold) / (float(np.median(full)) - alert)
    cards = {}
    for kind, one in scored.items():
        bins, taken = whole_points(one.fitted, scale)
        base = TENTHS * model.threshold + (one.fitted.offsets[SCREENING] - alert) * scale
        cards[kind] = (round(base) + taken, bins)
    return cards


def _alert(kinds: Sequence[Best]) -> float:
    """The score that THRESHOLD_RATE of names that are not listed reach, every kind counting as in `SHARES`."""
    scores = [best.anything[~best.listed] for best in kinds]
    weights = np.concatenate([np.full(len(one), share / len(one)) for one, share in zip(scores, SHARES, strict=True)])
    every = np.concatenate(scores)
    if not every.any():
        raise ValueError("no name that is not listed is like a listed one, so there is nothing to set a threshold by")
    order = np.argsort(-every)
    reached = np.searchsorted(np.cumsum(weights[order]), THRESHOLD_RATE)
    return float(every[order[reached]])


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
