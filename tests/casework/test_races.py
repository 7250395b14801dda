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
from greenlane.casework import replay
from greenlane.casework.answers import Answer
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.casework.models import Case, GivenAnswer
from greenlane.casework.registry import Command
from greenlane.law.authority import Office
from greenlane.participants.commands import RegisterParticipant
from greenlane.participants.models import Identifier
from greenlane.participants.parts import RecordIdentifier
from greenlane.people.commands import CloseAccount, EndOffice, GrantOffice, OpenAccount
from greenlane.people.models import Account
from greenlane.people.queries import company_people
from greenlane.programs.commands import LoadProgramme
from greenlane.programs.models import TermsVersion
from greenlane.programs.packs_schema import PACKS, load_pack
from greenlane.records import ledger
from greenlane.records.models import Entry, Leaf
from greenlane.vetting.models import ListVersion
from tests.companies import Company, found_programme
from tests.desk import Desk
from tests.invented_lists import invented_list

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


@pytest.mark.clause("6 USC 971(c)")
def test_of_officers_who_leave_at_once_one_stays() -> None:
    desk = Desk(prove=False)
    found_programme(desk, "importer")
    company = Company(desk, "ada").register()
    own: dict[str, Any] = {"office": Office.APPLICANT_OFFICER, "participant_id": company.participant}
    officers = [desk.people["ada"], *(desk.person(f"p{n}") for n in range(RACERS - 1))]
    for account in officers[1:]:
        desk.must(GrantOffice(account_id=account, **own), by="ada")
    desk.person("boss", Office.PROGRAMME_MANAGER)
    ways = [
        EndOffice(account_id=account, reason="Left.", **own) if n % 2 else CloseAccount(account_id=account, reason="-")
        for n, account in enumerate(officers)
    ]
    answers = race(lambda n: execute(ways[n], actor=Actor(desk.people["boss"]), at=desk.at, command_id=uuid4()))
    assert [a.granted for a in answers].count(False) == 1
    assert company_people(company.participant, desk.today).count() == 1
    replay.check()


@pytest.mark.clause("6 USC 971(c)")
def test_racing_accounts_for_one_address_are_opened_once() -> None:
    desk = Desk(prove=False)
    command = OpenAccount(email="ada@example.org", name="Ada Example")
    answers = race(lambda _n: execute(command, actor=Actor(), at=desk.at, command_id=uuid4()))
    assert [a.granted for a in answers].count(True) == 1
    assert {r.code for a in answers for r in a.verdict.failing} == {"email_is_free"}


@pytest.mark.clause("6 USC 962")
def test_racing_registrations_of_one_company_and_its_numbers_leave_one_of_each() -> None:
    desk = Desk(prove=False)
    found_programme(desk, "importer")
    people = [desk.person(f"p{n}") for n in range(RACERS)]
    register = RegisterParticipant(
        business_type="importer", legal_name="Meridian Lantern", country="US", address="1 Way", city="Houston"
    )
    answers = race(lambda n: execute(register, actor=Actor(people[n]), at=desk.at, command_id=uuid4()))
    assert [a.granted for a in answers].count(True) == 1
    companies = [Company(desk, f"p{n}", name=f"Company {n}").register().participant for n in range(RACERS)]
    numbers = [RecordIdentifier(participant_id=key, kind="scac", value="QZXV") for key in companies]
    answers = race(lambda n: execute(numbers[n], actor=Actor(people[n]), at=desk.at, command_id=uuid4()))
    assert [a.granted for a in answers].count(True) == 1
    assert Identifier.objects.filter(kind="scac", value="QZXV").count() == 1


@pytest.mark.clause("6 USC 964(b)")
def test_a_list_that_is_imported_many_times_at_once_has_one_version() -> None:
    desk = Desk(prove=False)
    command = invented_list(desk.today)
    answers = race(lambda _n: execute(command, actor=Actor(), at=desk.at, command_id=uuid4()))
    assert [a.granted for a in answers].count(True) == 1
    assert ListVersion.objects.count() == 1


@pytest.mark.clause("6 USC 961(a)")
def test_a_programme_that_is_loaded_many_times_at_once_has_its_terms_once() -> None:
    desk = Desk(prove=False)
    command = LoadProgramme(pack=load_pack(PACKS / "ctpat" / "pack.yaml"))
    answers = race(lambda _n: execute(command, actor=Actor(), at=desk.at, command_id=uuid4()))
    assert [a.granted for a in answers].count(True) == 1
    assert TermsVersion.objects.count() == 1


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
