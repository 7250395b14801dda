"""A company that leaves while it is decided on: no tier is given to it, and no sanction is escaped (961(a), 967(b))."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from greenlane.casework import outbox, replay
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.casework.models import Case, OutboxMessage
from greenlane.casework.registry import Command
from greenlane.consequences.commands_decision import ExpelParticipant, SuspendParticipant
from greenlane.consequences.commands_return import EndConsequence
from greenlane.participants.commands_duties import WithdrawFromProgramme
from greenlane.participants.models import Participant
from greenlane.validation.commands_decision import ValidateTierTwo
from greenlane.validation.queries import open_validations
from tests.companies import Company
from tests.consequences.steps import given
from tests.consequences.steps import recommended as recommended_consequence
from tests.desk import Desk
from tests.validation.steps import recommended

pytestmark = pytest.mark.django_db


def both(desk: Desk, decision: Command, company: Company, *, leaves_first: bool) -> str:
    """Decide and leave within a second, before what follows from either is carried out; the standing after that."""
    leave = WithdrawFromProgramme(participant_id=company.participant, sure=True)
    acts = [(decision, "sue"), (leave, "ada")]
    for second, (act, by) in enumerate(reversed(acts) if leaves_first else acts):
        at = desk.at + timedelta(seconds=second)
        assert execute(act, actor=Actor(desk.people[by]), at=at, command_id=uuid4()).granted
    outbox.deliver(desk.at + timedelta(minutes=1))
    stuck = OutboxMessage.objects.exclude(error="").values_list("name", "error")
    assert not stuck, list(stuck)
    replay.check()
    return Participant.objects.get(pk=company.participant).standing


@pytest.mark.clause("6 USC 961(a)", "6 USC 965(a)")
@pytest.mark.parametrize("leaves_first", [True, False])
def test_a_company_that_left_holds_no_tier_that_was_decided_meanwhile(
    desk: Desk, company: Company, leaves_first: bool
) -> None:
    case = open_validations(company.participant).get().pk
    recommended(desk, company, case)
    assert both(desk, ValidateTierTwo(case_id=case), company, leaves_first=leaves_first) == "withdrawn"
    assert given(company, desk.today) == set()


@pytest.mark.clause("6 USC 967(b)")
@pytest.mark.parametrize("leaves_first", [True, False])
@pytest.mark.parametrize("measure", ["suspension", "expulsion"])
def test_leaving_at_once_escapes_no_sanction(desk: Desk, company: Company, measure: str, leaves_first: bool) -> None:
    case = recommended_consequence(desk, company, measure, days=300)
    last = desk.today + timedelta(days=90 if measure == "suspension" else 300)
    kind = SuspendParticipant if measure == "suspension" else ExpelParticipant
    decision = kind(case_id=case, reasons="False.", period_until=last)
    stands = {"suspension": "suspended", "expulsion": "expelled"}[measure]
    assert both(desk, decision, company, leaves_first=leaves_first) == stands


@pytest.mark.clause("6 USC 961(a)", "6 USC 967(b)")
@pytest.mark.parametrize("leaves_first", [True, False])
def test_the_validation_of_who_left_and_is_suspended_waits_and_is_closed_when_the_suspension_ends(
    desk: Desk, company: Company, leaves_first: bool
) -> None:
    validation = open_validations(company.participant).get().pk
    case = recommended_consequence(desk, company, "suspension", days=300)
    last = desk.today + timedelta(days=90)
    decision = SuspendParticipant(case_id=case, reasons="False.", period_until=last)
    both(desk, decision, company, leaves_first=leaves_first)
    assert Case.objects.get(pk=validation).state == "planned"
    desk.today = last + timedelta(days=1)
    desk.must(EndConsequence(case_id=case, reason="Its period is over, and it has left."), by="sue")
    assert Participant.objects.get(pk=company.participant).standing == "withdrawn"
    assert Case.objects.get(pk=validation).state == "closed"


@pytest.mark.clause("6 USC 961(a)")
def test_a_withdrawal_that_comes_before_the_first_is_carried_out_is_none(desk: Desk, company: Company) -> None:
    leave = WithdrawFromProgramme(participant_id=company.participant, sure=True)
    ada = Actor(desk.people["ada"])
    first, second = (execute(leave, actor=ada, at=desk.at, command_id=uuid4()) for _ in range(2))
    assert (first.granted, second.granted) == (True, False)
    assert [reason.code for reason in second.verdict.failing] == ["takes_part"]
    outbox.deliver(desk.at)
    desk.refused(leave, by="ada", code="takes_part")
