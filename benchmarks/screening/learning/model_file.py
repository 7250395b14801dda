"""Write a model of the matching engine: what was learnt, and what stays as it was (964(b))."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Bins = Mapping[str, tuple[list[float], list[int]]]
KEPT = ("threshold", "name_most", "gate", "parts", "marks")
"""Set by judgement, not learnt: they are carried over from the file in place."""


@dataclass(frozen=True)
class Learnt:
    """The scorecard of each kind (base and bins), and the weights of words below the full one."""

    version: str
    cards: Mapping[str, tuple[int, Bins]]
    rarity: Mapping[str, Mapping[str, int]]


def frame(path: Path) -> dict[str, Any]:
    """What is carried over from the file in place."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: raw[name] for name in KEPT}


def render(learnt: Learnt, kept: Mapping[str, Any]) -> str:
    """The file's text: equal input gives equal text."""
    lines = [
        "# The model of the name-matching engine, learnt by 'python -m benchmarks.screening.learning'.",
        "# docs/reference/screening-model.md says from what, how well it does, and where it fails. Do not edit by hand",
        "# what is learnt: the scorecards and the weights of words. The rest was set by judgement.",
        f'version = "{learnt.version}"',
        f"threshold = {kept['threshold']}",
        f"name_most = {kept['name_most']}",
    ]
    for name in ("gate", "parts", "marks"):
        lines += ["", f"[{name}]", *(f"{key} = {value}" for key, value in kept[name].items())]
    for kind, (base, bins) in learnt.cards.items():
        lines += ["", f"[{kind}]", f"base = {base}"]
        for feature, (edges, points) in bins.items():
            lines += [f"[{kind}.{feature}]", f"edges = {edges}", f"points = {points}"]
    for kind, words in learnt.rarity.items():
        lines += ["", f"[rarity.{kind}]", "default = 1000", f"[rarity.{kind}.words]"]
        lines += [f"{word} = {weight}" for word, weight in sorted(words.items())]
    return "\n".join(lines) + "\n"
