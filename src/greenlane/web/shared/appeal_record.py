"""The record of appeal as a page, as data and as a signed bundle, for both sides (6 USC 967(c), 971(b))."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from greenlane.appeals import record
from greenlane.appeals.models import RecordOfAppeal
from greenlane.people.visibility import audiences_of
from greenlane.records.bundle import BundleRefused, export_bundle
from greenlane.web import components as c
from greenlane.web.authority import COMPANY, STAFF, declared, viewer_of_request
from greenlane.web.shared.access import case_for, note_read
from greenlane.web.words import say


def _record(request: HttpRequest, key: UUID, purpose: str) -> RecordOfAppeal:
    """The record, when the person may know of its appeal; the read is logged. Raises Http404."""
    row = RecordOfAppeal.objects.select_related("appeal__participant").filter(pk=key).first()
    if row is None:
        raise Http404
    case_for(request, row.appeal_id)
    note_read(request, row.appeal.participant_id, f"record of appeal {row.pk}", purpose)
    return row


@declared(*COMPANY, *STAFF)
@require_safe
def page(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the decision rested on, item by item, each with its hash, and whether all is as it was frozen."""
    row = _record(request, key, "read")
    changed = record.altered(row)
    viewer = viewer_of_request(request)
    own = row.appeal.participant_id in viewer.participants
    back = (
        reverse("web:trader-case", kwargs={"participant": row.appeal.participant_id, "key": row.appeal_id})
        if own
        else reverse("web:case", args=[row.appeal_id])
    )
    context = {
        "record": row,
        "changed": changed,
        "table": _table(row, set(changed)),
        "crumbs": [c.Crumb(_("Appeal"), back), c.Crumb(_("Record of appeal"))],
    }
    return render(request, "web/appeals/record.html", context)


def _table(row: RecordOfAppeal, changed: set[str]) -> c.Table:
    columns = (
        c.Column(_("Day")), c.Column(_("What"), heads_row=True), c.Column(_("Kind")), c.Column("SHA-256"),
        c.Column(_("As frozen")),
    )  # fmt: skip
    rows = [
        c.Row(
            (
                date.fromisoformat(item["on"]),
                _title(item),
                _kind(item["kind"]),
                item["sha256"],
                c.Chip(_("No"), "bad") if item["ref"] in changed else c.Chip(_("Yes"), "good"),
            )
        )
        for item in row.items
    ]
    return c.Table(_("What the decision rested on"), columns, rows, caption_hidden=True)


def _title(item: dict[str, Any]) -> Any:
    if not item["title"]:
        return _("Kept by the programme: its words are for the staff; its day and hash are shown")
    if item["kind"] == "document":
        return c.Link(item["title"], reverse("web:document", args=[item["ref"]]))
    if item["kind"] == "notice":
        return c.Link(item["title"], reverse("web:letter", args=[item["ref"]]))
    return item["title"]


def _kind(kind: str) -> str:
    return {"entry": _("Entry"), "document": _("Document"), "notice": _("Letter")}[kind]


@declared(*COMPANY, *STAFF)
@require_safe
def data(request: HttpRequest, key: UUID) -> HttpResponse:
    """The record as the data that was hashed, with its hash."""
    row = _record(request, key, "download")
    body = json.dumps({**record.content_of(row), "sha256": row.sha256}, ensure_ascii=False, indent=1)
    return _download(body.encode(), f"record-of-appeal-{row.number}.json", "application/json")


@declared(*COMPANY, *STAFF)
@require_safe
def bundle(request: HttpRequest, key: UUID) -> HttpResponse:
    """The signed bundle of the case that was decided: entries that this person may read, with proofs and documents."""
    row = _record(request, key, "download")
    audiences = audiences_of(viewer_of_request(request), row.appeal.participant_id)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.zip"
        try:
            export_bundle(path, subject=row.appeal.consequence_id, audiences=audiences, with_documents=True)
        except BundleRefused as refused:
            return render(request, "web/appeals/no_bundle.html", {"why": say(refused.sentence)}, status=409)
        content = path.read_bytes()
    return _download(content, f"record-of-appeal-{row.number}.zip", "application/zip")


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Cache-Control"] = "no-store"
    return response
