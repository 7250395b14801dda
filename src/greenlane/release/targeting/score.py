"""A targeting score, the number that a policy lowers: anything that gives points to entries, and one that is trained.

In the United States the Automated Targeting System supplies the score. The one here stands in for it where none is at
hand: it is trained on declarations that were inspected, and its points are no statement about a company.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from greenlane.release.engine.inputs import MOST_POINTS
from greenlane.release.targeting.declarations import AMOUNTS, Declaration

if TYPE_CHECKING:
    from numpy.typing import NDArray

CATEGORIES = (
    "Office ID",
    "Process Type",
    "Import Type",
    "Import Use",
    "Payment Type",
    "Mode of Transport",
    "Declarant ID",
    "Importer ID",
    "Seller ID",
    "Courier ID",
    "HS6 Code",
    "Country of Departure",
    "Country of Origin",
    "Tax Type",
    "Country of Origin Indicator",
)
ROUNDS = 100


class TargetingScore(Protocol):
    """Anything that can stand where the Automated Targeting System stands."""

    def points(self, declarations: Sequence[Declaration]) -> NDArray[np.int64]:
        """Points from 0 to ``MOST_POINTS`` for each, more where more is to be feared."""
        ...


@dataclass(frozen=True)
class Scale:
    """From a probability to points: *cut* becomes the high-risk *threshold*, 0 stays 0 and 1 is ``MOST_POINTS``."""

    cut: float
    threshold: int

    def points(self, chances: NDArray[np.float64]) -> NDArray[np.int64]:
        below = chances / max(self.cut, 1e-12) * self.threshold
        above = self.threshold + (chances - self.cut) / max(1 - self.cut, 1e-12) * (MOST_POINTS - self.threshold)
        return np.where(chances < self.cut, below, above).astype(np.int64).clip(0, MOST_POINTS)


@dataclass(frozen=True)
class TrainedScore:
    """Gradient-boosted trees over the columns of a declaration. ``codes``: each category's values and their numbers."""

    model: str
    codes: dict[str, dict[str, int]]
    scale: Scale
    unit_price: bool = True

    def chances(self, declarations: Sequence[Declaration]) -> NDArray[np.float64]:
        """The probability that inspection finds fraud, for each."""
        import lightgbm

        booster = lightgbm.Booster(model_str=self.model)
        return np.asarray(booster.predict(features(declarations, self.codes, unit_price=self.unit_price)))

    def points(self, declarations: Sequence[Declaration]) -> NDArray[np.int64]:
        return self.scale.points(self.chances(declarations))

    def to_json(self) -> str:
        """The whole score as text, to be kept in a file."""
        scale = {"cut": self.scale.cut, "threshold": self.scale.threshold}
        return json.dumps(
            {"model": self.model, "codes": self.codes, "scale": scale, "unit_price": self.unit_price}, sort_keys=True
        )

    @classmethod
    def from_json(cls, text: str) -> TrainedScore:
        """The score that ``to_json`` wrote. Raises ValueError, KeyError or TypeError for other text."""
        data = json.loads(text)
        return cls(data["model"], data["codes"], Scale(**data["scale"]), data["unit_price"])


def features(
    declarations: Sequence[Declaration], codes: dict[str, dict[str, int]], *, unit_price: bool
) -> NDArray[np.float64]:
    """One row for each declaration: categories as numbers (-1 for one never seen), amounts, the price of a kilogram."""
    columns = [
        np.array([codes[name].get(one.columns[name], -1) for one in declarations], dtype=np.float64)
        for name in CATEGORIES
    ]
    amounts = {name: np.array([_amount(one.columns[name]) for one in declarations]) for name in AMOUNTS}
    if unit_price:
        amounts["unit"] = amounts["Item Price"] / np.maximum(amounts["Net Mass"], 1e-9)
    return np.column_stack([*columns, *amounts.values()])


def _amount(text: str) -> float:
    return float(text) if text else float("nan")


def train(
    inspected: Sequence[Declaration],
    *,
    threshold: int,
    high_risk_permille: int = 50,
    seed: int = 0,
    unit_price: bool = True,
    leaves: int = 63,
) -> TrainedScore:
    """Learn from inspected declarations; the same data and seed give the same score.

    ``high_risk_permille``: how many in a thousand of the *inspected* reach the *threshold*. Raises ValueError when no
    declaration, or every one, is a fraud: then there is nothing to learn.
    """
    import lightgbm

    labels = np.array([one.fraud for one in inspected], dtype=np.int64)
    if not 0 < labels.sum() < len(labels):
        raise ValueError("a score is learnt from declarations with fraud and without")
    codes = {
        name: {value: n for n, value in enumerate(sorted({one.columns[name] for one in inspected}))}
        for name in CATEGORIES
    }
    rows = features(inspected, codes, unit_price=unit_price)
    booster = lightgbm.train(_settings(seed, leaves), lightgbm.Dataset(rows, labels), ROUNDS)
    cut = float(np.quantile(np.asarray(booster.predict(rows)), 1 - high_risk_permille / 1000))
    return TrainedScore(booster.model_to_string(), codes, Scale(cut, threshold), unit_price)


def _settings(seed: int, leaves: int) -> dict[str, Any]:
    return {
        "objective": "binary",
        "seed": seed,
        "num_leaves": leaves,
        "bagging_fraction": 0.9,
        "bagging_freq": 1,
        "feature_fraction": 0.9,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 2,
        "verbose": -1,
    }


def precision_at(chances: NDArray[np.float64], fraud: NDArray[np.bool_], percent: int) -> float:
    """The share of frauds among the *percent* of declarations with the greatest chances."""
    first = np.argsort(-chances, kind="stable")[: len(fraud) * percent // 100]
    return float(fraud[first].mean())
