"""Two decisions at once: one wins, and the state is the fold of the record (6 USC 966(a), 969(1), 971(b))."""

from __future__ import annotations

from uuid import uuid4

import pytest

from greenlane.casework import outbox, replay
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.law.authority import Office
from greenlane.participants.models import Participant
from greenlane.records.models import Entry
from greenlane.revalidation.commands_deciding import ConfirmTier, RefuseRevalidation
from greenlane.revalidation.commands_selecting import SelectForRevalidation
from greenlane.revalidation.models import Revalidation
from greenlane.validation.commands_decision import RecommendRefusalOfValidation, SendBackValidation
from greenlane.validation.commands_tier_three_decision import ValidateTierThree
from tests.casework.test_races import RACERS, giver, race
from tests.desk import Desk
from tests.revalidation import stage
from tests.revalidation.test_revalidation import first_must, selected
from tests.validation import steps
from tests.validation.test_tier_three import ready

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def desk_with_supervisors() -> Desk:
    desk = stage.validating_desk()
    for n in range(RACERS):
        desk.person(f"judge{n}", Office.SUPERVISOR)
    return desk


@pytest.mark.clause("6 USC 969(1)")
def test_of_supervisors_who_confirm_at_once_one_decides_and_the_period_is_met_once() -> None:
    desk = desk_with_supervisors()
    company = stage.tier_two(desk)
    stage.publish_framework(desk)
    selected = race(giver(desk, SelectForRevalidation(participant_id=company.participant), desk.people["sam"]))
    assert [a.granted for a in selected].count(True) == 1
    outbox.deliver(desk.at)
    case = Revalidation.objects.get(participant_id=company.participant).pk
    stage.recommended(desk, company, case)
    decisions = [ConfirmTier(case_id=case) if n % 2 else RefuseRevalidation(case_id=case) for n in range(RACERS)]
    answers = race(
        lambda n: execute(decisions[n], actor=Actor(desk.people[f"judge{n}"]), at=desk.at, command_id=uuid4())
    )
    assert [a.granted for a in answers].count(True) == 1
    assert next(a for a in answers if a.granted).command == "ConfirmTier"
    outbox.deliver(desk.at)
    assert stage.periods(company).closings == [desk.today.isoformat()]
    replay.check()


@pytest.mark.clause("6 USC 966(a)")
def test_of_supervisors_who_validate_the_third_tier_at_once_one_decides() -> None:
    desk = desk_with_supervisors()
    company, case = ready(desk)
    command = ValidateTierThree(case_id=case)
    answers = race(lambda n: execute(command, actor=Actor(desk.people[f"judge{n}"]), at=desk.at, command_id=uuid4()))
    assert [a.granted for a in answers].count(True) == 1
    assert {a.step for a in answers if not a.granted} == {"procedure"}
    outbox.deliver(desk.at)
    assert Participant.objects.get(pk=company.participant).tier == 3
    replay.check()


@pytest.mark.clause("6 USC 969(1)")
@pytest.mark.clause("6 USC 971(b)")
def test_of_supervisors_who_refuse_at_once_one_decides_and_takes_no_tier() -> None:
    desk = desk_with_supervisors()
    company = stage.tier_two(desk)
    stage.publish_framework(desk)
    case = selected(desk, company)
    steps.noticed(desk, company, case)
    steps.reported(desk, company, case, unmet=first_must(case, desk))
    desk.must(RecommendRefusalOfValidation(case_id=case, grounds="The log has gaps."), by="sam")
    ways = [RefuseRevalidation(case_id=case), ConfirmTier(case_id=case), SendBackValidation(case_id=case, reason="-")]
    answers = race(
        lambda n: execute(ways[n % 3], actor=Actor(desk.people[f"judge{n}"]), at=desk.at, command_id=uuid4())
    )
    [won] = [answer for answer in answers if answer.granted]
    assert won.command in {"RefuseRevalidation", "SendBackValidation"}
    outbox.deliver(desk.at)
    refused = won.command == "RefuseRevalidation"
    assert Revalidation.objects.get(pk=case).outcome == ("refused" if refused else "")
    assert Entry.objects.filter(subject=case, kind="revalidation.RevalidationDecided").count() == int(refused)
    assert stage.periods(company).closings == ([desk.today.isoformat()] if refused else [])
    assert Participant.objects.get(pk=company.participant).tier == 2
    replay.check()


@pytest.mark.clause("6 USC 969(1)")
@pytest.mark.clause("6 USC 971(b)")
def test_racing_refusals_alone_leave_one() -> None:
    desk = desk_with_supervisors()
    company = stage.tier_two(desk)
    stage.publish_framework(desk)
    case = selected(desk, company)
    steps.noticed(desk, company, case)
    steps.reported(desk, company, case, unmet=first_must(case, desk))
    desk.must(RecommendRefusalOfValidation(case_id=case, grounds="The log has gaps."), by="sam")
    refuse = RefuseRevalidation(case_id=case)
    answers = race(lambda n: execute(refuse, actor=Actor(desk.people[f"judge{n}"]), at=desk.at, command_id=uuid4()))
    assert [a.granted for a in answers].count(True) == 1
    assert {a.step for a in answers if not a.granted} == {"procedure"}
    outbox.deliver(desk.at)
    assert stage.periods(company).closings == [desk.today.isoformat()]
    replay.check()
