"""The annual review: its window, what counts, what is refused, reminders and lapses (6 USC 963(3))."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from uuid import UUID

import pytest

from greenlane.casework.commands import UploadDocument
from greenlane.casework.models import Case, Deadline, Document, Notice
from greenlane.law.authority import Office
from greenlane.participants.models import Participant
from greenlane.people.commands import GrantOffice
from greenlane.profiles.commands import CloseProfileReview, OpenProfileReview, RemindOfReview
from greenlane.profiles.commands_answers import AffirmAnswers, ReviewedAnswer, SubmitReview
from greenlane.profiles.models import ProfileReview, ReviewAnswer
from greenlane.profiles.queries import answers_of
from greenlane.records.models import Entry
from tests.companies import Company
from tests.desk import Desk
from tests.lives import founded_desk
from tests.profiles.stage import (
    affirm,
    affirm_all,
    anniversary,
    asked,
    certified_company,
    certified_on,
    change,
    opened_review,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = founded_desk()
    desk.prove = False
    return desk


@pytest.mark.clause("6 USC 963(3)")
def test_rc_17_what_is_done_before_the_window_does_not_count_and_is_named(desk: Desk) -> None:
    company, review = opened_review(desk)
    numbers = [criterion.number for criterion in asked(desk, review)]
    answer = desk.refused(SubmitReview(case_id=review.pk), by="ada", code="answer_not_affirmed", cite="6 USC 963(3)")
    assert [r.where for r in answer.verdict.failing if r.code == "answer_not_affirmed"] == numbers
    affirm(desk, review, *numbers[:-1])
    answer = desk.refused(SubmitReview(case_id=review.pk), by="ada", code="all_affirmed")
    assert [r.where for r in answer.verdict.failing if r.code == "answer_not_affirmed"] == numbers[-1:]
    affirm(desk, review, numbers[-1])
    desk.prove = True
    desk.must(SubmitReview(case_id=review.pk), by="ada")
    review.refresh_from_db()
    assert (review.submitted_on, review.late) == (desk.today, False)
    deadline = Deadline.objects.get(case_id=review.pk)
    assert (deadline.clock, deadline.due_on, deadline.met_on) == ("annual_review", anniversary(company), desk.today)
    standing = answers_of(company.participant)[numbers[0]]
    assert (standing.case_id, standing.answered_on, standing.value) == (review.pk, desk.today, "yes")


@pytest.mark.clause("6 USC 963(3)")
@pytest.mark.parametrize(("days", "opens"), [(91, False), (90, True), (89, True), (0, True)])
def test_the_window_opens_ninety_days_before_the_anniversary(desk: Desk, days: int, opens: bool) -> None:
    company = certified_company(desk)
    desk.today = anniversary(company) - timedelta(days=days)
    desk.wake()
    assert ProfileReview.objects.filter(participant_id=company.participant).exists() is opens
    if not opens:
        early = OpenProfileReview(participant_id=company.participant, purpose="annual")
        desk.refused(early, code="window_open", cite="6 USC 963(3)")


@pytest.mark.clause("6 USC 963(3)")
def test_a_window_opens_once_however_often_the_calendar_is_asked(desk: Desk) -> None:
    company, review = opened_review(desk)
    desk.wake()
    desk.wake(days=3)
    assert ProfileReview.objects.get(participant_id=company.participant) == review
    again = OpenProfileReview(participant_id=company.participant, purpose="annual")
    desk.refused(again, code="once_a_year", cite="6 USC 963(3)")


@pytest.mark.clause("6 USC 963(3)")
def test_one_who_was_certified_on_a_leap_day_has_until_the_first_of_march() -> None:
    desk = _founded_on(date(2028, 2, 29))
    company = certified_company(desk)
    assert certified_on(company) == date(2028, 2, 29)
    desk.today = date(2028, 11, 30)
    desk.wake()
    assert not ProfileReview.objects.exists()
    desk.today = date(2028, 12, 1)
    desk.wake()
    review = ProfileReview.objects.get()
    assert (review.opens_on, review.due_on) == (date(2028, 12, 1), date(2029, 3, 1))


def _founded_on(day: date) -> Desk:
    desk = founded_desk(day)
    desk.prove = False
    return desk


@pytest.mark.clause("6 USC 963(3)")
def test_rc_05_a_blank_answer_is_refused_and_nothing_is_filled_in(desk: Desk) -> None:
    _company, review = opened_review(desk)
    must = next(criterion.number for criterion in asked(desk, review) if criterion.level == "must")
    for blank in (
        ReviewedAnswer(number=must, does="change"),
        ReviewedAnswer(number=must, does="change", value="not_applicable", not_applicable_reason=" "),
    ):
        desk.refused(AffirmAnswers(case_id=review.pk, answers=(blank,)), by="ada", code="answer_given")
    assert not ReviewAnswer.objects.filter(review=review).exists()
    affirm_all(desk, review)
    desk.must(AffirmAnswers(case_id=review.pk, answers=(change(must, "yes", narrative=""),)), by="ada")
    answer = desk.refused(SubmitReview(case_id=review.pk), by="ada", code="narrative_given", cite="6 USC 963(3)")
    assert must in {reason.where for reason in answer.verdict.failing}
    desk.must(AffirmAnswers(case_id=review.pk, answers=(ReviewedAnswer(number=must, does="take_back"),)), by="ada")
    desk.refused(SubmitReview(case_id=review.pk), by="ada", code="answer_not_affirmed")


@pytest.mark.clause("6 USC 963(3)")
def test_what_cannot_be_read_or_is_not_asked_is_refused_and_says_where(desk: Desk) -> None:
    _company, review = opened_review(desk)
    number = asked(desk, review)[0].number
    cases = {
        "each_criterion_once": (),
        "criterion_asked": (ReviewedAnswer(number="99.9", does="affirm"),),
        "answer_on_file": (ReviewedAnswer(number="99.9", does="affirm"),),
        "something_to_take_back": (ReviewedAnswer(number=number, does="take_back"),),
        "texts_fit": (change(number, "no", narrative="x" * 10_001),),
        "evidence_on_file": (change(number, "yes", evidence=(review.pk,)),),
    }
    for code, answers in cases.items():
        given = AffirmAnswers(case_id=review.pk, answers=answers)
        desk.refused(given, by="ada", code=code, cite="6 USC 963(3)")
    twice = (ReviewedAnswer(number=number, does="affirm"),) * 2
    desk.refused(AffirmAnswers(case_id=review.pk, answers=twice), by="ada", code="each_criterion_once")


@pytest.mark.clause("6 USC 963(3)")
def test_staff_and_consultants_prepare_and_only_a_named_officer_signs(desk: Desk) -> None:
    company, review = opened_review(desk)
    affirm_all(desk, review, by="bob")
    desk.refused(SubmitReview(case_id=review.pk), by="bob", code="authority")
    desk.person("eve")
    office = GrantOffice(
        account_id=desk.people["eve"], office=Office.APPLICANT_OFFICER, participant_id=company.participant
    )
    desk.must(office, by="ada")
    desk.refused(SubmitReview(case_id=review.pk), by="eve", code="officer_named", cite="6 USC 963(3)")
    desk.must(SubmitReview(case_id=review.pk), by="ada")


@pytest.mark.clause("6 USC 963(3)")
def test_a_changed_answer_with_its_document_reaches_the_specialist(desk: Desk) -> None:
    company, review = opened_review(desk)
    must = next(criterion.number for criterion in asked(desk, review) if criterion.level == "must")
    desk.must(
        UploadDocument(
            case_id=review.pk,
            title="New seal log",
            file_name="log.txt",
            media_type="text/plain",
            size=3,
            sha256=hashlib.sha256(b"log").hexdigest(),
        ),
        by="ada",
    )
    log = Document.objects.get(case_id=review.pk)
    affirm_all(desk, review)
    desk.must(AffirmAnswers(case_id=review.pk, answers=(change(must, "yes", (log.pk,)),)), by="ada")
    desk.prove = True
    desk.must(SubmitReview(case_id=review.pk), by="ada")
    notice = Case.objects.get(kind="change_notice", participant_id=company.participant)
    [assigned] = notice.assignments.all()
    assert assigned.account_id == desk.people["sam"]
    assert answers_of(company.participant)[must].evidence == (str(log.pk),)


@pytest.mark.clause("6 USC 963(3)")
def test_reminders_are_on_record_and_each_is_given_once(desk: Desk) -> None:
    company, review = opened_review(desk, days_left=32)
    assert _letters(review) == ["profile_review_opened"]
    desk.wake(days=3)
    assert _letters(review) == ["profile_review_opened", "profile_review_reminder"]
    [reminded] = Entry.objects.filter(kind="profiles.ReviewReminded")
    assert reminded.effective_on == anniversary(company) - timedelta(days=30)
    desk.today = anniversary(company)
    desk.wake()
    assert len(_letters(review)) == 2
    desk.prove = True
    desk.wake(days=2)
    assert len(_letters(review)) == 3
    assert Entry.objects.filter(kind="profiles.ReviewReminded").count() == 2
    desk.refused(RemindOfReview(case_id=review.pk, reminder="days_left"), code="reminded_once", cite="6 USC 963(3)")


def _letters(review: ProfileReview) -> list[str]:
    return list(Notice.objects.filter(case_id=review.pk).order_by("served_on").values_list("template", flat=True))


@pytest.mark.clause("6 USC 963(3)")
def test_a_lapse_is_seen_as_overdue_and_a_late_review_stays_late(desk: Desk) -> None:
    company, review = opened_review(desk)
    affirm_all(desk, review)
    desk.today = anniversary(company) + timedelta(days=1)
    deadline = Deadline.objects.get(case_id=review.pk)
    assert (deadline.due_on < desk.today, deadline.met_on) == (True, None)
    assert Participant.objects.get(pk=company.participant).standing == "certified"
    desk.must(SubmitReview(case_id=review.pk), by="ada")
    review.refresh_from_db()
    assert review.late
    deadline = Deadline.objects.get(case_id=review.pk)
    assert deadline.met_on is not None
    assert deadline.met_on > deadline.due_on


@pytest.mark.clause("6 USC 963(3)")
def test_a_review_that_was_never_submitted_gives_way_to_the_next_years(desk: Desk) -> None:
    company, review = opened_review(desk)
    desk.today = anniversary(company, years=2) - timedelta(days=91)
    desk.wake()
    assert Case.objects.get(pk=review.pk).state == "open"
    desk.prove = True
    desk.wake(days=1)
    review.refresh_from_db()
    assert (review.closed_because, Case.objects.get(pk=review.pk).state) == ("lapsed", "closed")
    later = ProfileReview.objects.get(participant_id=company.participant, closed_because="")
    assert later.due_on == anniversary(company, years=2)
    desk.refused(SubmitReview(case_id=review.pk), by="ada", code="procedure")


@pytest.mark.clause("6 USC 963(3)")
def test_who_is_not_certified_is_asked_for_no_review(desk: Desk) -> None:
    company, review = opened_review(desk)
    affirm_all(desk, review)
    desk.must(SubmitReview(case_id=review.pk), by="ada")
    desk.refused(CloseProfileReview(case_id=review.pk, reason="withdrew"), code="procedure")
    registered = OpenProfileReview(participant_id=_registered(desk), purpose="annual")
    desk.refused(registered, code="is_certified", cite="6 USC 963(3)")
    assert ProfileReview.objects.filter(participant_id=company.participant).count() == 1


def _registered(desk: Desk) -> UUID:
    return Company(desk, "ivy", name="Amber Quay Trading").register().participant
