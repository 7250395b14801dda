"""Agencies' partnership programmes against ours, requirement by requirement, for staff (19 USC 4311(b)(4)(B))."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from greenlane.api.authority import Access, operation, viewer
from greenlane.api.shapes import STAFF, Shape, reply, show
from greenlane.casework.doors import say
from greenlane.casework.problems import Missing
from greenlane.release.compatibility import compatibility_of, programmes_of, standing
from greenlane.release.models import AgencyProgramme
from greenlane.release.queries import agency_named

router = Router(tags=["release"])
CITE = ("19 USC 4311(b)(4)(B)",)


class ComparedShape(Shape):
    """A programme of an agency on a day. ``reasons``: the law's, one for each of our requirements and what it found.

    ``examined``: what was found last of each requirement; ``compatible`` null means not yet examined.
    """

    floor = "staff"

    id: Annotated[UUID, STAFF]
    agency: Annotated[str, STAFF]
    code: Annotated[str, STAFF]
    name: Annotated[str, STAFF]
    programme: Annotated[str, STAFF]
    business_type: Annotated[str, STAFF]
    on: Annotated[date, STAFF]
    compatible: Annotated[bool, STAFF]
    examined: Annotated[list[dict[str, Any]], STAFF]
    reasons: Annotated[list[dict[str, Any]], STAFF]


@operation(
    router,
    "GET",
    "/release/agencies/{agency}/programmes",
    access=Access.STAFF,
    citations=CITE,
    response=list[ComparedShape],
)
def release_agency_programmes(
    request: HttpRequest,
    agency: str,
    on: Annotated[date | None, Query(description="The day that is asked about; today where it is left out.")] = None,
) -> HttpResponse:
    """The partnership programmes of an agency, by its code: is each compatible with ours, and which requirement not."""
    row = agency_named(agency)
    if row is None:
        raise Missing("agency", agency[:40])
    day = on or viewer(request).on
    return reply(request, [show(ComparedShape, _shown(one, day), "staff") for one in programmes_of(row)])


def _shown(row: AgencyProgramme, on: date) -> dict[str, Any]:
    verdict, found = compatibility_of(row, on), standing(row, on)
    names = ("requirement", "compatible", "theirs", "ground", "examined_on", "entry")
    return {
        "id": row.pk,
        "agency": row.agency.code,
        "code": row.code,
        "name": row.name,
        "programme": row.programme,
        "business_type": row.business_type,
        "on": on,
        "compatible": verdict.granted,
        "examined": [{name: getattr(one, name) for name in names} for one in found.values()],
        "reasons": [
            {"cite": one.citation.cite, "code": one.code, "where": one.where, "holds": one.holds,
             "sentence": say(one.sentence)}
            for one in verdict.reasons
        ],
    }  # fmt: skip
