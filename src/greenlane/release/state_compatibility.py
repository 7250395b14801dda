"""How agencies' programmes and their examinations follow from the record (19 USC 4311(b)(4)(B))."""

from __future__ import annotations

from uuid import uuid5

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.release import entries_compatibility as entries
from greenlane.release.models import AgencyProgramme, RequirementExamined


@applies(entries.AgencyProgrammeRecorded)
def programme_recorded(data: entries.AgencyProgrammeRecorded, one: Recorded) -> None:
    AgencyProgramme.objects.create(
        id=data.agency_programme_id,
        agency_id=data.agency_id,
        code=data.code,
        name=data.name,
        programme=data.programme,
        business_type=data.business_type,
        recorded_on=one.on,
        recorded_at=one.at,
        entry=one.uid,
    )


@applies(entries.AgencyProgrammeExamined)
def programme_examined(data: entries.AgencyProgrammeExamined, one: Recorded) -> None:
    RequirementExamined.objects.bulk_create(
        RequirementExamined(
            id=uuid5(one.uid, found.requirement),
            agency_programme_id=data.agency_programme_id,
            number=data.number,
            requirement=found.requirement,
            theirs=found.theirs,
            compatible=found.compatible,
            ground=found.ground,
            examined_on=one.on,
            recorded_at=one.at,
            entry=one.uid,
        )
        for found in data.found
    )
