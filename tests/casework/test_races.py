"""On PostgreSQL racing commands give exactly one success, and one key exactly one effect (6 USC 971(b))."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from greenlane.applications.commands import OpenApplication, SubmitApplication, WithdrawApplication
from greenlane.applications.models import Application
from greenlane.casework.answers import Answer
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.casework.models import Case, GivenAnswer
from greenlane.casework.registry import Command
from greenlane.people.commands import OpenAccount
from greenlane.people.models import Account
from greenlane.records import ledger
from greenlane.records.models import Entry, Leaf
from tests.companies import Company, found_programme
from tests.desk import Desk

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
RACERS = 6


def race(run: Callable[[int], Answer]) -> list[Answer]:
    """Start all racers at one moment, each with its own connection."""
    gate, answers = threading.Barrier(RACERS), list[Any]([None] * RACERS)

    def one(number: int) -> None:
        try:
            gate.wait()
            answers[number] = run(number)
        except Exception as error:  # shown by the assertion below
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(n,)) for n in range(RACERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert all(isinstance(answer, Answer) for answer in answers), answers
    return answers


def giver(desk: Desk, command: Command, account: UUID, key: UUID | None = None) -> Callable[[int], Answer]:
    return lambda _n: execute(command, actor=Actor(account), at=desk.at, command_id=key or uuid4())


@pytest.mark.clause("6 USC 971(b)")
def test_racing_submissions_are_received_once() -> None:
    desk = Desk(prove=False)
    found_programme(desk, "importer")
    company = Company(desk, "ada").ready().sign()
    answers = race(giver(desk, SubmitApplication(case_id=company.application), desk.people["ada"]))
    assert [a.granted for a in answers].count(True) == 1
    assert {a.step for a in answers if not a.granted} == {"procedure"}
    assert Application.objects.get(pk=company.application).submissions == 1


@pytest.mark.clause("6 USC 971(b)")
def test_a_submission_and_withdrawals_that_race_leave_one_consistent_end() -> None:
    desk = Desk(prove=False)
    found_programme(desk, "importer")
    company = Company(desk, "ada").ready().sign()
    commands = [SubmitApplication(case_id=company.application)] * 3
    commands += [WithdrawApplication(case_id=company.application)] * 3  # type: ignore[list-item]
    answers = race(lambda n: execute(commands[n], actor=Actor(desk.people["ada"]), at=desk.at, command_id=uuid4()))
    withdrawn = [a for a in answers if a.command == "WithdrawApplication" and a.granted]
    assert len(withdrawn) == 1
    assert [a.granted for a in answers if a.command == "SubmitApplication"].count(True) <= 1
    assert Case.objects.get(pk=company.application).state == "withdrawn"


@pytest.mark.clause("6 USC 961(a)")
def test_racing_openings_begin_one_application() -> None:
    desk = Desk(prove=False)
    found_programme(desk, "importer")
    company = Company(desk, "ada").register()
    answers = race(giver(desk, OpenApplication(participant_id=company.participant), desk.people["ada"]))
    assert [a.granted for a in answers].count(True) == 1
    assert Application.objects.filter(participant_id=company.participant).count() == 1


@pytest.mark.clause("6 USC 971(b)")
def test_one_key_sent_many_times_at_once_has_one_effect_and_one_answer() -> None:
    desk, key = Desk(prove=False), uuid4()
    command = OpenAccount(email="ada@example.org", name="Ada Example")
    answers = race(lambda _n: execute(command, actor=Actor(), at=desk.at, command_id=key))
    assert len({str(a.to_json()) for a in answers}) == 1
    assert (Account.objects.count(), GivenAnswer.objects.count()) == (1, 1)


@pytest.mark.clause("6 USC 971(b)")
def test_what_racers_append_is_sealed_densely_and_nothing_is_lost() -> None:
    desk = Desk(prove=False)
    answers = race(
        lambda n: execute(
            OpenAccount(email=f"p{n}@example.org", name="P"), actor=Actor(), at=desk.at, command_id=uuid4()
        )
    )
    assert all(a.granted for a in answers)
    ledger.seal(desk.at)
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(range(Entry.objects.count()))
