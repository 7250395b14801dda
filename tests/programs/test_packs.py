"""The terms of C-TPAT as data, and an invented programme that shares nothing with it: 961(a), 962, 964-966; 19:4311."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from greenlane.criteria.catalogue import load_catalogue
from greenlane.law.authority import Office
from greenlane.law.s962 import EligibilityFacts, eligible, questions_for
from greenlane.law.terms import Terms
from greenlane.programs.packs_schema import PACKS, load_pack, load_terms, shipped_packs

HARBOUR = Path(__file__).parent / "packs" / "harbour"
PACK = load_pack(PACKS / "ctpat")
TERMS = load_terms(PACKS / "ctpat")


def test_the_product_ships_the_pack_of_ctpat_alone() -> None:
    assert [pack.name for pack in shipped_packs()] == ["ctpat"]


@pytest.mark.clause("6 USC 961(a)")
def test_the_programme_has_the_three_tiers_of_the_statute() -> None:
    assert [(tier.rank, tier.code) for tier in TERMS.tiers] == [(1, "certified"), (2, "validated"), (3, "exceeding")]
    assert [tier.citations[-1].cite for tier in TERMS.tiers] == ["6 USC 964", "6 USC 965", "6 USC 966"]


@pytest.mark.clause("6 USC 962")
@pytest.mark.parametrize(
    "kind",
    [
        "importer",
        "customs_broker",
        "consolidator",
        "air_carrier",
        "sea_carrier",
        "rail_carrier",
        "third_party_logistics",
    ],
)
def test_the_entities_that_the_statute_names_may_apply(kind: str) -> None:
    assert TERMS.business_type(kind) is not None


@pytest.mark.clause("6 USC 962")
def test_other_entities_need_an_officers_determination_and_only_they() -> None:
    assert [b.code for b in TERMS.business_types if b.needs_determination] == ["other"]


@pytest.mark.clause("6 USC 962")
@pytest.mark.parametrize(
    ("kind", "identifiers"),
    [
        ("importer", (("ior",), ("import_bond",))),
        ("exporter", (("ein",),)),
        ("highway_carrier_us_canada", (("scac",), ("usdot",))),
        ("highway_carrier_us_mexico", (("scac",), ("usdot",))),
        ("mexican_long_haul_carrier", (("scac", "sct"),)),
        ("air_carrier", (("iata",), ("carrier_bond",))),
        ("sea_carrier", (("scac",), ("fmc",))),
        ("rail_carrier", (("scac",),)),
        ("consolidator", (("carrier_bond", "custodial_bond"), ("fmc", "iata"))),
        ("customs_broker", (("broker_licence",), ("filer_code",))),
        ("foreign_manufacturer", (("mid",),)),
        ("marine_terminal_operator", (("fmc", "firms"),)),
        ("third_party_logistics", (("fmc", "usdot", "iata", "carrier_bond", "custodial_bond"),)),
        ("other", ()),
    ],
)
def test_each_business_type_asks_for_its_own_identifiers(kind: str, identifiers: tuple[tuple[str, ...], ...]) -> None:
    assert TERMS.business_type(kind).identifiers == identifiers


def answers(kind: str, terms: Terms) -> dict[str, str]:
    return {q.key: q.expects if q.kind == "yes_no" else "2019-05-01" for q in questions_for(kind, terms)}


@pytest.mark.clause("6 USC 962")
@pytest.mark.parametrize("kind", [b.code for b in TERMS.business_types])
def test_every_business_type_can_be_eligible_and_any_one_wrong_answer_stops_it(kind: str) -> None:
    good = answers(kind, TERMS)
    business_type = TERMS.business_type(kind)
    facts = {
        "business_type": kind,
        "identifiers": frozenset(group[0] for group in business_type.identifiers),
        "determination": "eligible",
        "determination_by": Office.SPECIALIST.value,
        "determination_reason": "Operates an inland depot through which containers pass.",
    }
    assert eligible(EligibilityFacts(answers=good, **facts), TERMS).granted
    for question in questions_for(kind, TERMS):
        wrong = {"yes": "no", "no": "yes"}[question.expects] if question.kind == "yes_no" else " "
        verdict = eligible(EligibilityFacts(answers=good | {question.key: wrong}, **facts), TERMS)
        assert not verdict.granted
        assert [reason.where for reason in verdict.reasons if not reason.holds] == [question.key]


@pytest.mark.clause("6 USC 963(2)")
def test_the_seven_areas_are_those_of_the_statute_in_its_order() -> None:
    assert [area.citation.cite for area in TERMS.areas] == [f"6 USC 963(2)({letter})" for letter in "ABCDEFG"]
    assert {node for area in TERMS.areas for node in area.nodes} == {"site", "partner", "leg"}


@pytest.mark.clause("6 USC 964(a)")
def test_only_the_score_reduction_of_tier_one_has_the_legal_cap() -> None:
    capped = [benefit for benefit in PACK["benefits"] if "cap" in benefit]
    assert [(b["code"], b["from_rank"], b["cap"]["percent"], b["cap"]["of"]) for b in capped] == [
        ("score_reduction", 1, 20, "high_risk_threshold")
    ]


@pytest.mark.clause("6 USC 965(b)")
@pytest.mark.clause("6 USC 966(c)")
def test_every_benefit_that_the_statute_lists_starts_at_its_tier() -> None:
    ranks = {benefit.citation.cite: benefit.from_rank for benefit in TERMS.benefits}
    assert {cite: ranks[cite] for cite in ranks if cite.startswith("6 USC 965(b)(")} == {
        f"6 USC 965(b)({i})": 2 for i in (1, 2, 3)
    }
    assert {cite: ranks[cite] for cite in ranks if cite.startswith("6 USC 966(c)(")} == {
        f"6 USC 966(c)({i})": 3 for i in (1, 2, 3, 4, 5)
    }


@pytest.mark.clause("6 USC 963(1)")
def test_what_the_law_leaves_open_is_marked_as_policy_with_a_reason() -> None:
    assert PACK["parameters"]["history_look_back_months"] == 12
    assert PACK["parameters"]["vetting_valid_days"] == 365
    assert set(PACK["parameter_sources"]) == set(PACK["parameters"])
    assert all(source["basis"] == "policy" and source["why"] for source in PACK["parameter_sources"].values())
    assert PACK["clock_overrides"] == []


@pytest.mark.clause("6 USC 963(4)")
@pytest.mark.clause("6 USC 966(c)")
def test_consultations_name_the_committees_of_the_statute() -> None:
    consulted = {entry["citation"]: entry["with"] for entry in PACK["consultations"]}
    assert consulted["6 USC 963(4)"] == ["Commercial Operations Advisory Committee"]
    assert "National Maritime Security Advisory Committee" in consulted["6 USC 966(c)"]


def test_letters_have_titles_for_each_outcome_of_a_certification() -> None:
    assert set(TERMS.letters) == {"certified", "returned", "refused"}


@pytest.mark.clause("19 USC 4311(a)")
def test_another_programme_brings_its_own_tiers_types_areas_and_criteria() -> None:
    terms = load_terms(HARBOUR)
    catalogue = load_catalogue(HARBOUR / "criteria.yaml")
    assert [tier.code for tier in terms.tiers] == ["listed", "proven"]
    assert {b.code for b in terms.business_types} == set(catalogue.business_types) == {"bonded_warehouse", "courier"}
    assert {area.code for area in terms.areas} == {area.code for area in catalogue.areas}
    assert not {b.code for b in terms.business_types} & {b.code for b in TERMS.business_types}
    assert [c.number for c in catalogue.profile("courier", date(2022, 1, 1), ["casks"])] == ["1.R2", "2.R1", "2.R10"]
    assert catalogue.edition("courier", date(2022, 1, 1)).criterion("1.R2").level == "must"
    assert catalogue.edition("bonded_warehouse", date(2022, 1, 1)).criterion("1.R2").level == "should"


@pytest.mark.clause("6 USC 962")
def test_the_rules_take_another_programmes_terms_as_an_argument() -> None:
    terms = load_terms(HARBOUR)
    facts = EligibilityFacts("courier", answers("courier", terms), invited=True)
    assert eligible(facts, terms).granted
    assert not eligible(EligibilityFacts("courier", answers("courier", terms)), terms).granted
    assert not eligible(EligibilityFacts("importer", answers("courier", terms), invited=True), terms).granted


@pytest.mark.parametrize("pack", [PACKS / "ctpat", HARBOUR], ids=lambda pack: pack.name)
def test_a_pack_survives_being_kept_as_json(pack: Path) -> None:
    kept = json.loads(json.dumps(load_pack(pack)))
    assert kept == load_pack(pack)
    assert Terms.from_mapping(kept) == load_terms(pack)
