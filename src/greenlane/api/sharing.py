"""Status verification, shared assessments, agencies' reads, and who saw the data of a participant (6 USC 971(c))."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from greenlane.api import authority
from greenlane.api.authority import Access, operation, viewer
from greenlane.api.paging import USUAL, Cursor, Limit, page
from greenlane.api.participants import Purpose
from greenlane.api.problems import problem, reason_json
from greenlane.api.shapes import PARTICIPANT, Shape, listed, of, page_of, reply, show
from greenlane.casework.problems import Missing, bad_input
from greenlane.casework.tables import CSV
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Verdict
from greenlane.records.reads import reads_of
from greenlane.sharing import queries, reading
from greenlane.sharing.reading import AgencyLook, Look

router = Router(tags=["sharing"])
OWN = "participant"
_CURSOR = "greenlane.api.sharing.agency"


class StatusShape(Shape):
    """What a participant lets others see; 'tier' is null where it does not consent to showing it."""

    name: Annotated[str, PARTICIPANT]
    business_type: Annotated[str, PARTICIPANT]
    standing: Annotated[str, PARTICIPANT]
    since: Annotated[date | None, PARTICIPANT]
    tier: Annotated[int | None, PARTICIPANT]


class MonitoredShape(StatusShape):
    """A monitored partner with its status now."""

    monitor_id: Annotated[UUID, PARTICIPANT]
    number: Annotated[str, PARTICIPANT]
    monitored_since: Annotated[date, PARTICIPANT]


class VerificationShape(Shape):
    """A participant's own consent and number; everything is null without a consent."""

    number: Annotated[str | None, PARTICIPANT]
    with_participants: Annotated[bool | None, PARTICIPANT]
    with_agencies: Annotated[bool | None, PARTICIPANT]
    show_tier: Annotated[bool | None, PARTICIPANT]
    since: Annotated[date | None, PARTICIPANT]


class SharedAnswerShape(Shape):
    """An answer of a partner as it was shared."""

    number: Annotated[str, PARTICIPANT]
    value: Annotated[str, PARTICIPANT]
    narrative: Annotated[str, PARTICIPANT]
    not_applicable_reason: Annotated[str, PARTICIPANT]
    answered_on: Annotated[date, PARTICIPANT]


class SharedAssessmentShape(Shape):
    """An assessment that a partner shares. 'answers' is filled where one is read by itself."""

    id: Annotated[UUID, PARTICIPANT]
    partner: Annotated[str, PARTICIPANT]
    shared_on: Annotated[date, PARTICIPANT]
    expires_on: Annotated[date, PARTICIPANT]
    criteria: Annotated[list[str], PARTICIPANT]
    answers: Annotated[list[SharedAnswerShape], PARTICIPANT]


class ReadShape(Shape):
    """One look by anybody else at the data of the participant."""

    id: Annotated[int, PARTICIPANT]
    at: Annotated[datetime, PARTICIPANT]
    account: Annotated[UUID | None, PARTICIPANT]
    office: Annotated[str, PARTICIPANT]
    what: Annotated[str, PARTICIPANT]
    purpose: Annotated[str, PARTICIPANT]


class LookUp(Schema):
    """A partner's number and what the look is for; the partner reads it."""

    number: Annotated[str, Field(max_length=40)]
    purpose: Annotated[str, Field(max_length=200)]


def _own(request: HttpRequest, participant_id: UUID) -> UUID:
    """The participant for which the reader holds an office. Raises Missing for any other."""
    if participant_id not in viewer(request).participants:
        raise Missing("participant", participant_id)
    return participant_id


def _look(request: HttpRequest, participant_id: UUID, purpose: str) -> Look:
    account = viewer(request).account
    assert account is not None  # the operation is for those who signed in
    return Look(account, _own(request, participant_id), purpose, authority.now())


