"""The stage: an invented calendar on which many stories take turns, each giving commands as its people."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

from greenlane.casework import outbox, timers
from greenlane.casework.answers import Answer
from greenlane.casework.context import SYSTEM, Actor
from greenlane.casework.execution import execute
from greenlane.casework.registry import Command

Story = Iterator[int]
"""A story gives commands, and yields the number of days until it goes on."""

LATELY = timedelta(days=45)
"""Before today, every day is asked what the calendar calls for."""

NAMESPACE = UUID("0f5b2c1e-6f0e-5b11-9f3c-2f1d7e5a9c10")


class StoryFailed(RuntimeError):
    """A command that a story needed was refused: the demonstration would tell something untrue."""


@dataclass
class Stage:
    """Gives commands in the order of an invented calendar. ``until`` is the last day: the real today."""

    today: date
    until: date
    seed: int
    people: dict[str, UUID] = field(default_factory=dict)
    given: int = 0
    _waiting: list[tuple[date, int, Story]] = field(default_factory=list)
    _seconds: int = 0
    _turns: int = 0

    @property
    def at(self) -> datetime:
        """Working hours begin at 13:00 UTC; each command of a day is one second after the last."""
        return datetime.combine(self.today, time(13), UTC) + timedelta(seconds=self._seconds)

    def give(self, command: Command, by: str | None = None, *, on: date | None = None) -> Answer:
        """Give a command as a person of the cast (None: the platform), effective today or *on* an earlier day.

        Reactions follow at once. Raises StoryFailed when it is refused.
        """
        self.given += 1
        self._seconds = min(self._seconds + 1, 36_000)
        actor = Actor(self.people[by]) if by else SYSTEM
        key = uuid5(NAMESPACE, f"{self.seed}/{self.given}")
        answer = execute(command, actor=actor, at=self.at, command_id=key, on=on)
        outbox.deliver(self.at)
        if not answer.granted:
            why = "; ".join(f"{r.citation} {r.code}: {r.sentence}" for r in answer.verdict.failing[:8])
            raise StoryFailed(f"{command.spec.name} on {self.today} by {by}: {why}")
        return answer

    def begin(self, story: Story, on: date) -> None:
        """Let a story begin on a day."""
        self._turns += 1
        heapq.heappush(self._waiting, (on, self._turns, story))

    def play(self, tell: Callable[[int], None] | None = None) -> None:
        """Play all stories, day by day, until they or the calendar end. *tell* hears how many commands were given."""
        while self._waiting:
            day, _, story = heapq.heappop(self._waiting)
            if day > self.until:
                continue
            self._pass_to(day)
            wait = next(story, None)
            if wait is not None:
                self.begin(story, day + timedelta(days=wait))
            if tell:
                tell(self.given)
        self._pass_to(self.until)

    def _pass_to(self, day: date) -> None:
        """Let the days pass, and on each what the calendar calls for. Raises StoryFailed when it is refused.

        Of the years long past only the Mondays are asked: a day on which nobody asked is made up for on the next.
        """
        while self.today < day:
            self.today, self._seconds = self.today + timedelta(days=1), 0
            if self.today.weekday() == 0 or self.until - self.today < LATELY:
                self._wake()

    def _wake(self) -> None:
        for answer in timers.ask(self.at, strict=True).refused:
            why = "; ".join(f"{r.citation} {r.code}: {r.sentence}" for r in answer.verdict.failing[:8])
            raise StoryFailed(f"{answer.command} on {self.today} by the calendar: {why}")
        outbox.deliver(self.at)
