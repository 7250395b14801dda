"""One door in: authority, dates, procedure, law, record, idempotency (6 USC 971(b)-(c))."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from greenlane.casework import doors
from greenlane.casework.models import Case, GivenAnswer
from greenlane.casework.problems import BadInput, Missing
from greenlane.law.authority import Office
from greenlane.people.commands import CloseAccount, GrantOffice, OpenAccount
from greenlane.people.models import Account
from greenlane.records.models import Entry
from tests.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.clause("6 USC 971(b)")
def test_a_granted_command_leaves_its_entry_and_its_state(desk: Desk) -> None:
    answer = desk.must(OpenAccount(email="ada@example.org", name="Ada Example"))
    account = Account.objects.get(email="ada@example.org")
    assert answer.case_id == account.pk
    assert Case.objects.get(pk=account.pk).state == "open"
    [entry] = Entry.objects.filter(subject=account.pk)
    assert entry.kind == "people.AccountOpened"
    assert "6 USC 971(c)" in entry.citations


@pytest.mark.clause("6 USC 971(b)")
def test_a_refusal_is_recorded_with_its_reasons_and_changes_nothing_else(desk: Desk) -> None:
    answer = desk.refused(OpenAccount(email="not an address", name=""), code="email_is_an_address")
    assert {r.where for r in answer.verdict.failing} == {"email", "name"}
    assert not Account.objects.exists()
    [entry] = Entry.objects.all()
    assert entry.kind == "casework.CommandRefused"
    assert entry.data["verdict"]["granted"] is False


@pytest.mark.clause("6 USC 971(b)")
def test_the_same_command_id_gives_the_first_answer_and_another_command_under_it_is_bad_input(desk: Desk) -> None:
    key = uuid4()
    command = OpenAccount(email="ada@example.org", name="Ada Example")
    first = desk.must(command, command_id=key)
    again = desk.must(command, command_id=key)
    assert again == first
    assert Account.objects.count() == 1
    with pytest.raises(BadInput, match="already used"):
        desk.give(OpenAccount(email="bob@example.org", name="Bob"), command_id=key)
    assert GivenAnswer.objects.count() == 1


@pytest.mark.clause("6 USC 971(c)")
def test_the_answer_to_a_command_id_is_kept_from_everybody_else(desk: Desk) -> None:
    desk.person("boss", Office.PROGRAMME_MANAGER)
    desk.person("ada")
    command, key = OpenAccount(email="bob@example.org", name="Bob"), uuid4()
    desk.must(command, by="boss", command_id=key)
    with pytest.raises(BadInput, match="somebody else"):
        desk.give(command, by="ada", command_id=key)


@pytest.mark.clause("6 USC 971(c)")
def test_what_is_not_granted_is_denied_under_its_clause(desk: Desk) -> None:
    desk.person("ada")
    bob = desk.person("bob")
    answer = desk.refused(GrantOffice(account_id=bob, office=Office.SUPERVISOR), by="ada", code="authority")
    assert answer.step == "authority"
    assert answer.verdict.failing[0].citation.cite == "6 USC 971(c)"
    assert "programme manager" in str(answer.verdict.failing[0].sentence)


@pytest.mark.clause("6 USC 971(b)")
def test_a_command_cannot_take_effect_in_the_future_nor_before_the_last_change(desk: Desk) -> None:
    desk.person("boss", Office.PROGRAMME_MANAGER)
    bob = desk.person("bob")
    close = CloseAccount(account_id=bob, reason="Left the agency.")
    desk.refused(close, by="boss", on=desk.today + timedelta(days=1), code="not_in_the_future")
    desk.refused(close, by="boss", on=desk.today - timedelta(days=1), code="order_of_events")
    desk.must(close, by="boss")


@pytest.mark.clause("6 USC 971(b)")
def test_a_command_under_a_register_cannot_count_before_the_register_is_open(desk: Desk) -> None:
    desk.person("boss", Office.PROGRAMME_MANAGER)
    bob = desk.person("bob")
    office = GrantOffice(account_id=bob, office=Office.AUDITOR)
    desk.refused(office, by="boss", on=desk.today - timedelta(days=1), code="order_of_events", cite="6 USC 971(b)")


@pytest.mark.clause("6 USC 971(c)")
def test_a_document_is_never_added_by_its_hash_alone(desk: Desk) -> None:
    desk.person("ada")
    values = {"case_id": str(uuid4()), "title": "Not mine", "file_name": "a.txt", "media_type": "text/plain"}
    with pytest.raises(BadInput, match="not by its hash") as refused:
        doors.perform(
            "UploadDocument",
            {**values, "size": 3, "sha256": "0" * 64},
            account=desk.people["ada"],
            now=desk.at,
            command_id=uuid4(),
        )
    assert refused.value.problems[0].cite == "6 USC 971(c)"


def test_a_case_that_does_not_exist_is_missing_and_nothing_is_written(desk: Desk) -> None:
    desk.person("boss", Office.PROGRAMME_MANAGER)
    before = Entry.objects.count()
    with pytest.raises(Missing):
        desk.give(CloseAccount(account_id=uuid4(), reason="No such person."), by="boss")
    assert Entry.objects.count() == before
