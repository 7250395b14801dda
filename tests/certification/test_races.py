"""On PostgreSQL decisions on one certification that race leave one, and one standing (6 USC 964, 971(b))."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from greenlane.casework import outbox, replay
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.casework.models import Case, OutboxMessage
from greenlane.casework.registry import Command
from greenlane.certification.commands import (
    CertifyTierOne,
    RecommendCertification,
    RecommendRefusal,
    RefuseCertification,
    SendBackRecommendation,
)
from greenlane.certification.entries import RefusalGround
from greenlane.law.authority import Office
from greenlane.participants.models import Participant, Standing
from greenlane.records.models import Entry
from tests.casework.test_races import RACERS, race
from tests.companies import Company
from tests.desk import Desk
from tests.lives import accept_all, founded_desk, investigate, received

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def reviewed(outcome: str = "false_match", **profile: object) -> tuple[Desk, Company, UUID]:
    """A company that is investigated and reviewed, and six supervisors who may decide."""
    desk = founded_desk()
    company, case = received(desk, **profile)
    desk.prove = False
    investigate(desk, company, outcome)
    accept_all(desk, company, case)
    for n in range(RACERS):
        desk.person(f"judge{n}", Office.SUPERVISOR)
    return desk, company, case


def the_winner(desk: Desk, case: UUID, *commands: Command) -> str:
    """Six supervisors give these commands at one moment: one is granted. Its name, once what follows is delivered."""
    givers = [Actor(desk.people[f"judge{n}"]) for n in range(RACERS)]
    answers = race(lambda n: execute(commands[n % len(commands)], actor=givers[n], at=desk.at, command_id=uuid4()))
    [won] = [answer.command for answer in answers if answer.granted]
    outbox.deliver(desk.at)
    assert not OutboxMessage.objects.exclude(error="").exists()
    decided = int(won != "SendBackRecommendation")
    assert Entry.objects.filter(subject=case, kind="certification.CertificationDecided").count() == decided
    replay.check()
    return won


@pytest.mark.clause("6 USC 964(a)")
@pytest.mark.clause("6 USC 971(b)")
def test_of_certifications_that_race_one_gives_the_tier() -> None:
    desk, company, case = reviewed()
    desk.must(RecommendCertification(case_id=case), by="sam")
    ways = (
        CertifyTierOne(case_id=case),
        SendBackRecommendation(case_id=case, reason="-"),
        RefuseCertification(case_id=case),
    )
    won = the_winner(desk, case, *ways)
    assert won in {"CertifyTierOne", "SendBackRecommendation"}
    certified = won == "CertifyTierOne"
    assert Case.objects.get(pk=case).state == ("certified" if certified else "under_review")
    assert Participant.objects.get(pk=company.participant).tier == int(certified)
    assert Standing.objects.filter(participant_id=company.participant, because=case).count() == int(certified)


@pytest.mark.clause("6 USC 964(b)")
@pytest.mark.clause("6 USC 971(b)")
def test_of_refusals_of_certification_that_race_one_is_given() -> None:
    desk, company, case = reviewed("true_match", owner="Morwenna Invented Villain")
    ground = RefusalGround(cite="6 USC 964(b)", kind="true_match", statement="An owner is on a list of denied persons.")
    desk.must(RecommendRefusal(case_id=case, grounds=(ground,)), by="sam")
    assert (
        the_winner(desk, case, RefuseCertification(case_id=case), CertifyTierOne(case_id=case)) == "RefuseCertification"
    )
    assert Case.objects.get(pk=company.application).state == "refused"
    assert Participant.objects.get(pk=company.participant).standing == "refused"
    assert Standing.objects.filter(participant_id=company.participant, because=case).count() == 1
