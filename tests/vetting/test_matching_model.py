"""The model file, what is measured of a pair of names, and how points follow from it (6 USC 964(b))."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from numba import njit

from greenlane.vetting.lists.entries import ListedName, ListEntry, NameKind, PartyType
from greenlane.vetting.matching import kernel_features
from greenlane.vetting.matching.compiled import compiled
from greenlane.vetting.matching.features import DIRECTIONS, FEATURES, column, pair_features
from greenlane.vetting.matching.model import FOLDER, KINDS, SHIPPED, Card, read_model, shipped
from greenlane.vetting.matching.names import prepare
from greenlane.vetting.matching.parties import Party
from greenlane.vetting.matching.scorecard import card_points
from greenlane.vetting.matching.screener import NameScreener

pytestmark = pytest.mark.clause("6 USC 964(b)")

ORG, PERSON = PartyType.ORGANISATION, PartyType.PERSON


def measured(ours, theirs, kind=ORG):
    values = pair_features(prepare(ours, kind), prepare(theirs, kind))
    return {name: float(values[at]) for at, name in enumerate(FEATURES)}


def test_every_feature_has_its_column_and_its_direction():
    assert len(FEATURES) == len(set(FEATURES)) == len(DIRECTIONS) == kernel_features.MANY
    for at, name in enumerate(FEATURES):
        assert getattr(kernel_features, name.upper()) == at == column(name)


def test_the_shipped_model_knows_its_features_and_keeps_their_directions():
    model = shipped()
    assert model.version == SHIPPED
    assert set(model.cards) == set(KINDS)
    for card, (name, (_, points)) in ((c, bin_) for c in model.cards.values() for bin_ in c.bins.items()):
        assert card.base is not None
        direction = DIRECTIONS[column(name)]
        steps = [after - before for before, after in itertools.pairwise(points)]
        assert all(step * direction >= 0 for step in steps), name


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        ("version = ", "versions = "),
        ("threshold = 50", "threshold = 50.5"),
        ("[gate]", "[gates]"),
        ("[rarity.person.words]", "[rarity.person.wordy]"),
        ("[person]", "[person"),
    ],
)
def test_a_damaged_model_is_refused_by_name(tmp_path: Path, found: str, instead: str):
    text = (FOLDER / f"{SHIPPED}.toml").read_text()
    assert found in text
    path = tmp_path / "odd.toml"
    path.write_text(text.replace(found, instead, 1))
    with pytest.raises(ValueError, match=r"odd\.toml is not a model"):
        read_model(path)


def test_points_are_those_of_the_bin_that_a_value_falls_into():
    card = Card(5, {"agreement": ((0.5, 0.75), (0, 10, 30)), "numerals_differ": ((0.9,), (0, -7))})
    values = np.zeros((4, len(FEATURES)), np.float32)
    values[:, column("agreement")] = [0.49, 0.5, 0.75, 1.0]
    values[3, column("numerals_differ")] = 1.0
    assert card_points(card, values).tolist() == [5, 15, 35, 28]


def test_what_is_measured_of_two_names():
    same = measured("Zarnovia Quibble Ltd", "ZARNOVIA QUIBBLE LIMITED")
    assert (same["agreement"], same["exact_share"], same["forms_differ"], same["ours_left"]) == (1, 1, 0, 0)
    less = measured("Zarnovia Quibble Inc", "Zarnovia Mollifer Ltd")
    assert (less["ours_left"], less["theirs_left"], less["forms_differ"]) == (1, 1, 1)
    assert less["agreement"] == pytest.approx(0.5, abs=0.01)
    assert measured("Zarnovia Quibble", "Zarnoviaquibble")["joined_share"] == 1
    assert measured("J. Quibble", "Jorg Quibble", PERSON)["initial_share"] > 0
    assert measured("Zarnovia 6", "Zarnovia 8")["numerals_differ"] == 1
    assert measured("Zarnovia 6", "Zarnovia")["numerals_differ"] == 0.5
    assert measured("ZQM", "Zarnovia Quibble Mollifer")["acronym"] == 1
    assert measured("Quibblezarnovia", "Zarnovia Quibble")["joined_ratio"] == 1
    assert measured("", "Zarnovia")["agreement"] == 0


def test_a_pair_is_measured_as_through_the_index():
    names = ["Zarnovia Shipping (ZRN) Ltd", "Zarnovya Ship", "Quibble & Sons", "International Zarnovia Shipping"]
    entries = [ListEntry("T", str(n), ORG, (ListedName(name, NameKind.PRIMARY),)) for n, name in enumerate(names)]
    engine = NameScreener(entries)
    parties = [Party(str(n), "x", ORG, (name,)) for n, name in enumerate(names)]
    owners, rows, values = engine.candidates(parties)
    assert len(values) >= 6
    for party, entry in {(int(p), int(engine.row_entry[r])) for p, r in zip(owners, rows, strict=True)}:
        mine = values[(owners == party) & (engine.row_entry[rows] == entry)]
        best = mine[np.lexsort((mine[:, column("sorted_ratio")], mine[:, 0]))[-1]]
        assert best == pytest.approx(pair_features(prepare(names[party], ORG), prepare(names[entry], ORG)))


def test_weights_are_frozen_and_short_words_tell_less():
    model = shipped()
    rare, short, common, number = prepare("Zarnovia zq International 77", ORG).tokens
    assert model.weight(rare, False) == model.default["organisation"]
    assert model.weight(short, False) <= 500
    assert model.weight(common, False) == model.marks["generic"]
    assert model.weight(number, False) == model.marks["numeral"]


def test_no_folder_to_keep_compiled_functions_is_no_obstacle(monkeypatch):
    """numba raises where neither the source's folder nor the user's may be written; then it compiles in memory."""
    monkeypatch.setattr("numba.core.caching.CacheImpl._locator_classes", [])

    def twice(value: int) -> int:
        return value + value

    with pytest.raises(RuntimeError, match="cannot cache"):
        njit(cache=True)(twice)
    assert compiled(twice)(21) == 42
