"""What happens before a visit, as the record keeps it: guidelines, plan, team, locations, notice, dates (6 USC 965)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence

Purpose = Literal["tier_two", "tier_three", "revalidation"]
Mode = Literal["on_site", "virtual"]


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class ValidationGuidelinesPublished(EntryData):
    guidelines_id: UUID
    programme: str
    version: str
    title: str
    text: str
    parts: tuple[str, ...]
    in_force_from: date

    def sentence(self) -> Sentence:
        values = {"version": self.version, "day": self.in_force_from}
        return Sentence(N_("Guidelines for validation %(version)s were published, in force from %(day)s."), values)


@dataclass(frozen=True, kw_only=True)
class MilestoneSet:
    """A step of the schedule, and the number of days after certification by which it is done."""

    step: Literal["notice", "visit", "report", "decision"]
    days: int


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class ValidationSchedulePublished(EntryData):
    schedule_id: UUID
    programme: str
    version: str
    title: str
    text: str
    milestones: tuple[MilestoneSet, ...]
    in_force_from: date

    def sentence(self) -> Sentence:
        values = {"version": self.version, "day": self.in_force_from}
        return Sentence(N_("The schedule for validations %(version)s was published, in force from %(day)s."), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ValidationPlanned(EntryData):
    """A first validation begins; the year of 965(a) runs from ``certified_on``."""

    validation_id: UUID
    participant_id: UUID
    programme: str
    purpose: Purpose
    certified_on: date
    guidelines: str
    schedule: str

    def sentence(self) -> Sentence:
        return Sentence(
            N_("A validation is planned; the company was certified on %(day)s."), {"day": self.certified_on}
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ValidationTeamAssigned(EntryData):
    """The team, and whom it replaces."""

    members: tuple[UUID, ...]
    names: tuple[str, ...]
    released: tuple[UUID, ...]

    def sentence(self) -> Sentence:
        return Sentence(N_("The team of the validation is %(names)s."), {"names": ", ".join(self.names)})


@dataclass(frozen=True, kw_only=True)
class ChosenLocation:
    """A place of the company's own supply chain that will be visited, and why it is an appropriate one."""

    visit_id: UUID
    node: UUID
    place: str
    country: str
    foreign: bool
    mode: Mode
    appropriate: str
    purpose: str
    planned_from: date
    planned_to: date


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class LocationsChosen(EntryData):
    """The locations to visit; they take the place of those chosen before and not yet visited."""

    locations: tuple[ChosenLocation, ...]

    def sentence(self) -> Sentence:
        places = "; ".join(f"{one.place} ({one.country})" for one in self.locations)
        return Sentence(N_("Locations were chosen for the visit: %(places)s."), {"places": places})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class NoForeignLocationDetermined(EntryData):
    """A supervisor's written determination that no foreign location of this supply chain is appropriate (965(a))."""

    reason: str
    by: UUID
    office: str

    def sentence(self) -> Sentence:
        return Sentence(
            N_("It was determined in writing that no foreign location is appropriate: %(reason)s"),
            {"reason": self.reason},
        )


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class ValidationNoticeGiven(EntryData):
    """The written notice of a visit, with all that the letter says."""

    company: str
    purpose: str
    message: str
    team: tuple[str, ...]
    visits: tuple[ChosenLocation, ...]
    guidelines: str
    schedule: str
    notice_days: int

    def sentence(self) -> Sentence:
        first = min(one.planned_from for one in self.visits)
        return Sentence(N_("Written notice of the visit was given; it begins on %(day)s."), {"day": first})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class VisitConfirmed(EntryData):
    message: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The company confirmed the visit."))


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class OtherDatesAsked(EntryData):
    asked_from: date
    asked_to: date
    message: str

    def sentence(self) -> Sentence:
        values = {"first": self.asked_from, "last": self.asked_to, "message": self.message}
        return Sentence(N_("The company asked for other dates, %(first)s to %(last)s: %(message)s"), values)


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class VisitRescheduled(EntryData):
    """The notice falls away; new dates are chosen and a new notice follows."""

    reason: str

    def sentence(self) -> Sentence:
        return Sentence(N_("The visit is planned anew: %(reason)s"), {"reason": self.reason})


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class CertificationLetterSigned(EntryData):
    """An officer of the company signed the certification letter whose words have this hash (RC-11)."""

    by: UUID
    name: str
    notice_id: UUID
    sha256: str
    document: UUID | None

    def sentence(self) -> Sentence:
        return Sentence(N_("%(name)s signed the certification letter."), {"name": self.name})
