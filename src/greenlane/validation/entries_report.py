"""What happens after a visit: report, answer, acceptance, recommendation, decision (6 USC 965(a), 965(c))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence
from greenlane.validation.entries import Mode, Purpose


@dataclass(frozen=True, kw_only=True)
class ReportedVisit:
    place: str
    country: str
    foreign: bool
    mode: Mode
    visited_on: date
    conducted_by: str


@dataclass(frozen=True, kw_only=True)
class ReportedFinding:
    number: str
    finding: str
    mandatory: bool
    note: str


@dataclass(frozen=True, kw_only=True)
class ReportedAction:
    number: int
    kind: Literal["required", "recommended"]
    criterion: str
    text: str
    owner: str
    due_on: date


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ValidationReportIssued(EntryData):
    """The report as it was sent: frozen, whatever is found later."""

    company: str
    summary: str
    guidelines: str
    visits: tuple[ReportedVisit, ...]
    findings: tuple[ReportedFinding, ...]
    actions: tuple[ReportedAction, ...]

    @property
    def required(self) -> tuple[ReportedAction, ...]:
        return tuple(action for action in self.actions if action.kind == "required")

    def sentence(self) -> Sentence:
        values = {"findings": len(self.findings), "actions": len(self.required)}
        return Sentence(N_("The report was sent: %(findings)s criteria found, %(actions)s required actions."), values)


@dataclass(frozen=True, kw_only=True)
class ActionAnswer:
    """What the company did about one action of the report, and the documents that show it."""

    number: int = field(metadata={"label": N_("Action"), "choices": "open_actions"})
    answer: str = field(metadata={"label": N_("What was done"), "widget": "textarea"})
    proof: tuple[UUID, ...] = field(default=(), metadata={"label": N_("Documents that show it")})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ValidationReportAnswered(EntryData):
    answers: tuple[ActionAnswer, ...]
    message: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The company answered %(count)s actions of the report."), {"count": len(self.answers)})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ValidationAnswerReturned(EntryData):
    """The answers to these actions go back to the company."""

    company: str
    actions: tuple[int, ...]
    message: str

    def sentence(self) -> Sentence:
        values = {"actions": ", ".join(str(number) for number in self.actions), "message": self.message}
        return Sentence(N_("The answers to actions %(actions)s were sent back: %(message)s"), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class RequiredActionClosed(EntryData):
    number: int
    evidence: tuple[UUID, ...]
    acceptance: str
    by: UUID

    def sentence(self) -> Sentence:
        values = {"number": self.number, "why": self.acceptance}
        return Sentence(N_("Required action %(number)s is closed: %(why)s"), values)


@dataclass(frozen=True, kw_only=True)
class OverdueAction:
    number: int
    text: str
    owner: str
    due_on: date


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ActionsOverdue(EntryData):
    """Required actions passed their date; said once, on the first day on which they are overdue (RC-06)."""

    company: str
    actions: tuple[OverdueAction, ...]

    def sentence(self) -> Sentence:
        values = {"actions": ", ".join(str(action.number) for action in self.actions)}
        return Sentence(N_("Required actions are past their date: %(actions)s."), values)


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ValidationRecommended(EntryData):
    decision: Literal["validate", "fail"]
    by: UUID
    note: str
    grounds: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The specialist recommended: %(decision)s."), {"decision": self.decision})


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ValidationSentBack(EntryData):
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The recommendation was sent back: %(reason)s"), {"reason": self.reason})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ValidationDecided(EntryData):
    """The decision, with what a letter says. ``tier`` is the one that the company holds because of it."""

    validation_id: UUID
    participant_id: UUID
    company: str
    purpose: Purpose
    outcome: Literal["validated", "refused"]
    tier: int
    guidelines: str
    schedule: str
    certified_on: date
    decided_on: date
    due_on: date | None
    late: bool
    lateness_reason: str
    grounds: str

    def sentence(self) -> Sentence:
        values = {"company": self.company, "tier": self.tier}
        if self.outcome == "validated":
            return Sentence(N_("%(company)s was validated and holds tier %(tier)s."), values)
        return Sentence(N_("The validation of %(company)s was refused; it holds tier %(tier)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ValidationClosed(EntryData):
    participant_id: UUID
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The validation was closed without a decision: %(reason)s"), {"reason": self.reason})
