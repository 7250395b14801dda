"""Appeals with their record, and the lists for the Federal Register (6 USC 967(b)-(c))."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from greenlane.api import authority
from greenlane.api.authority import Access, operation, viewer
from greenlane.api.cases import note_read
from greenlane.api.paging import USUAL, Cursor, Limit, page
from greenlane.api.participants import Purpose
from greenlane.api.shapes import PARTICIPANT, PUBLIC, STAFF, Shape, clearance, listed, of, page_of, reply, show
from greenlane.appeals import record, register
from greenlane.appeals.models import Appeal, RegisterList
from greenlane.appeals.queries import latest_record
from greenlane.casework.problems import Missing
from greenlane.participants.models import Participant
from greenlane.people.visibility import cases_rows_visible_to

router = Router(tags=["appeals"])
CITE = ("6 USC 967(c)",)
LISTS = ("6 USC 967(b)",)


class AppealGroundShape(Shape):
    """A ground of an appeal."""

    title: Annotated[str, PARTICIPANT]
    statement: Annotated[str, PARTICIPANT]


class AppealShape(Shape):
    """An appeal with its days: of the decision, the last to file, the filing, and the last for the determination."""

    id: Annotated[UUID, PARTICIPANT]
    consequence_id: Annotated[UUID, PARTICIPANT]
    participant_id: Annotated[UUID, PARTICIPANT]
    programme: Annotated[str, PARTICIPANT]
    decision: Annotated[str, PARTICIPANT]
    measure: Annotated[str, PARTICIPANT]
    decided_on: Annotated[date, PARTICIPANT]
    last_day: Annotated[date, PARTICIPANT]
    filed_on: Annotated[date, PARTICIPANT]
    due_on: Annotated[date, PARTICIPANT]
    officer: Annotated[UUID | None, STAFF]
    officer_name: Annotated[str, PARTICIPANT]
    outcome: Annotated[str, PARTICIPANT]
    determined_on: Annotated[date | None, PARTICIPANT]
    withdrawn_on: Annotated[date | None, PARTICIPANT]
    restored_from: Annotated[date | None, PARTICIPANT]
    late: Annotated[bool, PARTICIPANT]


class AppealStatementShape(Shape):
    """A statement of one side."""

    id: Annotated[UUID, PARTICIPANT]
    side: Annotated[str, PARTICIPANT]
    text: Annotated[str, PARTICIPANT]
    documents: Annotated[list[UUID], PARTICIPANT]
    submitted_on: Annotated[date, PARTICIPANT]


class OneAppealShape(AppealShape):
    """An appeal with its grounds, both sides' statements, the determination and the hash of its record."""

    grounds: Annotated[list[AppealGroundShape], PARTICIPANT]
    documents: Annotated[list[UUID], PARTICIPANT]
    relief: Annotated[str, PARTICIPANT]
    statements: Annotated[list[AppealStatementShape], PARTICIPANT]
    reasons: Annotated[str, PARTICIPANT]
    modified_to: Annotated[str, PARTICIPANT]
    lateness_reason: Annotated[str, PARTICIPANT]
    record_sha256: Annotated[str, PARTICIPANT]


class RecordOfAppealShape(Shape):
    """The record of appeal as it was frozen; ``altered`` names what no longer has its hash."""

    content: Annotated[dict[str, Any], PARTICIPANT]
    number: Annotated[int, PARTICIPANT]
    sha256: Annotated[str, PARTICIPANT]
    altered: Annotated[list[str], PARTICIPANT]


class RegisterListShape(Shape):
    """A list of those suspended or expelled under 967(b) whose appeal process is complete."""

    floor = "public"

    id: Annotated[UUID, PUBLIC]
    programme: Annotated[str, PUBLIC]
    number: Annotated[int, PUBLIC]
    issued_on: Annotated[date, PUBLIC]
    published_on: Annotated[date, PUBLIC]
    sha256: Annotated[str, PUBLIC]


class OneRegisterListShape(RegisterListShape):
    """A list with its names, each with why it may be there."""

    note: Annotated[str, PUBLIC]
    participants: Annotated[list[dict[str, Any]], PUBLIC]


def _visible(request: HttpRequest) -> QuerySet[Appeal]:
    return cases_rows_visible_to(viewer(request), Appeal.objects.all())


def _appeal(request: HttpRequest, appeal_id: UUID) -> Appeal:
    row = _visible(request).filter(pk=appeal_id).first()
    if row is None:
        raise Missing("appeal", appeal_id)
    return row


@operation(router, "GET", "/appeals", access=Access.SIGNED_IN, citations=CITE, response=page_of(AppealShape))
def appeals(
    request: HttpRequest,
    limit: Limit = USUAL,
    cursor: Cursor = "",
    participant: UUID | None = None,
    outcome: Annotated[str, Query(max_length=10, description="upheld, modified, reversed, remanded or open.")] = "",
) -> HttpResponse:
    """The appeals that you may see, the latest first."""
    rows = _visible(request)
    if participant:
        rows = rows.filter(participant_id=participant)
    if outcome == "open":
        rows = rows.filter(determined_on=None, withdrawn_on=None)
    elif outcome:
        rows = rows.filter(outcome=outcome)
    found, following = page(rows, ("-filed_on", "id"), limit, cursor, "appeals")
    cleared = clearance(viewer(request))
    return listed(request, (show(AppealShape, of(row, *AppealShape.model_fields), cleared) for row in found), following)


