"""What happens in the 1-year pilot programme, as the record keeps it (6 USC 968(a)-(c), (i))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class PilotPlanAdopted(EntryData):
    """``plan`` says, for each part that the pilot assesses, how."""

    pilot_id: UUID
    programme: str
    title: str
    plan: dict[str, str]
    years: int
    voluntary: bool

    def sentence(self) -> Sentence:
        return Sentence(N_("The plan for the pilot program '%(title)s' was adopted."), {"title": self.title})


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class PilotConsulted(EntryData):
    consultation_id: UUID
    pilot_id: UUID
    who: str
    said: str
    closed_on: date

    def sentence(self) -> Sentence:
        values = {"who": self.who, "day": self.closed_on}
        return Sentence(N_("%(who)s was consulted on the plan, until %(day)s."), values)


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class PilotPlanReported(EntryData):
    pilot_id: UUID
    text: str
    due_on: date
    lateness_reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The report on the plan for the pilot program was submitted."))


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class PilotStarted(EntryData):
    pilot_id: UUID
    until: date
    lateness_reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The pilot program started; its last day is %(until)s."), {"until": self.until})


@dataclass(frozen=True, kw_only=True)
class PilotFigure:
    """A number that was counted from records, and the cases behind it."""

    name: str
    value: str
    records: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class PilotPart:
    """A part of the report: its words and its figures."""

    part: str
    text: str
    figures: tuple[PilotFigure, ...] = ()


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class PilotCompleted(EntryData):
    """The report on the pilot was submitted, with figures that open into their records."""

    pilot_id: UUID
    title: str
    completed_on: date
    due_on: date
    parts: tuple[PilotPart, ...]
    lateness_reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The report on the pilot program was submitted."))
