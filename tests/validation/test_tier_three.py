"""The third tier: designated criteria, best practices, commitment computed from the record (6 USC 966)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from greenlane.casework.models import Case, Deadline
from greenlane.law.authority import Office
from greenlane.participants.commands_standing import SetDeniedBenefits, SetStanding
from greenlane.participants.models import Participant
from greenlane.validation import queries_tier_three as queries
from greenlane.validation.commands_decision import RecommendRefusalOfValidation, RecommendValidation, RefuseValidation
from greenlane.validation.commands_designation import DesignateCriterion, WithdrawDesignation
from greenlane.validation.commands_tier_three import (
    EvaluateBestPractice,
    EvaluateDesignatedCriterion,
    PlanTierThreeValidation,
    PutForwardBestPractice,
)
from greenlane.validation.commands_tier_three_decision import ValidateTierThree
from greenlane.validation.entries_tier_three import PARTS, PartFound
from greenlane.validation.models_tier_three import Designation, Practice
from tests.companies import Company
from tests.desk import Desk
from tests.support.kept import kept
from tests.validation import steps

pytestmark = pytest.mark.django_db
ONE_PART = (PartFound(part="innovation", shown=True),)
CRITERIA: tuple[dict[str, Any], ...] = (
    {
        "code": "cargo_access",
        "kind": "access_to_cargo",
        "text": "Two persons open a container.",
        "exceeds": "One does.",
    },
    {"code": "data_early", "kind": "advance_information", "text": "Data before loading.", "before_loading": True},
    {"code": "seal_sensors", "kind": "container_security", "text": "A device in each container.", "standard": "ISO 1"},
    {"code": "cargo_other", "kind": "other", "text": "A further cargo requirement."},
)


@pytest.fixture
def desk() -> Desk:
    desk = steps.validation_desk()
    desk.prove = False
    with_manager(desk)
    return desk


@kept
def with_manager(desk: Desk) -> None:
    desk.person("mona", Office.PROGRAMME_MANAGER)


@kept
def designate(desk: Desk, *criteria: dict[str, Any]) -> list[UUID]:
    found = []
    for values in criteria or CRITERIA:
        case = desk.must(DesignateCriterion(programme="ctpat", **values), by="mona").case_id
        assert case is not None
        found.append(case)
    return found


@kept
def planned(desk: Desk, *, wait: int = 400) -> tuple[Company, UUID]:
    """A company that was validated at Tier 2 so many days ago, and its third-tier validation."""
    company, _case = steps.certified(desk)
    steps.validated(desk, company)
    desk.today += timedelta(days=wait)
    case = desk.must(PlanTierThreeValidation(participant_id=company.participant), by="sam").case_id
    assert case is not None
    return company, case


def practice(desk: Desk, company: Company, case: UUID) -> UUID:
    proof = steps.upload(desk, case, "How we count seals", by=company.officer)
    put = PutForwardBestPractice(case_id=case, title="Seal ledger", description="Counted twice.", documents=(proof,))
    desk.must(put, by=company.officer)
    return Practice.objects.get(validation_id=case, title="Seal ledger").pk


def evaluate(desk: Desk, case: UUID, key: UUID, *, but: str = "") -> None:
    proof = steps.upload(desk, case, "Seen in the yard")
    parts = tuple(PartFound(part=part, shown=part != but, evidence=(proof,)) for part in PARTS)  # type: ignore[arg-type]
    desk.must(EvaluateBestPractice(case_id=case, practice_id=key, parts=parts), by="sam")


def evaluate_all(desk: Desk, case: UUID, *, but: str = "") -> None:
    proof = steps.upload(desk, case, "Logs")
    for row in queries.designations_on("ctpat", desk.today):
        met: dict[str, Any] = {"met": False, "note": "No device."} if row.code == but else {"met": True}
        found = EvaluateDesignatedCriterion(case_id=case, designation_id=row.pk, evidence=(proof,), **met)
        desk.must(found, by="sam")


@kept
def ready(desk: Desk, *, wait: int = 400) -> tuple[Company, UUID]:
    """All that a third-tier validation asks for, with its recommendation."""
    designate(desk)
    company, case = planned(desk, wait=wait)
    steps.noticed(desk, company, case)
    key = practice(desk, company, case)
    steps.reported(desk, company, case)
    evaluate(desk, case, key)
    evaluate_all(desk, case)
    desk.must(RecommendValidation(case_id=case), by="sam")
    return company, case


def tier(company: Company) -> int:
    return Participant.objects.get(pk=company.participant).tier


@pytest.mark.clause("6 USC 966")
@pytest.mark.clause("6 USC 966(a)")
@pytest.mark.clause("6 USC 966(b)")
def test_a_tier_two_participant_that_exceeds_is_validated_at_the_third_tier(desk: Desk) -> None:
    company, case = ready(desk)
    desk.prove = True
    answer = desk.must(ValidateTierThree(case_id=case), by="sue")
    assert (answer.state, tier(company)) == ("validated", 3)
    codes = {reason.code for reason in answer.verdict.reasons}
    assert {
        "no_lapse",
        "commitment_sustained",
        "practice_exceeds",
        "designated_criterion_met",
        "second_person",
    } <= codes
    assert Case.objects.filter(participant_id=company.participant, kind="revalidation_periods").count() == 1


@pytest.mark.clause("6 USC 966(a)")
def test_only_a_tier_two_participant_is_planned_for_and_once(desk: Desk) -> None:
    company, _case = steps.certified(desk)
    plan = PlanTierThreeValidation(participant_id=company.participant)
    desk.refused(plan, by="sam", code="holds_tier_two", cite="6 USC 966(a)")
    steps.validated(desk, company)
    desk.must(plan, by="sam")
    desk.refused(plan, by="sam", code="no_other_validation_open", cite="6 USC 966(a)")
    desk.refused(plan, by=company.officer, code="authority")


@pytest.mark.clause("6 USC 966(a)")
def test_a_suspended_participant_is_not_planned_for(desk: Desk) -> None:
    company, _case = steps.certified(desk)
    steps.validated(desk, company)
    desk.must(SetStanding(participant_id=company.participant, standing="suspended", tier=0, reason="6 USC 967(b)"))
    plan = PlanTierThreeValidation(participant_id=company.participant)
    desk.refused(plan, by="sam", code="standing_allows", cite="6 USC 966(a)")


@pytest.mark.clause("6 USC 966(a)")
def test_a_commitment_of_less_than_a_year_is_not_sustained(desk: Desk) -> None:
    _company, case = ready(desk, wait=30)
    desk.refused(ValidateTierThree(case_id=case), by="sue", code="commitment_sustained", cite="6 USC 966(a)")


@pytest.mark.clause("6 USC 966(a)")
@pytest.mark.parametrize("what", ["denial", "suspension"])
def test_a_denial_or_suspension_on_record_is_a_lapse_until_an_appeal_undoes_it(desk: Desk, what: str) -> None:
    company, case = ready(desk)
    key, lost = company.participant, desk.today
    stood: dict[str, Any] = {"participant_id": key, "tier": 0, "standing": "suspended", "reason": "6 USC 967"}
    denied: dict[str, Any] = {"participant_id": key, "because": case, "reason": "6 USC 967(a)"}
    if what == "denial":
        desk.must(SetDeniedBenefits(benefits=("reduced_examinations",), **denied))
    else:
        desk.must(SetStanding(**stood))
    desk.today += timedelta(days=10)
    if what == "denial":
        desk.must(SetDeniedBenefits(benefits=(), **denied))
    else:
        desk.must(SetStanding(**{**stood, "standing": "certified", "tier": 2}))
    assert queries.lapses(key, desk.today) == (lost, desk.today - timedelta(days=1))
    desk.refused(ValidateTierThree(case_id=case), by="sue", code="no_lapse", cite="6 USC 966(a)")
    if what == "denial":
        desk.must(SetDeniedBenefits(benefits=(), since=lost, **denied))
    else:
        desk.must(SetStanding(**{**stood, "standing": "certified", "tier": 2, "since": lost}))
    assert queries.lapses(key, desk.today) == ()
    desk.must(ValidateTierThree(case_id=case), by="sue")


@pytest.mark.clause("6 USC 966(a)")
@pytest.mark.clause("6 USC 965(c)")
def test_rc_06_no_tier_rises_while_a_required_action_is_open_and_one_past_due_is_a_lapse(desk: Desk) -> None:
    designate(desk)
    company, case = planned(desk)
    steps.noticed(desk, company, case)
    key = practice(desk, company, case)
    steps.visited(desk, case)
    steps.found(desk, company, case)
    steps.require(desk, case)
    steps_report(desk, case)
    evaluate(desk, case, key)
    evaluate_all(desk, case)
    desk.refused(RecommendValidation(case_id=case), by="sam", code="required_actions_closed", cite="6 USC 965(c)")
    desk.today += timedelta(days=61)
    assert queries.lapses(company.participant, desk.today) == (desk.today,)
    steps.answered(desk, company, case)
    assert queries.lapses(company.participant, desk.today) == (desk.today,)
    steps.accepted(desk, case)
    desk.must(RecommendValidation(case_id=case), by="sam")
    desk.refused(ValidateTierThree(case_id=case), by="sue", code="no_lapse", cite="6 USC 966(a)")


def steps_report(desk: Desk, case: UUID) -> None:
    from greenlane.validation.commands_report import IssueValidationReport

    desk.must(IssueValidationReport(case_id=case, summary="A sound supply chain."), by="sam")


@pytest.mark.clause("6 USC 966(a)")
@pytest.mark.parametrize("missing", list(PARTS))
def test_a_practice_meets_all_five_parts_or_exceeds_nothing(desk: Desk, missing: str) -> None:
    designate(desk)
    company, case = planned(desk)
    steps.noticed(desk, company, case)
    key = practice(desk, company, case)
    steps.reported(desk, company, case)
    evaluate(desk, case, key, but=missing)
    evaluate_all(desk, case)
    desk.must(RecommendValidation(case_id=case), by="sam")
    desk.refused(ValidateTierThree(case_id=case), by="sue", code="practice_exceeds", cite="6 USC 966(a)")


@pytest.mark.clause("6 USC 966(b)(1)")
@pytest.mark.clause("6 USC 966(b)(2)")
@pytest.mark.clause("6 USC 966(b)(3)")
@pytest.mark.clause("6 USC 966(b)(4)")
def test_each_designated_criterion_in_force_is_met_on_evidence(desk: Desk) -> None:
    keys = designate(desk)
    company, case = planned(desk)
    steps.noticed(desk, company, case)
    key = practice(desk, company, case)
    steps.reported(desk, company, case)
    evaluate(desk, case, key)
    evaluate_all(desk, case, but="seal_sensors")
    desk.must(RecommendValidation(case_id=case), by="sam")
    desk.refused(ValidateTierThree(case_id=case), by="sue", code="designated_criterion_met", cite="6 USC 966(b)(3)")
    desk.must(WithdrawDesignation(case_id=keys[2], reason="The standard was withdrawn."), by="mona")
    desk.must(ValidateTierThree(case_id=case), by="sue")


@pytest.mark.clause("6 USC 966(b)")
def test_without_designated_criteria_nobody_is_validated_at_the_third_tier(desk: Desk) -> None:
    company, case = planned(desk)
    steps.noticed(desk, company, case)
    key = practice(desk, company, case)
    steps.reported(desk, company, case)
    evaluate(desk, case, key)
    desk.must(RecommendValidation(case_id=case), by="sam")
    desk.refused(ValidateTierThree(case_id=case), by="sue", code="criteria_designated", cite="6 USC 966(b)")


@pytest.mark.clause("6 USC 971(a)")
def test_a_second_person_decides_and_only_as_recommended(desk: Desk) -> None:
    company, case = ready(desk)
    desk.refused(ValidateTierThree(case_id=case), by="sam", code="authority")
    desk.refused(RefuseValidation(case_id=case), by="sue")
    assert tier(company) == 2


@pytest.mark.clause("6 USC 966(a)")
def test_a_refused_third_tier_leaves_the_second(desk: Desk) -> None:
    company, case = planned(desk)
    steps.noticed(desk, company, case)
    steps.reported(desk, company, case)
    desk.must(RecommendRefusalOfValidation(case_id=case, grounds="No practice was put forward."), by="sam")
    desk.refused(ValidateTierThree(case_id=case), by="sue", code="recommended", cite="6 USC 966(a)")
    desk.must(RefuseValidation(case_id=case), by="sue")
    assert tier(company) == 2


@pytest.mark.clause("6 USC 966(b)")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "access_to_cargo", "exceeds": " "}, "criterion_kind_asks"),
        ({"kind": "advance_information", "before_loading": False}, "criterion_kind_asks"),
        ({"kind": "container_security", "standard": ""}, "criterion_kind_asks"),
        ({"text": " "}, "criterion_described"),
        ({"code": "Seal sensors!"}, "designation_code"),
        ({"text": "x" * 4001}, "designation_fits"),
    ],
)
def test_a_designation_says_what_its_kind_asks(desk: Desk, change: dict[str, Any], code: str) -> None:
    values: dict[str, Any] = {"code": "cargo_other", "kind": "other", "text": "A requirement.", **change}
    desk.refused(DesignateCriterion(programme="ctpat", **values), by="mona", code=code)


@pytest.mark.clause("6 USC 966(b)")
def test_a_code_is_designated_once_at_a_time_by_the_manager(desk: Desk) -> None:
    [key] = designate(desk, CRITERIA[3])
    again = DesignateCriterion(programme="ctpat", **CRITERIA[3])
    desk.refused(again, by="mona", code="designated_once", cite="6 USC 966(b)")
    desk.refused(again, by="sam", code="authority")
    desk.refused(WithdrawDesignation(case_id=key, reason=" "), by="mona", code="reason_given", cite="6 USC 966(b)")
    desk.must(WithdrawDesignation(case_id=key, reason="Replaced."), by="mona")
    desk.refused(WithdrawDesignation(case_id=key, reason="Again."), by="mona", code="designation_in_force")
    desk.prove = True
    desk.must(again, by="mona")
    assert Designation.objects.filter(code="cargo_other").count() == 2


@pytest.mark.clause("6 USC 966(d)")
def test_the_deadline_of_designation_is_on_record_and_a_late_one_stays_late(desk: Desk) -> None:
    assert not queries.designation_in_time("ctpat", desk.today).granted
    first, second = designate(desk, *CRITERIA[2:])
    row = Deadline.objects.get(case_id=first)
    assert (row.clock, row.due_on, row.met_on) == ("tier_3_criteria", date(2008, 10, 13), desk.today)
    assert not Deadline.objects.filter(case_id=second).exists()
    verdict = queries.designation_in_time("ctpat", desk.today)
    assert {reason.code for reason in verdict.failing} == {"criteria_designated", "benefits_provided"}
    assert queries.benefits_since("ctpat", desk.today) == date(2020, 1, 1)


@pytest.mark.clause("6 USC 966(a)")
@pytest.mark.clause("6 USC 966(b)")
def test_findings_of_the_third_tier_belong_to_its_own_validation_and_rest_on_documents(desk: Desk) -> None:
    [key] = designate(desk, CRITERIA[3])
    company, first = steps.certified(desk)
    put = PutForwardBestPractice(case_id=first, title="Seal ledger", description="Counted twice.")
    desk.refused(put, by=company.officer, code="purpose_fits", cite="6 USC 966(a)")
    steps.validated(desk, company)
    answer = desk.must(PlanTierThreeValidation(participant_id=company.participant), by="sam")
    case = answer.case_id
    assert case is not None
    silent = PutForwardBestPractice(case_id=case, title=" ", description="x" * 5001)
    codes = {reason.code for reason in desk.refused(silent, by=company.officer).verdict.failing}
    assert {"title_given", "description_given"} <= codes
    steps.noticed(desk, company, case)
    put_forward = practice(desk, company, case)
    steps.reported(desk, company, case)
    half = EvaluateBestPractice(case_id=case, practice_id=put_forward, parts=ONE_PART)
    codes = {reason.code for reason in desk.refused(half, by="sam").verdict.failing}
    assert {"each_part_once", "part_on_evidence"} <= codes
    bare = EvaluateDesignatedCriterion(case_id=case, designation_id=key, met=True)
    desk.refused(bare, by="sam", code="criterion_on_evidence", cite="6 USC 966(b)")
    mute = EvaluateDesignatedCriterion(case_id=case, designation_id=key, met=False)
    desk.refused(mute, by="sam", code="criterion_on_evidence", cite="6 USC 966(b)")
    foreign = EvaluateDesignatedCriterion(case_id=case, designation_id=key, met=True, evidence=(key,))
    desk.refused(foreign, by="sam", code="documents_on_file", cite="6 USC 966(b)")
    desk.must(WithdrawDesignation(case_id=key, reason="Replaced."), by="mona")
    desk.refused(foreign, by="sam", code="criterion_in_force", cite="6 USC 966(b)")


@pytest.mark.clause("6 USC 966(a)")
def test_the_third_tier_is_not_decided_in_a_validation_for_the_second(desk: Desk) -> None:
    company, case = steps.certified(desk)
    steps.recommended(desk, company, case)
    desk.refused(ValidateTierThree(case_id=case), by="sue", code="purpose_fits", cite="6 USC 966(a)")