@operation(router, "GET", "/appeals/{uuid:appeal_id}", access=Access.SIGNED_IN, citations=CITE, response=OneAppealShape)
def one_appeal(request: HttpRequest, appeal_id: UUID, purpose: Purpose = "") -> HttpResponse:
    """An appeal with its grounds, statements and determination. Every read is logged."""
    row = _appeal(request, appeal_id)
    note_read(request, row.participant_id, "appeal", purpose)
    cleared = clearance(viewer(request))
    statements = row.statements.order_by("submitted_at", "pk")
    values = {
        **of(row, *(name for name in OneAppealShape.model_fields if name not in ("grounds", "statements"))),
        "grounds": [show(AppealGroundShape, ground, cleared) for ground in row.grounds],
        "statements": [
            show(AppealStatementShape, of(one, *AppealStatementShape.model_fields), cleared) for one in statements
        ],
    }
    return reply(request, show(OneAppealShape, values, cleared))


@operation(
    router,
    "GET",
    "/appeals/{uuid:appeal_id}/record",
    access=Access.SIGNED_IN,
    citations=CITE,
    response=RecordOfAppealShape,
)
def record_of_appeal(request: HttpRequest, appeal_id: UUID, purpose: Purpose = "") -> HttpResponse:
    """The record of appeal as it was frozen last, with its hash. Every read is logged."""
    row = _appeal(request, appeal_id)
    frozen = latest_record(row.pk)
    if frozen is None:
        raise Missing("record", appeal_id)
    note_read(request, row.participant_id, "record of appeal", purpose)
    values = {
        "content": record.content_of(frozen),
        "number": frozen.number,
        "sha256": frozen.sha256,
        "altered": record.altered(frozen),
    }
    return reply(request, show(RecordOfAppealShape, values, clearance(viewer(request))))


def _rank(request: HttpRequest, programme: str) -> int:
    rows = Participant.objects.filter(pk__in=viewer(request).participants, programme=programme, standing="certified")
    return max(rows.values_list("tier", flat=True), default=0)


def _open_to(request: HttpRequest, row: RegisterList) -> bool:
    who = viewer(request)
    return who.is_staff or register.may_see(row, _rank(request, row.programme), authority.today()).granted


def _lists(request: HttpRequest, rows: QuerySet[RegisterList], limit: int, cursor: str, name: str) -> HttpResponse:
    found, following = page(rows, ("-published_on", "id"), limit, cursor, name)
    shown = (
        show(RegisterListShape, of(row, *RegisterListShape.model_fields), "public")
        for row in found
        if _open_to(request, row)
    )
    return listed(request, shown, following)


@operation(
    router, "GET", "/federal-register-lists", access=Access.PUBLIC, citations=LISTS, response=page_of(RegisterListShape)
)
def register_lists(request: HttpRequest, limit: Limit = USUAL, cursor: Cursor = "") -> HttpResponse:
    """The lists that have been published, the latest first."""
    rows = RegisterList.objects.filter(published_on__lte=authority.today())
    return _lists(request, rows, limit, cursor, "register-lists")


@operation(
    router,
    "GET",
    "/federal-register-lists/waiting",
    access=Access.SIGNED_IN,
    citations=LISTS,
    response=page_of(RegisterListShape),
)
def waiting_register_lists(request: HttpRequest, limit: Limit = USUAL, cursor: Cursor = "") -> HttpResponse:
    """Lists that wait for the Federal Register, made available to participants only."""
    rows = RegisterList.objects.filter(published_on__gt=authority.today())
    return _lists(request, rows, limit, cursor, "register-lists-waiting")


def _one_list(request: HttpRequest, list_id: UUID) -> HttpResponse:
    row = RegisterList.objects.filter(pk=list_id).first()
    if row is None or not _open_to(request, row):
        raise Missing("list", list_id)
    names = [register.row_of(name) for name in row.names.order_by("position")]
    values = {**of(row, *RegisterListShape.model_fields, "note"), "participants": names}
    return reply(request, show(OneRegisterListShape, values, "public"))


@operation(
    router,
    "GET",
    "/federal-register-lists/{uuid:list_id}",
    access=Access.PUBLIC,
    citations=LISTS,
    response=OneRegisterListShape,
)
def one_register_list(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """A published list, name by name, each with the arithmetic of its appeal process."""
    return _one_list(request, list_id)


@operation(
    router,
    "GET",
    "/federal-register-lists/waiting/{uuid:list_id}",
    access=Access.SIGNED_IN,
    citations=LISTS,
    response=OneRegisterListShape,
)
def one_waiting_list(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """The same before it is published, for participants."""
    return _one_list(request, list_id)
