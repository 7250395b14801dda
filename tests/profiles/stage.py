"""A certified company for the tests of this room, and the documents and answers of a review."""

from __future__ import annotations

from uuid import UUID

from greenlane.certification.commands import CertifyTierOne, RecommendCertification
from greenlane.law.authority import Office
from greenlane.people.commands import GrantOffice
from greenlane.profiles.commands_answers import AffirmAnswers, ReviewedAnswer
from greenlane.profiles.commands_contacts import ConfirmContact, NameContact
from greenlane.profiles.models import Contact
from greenlane.profiles.queries import questionnaire_of
from tests.companies import Company
from tests.desk import Desk
from tests.lives import accept_all, investigate, received


def certified_company(desk: Desk) -> Company:
    """A company that was received, investigated, reviewed and certified on one day; the fold is proved at the end."""
    company, case = received(desk)
    desk.prove = False
    investigate(desk, company)
    accept_all(desk, company, case)
    desk.must(RecommendCertification(case_id=case), by="sam")
    desk.prove = True
    desk.must(CertifyTierOne(case_id=case), by="sue")
    return company


def second_contact(desk: Desk, company: Company, name: str = "bob") -> None:
    """A second person of the company, named as a contact and confirmed by that person."""
    desk.person(name)
    staff = GrantOffice(account_id=desk.people[name], office=Office.APPLICANT_STAFF, participant_id=company.participant)
    desk.must(staff, by=company.officer)
    named = NameContact(participant_id=company.participant, name=name.title(), account_id=desk.people[name])
    desk.must(named, by=company.officer)
    contact = Contact.objects.get(participant_id=company.participant, account_id=desk.people[name])
    desk.must(ConfirmContact(participant_id=company.participant, contact_id=contact.pk), by=name)


def affirm_all(desk: Desk, company: Company, review: UUID) -> None:
    """Affirm every answer that the annual review asks for, as it stands."""
    asked = questionnaire_of(company.participant, desk.today)
    answers = tuple(ReviewedAnswer(number=criterion.number, does="affirm") for criterion in asked)
    desk.must(AffirmAnswers(case_id=review, answers=answers), by=company.officer)
