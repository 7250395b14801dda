"""The companies of the programme for staff: find one, see how it stands, open a case for it (6 USC 962, 971(b))."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from greenlane.casework.answers import Answer
from greenlane.casework.queue import WORK_KINDS, soonest
from greenlane.law.authority import Office
from greenlane.participants.benefits import benefits_on, stood_on
from greenlane.participants.models import Participant
from greenlane.participants.queries import search
from greenlane.people.visibility import Viewer, cases_visible_to, participants_visible_to
from greenlane.web import components as c
from greenlane.web.authority import STAFF, declared, viewer_of_request
from greenlane.web.choices import Scene
from greenlane.web.command_pages import Asking, known
from greenlane.web.offering import openers
from greenlane.web.shared.access import note_read
from greenlane.web.shared.benefits import benefit_rows
from greenlane.web.staff import wording

SHOWN = 50
OUTSIDE = (Office.VALIDATOR, Office.PARTNER_AGENCY)
LONGEST_TEXT = 100


@declared(*STAFF)
@require_safe
def companies(request: HttpRequest) -> HttpResponse:
    """Find a company by its name or a number that the trade knows it by."""
    viewer = viewer_of_request(request)
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_TEXT]
    rows = participants_visible_to(viewer, Participant.objects.all())
    if asked:
        rows = rows.filter(pk__in=search(asked))
    found = list(rows.order_by("legal_name", "business_type", "pk")[: SHOWN + 1])
    table = c.Table(
        _("Companies"),
        (c.Column(_("Company"), heads_row=True), c.Column(_("Business type")), c.Column(_("Standing")),
         c.Column(_("Tier"), numeric=True), c.Column(_("Registered"))),
        [_row(row, viewer) for row in found[:SHOWN]],
        caption_hidden=True,
        empty=_("No company has this name or number."),
    )  # fmt: skip
    context = {"table": table, "asked": asked, "cut": len(found) > SHOWN, "shown": SHOWN}
    return render(request, "web/staff/companies.html", context)


def _row(row: Participant, viewer: Viewer) -> c.Row:
    return c.Row(
        (
            c.Link(row.legal_name, reverse("web:staff-company", args=[row.pk])),
            wording.business_type(row.programme, row.business_type, viewer.on),
            wording.chip(wording.STANDINGS, row.standing),
            row.tier or "",
            row.registered_on,
        )
    )


def _company(request: HttpRequest, participant: UUID) -> Participant:
    rows = Participant.objects.select_related("group")
    row = participants_visible_to(viewer_of_request(request), rows).filter(pk=participant).first()
    if row is None:
        raise Http404
    return row


@declared(*STAFF)
@require_safe
def company(request: HttpRequest, participant: UUID) -> HttpResponse:
    """One company: standing and tier since when, what it is given and denied, its cases, what can be opened for it."""
    viewer, row = viewer_of_request(request), _company(request, participant)
    note_read(request, row.pk, "overview of the company", "work on the company")
    stood = stood_on(row.pk, viewer.on)
    cases = list(
        cases_visible_to(viewer)
        .filter(participant_id=row.pk, kind__in=WORK_KINDS)
        .order_by("-opened_on", "-reference")[:SHOWN]
    )
    context = {
        "company": row,
        "business_type": wording.business_type(row.programme, row.business_type, viewer.on),
        "standing": wording.chip(wording.STANDINGS, stood.standing),
        "stood": stood,
        "benefits": benefit_rows(benefits_on(row, viewer.on)),
        "cases": _cases(cases, viewer),
        "actions": [
            {
                "href": reverse("web:staff-company-give", args=[row.pk, spec.name]),
                "title": _(spec.title),
                "help": _(spec.summary),
            }
            for spec in openers(viewer, row.pk)
        ],
        "crumbs": [c.Crumb(_("Companies"), reverse("web:staff-companies")), c.Crumb(row.legal_name)],
    }
    return render(request, "web/staff/company.html", context)


def _cases(rows: list[Any], viewer: Viewer) -> c.Table:
    due = soonest(rows, viewer.on)
    columns = (c.Column(_("Case"), heads_row=True), c.Column(_("Kind")), c.Column(_("State")), c.Column(_("Since")),
               c.Column(_("Due")))  # fmt: skip
    cells = [
        c.Row((c.Link(row.reference, reverse("web:case", args=[row.pk])), wording.kind_words(row.kind),
               wording.chip(wording.STATES, row.state), row.state_since, due.get(row.pk, "")))
        for row in rows
    ]  # fmt: skip
    return c.Table(_("Cases"), columns, cells, caption_hidden=True, empty=_("No case was opened for this company."))


@declared(*STAFF, *OUTSIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def give_for_company(request: HttpRequest, participant: UUID, command: str) -> HttpResponse:
    """Give a command that opens a case for a company."""
    row = _company(request, participant)
    spec = known(command)
    if spec.case_field and spec.case_field != "participant_id":
        raise Http404
    back = reverse("web:staff-company", args=[row.pk])
    scene = Scene(viewer_of_request(request), None, row)
    asking = Asking(request, spec, scene, back, fixed={"participant_id": row.pk})
    crumbs = [c.Crumb(row.legal_name, back), c.Crumb(_(spec.title))]
    return asking.answer(
        "web/staff/give_open.html", {"company": row.legal_name, "crumbs": crumbs}, _after(request, back)
    )


@declared(*STAFF, *OUTSIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def give_at_large(request: HttpRequest, command: str) -> HttpResponse:
    """Give a command that opens a case of no company."""
    spec = known(command)
    if spec.case_field:
        raise Http404
    back = reverse("web:staff-home")
    asking = Asking(request, spec, Scene(viewer_of_request(request)), back)
    return asking.answer("web/staff/give_open.html", {"crumbs": [c.Crumb(_(spec.title))]}, _after(request, back))


def _after(request: HttpRequest, back: str) -> Any:
    """To the case that was opened, when this person may see it."""

    def after(answer: Answer) -> str:
        rows = cases_visible_to(viewer_of_request(request)).filter(pk=answer.case_id, kind__in=WORK_KINDS)
        return reverse("web:case", args=[answer.case_id]) if answer.case_id and rows.exists() else back

    return after
