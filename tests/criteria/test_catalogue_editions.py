"""Several versions of the criteria, their differences, and their canonical form: 961(b)."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.criteria.catalogue import (
    Catalogue,
    CatalogueRefused,
    Criterion,
    Edition,
    Note,
    edition_from_json,
    edition_to_json,
    load_catalogue,
    number_order,
)

HARBOUR = Path(__file__).parents[1] / "programs" / "packs" / "harbour" / "criteria.yaml"
CATALOGUE = load_catalogue()


@pytest.fixture
def two_versions(tmp_path: Path) -> Catalogue:
    """The invented programme with an earlier version: no 2.R1, an extra 1.R4, another level and wording."""
    later = HARBOUR.read_text(encoding="utf-8")
    earlier = (
        later.replace('version: "first"', 'version: "draft"')
        .replace("2021-03-01", "2020-03-01")
        .replace('number: "2.R1"', 'number: "1.R4"')
        .replace("level_for: {courier: must}", "level_for: {courier: should}")
        .replace("counted each week", "counted each month")
    )
    (tmp_path / "2021.yaml").write_text(later, encoding="utf-8")
    (tmp_path / "2020.yaml").write_text(earlier, encoding="utf-8")
    return load_catalogue(tmp_path)


@pytest.mark.clause("6 USC 961(b)")
def test_the_edition_in_force_changes_on_its_day(two_versions: Catalogue) -> None:
    assert two_versions.edition("courier", date(2021, 2, 28)).version == "draft"
    assert two_versions.edition("courier", date(2021, 3, 1)).version == "first"
    assert two_versions.business_types == ("bonded_warehouse", "courier")


@pytest.mark.clause("6 USC 961(b)")
def test_rc_14_a_profile_follows_the_edition_in_force(two_versions: Catalogue) -> None:
    before = two_versions.profile("courier", date(2020, 6, 1))
    after = two_versions.profile("courier", date(2022, 6, 1))
    assert [c.number for c in before] == ["1.R2", "1.R4", "2.R2", "2.R10"]
    assert [c.number for c in after] == ["1.R2", "2.R1", "2.R2", "2.R10"]


@pytest.mark.clause("6 USC 961(b)")
def test_a_difference_names_what_is_added_removed_and_changed(two_versions: Catalogue) -> None:
    old = two_versions.edition("courier", date(2020, 6, 1))
    new = two_versions.edition("courier", date(2022, 6, 1))
    difference = Catalogue.difference(old, new)
    assert [c.number for c in difference.added] == ["2.R1"]
    assert [c.number for c in difference.removed] == ["1.R4"]
    assert [(c.number, c.parts) for c in difference.changed] == [("1.R2", ("level", "text"))]
    assert (difference.changed[0].old.level, difference.changed[0].new.level) == ("should", "must")
    assert difference
    assert not Catalogue.difference(new, new)


def test_a_difference_of_two_business_types_is_refused() -> None:
    importer, broker = (CATALOGUE.edition(code, date(2024, 1, 1)) for code in ("importer", "customs_broker"))
    with pytest.raises(ValueError, match="choose two versions of one business type"):
        Catalogue.difference(importer, broker)


@pytest.mark.parametrize("edition", CATALOGUE.editions, ids=lambda edition: edition.business_type)
def test_an_edition_survives_its_canonical_form(edition: Edition) -> None:
    text = edition_to_json(edition)
    assert edition_from_json(text) == edition
    assert edition_to_json(edition_from_json(text)) == text
    shuffled = json.dumps(dict(reversed(json.loads(text).items())), indent=3)
    assert edition_to_json(edition_from_json(shuffled)) == text


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"criteria": [3], "in_force_from": "2020-01-01"}', "{"])
def test_what_is_not_an_edition_is_refused(text: str) -> None:
    with pytest.raises(CatalogueRefused, match="not an edition of criteria in JSON"):
        edition_from_json(text)


def test_a_tampered_edition_is_refused() -> None:
    text = edition_to_json(CATALOGUE.edition("customs_broker", date(2024, 1, 1)))
    with pytest.raises(CatalogueRefused, match=r"the note of 9.1 stands under 8.1"):
        edition_from_json(text.replace('"note":{"number":"8.1"', '"note":{"number":"9.1"'))
    with pytest.raises(CatalogueRefused, match=r"1\.3 has level 'may'"):
        edition_from_json(
            text.replace('"level":"must","note":null,"number":"1.3"', '"level":"may","note":null,"number":"1.3"')
        )


CRITERION = CATALOGUE.edition("importer", date(2024, 1, 1)).criteria[0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"number": "2.1"}, "not a number of category 1"),
        ({"number": "1"}, "not a number of category 1"),
        ({"number": "1.R1"}, "exactly our own numbers are written with R"),
        ({"number_status": "ours"}, "exactly our own numbers are written with R"),
        ({"number_status": "guessed"}, "status 'guessed'"),
        ({"areas": ()}, "answers to no area"),
        ({"note": Note("1.2", "Elsewhere.")}, "the note of 1.2 stands under 1.1"),
    ],
)
def test_rc_14_a_criterion_that_contradicts_itself_cannot_exist(change: dict[str, object], message: str) -> None:
    with pytest.raises(CatalogueRefused, match=message):
        dataclasses.replace(CRITERION, **change)


@pytest.mark.parametrize("criteria", [(CRITERION, CRITERION), CATALOGUE.editions[0].criteria[::-1]])
def test_an_edition_neither_repeats_nor_disorders_its_criteria(criteria: tuple[Criterion, ...]) -> None:
    with pytest.raises(CatalogueRefused, match="out of order or repeats a number"):
        dataclasses.replace(CATALOGUE.editions[0], criteria=criteria)


def test_rc_14_an_edition_holds_no_criterion_of_another_business_type() -> None:
    foreign = CATALOGUE.edition("sea_carrier", date(2024, 1, 1)).criterion("5.R9")
    with pytest.raises(CatalogueRefused, match=r"5\.R9 does not apply to importer"):
        dataclasses.replace(CATALOGUE.edition("importer", date(2024, 1, 1)), criteria=(foreign,))


@given(st.lists(st.tuples(st.integers(1, 12), st.booleans(), st.integers(1, 40)), unique=True))
def test_numbers_sort_by_category_then_the_agencys_before_ours_then_place(parts: list[tuple[int, bool, int]]) -> None:
    written = [f"{category}.{'R' if ours else ''}{place}" for category, ours, place in parts]
    assert [number_order(number) for number in sorted(written, key=number_order)] == sorted(parts)
