"""How often a command asks the database: counted, because time belongs to the machine (6 USC 971(b))."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from greenlane.casework import outbox
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.law.authority import Office
from greenlane.people.commands import GrantOffice, OpenAccount
from tests.desk import Desk

pytestmark = pytest.mark.django_db


def queries_of(desk: Desk, name: str, command: object) -> int:
    """The queries of one granted command, without its transaction's own statements."""
    with CaptureQueriesContext(connection) as asked:
        answer = execute(command, actor=Actor(desk.people[name]), at=desk.at, command_id=uuid4())  # type: ignore[arg-type]
    assert answer.granted
    return sum(not q["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")) for q in asked)


def test_a_command_on_a_register_makes_few_queries() -> None:
    desk = Desk()
    desk.person("manager", Office.PROGRAMME_MANAGER)
    opened = desk.must(OpenAccount(email="new@example.org", name="New Person"))
    assert opened.case_id is not None
    grant = GrantOffice(account_id=opened.case_id, office=Office.SPECIALIST)
    assert queries_of(desk, "manager", grant) <= 13


def test_an_outbox_in_which_nothing_waits_is_asked_once_and_not_locked() -> None:
    desk = Desk()
    with CaptureQueriesContext(connection) as asked:
        assert outbox.deliver(desk.at) == 0
    assert [q["sql"].split()[0] for q in asked] == ["SELECT"]


def test_holdings_are_two_queries_for_who_holds_an_office_and_three_for_who_holds_none() -> None:
    from greenlane.people.queries import holdings_of

    desk = Desk()
    holder, nobody = desk.person("holder", Office.SUPERVISOR), desk.person("nobody")
    for account, number in ((holder, 2), (nobody, 3)):
        with CaptureQueriesContext(connection) as asked:
            offices = [holding.office for holding in holdings_of(account, desk.today)]
        assert len(asked) == number
        assert offices[-1] is Office.PUBLIC
