"""What the calendar calls for: rooms name the commands of a day, and the platform gives each once (6 USC 971(b))."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

import structlog

from greenlane.casework.answers import Answer
from greenlane.casework.context import SYSTEM
from greenlane.casework.dates import legal_date
from greenlane.casework.execution import execute
from greenlane.casework.registry import Command

Timer = Callable[[date], Iterable[Command]]
TIMERS: dict[str, Timer] = {}

log = structlog.get_logger(__name__)
NAMESPACE = UUID("3c1f6b0a-5f0e-5d2c-8c43-6f2f1f9a7d11")
AGAIN = timedelta(minutes=10)
"""When a timer that failed is asked again on the same day."""


def timer(function: Timer) -> Timer:
    """Register what a room calls for on a day: ``(on) -> commands``, each given by the platform, counting on that day.

    It looks at the state and names only what is still to be done, so that a day on which nobody asked is made up for on
    the next. A room keeps its timers in ``timers.py`` (or ``timers_….py``).
    """
    TIMERS[f"{function.__module__}.{function.__name__}"] = function
    return function


@dataclass
class Asked:
    """What came of one round: the answers, and the names of the timers or commands that failed."""

    answers: list[Answer] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def refused(self) -> list[Answer]:
        return [answer for answer in self.answers if not answer.granted]


def ask(at: datetime, *, strict: bool = False) -> Asked:
    """Ask every timer what the legal day of *at* calls for, and give those commands as the platform.

    The same command of the same timer is given once on a day, however often it is asked. What fails is logged and does
    not stop the others; *strict* raises instead, for tests and the demonstration.
    """
    on, round_ = legal_date(at), Asked()
    for name, function in sorted(TIMERS.items()):
        try:
            commands = list(function(on))
        except Exception:
            if strict:
                raise
            log.exception("a timer failed", timer=name)
            round_.failed.append(name)
            continue
        for command in commands:
            _give(name, command, on, at, round_, strict)
    return round_


def _give(name: str, command: Command, on: date, at: datetime, round_: Asked, strict: bool) -> None:
    try:
        answer = execute(command, actor=SYSTEM, at=at, command_id=command_id(name, command, on))
    except Exception:
        if strict:
            raise
        log.exception("a command of a timer failed", timer=name, command=command.spec.name)
        round_.failed.append(f"{name}: {command.spec.name}")
        return
    round_.answers.append(answer)
    if not answer.granted:
        why = "; ".join(f"{reason.citation} {reason.code}" for reason in answer.verdict.failing)
        log.warning("a command of a timer was refused", timer=name, command=answer.command, why=why)


def command_id(name: str, command: Command, on: date) -> UUID:
    """The key of a command that a timer calls for on a day: equal questions give equal keys, in every process."""
    body = command.spec.adapter.dump_python(command, mode="json")
    text = json.dumps([name, command.spec.name, body, on.isoformat()], sort_keys=True, separators=(",", ":"))
    return uuid5(NAMESPACE, hashlib.sha256(text.encode()).hexdigest())


class DailyRound:
    """Asks the timers when a legal day has begun, and again after a while where something failed."""

    def __init__(self) -> None:
        self._done_on: date | None = None
        self._not_before: datetime | None = None

    def __call__(self, now: datetime) -> int:
        """How many commands were given at *now*; 0 where this day was asked already."""
        waits = self._not_before is not None and now < self._not_before
        if self._done_on == legal_date(now) or waits:
            return 0
        asked = ask(now)
        if asked.failed:
            self._not_before = now + AGAIN
        else:
            self._done_on, self._not_before = legal_date(now), None
        return len(asked.answers)
