"""The annual review: its window, what counts, what is refused, reminders and lapses (6 USC 963(3))."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from greenlane.casework.models import Deadline
from greenlane.participants.models import Participant
from greenlane.profiles.commands import OpenProfileReview
from greenlane.profiles.commands_answers import AffirmAnswers, ReviewedAnswer, SubmitReview
from greenlane.profiles.models import ProfileReview, ReviewAnswer
from greenlane.profiles.queries import questionnaire_of
from tests.companies import Company
from tests.desk import Desk
from tests.lives import founded_desk
from tests.profiles.stage import affirm_all, certified_company, second_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return founded_desk()


def opened(desk: Desk) -> tuple[Company, ProfileReview]:
    """A certified company on the first day of its window."""
    company = certified_company(desk)
    second_contact(desk, company)
    desk.today = anniversary(company) - timedelta(days=90)
    desk.wake()
    return company, ProfileReview.objects.get(participant_id=company.participant)


def anniversary(company: Company) -> date:
    day = Participant.objects.values_list("certified_on", flat=True).get(pk=company.participant)
    assert day is not None
    return day.replace(year=day.year + 1)


@pytest.mark.clause("6 USC 963(3)")
def test_rc_17_what_is_done_before_the_window_does_not_count_and_is_named(desk: Desk) -> None:
    company, review = opened(desk)
    asked = questionnaire_of(company.participant, desk.today)
    answer = desk.refused(SubmitReview(case_id=review.pk), by="ada", code="answer_not_affirmed", cite="6 USC 963(3)")
    named = {r.where for r in answer.verdict.failing if r.code == "answer_not_affirmed"}
    assert named == {criterion.number for criterion in asked}
    some = tuple(ReviewedAnswer(number=c.number, does="affirm") for c in asked[:-1])
    desk.must(AffirmAnswers(case_id=review.pk, answers=some), by="ada")
    answer = desk.refused(SubmitReview(case_id=review.pk), by="ada", code="all_affirmed")
    named = {r.where for r in answer.verdict.failing if r.code == "answer_not_affirmed"}
    assert named == {asked[-1].number}
    desk.must(
        AffirmAnswers(case_id=review.pk, answers=(ReviewedAnswer(number=asked[-1].number, does="affirm"),)), by="ada"
    )
    desk.must(SubmitReview(case_id=review.pk), by="ada")
    review.refresh_from_db()
    assert (review.submitted_on, review.late) == (desk.today, False)
    deadline = Deadline.objects.get(case_id=review.pk)
    assert (deadline.clock, deadline.due_on, deadline.met_on) == ("annual_review", anniversary(company), desk.today)


@pytest.mark.clause("6 USC 963(3)")
@pytest.mark.parametrize(("days", "opens"), [(91, False), (90, True), (89, True), (0, True)])
def test_the_window_opens_ninety_days_before_the_anniversary(desk: Desk, days: int, opens: bool) -> None:
    company = certified_company(desk)
    desk.today = anniversary(company) - timedelta(days=days)
    assert bool(desk.wake()) is opens
    assert ProfileReview.objects.filter(participant_id=company.participant).exists() is opens
    if not opens:
        early = OpenProfileReview(participant_id=company.participant, purpose="annual")
        desk.refused(early, code="window_open", cite="6 USC 963(3)")


@pytest.mark.clause("6 USC 963(3)")
def test_rc_05_a_blank_answer_is_refused_and_nothing_is_filled_in(desk: Desk) -> None:
    company, review = opened(desk)
    number = questionnaire_of(company.participant, desk.today)[0].number
    for blank in (
        ReviewedAnswer(number=number, does="change"),
        ReviewedAnswer(number=number, does="change", value="not_applicable", not_applicable_reason=" "),
    ):
        desk.refused(AffirmAnswers(case_id=review.pk, answers=(blank,)), by="ada", code="answer_given")
    assert not ReviewAnswer.objects.filter(review=review).exists()
    bare = ReviewedAnswer(number=number, does="change", value="yes")
    affirm_all(desk, company, review.pk)
    desk.must(AffirmAnswers(case_id=review.pk, answers=(bare,)), by="ada")
    desk.refused(SubmitReview(case_id=review.pk), by="ada", code="narrative_given", cite="6 USC 963(3)")
    desk.must(AffirmAnswers(case_id=review.pk, answers=(ReviewedAnswer(number=number, does="take_back"),)), by="ada")
    desk.refused(SubmitReview(case_id=review.pk), by="ada", code="answer_not_affirmed")
