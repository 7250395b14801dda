"""A company applies: what is missing is listed, who may sign is held, dates never move (6 USC 961(a), 962, 963)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from greenlane.applications.commands import OpenApplication, SignAgreement, SubmitApplication, WithdrawApplication
from greenlane.applications.entries import CriterionAnswer
from greenlane.applications.models import AnswerRow, Application
from greenlane.applications.parts import AnswerCriteria, AssessRisk
from greenlane.applications.queries import application_of, questionnaire, readiness
from greenlane.casework.models import Case
from greenlane.criteria.catalogue import load_catalogue
from greenlane.law.authority import Office
from greenlane.participants.commands_standing import SetStanding
from greenlane.participants.models import Participant
from greenlane.people.commands import GrantOffice
from tests.companies import Company, found_programme
from tests.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    found_programme(desk, "importer", "customs_broker")
    return desk


def state(company: Company) -> str:
    return Case.objects.get(pk=company.application).state


@pytest.mark.clause("6 USC 963")
@pytest.mark.clause("6 USC 961(a)")
def test_a_complete_application_is_submitted_and_received_that_day(desk: Desk) -> None:
    company = Company(desk, "ada").submitted()
    row = Application.objects.get(pk=company.application)
    assert state(company) == "submitted"
    assert row.received_on == desk.today


@pytest.mark.clause("6 USC 963(1)")
@pytest.mark.clause("6 USC 963(2)")
@pytest.mark.clause("6 USC 963(3)")
@pytest.mark.clause("6 USC 962")
def test_an_empty_application_lists_everything_that_is_missing_at_once(desk: Desk) -> None:
    company = Company(desk, "ada").register().open()
    answer = desk.refused(SubmitApplication(case_id=company.application), by="ada")
    codes = {reason.code for reason in answer.verdict.failing}
    assert {
        "question_unanswered",
        "identifier_verified",
        "history_recorded",
        "supply_chain_mapped",
        "measures_complete",
        "agreement_signed",
        "officer_named",
    } <= codes
    assert state(company) == "draft"
    application = application_of(company.application)
    shown = readiness(application, desk.people["ada"], Office.APPLICANT_OFFICER, desk.today)
    assert {(r.code, r.where) for r in shown.failing} == {(r.code, r.where) for r in answer.verdict.failing}


@pytest.mark.clause("6 USC 963(2)(A)")
@pytest.mark.clause("6 USC 963(2)(B)")
@pytest.mark.clause("6 USC 963(2)(C)")
@pytest.mark.clause("6 USC 963(2)(D)")
@pytest.mark.clause("6 USC 963(2)(E)")
@pytest.mark.clause("6 USC 963(2)(F)")
@pytest.mark.clause("6 USC 963(2)(G)")
def test_an_area_left_out_at_one_node_is_named(desk: Desk) -> None:
    company = Company(desk, "ada").register().fill_profile().map_chain().open()
    risks = company.risks()
    clauses = set()
    first_of_each_area = {risk.area: risk for risk in reversed(risks)}
    for left_out in first_of_each_area.values():
        others = tuple(r for r in risks if r != left_out)
        desk.must(WithdrawApplication(case_id=company.application), by="ada")
        company.open()
        desk.must(AssessRisk(case_id=company.application, risks=others), by="ada")
        answer = desk.refused(SubmitApplication(case_id=company.application), by="ada")
        [gap] = [r for r in answer.verdict.failing if r.code == "area_missing"]
        assert gap.where == f"{left_out.area}:{left_out.node}"
        clauses.add(gap.citation.cite)
    assert clauses == {f"6 USC 963(2)({letter})" for letter in "ABCDEFG"}


def test_rc_13_a_consultant_may_draft_but_never_sign_or_submit(desk: Desk) -> None:
    company = Company(desk, "ada").ready()
    consultant = desk.person("carl")
    desk.must(
        GrantOffice(account_id=consultant, office=Office.CONSULTANT, participant_id=company.participant), by="ada"
    )
    document = company.upload("Visitor log")
    asked = questionnaire(application_of(company.application))
    drafted = CriterionAnswer(number=asked[0].number, value="yes", narrative="Drafted.", evidence=(document,))
    desk.must(AnswerCriteria(case_id=company.application, answers=(drafted,)), by="carl")
    desk.refused(SignAgreement(case_id=company.application, agreed=True), by="carl", code="authority")
    company.sign()
    answer = desk.refused(SubmitApplication(case_id=company.application), by="carl", code="authority")
    assert answer.verdict.failing[0].citation.cite == "6 USC 963"


@pytest.mark.clause("6 USC 963")
def test_rc_13_an_officer_whom_the_profile_does_not_name_cannot_sign(desk: Desk) -> None:
    company = Company(desk, "ada").ready()
    other = desk.person("otto")
    desk.must(
        GrantOffice(account_id=other, office=Office.APPLICANT_OFFICER, participant_id=company.participant), by="ada"
    )
    desk.refused(SignAgreement(case_id=company.application, agreed=True), by="otto", code="officer_named")


@pytest.mark.clause("6 USC 963(3)")
def test_rc_05_no_and_not_answered_never_look_the_same(desk: Desk) -> None:
    company = Company(desk, "ada").ready().sign()
    first, second, *_ = questionnaire(application_of(company.application))
    no = CriterionAnswer(number=first.number, value="no", narrative="Not yet; planned for June.")
    back = CriterionAnswer(number=second.number, value="unanswered")
    desk.must(AnswerCriteria(case_id=company.application, answers=(no, back)), by="ada")
    assert AnswerRow.objects.get(application_id=company.application, number=first.number).value == "no"
    assert not AnswerRow.objects.filter(application_id=company.application, number=second.number).exists()
    answer = desk.refused(SubmitApplication(case_id=company.application), by="ada", code="criterion_unanswered")
    assert [r.where for r in answer.verdict.failing if r.code == "criterion_unanswered"] == [second.number]


@pytest.mark.clause("6 USC 963(3)")
def test_rc_14_only_criteria_of_the_business_type_are_asked_and_answered(desk: Desk) -> None:
    company = Company(desk, "ada", business_type="customs_broker").ready()
    edition = load_catalogue().edition("customs_broker", desk.today)
    asked = questionnaire(application_of(company.application))
    assert {c.number for c in asked} <= {c.number for c in edition.criteria}
    importers = load_catalogue().edition("importer", desk.today)
    [stranger, *_] = [c.number for c in importers.criteria if edition.criterion(c.number) is None]
    answer = CriterionAnswer(number=stranger, value="yes")
    desk.refused(AnswerCriteria(case_id=company.application, answers=(answer,)), by="ada", code="criterion_in_edition")


@pytest.mark.clause("6 USC 961(a)")
def test_withdrawal_needs_no_reason_and_the_company_may_apply_again_the_same_day(desk: Desk) -> None:
    company = Company(desk, "ada").submitted()
    desk.must(WithdrawApplication(case_id=company.application), by="ada")
    assert state(company) == "withdrawn"
    assert Participant.objects.get(pk=company.participant).standing == "withdrawn"
    desk.must(OpenApplication(participant_id=company.participant), by="ada")


@pytest.mark.clause("6 USC 961(a)")
def test_one_open_application_at_a_time(desk: Desk) -> None:
    company = Company(desk, "ada").register().open()
    desk.refused(OpenApplication(participant_id=company.participant), by="ada", code="no_open_application")


@pytest.mark.clause("6 USC 963(3)")
def test_evidence_must_be_on_file_in_this_application(desk: Desk) -> None:
    company = Company(desk, "ada").register().fill_profile().open()
    number = questionnaire(application_of(company.application))[0].number
    stray = CriterionAnswer(number=number, value="yes", narrative="See file.", evidence=(uuid4(),))
    desk.refused(AnswerCriteria(case_id=company.application, answers=(stray,)), by="ada", code="evidence_on_file")


@pytest.mark.clause("6 USC 971(b)")
def test_what_a_company_sends_counts_on_the_day_it_is_received(desk: Desk) -> None:
    company = Company(desk, "ada").ready().sign()
    backdated = SubmitApplication(case_id=company.application)
    desk.refused(backdated, by="ada", on=desk.today - timedelta(days=3), code="counts_when_received")


@pytest.mark.clause("6 USC 963(3)")
def test_criteria_of_a_kind_of_cargo_are_not_avoided_by_naming_none(desk: Desk) -> None:
    company = Company(desk, "ada").ready().sign()
    Participant.objects.filter(pk=company.participant).update(cargo_kinds=[])  # a bare profile
    desk.prove = False
    desk.refused(
        SubmitApplication(case_id=company.application), by="ada", code="cargo_kinds_given", cite="6 USC 963(3)"
    )


@pytest.mark.clause("6 USC 961(a)")
@pytest.mark.parametrize(("standing", "after"), [("suspended", "suspended"), ("applicant", "withdrawn")])
def test_a_withdrawal_takes_no_suspension_back(desk: Desk, standing: str, after: str) -> None:
    company = Company(desk, "ada").register().fill_profile().open()
    desk.must(SetStanding(participant_id=company.participant, standing=standing, tier=0, reason="967(a)"))  # type: ignore[arg-type]
    desk.must(WithdrawApplication(case_id=company.application), by="ada")
    assert Participant.objects.get(pk=company.participant).standing == after
