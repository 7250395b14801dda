"""Section 964: guidelines, investigation, documentation review, decision, time, and the cap on the first tier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law.citations import Citation
from greenlane.law.s964 import (
    CertificationFacts,
    CriterionFinding,
    DocumentReview,
    Ground,
    GuidelinesFact,
    Threshold,
    certification_due,
    counted_late,
    documentation_review_complete,
    guidelines_in_force,
    investigation_complete,
    may_certify,
    may_publish_benefit_policy,
    may_refuse,
    may_return,
    offers_limited_benefits,
    tier_one_cap,
)
from greenlane.law.s964_investigation import InvestigationFacts, ListUsed
from tests.law.cases import (
    CERTIFICATION,
    DECIDED,
    ELIGIBILITY,
    GUIDELINES,
    INVESTIGATION,
    RECEIVED,
    REVIEW,
    TERMS,
    failing,
)

LINE = (Threshold(date(2026, 1, 1), 190),)
ON = date(2026, 3, 1)


@pytest.mark.clause("6 USC 964(a)")
def test_rc_10_thirty_eight_of_190_points_is_the_cap() -> None:
    assert tier_one_cap(190) == 38
    assert may_publish_benefit_policy(38, LINE, ON).granted
    refused = may_publish_benefit_policy(39, LINE, ON)
    assert failing(refused) == {("reduction_capped", "6 USC 964(a)", "reduction")}
    assert str(refused.failing[0].sentence) == (
        "39 points are more than 38, which is 20 % of 190, in force from 2026-03-01."
    )
    assert not may_publish_benefit_policy(125, LINE, ON).granted


@pytest.mark.clause("6 USC 964(a)")
def test_rc_10_the_cap_moves_with_the_threshold_from_its_day() -> None:
    rising = (*LINE, Threshold(date(2026, 6, 1), 200))
    assert not may_publish_benefit_policy(40, rising, date(2026, 5, 31)).granted
    assert may_publish_benefit_policy(40, rising, date(2026, 6, 1)).granted
    falling = (Threshold(date(2026, 6, 1), 180), *LINE)
    refused = may_publish_benefit_policy(38, falling, ON)
    assert [reason.sentence.values["cap"] for reason in refused.failing] == [36]


@pytest.mark.clause("6 USC 964(a)")
@given(threshold=st.integers(0, 10_000), reduction=st.integers(0, 10_000))
def test_rc_10_no_policy_passes_20_percent(threshold: int, reduction: int) -> None:
    granted = may_publish_benefit_policy(reduction, (Threshold(date(2026, 1, 1), threshold),), ON).granted
    assert granted is (reduction * 100 <= threshold * 20)


@pytest.mark.clause("6 USC 964(a)")
def test_a_policy_needs_a_threshold_and_points_that_lower_the_score() -> None:
    assert failing(may_publish_benefit_policy(1, (), ON)) == {("threshold_in_force", "6 USC 964(a)", "threshold")}
    assert failing(may_publish_benefit_policy(-1, LINE, ON)) == {
        ("reduction_is_a_benefit", "6 USC 964(a)", "reduction")
    }
    with pytest.raises(ValueError, match="not below 0"):
        tier_one_cap(-1)


@pytest.mark.clause("6 USC 964(a)")
def test_some_benefit_shall_be_offered_and_a_score_reduction_may() -> None:
    assert offers_limited_benefits(["lower_score"], TERMS).granted
    assert failing(offers_limited_benefits([], TERMS)) == {("some_benefit_offered", "6 USC 964(a)", "benefits")}
    assert failing(offers_limited_benefits(["lower_score", "fewer_looks", "cake"], TERMS)) == {
        ("benefit_limited", "6 USC 964(a)", "fewer_looks"),
        ("benefit_limited", "6 USC 964(a)", "cake"),
    }


@pytest.mark.clause("6 USC 964(b)")
@pytest.mark.parametrize(
    ("investigation", "code"),
    [
        (replace(INVESTIGATION, persons_named=2), "persons_named"),
        (replace(INVESTIGATION, persons_named=0, persons_required=0), "persons_named"),
        (replace(INVESTIGATION, parties_screened=5), "parties_screened"),
        (replace(INVESTIGATION, parties_screened=0, parties_required=0), "parties_screened"),
        (replace(INVESTIGATION, lists=()), "lists_named"),
        (replace(INVESTIGATION, lists=(ListUsed("invented", None, "Office"),)), "lists_named"),
        (replace(INVESTIGATION, lists=(ListUsed("invented", ON, " "),)), "lists_named"),
        (replace(INVESTIGATION, lists=(ListUsed("", ON, "Office"),)), "lists_named"),
        (replace(INVESTIGATION, open_hits=1), "hits_adjudicated"),
        (replace(INVESTIGATION, completed_on=None), "investigation_completed"),
        (replace(INVESTIGATION, completed_on=date(2026, 3, 2)), "investigation_completed"),
        (replace(INVESTIGATION, state="closed"), "investigation_completed"),
        (replace(INVESTIGATION, expires_on=None), "investigation_current"),
        (replace(INVESTIGATION, expires_on=date(2026, 2, 28)), "investigation_current"),
    ],
)
def test_rc_12_vetting_names_persons_lists_dates_and_expiry(investigation: InvestigationFacts, code: str) -> None:
    assert investigation_complete(INVESTIGATION, ON).granted
    assert failing(investigation_complete(investigation, ON)) == {(code, "6 USC 964(b)", "investigation")}
    assert not may_certify(replace(CERTIFICATION, investigation=investigation), ON, TERMS).granted


@pytest.mark.clause("6 USC 964(b)")
def test_rc_11_nobody_is_certified_without_a_recorded_vetting_result() -> None:
    assert may_certify(CERTIFICATION, DECIDED, TERMS).granted
    codes = {reason.code for reason in may_certify(replace(CERTIFICATION, investigation=None), DECIDED, TERMS).failing}
    assert codes == {"investigation_recorded", "investigation_cleared"}
    still_open = replace(INVESTIGATION, state="open", completed_on=None)
    verdict = may_certify(replace(CERTIFICATION, investigation=still_open), DECIDED, TERMS)
    assert {reason.code for reason in verdict.failing} == {"investigation_completed", "investigation_cleared"}


@pytest.mark.clause("6 USC 964(b)")
@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(CERTIFICATION, investigation=replace(INVESTIGATION, true_matches=1)), "investigation_cleared"),
        (replace(CERTIFICATION, investigation=replace(INVESTIGATION, state="adverse")), "investigation_cleared"),
        (replace(CERTIFICATION, guidelines=replace(GUIDELINES, in_force_to=date(2026, 4, 13))), "guidelines_in_force"),
        (
            replace(CERTIFICATION, guidelines=replace(GUIDELINES, in_force_from=date(2026, 4, 15))),
            "guidelines_in_force",
        ),
        (replace(CERTIFICATION, recommended="refuse"), "recommended"),
        (replace(CERTIFICATION, recommended_by="supervisor-1"), "second_person"),
        (replace(CERTIFICATION, recommended_by=""), "second_person"),
        (replace(CERTIFICATION, decided_by=""), "second_person"),
        (replace(CERTIFICATION, steps_undone=("call_the_company",)), "work_programme_done"),
        (replace(CERTIFICATION, standing="suspended"), "standing_allows"),
        (replace(CERTIFICATION, standing="expelled"), "standing_allows"),
        (replace(CERTIFICATION, received_on=date(2026, 4, 15)), "received"),
    ],
)
def test_each_missing_part_alone_stops_certification(facts: CertificationFacts, code: str) -> None:
    assert {reason.code for reason in may_certify(facts, DECIDED, TERMS).failing} == {code}


@pytest.mark.clause("6 USC 964(b)")
def test_guidelines_include_both_parts_that_the_law_names() -> None:
    assert guidelines_in_force(replace(GUIDELINES, in_force_to=ON), ON).granted
    half = GuidelinesFact("half", date(2026, 1, 1), None, ("background_investigation",))
    assert failing(guidelines_in_force(half, ON)) == {("guidelines_whole", "6 USC 964(b)", "guidelines")}
    assert len(guidelines_in_force(None, ON).failing) == 2


def reviewed(finding: str, note: str = "", answer: str = "yes") -> DocumentReview:
    return DocumentReview((REVIEW.findings[0], CriterionFinding("3.1", "must", answer, finding, note)))


@pytest.mark.clause("6 USC 964(b)")
def test_every_criterion_is_accepted_or_sent_back_with_a_note() -> None:
    assert documentation_review_complete(REVIEW).granted
    assert documentation_review_complete(reviewed("sent_back", "Unsigned.")).granted
    for review, code in ((reviewed("unreviewed"), "criterion_unreviewed"), (reviewed("sent_back"), "sent_back_note")):
        found = documentation_review_complete(review).failing
        assert [(reason.code, reason.where) for reason in found] == [
            (code, "3.1"),
            ("documentation_reviewed", "review"),
        ]
    assert not documentation_review_complete(DocumentReview(())).granted


@pytest.mark.clause("6 USC 963(3)")
def test_a_must_that_is_not_met_stops_certification_even_when_accepted() -> None:
    verdict = may_certify(replace(CERTIFICATION, review=reviewed("accepted", answer="no")), DECIDED, TERMS)
    assert failing(verdict) == {("must_criterion_met", "6 USC 963(3)", "3.1")}
    sent_back = may_certify(replace(CERTIFICATION, review=reviewed("sent_back", "Unsigned.")), DECIDED, TERMS)
    assert failing(sent_back) == {("criterion_sent_back", "6 USC 964(b)", "3.1")}


@pytest.mark.clause("6 USC 964(b)")
def test_an_application_returns_with_notes_of_what_to_change() -> None:
    assert may_return(reviewed("sent_back", "Unsigned.")).granted
    assert failing(may_return(REVIEW)) == {("something_sent_back", "6 USC 964(b)", "review")}
    assert failing(may_return(reviewed("sent_back"))) == {("sent_back_note", "6 USC 964(b)", "3.1")}


@pytest.mark.clause("6 USC 964(c)")
def test_lateness_needs_a_reason_is_counted_and_never_blocks() -> None:
    assert certification_due(RECEIVED) == date(2026, 4, 15)
    day_97 = RECEIVED + timedelta(days=97)
    assert counted_late(RECEIVED, day_97)
    bare = may_certify(CERTIFICATION, day_97, TERMS)
    assert failing(bare) == {("lateness_reason", "6 USC 964(c)", "lateness_reason")}
    assert "7 days late" in str(bare.failing[0].sentence)
    assert may_certify(replace(CERTIFICATION, lateness_reason="A storm."), day_97, TERMS).granted
    assert may_certify(replace(CERTIFICATION, due_on=day_97), day_97, TERMS).granted
    assert not counted_late(RECEIVED, day_97, day_97)


@pytest.mark.clause("6 USC 964(c)")
@given(days=st.integers(0, 400))
def test_day_90_is_in_time_and_day_91_is_late(days: int) -> None:
    assert counted_late(RECEIVED, RECEIVED + timedelta(days=days)) is (days > 90)


REFUSAL = replace(CERTIFICATION, recommended="refuse")
MATCH = Ground(Citation("6 USC 964(b)"), "true_match", "An owner is listed.")
UNMET = Ground(Citation("6 USC 963(3)"), "unmet_must", "Partners are not screened.", "3.1")
INELIGIBLE = Ground(Citation("6 USC 962"), "other_requirement", "The bond was ended.")


@pytest.mark.clause("6 USC 964(b)")
@pytest.mark.parametrize(
    ("facts", "ground", "granted"),
    [
        (replace(REFUSAL, investigation=replace(INVESTIGATION, true_matches=1)), MATCH, True),
        (replace(REFUSAL, investigation=replace(INVESTIGATION, state="adverse")), MATCH, True),
        (REFUSAL, MATCH, False),
        (replace(REFUSAL, investigation=None), MATCH, False),
        (replace(REFUSAL, review=reviewed("accepted", answer="no")), UNMET, True),
        (replace(REFUSAL, review=reviewed("sent_back", "Unsigned.")), UNMET, True),
        (REFUSAL, UNMET, False),
        (replace(REFUSAL, review=reviewed("accepted", answer="no")), replace(UNMET, criterion="1.1"), False),
        (REFUSAL, INELIGIBLE, True),
        (REFUSAL, replace(INELIGIBLE, citation=Citation("6 USC 967(a)")), False),
        (REFUSAL, replace(INELIGIBLE, kind="dislike"), False),
        (REFUSAL, replace(INELIGIBLE, statement=" "), False),
    ],
)
def test_a_ground_of_refusal_is_borne_out_by_the_record(
    facts: CertificationFacts, ground: Ground, granted: bool
) -> None:
    verdict = may_refuse(facts, [ground], ON)
    assert verdict.granted is granted
    assert ground.citation in verdict.citations
    assert {reason.code for reason in verdict.failing} <= {"ground_borne_out"}


@pytest.mark.clause("6 USC 964(b)")
def test_a_refusal_without_ground_is_refused() -> None:
    assert failing(may_refuse(REFUSAL, [], ON)) == {("ground_given", "6 USC 964(b)", "grounds")}


@pytest.mark.clause("6 USC 963")
@pytest.mark.clause("6 USC 962")
def test_what_is_certified_is_what_was_submitted_by_a_company_that_is_still_eligible() -> None:
    facts = replace(CERTIFICATION, eligibility=ELIGIBILITY)
    assert may_certify(facts, DECIDED, TERMS).granted
    moved = may_certify(replace(facts, changed=("Dock Seven",)), DECIDED, TERMS)
    assert failing(moved) == {("as_submitted", "6 USC 963", "submission")}
    barred = replace(ELIGIBILITY, determination="ineligible", determination_reason="It moves nothing.")
    found = failing(may_certify(replace(facts, eligibility=barred), DECIDED, TERMS))
    assert found == {
        ("determined_ineligible", "6 USC 962", "determination"),
        ("eligible", "6 USC 962", "eligibility"),
    }
