"""Download a document, read a letter, print it, follow the story of a case (6 USC 971(b)-(c))."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

import structlog
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from greenlane.casework.models import Deadline, Notice, StateRow
from greenlane.casework.notices import Block
from greenlane.casework.pdf import NoticeAltered, letter_pdf
from greenlane.law.authority import Office
from greenlane.participants.queries import participant_of
from greenlane.people.visibility import Viewer, audiences_in
from greenlane.programs.queries import terms_of
from greenlane.records.documents import DocumentDamaged, open_file
from greenlane.web.authority import COMPANY, STAFF, declared, viewer_of_request
from greenlane.web.components import Crumb
from greenlane.web.shared import access, deadlines, timeline
from greenlane.web.shared.case_story import drawing

log = structlog.get_logger(__name__)
READERS = (*COMPANY, *STAFF, Office.VALIDATOR, Office.PARTNER_AGENCY)


@declared(*READERS)
@require_safe
def document(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The bytes of a document as a download, never shown by the browser as a page of ours."""
    row = access.document_for(request, key)
    try:
        stream = open_file(row.sha256)
    except DocumentDamaged as damaged:
        log.error("document damaged", document=str(row.pk), why=str(damaged))
        return render(request, "web/shared/damaged.html", {"document": row}, status=410)
    access.note_read(request, row.participant_id, f"document {row.pk}", "download")
    response = FileResponse(stream, as_attachment=True, filename=row.file_name, content_type=row.media_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@declared(*READERS)
@require_safe
def letter(request: HttpRequest, key: UUID) -> HttpResponse:
    """A letter as it was served, clause by clause."""
    notice = access.notice_for(request, key)
    access.note_read(request, notice.participant_id, f"letter {notice.pk}", "read")
    context = {
        "notice": notice,
        "blocks": [Block.from_json(block) for block in notice.body],
        "crumbs": _way_back(notice.participant_id, viewer_of_request(request), _("Letter")),
        **_heads(notice),
    }
    return render(request, "web/shared/letter.html", context)


@declared(*READERS)
@require_safe
def letter_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same letter as a PDF. Words that no longer have their hash are printed nowhere."""
    notice = access.notice_for(request, key)
    access.note_read(request, notice.participant_id, f"letter {notice.pk}", "print")
    try:
        content = letter_pdf(notice, **_heads(notice))
    except NoticeAltered as altered:
        log.error("notice altered", notice=str(notice.pk), why=str(altered))
        return render(request, "web/shared/damaged.html", {"notice": notice}, status=410)
    name = f"{notice.case.reference} {notice.served_on.isoformat()}.pdf"
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    return response


def _heads(notice: Notice) -> dict[str, str]:
    """Who writes, for which programme, to whom."""
    recipient, code = "", notice.case.programme
    if notice.participant_id:
        participant = participant_of(notice.participant_id)
        code = code or participant.programme
        place = f"{participant.city}, {participant.country}"
        recipient = f"{participant.legal_name}\n{participant.address}\n{place}"
    if not code:
        return {"agency": _("The programme office"), "programme": "", "recipient": recipient}
    terms = terms_of(code, notice.served_on)
    return {"agency": terms.agency, "programme": terms.title, "recipient": recipient}


@declared(*READERS)
@require_safe
def story(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everything on record about a case that this person may read, as a picture and as a list."""
    case = access.case_for(request, key)
    viewer = viewer_of_request(request)
    access.note_read(request, case.participant_id, f"record of {case.reference}", "read")
    states = list(StateRow.objects.filter(case=case).order_by("effective_from", "recorded_at"))
    rows = list(Deadline.objects.filter(case=case).order_by("due_on"))
    found = timeline.entries_about([case.pk], audiences_in(viewer, case))
    context = {
        "case": case,
        "events": timeline.events(found),
        "picture": drawing(case, states, rows, found, viewer.on),
        "deadlines": [deadlines.shown(row, viewer.on) for row in rows],
        "cut": len(found) == timeline.LONGEST,
        "crumbs": _way_back(case.participant_id, viewer, case.reference),
    }
    return render(request, "web/shared/story.html", context)


def _way_back(participant: UUID | None, viewer: Viewer, here: str) -> list[Crumb]:
    """Back to the company for its own people."""
    if participant is None or participant not in viewer.participants:
        return []
    home = reverse("web:trader-home", kwargs={"participant": participant})
    return [Crumb(participant_of(participant).legal_name, home), Crumb(here)]
