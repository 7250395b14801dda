"""Commands on any case: receive a document, serve a notice (6 USC 971(b))."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.entries import DocumentReceived, NoticeServed
from greenlane.casework.models import Document
from greenlane.casework.notices import frozen_hash
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Verdict, finding


@command("6 USC 971(b)", title=N_("Upload a document"))
@dataclass(frozen=True, kw_only=True)
class UploadDocument(Command):
    """Add a document, or a new version of one, to a case. The file is checked and stored first."""

    case_id: UUID
    title: str = field(metadata={"label": N_("Title"), "help": N_("What the document shows, in a few words.")})
    file_name: str
    media_type: str
    size: int
    sha256: str
    replaces: UUID | None = field(
        default=None, metadata={"label": N_("Replaces"), "help": N_("The document that this is a new version of.")}
    )


@handles(UploadDocument)
def upload_document(ctx: Context, cmd: UploadDocument) -> Decision:
    case = ctx.the_case
    older = Document.objects.filter(case=case, pk=cmd.replaces).first() if cmd.replaces else None
    number = Document.objects.filter(series=older.series).count() + 1 if older else 1
    document_id = ctx.new_id()
    verdict = Verdict(
        (
            finding(
                "6 USC 971(b)",
                "document_named",
                bool(cmd.title.strip()),
                N_("The document has a title."),
                N_("The document has no title."),
                mend=N_("Say in a few words what the document shows."),
                where="title",
            ),
            finding(
                "6 USC 971(b)",
                "replaced_document_is_here",
                cmd.replaces is None or older is not None,
                N_("The document has its place in this case."),
                N_("The document that it replaces is not in this case."),
                mend=N_("Choose a document of this case, or upload it as a new one."),
                where="replaces",
            ),
        )
    )
    received = DocumentReceived(
        document_id=document_id,
        series=older.series if older else document_id,
        number=number,
        title=cmd.title.strip()[:200],
        file_name=cmd.file_name,
        media_type=cmd.media_type,
        size=cmd.size,
        sha256=cmd.sha256,
    )
    return Decision(verdict, (received,))


@command("6 USC 971(b)", title=N_("Serve a notice"), internal=True)
@dataclass(frozen=True, kw_only=True)
class ServeNotice(Command):
    """Serve a notice whose words are frozen with their hash."""

    case_id: UUID
    template: str
    title: str
    body: list[dict[str, Any]]
    sha256: str
    entry: UUID


@handles(ServeNotice)
def serve_notice(ctx: Context, cmd: ServeNotice) -> Decision:
    verdict = Verdict(
        (
            finding(
                "6 USC 971(b)",
                "words_as_composed",
                frozen_hash(cmd.title, cmd.body) == cmd.sha256,
                N_("The words are those that were composed."),
                N_("The words are not those that were composed."),
            ),
        )
    )
    served = NoticeServed(
        notice_id=ctx.new_id(), template=cmd.template, title=cmd.title, body=cmd.body, sha256=cmd.sha256
    )
    return Decision(verdict, (served,))
