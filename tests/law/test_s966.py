"""Section 966: designated criteria, best practices, sustained commitment, deadline and benefits of the third tier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from greenlane.law.citations import Citation
from greenlane.law.s966 import (
    BestPractice,
    CriterionEvaluation,
    DesignatedCriterion,
    TierThreeFacts,
    TierThreePolicy,
    criteria_met,
    designated_in_time,
    designation_due,
    is_best_practice,
    may_designate,
    may_invite_to_exercise,
    may_publish_tier_three_policy,
    may_validate_tier_three,
    sustained_commitment,
)
from greenlane.law.terms import Benefit
from tests.law.cases import TERMS, failing
from tests.law.terms_for_tests import terms_with

ON = date(2026, 6, 1)
PRACTICE = BestPractice("Hand-over log", True, True, True, True, ("log",))
CRITERION = DesignatedCriterion("further", "other", "Shares its plan.", date(2026, 1, 1))
FACTS = TierThreeFacts(
    2,
    date(2025, 6, 1),
    (),
    (PRACTICE,),
    (CRITERION,),
    (CriterionEvaluation("further", True, ("plan",)),),
    "validate",
    "specialist-1",
    "supervisor-1",
)
BENEFITS = tuple(Benefit(f"c{n}", f"Benefit {n}", 3, Citation(f"6 USC 966(c)({n})")) for n in range(1, 6))
RICH = replace(TERMS, benefits=TERMS.benefits + BENEFITS)
POLICY = TierThreePolicy(("c1", "c2", "c3", "c4", "c5"), ON, ON, ON, ("low", "high"), ("high", "low"), 90, 60, 4, 9)


@pytest.mark.clause("6 USC 966(a)")
@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(FACTS, rank=1), "holds_tier_two"),
        (replace(FACTS, standing="expelled"), "standing_allows"),
        (replace(FACTS, validated_on=date(2025, 6, 2)), "commitment_sustained"),
        (replace(FACTS, validated_on=None), "commitment_sustained"),
        (replace(FACTS, lapsed_on=(date(2025, 6, 2),)), "no_lapse"),
        (replace(FACTS, best_practices=()), "practice_exceeds"),
        (replace(FACTS, evaluations=()), "designated_criterion_met"),
        (replace(FACTS, criteria=()), "criteria_designated"),
        (replace(FACTS, recommended="fail"), "recommended"),
        (replace(FACTS, decided_by="specialist-1"), "second_person"),
    ],
)
def test_each_missing_part_alone_stops_the_third_tier(facts: TierThreeFacts, code: str) -> None:
    assert may_validate_tier_three(FACTS, ON, TERMS).granted
    assert {reason.code for reason in may_validate_tier_three(facts, ON, TERMS).failing} == {code}


@pytest.mark.clause("6 USC 966(a)")
def test_a_programme_without_a_third_tier_validates_nobody_there() -> None:
    assert "holds_tier_two" in {r.code for r in may_validate_tier_three(FACTS, ON, terms_with()).failing}
    assert not may_invite_to_exercise(3, "Exercise", "It runs the quay.", terms_with()).granted


@pytest.mark.clause("6 USC 966(a)")
def test_the_length_of_the_commitment_is_the_programmes_to_set() -> None:
    longer = replace(TERMS, parameters={"tier_3_commitment_months": 24})
    assert sustained_commitment(date(2025, 6, 1), (), ON, TERMS).granted
    assert not sustained_commitment(date(2025, 6, 1), (), ON, longer).granted
    assert sustained_commitment(date(2024, 6, 1), (date(2025, 6, 1),), ON, TERMS).granted


@pytest.mark.clause("6 USC 966(a)")
@pytest.mark.parametrize(
    "part", ["management_support", "innovation", "documented_process", "checks_and_balances", "evidence"]
)
def test_a_best_practice_meets_all_five_parts(part: str) -> None:
    lacking = replace(PRACTICE, evidence=()) if part == "evidence" else replace(PRACTICE, **{part: False})
    assert is_best_practice(PRACTICE).granted
    assert failing(is_best_practice(lacking)) == {(part, "6 USC 966(a)", "Hand-over log")}


@pytest.mark.clause("6 USC 966(b)")
@pytest.mark.parametrize(
    ("criterion", "cite"),
    [
        (replace(CRITERION, kind="access_to_cargo", exceeds="Logged everywhere."), "6 USC 966(b)(1)"),
        (replace(CRITERION, kind="advance_information", before_loading=True), "6 USC 966(b)(2)"),
        (replace(CRITERION, kind="container_security", standard="Seal standard"), "6 USC 966(b)(3)"),
    ],
)
def test_a_kind_of_criterion_says_what_the_law_asks_of_it(criterion: DesignatedCriterion, cite: str) -> None:
    assert may_designate(CRITERION).granted
    assert may_designate(criterion).granted
    bare = replace(criterion, exceeds="", before_loading=False, standard="")
    assert failing(may_designate(bare)) == {("criterion_kind_asks", cite, "further")}
    assert cite in {r.citation.cite for r in criteria_met([criterion], [], ON).failing}


@pytest.mark.clause("6 USC 966(b)")
def test_a_criterion_of_another_kind_or_without_text_is_not_designated() -> None:
    assert len(may_designate(replace(CRITERION, kind="colour")).failing) == 2
    assert failing(may_designate(replace(CRITERION, text=" "))) == {("criterion_described", "6 USC 966(b)", "further")}


@pytest.mark.clause("6 USC 966(b)")
@pytest.mark.parametrize(
    "evaluation", [CriterionEvaluation("further", False, ("plan",)), CriterionEvaluation("further", True)]
)
def test_a_criterion_is_met_only_on_evidence(evaluation: CriterionEvaluation) -> None:
    assert failing(criteria_met([CRITERION], [evaluation], ON)) == {
        ("designated_criterion_met", "6 USC 966(b)(4)", "further")
    }


@pytest.mark.clause("6 USC 966(c)")
@pytest.mark.parametrize(
    ("policy", "code", "cite"),
    [
        (replace(POLICY, commercial_consulted_on=None), "commercial_consulted", "6 USC 966(c)"),
        (replace(POLICY, maritime_consulted_on=date(2026, 6, 2)), "maritime_consulted", "6 USC 966(c)"),
        (replace(POLICY, benefits=("lower_score",)), "some_benefit_offered", "6 USC 966(c)"),
        (replace(POLICY, benefits=("c3", "cake")), "benefit_known", "6 USC 966(c)"),
        (replace(POLICY, release_levels=("low",)), "all_threat_levels", "6 USC 966(c)(1)"),
        (replace(POLICY, threat_levels=()), "all_threat_levels", "6 USC 966(c)(1)"),
        (replace(POLICY, examinations_per_mille=9), "further_reduction", "6 USC 966(c)(2)"),
        (replace(POLICY, reduction_points=60), "further_reduction", "6 USC 966(c)(4)"),
    ],
)
def test_benefits_are_consulted_on_and_go_further(policy: TierThreePolicy, code: str, cite: str) -> None:
    assert may_publish_tier_three_policy(POLICY, RICH).granted
    found = may_publish_tier_three_policy(policy, RICH)
    assert {(reason.code, reason.citation.cite) for reason in found.failing} == {(code, cite)}


@pytest.mark.clause("6 USC 966(c)(5)")
def test_exercises_are_for_the_third_tier_where_appropriate() -> None:
    assert may_invite_to_exercise(3, "Harbour exercise", "It runs the quay.", TERMS).granted
    assert not may_invite_to_exercise(2, "Harbour exercise", "It runs the quay.", TERMS).granted
    assert not may_invite_to_exercise(3, "", "It runs the quay.", TERMS).granted
    assert not may_invite_to_exercise(3, "Harbour exercise", " ", TERMS).granted


@pytest.mark.clause("6 USC 966(d)")
def test_the_deadline_of_13_october_2008() -> None:
    due = date(2008, 10, 13)
    assert designation_due() == due
    assert designated_in_time(due, due, date(2010, 1, 1)).granted
    assert designated_in_time(None, None, due).granted
    assert failing(designated_in_time(date(2008, 10, 14), None, date(2008, 10, 14))) == {
        ("criteria_designated", "6 USC 966(d)", "criteria_designated"),
        ("benefits_provided", "6 USC 966(d)", "benefits_provided"),
    }
