"""What the calendar asks of validators costs as many queries for many as for one (6 USC 968(c)(1), (d)(2))."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from greenlane.casework.registry import Command
from greenlane.law.authority import Office
from greenlane.people.commands import ReleaseCase
from greenlane.validators.commands_insurance import HoldForInsurance, RestoreCertificate
from greenlane.validators.queries import certified_validators
from greenlane.validators.timers import certificates_show_how_they_stand, upkeep_of, views_close
from tests.desk import Desk
from tests.validators.steps import Engaged, another, certificate, engaged, insured, validators_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = validators_desk()
    desk.prove = False
    return desk


def queries(timer: Callable[[date], Iterable[object]], on: date) -> int:
    """How many queries it asks on a day, once what never changes is at hand."""
    list(timer(on))
    with CaptureQueriesContext(connection) as asked:
        list(timer(on))
    return len(asked)


def called_for(on: date) -> list[Command]:
    return list(certificates_show_how_they_stand(on))


@pytest.mark.clause("6 USC 968(d)(2)")
def test_certificates_are_looked_after_in_as_many_queries_for_three_as_for_one(desk: Desk) -> None:
    cases = [certificate(desk)]
    lapsed = desk.today + timedelta(days=365)
    one, listed = queries(called_for, lapsed), queries(lambda on: certified_validators("ctpat", on), desk.today)
    for name, person in (("Grey Gull Validators", "gil"), ("Red Kite Validators", "kit")):
        desk.person(person, Office.VALIDATOR)
        cases.append(certificate(desk, name, person))
    assert called_for(lapsed) == [HoldForInsurance(case_id=case) for case in sorted(cases)]
    assert queries(called_for, lapsed) == one
    assert len(certified_validators("ctpat", desk.today)) == 3
    assert queries(lambda on: certified_validators("ctpat", on), desk.today) == listed
    desk.wake(days=365)
    assert called_for(desk.today) == []
    insured(desk, cases[1], by="gil")
    assert called_for(desk.today) == [], "the platform has reacted to the policy already"
    assert list(upkeep_of([cases[1]], lapsed - timedelta(days=1))) == []


def test_a_case_that_says_otherwise_than_the_day_is_named_and_no_other(desk: Desk) -> None:
    case = certificate(desk)
    assert called_for(desk.today) == []
    assert list(upkeep_of([case], desk.today + timedelta(days=365))) == [HoldForInsurance(case_id=case)]
    desk.wake(days=365)
    assert list(upkeep_of([case], desk.today - timedelta(days=1))) == [RestoreCertificate(case_id=case)]


def begun(one: Engaged, ends_on: date) -> Engaged:
    return one.propose().declare().contract(ends_on=ends_on).consent().authorize().begin()


@pytest.mark.clause("6 USC 968(d)(3)")
def test_views_close_in_as_many_queries_for_two_companies_as_for_one(desk: Desk) -> None:
    first = engaged(desk)
    ended = desk.today + timedelta(days=30)
    second = another(first, "eve")
    begun(first, ended)
    one = queries(views_close, ended)
    assert list(views_close(ended - timedelta(days=1))) == []
    begun(second, ended)
    assert queries(views_close, ended) == one
    released = {
        (command.case_id, command.account_id) for command in views_close(ended) if isinstance(command, ReleaseCase)
    }
    assert released == {(each.validation, desk.people["val"]) for each in (first, second)}
