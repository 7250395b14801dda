"""How documents and notices follow from the record (6 USC 971(b))."""

from __future__ import annotations

from greenlane.casework.context import Recorded
from greenlane.casework.entries import DocumentReceived, NoticeServed
from greenlane.casework.models import Document, Notice
from greenlane.casework.registry import applies


@applies(DocumentReceived)
def document_received(data: DocumentReceived, one: Recorded) -> None:
    Document.objects.create(
        id=data.document_id,
        series=data.series,
        version=data.number,
        case_id=one.subject,
        participant_id=one.participant,
        title=data.title,
        file_name=data.file_name,
        media_type=data.media_type,
        size=data.size,
        sha256=data.sha256,
        uploaded_on=one.on,
        uploaded_by=one.actor,
        audience=one.audience,
    )


@applies(NoticeServed)
def notice_served(data: NoticeServed, one: Recorded) -> None:
    Notice.objects.create(
        id=data.notice_id,
        case_id=one.subject,
        participant_id=one.participant,
        template=data.template,
        subject=data.title,
        body=data.body,
        sha256=data.sha256,
        served_on=one.on,
        entry=one.uid,
    )
