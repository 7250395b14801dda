"""The answer to a command: granted or refused, at which step, with every reason and its clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from greenlane.law.verdicts import Verdict


@dataclass(frozen=True)
class Answer:
    """What ``execute()`` returns. ``step`` is where it was decided: authority, date, procedure or law."""

    command: str
    command_id: UUID
    granted: bool
    step: str
    verdict: Verdict
    case_id: UUID | None = None
    state: str = ""
    reference: str = ""
    entries: tuple[UUID, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "command": self.command,
            "command_id": str(self.command_id),
            "granted": self.granted,
            "step": self.step,
            "case_id": str(self.case_id) if self.case_id else None,
            "state": self.state,
            "reference": self.reference,
            "entries": [str(uid) for uid in self.entries],
            "verdict": self.verdict.to_json(),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Answer:
        return cls(
            command=data["command"],
            command_id=UUID(data["command_id"]),
            granted=data["granted"],
            step=data["step"],
            verdict=Verdict.from_json(data["verdict"]),
            case_id=UUID(data["case_id"]) if data["case_id"] else None,
            state=data["state"],
            reference=data["reference"],
            entries=tuple(UUID(uid) for uid in data["entries"]),
        )
