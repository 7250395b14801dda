"""For those who hold the programme to account: verification, checkpoints, refusals by clause (971(b)-(c))."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from greenlane.casework import recording
from greenlane.casework.context import Recorded
from greenlane.casework.models import Case
from greenlane.casework.queue import WORK_KINDS
from greenlane.casework.recording import CommandRefused
from greenlane.law.authority import Office
from greenlane.people.visibility import reading_office
from greenlane.records.ledger import latest_checkpoint
from greenlane.records.models import Checkpoint, Entry, Inbox
from greenlane.records.reads import log_read
from greenlane.records.verify import verify_ledger
from greenlane.web import components as c
from greenlane.web.authority import OFFICE_TITLES, declared, viewer_of_request
from greenlane.web.staff import people
from greenlane.web.staff.oversight import SOUND, UNSOUND, VERIFIED
from greenlane.web.words import say

AUDITORS = (Office.AUDITOR, Office.PROGRAMME_MANAGER)
MOST_HERE = 200_000
"""Entries up to which the page itself verifies; a larger record takes longer than a page may."""
REFUSALS_READ = 2_000
REFUSALS_SHOWN = 100


@declared(*AUDITORS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The newest checkpoints, and the button that verifies."""
    return _overview(request)


def _overview(request: HttpRequest, **more: Any) -> HttpResponse:
    rows = list(Checkpoint.objects.order_by("-size")[:10])
    columns = (c.Column(_("Entries"), heads_row=True, numeric=True), c.Column(_("Sealed")), c.Column(_("Root")))
    table = c.Table(
        _("The newest signed checkpoints"),
        columns,
        [c.Row((row.size, row.sealed_at, bytes(row.root).hex())) for row in rows],
        empty=_("Nothing has been sealed yet. The site's worker seals new entries every minute."),
    )
    size = rows[0].size if rows else 0
    context = {
        "table": table,
        "note": rows[0].note if rows else "",
        "size": size,
        "waiting": Inbox.objects.count(),
        "too_long": size > MOST_HERE,
        "most": MOST_HERE,
        **more,
    }
    return render(request, "web/staff/audit.html", context)


@declared(*AUDITORS)
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Check every entry, leaf and checkpoint now; only up to a size at which it is done while a person waits."""
    last = latest_checkpoint()
    if last is not None and last.size > MOST_HERE:
        return _overview(request)
    began = perf_counter()
    report = verify_ledger()
    seconds = perf_counter() - began
    viewer, result = viewer_of_request(request), SOUND if report.sound else UNSOUND
    log_read(viewer.account, reading_office(viewer), None, VERIFIED, result, timezone.now())
    lines = [say(line) for line in report.lines()]
    return _overview(request, report=report, lines=lines[:60], seconds=f"{seconds:.1f}", hidden=max(len(lines) - 60, 0))


@dataclass(frozen=True)
class Refused:
    """A refused command with the clauses that stood in its way."""

    one: Recorded
    entry_at: datetime

    @property
    def cites(self) -> list[str]:
        failing = self.one.verdict.failing if self.one.verdict else ()
        return list(dict.fromkeys(reason.citation.cite for reason in failing))


@declared(*AUDITORS, Office.SUPERVISOR)
@require_safe
def refusals(request: HttpRequest) -> HttpResponse:
    """What was asked for and refused, counted by the clause that stood in its way."""
    kind = CommandRefused.entry_kind
    total = Entry.objects.filter(kind=kind).count()
    rows = [recording.read(row) for row in Entry.objects.filter(kind=kind).order_by("-id")[:REFUSALS_READ]]
    found = [Refused(one, one.at) for one in rows]
    by_clause = Counter(cite for one in found for cite in one.cites)
    asked = request.GET.get("cite", "")
    chosen = [one for one in found if asked in one.cites] if asked in by_clause else found
    context = {
        "facets": [
            c.Facet(cite, count, f"?cite={cite.replace(' ', '+')}", "info" if cite == asked else "neutral")
            for cite, count in by_clause.most_common(12)
        ],
        "chips": [c.Filter(asked, reverse("web:audit-refusals"))] if asked in by_clause else [],
        "table": _refusals(chosen[:REFUSALS_SHOWN]),
        "total": total,
        "read": len(found),
        "shown": min(len(chosen), REFUSALS_SHOWN),
        "matching": len(chosen),
    }
    return render(request, "web/staff/refusals.html", context)


def _refusals(found: list[Refused]) -> c.Table:
    names = people.names(one.one.actor for one in found)
    cases = Case.objects.in_bulk({one.one.subject for one in found})
    columns = (
        c.Column(_("When"), heads_row=True), c.Column(_("What was asked")), c.Column(_("By")), c.Column(_("Case")),
        c.Column(_("Why not")), c.Column(_("Clause")),
    )  # fmt: skip
    return c.Table(_("Refusals, the newest first"), columns, [_row(one, names, cases) for one in found])


def _row(found: Refused, names: dict[Any, str], cases: dict[Any, Case]) -> c.Row:
    one = found.one
    assert isinstance(one.data, CommandRefused)
    failing = one.verdict.failing if one.verdict else ()
    why = " ".join(say(reason.sentence) for reason in failing[:2])
    if len(failing) > 2:
        why += " " + _("And %(n)d more.") % {"n": len(failing) - 2}
    case = cases.get(one.subject)
    place: Any = case.reference if case else "-"
    if case is not None and case.kind in WORK_KINDS:
        place = c.Link(case.reference, reverse("web:case", args=[case.pk]))
    known = one.office in set(Office)
    who = names.get(one.actor) or (str(OFFICE_TITLES[Office(one.office)]) if known else _("Nobody's office"))
    asked = c.Link(one.data.command, reverse("web:entry", args=[one.uid]))
    return c.Row((one.at, asked, who, place, why, ", ".join(found.cites)))
