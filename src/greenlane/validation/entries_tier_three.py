"""What happens to the designated criteria and to a third-tier validation, as the record keeps it (6 USC 966)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence

Kind = Literal["access_to_cargo", "advance_information", "container_security", "other"]
PartName = Literal["management_support", "innovation", "documented_process", "checks_and_balances", "evidence"]

PARTS: dict[str, str] = {
    "management_support": N_("management support"),
    "innovation": N_("innovation"),
    "documented_process": N_("a documented process"),
    "checks_and_balances": N_("checks and balances"),
    "evidence": N_("evidence"),
}


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class CriterionDesignated(EntryData):
    designation_id: UUID
    programme: str
    code: str
    kind_of: Kind
    text: str
    exceeds: str
    standard: str
    before_loading: bool
    first: bool

    def sentence(self) -> Sentence:
        return Sentence(N_("%(code)s was designated: %(text)s"), {"code": self.code, "text": self.text})


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class DesignationWithdrawn(EntryData):
    code: str
    reason: str

    def sentence(self) -> Sentence:
        values = {"code": self.code, "reason": self.reason}
        return Sentence(N_("The designation of %(code)s was withdrawn: %(reason)s"), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class BestPracticePutForward(EntryData):
    practice_id: UUID
    title: str
    description: str
    documents: tuple[UUID, ...]

    def sentence(self) -> Sentence:
        return Sentence(N_("The company put forward the practice '%(title)s'."), {"title": self.title})


@dataclass(frozen=True, kw_only=True)
class PartFound:
    """What was found on one part of the framework for best practices."""

    part: PartName = field(metadata={"label": N_("Part")})
    shown: bool = field(metadata={"label": N_("It is shown")})
    note: str = field(default="", metadata={"label": N_("What was found"), "widget": "textarea"})
    evidence: tuple[UUID, ...] = field(default=(), metadata={"label": N_("Documents that show it")})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class BestPracticeEvaluated(EntryData):
    practice_id: UUID
    title: str
    parts: tuple[PartFound, ...]
    note: str

    def sentence(self) -> Sentence:
        values = {"title": self.title, "shown": sum(part.shown for part in self.parts)}
        return Sentence(N_("The practice '%(title)s' shows %(shown)d of five parts."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class DesignatedCriterionEvaluated(EntryData):
    designation_id: UUID
    code: str
    met: bool
    note: str
    evidence: tuple[UUID, ...]

    def sentence(self) -> Sentence:
        if self.met:
            return Sentence(N_("The designated criterion %(code)s is met."), {"code": self.code})
        return Sentence(N_("The designated criterion %(code)s is not met."), {"code": self.code})
