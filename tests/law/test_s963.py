"""Section 963: history, assessment, measures, further requirements, signature and submission."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law.s963 import (
    Answer,
    CargoHistory,
    CriterionFact,
    FurtherRequirement,
    Node,
    RiskAssessment,
    assessment_complete,
    assessment_steps,
    demonstrates_history,
    further_requirements_met,
    may_sign,
    may_submit,
    measures_complete,
)
from tests.law.cases import (
    ANSWERS,
    ASSESSMENTS,
    CONSULTANT,
    EDITION,
    HISTORY,
    NODES,
    OFFICER,
    STAFF,
    SUBMISSION,
    TERMS,
    assessed,
    failing,
)

ON = date(2026, 1, 15)
FIRST = ASSESSMENTS[0]


@pytest.mark.clause("6 USC 963(1)")
@pytest.mark.parametrize(
    ("history", "where"),
    [
        (replace(HISTORY, source="hearsay"), "history.evidence"),
        (replace(HISTORY, source="records"), "history.evidence"),
        (replace(HISTORY, shipments=0), "history.shipments"),
        (replace(HISTORY, moved_from=None), "history.period"),
        (replace(HISTORY, moved_to=None), "history.period"),
        (replace(HISTORY, moved_from=date(2026, 1, 3)), "history.period"),
        (replace(HISTORY, moved_to=date(2026, 1, 16)), "history.period"),
        (replace(HISTORY, moved_from=date(2024, 1, 1), moved_to=date(2025, 1, 14)), "history.period"),
    ],
)
def test_history_is_recent_counted_and_shown(history: CargoHistory, where: str) -> None:
    assert demonstrates_history(HISTORY, ON, TERMS).granted
    found = failing(demonstrates_history(history, ON, TERMS))
    assert {(cite, place) for _, cite, place in found} == {("6 USC 963(1)", where)}


@pytest.mark.clause("6 USC 963(1)")
def test_a_programme_sets_its_own_look_back() -> None:
    old = replace(HISTORY, moved_from=date(2024, 1, 1), moved_to=date(2024, 2, 1))
    assert not demonstrates_history(old, ON, TERMS).granted
    assert demonstrates_history(old, ON, replace(TERMS, parameters={"history_look_back_months": 24})).granted
    assert not demonstrates_history(HISTORY, ON, replace(TERMS, parameters={"history_minimum_shipments": 8})).granted


@pytest.mark.clause("6 USC 963(2)")
@given(left_out=st.sets(st.integers(0, len(ASSESSMENTS) - 1), min_size=1))
def test_whatever_is_left_out_is_named_and_nothing_else(left_out: set[int]) -> None:
    kept = [row for i, row in enumerate(ASSESSMENTS) if i not in left_out]
    verdict = assessment_complete(NODES, kept, ON, TERMS)
    assert {reason.where for reason in verdict.failing} == {ASSESSMENTS[i].where for i in left_out}


@pytest.mark.clause("6 USC 963(2)")
def test_a_supply_chain_needs_each_kind_of_node_that_the_areas_concern() -> None:
    verdict = assessment_complete(NODES[:1], [assessed("boxes", "yard")], ON, TERMS)
    assert failing(verdict) == {
        ("supply_chain_mapped", "6 USC 963(2)", "partner"),
        ("supply_chain_mapped", "6 USC 963(2)", "leg"),
    }


@pytest.mark.clause("6 USC 963(2)")
def test_a_second_site_has_to_be_assessed_too() -> None:
    verdict = assessment_complete((*NODES, Node("site", "annex", "Annex")), ASSESSMENTS, ON, TERMS)
    assert failing(verdict) == {("area_missing", "6 USC 963(2)(B)", "boxes:annex")}
    assert "Annex" in str(verdict.failing[0].sentence)


@pytest.mark.clause("6 USC 963(2)")
@pytest.mark.parametrize(
    ("row", "code"),
    [
        (replace(FIRST, threat=0), "threat_scale"),
        (replace(FIRST, vulnerability=6), "vulnerability_scale"),
        (replace(FIRST, consequence=-1), "consequence_scale"),
        (replace(FIRST, residual=0), "residual_scale"),
        (replace(FIRST, existing_control="  "), "control_stated"),
        (replace(FIRST, residual=4), "action_planned"),
        (replace(FIRST, reviewed_on=None), "assessment_current"),
        (replace(FIRST, reviewed_on=date(2026, 1, 16)), "assessment_current"),
        (replace(FIRST, reviewed_on=date(2025, 1, 14)), "assessment_current"),
    ],
)
def test_an_assessment_that_is_not_sound_does_not_count(row: RiskAssessment, code: str) -> None:
    verdict = assessment_complete(NODES, (row, *ASSESSMENTS[1:]), ON, TERMS)
    assert failing(verdict) == {(code, "6 USC 963(2)(A)", "partners:mill")}


@pytest.mark.clause("6 USC 963(2)")
def test_strays_and_doubles_are_named() -> None:
    rows = (*ASSESSMENTS, assessed("boxes", "yard"), assessed("boxes", "mill"), assessed("magic", "yard"))
    assert failing(assessment_complete(NODES, rows, ON, TERMS)) == {
        ("assessment_once", "6 USC 963(2)", "boxes:yard"),
        ("assessment_unplaced", "6 USC 963(2)", "boxes:mill"),
        ("assessment_unplaced", "6 USC 963(2)", "magic:yard"),
    }
    unsound = replace(assessed("magic", "yard"), threat=9)
    found = failing(assessment_complete(NODES, (*ASSESSMENTS, unsound), ON, TERMS))
    assert ("threat_scale", "6 USC 963(2)", "magic:yard") in found


@pytest.mark.clause("6 USC 963(2)")
@pytest.mark.parametrize(
    ("row", "step"),
    [
        (replace(FIRST, threat=0), "step_threats"),
        (replace(FIRST, consequence=0), "step_vulnerabilities"),
        (replace(FIRST, existing_control=""), "step_vulnerabilities"),
        (replace(FIRST, residual=5), "step_action_plan"),
        (replace(FIRST, reviewed_on=None), "step_document_repeat"),
    ],
)
def test_each_of_the_five_steps_shows_as_done_or_not(row: RiskAssessment, step: str) -> None:
    assert assessment_steps(NODES, ASSESSMENTS, ON, TERMS).granted
    assert [reason.holds for reason in assessment_steps((), (), ON, TERMS).reasons] == [False] * 5
    verdict = assessment_steps(NODES, (row, *ASSESSMENTS[1:]), ON, TERMS)
    assert {reason.code for reason in verdict.failing} == {step}


@pytest.mark.clause("6 USC 963(3)")
@pytest.mark.parametrize("value", ["unanswered", "", "maybe"])
def test_rc_05_an_answer_that_nobody_gave_is_not_a_no(value: str) -> None:
    assert measures_complete((Answer("1.1", "no"), ANSWERS[1]), EDITION, ("container",)).granted
    skipped = measures_complete((Answer("1.1", value), ANSWERS[1]), EDITION, ("container",))
    assert ("criterion_unanswered", "6 USC 963(3)", "1.1") in failing(skipped)
    missing = measures_complete(ANSWERS[1:], EDITION, ("container",))
    assert ("criterion_unanswered", "6 USC 963(3)", "1.1") in failing(missing)
    with pytest.raises(TypeError, match="value"):
        Answer("1.1")  # type: ignore[call-arg]


@pytest.mark.clause("6 USC 963(3)")
@given(values=st.lists(st.sampled_from(["yes", "no", "not_applicable", "unanswered"]), min_size=1, max_size=8))
def test_rc_05_no_profile_passes_with_an_unanswered_criterion(values: list[str]) -> None:
    edition = tuple(CriterionFact(str(i), "must") for i in range(len(values)))
    answers = tuple(Answer(str(i), value, "Text.", "Reason.", ("d",)) for i, value in enumerate(values))
    assert measures_complete(answers, edition, ()).granted is ("unanswered" not in values)


@pytest.mark.clause("6 USC 963(3)")
def test_rc_14_a_criterion_of_another_edition_is_refused_by_number() -> None:
    verdict = measures_complete((*ANSWERS, Answer("17.4", "yes", "We replace seals.")), EDITION, ("container",))
    assert failing(verdict) == {
        ("criterion_in_edition", "6 USC 963(3)", "17.4"),
        ("measures_complete", "6 USC 963(3)", "criteria"),
    }


@pytest.mark.clause("6 USC 963(3)")
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer("3.1", "yes", "", evidence=("d",)), "narrative_given"),
        (Answer("3.1", "no"), "narrative_given"),
        (Answer("3.1", "yes", "Screened."), "evidence_given"),
        (Answer("3.1", "not_applicable", not_applicable_reason=" "), "not_applicable_reason"),
    ],
)
def test_a_must_is_explained_and_shown(answer: Answer, code: str) -> None:
    verdict = measures_complete((ANSWERS[0], answer), EDITION, ("container",))
    assert [reason.code for reason in verdict.failing] == [code, "measures_complete"]


@pytest.mark.clause("6 USC 963(3)")
def test_two_answers_to_one_criterion_and_an_empty_edition_are_refused() -> None:
    twice = measures_complete((*ANSWERS, Answer("1.1", "yes")), EDITION, ("container",))
    assert ("criterion_once", "6 USC 963(3)", "1.1") in failing(twice)
    assert not measures_complete((), (), ("container",)).granted


@pytest.mark.clause("6 USC 970")
def test_only_criteria_for_the_cargo_that_is_moved_are_asked() -> None:
    assert measures_complete(ANSWERS, EDITION, ("container",)).granted
    assert ("criterion_unanswered", "6 USC 963(3)", "5.9") in failing(measures_complete(ANSWERS, EDITION, ("bulk",)))
    assert measures_complete((*ANSWERS, Answer("5.9", "no", "From June.")), EDITION, ("container",)).granted


@pytest.mark.clause("6 USC 963(4)")
def test_a_further_requirement_binds_from_its_day_and_only_when_consulted_on() -> None:
    requirement = FurtherRequirement("log", "Keeps a log.", date(2026, 1, 1), date(2025, 12, 31), False)
    assert failing(further_requirements_met([requirement], ON)) == {("further_requirement_met", "6 USC 963(4)", "log")}
    assert further_requirements_met([requirement], date(2025, 12, 31)).granted
    assert further_requirements_met([replace(requirement, consulted_on=None)], ON).granted
    assert further_requirements_met([replace(requirement, consulted_on=date(2026, 1, 2))], ON).granted
    assert further_requirements_met([], ON).granted


@pytest.mark.clause("6 USC 963")
def test_rc_13_only_an_officer_of_the_company_signs_and_submits() -> None:
    assert may_sign(OFFICER).granted
    for person in (CONSULTANT, STAFF, replace(CONSULTANT, named_officer=True)):
        assert not may_sign(person).granted
        submitted = may_submit(replace(SUBMISSION, submission=person), ON, TERMS)
        assert {reason.where for reason in submitted.failing} == {"submission"}
        agreed = may_submit(replace(SUBMISSION, agreement=person), ON, TERMS)
        assert {(reason.where, reason.citation.cite) for reason in agreed.failing} == {("agreement", "6 USC 961(a)")}
    assert failing(may_sign(replace(OFFICER, account=" "))) == {("signatory_known", "6 USC 963", "signature")}


@pytest.mark.clause("6 USC 963")
def test_a_submission_lists_every_problem_at_once() -> None:
    assert may_submit(SUBMISSION, ON, TERMS).granted
    spoiled = replace(
        SUBMISSION,
        eligibility=replace(SUBMISSION.eligibility, identifiers=frozenset()),
        history=None,
        assessments=ASSESSMENTS[1:],
        answers=ANSWERS[:1],
        agreement=None,
        submission=CONSULTANT,
        further=(FurtherRequirement("log", "Keeps a log.", date(2026, 1, 1), date(2025, 12, 31), False),),
    )
    found = may_submit(spoiled, ON, TERMS).failing
    sections = ("961(a)", "962", "963", "963(1)", "963(2)(A)", "963(3)", "963(4)")
    assert {reason.citation.cite for reason in found} == {f"6 USC {section}" for section in sections}
    assert all(reason.mend and reason.where for reason in found)


@pytest.mark.clause("6 USC 961(a)")
@pytest.mark.parametrize("signed_on", [None, ON + timedelta(days=1)])
def test_an_agreement_counts_from_the_day_it_is_signed(signed_on: date | None) -> None:
    verdict = may_submit(replace(SUBMISSION, agreement=replace(OFFICER, signed_on=signed_on)), ON, TERMS)
    assert failing(verdict) == {("agreement_signed", "6 USC 961(a)", "agreement")}


@pytest.mark.clause("6 USC 963(3)")
def test_criteria_of_a_kind_of_cargo_are_not_avoided_by_naming_no_kind() -> None:
    verdict = measures_complete(ANSWERS, EDITION, ())
    assert ("cargo_kinds_given", "6 USC 963(3)", "cargo_kinds") in failing(verdict)
