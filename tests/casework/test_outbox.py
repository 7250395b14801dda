"""What the platform does after a commit is tried again, shown when it is refused, and dated truly (6 USC 971(b))."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from greenlane.casework import outbox
from greenlane.casework.context import SYSTEM, Actor, Recorded
from greenlane.casework.execution import execute
from greenlane.casework.models import Case, Notice, OutboxMessage
from greenlane.casework.registry import REACTIONS, Command
from greenlane.certification.commands import RecommendCertification
from greenlane.certification.review import ReturnForCorrection
from greenlane.law.authority import Office
from greenlane.people.commands import CloseAccount, GrantOffice, OpenAccount
from greenlane.people.entries import AccountOpened, OfficeGranted
from greenlane.records.models import Entry
from tests.desk import Desk
from tests.lives import accept_all, founded_desk, investigate, received

pytestmark = pytest.mark.django_db


def opened(desk: Desk, monkeypatch: pytest.MonkeyPatch, reaction: object) -> OutboxMessage:
    """An account that was opened, and one reaction to it that waits."""
    monkeypatch.setitem(REACTIONS, AccountOpened.entry_kind, [reaction])
    execute(OpenAccount(email="ada@example.org", name="Ada"), actor=SYSTEM, at=desk.at, command_id=UUID(int=1))
    return OutboxMessage.objects.get()


@pytest.mark.clause("6 USC 971(b)")
def test_a_reaction_that_is_refused_is_done_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def close_at_once(one: Recorded) -> list[Command]:
        return [CloseAccount(account_id=one.subject, reason="A test.")]

    desk = Desk()
    opened(desk, monkeypatch, close_at_once)
    assert outbox.deliver(desk.at) == 1
    [message] = outbox.refused()
    assert message.done_at == desk.at
    assert "CloseAccount was refused (authority): 6 USC 971(c)" in message.error


@pytest.mark.clause("6 USC 971(b)")
def test_a_reaction_that_fails_for_weeks_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(one: Recorded) -> list[Command]:
        raise RuntimeError("the other side does not answer")

    desk = Desk()
    message = opened(desk, monkeypatch, fails)
    OutboxMessage.objects.update(attempts=500)
    assert outbox.deliver(desk.at) == 0
    message.refresh_from_db()
    assert (message.attempts, message.done_at) == (501, None)
    assert message.next_at == desk.at + outbox.LONGEST_WAIT


@pytest.mark.clause("6 USC 971(b)")
def test_a_reaction_that_comes_late_counts_on_the_day_of_its_cause_or_of_what_followed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def give_office(one: Recorded) -> list[Command]:
        return [GrantOffice(account_id=one.subject, office=Office.AUDITOR)]

    desk = Desk()
    opened(desk, monkeypatch, give_office)
    cause = desk.today
    desk.today += timedelta(days=4)
    assert outbox.deliver(desk.at) == 1
    assert not outbox.refused().exists()
    granted = Entry.objects.get(kind=OfficeGranted.entry_kind)
    assert (granted.effective_on, granted.recorded_at) == (cause, desk.at)


@pytest.mark.clause("6 USC 964(c)")
def test_a_letter_that_goes_out_late_is_served_on_the_day_on_which_it_goes_out() -> None:
    desk = founded_desk()
    company, case = received(desk)
    accept_all(desk, company, case, but="6.1")
    execute(
        ReturnForCorrection(case_id=case, message="One point."),
        actor=Actor(desk.people["sam"]),
        at=desk.at,
        command_id=UUID(int=2),
    )
    decided = desk.today
    desk.today += timedelta(days=3)
    outbox.deliver(desk.at)
    assert Case.objects.get(pk=company.application).state_since == decided
    assert Notice.objects.get(case_id=case).served_on == desk.today


@pytest.mark.clause("6 USC 964(c)")
def test_a_decision_is_not_dated_before_the_review_that_it_rests_on() -> None:
    desk = founded_desk()
    company, case = received(desk)
    investigate(desk, company)
    early = desk.today + timedelta(days=80)
    desk.today += timedelta(days=95)
    accept_all(desk, company, case)
    desk.refused(RecommendCertification(case_id=case), by="sam", on=early, code="order_of_events")
