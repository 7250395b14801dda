"""What is on record of agencies' partnership programmes and how they compare with ours (19 USC 4311(b)(4)(B))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from greenlane.casework.registry import EntryData, entry
from greenlane.law.sentences import N_, Sentence, Value


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class AgencyProgrammeRecorded(EntryData):
    """A partnership programme of an agency, and which of our programmes and business types it is held against."""

    agency_programme_id: UUID
    agency_id: UUID
    agency: str
    code: str
    name: str
    programme: str
    business_type: str

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"name": self.name, "agency": self.agency}
        return Sentence(N_("%(name)s of %(agency)s is to be compared with the programme's requirements."), values)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found of one of our requirements; ``compatible`` None: it is not examined, or no longer counts as so."""

    requirement: str
    theirs: str
    compatible: bool | None
    ground: str


@entry(audience="staff")
@dataclass(frozen=True, kw_only=True)
class AgencyProgrammeExamined(EntryData):
    """An examination: the requirements that it looked at. Those of earlier ones stand as far as it names them not."""

    agency_programme_id: UUID
    agency: str
    code: str
    number: int
    edition: str
    edition_from: date
    found: tuple[Found, ...]

    def sentence(self) -> Sentence:
        values: dict[str, Value] = {"count": len(self.found), "code": self.code, "agency": self.agency}
        return Sentence(N_("%(count)d requirements were held against %(code)s of %(agency)s."), values)
