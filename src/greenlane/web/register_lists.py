"""The list of 967(b): public once published, for participants before, and its draft for the manager (6 USC 967(b))."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from greenlane.appeals import register
from greenlane.appeals.commands_list import PublishFederalRegisterList
from greenlane.appeals.models import RegisterList
from greenlane.appeals.register_pdf import list_pdf
from greenlane.law.authority import Office
from greenlane.participants.models import Participant
from greenlane.people.visibility import Viewer
from greenlane.programs.models import Programme
from greenlane.web import components as c
from greenlane.web import forms
from greenlane.web.authority import declared, viewer_of_request
from greenlane.web.dates import MemorableDateField
from greenlane.web.giving import attempt, key_field, refusal
from greenlane.web.panels.appeal import MEASURES
from greenlane.web.staff import wording

MANAGER = Office.PROGRAMME_MANAGER


def rank_of(viewer: Viewer, programme: str) -> int:
    """The highest tier that a company of this viewer holds in a programme; 0 for none."""
    rows = Participant.objects.filter(pk__in=viewer.participants, programme=programme, standing="certified")
    return max(rows.values_list("tier", flat=True), default=0)


def visible(viewer: Viewer, one: RegisterList) -> bool:
    """Is the list open to this viewer? Staff see it, participants too; everybody once it is published."""
    return viewer.is_staff or register.may_see(one, rank_of(viewer, one.programme), viewer.on).granted


def _list(request: HttpRequest, key: UUID) -> RegisterList:
    """Raises Http404: a list that is not open to this person does not exist for it."""
    one = RegisterList.objects.filter(pk=key).first()
    if one is None or not visible(viewer_of_request(request), one):
        raise Http404
    return one


@declared("public")
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Every published list; participants also find those that wait for the Federal Register."""
    viewer = viewer_of_request(request)
    rows = [one for one in RegisterList.objects.order_by("programme", "-number") if visible(viewer, one)]
    columns = (c.Column(_("List"), heads_row=True), c.Column(_("Programme")), c.Column(_("Published")), c.Column(""))
    table = c.Table(
        _("Lists"),
        columns,
        [
            c.Row(
                (
                    c.Link(_("List %(number)s") % {"number": one.number}, reverse("web:register-list", args=[one.pk])),
                    one.programme,
                    one.published_on,
                    "" if one.published_on <= viewer.on else c.Chip(_("for participants only until then"), "warn"),
                )
            )
            for one in rows
        ],
        caption_hidden=True,
        empty=_("No list has been published."),
    )
    programmes = list(Programme.objects.order_by("code")) if MANAGER in viewer.offices else []
    return render(request, "web/appeals/lists.html", {"table": table, "programmes": programmes})


@declared("public")
@require_safe
def one_list(request: HttpRequest, key: UUID) -> HttpResponse:
    """A list, name by name, each with why it may be there."""
    one = _list(request, key)
    columns = (
        c.Column(_("Participant"), heads_row=True), c.Column(_("Place")), c.Column(_("Measure")),
        c.Column(_("Decided")), c.Column(_("Until")), c.Column(_("Appeal process")),
    )  # fmt: skip
    rows = [
        c.Row(
            (
                row.name,
                ", ".join(part for part in (row.city, row.country) if part),
                MEASURES.get(row.measure, row.measure),
                row.decided_on,
                row.period_until or "",
                " ".join(register.row_of(row)["appeal_process"]),
            )
        )
        for row in one.names.order_by("position")
    ]
    crumbs = [
        c.Crumb(_("Published lists"), reverse("web:register-lists")),
        c.Crumb(_("List %(n)s") % {"n": one.number}),
    ]
    waits = one.published_on > viewer_of_request(request).on
    table = c.Table(_("Names"), columns, rows, caption_hidden=True)
    return render(request, "web/appeals/list.html", {"one": one, "table": table, "crumbs": crumbs, "waits": waits})


@declared("public")
@require_safe
def list_file(request: HttpRequest, key: UUID, form: str) -> HttpResponse:
    """The list as PDF, JSON or CSV."""
    if form not in ("pdf", "json", "csv"):
        raise Http404
    one = _list(request, key)
    name = f"{one.programme}-federal-register-list-{one.number}.{form}"
    response: HttpResponse
    if form == "pdf":
        response = HttpResponse(list_pdf(one), content_type="application/pdf")
    elif form == "csv":
        response = HttpResponse(register.csv_of(one), content_type="text/csv; charset=utf-8")
    else:
        response = JsonResponse(register.data_of(one), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class ListForm(forms.GreenlaneForm):
    """Who is listed, when it is printed, and a note."""

    consequences = forms.MultipleChoiceField(label=gettext_lazy("Who is listed"), choices=())
    published_on = MemorableDateField(
        label=gettext_lazy("Day of publication"),
        help_text=gettext_lazy("The day on which the Federal Register prints it, today or later."),
    )
    note = forms.TextAreaField(label=gettext_lazy("Note on the list"), required=False)


@declared(MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, programme: str) -> HttpResponse:
    """Every suspension and expulsion, and whether and why it may or may not be listed today; publish those chosen."""
    row = Programme.objects.filter(code=programme).first()
    if row is None:
        raise Http404
    viewer = viewer_of_request(request)
    found = register.draft(programme, viewer.on)
    posted = request.method == "POST"
    form = ListForm(request.POST if posted else None)
    ready = [one for one in found if one.verdict.granted]
    form.fields["consequences"].choices = [(str(one.consequence.pk), _label(one)) for one in found]  # type: ignore[attr-defined]
    form.initial = {"consequences": [str(one.consequence.pk) for one in ready], "published_on": viewer.on}
    answer = None
    if form.is_bound and form.is_valid():
        values = {**form.cleaned_data, "programme": programme}
        answer = attempt(request, form, PublishFederalRegisterList, values)
        if answer is not None and answer.granted:
            messages.success(request, _("The list is issued."))
            return HttpResponseRedirect(reverse("web:register-list", args=[answer.case_id]))
    context: dict[str, Any] = {
        "row": row, "form": form, "refusal": refusal(answer, form), "key_field": key_field(),
        "candidates": [_shown(one) for one in found], "ready": len(ready),
        "crumbs": [c.Crumb(_("Published lists"), reverse("web:register-lists")), c.Crumb(_("Draft"))],
    }  # fmt: skip
    return render(request, "web/appeals/draft.html", context, status=422 if posted else 200)


def _label(one: register.Candidate) -> str:
    return f"{one.consequence.participant.legal_name} ({one.decision.decided_on.isoformat()})"


def _shown(one: register.Candidate) -> dict[str, Any]:
    granted = one.verdict.granted
    return {
        "name": one.consequence.participant.legal_name,
        "href": reverse("web:case", args=[one.consequence.pk]),
        "measure": MEASURES.get(one.consequence.measure, one.consequence.measure),
        "business_type": wording.business_type(
            one.consequence.programme, one.consequence.participant.business_type, one.decision.decided_on
        ),
        "chip": c.Chip(_("May be listed"), "good") if granted else c.Chip(_("May not be listed"), "bad"),
        "verdict": one.verdict,
    }
