"""A desk with a clock, for tests of what counts from an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import uuid5

from greenlane.casework.context import SYSTEM
from greenlane.casework.execution import execute
from greenlane.casework.registry import Command
from tests.desk import ROOT, Desk


@dataclass
class ClockedDesk(Desk):
    """``hour`` and ``minute`` (UTC) of the next command; every command takes a second."""

    hour: int = 15
    minute: int = 0

    @property
    def at(self) -> datetime:
        return datetime.combine(self.today, time(self.hour, self.minute), UTC) + timedelta(seconds=self.given)

    def quietly(self, command: Command) -> None:
        """Give a command of the platform's own, and let nothing follow from it: a standing without its life."""
        self.given += 1
        answer = execute(command, actor=SYSTEM, at=self.at, command_id=uuid5(ROOT, f"{id(self)}/{self.given}"))
        assert answer.granted, [str(reason.sentence) for reason in answer.verdict.failing]
