"""What the platform meant to do by itself and could not, for a person to look at (6 USC 971(b))."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from greenlane.casework import outbox
from greenlane.casework.models import Case, OutboxMessage
from greenlane.casework.queue import WORK_KINDS
from greenlane.records.models import Entry
from greenlane.web import components as c
from greenlane.web.authority import declared
from greenlane.web.staff import wording
from greenlane.web.staff.audit import AUDITORS

SHOWN = 100


@declared(*AUDITORS)
@require_safe
def undone(request: HttpRequest) -> HttpResponse:
    """Refused steps, which are never tried again, and failed ones, which are."""
    refused = list(outbox.refused()[:SHOWN])
    failed = list(OutboxMessage.objects.filter(done_at=None).exclude(error="").order_by("-created_at", "id")[:SHOWN])
    entries = {one.uid: one for one in Entry.objects.filter(uid__in={row.entry for row in (*refused, *failed)})}
    cases = Case.objects.in_bulk({one.subject for one in entries.values()})
    context = {
        "refused": _table(_("Refused by the law's rules"), refused, entries, cases),
        "failed": _table(_("Failed, and tried again"), failed, entries, cases),
        "crumbs": [c.Crumb(_("Audit"), reverse("web:audit")), c.Crumb(_("What the platform could not do"))],
    }
    return render(request, "web/staff/undone.html", context)


def _table(caption: str, rows: list[OutboxMessage], entries: dict[Any, Entry], cases: dict[Any, Case]) -> c.Table:
    columns = (
        c.Column(_("Because of"), heads_row=True), c.Column(_("Case")), c.Column(_("Step")), c.Column(_("When")),
        c.Column(_("Why not")),
    )  # fmt: skip
    return c.Table(caption, columns, [_row(row, entries, cases) for row in rows], empty=_("Nothing."))


def _row(row: OutboxMessage, entries: dict[Any, Entry], cases: dict[Any, Case]) -> c.Row:
    entry = entries.get(row.entry)
    case = cases.get(entry.subject) if entry else None
    place: Any = case.reference if case else "-"
    if case is not None and case.kind in WORK_KINDS:
        place = c.Link(case.reference, reverse("web:case", args=[case.pk]))
    cause: Any = wording.readable(entry.kind.rpartition(".")[2]) if entry else "-"
    link = c.Link(cause, reverse("web:entry", args=[row.entry])) if entry else cause
    step = _("Letter") if row.kind == "notice" else wording.readable(row.name.rpartition(".")[2])
    why = row.error if row.done_at else _("Tried %(n)d times; the server's log has the details.") % {"n": row.attempts}
    return c.Row((link, place, step, row.done_at or row.created_at, why))
