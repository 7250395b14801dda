"""A company that withdraws while its application is decided is certified or has withdrawn, never both (961(a))."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from greenlane.applications.commands import WithdrawApplication
from greenlane.casework import outbox, replay
from greenlane.casework.answers import Answer
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.casework.models import Case, OutboxMessage
from greenlane.casework.registry import Command
from greenlane.certification.commands import CertifyTierOne, RecommendCertification
from greenlane.participants.models import Participant
from tests.casework.test_races import RACERS, race
from tests.companies import Company
from tests.desk import Desk
from tests.lives import accept_all, founded_desk, investigate, received


def recommended() -> tuple[Desk, Company, UUID]:
    desk = founded_desk()
    company, case = received(desk)
    desk.prove = False
    investigate(desk, company)
    accept_all(desk, company, case)
    desk.must(RecommendCertification(case_id=case), by="sam")
    return desk, company, case


def given(desk: Desk, command: Command, by: str) -> Answer:
    """Given, and what follows from it not yet carried out."""
    return execute(command, actor=Actor(desk.people[by]), at=desk.at, command_id=uuid4())


def ended(desk: Desk, company: Company, case: UUID) -> tuple[str, str, str]:
    outbox.deliver(desk.at)
    assert not OutboxMessage.objects.exclude(error="").exists()
    replay.check()
    states = [Case.objects.get(pk=key).state for key in (company.application, case)]
    return Participant.objects.get(pk=company.participant).standing, states[0], states[1]


@pytest.mark.django_db
@pytest.mark.clause("6 USC 961(a)")
def test_who_has_withdrawn_is_not_certified_and_who_is_decided_leaves_the_programme() -> None:
    desk, company, case = recommended()
    assert given(desk, WithdrawApplication(case_id=company.application), "ada").granted
    late = given(desk, CertifyTierOne(case_id=case), "sue")
    assert [reason.code for reason in late.verdict.failing] == ["application_stands"]
    assert ended(desk, company, case) == ("withdrawn", "withdrawn", "withdrawn")


@pytest.mark.django_db
@pytest.mark.clause("6 USC 961(a)")
def test_an_application_that_is_decided_is_not_withdrawn() -> None:
    desk, company, case = recommended()
    assert given(desk, CertifyTierOne(case_id=case), "sue").granted
    late = given(desk, WithdrawApplication(case_id=company.application), "ada")
    assert [reason.code for reason in late.verdict.failing] == ["not_decided_yet"]
    assert ended(desk, company, case) == ("certified", "accepted", "certified")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("6 USC 961(a)")
def test_of_a_certification_and_a_withdrawal_at_once_one_counts() -> None:
    desk, company, case = recommended()
    ways = ((CertifyTierOne(case_id=case), "sue"), (WithdrawApplication(case_id=company.application), "ada"))
    answers = race(lambda n: given(desk, *ways[n % 2]))
    assert ([answer.granted for answer in answers].count(True), len(answers)) == (1, RACERS)
    assert ended(desk, company, case) in {
        ("certified", "accepted", "certified"),
        ("withdrawn", "withdrawn", "withdrawn"),
    }
