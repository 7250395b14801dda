"""On PostgreSQL a company returns once, and what an appeal sent back is decided anew once (6 USC 967, 971(b))."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from greenlane.casework import outbox, replay
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.casework.models import Case, OutboxMessage
from greenlane.casework.registry import Command
from greenlane.consequences.commands_appeal import RemandConsequence
from greenlane.consequences.commands_remanded import DecideAnew
from greenlane.consequences.commands_return import ReinstateParticipant, RestoreBenefits
from greenlane.consequences.models import Consequence
from greenlane.law.authority import Office
from greenlane.participants.models import Participant, Standing
from greenlane.records.models import Entry
from tests.casework.test_races import RACERS, race
from tests.companies import Company
from tests.consequences.steps import denied, given, planned, suspended
from tests.desk import Desk
from tests.validation.steps import certified, validation_desk

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
BENEFITS = ("score_reduction", "dedicated_lanes")


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = validation_desk()
    desk.prove = False
    for n in range(RACERS):
        desk.person(f"judge{n}", Office.SUPERVISOR)
    yield desk
    replay.check()


@pytest.fixture
def company(desk: Desk) -> Company:
    return certified(desk)[0]


def the_winner(desk: Desk, *commands: Command) -> Command:
    """Six supervisors give these commands at one moment: one is granted, the others find the step taken."""
    givers = [Actor(desk.people[f"judge{n}"]) for n in range(RACERS)]
    told = [commands[n % len(commands)] for n in range(RACERS)]
    answers = race(lambda n: execute(told[n], actor=givers[n], at=desk.at, command_id=uuid4()))
    outbox.deliver(desk.at)
    assert not OutboxMessage.objects.exclude(error="").exists()
    assert [answer.granted for answer in answers].count(True) == 1
    assert {answer.step for answer in answers if not answer.granted} == {"procedure"}
    return next(command for command, answer in zip(told, answers, strict=True) if answer.granted)


def entries(case: UUID, kind: str) -> int:
    return Entry.objects.filter(subject=case, kind=f"consequences.{kind}").count()


@pytest.mark.clause("6 USC 967(a)")
@pytest.mark.clause("6 USC 971(b)")
def test_of_restorations_that_race_one_gives_the_benefits_back(desk: Desk, company: Company) -> None:
    case = denied(desk, company, BENEFITS)
    planned(desk, company, case, 30)
    the_winner(desk, *(RestoreBenefits(case_id=case, reason=f"Kept, says {n}.") for n in range(RACERS)))
    assert (Case.objects.get(pk=case).state, entries(case, "ConsequenceEnded")) == ("ended", 1)
    assert set(BENEFITS) <= given(company, desk.today)


@pytest.mark.clause("6 USC 967(b)")
@pytest.mark.clause("6 USC 971(b)")
def test_of_reinstatements_that_race_one_gives_the_standing_back(desk: Desk, company: Company) -> None:
    case = suspended(desk, company, days=40)
    planned(desk, company, case, 90)
    desk.today += timedelta(days=41)
    the_winner(desk, *(ReinstateParticipant(case_id=case, reason=f"Kept, says {n}.") for n in range(RACERS)))
    assert (Case.objects.get(pk=case).state, entries(case, "ConsequenceEnded")) == ("ended", 1)
    assert Participant.objects.get(pk=company.participant).standing == "certified"
    rows = Standing.objects.filter(participant_id=company.participant, effective_from=desk.today, superseded_at=None)
    assert [row.standing for row in rows] == ["certified"]


@pytest.mark.clause("6 USC 967(c)")
@pytest.mark.clause("6 USC 971(b)")
def test_of_new_decisions_that_race_one_is_taken(desk: Desk, company: Company) -> None:
    case = denied(desk, company, BENEFITS)
    desk.must(RemandConsequence(case_id=case, appeal_id=uuid4(), reasons="Read the log."))
    won = the_winner(
        desk,
        DecideAnew(case_id=case, outcome="confirmed", reasons="Read."),
        DecideAnew(case_id=case, outcome="reversed", reasons="Read."),
        DecideAnew(case_id=case, outcome="reduced", reasons="Read.", benefits=BENEFITS[:1]),
    )
    assert isinstance(won, DecideAnew)
    lost = {"confirmed": set(BENEFITS), "reversed": set(), "reduced": set(BENEFITS[:1])}[won.outcome]
    assert set(BENEFITS) - given(company, desk.today) == lost
    reversed_ = won.outcome == "reversed"
    assert Case.objects.get(pk=case).state == ("reversed" if reversed_ else "in_force")
    assert entries(case, "ConsequenceReversed") == int(reversed_)
    assert entries(case, "ConsequenceDecided") == (1 if reversed_ else 2)
    assert Consequence.objects.get(pk=case).ended_as == ("reversed" if reversed_ else "")
