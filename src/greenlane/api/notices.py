"""Notices and letters as they were served, word for word, and on paper (6 USC 971(b))."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Router

from greenlane.api.authority import Access, operation, viewer
from greenlane.api.cases import note_read
from greenlane.api.paging import USUAL, Cursor, Limit, page
from greenlane.api.participants import Purpose
from greenlane.api.shapes import PARTICIPANT, Shape, clearance, listed, of, page_of, reply, show
from greenlane.casework.doors import say
from greenlane.casework.models import Notice
from greenlane.casework.notices import Block
from greenlane.casework.pdf import letter_pdf
from greenlane.casework.problems import Missing
from greenlane.participants.models import Participant
from greenlane.people.visibility import cases_visible_to
from greenlane.programs.models import Programme

router = Router(tags=["notices"])


class NoticeShape(Shape):
    """A notice by its title; its hash is that of the frozen words."""

    id: Annotated[UUID, PARTICIPANT]
    case_id: Annotated[UUID, PARTICIPANT]
    participant_id: Annotated[UUID | None, PARTICIPANT]
    template: Annotated[str, PARTICIPANT]
    subject: Annotated[str, PARTICIPANT]
    served_on: Annotated[date, PARTICIPANT]
    sha256: Annotated[str, PARTICIPANT]


class BlockShape(Shape):
    """A paragraph, a heading or an item of a list, with its clause."""

    kind: Annotated[str, PARTICIPANT]
    text: Annotated[str, PARTICIPANT]
    cite: Annotated[str, PARTICIPANT]


class OneNoticeShape(NoticeShape):
    """A notice with its words."""

    blocks: Annotated[list[BlockShape], PARTICIPANT]


def _visible(request: HttpRequest) -> QuerySet[Notice]:
    """Notices of the cases that the viewer may know of, and those served on its own company."""
    who = viewer(request)
    cases = Notice.objects.filter(case_id__in=cases_visible_to(who).values("pk"))
    return cases | Notice.objects.filter(participant_id__in=who.participants)


def _notice(request: HttpRequest, notice_id: UUID) -> Notice:
    notice = _visible(request).select_related("case").filter(pk=notice_id).first()
    if notice is None:
        raise Missing("notice", notice_id)
    return notice


@operation(router, "GET", "/notices", access=Access.SIGNED_IN, response=page_of(NoticeShape))
def notices(
    request: HttpRequest, limit: Limit = USUAL, cursor: Cursor = "", participant: UUID | None = None
) -> HttpResponse:
    """The notices that you may see, the latest first."""
    rows = _visible(request)
    if participant:
        rows = rows.filter(participant_id=participant)
    found, following = page(rows, ("-served_on", "id"), limit, cursor, "notices")
    cleared = clearance(viewer(request))
    return listed(request, (show(NoticeShape, of(row, *NoticeShape.model_fields), cleared) for row in found), following)


@operation(router, "GET", "/notices/{uuid:notice_id}", access=Access.SIGNED_IN, response=OneNoticeShape)
def one_notice(request: HttpRequest, notice_id: UUID, purpose: Purpose = "") -> HttpResponse:
    """A notice with its words, block by block. Every read is logged."""
    notice = _notice(request, notice_id)
    note_read(request, notice.participant_id, f"notice {notice.subject}", purpose)
    cleared = clearance(viewer(request))
    blocks = [Block.from_json(block) for block in notice.body]
    shown = [show(BlockShape, {"kind": b.kind, "text": say(b.text), "cite": b.cite}, cleared) for b in blocks]
    values = {**of(notice, *NoticeShape.model_fields), "blocks": shown}
    return reply(request, show(OneNoticeShape, values, cleared))


@operation(
    router,
    "GET",
    "/notices/{uuid:notice_id}/letter.pdf",
    access=Access.SIGNED_IN,
    response={200: None},
    extra={"x-media": "application/pdf"},
)
def notice_letter(request: HttpRequest, notice_id: UUID, purpose: Purpose = "") -> HttpResponse:
    """The notice as a letter on paper (PDF/UA-1), the same bytes each time. Every read is logged."""
    notice = _notice(request, notice_id)
    note_read(request, notice.participant_id, f"letter {notice.subject}", purpose)
    programme = Programme.objects.filter(code=notice.case.programme).first()
    participant = Participant.objects.filter(pk=notice.participant_id).first()
    content = letter_pdf(
        notice,
        agency=programme.agency if programme else "",
        programme=programme.title if programme else "",
        recipient=address_of(participant),
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{notice.case.reference}-{notice.served_on}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def address_of(participant: Participant | None) -> str:
    """The lines under which a letter goes out."""
    if participant is None:
        return ""
    parts = (participant.legal_name, participant.address, participant.city, participant.country)
    return "\n".join(part for part in parts if part)
