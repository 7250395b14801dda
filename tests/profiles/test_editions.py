"""A new edition asks exactly those whose answers it affects, and only what changed (6 USC 961(b))."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from greenlane.applications.commands import SubmitApplication
from greenlane.applications.commands_edition import TakeUpEdition
from greenlane.applications.models import AnswerRow, Application
from greenlane.applications.queries import application_of, questionnaire
from greenlane.casework.models import Case, Deadline
from greenlane.criteria.catalogue import Criterion, Edition, edition_to_json, load_catalogue
from greenlane.criteria.commands import PublishEdition
from greenlane.law.authority import Office
from greenlane.profiles.commands_answers import AffirmAnswers, ReviewedAnswer, SubmitReview
from greenlane.profiles.models import ProfileReview
from greenlane.profiles.queries import answers_of, profile_on_file, questionnaire_of
from tests.companies import Company
from tests.desk import Desk
from tests.lives import founded_desk
from tests.profiles.stage import asked, certified_company, certify, change

pytestmark = pytest.mark.django_db
GRACE = 90


@pytest.fixture
def desk() -> Desk:
    desk = founded_desk()
    desk.prove = False
    desk.person("mia", Office.PROGRAMME_MANAGER)
    return desk


def in_force() -> Edition:
    return load_catalogue().edition("importer", date(2026, 1, 1))


def edition(desk: Desk, version: str, *, reworded: str = "", without: str = "", ahead: int = 0) -> Edition:
    """The edition in force with one criterion reworded or left out, in force so many days from today.

    Editions never change and are parsed once, so each test publishes a version of its own.
    """
    old = in_force()
    criteria = tuple(
        replace(c, text="In other words, which ask for more.") if c.number == reworded else c
        for c in old.criteria
        if c.number != without
    )
    return replace(old, version=version, in_force_from=desk.today + timedelta(days=ahead), criteria=criteria)


def publish(desk: Desk, new: Edition) -> None:
    desk.must(
        PublishEdition(
            edition=edition_to_json(new),
            review_concluded_on=desk.today,
            consulted_on=desk.today,
            grace_days=GRACE,
        ),
        by="mia",
    )


def a_must() -> Criterion:
    return next(c for c in in_force().criteria if c.level == "must" and "containerized" in c.cargo_kinds)


@pytest.mark.clause("6 USC 961(b)")
def test_only_the_changed_criterion_needs_an_answer_within_the_days_of_grace(desk: Desk) -> None:
    company, number = certified_company(desk), a_must().number
    desk.today += timedelta(days=10)
    publish(desk, edition(desk, "2026.1", reworded=number, ahead=20))
    review = ProfileReview.objects.get(participant_id=company.participant)
    assert (review.purpose, review.asked) == ("edition", [number])
    assert review.due_on == desk.today + timedelta(days=20 + GRACE)
    assert Deadline.objects.get(case_id=review.pk).clock == "reattestation"
    before = {c.number: c for c in questionnaire_of(company.participant, desk.today)}
    assert before[number].text == a_must().text
    desk.refused(SubmitReview(case_id=review.pk), by="ada", code="answer_not_affirmed", cite="6 USC 961(b)")
    other = ReviewedAnswer(number=next(n for n in before if n != number), does="affirm")
    desk.refused(AffirmAnswers(case_id=review.pk, answers=(other,)), by="ada", code="criterion_asked")
    desk.prove = True
    desk.must(AffirmAnswers(case_id=review.pk, answers=(change(number, "no"),)), by="ada")
    desk.must(SubmitReview(case_id=review.pk), by="ada")
    after = {c.number: c for c in questionnaire_of(company.participant, desk.today)}
    assert after[number].text == "In other words, which ask for more."
    assert answers_of(company.participant)[number].value == "no"
    desk.wake(days=1)
    assert ProfileReview.objects.filter(participant_id=company.participant).count() == 1


@pytest.mark.clause("6 USC 961(b)")
def test_a_company_whose_answers_are_not_affected_hears_nothing(desk: Desk) -> None:
    company = certified_company(desk)
    elsewhere = next(c for c in in_force().criteria if c.cargo_kinds and "containerized" not in c.cargo_kinds)
    desk.today += timedelta(days=10)
    publish(desk, edition(desk, "2026.2", reworded=elsewhere.number))
    desk.wake(days=2)
    assert not ProfileReview.objects.exists()
    profile = profile_on_file(company.participant, desk.today)
    assert profile is not None
    assert profile.edition_id != Application.objects.get(pk=company.application).edition_id


@pytest.mark.clause("6 USC 961(b)")
def test_what_is_only_left_out_is_asked_no_more_from_the_day_the_edition_binds(desk: Desk) -> None:
    company, number = certified_company(desk), a_must().number
    publish(desk, edition(desk, "2026.3", without=number, ahead=5))
    assert not ProfileReview.objects.exists()
    assert number in {c.number for c in questionnaire_of(company.participant, desk.today)}
    desk.today += timedelta(days=5)
    assert number not in {c.number for c in questionnaire_of(company.participant, desk.today)}


@pytest.mark.clause("6 USC 961(b)")
def test_a_later_edition_takes_the_place_of_an_unanswered_one(desk: Desk) -> None:
    company = certified_company(desk)
    first, second = [c.number for c in in_force().criteria if "containerized" in c.cargo_kinds][:2]
    publish(desk, edition(desk, "2026.4", reworded=first))
    desk.today += timedelta(days=30)
    newest = edition(desk, "2027", reworded=first)
    criteria = tuple(replace(c, text="Anew.") if c.number == second else c for c in newest.criteria)
    desk.prove = True
    publish(desk, replace(newest, criteria=criteria))
    older, newer = ProfileReview.objects.filter(participant_id=company.participant).order_by("opened_on")
    assert (older.closed_because, Case.objects.get(pk=older.pk).state) == ("superseded", "closed")
    assert (newer.asked, newer.closed_because) == ([first, second], "")
    assert {c.number for c in asked(desk, newer)} == {first, second}


@pytest.mark.clause("6 USC 961(b)")
def test_one_who_is_certified_on_an_older_edition_is_asked_on_the_next_day(desk: Desk) -> None:
    company = Company(desk, "ada").ready()
    publish(desk, edition(desk, "2026.5", reworded=a_must().number))
    certify(desk, company.sign().submit())
    assert not ProfileReview.objects.exists()
    desk.wake(days=1)
    assert ProfileReview.objects.get(participant_id=company.participant).asked == [a_must().number]


@pytest.mark.clause("6 USC 961(b)")
def test_an_open_draft_takes_up_the_newer_edition_and_answers_what_reads_otherwise(desk: Desk) -> None:
    company, number = Company(desk, "ada").ready(), a_must().number
    take = TakeUpEdition(case_id=company.application)
    desk.refused(take, by="ada", code="newer_edition_in_force", cite="6 USC 961(b)")
    answered = AnswerRow.objects.filter(application_id=company.application)
    count = answered.count()
    gone = next(c.number for c in in_force().criteria if c.number != number and "containerized" in c.cargo_kinds)
    publish(desk, edition(desk, "2026.6", reworded=number, without=gone))
    desk.prove = True
    desk.must(take, by="ada")
    assert not answered.filter(number__in=(number, gone)).exists()
    assert answered.count() == count - 2
    numbers = [c.number for c in questionnaire(application_of(company.application))]
    assert number in numbers
    assert gone not in numbers
    desk.prove = False
    company.sign()
    answer = desk.refused(SubmitApplication(case_id=company.application), by="ada", code="criterion_unanswered")
    assert {r.where for r in answer.verdict.failing if r.code == "criterion_unanswered"} == {number}
    desk.refused(take, by="ada", code="newer_edition_in_force")
