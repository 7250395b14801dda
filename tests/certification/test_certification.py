"""From receipt to decision: investigation, review, second person, 90 days, letter (6 USC 964)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from greenlane.applications.commands import WithdrawApplication
from greenlane.applications.entries import CriterionAnswer
from greenlane.applications.models import Application
from greenlane.applications.parts import AnswerCriteria
from greenlane.applications.queries import questionnaire
from greenlane.casework.models import Case, Deadline, Notice
from greenlane.certification.commands import (
    CertifyTierOne,
    PublishGuidelines,
    RecommendCertification,
    RecommendRefusal,
    RefuseCertification,
    SendBackRecommendation,
)
from greenlane.certification.entries import CriterionReview, RefusalGround
from greenlane.certification.models import Certification, FindingRow
from greenlane.certification.review import BeginReview, ReturnForCorrection, ReviewCriteria
from greenlane.law.authority import Office
from greenlane.participants.models import Participant
from greenlane.people.commands import AssignCase
from greenlane.vetting.commands_adjudication import AdjudicateHit, CompleteInvestigation
from greenlane.vetting.facts import latest_investigation
from greenlane.vetting.models import ScreeningHit
from tests.companies import BORN, Company, found_programme
from tests.desk import Desk
from tests.invented_lists import invented_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """A programme with guidelines, a list, a specialist, an analyst and two supervisors."""
    desk = Desk(prove=False)
    found_programme(desk, "importer")
    desk.must(
        PublishGuidelines(
            programme="ctpat", version="2020-1", title="Guidelines", text="Invented.", in_force_from=BORN
        ),
        on=BORN,
    )
    desk.must(invented_list(desk.today))
    desk.person("sam", Office.SPECIALIST)
    desk.person("vera", Office.VETTING_ANALYST)
    desk.person("sue", Office.SUPERVISOR)
    desk.person("both", Office.SUPERVISOR, Office.SPECIALIST)
    desk.prove = True
    return desk


def received(desk: Desk, **profile: object) -> tuple[Company, UUID]:
    """A company whose application was received today, assigned to Sam and under review."""
    desk.prove = False
    company = Company(desk, "ada").register().fill_profile(**profile).map_chain().open().fill_application()  # type: ignore[arg-type]
    company.sign().submit()
    desk.prove = True
    case = Certification.objects.get(application_id=company.application).pk
    desk.must(AssignCase(case_id=case, account_id=desk.people["sam"]), by="sue")
    desk.must(BeginReview(case_id=case), by="sam")
    return company, case


def investigate(desk: Desk, company: Company, outcome: str = "false_match") -> UUID:
    case = latest_investigation(company.participant)
    assert case is not None
    for hit in ScreeningHit.objects.filter(investigation_id=case, status="open"):
        desk.must(
            AdjudicateHit(
                case_id=case,
                hit_id=hit.pk,
                outcome=outcome,  # type: ignore[arg-type]
                reason_code="same_birth_date" if outcome == "true_match" else "different_name",
                reason="Compared by a person with the documents on file.",
            ),
            by="vera",
        )
    desk.must(CompleteInvestigation(case_id=case, summary="Every party compared."), by="vera")
    return case


def accept_all(desk: Desk, company: Company, case: UUID, *, but: str = "") -> None:
    asked = questionnaire(Application.objects.select_related("participant").get(pk=company.application))
    findings = tuple(
        CriterionReview(number=c.number, finding="sent_back", note="Show the seal log.")
        if c.number == but
        else CriterionReview(number=c.number, finding="accepted")
        for c in asked
    )
    desk.must(ReviewCriteria(case_id=case, findings=findings), by="sam")


@pytest.mark.clause("6 USC 964")
@pytest.mark.clause("6 USC 964(a)")
@pytest.mark.clause("6 USC 964(b)")
@pytest.mark.clause("6 USC 964(c)")
def test_a_reviewed_and_investigated_company_is_certified_by_a_second_person(desk: Desk) -> None:
    company, case = received(desk)
    investigate(desk, company)
    accept_all(desk, company, case)
    desk.must(RecommendCertification(case_id=case), by="sam")
    desk.today += timedelta(days=89)
    answer = desk.must(CertifyTierOne(case_id=case), by="sue")
    assert {"6 USC 964(b)", "6 USC 964(c)", "6 USC 971(a)"} <= {c.cite for c in answer.verdict.citations}
    participant = Participant.objects.get(pk=company.participant)
    assert (participant.standing, participant.tier, participant.certified_on) == ("certified", 1, desk.today)
    assert Case.objects.get(pk=company.application).state == "accepted"
    [deadline] = Deadline.objects.filter(case_id=case)
    assert (deadline.due_on - deadline.started_on).days == 90
    assert deadline.met_on == desk.today
    [letter] = Notice.objects.filter(case_id=case)
    assert letter.template == "certification_decided"
    assert not Certification.objects.get(pk=case).late


@pytest.mark.clause("6 USC 964(c)")
def test_a_late_decision_needs_a_written_reason_is_not_blocked_and_is_counted(desk: Desk) -> None:
    company, case = received(desk)
    investigate(desk, company)
    accept_all(desk, company, case)
    desk.must(RecommendCertification(case_id=case), by="sam")
    desk.today += timedelta(days=97)
    desk.refused(CertifyTierOne(case_id=case), by="sue", code="lateness_reason", cite="6 USC 964(c)")
    desk.must(CertifyTierOne(case_id=case, lateness_reason="A storm closed the office for a week."), by="sue")
    row = Certification.objects.get(pk=case)
    assert row.late
    assert "storm" in row.lateness_reason
    assert "storm" in str(Notice.objects.get(case_id=case).body)


@pytest.mark.clause("6 USC 964(b)")
def test_rc_11_nobody_is_certified_without_a_recorded_vetting_result(desk: Desk) -> None:
    company, case = received(desk)
    accept_all(desk, company, case)
    desk.must(RecommendCertification(case_id=case), by="sam")
    answer = desk.refused(CertifyTierOne(case_id=case), by="sue", code="investigation_completed", cite="6 USC 964(b)")
    assert answer.step == "law"
    assert Participant.objects.get(pk=company.participant).tier == 0


@pytest.mark.clause("6 USC 964(b)")
def test_a_criterion_left_unread_stops_the_recommendation_and_is_named(desk: Desk) -> None:
    _company, case = received(desk)
    answer = desk.refused(RecommendCertification(case_id=case), by="sam", code="criterion_unreviewed")
    assert "1.1" in {reason.where for reason in answer.verdict.failing}


@pytest.mark.clause("6 USC 971(a)")
def test_the_person_who_recommended_cannot_decide(desk: Desk) -> None:
    company, case = received(desk)
    investigate(desk, company)
    accept_all(desk, company, case)
    desk.must(AssignCase(case_id=case, account_id=desk.people["both"]), by="sue")
    desk.must(RecommendCertification(case_id=case), by="both")
    desk.refused(CertifyTierOne(case_id=case), by="both", code="second_person", cite="6 USC 971(a)")


@pytest.mark.clause("6 USC 964(b)")
def test_a_true_match_is_a_ground_of_refusal_and_never_a_denial_by_itself(desk: Desk) -> None:
    company, case = received(desk, owner="Morwenna Invented Villain", born=date(1970, 5, 17))
    investigate(desk, company, "true_match")
    accept_all(desk, company, case)
    assert Case.objects.get(pk=case).state == "under_review"
    ground = RefusalGround(cite="6 USC 964(b)", kind="true_match", statement="An owner is on a list of denied persons.")
    desk.must(RecommendRefusal(case_id=case, grounds=(ground,)), by="sam")
    desk.refused(CertifyTierOne(case_id=case), by="sue", code="investigation_cleared")
    desk.must(RefuseCertification(case_id=case), by="sue")
    assert Participant.objects.get(pk=company.participant).standing == "refused"
    assert Case.objects.get(pk=company.application).state == "refused"
    assert "list of denied persons" in str(Notice.objects.get(case_id=case).body)


@pytest.mark.clause("6 USC 964(b)")
def test_a_ground_that_the_record_does_not_bear_out_is_no_ground(desk: Desk) -> None:
    company, case = received(desk)
    investigate(desk, company)
    accept_all(desk, company, case)
    ground = RefusalGround(cite="6 USC 964(b)", kind="true_match", statement="Somebody said so.")
    desk.must(RecommendRefusal(case_id=case, grounds=(ground,)), by="sam")
    desk.refused(RefuseCertification(case_id=case), by="sue", code="ground_borne_out")
    desk.must(SendBackRecommendation(case_id=case, reason="No such match is on record."), by="sue")
    assert Certification.objects.get(pk=case).recommended == ""


@pytest.mark.clause("6 USC 964(b)")
@pytest.mark.clause("6 USC 964(c)")
def test_what_is_returned_is_corrected_and_read_again_and_the_clock_never_moves(desk: Desk) -> None:
    company, case = received(desk)
    started = Deadline.objects.get(case_id=case).started_on
    accept_all(desk, company, case, but="6.1")
    desk.today += timedelta(days=5)
    desk.must(ReturnForCorrection(case_id=case, message="One point is open."), by="sam")
    assert Case.objects.get(pk=company.application).state == "returned"
    [letter] = Notice.objects.filter(case_id=case, template="certification_returned")
    assert "6.1" in str(letter.body)
    desk.today += timedelta(days=20)
    manual = company.upload("Seal log")
    mended = CriterionAnswer(number="6.1", value="yes", narrative="Logged since today.", evidence=(manual,))
    desk.must(AnswerCriteria(case_id=company.application, answers=(mended,)), by="ada")
    company.submit()
    assert Case.objects.get(pk=case).state == "under_review"
    assert not FindingRow.objects.filter(certification_id=case, number="6.1").exists()
    deadline = Deadline.objects.get(case_id=case)
    assert (deadline.started_on, (deadline.due_on - started).days) == (started, 90)
    assert Application.objects.get(pk=company.application).received_on == started


@pytest.mark.clause("6 USC 961(a)")
def test_a_withdrawal_closes_the_certification_without_a_decision(desk: Desk) -> None:
    company, case = received(desk)
    desk.must(WithdrawApplication(case_id=company.application), by="ada")
    assert Case.objects.get(pk=case).state == "withdrawn"
    assert not Deadline.objects.filter(case_id=case).exists()


@pytest.mark.clause("6 USC 971(c)")
def test_only_the_assigned_specialist_reviews(desk: Desk) -> None:
    _company, case = received(desk)
    desk.refused(RecommendCertification(case_id=case), by="both", code="authority")
    desk.refused(CertifyTierOne(case_id=case), by="sam", code="authority")
