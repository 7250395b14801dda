"""What happens at and around a visit: blocked, visited, found, inspected, required (6 USC 965(a))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence
from greenlane.validation.entries import Mode


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ValidationBlocked(EntryData):
    """A visit is refused by somebody who can: the validation is neither passed nor failed (RC-21)."""

    participant_id: UUID
    reason: str
    refused_by: str
    evidence: tuple[UUID, ...]
    review_on: date

    def sentence(self) -> Sentence:
        values = {"who": self.refused_by, "reason": self.reason, "day": self.review_on}
        return Sentence(N_("The visit is blocked by %(who)s: %(reason)s It is looked at again on %(day)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class BlockedValidationReviewed(EntryData):
    """The block was looked at and stands."""

    reason: str
    evidence: tuple[UUID, ...]
    review_on: date

    def sentence(self) -> Sentence:
        values = {"reason": self.reason, "day": self.review_on}
        return Sentence(N_("The block was reviewed and stands: %(reason)s Next review on %(day)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ValidationUnblocked(EntryData):
    participant_id: UUID
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The visit is no longer blocked: %(reason)s"), {"reason": self.reason})


@dataclass(frozen=True, kw_only=True)
class FoundCriterion:
    """What was found on one criterion: nothing is taken for granted, so there is no default (RC-05)."""

    number: str = field(metadata={"label": N_("Criterion"), "choices": "criteria_to_find"})
    finding: Literal["met", "not_met", "not_applicable"] = field(metadata={"label": N_("Finding")})
    note: str = field(
        default="",
        metadata={
            "label": N_("Note"),
            "widget": "textarea",
            "help": N_("What was seen. Needed where it is not met, or does not apply."),
        },
    )
    evidence: tuple[UUID, ...] = field(default=(), metadata={"label": N_("Documents and photos")})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class VisitRecorded(EntryData):
    visit_id: UUID
    node: UUID
    place: str
    country: str
    foreign: bool
    mode: Mode
    visited_on: date
    visited_to: date
    persons_met: tuple[str, ...]
    note: str
    documents: tuple[UUID, ...]

    def sentence(self) -> Sentence:
        values = {"place": self.place, "country": self.country, "day": self.visited_on}
        if self.mode == "on_site":
            return Sentence(N_("%(place)s (%(country)s) was visited on site on %(day)s."), values)
        return Sentence(N_("%(place)s (%(country)s) was visited at a distance on %(day)s."), values)


@dataclass(frozen=True, kw_only=True)
class MandatoryFinding(FoundCriterion):
    """A finding with whether its criterion is a must."""

    mandatory: bool


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class CriteriaFound(EntryData):
    findings: tuple[MandatoryFinding, ...]

    def sentence(self) -> Sentence:
        return Sentence(N_("Findings on %(count)s criteria were recorded."), {"count": len(self.findings)})


@dataclass(frozen=True, kw_only=True)
class InspectedPoint:
    """The result at one point of a list."""

    code: str = field(metadata={"label": N_("Point"), "choices": "inspection_points"})
    result: Literal["ok", "not_ok", "not_applicable"] = field(metadata={"label": N_("Result")})
    note: str = field(default="", metadata={"label": N_("Note"), "help": N_("Needed where it is not in order.")})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class InspectionRecorded(EntryData):
    inspection_id: UUID
    visit_id: UUID
    kind: Literal["seven_point", "seventeen_point"]
    what: str
    inspected_on: date
    points: tuple[InspectedPoint, ...]
    documents: tuple[UUID, ...]

    def sentence(self) -> Sentence:
        values = {
            "what": self.what,
            "points": len(self.points),
            "wrong": sum(point.result == "not_ok" for point in self.points),
        }
        return Sentence(N_("%(what)s was inspected at %(points)s points; %(wrong)s are not in order."), values)


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class ActionRequired(EntryData):
    number: int
    kind: Literal["required", "recommended"]
    criterion: str
    text: str
    owner: str
    due_on: date

    def sentence(self) -> Sentence:
        values = {"number": self.number, "text": self.text, "owner": self.owner, "due": self.due_on}
        if self.kind == "required":
            return Sentence(N_("Required action %(number)s for %(owner)s, due %(due)s: %(text)s"), values)
        return Sentence(N_("Recommended action %(number)s for %(owner)s, due %(due)s: %(text)s"), values)


@dataclass(frozen=True, kw_only=True)
class ThirdPartyVisit:
    """A visit that a certified validator made, as an officer accepted it (968(c)(1))."""

    node: UUID
    country: str
    mode: Mode
    visited_on: date
    visited_to: date
    appropriate: str
    persons_met: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PlacedThirdPartyVisit(ThirdPartyVisit):
    """The same with what the record says of its place."""

    visit_id: UUID
    place: str
    foreign: bool


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ThirdPartyVisitRecorded(EntryData):
    engagement: UUID
    validator: str
    visits: tuple[PlacedThirdPartyVisit, ...]
    guidelines: str
    schedule: str

    def sentence(self) -> Sentence:
        places = "; ".join(f"{one.place} ({one.country})" for one in self.visits)
        return Sentence(
            N_("Visits by the certified validator %(validator)s were accepted: %(places)s."),
            {"validator": self.validator, "places": places},
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class VisitDiscounted(EntryData):
    """The visits of an engagement are relied on no longer (968(g)(2)(B))."""

    engagement: UUID
    visits: tuple[UUID, ...]
    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("A validator's visits no longer count: %(reason)s"), {"reason": self.reason})
