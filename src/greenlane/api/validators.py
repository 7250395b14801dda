"""Certified validators, their certificates, procedures and engagements: 968."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from greenlane.api import authority
from greenlane.api.authority import Access, operation, viewer
from greenlane.api.cases import note_outsider
from greenlane.api.paging import USUAL, Cursor, Limit, page
from greenlane.api.shapes import PARTICIPANT, PUBLIC, STAFF, Shape, clearance, listed, of, page_of, reply, show
from greenlane.casework.problems import Missing
from greenlane.law.verdicts import Verdict
from greenlane.people.visibility import cases_visible_to
from greenlane.validators.models import Certificate, Engagement, Procedure
from greenlane.validators.queries import certified_validators, in_force_at_hand, whole

router = Router(tags=["validators"])
CITE = ("6 USC 968",)


class ValidatorShape(Shape):
    """A validator whose certificate is in force today."""

    floor = "public"

    id: Annotated[UUID, PUBLIC]
    name: Annotated[str, PUBLIC]
    country: Annotated[str, PUBLIC]
    certified_on: Annotated[date | None, PUBLIC]


class CertificateShape(Shape):
    """A certificate that was sought. Whether it is in force is asked by date, never stored."""

    id: Annotated[UUID, PARTICIPANT]
    validator_id: Annotated[UUID, PARTICIPANT]
    validator_name: Annotated[str, PARTICIPANT]
    sought_on: Annotated[date, PARTICIPANT]
    outcome: Annotated[str, PARTICIPANT]
    certified_on: Annotated[date | None, PARTICIPANT]
    ended_on: Annotated[date | None, PARTICIPANT]
    in_force: Annotated[bool, PARTICIPANT]
    lacking: Annotated[list[str], PARTICIPANT]


class ProcedureShape(Shape):
    """A version of a standard operating procedure or requirement for validators."""

    floor = "public"

    id: Annotated[UUID, PUBLIC]
    programme: Annotated[str, PUBLIC]
    code: Annotated[str, PUBLIC]
    version: Annotated[int, PUBLIC]
    title: Annotated[str, PUBLIC]
    text: Annotated[str, PUBLIC]
    in_force_from: Annotated[date, PUBLIC]


class EngagementShape(Shape):
    """An engagement of a validator by a company."""

    id: Annotated[UUID, PARTICIPANT]
    validator_id: Annotated[UUID, PARTICIPANT]
    participant_id: Annotated[UUID, PARTICIPANT]
    validation_id: Annotated[UUID, PARTICIPANT]
    certificate_id: Annotated[UUID, PARTICIPANT]
    proposed_on: Annotated[date, PARTICIPANT]
    validator_declared_on: Annotated[date | None, PARTICIPANT]
    participant_declared_on: Annotated[date | None, PARTICIPANT]
    contract_signed_on: Annotated[date | None, PARTICIPANT]
    participant_pays_all: Annotated[bool, PARTICIPANT]
    consent_on: Annotated[date | None, PARTICIPANT]
    authorized_on: Annotated[date | None, PARTICIPANT]
    authorized_by: Annotated[UUID | None, STAFF]
    begun_on: Annotated[date | None, PARTICIPANT]
    report_on: Annotated[date | None, PARTICIPANT]
    accepted_on: Annotated[date | None, PARTICIPANT]
    ended_on: Annotated[date | None, PARTICIPANT]


@operation(router, "GET", "/validators", access=Access.SIGNED_IN, citations=CITE, response=page_of(ValidatorShape))
def validators(request: HttpRequest, programme: Annotated[str, Query(max_length=40)] = "ctpat") -> HttpResponse:
    """The validators that a participant may engage today: those whose certificate is in force."""
    cleared = clearance(viewer(request))
    items = (
        show(
            ValidatorShape,
            {**of(row.validator, "id", "name", "country"), "certified_on": row.certified_on},
            cleared,
        )
        for row in certified_validators(programme, authority.today())
    )
    return listed(request, items, None)


@operation(
    router,
    "GET",
    "/validators/certificates",
    access=Access.SIGNED_IN,
    citations=("6 USC 968(d)",),
    response=page_of(CertificateShape),
)
def certificates(request: HttpRequest, limit: Limit = USUAL, cursor: Cursor = "") -> HttpResponse:
    """Staff see every certificate, a validator its own."""
    visible = cases_visible_to(viewer(request)).filter(kind="validator_certificate")
    rows = whole(Certificate.objects.filter(pk__in=visible.values("pk")))
    found, following = page(rows, ("-sought_on", "id"), limit, cursor, "certificates")
    stands, cleared = in_force_at_hand(authority.today()), clearance(viewer(request))
    items = (show(CertificateShape, _certificate(row, stands(row)), cleared) for row in found)
    return listed(request, items, following)


def _certificate(row: Certificate, verdict: Verdict) -> dict[str, Any]:
    return {
        **of(row, "id", "validator_id", "sought_on", "outcome", "certified_on", "ended_on"),
        "validator_name": row.validator.name,
        "in_force": verdict.granted,
        "lacking": [reason.code for reason in verdict.failing],
    }


@operation(
    router,
    "GET",
    "/validators/procedures",
    access=Access.SIGNED_IN,
    citations=("6 USC 968(d)(1)",),
    response=page_of(ProcedureShape),
)
def procedures(request: HttpRequest, limit: Limit = USUAL, cursor: Cursor = "") -> HttpResponse:
    """Every version of every procedure that validators agree to."""
    found, following = page(Procedure.objects.all(), ("code", "version", "id"), limit, cursor, "procedures")
    cleared = clearance(viewer(request))
    items = (show(ProcedureShape, of(row, *ProcedureShape.model_fields), cleared) for row in found)
    return listed(request, items, following)


def _visible(request: HttpRequest) -> QuerySet[Engagement]:
    cases = cases_visible_to(viewer(request)).filter(kind="engagement")
    return Engagement.objects.filter(pk__in=cases.values("pk"))


@operation(
    router,
    "GET",
    "/engagements",
    access=Access.SIGNED_IN,
    citations=("6 USC 968(f)",),
    response=page_of(EngagementShape),
)
def engagements(
    request: HttpRequest, limit: Limit = USUAL, cursor: Cursor = "", participant: UUID | None = None
) -> HttpResponse:
    """Staff see every engagement, companies and validators their own; each look of a validator is logged."""
    rows = _visible(request)
    if participant:
        rows = rows.filter(participant_id=participant)
    found, following = page(rows, ("-proposed_on", "id"), limit, cursor, "engagements")
    for row in found:
        note_outsider(request, row.participant_id, "engagement, in a list")
    cleared = clearance(viewer(request))
    items = (show(EngagementShape, of(row, *EngagementShape.model_fields), cleared) for row in found)
    return listed(request, items, following)


@operation(
    router,
    "GET",
    "/engagements/{uuid:engagement_id}",
    access=Access.SIGNED_IN,
    citations=("6 USC 968(f)",),
    response=EngagementShape,
)
def one_engagement(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """One engagement."""
    row = _visible(request).filter(pk=engagement_id).first()
    if row is None:
        raise Missing("engagement", engagement_id)
    note_outsider(request, row.participant_id, "engagement")
    return reply(request, show(EngagementShape, of(row, *EngagementShape.model_fields), clearance(viewer(request))))
