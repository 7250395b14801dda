"""Validations and revalidations, with visits, findings and actions; and the actions that are open (6 USC 965, 969)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from greenlane.api import authority
from greenlane.api.authority import Access, operation, viewer
from greenlane.api.cases import note_outsider, note_read, visible_case
from greenlane.api.paging import USUAL, Cursor, Limit, page
from greenlane.api.participants import Purpose
from greenlane.api.shapes import PARTICIPANT, STAFF, Shape, clearance, listed, of, page_of, reply, show
from greenlane.casework.models import Case
from greenlane.casework.problems import Missing
from greenlane.people.visibility import cases_rows_visible_to
from greenlane.validation.models import Action, Validation
from greenlane.validation.queries import KINDS, overdue_actions, validation_of

router = Router(tags=["validation"])
CITE = ("6 USC 965(a)", "6 USC 969(1)")


class VisitShape(Shape):
    """A location chosen for a visit, and the visit once it took place."""

    id: Annotated[UUID, PARTICIPANT]
    node: Annotated[UUID, PARTICIPANT]
    place: Annotated[str, PARTICIPANT]
    country: Annotated[str, PARTICIPANT]
    foreign: Annotated[bool, PARTICIPANT]
    mode: Annotated[str, PARTICIPANT]
    conducted_by: Annotated[str, PARTICIPANT]
    appropriate: Annotated[str, PARTICIPANT]
    purpose: Annotated[str, PARTICIPANT]
    planned_from: Annotated[date | None, PARTICIPANT]
    planned_to: Annotated[date | None, PARTICIPANT]
    visited_on: Annotated[date | None, PARTICIPANT]
    visited_to: Annotated[date | None, PARTICIPANT]
    persons_met: Annotated[list[str], PARTICIPANT]
    note: Annotated[str, PARTICIPANT]
    documents: Annotated[list[UUID], PARTICIPANT]
    counts: Annotated[bool, PARTICIPANT]


class FoundShape(Shape):
    """What was found on one criterion; a criterion without a finding is not in the list."""

    number: Annotated[str, PARTICIPANT]
    finding: Annotated[str, PARTICIPANT]
    mandatory: Annotated[bool, PARTICIPANT]
    note: Annotated[str, PARTICIPANT]
    evidence: Annotated[list[UUID], PARTICIPANT]
    found_on: Annotated[date, PARTICIPANT]


class ActionShape(Shape):
    """An action of a report; 'open' until a reviewer accepted what shows that it is done."""

    id: Annotated[UUID, PARTICIPANT]
    validation_id: Annotated[UUID, PARTICIPANT]
    number: Annotated[int, PARTICIPANT]
    kind: Annotated[str, PARTICIPANT]
    criterion: Annotated[str, PARTICIPANT]
    text: Annotated[str, PARTICIPANT]
    carried_out_by: Annotated[str, PARTICIPANT]
    due_on: Annotated[date, PARTICIPANT]
    answered_on: Annotated[date | None, PARTICIPANT]
    answer: Annotated[str, PARTICIPANT]
    proof: Annotated[list[UUID], PARTICIPANT]
    closed_on: Annotated[date | None, PARTICIPANT]
    acceptance: Annotated[str, PARTICIPANT]
    overdue: Annotated[bool, PARTICIPANT]


class InspectionShape(Shape):
    """A seven-point or seventeen-point inspection, with the result at each point."""

    id: Annotated[UUID, PARTICIPANT]
    visit_id: Annotated[UUID, PARTICIPANT]
    kind: Annotated[str, PARTICIPANT]
    what: Annotated[str, PARTICIPANT]
    inspected_on: Annotated[date, PARTICIPANT]
    points: Annotated[list[dict[str, str]], PARTICIPANT]


class ValidationRowShape(Shape):
    """A validation or revalidation in a list."""

    id: Annotated[UUID, PARTICIPANT]
    participant_id: Annotated[UUID, PARTICIPANT]
    programme: Annotated[str, PARTICIPANT]
    purpose: Annotated[str, PARTICIPANT]
    certified_on: Annotated[date, PARTICIPANT]
    planned_on: Annotated[date, PARTICIPANT]
    notice_on: Annotated[date | None, PARTICIPANT]
    report_on: Annotated[date | None, PARTICIPANT]
    outcome: Annotated[str, PARTICIPANT]
    decided_on: Annotated[date | None, PARTICIPANT]
    late: Annotated[bool, PARTICIPANT]


class ValidationShape(ValidationRowShape):
    """One validation with everything in it; findings and actions are the company's once the report is sent."""

    reference: Annotated[str, PARTICIPANT]
    state: Annotated[str, PARTICIPANT]
    guidelines: Annotated[str, PARTICIPANT]
    schedule: Annotated[str, PARTICIPANT]
    team_names: Annotated[list[str], PARTICIPANT]
    letter_signed_on: Annotated[date | None, PARTICIPANT]
    confirmed_on: Annotated[date | None, PARTICIPANT]
    determined_on: Annotated[date | None, PARTICIPANT]
    determination: Annotated[str, PARTICIPANT]
    blocked_reason: Annotated[str, PARTICIPANT]
    refused_by: Annotated[str, PARTICIPANT]
    review_on: Annotated[date | None, PARTICIPANT]
    report_summary: Annotated[str, PARTICIPANT]
    answered_on: Annotated[date | None, PARTICIPANT]
    lateness_reason: Annotated[str, PARTICIPANT]
    recommended: Annotated[str, STAFF]
    recommended_on: Annotated[date | None, STAFF]
    note: Annotated[str, STAFF]
    visits: Annotated[list[VisitShape], PARTICIPANT]
    findings: Annotated[list[FoundShape], PARTICIPANT]
    actions: Annotated[list[ActionShape], PARTICIPANT]
    inspections: Annotated[list[InspectionShape], PARTICIPANT]