def _refused(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    failing = [reason_json(reason) for reason in verdict.failing]
    return problem(request, "authority", " ".join(reason["sentence"] for reason in failing), reasons=failing)


@operation(
    router,
    "GET",
    "/participants/{uuid:participant_id}/verification",
    access=Access.SIGNED_IN,
    response=VerificationShape,
)
def verification(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """The company's own consent to status verification, and its number."""
    row = queries.consent_of(_own(request, participant_id))
    values = {name: getattr(row, name, None) for name in VerificationShape.model_fields}
    return reply(request, show(VerificationShape, values, OWN))


@operation(
    router,
    "POST",
    "/participants/{uuid:participant_id}/look-up",
    access=Access.SIGNED_IN,
    response=StatusShape,
)
def look_up(request: HttpRequest, participant_id: UUID, body: LookUp) -> HttpResponse:
    """The status of a partner by its number, in the name of a participant, while both consent.

    An unknown number and one without consent are answered alike. The partner sees who looked, and what for.
    """
    seen = reading.look_up(_look(request, participant_id, body.purpose), body.number)
    if not seen.verdict.granted:
        return _refused(request, seen.verdict)
    return reply(request, show(StatusShape, asdict(seen.found[0]), OWN))


@operation(
    router,
    "GET",
    "/participants/{uuid:participant_id}/monitored",
    access=Access.SIGNED_IN,
    response=page_of(MonitoredShape),
)
def monitored(request: HttpRequest, participant_id: UUID, purpose: Purpose = "monitoring of partners") -> HttpResponse:
    """The partners that a participant monitors, with their status now. Each of them sees the look."""
    verdict, watched = reading.monitored(_look(request, participant_id, purpose))
    if not verdict.granted:
        return _refused(request, verdict)
    items = [
        {**asdict(one.status), "monitor_id": one.monitor.pk, "monitored_since": one.monitor.since} for one in watched
    ]
    return listed(request, (show(MonitoredShape, item, OWN) for item in items), None)


@operation(
    router,
    "GET",
    "/participants/{uuid:participant_id}/shared-assessments",
    access=Access.SIGNED_IN,
    citations=("6 USC 963(2)(A)", "6 USC 971(c)"),
    response=page_of(SharedAssessmentShape),
)
def shared_assessments(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """What partners share with a participant today, without the answers."""
    rows = queries.shared_with(_own(request, participant_id), viewer(request).on)[:USUAL]
    return listed(request, (_assessment(row, whole=False) for row in rows), None)


@operation(
    router,
    "GET",
    "/participants/{uuid:participant_id}/shared-assessments/{uuid:assessment_id}",
    access=Access.SIGNED_IN,
    citations=("6 USC 963(2)(A)", "6 USC 971(c)"),
    response=SharedAssessmentShape,
)
def shared_assessment(
    request: HttpRequest,
    participant_id: UUID,
    assessment_id: UUID,
    purpose: Purpose = "assessment of the supply chain",
) -> HttpResponse:
    """One assessment with its answers. The partner sees the look."""
    verdict, row = reading.read_assessment(_look(request, participant_id, purpose), assessment_id)
    if row is None:
        if {reason.code for reason in verdict.failing} <= {"status_shown", "asker_consents"}:
            raise Missing("assessment", assessment_id)
        return _refused(request, verdict)
    return reply(request, _assessment(row, whole=True))


def _assessment(row: Any, *, whole: bool) -> dict[str, Any]:
    values = {
        **of(row, "shared_on", "expires_on"),
        "id": row.pk,
        "partner": row.participant.legal_name,
        "criteria": [answer["number"] for answer in row.answers],
        "answers": [show(SharedAnswerShape, answer, OWN) for answer in row.answers] if whole else [],
    }
    return show(SharedAssessmentShape, values, OWN)


@operation(
    router,
    "GET",
    "/participants/{uuid:participant_id}/reads",
    access=Access.SIGNED_IN,
    response=page_of(ReadShape),
)
def reads(request: HttpRequest, participant_id: UUID, limit: Limit = USUAL, cursor: Cursor = "") -> HttpResponse:
    """Who saw the data of the company, the newest look first."""
    rows = reads_of(_own(request, participant_id))
    found, following = page(rows, ("-id",), limit, cursor, f"reads/{participant_id}")
    return listed(request, (show(ReadShape, of(row, *ReadShape.model_fields), OWN) for row in found), following)


@operation(
    router,
    "GET",
    "/agency/participants",
    access=Access.AGREEMENT,
    citations=("6 USC 971(c)", "19 USC 4311(b)(4)(A)"),
    response=page_of(StatusShape),
)
def agency_participants(
    request: HttpRequest,
    limit: Limit = USUAL,
    cursor: Cursor = "",
    programme: Annotated[str, Query(max_length=40)] = "ctpat",
    form: Annotated[Literal["json", "csv"], Query(description="'csv' gives the whole list as a file.")] = "json",
    purpose: Purpose = "",
) -> HttpResponse:
    """The status of participants that consent, for an agency under its sharing agreement, by name.

    The purpose is given with each look; each participant on the list sees agency and purpose.
    """
    account = viewer(request).account
    assert account is not None
    whole = form == "csv"
    look = AgencyLook(account, programme, purpose, authority.now())
    seen = reading.agency_list(look, after=_opened(cursor), limit=None if whole else limit)
    if not seen.verdict.granted:
        return _refused(request, seen.verdict)
    if whole:
        named = {"Content-Disposition": 'attachment; filename="participants.csv"', "Cache-Control": "no-store"}
        return HttpResponse(queries.csv_of(seen.found), content_type=CSV, headers=named)
    last = seen.found[-1] if len(seen.found) == limit else None
    following = signing.dumps([last.name, str(last.participant)], salt=_CURSOR) if last else None
    return listed(request, (show(StatusShape, asdict(one), OWN) for one in seen.found), following)


def _opened(cursor: str) -> tuple[str, UUID] | None:
    if not cursor:
        return None
    try:
        name, key = signing.loads(cursor, salt=_CURSOR)
        return str(name), UUID(key)
    except (signing.BadSignature, ValueError) as error:
        what, mend = N_("This is not a place in this list."), N_("Take 'next' of the page before, or leave it out.")
        raise bad_input("cursor", what, mend) from error
