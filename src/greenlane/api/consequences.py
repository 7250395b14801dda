"""Consequences for lack of compliance and reported incidents, each field for its audience (6 USC 967, 971(c))."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from greenlane.api.authority import Access, operation, viewer
from greenlane.api.cases import note_read
from greenlane.api.paging import USUAL, Cursor, Limit, page
from greenlane.api.participants import Purpose
from greenlane.api.shapes import PARTICIPANT, STAFF, Shape, clearance, listed, of, page_of, reply, show
from greenlane.casework.problems import Missing
from greenlane.consequences.models import Consequence, Incident
from greenlane.people.visibility import cases_rows_visible_to

router = Router(tags=["consequences"])
CITE = ("6 USC 967(a)", "6 USC 967(b)")


class ConsequenceShape(Shape):
    """A consequence: what is proposed or decided, from which day until which, and how it ended."""

    floor = "participant"

    id: Annotated[UUID, PARTICIPANT]
    participant_id: Annotated[UUID, PARTICIPANT]
    programme: Annotated[str, PARTICIPANT]
    proposed: Annotated[str, PARTICIPANT]
    decision: Annotated[str, PARTICIPANT]
    measure: Annotated[str, PARTICIPANT]
    benefits: Annotated[list[str], PARTICIPANT]
    in_whole: Annotated[bool, PARTICIPANT]
    notice_on: Annotated[date | None, PARTICIPANT]
    response_until: Annotated[date | None, PARTICIPANT]
    responded_on: Annotated[date | None, PARTICIPANT]
    decided_on: Annotated[date | None, PARTICIPANT]
    lost_on: Annotated[date | None, PARTICIPANT]
    period_until: Annotated[date | None, PARTICIPANT]
    appealed_on: Annotated[date | None, PARTICIPANT]
    ended_on: Annotated[date | None, PARTICIPANT]
    ended_as: Annotated[str, PARTICIPANT]
    recommended: Annotated[str, STAFF]
    because_of: Annotated[UUID | None, STAFF]


class FailureShape(Shape):
    """A failure to meet a requirement, as the notice told it."""

    requirement: Annotated[str, PARTICIPANT]
    found: Annotated[str, PARTICIPANT]
    found_on: Annotated[date, PARTICIPANT]


class GoalShape(Shape):
    """A goal of the corrective action plan."""

    number: Annotated[int, PARTICIPANT]
    goal: Annotated[str, PARTICIPANT]
    goal_on: Annotated[date | None, PARTICIPANT]
    reported_on: Annotated[date | None, PARTICIPANT]
    done_on: Annotated[date | None, PARTICIPANT]


class OneConsequenceShape(ConsequenceShape):
    """A consequence with its grounds, the exchange about them, the reasons and the plan."""

    failures: Annotated[list[FailureShape], PARTICIPANT]
    notice: Annotated[str, PARTICIPANT]
    response: Annotated[str, PARTICIPANT]
    reply: Annotated[str, PARTICIPANT]
    reasons: Annotated[str, PARTICIPANT]
    modified_to: Annotated[str, PARTICIPANT]
    remand_reasons: Annotated[str, PARTICIPANT]
    end_reason: Annotated[str, PARTICIPANT]
    standing_before: Annotated[str, PARTICIPANT]
    tier_before: Annotated[int, PARTICIPANT]
    goals: Annotated[list[GoalShape], PARTICIPANT]
    publication: Annotated[str, PARTICIPANT]
    note: Annotated[str, STAFF]
    grounds: Annotated[str, STAFF]
    misinformation: Annotated[dict[str, Any], STAFF]
    proposed_benefits: Annotated[list[str], STAFF]


class IncidentActionShape(Shape):
    """An action that was agreed on after an incident: when it is to be done, was answered and was closed."""

    number: Annotated[int, PARTICIPANT]
    action: Annotated[str, PARTICIPANT]
    done_by: Annotated[date, PARTICIPANT]
    answered_on: Annotated[date | None, PARTICIPANT]
    answer: Annotated[str, PARTICIPANT]
    proof: Annotated[list[UUID], PARTICIPANT]
    returned: Annotated[str, PARTICIPANT]
    closed_on: Annotated[date | None, PARTICIPANT]
    acceptance: Annotated[str, PARTICIPANT]


class IncidentShape(Shape):
    """An incident that a company reported, and what its review found."""

    floor = "participant"

    id: Annotated[UUID, PARTICIPANT]
    participant_id: Annotated[UUID, PARTICIPANT]
    what: Annotated[str, PARTICIPANT]
    happened_on: Annotated[date, PARTICIPANT]
    place: Annotated[str, PARTICIPANT]
    cargo: Annotated[str, PARTICIPANT]
    documents: Annotated[list[UUID], PARTICIPANT]
    reported_on: Annotated[date, PARTICIPANT]
    review_until: Annotated[date, PARTICIPANT]
    outcome: Annotated[str, PARTICIPANT]
    conclusion: Annotated[str, PARTICIPANT]
    concluded_on: Annotated[date | None, PARTICIPANT]
    actions: Annotated[list[IncidentActionShape], PARTICIPANT]


def _visible(request: HttpRequest) -> QuerySet[Consequence]:
    """The company learns of a consequence by its notice or its decision, not by this list."""
    who = viewer(request)
    rows = cases_rows_visible_to(who, Consequence.objects.all())
    return rows if who.is_staff else rows.filter(Q(notice_on__isnull=False) | Q(decided_on__isnull=False))


@operation(router, "GET", "/consequences", access=Access.SIGNED_IN, citations=CITE, response=page_of(ConsequenceShape))
def consequences(
    request: HttpRequest,
    limit: Limit = USUAL,
    cursor: Cursor = "",
    participant: UUID | None = None,
    measure: Annotated[str, Query(max_length=20, description="denial, suspension, expulsion or emergency.")] = "",
) -> HttpResponse:
    """The consequences that you may see, the latest first."""
    rows = _visible(request)
    if participant:
        rows = rows.filter(participant_id=participant)
    if measure:
        rows = rows.filter(measure=measure)
    found, following = page(rows, ("-opened_on", "id"), limit, cursor, "consequences")
    cleared, names = clearance(viewer(request)), ConsequenceShape.model_fields
    return listed(request, (show(ConsequenceShape, of(row, *names), cleared) for row in found), following)


@operation(
    router,
    "GET",
    "/consequences/{uuid:consequence_id}",
    access=Access.SIGNED_IN,
    citations=CITE,
    response=OneConsequenceShape,
)
def one_consequence(request: HttpRequest, consequence_id: UUID, purpose: Purpose = "") -> HttpResponse:
    """A consequence with its grounds, response, reply, reasons and plan. Every read is logged."""
    row = _visible(request).filter(pk=consequence_id).first()
    if row is None:
        raise Missing("consequence", consequence_id)
    note_read(request, row.participant_id, "consequence", purpose)
    who = viewer(request)
    cleared = clearance(who)
    failures = row.failures.order_by("recorded_on", "requirement", "id")
    told = failures if who.is_staff else failures.filter(noticed=True)
    values = {
        **of(row, *(name for name in OneConsequenceShape.model_fields if name not in ("failures", "goals"))),
        "failures": [show(FailureShape, of(one, *FailureShape.model_fields), cleared) for one in told],
        "goals": [show(GoalShape, of(one, *GoalShape.model_fields), cleared) for one in row.goals.order_by("number")],
    }
    return reply(request, show(OneConsequenceShape, values, cleared))


@operation(
    router, "GET", "/incidents", access=Access.SIGNED_IN, citations=("6 USC 971(c)",), response=page_of(IncidentShape)
)
def incidents(
    request: HttpRequest, limit: Limit = USUAL, cursor: Cursor = "", participant: UUID | None = None
) -> HttpResponse:
    """The incidents that you may see, the latest report first."""
    rows = cases_rows_visible_to(viewer(request), Incident.objects.all())
    if participant:
        rows = rows.filter(participant_id=participant)
    found, following = page(rows, ("-reported_on", "id"), limit, cursor, "incidents")
    cleared, names = clearance(viewer(request)), IncidentShape.model_fields
    return listed(request, (show(IncidentShape, of(row, *names), cleared) for row in found), following)
