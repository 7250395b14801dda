"""Screening: official lists by version and age, and their import (6 USC 964(b))."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from greenlane.casework.answers import Answer
from greenlane.casework.problems import BadInput, Problem
from greenlane.law.authority import Office
from greenlane.records.documents import clean_name
from greenlane.vetting.commands_lists import ImportList
from greenlane.vetting.importing import prepare
from greenlane.vetting.lists.entries import ListKind
from greenlane.vetting.lists.reading import ROLES
from greenlane.vetting.models import ListVersion
from greenlane.vetting.queries import list_history, lists_on_record
from greenlane.web import components as c
from greenlane.web import forms
from greenlane.web.authority import STAFF, declared, viewer_of_request
from greenlane.web.giving import add_problems, give, key_field, refusal
from greenlane.web.staff.screening_tabs import KIND_TITLES, crumbs, tabs

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

IMPORTERS = (Office.VETTING_ANALYST, Office.PROGRAMME_MANAGER)
LARGEST = 200 * 1024 * 1024


@declared(*STAFF)
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Every official list that can be read: its version on record, how old it is, and how to import it."""
    viewer = viewer_of_request(request)
    found = {one.version.kind: one for one in lists_on_record(viewer.on)}
    rows = [{"kind": kind, "title": title, "state": found.get(kind.value)} for kind, title in KIND_TITLES.items()]
    context = {
        "rows": rows,
        "tabs": tabs("lists", request),
        "may_import": bool(viewer.offices & set(IMPORTERS)),
    }
    return render(request, "web/staff/lists.html", context)


class ImportForm(forms.GreenlaneForm):
    """The files of a list, where they come from and when they were retrieved."""

    source = forms.TextField(
        label=gettext_lazy("Source"),
        max_length=500,
        help_text=gettext_lazy("The address from which you downloaded it, or who gave it to you."),
    )
    retrieved_on = forms.MemorableDateField(
        label=gettext_lazy("Retrieved on"),
        help_text=gettext_lazy("The day on which the publisher offered these files."),
    )
    accept_drop = forms.YesNoField(
        label=gettext_lazy("Accept the warnings, if there are any"),
        help_text=gettext_lazy("Only after you have checked with the publisher that so much is really gone."),
        required=False,
    )
    reason = forms.TextAreaField(label=gettext_lazy("Why they are accepted"), rows=2, required=False)

    def __init__(self, *args: Any, kind: ListKind, **options: Any) -> None:
        super().__init__(*args, **options)
        roles = {
            f"file_{role.name}": forms.UploadField(label=role.official_name, required=role.required, max_bytes=LARGEST)
            for role in ROLES[kind]
        }
        self.fields = {**roles, **self.fields}
        self.roles = [role.name for role in ROLES[kind]]

    @property
    def uploads(self) -> dict[str, UploadedFile[bytes]]:
        data = self.cleaned_data
        return {role: data[f"file_{role}"] for role in self.roles if data.get(f"file_{role}")}


@contextmanager
def _on_disk(uploads: dict[str, UploadedFile[bytes]]) -> Iterator[dict[str, Path]]:
    """The uploaded files under their own names, each in a folder of its role; gone again afterwards."""
    folder = Path(mkdtemp(prefix="greenlane-list-"))
    try:
        paths = {}
        for role, upload in uploads.items():
            place = folder / role
            place.mkdir()
            paths[role] = place / (clean_name(upload.name or role) or role)
            with paths[role].open("wb") as file:
                for chunk in upload.chunks():
                    file.write(chunk)
        yield paths
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@declared(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def one_list(request: HttpRequest, kind: str) -> HttpResponse:
    """The versions of a list, and the form that imports a new one; a refused file is told line by line."""
    if kind not in {one.value for one in ListKind}:
        raise Http404
    which, viewer = ListKind(kind), viewer_of_request(request)
    may_import = bool(viewer.offices & set(IMPORTERS))
    form = answer = None
    problems: tuple[Problem, ...] = ()
    if may_import:
        posted = request.method == "POST"
        form = ImportForm(request.POST if posted else None, request.FILES if posted else None, kind=which)
        if form.is_bound and form.is_valid():
            answer, problems = _import(request, which, form)
            if answer is not None and answer.granted:
                messages.success(request, _("The list was taken whole."))
                return HttpResponseRedirect(request.path)
    elif request.method == "POST":
        raise Http404
    context = {
        "title": KIND_TITLES[which],
        "history": _history(list(list_history(kind)[:20])),
        "form": form,
        "problems": problems,
        "refusal": refusal(answer, form),
        "key_field": key_field(),
        "crumbs": crumbs(c.Crumb(KIND_TITLES[which])),
    }
    return render(request, "web/staff/list.html", context, status=422 if request.method == "POST" else 200)


def _import(request: HttpRequest, kind: ListKind, form: ImportForm) -> tuple[Answer | None, tuple[Problem, ...]]:
    data = form.cleaned_data
    try:
        with _on_disk(form.uploads) as paths:
            command = prepare(
                kind,
                paths,
                data["source"],
                data["retrieved_on"],
                accept_drop=bool(data["accept_drop"]),
                reason=data["reason"],
            )
            return give(request, ImportList, vars(command)), ()
    except BadInput as bad:
        known = tuple(p for p in bad.problems if p.where.partition(".")[0] in form.fields)
        if known:
            add_problems(form, BadInput(known))
        return None, tuple(p for p in bad.problems if p not in known)


def _history(rows: list[ListVersion]) -> c.Table:
    columns = (
        c.Column(_("Version"), heads_row=True, numeric=True), c.Column(_("Published")), c.Column(_("Retrieved")),
        c.Column(_("Entries"), numeric=True), c.Column(_("New"), numeric=True), c.Column(_("Changed"), numeric=True),
        c.Column(_("Removed"), numeric=True), c.Column(_("Source")), c.Column(_("SHA-256 of the entries")),
    )  # fmt: skip
    return c.Table(
        _("Versions on record"),
        columns,
        [
            c.Row((c.Link(row.number, reverse("web:screening-version", args=[row.kind, row.number])),
                   row.published_on or "-", row.retrieved_on, row.entries, row.added, row.changed,
                   row.removed, row.source, row.sha256[:16] + "…"))
            for row in rows
        ],
        empty=_("No version of this list has been imported yet."),
    )  # fmt: skip
