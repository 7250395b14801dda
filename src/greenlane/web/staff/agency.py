"""What another agency reads of participants that consent, under its agreement: a list and a file (971(c))."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from greenlane.casework.tables import CSV
from greenlane.law.authority import Office
from greenlane.programs.models import Programme
from greenlane.sharing import queries, reading
from greenlane.sharing.models import SharingAgreement
from greenlane.sharing.queries import StatusShown
from greenlane.sharing.reading import AgencyLook
from greenlane.web import components as c
from greenlane.web import forms
from greenlane.web.authority import declared, viewer_of_request
from greenlane.web.giving import Refusal
from greenlane.web.staff import wording
from greenlane.web.staff.agency_home import agreements_table

PAGE = 100


class ReadForm(forms.GreenlaneForm):
    """Which programme, and what the look is for: each participant on the list reads it."""

    programme = forms.ChoiceField(label=gettext_lazy("Programme"), choices=())
    purpose = forms.TextField(
        label=gettext_lazy("What for"),
        max_length=100,
        help_text=gettext_lazy("Each participant on the list can read this."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = Programme.objects.order_by("code").values_list("code", "title")
        self.fields["programme"].choices = list(known)  # type: ignore[attr-defined]


@declared(Office.PARTNER_AGENCY)
@require_http_methods(["GET", "HEAD", "POST"])
def participants(request: HttpRequest) -> HttpResponse:
    """The participants that consent, with their status today; asked anew, with its purpose, for every look."""
    viewer = viewer_of_request(request)
    form, seen = ReadForm(request.POST or None), None
    if request.method == "POST" and form.is_valid() and viewer.account is not None:
        data = form.cleaned_data
        look = AgencyLook(viewer.account, data["programme"], data["purpose"], timezone.now())
        wants_file = "file" in request.POST
        seen = reading.agency_list(look, after=_after(request), limit=None if wants_file else PAGE)
        if seen.verdict.granted and wants_file:
            name = f"participants-{viewer.on.isoformat()}.csv"
            named = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
            return HttpResponse(queries.csv_of(seen.found), content_type=CSV, headers=named)
    agency = queries.agency_of(viewer.account, viewer.on) if viewer.account else ""
    context = {
        "title": _("Participants of the programmes"),
        "agency": agency,
        "agreements": _agreements(agency, viewer.on),
        "form": form,
        "refusal": Refusal(seen.verdict, {"purpose": "#id_purpose"}) if seen and not seen.verdict.granted else None,
        "table": _table(form.cleaned_data["programme"], seen.found, viewer) if seen and seen.verdict.granted else None,
        "last": seen.found[-1] if seen and len(seen.found) == PAGE else None,
    }
    wrong = request.method == "POST" and context["table"] is None
    return render(request, "web/staff/agency.html", context, status=422 if wrong else 200)


def _after(request: HttpRequest) -> Any:
    """Where the page before ended: a name and the number of its participant."""
    try:
        return str(request.POST["after_name"])[:200], UUID(request.POST["after_id"])
    except (KeyError, ValueError):
        return None


def _agreements(agency: str, on: date) -> c.Table:
    rows = SharingAgreement.objects.filter(agency=agency).order_by("-since", "id") if agency else []
    return agreements_table(list(rows), dict(Programme.objects.values_list("code", "title")), on, hidden=False)


def _table(programme: str, found: tuple[StatusShown, ...], viewer: Any) -> c.Table:
    columns = (c.Column(_("Participant"), heads_row=True), c.Column(_("Business type")), c.Column(_("Status")),
               c.Column(_("Since")), c.Column(_("Tier")))  # fmt: skip
    cells = [
        c.Row((one.name, wording.business_type(programme, one.business_type, viewer.on),
               wording.chip(wording.STANDINGS, one.standing), one.since or "-", "-" if one.tier is None else one.tier))
        for one in found
    ]  # fmt: skip
    return c.Table(_("Status today"), columns, cells, empty=_("No participant consents to being read by agencies."))
