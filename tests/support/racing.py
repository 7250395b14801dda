"""Decisions given at one moment on PostgreSQL, by threads of their own, and what became of them (6 USC 971(b))."""

from __future__ import annotations

from uuid import UUID, uuid4

from greenlane.casework import outbox, replay
from greenlane.casework.answers import Answer
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.casework.models import OutboxMessage
from greenlane.casework.registry import Command
from greenlane.records.models import Entry
from tests.casework.test_races import RACERS, race
from tests.desk import Desk

Turn = tuple[Command, str]
"""A command, and the name of the person at the desk who gives it."""


def at_once(desk: Desk, *turns: Turn) -> list[Answer]:
    """All racers take these turns at one moment; then what follows is carried out, and the state is the record's."""
    told = [turns[n % len(turns)] for n in range(RACERS)]
    answers = race(lambda n: execute(told[n][0], actor=Actor(desk.people[told[n][1]]), at=desk.at, command_id=uuid4()))
    outbox.deliver(desk.at)
    stuck = OutboxMessage.objects.exclude(error="").values_list("name", "error")
    assert not stuck, list(stuck)
    replay.check()
    return answers


def the_only_one(desk: Desk, *turns: Turn, refused: str = "procedure") -> str:
    """The name of the one command that is granted; the others are refused by the procedure, or by that reason."""
    answers = at_once(desk, *turns)
    codes = {reason.code for answer in answers if not answer.granted for reason in answer.verdict.failing}
    names = [answer.command for answer in answers if answer.granted]
    assert len(names) == 1, (names, codes)
    assert codes == {refused}
    return names[0]


def granted(answers: list[Answer]) -> list[str]:
    """The names of the commands that were granted."""
    return [answer.command for answer in answers if answer.granted]


def told(case: UUID, kind: str) -> int:
    """How many entries of a kind the record holds on a case."""
    return Entry.objects.filter(subject=case, kind=kind).count()
