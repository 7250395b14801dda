"""On PostgreSQL racing decisions on one consequence leave exactly one (6 USC 967, 971(b))."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from greenlane.casework import outbox, replay
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.casework.models import OutboxMessage
from greenlane.casework.registry import Command
from greenlane.consequences.commands import DropConsequence
from greenlane.consequences.commands_decision import DenyBenefits, ExpelParticipant, SuspendParticipant
from greenlane.consequences.commands_emergency import (
    ConfirmEmergencyAction,
    GiveEmergencyNotice,
    LiftEmergencyAction,
    RespondToEmergencyNotice,
    TakeEmergencyAction,
)
from greenlane.consequences.models import Consequence
from greenlane.participants.models import DeniedBenefits, Participant, Standing
from tests.casework.test_races import RACERS, race
from tests.companies import Company
from tests.consequences.steps import acted, given, recommended
from tests.desk import Desk
from tests.validation.steps import certified, validation_desk

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = validation_desk()
    desk.prove = False
    yield desk
    replay.check()


@pytest.fixture
def company(desk: Desk) -> Company:
    return certified(desk)[0]


def granted(desk: Desk, by: UUID, *commands: Command) -> list[str]:
    """Give the commands at one moment, each by a thread of its own, and deliver what follows; the names granted."""
    answers = race(lambda n: execute(commands[n % len(commands)], actor=Actor(by), at=desk.at, command_id=uuid4()))
    outbox.deliver(desk.at)
    assert not OutboxMessage.objects.exclude(error="").exists()
    assert len(answers) == RACERS
    return [answer.command for answer in answers if answer.granted]


@pytest.mark.clause("6 USC 967(a)")
def test_racing_denials_and_a_drop_leave_one_decision(desk: Desk, company: Company) -> None:
    case = recommended(desk, company, "denial", ("score_reduction", "dedicated_lanes"))
    one, other = (
        DenyBenefits(case_id=case, reasons="Seals are not checked.", benefits=(code,))
        for code in ("score_reduction", "dedicated_lanes")
    )
    drop = DropConsequence(case_id=case, reason="The seals are checked.")
    won = granted(desk, desk.people["sue"], one, other, drop)
    assert len(won) == 1
    rows = list(DeniedBenefits.objects.filter(participant_id=company.participant))
    assert [row.benefits for row in rows] == ([Consequence.objects.get(pk=case).benefits] if "Deny" in won[0] else [])


@pytest.mark.clause("6 USC 967(b)")
def test_racing_suspensions_and_expulsions_leave_one_sanction(desk: Desk, company: Company) -> None:
    case = recommended(desk, company, "expulsion", days=300)
    won = granted(
        desk,
        desk.people["sue"],
        SuspendParticipant(case_id=case, reasons="False.", period_until=desk.today + timedelta(days=90)),
        ExpelParticipant(case_id=case, reasons="False."),
    )
    assert len(won) == 1
    row = Consequence.objects.get(pk=case)
    standing = {"suspension": "suspended", "expulsion": "expelled"}[row.measure]
    assert Participant.objects.get(pk=company.participant).standing == standing
    assert Standing.objects.filter(participant_id=company.participant, because=case).count() == 1


@pytest.mark.clause("6 USC 967(a)")
def test_racing_emergency_actions_are_one_and_its_lifting_or_confirmation_too(desk: Desk, company: Company) -> None:
    act = TakeEmergencyAction(participant_id=company.participant, grounds="Invented threat.")
    assert granted(desk, desk.people["sue"], act) == ["TakeEmergencyAction"]
    assert given(company, desk.today) == set()
    lift = LiftEmergencyAction(case_id=Consequence.objects.get().pk, reason="It is over.")
    assert granted(desk, desk.people["both"], lift) == ["LiftEmergencyAction"]


@pytest.mark.clause("6 USC 967(a)")
def test_an_action_is_either_confirmed_or_lifted(desk: Desk, company: Company) -> None:
    case = acted(desk, company)
    desk.must(GiveEmergencyNotice(case_id=case, message="A container was used."), by="sue")
    desk.must(RespondToEmergencyNotice(case_id=case, response="Not ours."), by="ada")
    won = granted(
        desk,
        desk.people["both"],
        ConfirmEmergencyAction(case_id=case, reasons="The threat is real."),
        LiftEmergencyAction(case_id=case, reason="It is over."),
    )
    assert len(won) == 1
    assert (given(company, desk.today) == set()) is (won == ["ConfirmEmergencyAction"])
