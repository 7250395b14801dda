"""Who is due for revalidation, the ranking and its framework, and the designated criteria (6 USC 966(b), 969(2))."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, TypeVar
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from greenlane.api import authority
from greenlane.api.authority import Access, operation, viewer
from greenlane.api.paging import USUAL, Cursor, Limit, page
from greenlane.api.shapes import PUBLIC, STAFF, Shape, clearance, listed, of, page_of, show
from greenlane.casework.problems import bad_input
from greenlane.law.sentences import N_
from greenlane.revalidation.due import DueFilter, DueItem, Urgency, due_list
from greenlane.revalidation.models import Framework
from greenlane.revalidation.rank import Place, ranking
from greenlane.validation.models_tier_three import Designation

router = Router(tags=["revalidation"])
CITE = ("6 USC 969(2)",)
T = TypeVar("T")
_SALT = "greenlane.api.revalidation"


class FrameworkShape(Shape):
    """A published version of the framework; its criteria are objective: defined, sourced and weighted."""

    floor = "public"

    id: Annotated[UUID, PUBLIC]
    programme: Annotated[str, PUBLIC]
    version: Annotated[int, PUBLIC]
    title: Annotated[str, PUBLIC]
    factors: Annotated[list[dict[str, Any]], PUBLIC]
    published_on: Annotated[date, PUBLIC]


class DesignationShape(Shape):
    """A designated criterion of the third tier, in force until it is withdrawn."""

    floor = "public"

    id: Annotated[UUID, PUBLIC]
    programme: Annotated[str, PUBLIC]
    code: Annotated[str, PUBLIC]
    kind: Annotated[str, PUBLIC]
    text: Annotated[str, PUBLIC]
    exceeds: Annotated[str, PUBLIC]
    standard: Annotated[str, PUBLIC]
    before_loading: Annotated[bool, PUBLIC]
    designated_on: Annotated[date, PUBLIC]
    withdrawn_on: Annotated[date | None, PUBLIC]


class DueShape(Shape):
    """A participant that owes a revalidation; ``days_left`` is negative when the period is over."""

    floor = "staff"

    participant_id: Annotated[UUID, STAFF]
    register_id: Annotated[UUID, STAFF]
    company: Annotated[str, STAFF]
    programme: Annotated[str, STAFF]
    business_type: Annotated[str, STAFF]
    tier: Annotated[int, STAFF]
    initial_on: Annotated[date, STAFF]
    last_on: Annotated[date, STAFF]
    period_index: Annotated[int, STAFF]
    period_starts_on: Annotated[date, STAFF]
    period_ends_on: Annotated[date, STAFF]
    days_left: Annotated[int, STAFF]
    overdue: Annotated[bool, STAFF]
    urgency: Annotated[str, STAFF]
    missed_periods: Annotated[list[int], STAFF]
    revalidation_id: Annotated[UUID | None, STAFF]


class PlaceShape(Shape):
    """A place in the ranking; each contribution is weight times measure, with the entry that recorded the measure."""

    floor = "staff"

    place: Annotated[int, STAFF]
    participant_id: Annotated[UUID, STAFF]
    company: Annotated[str, STAFF]
    total: Annotated[int, STAFF]
    most: Annotated[int, STAFF]
    framework_version: Annotated[int, STAFF]
    contributions: Annotated[list[dict[str, Any]], STAFF]
    period_ends_on: Annotated[date, STAFF]


@operation(
    router, "GET", "/revalidation/frameworks", access=Access.PUBLIC, citations=CITE, response=page_of(FrameworkShape)
)
def revalidation_frameworks(
    request: HttpRequest, limit: Limit = USUAL, cursor: Cursor = "", programme: str = ""
) -> HttpResponse:
    """The published versions of the framework, the latest first."""
    rows = Framework.objects.all()
    rows = rows.filter(programme=programme) if programme else rows
    found, following = page(rows, ("programme", "-version"), limit, cursor, f"frameworks/{programme}")
    cleared = clearance(viewer(request))
    return listed(
        request, (show(FrameworkShape, of(row, *FrameworkShape.model_fields), cleared) for row in found), following
    )


@operation(
    router,
    "GET",
    "/designated-criteria",
    access=Access.PUBLIC,
    citations=("6 USC 966(b)",),
    response=page_of(DesignationShape),
)
def designated_criteria(
    request: HttpRequest,
    limit: Limit = USUAL,
    cursor: Cursor = "",
    programme: str = "",
    current: Annotated[bool, Query(description="Only those that are not withdrawn.")] = True,
) -> HttpResponse:
    """The designated criteria of the third tier."""
    rows = Designation.objects.filter(withdrawn_on=None) if current else Designation.objects.all()
    rows = rows.filter(programme=programme) if programme else rows
    found, following = page(rows, ("code", "designated_on", "id"), limit, cursor, f"designated/{programme}/{current}")
    cleared = clearance(viewer(request))
    shown = (show(DesignationShape, of(row, *DesignationShape.model_fields), cleared) for row in found)
    return listed(request, shown, following)


@operation(router, "GET", "/revalidation/due", access=Access.STAFF, citations=CITE, response=page_of(DueShape))
def revalidation_due(
    request: HttpRequest,
    limit: Limit = USUAL,
    cursor: Cursor = "",
    urgency: Annotated[str, Query(max_length=20, description="overdue, year or later; empty for all.")] = "",
    programme: Annotated[str, Query(max_length=40)] = "",
    business_type: Annotated[str, Query(max_length=60)] = "",
    on: Annotated[date | None, Query(description="The day on which it is looked at; today unless given.")] = None,
) -> HttpResponse:
    """Who is due for revalidation, the period that ends soonest first: one list for every office."""
    if urgency and urgency not in set(Urgency):
        known = ", ".join(Urgency)
        raise bad_input(
            "urgency", N_("This is not one of the choices: %(choices)s."), N_("Use one of them."), choices=known
        )
    wanted = DueFilter(programme=programme, urgency=Urgency(urgency) if urgency else None, business_type=business_type)
    day = on or authority.today()
    found, following = _slice(due_list(day, wanted), limit, cursor, f"due/{urgency}/{programme}/{business_type}/{day}")
    cleared = clearance(viewer(request))
    return listed(request, (show(DueShape, _due(item), cleared) for item in found), following)


@operation(router, "GET", "/revalidation/ranking", access=Access.STAFF, citations=CITE, response=page_of(PlaceShape))
def revalidation_ranking(
    request: HttpRequest,
    programme: Annotated[str, Query(max_length=40, description="The code of a programme.")],
    limit: Limit = USUAL,
    cursor: Cursor = "",
    on: Annotated[date | None, Query(description="The day on which it is looked at; today unless given.")] = None,
) -> HttpResponse:
    """The ranking by the framework in force, with what each criterion contributes."""
    day = on or authority.today()
    made = ranking(programme, day)
    found, following = _slice(made.places, limit, cursor, f"ranking/{programme}/{day}")
    version = made.framework.version if made.framework else 0
    cleared = clearance(viewer(request))
    rows = (
        show(PlaceShape, {**_place(one), "most": made.most, "framework_version": version}, cleared) for one in found
    )
    return listed(request, rows, following)


def _slice(rows: Sequence[T], limit: int, cursor: str, name: str) -> tuple[Sequence[T], str | None]:
    """One page of a list that is derived as a whole. Raises BadInput for a foreign cursor."""
    start = 0
    if cursor:
        try:
            of_list, start = signing.loads(cursor, salt=_SALT)
        except (signing.BadSignature, ValueError, TypeError, json.JSONDecodeError):
            of_list = ""
        if of_list != name:
            what, mend = N_("This is not a place in this list."), N_("Take 'next' of the page before, or leave it out.")
            raise bad_input("cursor", what, mend)
    following = signing.dumps([name, start + limit], salt=_SALT) if start + limit < len(rows) else None
    return rows[start : start + limit], following


def _due(item: DueItem) -> dict[str, Any]:
    participant = item.participant
    return {
        **of(participant, "programme", "business_type", "tier"),
        **of(item, "participant_id", "initial_on", "last_on", "days_left", "overdue"),
        "register_id": item.register,
        "company": participant.legal_name,
        "period_index": item.period.index,
        "period_starts_on": item.period.starts_on,
        "period_ends_on": item.period.ends_on,
        "urgency": item.urgency.value,
        "missed_periods": [period.index for period in item.missed],
        "revalidation_id": item.under_way.case_id if item.under_way else None,
    }


def _place(one: Place) -> dict[str, Any]:
    return {
        "place": one.place,
        "participant_id": one.item.participant_id,
        "company": one.item.participant.legal_name,
        "total": one.total,
        "contributions": [
            {
                "criterion": part.code,
                "weight": part.weight,
                "measure": part.value,
                "points": part.points,
                "measured_on": part.score.measured_on.isoformat() if part.score else None,
                "source": part.score.source if part.score else None,
                "entry": str(part.score.entry) if part.score else None,
            }
            for part in one.contributions
        ],
        "period_ends_on": one.item.due_on,
    }
