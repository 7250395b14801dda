"""The shipped catalogue: every business type, category and area of the statute: 961(b), 962, 963(2)-(4), 970."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from greenlane.criteria.catalogue import Catalogue, Edition, NoEditionInForce, load_catalogue, number_order
from greenlane.law.citations import Citation
from greenlane.programs.packs_schema import PACKS, load_terms

CATALOGUE = load_catalogue()
TODAY = date(2026, 3, 2)
SEVEN = tuple(f"6 USC 963(2)({letter})" for letter in "ABCDEFG")

# The numbers and levels of the importers' edition as public transcriptions give them.
IMPORTER_NUMBERS = """\
1.1 1.2 1.3 1.4 2.1 2.2 2.3 2.4 3.1 3.4 3.5 3.6 3.7 3.9
4.1 4.2 4.3 4.4 4.5 4.6 4.7 4.8 4.9 4.10 4.11 4.12 4.13
5.1 5.2 5.3 5.4 5.5 5.6 5.7 5.8 5.14 5.15 5.16 5.24 5.29 6.1 6.2 6.5 6.6 6.7
7.1 7.2 7.4 7.5 7.6 7.7 7.8 7.10 7.23 7.24 7.25 7.27 7.28 7.29 7.30 7.37 8.1
9.1 9.2 9.4 9.5 9.6 9.7 9.8 9.9 9.10 9.11 9.12 9.13 9.14 9.15 9.16
10.1 10.2 10.3 10.4 10.7 10.8 10.9 10.10 11.1 11.2 11.5 12.1 12.2 12.4 12.6 12.7 12.8 12.9 12.10
"""

IMPORTER_SHOULD = """\
1.1 1.2 2.2 2.4 3.7 3.9 4.4 4.11 4.12 5.5 5.6 5.8 5.14 5.15 5.16 5.24 7.4 7.5 7.7 7.25 7.28 7.29 7.30
9.2 9.5 9.7 9.9 9.11 9.12 9.14 9.16 10.7 10.8 10.9 11.2 12.4 12.6
"""


@pytest.fixture(params=CATALOGUE.editions, ids=lambda edition: edition.business_type)
def edition(request: pytest.FixtureRequest) -> Edition:
    return request.param


def citations(catalogue: Catalogue, edition: Edition, cargo_kinds: tuple[str, ...] = ()) -> set[str]:
    profile = catalogue.profile(edition.business_type, TODAY, cargo_kinds)
    return {catalogue.area(code).citation for criterion in profile for code in criterion.areas}


@pytest.mark.clause("6 USC 962")
def test_every_business_type_of_the_programme_has_an_edition_and_no_other() -> None:
    terms = load_terms(PACKS / "ctpat")
    assert set(CATALOGUE.business_types) == {business_type.code for business_type in terms.business_types}
    assert len(CATALOGUE.business_types) == 14


@pytest.mark.clause("6 USC 963(2)(A)")
@pytest.mark.clause("6 USC 963(2)(B)")
@pytest.mark.clause("6 USC 963(2)(C)")
@pytest.mark.clause("6 USC 963(2)(D)")
@pytest.mark.clause("6 USC 963(2)(E)")
@pytest.mark.clause("6 USC 963(2)(F)")
@pytest.mark.clause("6 USC 963(2)(G)")
def test_criteria_of_every_business_type_cover_the_seven_areas(edition: Edition) -> None:
    assert set(SEVEN) <= citations(CATALOGUE, edition)


@pytest.mark.clause("6 USC 963(2)")
def test_the_areas_are_those_of_the_programme_and_of_the_statute() -> None:
    terms = load_terms(PACKS / "ctpat")
    own = {area.code: area.citation for area in CATALOGUE.areas if not area.hook}
    assert own == {area.code: area.citation.cite for area in terms.areas}
    assert tuple(own.values()) == SEVEN
    assert [Citation(area.citation).cite for area in CATALOGUE.areas if area.hook] == [
        "6 USC 963(2)",
        "6 USC 963(3)",
        "6 USC 963(4)",
    ]


@pytest.mark.clause("6 USC 963(2)")
def test_every_criterion_answers_to_an_area_or_hook(edition: Edition) -> None:
    known = {area.code for area in CATALOGUE.areas}
    assert all(criterion.areas and set(criterion.areas) <= known for criterion in edition.criteria)


def test_numbers_are_unique_and_in_order(edition: Edition) -> None:
    numbers = [criterion.number for criterion in edition.criteria]
    assert len(numbers) == len(set(numbers))
    assert numbers == sorted(numbers, key=number_order)


def test_every_category_is_present(edition: Edition) -> None:
    assert {criterion.category for criterion in edition.criteria} == set(range(1, 13))


def test_editions_have_a_realistic_size_and_weight(edition: Edition) -> None:
    levels = Counter(criterion.level for criterion in edition.criteria)
    assert 40 <= len(edition.criteria) <= 120
    assert 0.55 <= levels["must"] / len(edition.criteria) <= 0.80


def test_wording_is_short_and_states_no_level_or_question(edition: Edition) -> None:
    for criterion in edition.criteria:
        assert len(criterion.text) <= 220
        assert criterion.text.endswith(".")
        assert not {"must", "should", "shall"} & set(criterion.text.lower().replace(",", "").split()), criterion.number
        assert criterion.evidence_hint


def test_importers_have_the_transcribed_numbers_and_levels() -> None:
    edition = CATALOGUE.edition("importer", TODAY)
    agency = [criterion for criterion in edition.criteria if criterion.number_status != "ours"]
    assert [criterion.number for criterion in agency] == IMPORTER_NUMBERS.split()
    assert [criterion.number for criterion in agency if criterion.level == "should"] == IMPORTER_SHOULD.split()
    assert edition.basis == "transcribed"


def test_only_numbers_checked_with_the_agency_are_called_official(edition: Edition) -> None:
    statuses: dict[str, set[str]] = {}
    for criterion in edition.criteria:
        statuses.setdefault(criterion.number_status, set()).add(criterion.number)
    assert statuses["official"] == {"1.1", "1.2"}
    assert all("R" in number for number in statuses["ours"])
    assert not any("R" in number for number in statuses["transcribed"])
    assert edition.basis == ("transcribed" if edition.business_type == "importer" else "ours")


@pytest.mark.clause("6 USC 963(2)")
def test_rc_14_a_profile_is_the_edition_in_force_and_nothing_else(edition: Edition) -> None:
    for day in (date(2020, 1, 1), TODAY):
        in_force = CATALOGUE.edition(edition.business_type, day)
        assert CATALOGUE.profile(edition.business_type, day) == in_force.criteria
        assert all(edition.business_type in criterion.business_types for criterion in in_force.criteria)


@pytest.mark.clause("6 USC 963(2)")
def test_rc_14_a_carriers_seal_replacement_is_never_asked_of_an_importer() -> None:
    asked = {c.number for c in CATALOGUE.profile("highway_carrier_us_mexico", TODAY)}
    not_asked = {c.number for c in CATALOGUE.profile("importer", TODAY)}
    assert "6.R2" in asked - not_asked
    assert "3.8" in asked - not_asked
    assert CATALOGUE.edition("importer", TODAY).criterion("6.R2") is None


@pytest.mark.clause("6 USC 963(2)")
def test_rc_14_every_note_names_its_criterion(edition: Edition) -> None:
    for criterion in edition.criteria:
        if criterion.note is not None:
            assert str(criterion.note).startswith(f"{criterion.number}: ")


@pytest.mark.clause("6 USC 963(2)")
def test_rc_14_notes_are_those_of_the_business_type() -> None:
    broker = CATALOGUE.edition("customs_broker", TODAY).criterion("8.1")
    importer = CATALOGUE.edition("importer", TODAY).criterion("8.1")
    assert (broker.level, importer.level) == ("should", "must")
    assert "broker" in broker.note.text
    assert importer.note is None


@pytest.mark.clause("6 USC 970")
@pytest.mark.parametrize("cargo_kind", CATALOGUE.cargo_kinds)
def test_importers_of_every_kind_of_cargo_can_meet_all_seven_areas(cargo_kind: str) -> None:
    edition = CATALOGUE.edition("importer", TODAY)
    assert set(SEVEN) <= citations(CATALOGUE, edition, (cargo_kind,))


@pytest.mark.clause("6 USC 970")
def test_noncontainerized_cargo_is_asked_for_its_own_measures_and_not_for_container_seals() -> None:
    bulk = {criterion.number for criterion in CATALOGUE.profile("importer", TODAY, ["bulk"])}
    boxes = {criterion.number for criterion in CATALOGUE.profile("importer", TODAY, ["containerized"])}
    assert {"5.R16", "6.R5"} <= bulk - boxes
    assert {"6.1", "6.7", "5.4"} <= boxes - bulk
    both = {criterion.number for criterion in CATALOGUE.profile("importer", TODAY, ["bulk", "containerized"])}
    assert both == bulk | boxes


def test_an_unknown_kind_of_cargo_is_named() -> None:
    with pytest.raises(ValueError, match=r"Unknown kind of cargo parcels; use containerized, bulk"):
        CATALOGUE.profile("importer", TODAY, ["parcels"])


@pytest.mark.clause("6 USC 961(b)")
def test_before_the_first_edition_none_is_in_force() -> None:
    with pytest.raises(NoEditionInForce, match="first edition is in force from 2020-01-01"):
        CATALOGUE.edition("importer", date(2019, 12, 31))
    assert CATALOGUE.edition("importer", date(2020, 1, 1)).version == "2020-01"


def test_an_unknown_business_type_has_no_edition() -> None:
    with pytest.raises(NoEditionInForce, match="no such business type; it has importer, exporter"):
        CATALOGUE.edition("balloonist", TODAY)
