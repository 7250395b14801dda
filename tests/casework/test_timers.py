"""What the calendar calls for is given once a day, however often it is asked (6 USC 971(b))."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from greenlane.casework import timers
from greenlane.casework.models import Case, GivenAnswer
from greenlane.casework.registry import Command
from greenlane.people.commands import CloseAccount, OpenAccount
from greenlane.people.models import Account
from greenlane.records.models import Entry
from tests.desk import Desk

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
"""Still 2 March where the programme has its seat."""


def open_one_a_day(on: date) -> Iterator[Command]:
    yield OpenAccount(email=f"{on.isoformat()}@example.org", name="Invented")


@pytest.fixture(autouse=True)
def _only_these(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timers, "TIMERS", {"tests.open_one_a_day": open_one_a_day})


@pytest.mark.clause("6 USC 971(b)")
def test_a_day_is_asked_many_times_and_its_commands_are_given_once() -> None:
    desk = Desk()
    assert len(desk.wake()) == 1
    desk.wake()
    timers.ask(NIGHT)
    assert (Account.objects.count(), GivenAnswer.objects.count()) == (1, 1)
    desk.wake(days=2)
    assert Account.objects.count() == 3
    assert Entry.objects.latest("id").effective_on == desk.today
    assert set(Entry.objects.values_list("actor", "office")) == {(None, "system")}


@pytest.mark.clause("6 USC 971(b)")
def test_what_is_refused_is_on_record_once_a_day_and_tried_again_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    key = desk.person("ada")
    monkeypatch.setitem(timers.TIMERS, "tests.close", lambda _on: [CloseAccount(account_id=key, reason="-")])
    for _ in range(3):
        assert [answer.step for answer in timers.ask(desk.at).refused] == ["authority"]
    refusals = Entry.objects.filter(kind="casework.CommandRefused", subject=key)
    assert refusals.count() == 1
    desk.today += timedelta(days=1)
    timers.ask(desk.at)
    assert refusals.count() == 2


@pytest.mark.clause("6 USC 971(b)")
def test_a_timer_that_fails_does_not_stop_the_others_and_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_on: date) -> list[Command]:
        raise RuntimeError("the other side does not answer")

    desk = Desk()
    monkeypatch.setitem(timers.TIMERS, "tests.a_fails", fails)
    daily = timers.DailyRound()
    assert daily(desk.at) == 1
    assert daily(desk.at + timedelta(minutes=9)) == 0
    monkeypatch.delitem(timers.TIMERS, "tests.a_fails")
    assert daily(desk.at + timedelta(minutes=10)) == 1  # the same answer once more
    assert daily(desk.at + timedelta(minutes=30)) == 0
    assert Case.objects.count() == 1
    assert daily(desk.at + timedelta(days=1)) == 1
    monkeypatch.setitem(timers.TIMERS, "tests.a_fails", fails)
    with pytest.raises(RuntimeError):
        timers.ask(desk.at, strict=True)


@pytest.mark.clause("6 USC 971(b)")
def test_a_command_without_meaning_is_logged_and_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    nobody = CloseAccount(account_id=timers.NAMESPACE, reason="There is no such account.")
    monkeypatch.setitem(timers.TIMERS, "tests.a_nobody", lambda _on: [nobody])
    asked = timers.ask(desk.at)
    assert asked.failed == ["tests.a_nobody: CloseAccount"]
    assert len(asked.answers) == 1
