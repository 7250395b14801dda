"""On PostgreSQL a company that leaves while it is decided on has no tier and escapes no sanction (961(a), 967(b))."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from greenlane.casework.registry import Command
from greenlane.consequences.commands_decision import ExpelParticipant, SuspendParticipant
from greenlane.participants.commands_duties import WithdrawFromProgramme
from greenlane.participants.models import Participant
from greenlane.validation.commands_decision import ValidateTierTwo
from tests.companies import Company
from tests.consequences.steps import given
from tests.consequences.steps import recommended as proposed
from tests.desk import Desk
from tests.support.racing import at_once, granted, the_only_one, told
from tests.validation.steps import certified, recommended, validation_desk

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
LEFT = "participants.ParticipantWithdrew"


def validated(desk: Desk, company: Company, case: UUID) -> Command:
    recommended(desk, company, case)
    return ValidateTierTwo(case_id=case)


def suspended(desk: Desk, company: Company, _case: UUID) -> Command:
    case = proposed(desk, company, "suspension", days=300)
    return SuspendParticipant(case_id=case, reasons="False.", period_until=desk.today + timedelta(days=90))


def expelled(desk: Desk, company: Company, _case: UUID) -> Command:
    case = proposed(desk, company, "expulsion", days=300)
    return ExpelParticipant(case_id=case, reasons="False.", period_until=desk.today + timedelta(days=300))


@pytest.mark.clause("6 USC 961(a)")
@pytest.mark.clause("6 USC 971(b)")
@pytest.mark.parametrize(
    ("decided", "standing"), [(validated, "withdrawn"), (suspended, "suspended"), (expelled, "expelled")]
)
@pytest.mark.parametrize("leaves_first", [True, False])
def test_of_a_decision_and_a_withdrawal_at_once_both_count_and_the_sanction_holds(
    decided: Callable[[Desk, Company, UUID], Command], standing: str, leaves_first: bool
) -> None:
    desk = validation_desk()
    desk.prove = False
    company, case = certified(desk)
    decision = decided(desk, company, case)
    turns = [(decision, "sue"), (WithdrawFromProgramme(participant_id=company.participant, sure=True), "ada")]
    answers = at_once(desk, *(reversed(turns) if leaves_first else turns))
    assert sorted(granted(answers)) == sorted([decision.spec.name, "WithdrawFromProgramme"])
    assert {r.code for a in answers if not a.granted for r in a.verdict.failing} == {"procedure", "takes_part"}
    row = Participant.objects.get(pk=company.participant)
    assert (row.standing, row.tier) == (standing, 0)
    assert given(company, desk.today) == given(company, desk.today + timedelta(days=1)) == set()
    assert told(company.participant, LEFT) == 1


@pytest.mark.clause("6 USC 961(a)")
@pytest.mark.clause("6 USC 971(b)")
def test_of_withdrawals_at_once_one_is_received() -> None:
    desk = validation_desk()
    desk.prove = False
    company, _case = certified(desk)
    leave = WithdrawFromProgramme(participant_id=company.participant, sure=True)
    assert the_only_one(desk, (leave, "ada"), refused="takes_part") == leave.spec.name
    assert told(company.participant, LEFT) == 1
    assert Participant.objects.get(pk=company.participant).standing == "withdrawn"
