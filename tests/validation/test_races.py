"""On PostgreSQL two decisions at once on a validation leave one (6 USC 971(b))."""

from __future__ import annotations

from uuid import uuid4

import pytest

from greenlane.casework import outbox, replay
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.casework.models import Case
from greenlane.casework.registry import Command
from greenlane.law.authority import Office
from greenlane.participants.models import Participant
from greenlane.validation.commands_decision import RefuseValidation, SendBackValidation, ValidateTierTwo
from greenlane.validation.commands_planning import PlanValidation
from greenlane.validation.models import Validation
from tests.casework.test_races import RACERS, race
from tests.validation.steps import certified, recommended, validation_desk

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.clause("6 USC 965(a)")
@pytest.mark.clause("6 USC 971(b)")
def test_of_decisions_that_race_one_counts() -> None:
    desk = validation_desk()
    desk.prove = False
    company, case = certified(desk)
    recommended(desk, company, case)
    desk.person("sid", Office.SUPERVISOR)
    ways: list[Command] = [
        ValidateTierTwo(case_id=case),
        ValidateTierTwo(case_id=case),
        SendBackValidation(case_id=case, reason="Look again."),
        RefuseValidation(case_id=case),
        ValidateTierTwo(case_id=case),
        SendBackValidation(case_id=case, reason="Look again."),
    ]
    people = [desk.people["sue"], desk.people["sid"]]
    answers = race(lambda n: execute(ways[n], actor=Actor(people[n % 2]), at=desk.at, command_id=uuid4()))
    granted = [answer.command for answer in answers if answer.granted]
    assert len(granted) == 1
    assert granted[0] in {"ValidateTierTwo", "SendBackValidation"}
    outbox.deliver(desk.at)
    validated = granted == ["ValidateTierTwo"]
    assert Case.objects.get(pk=case).state == ("validated" if validated else "answered")
    assert Participant.objects.get(pk=company.participant).tier == (2 if validated else 1)
    replay.check()


@pytest.mark.clause("6 USC 965(a)")
def test_racing_plans_open_one_validation() -> None:
    desk = validation_desk()
    desk.prove = False
    company, case = certified(desk)
    desk.today = desk.today.replace(year=desk.today.year + 1)
    _close(company.participant)
    plan = PlanValidation(participant_id=company.participant)
    answers = race(lambda n: execute(plan, actor=Actor(desk.people["sam"]), at=desk.at, command_id=uuid4()))
    assert [answer.granted for answer in answers].count(True) == 1
    assert Validation.objects.filter(participant_id=company.participant).exclude(pk=case).count() == 1
    assert RACERS > 1


def _close(participant: object) -> None:
    """As if the first validation had ended, so that a new one may be planned."""
    Case.objects.filter(participant_id=participant, kind="validation").update(state="refused")
