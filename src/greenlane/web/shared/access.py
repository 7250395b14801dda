"""Who may open a document, a letter or the story of a case; what is not theirs does not exist for them (971(c))."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from greenlane.casework.models import Case, Document, Notice
from greenlane.people.visibility import audiences_in, cases_visible_to, notices_visible_to, reading_office
from greenlane.records.reads import log_read
from greenlane.web.authority import viewer_of_request

if TYPE_CHECKING:
    from django.http import HttpRequest


def case_for(request: HttpRequest, key: UUID) -> Case:
    """The case, when the person of this request may know of it. Raises Http404."""
    case = cases_visible_to(viewer_of_request(request)).filter(pk=key).first()
    if case is None:
        raise Http404
    return case


def document_for(request: HttpRequest, key: UUID) -> Document:
    """The document, when its case and its audience are open to this person. Raises Http404."""
    viewer = viewer_of_request(request)
    row = Document.objects.select_related("case").filter(pk=key).first()
    if (
        row is None
        or row.audience not in audiences_in(viewer, row.case)
        or not cases_visible_to(viewer).filter(pk=row.case_id).exists()
    ):
        raise Http404
    return row


def notice_for(request: HttpRequest, key: UUID) -> Notice:
    """The letter, when this person may read it. Raises Http404."""
    rows = notices_visible_to(viewer_of_request(request))
    row = rows.select_related("case").filter(pk=key).first()
    if row is None:
        raise Http404
    return row


def note_read(request: HttpRequest, participant: UUID | None, what: str, purpose: str) -> None:
    """Keep in the log of reads that somebody other than the participant itself looked (971(c))."""
    viewer = viewer_of_request(request)
    if participant is not None and participant not in viewer.participants:
        log_read(viewer.account, reading_office(viewer), participant, what[:200], purpose, timezone.now())
