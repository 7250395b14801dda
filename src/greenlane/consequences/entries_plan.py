"""The corrective action plan and its goals, as the record keeps it (6 USC 967(a)-(b))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A goal of a corrective action plan and the last day for it."""

    goal: str = field(metadata={"label": N_("Goal"), "widget": "textarea"})
    goal_on: date | None = field(default=None, metadata={"label": N_("Done by")})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class CorrectivePlanProposed(EntryData):
    goals: tuple[Goal, ...]
    documents: tuple[UUID, ...] = ()

    def sentence(self) -> Sentence:
        values = {"count": len(self.goals)}
        return Sentence(N_("The company proposed a corrective action plan of %(count)s goals."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class CorrectivePlanReturned(EntryData):
    company: str
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The corrective action plan was returned: %(reason)s"), {"reason": self.reason})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class CorrectivePlanAccepted(EntryData):
    company: str
    goals: tuple[Goal, ...]
    by: UUID

    def sentence(self) -> Sentence:
        return Sentence(N_("The corrective action plan of %(count)s goals was accepted."), {"count": len(self.goals)})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class GoalReported(EntryData):
    number: int
    report: str
    documents: tuple[UUID, ...]

    def sentence(self) -> Sentence:
        return Sentence(N_("The company reported goal %(number)s done."), {"number": self.number})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class GoalAccepted(EntryData):
    """``done_on`` is the day on which the company reported it done."""

    number: int
    done_on: date

    def sentence(self) -> Sentence:
        return Sentence(N_("Goal %(number)s is done, on %(done)s."), {"number": self.number, "done": self.done_on})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class GoalReturned(EntryData):
    number: int
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(
            N_("Goal %(number)s is not done yet: %(reason)s"), {"number": self.number, "reason": self.reason}
        )
