"""Reaches states of a company for tests of its pages: by commands, with passwords, signed in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client
from django.utils import timezone

from greenlane.applications.queries import application_of, questionnaire
from greenlane.casework.dates import legal_date
from greenlane.certification.entries import CriterionReview
from greenlane.certification.models import Certification
from greenlane.certification.review import BeginReview, ReturnForCorrection, ReviewCriteria
from greenlane.law.authority import Office
from greenlane.people.commands import AssignCase
from greenlane.people.models import Account
from tests.companies import Company, found_programme
from tests.desk import Desk

PASSWORD = "a long invented phrase"


def today() -> date:
    return legal_date(timezone.now())


def stage(*business_types: str) -> Desk:
    """A desk of today with the programme founded; the fold is proved elsewhere."""
    desk = Desk(today=today(), prove=False)
    found_programme(desk, *(business_types or ("importer",)))
    return desk


def company(desk: Desk, officer: str = "olga", **more: Any) -> Company:
    made = Company(desk, officer, **more)
    made.register()
    return made


def colleague(desk: Desk, made: Company, name: str, office: Office) -> None:
    desk.person(name, office, participant=made.participant)


def signed_in(desk: Desk, name: str, client: Client | None = None) -> Client:
    """A browser in which this person has signed in."""
    client = client or Client()
    client.force_login(Account.objects.get(pk=desk.people[name]))
    return client


def give_password(desk: Desk, name: str) -> str:
    """Lets the person sign in with PASSWORD; gives the email address."""
    account = Account.objects.get(pk=desk.people[name])
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    return account.email


def returned(made: Company, number: str) -> None:
    """A submitted application comes back with one point."""
    desk = made.desk
    desk.person("spencer", Office.SPECIALIST)
    desk.person("sue", Office.SUPERVISOR)
    case = Certification.objects.get().pk
    desk.must(AssignCase(case_id=case, account_id=desk.people["spencer"]), by="sue")
    desk.must(BeginReview(case_id=case), by="spencer")
    note = CriterionReview(number=number, finding="sent_back", note="Say who reviews it each year.")
    others = tuple(
        CriterionReview(number=c.number, finding="accepted", note="")
        for c in questionnaire(application_of(made.application))
        if c.number != number
    )
    desk.must(ReviewCriteria(case_id=case, findings=(note, *others)), by="spencer")
    desk.must(ReturnForCorrection(case_id=case, message="One point is open."), by="spencer")
