"""A certified company for the tests of this room, its second contact, and its review on the first day of the window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from greenlane.certification.commands import CertifyTierOne, RecommendCertification
from greenlane.certification.models import Certification
from greenlane.certification.review import BeginReview
from greenlane.criteria.catalogue import Criterion
from greenlane.law.authority import Office
from greenlane.participants.models import Participant
from greenlane.people.commands import AssignCase, GrantOffice
from greenlane.profiles.commands_answers import AffirmAnswers, ReviewedAnswer
from greenlane.profiles.commands_contacts import ConfirmContact, NameContact
from greenlane.profiles.facts import asked_by
from greenlane.profiles.models import Contact, ProfileReview
from greenlane.profiles.queries import review_of
from tests.companies import Company
from tests.desk import Desk
from tests.lives import accept_all, investigate
from tests.support.kept import kept


@contextmanager
def unproved(desk: Desk) -> Iterator[None]:
    """The fold is proved after the commands that a test is about, not after each that sets the stage."""
    before, desk.prove = desk.prove, False
    yield
    desk.prove = before


@kept
def certified_company(desk: Desk, officer: str = "ada", **more: str) -> Company:
    """A company that was received, investigated, reviewed and certified on one day."""
    with unproved(desk):
        company = Company(desk, officer, **more).ready().sign().submit()  # type: ignore[arg-type]
        certify(desk, company)
    return company


def certify(desk: Desk, company: Company) -> None:
    """From a submitted application to the certification, on one day."""
    case = Certification.objects.get(application_id=company.application).pk
    desk.must(AssignCase(case_id=case, account_id=desk.people["sam"]), by="sue")
    desk.must(BeginReview(case_id=case), by="sam")
    investigate(desk, company)
    accept_all(desk, company, case)
    desk.must(RecommendCertification(case_id=case), by="sam")
    desk.must(CertifyTierOne(case_id=case), by="sue")


def second_contact(desk: Desk, company: Company, name: str = "bob") -> Contact:
    """A second person of the company, named as a contact and confirmed by that person."""
    with unproved(desk):
        desk.person(name)
        staff = GrantOffice(
            account_id=desk.people[name], office=Office.APPLICANT_STAFF, participant_id=company.participant
        )
        desk.must(staff, by=company.officer)
        named = NameContact(participant_id=company.participant, name=name.title(), account_id=desk.people[name])
        desk.must(named, by=company.officer)
        contact = Contact.objects.get(participant_id=company.participant, account_id=desk.people[name])
        desk.must(ConfirmContact(participant_id=company.participant, contact_id=contact.pk), by=name)
    return contact


def certified_on(company: Company) -> date:
    day = Participant.objects.values_list("certified_on", flat=True).get(pk=company.participant)
    assert day is not None
    return day


def anniversary(company: Company, years: int = 1) -> date:
    day = certified_on(company)
    return day.replace(year=day.year + years)


def opened_review(desk: Desk, days_left: int = 90) -> tuple[Company, ProfileReview]:
    """A certified company, reached by two contacts, so many days before its anniversary."""
    company = certified_company(desk)
    second_contact(desk, company)
    desk.today = anniversary(company) - timedelta(days=days_left)
    desk.wake()
    return company, ProfileReview.objects.get(participant_id=company.participant, purpose="annual")


def asked(desk: Desk, review: ProfileReview) -> tuple[Criterion, ...]:
    return asked_by(review_of(review.pk), desk.today).criteria


def affirm(desk: Desk, review: ProfileReview, *numbers: str, by: str = "ada") -> None:
    answers = tuple(ReviewedAnswer(number=number, does="affirm") for number in numbers)
    desk.must(AffirmAnswers(case_id=review.pk, answers=answers), by=by)


def affirm_all(desk: Desk, review: ProfileReview, by: str = "ada") -> None:
    """Affirm every answer that the review asks for, as it stands."""
    affirm(desk, review, *(criterion.number for criterion in asked(desk, review)), by=by)


def change(
    number: str,
    value: Literal["yes", "no", "not_applicable"],
    evidence: tuple[UUID, ...] = (),
    narrative: str = "As we do it now.",
) -> ReviewedAnswer:
    return ReviewedAnswer(number=number, does="change", value=value, narrative=narrative, evidence=evidence)
