"""A desk for tests: give commands as people of every office, on any day, and hold the state against the record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from greenlane.casework import outbox, replay, timers
from greenlane.casework.answers import Answer
from greenlane.casework.context import SYSTEM, Actor
from greenlane.casework.execution import execute
from greenlane.casework.models import OutboxMessage
from greenlane.casework.registry import Command
from greenlane.law.authority import Office
from greenlane.people.commands import GrantOffice, OpenAccount

ROOT = UUID("00000000-0000-5000-8000-000000000001")


@dataclass
class Desk:
    """Gives commands. ``today`` is the legal day of the next command; ``prove`` checks the fold after each one."""

    today: date = date(2026, 3, 2)
    prove: bool = True
    given: int = 0
    people: dict[str, UUID] = field(default_factory=dict)
    way: tuple[str, ...] = ()
    way_given: int = 0
    """By which steps that are kept (``tests.support.kept``) the desk came here, and how many commands it had given."""

    @property
    def at(self) -> datetime:
        """An instant in the working day of the programme's seat."""
        return datetime.combine(self.today, time(16, 0), UTC)

    def give(
        self, command: Command, by: str | None = None, *, on: date | None = None, command_id: UUID | None = None
    ) -> Answer:
        """Give a command as the named person (None: the platform), carry out what follows, and prove the fold."""
        self.given += 1
        actor = Actor(self.people[by]) if by else SYSTEM
        key = command_id or uuid5(ROOT, f"{id(self)}/{self.given}")
        answer = execute(command, actor=actor, at=self.at, command_id=key, on=on)
        outbox.deliver(self.at)
        stuck = OutboxMessage.objects.exclude(error="").values_list("name", "error")
        assert not stuck, list(stuck)
        if self.prove:
            replay.check()
        return answer

    def wake(self, days: int = 0) -> list[Answer]:
        """Let so many days pass, and on each (today, where none pass) give what the timers call for.

        Returns what was given; none of it may be refused. The fold is proved at the end.
        """
        answers: list[Answer] = []
        for _ in range(max(days, 1)):
            self.today += timedelta(days=1 if days else 0)
            asked = timers.ask(self.at, strict=True)
            assert not asked.refused, [(a.command, [r.code for r in a.verdict.failing]) for a in asked.refused]
            answers += asked.answers
            outbox.deliver(self.at)
        stuck = OutboxMessage.objects.exclude(error="").values_list("name", "error")
        assert not stuck, list(stuck)
        if self.prove:
            replay.check()
        return answers

    def must(self, command: Command, by: str | None = None, **more: Any) -> Answer:
        """The same, and the command must be granted."""
        answer = self.give(command, by, **more)
        assert answer.granted, [(r.code, str(r.sentence)) for r in answer.verdict.failing]
        return answer

    def refused(
        self, command: Command, by: str | None = None, *, code: str = "", cite: str = "", **more: Any
    ) -> Answer:
        """The same, and the command must be refused (with that reason, under that clause)."""
        answer = self.give(command, by, **more)
        assert not answer.granted, f"{type(command).__name__} was granted"
        failing = answer.verdict.failing
        assert not code or code in [r.code for r in failing], [r.code for r in failing]
        assert not cite or cite in [r.citation.cite for r in failing], [r.citation.cite for r in failing]
        return answer

    def person(self, name: str, *offices: Office, participant: UUID | None = None) -> UUID:
        """An account with offices, opened by the platform."""
        answer = self.must(OpenAccount(email=f"{name}@example.org", name=name.replace("_", " ").title()))
        assert answer.case_id is not None
        self.people[name] = answer.case_id
        for office in offices:
            self.must(GrantOffice(account_id=answer.case_id, office=office, participant_id=participant))
        return answer.case_id