def _visible(request: HttpRequest) -> QuerySet[Validation]:
    return cases_rows_visible_to(viewer(request), Validation.objects.all())


@operation(router, "GET", "/validations", access=Access.SIGNED_IN, citations=CITE, response=page_of(ValidationRowShape))
def validations(
    request: HttpRequest,
    limit: Limit = USUAL,
    cursor: Cursor = "",
    participant: UUID | None = None,
    purpose: Annotated[str, Query(max_length=20, description="tier_two, tier_three or revalidation.")] = "",
    state: Annotated[str, Query(max_length=20, description="A state of the case, such as blocked.")] = "",
) -> HttpResponse:
    """Validations and revalidations, the latest first: staff all, companies their own, others those assigned."""
    rows = _visible(request)
    if participant:
        rows = rows.filter(participant_id=participant)
    if purpose:
        rows = rows.filter(purpose=purpose)
    if state:
        rows = rows.filter(pk__in=Case.objects.filter(kind__in=KINDS, state=state).values("pk"))
    found, following = page(rows, ("-planned_on", "id"), limit, cursor, f"validations/{purpose}/{state}")
    for row in found:
        note_outsider(request, row.participant_id, "validation, in a list")
    cleared = clearance(viewer(request))
    items = (show(ValidationRowShape, of(row, *ValidationRowShape.model_fields), cleared) for row in found)
    return listed(request, items, following)


@operation(
    router,
    "GET",
    "/validations/{uuid:validation_id}",
    access=Access.SIGNED_IN,
    citations=CITE,
    response=ValidationShape,
)
def one_validation(request: HttpRequest, validation_id: UUID, purpose: Purpose = "") -> HttpResponse:
    """A validation or revalidation with everything in it. Every read is logged, and shown to the participant."""
    case = visible_case(request, validation_id)
    if case.kind not in KINDS:
        raise Missing("validation", validation_id)
    row = validation_of(case.pk)
    note_read(request, row.participant_id, f"validation {case.reference}", purpose)
    cleared = clearance(viewer(request))
    told = viewer(request).is_staff or row.report_on is not None
    parts = {"visits", "findings", "actions", "inspections", "reference", "state"}
    on = authority.today()
    values: dict[str, Any] = {
        **of(row, *[name for name in ValidationShape.model_fields if name not in parts]),
        "reference": case.reference,
        "state": case.state,
        "visits": [
            show(VisitShape, of(one, *VisitShape.model_fields), cleared)
            for one in row.visits.order_by("planned_from", "visited_on", "pk")
        ],
        "findings": [
            show(FoundShape, of(one, *FoundShape.model_fields), cleared)
            for one in (row.findings.order_by("number") if told else ())
        ],
        "actions": [_action(one, on, cleared) for one in (row.actions.order_by("number") if told else ())],
        "inspections": [
            show(InspectionShape, of(one, *InspectionShape.model_fields), cleared)
            for one in row.inspections.order_by("inspected_on", "pk")
        ],
    }
    return reply(request, show(ValidationShape, values, cleared))


def _action(row: Action, on: date, cleared: str) -> dict[str, Any]:
    columns = [name for name in ActionShape.model_fields if name not in ("overdue", "carried_out_by")]
    overdue = row.kind == "required" and row.closed_on is None and row.due_on < on
    return show(ActionShape, {**of(row, *columns), "carried_out_by": row.owner, "overdue": overdue}, cleared)


@operation(
    router,
    "GET",
    "/overdue-actions",
    access=Access.SIGNED_IN,
    citations=("6 USC 965(c)",),
    response=page_of(ActionShape),
)
def overdue(request: HttpRequest, limit: Limit = USUAL, cursor: Cursor = "") -> HttpResponse:
    """Required actions past their date that no reviewer has accepted, the longest overdue first."""
    on, cleared = authority.today(), clearance(viewer(request))
    rows = cases_rows_visible_to(viewer(request), overdue_actions(on), "validation_id")
    found, following = page(rows, ("due_on", "id"), limit, cursor, "overdue-actions")
    return listed(request, (_action(row, on, cleared) for row in found), following)
