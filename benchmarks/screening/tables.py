"""The tables that the benchmark of screening prints (964(b))."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rich.table import Table

from benchmarks.scratch import percentile
from benchmarks.screening import figures, sources
from benchmarks.screening.perturb import GROUP
from benchmarks.screening.sets import Query, Sets

CORES = 2
"""Speeds are for each second of two processors, as the field's own figures are."""


@dataclass(frozen=True)
class Pairs:
    """All pairs to score in one run, with the places of each set among ``rows`` (kind, one, two)."""

    rows: tuple[tuple[str, str, str], ...]
    places: dict[str, slice]
    same: dict[str, np.ndarray]
    portal: np.ndarray
    frozen: np.ndarray

    @classmethod
    def of(cls, everything: Sets) -> Pairs:
        portal = [row for row in sources.portal_scores() if row[2] >= 0]
        scripts, factories = sources.script_pairs(), sources.factory_pairs()
        judged = {
            "held out": everything.evaluation.pairs,
            "learnt": everything.learning.pairs,
            "scripts": scripts,
            "factories": factories,
        }
        rows: list[tuple[str, str, str]] = []
        places = {}
        for name, pairs in judged.items():
            places[name] = slice(len(rows), len(rows) + len(pairs))
            rows += [(pair.kind, pair.one, pair.two) for pair in pairs]
        places["portal"] = slice(len(rows), len(rows) + len(portal))
        rows += [("person" if "," in listed else "organisation", query, listed) for query, listed, _ in portal]
        same = {name: np.array([pair.same for pair in pairs]) for name, pairs in judged.items()}
        known = sources.frozen_scores()
        frozen = [known.get((p.schema, p.one, p.two), np.nan) for p in everything.evaluation.pairs]
        return cls(tuple(rows), places, same, np.array([score for *_, score in portal]), np.array(frozen))


def all_tables(found: Sequence[Any], queries: Sequence[Query], pairs: Pairs) -> Iterator[Table]:
    yield _recall(found)
    yield _classes(found, queries)
    yield _judged(found, pairs)
    yield _speed(found)
    yield from _extra(found)


def _recall(found: Sequence[Any]) -> Table:
    table = Table("recall of the true party", *[f"at {rate:.1%} false alerts" for rate in figures.RATES], "thresholds")
    for one in found:
        cells = []
        for rate in figures.RATES:
            low, high = figures.spread(one.best, rate)
            held = figures.recall(one.best, figures.threshold_at(one.best, rate))
            cells.append(f"{held:.3f} ({low:.2f} to {high:.2f})")
        thresholds = " ".join(f"{figures.threshold_at(one.best, rate):.3g}" for rate in figures.RATES)
        table.add_row(one.name, *cells, thresholds)
    return table


def _classes(found: Sequence[Any], queries: Sequence[Query]) -> Table:
    table = Table("recall by class, at 1 % / 0.1 %", "group", "n", *[one.name for one in found])
    parts = [(figures.by_class(one.best, queries, 0.01), figures.by_class(one.best, queries, 0.001)) for one in found]
    for name, group in GROUP.items():
        number = sum(query.group == name for query in queries)
        cells = [f"{loose.get(name, 0):.2f} / {tight.get(name, 0):.2f}" for loose, tight in parts]
        table.add_row(name, group, str(number), *cells)
    return table


def _judged(found: Sequence[Any], pairs: Pairs) -> Table:
    table = Table(
        "judged pairs", "F1 held out", "F1, threshold learnt", "AUC", "factories F1", "portal: rank", "within 5"
    )
    held, learnt = pairs.same["held out"], pairs.same["learnt"]
    rows = [(one.name, one.pairs) for one in found]
    for name, scores in rows:
        figure = figures.pair_figures(scores[pairs.places["held out"]], held, scores[pairs.places["learnt"]], learnt)
        portal, factory = scores[pairs.places["portal"]], scores[pairs.places["factories"]]
        scaled = portal * (100 if portal.max() <= 1.5 else 1)
        table.add_row(
            name,
            f"{figure.f1:.3f}",
            f"{figure.f1_learnt:.3f}",
            f"{figure.auc:.3f}",
            f"{figures.pair_figures(factory, pairs.same['factories'], factory, pairs.same['factories']).f1:.3f}",
            f"{figures.rank_correlation(portal, pairs.portal):.2f}",
            f"{np.mean(np.abs(scaled - pairs.portal) <= 5):.0%}",
        )
    known = ~np.isnan(pairs.frozen)
    scores, same = pairs.frozen[known], held[known]
    best = figures.best_threshold(scores, same)
    cells = (f"{figures.f1(scores, same, best):.3f}", f"{figures.f1(scores, same, 0.7):.3f} (at 0.7)")
    table.add_row(f"logic-v2, published ({known.sum()} pairs)", *cells, f"{figures.auc(scores, same):.3f}", "", "", "")
    return table


def _speed(found: Sequence[Any]) -> Table:
    columns = (
        "names / 2-core CPU-s cold",
        "warm",
        "names / s wall cold",
        "warm",
        "build s (CPU)",
        "one: p50 ms",
        "p99 ms",
    )
    table = Table("speed", *columns, "MB")
    for one in found:
        result = one.result
        names, single = result["names"], result["single"]
        table.add_row(
            one.name,
            *[f"{CORES * names / result[part][1]:,.0f}" for part in ("cold", "warm")],
            *[f"{names / result[part][0]:,.0f}" for part in ("cold", "warm")],
            f"{result['built'][0]:.1f} ({result['built'][1]:.1f})",
            f"{percentile(single, 0.5) * 1000:.1f}",
            f"{percentile(single, 0.99) * 1000:.1f}",
            f"{result['megabytes']:,.0f}",
        )
    return table


def _extra(found: Sequence[Any]) -> Iterator[Table]:
    for one in found:
        if one.result["extra"]:
            table = Table(f"{one.name}: more", "")
            for what, value in one.result["extra"].items():
                table.add_row(what, str(value))
            yield table
