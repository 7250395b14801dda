"""The model of the engine: weights that are frozen under a version, read from a small text file (6 USC 964(b))."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from greenlane.vetting.matching.names import Mark, Token

SHIPPED: Final = "names-2"
FOLDER: Final = Path(__file__).parent / "models"
KINDS: Final = ("person", "organisation", "vessel")
"""The kinds of names that are judged by scorecards of their own."""
_BY_LENGTH = {1: 150, 2: 500, 3: 800}  # thousandths that a short word tells at most
_BY_MARK = (
    (Mark.INITIAL, "initial"),
    (Mark.TITLE, "title"),
    (Mark.PARTICLE, "particle"),
    (Mark.GENERIC, "generic"),
    (Mark.PLACE, "place"),
)


@dataclass(frozen=True)
class Card:
    """A scorecard: points of the bins of each feature; bin n begins at edge n - 1 (``searchsorted``, side 'right')."""

    base: int
    bins: Mapping[str, tuple[tuple[float, ...], tuple[int, ...]]]


@dataclass(frozen=True)
class Model:
    """Everything by which the engine weighs. A score depends on party, entry and model, on nothing else on a list.

    ``name_most`` is the most that a name can bring; ``threshold`` the least score that makes a hit; ``gate`` the
    thresholds of candidate selection in thousandths; ``parts`` the points of what is known beside the name; ``marks``
    and ``rarity`` how much words tell, in thousandths.
    """

    version: str
    threshold: int
    name_most: int
    gate: tuple[int, int, int, int]
    parts: Mapping[str, int]
    marks: Mapping[str, int]
    default: Mapping[str, int]
    rarity: Mapping[str, Mapping[str, int]]
    cards: Mapping[str, Card]

    def weight(self, token: Token, person: bool) -> int:
        """How much a word tells, from 1 to 1000: by its mark, else by how many names have it."""
        kind = "person" if person else "organisation"
        if token.marks & Mark.NUMERAL:
            return self.marks["numeral"]
        most = _BY_LENGTH.get(len(token.text), 1000)
        for mark, name in _BY_MARK:
            if token.marks & mark:
                most = min(most, self.marks[name])
        return max(1, min(most, self.rarity[kind].get(token.text, self.default[kind])))


def read_model(path: Path) -> Model:
    """Read a model file. Raises ValueError, naming the file, where it is not a model."""
    try:
        return _model(tomllib.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError) as wrong:
        raise ValueError(f"{path.name} is not a model of the matching engine: {wrong!r}") from wrong


@cache
def shipped() -> Model:
    """The model that the project ships."""
    return read_model(FOLDER / f"{SHIPPED}.toml")


def _model(raw: dict[str, Any]) -> Model:
    gate = raw["gate"]
    rarity = raw["rarity"]
    return Model(
        version=str(raw["version"]),
        threshold=_whole(raw["threshold"]),
        name_most=_whole(raw["name_most"]),
        gate=(gate["both"], gate["one"], gate["other"], gate["trigrams"]),
        parts={str(name): _whole(value) for name, value in raw["parts"].items()},
        marks={name: _whole(raw["marks"][name]) for name in ("numeral", *(name for _, name in _BY_MARK))},
        default={kind: _whole(rarity[kind]["default"]) for kind in ("person", "organisation")},
        rarity={kind: dict(rarity[kind]["words"]) for kind in ("person", "organisation")},
        cards={kind: _card(raw[kind] if kind in raw else raw["organisation"]) for kind in KINDS},
    )


def _card(raw: Mapping[str, Any]) -> Card:
    bins = {}
    for name, bin_ in raw.items():
        if name == "base":
            continue
        edges, points = tuple(float(edge) for edge in bin_["edges"]), tuple(map(_whole, bin_["points"]))
        if len(points) != len(edges) + 1 or list(edges) != sorted(edges):
            raise ValueError(f"{name} needs ascending edges and one point more than edges")
        bins[name] = (edges, points)
    return Card(_whole(raw["base"]), bins)


def _whole(value: object) -> int:
    if isinstance(value, int):
        return value
    raise TypeError(f"{value!r} is no whole number")
