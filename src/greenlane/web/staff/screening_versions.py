"""One version of a list: where it comes from, its files by hash, and what differs from another version (964(b))."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from greenlane.vetting.lists.entries import ListKind
from greenlane.vetting.models import ListVersion
from greenlane.vetting.queries import list_history
from greenlane.vetting.queries_versions import Changed, What, counts_between, page_between, version_of
from greenlane.vetting.sides import LISTED
from greenlane.web import components as c
from greenlane.web.authority import STAFF, declared
from greenlane.web.staff.screening_tabs import KIND_TITLES, crumbs

SHOWN = 50
TITLES: dict[What, Any] = {
    "added": gettext_lazy("Added"),
    "changed": gettext_lazy("Changed"),
    "removed": gettext_lazy("Removed"),
}


@declared(*STAFF)
@require_safe
def version(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """The provenance of a version, and the entries that were added, changed and removed since another one."""
    found = version_of(kind, number) if kind in {one.value for one in ListKind} else None
    if found is None:
        raise Http404
    before = _number(request.GET.get("from", ""), number - 1)
    if not 0 < before < number:
        before = number - 1
    title = KIND_TITLES[ListKind(kind)]
    list_href = reverse("web:screening-list", args=[kind])
    context: dict[str, Any] = {
        "title": title,
        "list_version": found,
        "files": _files(found),
        "facts": _facts(found),
        "crumbs": crumbs(c.Crumb(title, list_href), c.Crumb(_("Version %(number)d") % {"number": number})),
    }
    if before:
        context |= _difference(request, found, before)
    return render(request, "web/staff/list_version.html", context)


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def _difference(request: HttpRequest, found: ListVersion, before: int) -> dict[str, Any]:
    counts = counts_between(found.kind, before, found.number)
    asked = request.GET.get("what", "")
    what: What = asked if asked in TITLES else next((w for w in TITLES if counts[w]), "added")
    start = (max(1, _number(request.GET.get("page", ""), 1)) - 1) * SHOWN
    rows = page_between(found.kind, before, found.number, what, start, SHOWN)

    def query(**more: object) -> str:
        return "?" + urlencode({"from": before, "what": what, **more})

    page, total = start // SHOWN + 1, counts[what]
    earlier = list_history(found.kind).filter(number__lt=found.number).values_list("number", flat=True)
    return {
        "before": before,
        "earlier": list(earlier[:50]),
        "what": what,
        "tabs": [c.Tab(TITLES[one], query(what=one), one == what, counts[one]) for one in TITLES],
        "difference": _table(rows, what),
        "page": c.Page(
            query(page=page - 1) if page > 1 else "",
            query(page=page + 1) if start + SHOWN < total else "",
            _("%(first)d to %(last)d of %(total)d") % {"first": start + 1, "last": start + len(rows), "total": total}
            if rows
            else "",
        ),
    }


def _table(rows: list[Changed], what: What) -> c.Table:
    """The entries of one page; of changed ones a row for each field, with what stood before and what stands now."""
    columns = [c.Column(_("Entry"), heads_row=True), c.Column(_("Name"))]
    if what == "changed":
        columns += [c.Column(_("What reads otherwise")), c.Column(_("Before")), c.Column(_("Now"))]
        lines = [line for one in rows for line in _changes(one)]
    else:
        columns.append(c.Column(_("Kind")))
        lines = [c.Row((*_named(one), one.entry.party_type)) for one in rows]
    return c.Table(TITLES[what], columns, lines, caption_hidden=True, empty=_("None."))


def _named(one: Changed) -> tuple[str, str]:
    return f"{one.entry.list_code} {one.entry.entry_key}", one.entry.primary_name


def _changes(one: Changed) -> list[c.Row]:
    found = [
        c.Row((*_named(one), _(LISTED[change.fact]), "; ".join(change.gone) or "-", "; ".join(change.new) or "-"))
        for change in one.differences
    ]
    return found or [c.Row((*_named(one), _("Only the order of what it says"), "-", "-"))]


def _files(found: ListVersion) -> c.Table:
    columns = (c.Column(_("File"), heads_row=True), c.Column(_("Name")), c.Column(_("SHA-256")))
    rows = [c.Row((file["role"], file["file_name"] or "-", file["sha256"])) for file in found.files]
    return c.Table(_("Files as they were imported"), columns, rows)


def _facts(found: ListVersion) -> list[c.Fact]:
    counts = found.counts.get("lists", {})
    facts = [
        c.Fact(_("Source"), found.source),
        c.Fact(_("Published"), found.published_on or "-"),
        c.Fact(_("Retrieved"), found.retrieved_on),
        c.Fact(_("Imported"), found.imported_on),
        c.Fact(_("Superseded"), found.superseded_on or _("No: parties are screened against this version")),
        c.Fact(_("Entries"), found.entries),
        c.Fact(_("By list"), "; ".join(f"{code} {count}" for code, count in counts.items()) or "-"),
        c.Fact(_("Read by"), found.parser),
        c.Fact(_("SHA-256 of the entries"), found.sha256),
    ]
    return [*facts, c.Fact(_("Warnings accepted because"), found.accepted)] if found.accepted else facts
