"""A company that leaves while it is decided on: no tier is given to it, and no sanction is escaped (961(a), 967(b))."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from greenlane.casework import outbox, replay
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.casework.models import OutboxMessage
from greenlane.casework.registry import Command
from greenlane.consequences.commands_decision import ExpelParticipant, SuspendParticipant
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
    assert not OutboxMessage.objects.exclude(error="").exists()


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
