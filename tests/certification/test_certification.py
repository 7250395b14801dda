"""From receipt to decision: investigation, review, second person, 90 days, letter (6 USC 964)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from greenlane.applications.commands import WithdrawApplication
from greenlane.applications.entries import CriterionAnswer
from greenlane.applications.facts import changed_since_submission
from greenlane.applications.models import Application
from greenlane.applications.parts import AnswerCriteria, DetermineEligibility
from greenlane.applications.queries import questionnaire
from greenlane.casework.models import Case, Deadline, Notice
from greenlane.certification.commands import (
    CertifyTierOne,
    RecommendCertification,
    RecommendRefusal,
    RefuseCertification,
    SendBackRecommendation,
)
from greenlane.certification.entries import CriterionReview, RefusalGround
from greenlane.certification.models import Certification, FindingRow
from greenlane.certification.review import ReturnForCorrection, ReviewCriteria
from greenlane.law.authority import Office
from greenlane.law.sentences import Sentence
from greenlane.participants.chain import RecordSite
from greenlane.participants.commands import AmendProfile
from greenlane.participants.models import Participant
from greenlane.participants.queries import sites
from greenlane.people.commands import AssignCase
from greenlane.people.delegation import DelegateOffice
from greenlane.vetting.commands import OpenInvestigation
from greenlane.vetting.facts import latest_investigation
from tests.companies import Company
from tests.desk import Desk
from tests.lives import accept_all, founded_desk, investigate, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return founded_desk()


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


@pytest.mark.clause("6 USC 964(c)")
def test_a_late_decision_cannot_be_dated_back_into_time(desk: Desk) -> None:
    company, case = received(desk)
    investigate(desk, company)
    accept_all(desk, company, case)
    desk.must(RecommendCertification(case_id=case), by="sam")
    in_time = desk.today + timedelta(days=80)
    desk.today += timedelta(days=97)
    desk.refused(CertifyTierOne(case_id=case), by="sue", on=in_time, code="meets_a_clock_today", cite="6 USC 964(c)")


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


@pytest.mark.clause("6 USC 971(a)")
def test_an_office_that_the_recommender_lent_is_not_a_second_person(desk: Desk) -> None:
    company, case = received(desk)
    investigate(desk, company)
    accept_all(desk, company, case)
    desk.must(AssignCase(case_id=case, account_id=desk.people["both"]), by="sue")
    desk.must(RecommendCertification(case_id=case), by="both")
    pat = desk.person("pat", Office.SPECIALIST)
    loan = DelegateOffice(
        delegate_id=pat,
        office=Office.SUPERVISOR,
        from_day=desk.today,
        to_day=desk.today + timedelta(days=9),
        reason="On leave.",
    )
    desk.must(loan, by="both")
    desk.refused(CertifyTierOne(case_id=case), by="pat", code="second_person", cite="6 USC 971(a)")
    desk.must(loan, by="sue")
    desk.must(CertifyTierOne(case_id=case), by="pat")


@pytest.mark.clause("6 USC 963")
def test_what_is_certified_is_what_was_submitted(desk: Desk) -> None:
    company, case = received(desk)
    investigate(desk, company)
    accept_all(desk, company, case)
    desk.must(RecommendCertification(case_id=case), by="sam")
    [site] = sites(company.participant)
    moved = RecordSite(
        participant_id=company.participant,
        series=site.series,
        name="Dock Seven",
        use="factory",
        address="8 Dock",
        city="Houston",
        country="US",
    )
    desk.must(moved, by="ada")
    answer = desk.refused(CertifyTierOne(case_id=case), by="sue", code="as_submitted", cite="6 USC 963")
    assert "Dock Seven" in str([reason for reason in answer.verdict.failing if reason.code == "as_submitted"])
    assert desk.must(SendBackRecommendation(case_id=case, reason="The site changed."), by="sue").granted
    one = CriterionReview(number="6.1", finding="sent_back", note="Say what changed at Dock Seven.")
    desk.must(ReviewCriteria(case_id=case, findings=(one,)), by="sam")
    desk.must(ReturnForCorrection(case_id=case, message=""), by="sam")
    company.submit()
    investigate(desk, company)  # a site at another address is investigated again (RC-12)
    accept_all(desk, company, case)
    desk.must(RecommendCertification(case_id=case), by="sam")
    desk.must(CertifyTierOne(case_id=case), by="sue")


@pytest.mark.clause("6 USC 963(3)")
def test_a_change_of_cargo_takes_no_criterion_out_of_a_review(desk: Desk) -> None:
    company, case = received(desk)
    application = Application.objects.select_related("participant").get(pk=company.application)
    asked = {criterion.number for criterion in questionnaire(application)}
    row = application.participant
    amended = AmendProfile(
        participant_id=row.pk,
        legal_name=row.legal_name,
        country=row.country,
        address=row.address,
        city=row.city,
        cargo_kinds=("bulk",),
    )
    desk.must(amended, by="ada")
    application = Application.objects.select_related("participant").get(pk=company.application)
    assert application.participant.cargo_kinds == ["bulk"]
    assert {criterion.number for criterion in questionnaire(application)} == asked
    assert set(changed_since_submission(application)) == {"bulk", "containerized"}
    accept_all(desk, company, case, but="6.1")
    desk.must(ReturnForCorrection(case_id=case, message=""), by="sam")
    returned = Application.objects.select_related("participant").get(pk=company.application)
    assert {criterion.number for criterion in questionnaire(returned)} != asked


@pytest.mark.clause("6 USC 964(b)")
def test_an_investigation_serves_an_application_of_its_own_company(desk: Desk) -> None:
    company = Company(desk, "ada").register().fill_profile().open()
    stranger = Company(desk, "eve", name="Stranger Kettle Imports").register()
    mixed = OpenInvestigation(participant_id=stranger.participant, application_id=company.application)
    desk.refused(mixed, by="vera", code="application_of_the_company", cite="6 USC 964(b)")
    early = desk.must(OpenInvestigation(participant_id=company.participant), by="vera").case_id
    company.map_chain().fill_application().sign().submit()  # the desk holds that no reaction was refused
    assert latest_investigation(company.participant, "certification") == early


@pytest.mark.clause("6 USC 962")
def test_a_company_that_is_found_ineligible_during_the_review_is_not_certified(desk: Desk) -> None:
    company, case = received(desk)
    investigate(desk, company)
    accept_all(desk, company, case)
    desk.must(RecommendCertification(case_id=case), by="sam")
    found = DetermineEligibility(case_id=company.application, outcome="ineligible", reason="It moves no cargo.")
    desk.must(found, by="sue")
    desk.refused(CertifyTierOne(case_id=case), by="sue", code="determined_ineligible", cite="6 USC 962")


@pytest.mark.clause("6 USC 964(b)")
def test_words_of_a_refusal_reach_the_letter_as_they_were_written(desk: Desk) -> None:
    _company, case = received(desk)
    words = "100% of seals %(company)s %s <b>were missing</b>"
    ground = RefusalGround(cite="6 USC 963(3)", kind="other_requirement", statement=words)
    desk.must(RecommendRefusal(case_id=case, grounds=(ground,)), by="sam")
    desk.must(RefuseCertification(case_id=case), by="sue")
    texts = [str(Sentence.from_json(block["text"])) for block in Notice.objects.get(case_id=case).body]
    assert words in texts


@pytest.mark.clause("6 USC 964(b)")
@pytest.mark.parametrize(
    ("grounds", "code"),
    [
        ((), "ground_given"),
        ((RefusalGround(cite="6 USC 964(b)", kind="true_match", statement=" "),), "ground_given"),
        ((RefusalGround(cite="6 USC 999(z)", kind="true_match", statement="Words."),), "ground_cited"),
    ],
)
def test_a_refusal_is_recommended_on_grounds_with_words_and_a_clause(
    desk: Desk, grounds: tuple[RefusalGround, ...], code: str
) -> None:
    _company, case = received(desk)
    desk.refused(RecommendRefusal(case_id=case, grounds=grounds), by="sam", code=code, cite="6 USC 964(b)")


@pytest.mark.clause("6 USC 964(b)")
@pytest.mark.parametrize(
    ("findings", "code"),
    [
        ((), "each_criterion_once"),
        ((CriterionReview(number="6.1", finding="accepted"),) * 2, "each_criterion_once"),
        ((CriterionReview(number="99.9", finding="accepted"),), "criterion_asked"),
        ((CriterionReview(number="6.1", finding="sent_back", note=" "),), "sent_back_note"),
    ],
)
def test_a_finding_names_a_criterion_once_and_says_what_is_needed(
    desk: Desk, findings: tuple[CriterionReview, ...], code: str
) -> None:
    _company, case = received(desk)
    desk.refused(ReviewCriteria(case_id=case, findings=findings), by="sam", code=code, cite="6 USC 964(b)")
    desk.refused(ReturnForCorrection(case_id=case, message=""), by="sam", code="something_sent_back")


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
