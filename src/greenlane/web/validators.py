"""The register of validators: who may be engaged, certificates, procedures, pilots, holdings (6 USC 968)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from greenlane.casework.registry import COMMANDS
from greenlane.law.authority import Office, may_command
from greenlane.people.visibility import Viewer, cases_visible_to
from greenlane.programs.models import Programme
from greenlane.validators.models import Certificate, Holding, PilotProgramme, Procedure
from greenlane.validators.queries import certified_validators, pilot_until
from greenlane.web import components as c
from greenlane.web.authority import COMPANY, STAFF, declared, viewer_of_request
from greenlane.web.offering import facts_of
from greenlane.web.staff import wording

READERS = (*STAFF, *COMPANY, Office.VALIDATOR)
AT_LARGE = ("SeekCertificate", "PublishProcedure", "AdoptPilotPlan", "RecordHolding")
SHOWN = 200


@declared(*READERS)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """For everybody who may engage or be engaged; what is of the programme alone is shown to staff."""
    viewer = viewer_of_request(request)
    context = {
        "certified": _certified(viewer),
        "certificates": _certificates(viewer),
        "procedures": list(Procedure.objects.order_by("code", "-version")),
        "pilots": _pilots(viewer),
        "holdings": _holdings() if viewer.is_staff else None,
        "actions": _actions(viewer),
    }
    return render(request, "web/validators/register.html", context)


def _certified(viewer: Viewer) -> c.Table:
    codes = Programme.objects.order_by("code").values_list("code", flat=True)
    rows = [
        c.Row((one.validator.name, one.validator.country, one.certified_on))
        for code in codes
        for one in certified_validators(code, viewer.on)
    ]
    columns = (c.Column(_("Validator"), heads_row=True), c.Column(_("Country")), c.Column(_("Certified on")))
    return c.Table(
        _("Validators whose certificate is in force today"), columns, rows, empty=_("No validator is certified today.")
    )


def _certificates(viewer: Viewer) -> c.Table | None:
    """Every certificate for staff, a validator's own for its people."""
    cases = dict(
        cases_visible_to(viewer).filter(kind="validator_certificate").order_by("pk").values_list("pk", "state")
    )
    if not cases and not viewer.is_staff:
        return None
    found = Certificate.objects.select_related("validator").filter(pk__in=cases).order_by("validator__name", "pk")
    rows = [
        c.Row(
            (
                c.Link(row.validator.name, reverse("web:case", args=[row.pk])),
                wording.chip(wording.STATES, cases[row.pk]),
                row.sought_on,
                row.certified_on or "-",
                row.ended_on or "-",
            )
        )
        for row in found[:SHOWN]
    ]
    columns = (
        c.Column(_("Validator"), heads_row=True), c.Column(_("State of the case")), c.Column(_("Sought on")),
        c.Column(_("Certified on")), c.Column(_("Ended on")),
    )  # fmt: skip
    return c.Table(_("Certificates"), columns, rows, empty=_("No certificate was sought."))


def _pilots(viewer: Viewer) -> c.Table:
    rows = [
        c.Row((c.Link(row.title, reverse("web:case", args=[row.pk])) if viewer.is_staff else row.title,
               row.adopted_on, row.started_on or "-", pilot_until(row) or "-"))
        for row in PilotProgramme.objects.order_by("-adopted_on", "pk")
    ]  # fmt: skip
    columns = (
        c.Column(_("Pilot program"), heads_row=True), c.Column(_("Plan adopted on")), c.Column(_("Started on")),
        c.Column(_("Last day")),
    )  # fmt: skip
    return c.Table(_("Pilot programs"), columns, rows, empty=_("No pilot is planned: no third party validates."))


def _holdings() -> c.Table:
    found = Holding.objects.filter(superseded_at=None).order_by("owner_key", "owned_key", "pk")[:SHOWN]
    rows = [
        c.Row((row.owner_name, row.owned_name, f"{row.basis_points / 100:g} %", _("yes") if row.control else "-",
               row.since, row.until or "-", row.source))
        for row in found
    ]  # fmt: skip
    columns = (
        c.Column(_("Owner"), heads_row=True), c.Column(_("Owned")), c.Column(_("Share")), c.Column(_("Control")),
        c.Column(_("Since")), c.Column(_("Until")), c.Column(_("Source")),
    )  # fmt: skip
    return c.Table(_("Interests and control on record"), columns, rows, empty=_("No holding is on record."))


def _actions(viewer: Viewer) -> list[dict[str, Any]]:
    """What this person may begin here."""
    if not (viewer.is_staff or Office.VALIDATOR in viewer.offices):
        return []
    facts = facts_of(viewer, None, assigned=False)
    return [
        {"href": reverse("web:staff-give", args=[name]), "title": _(COMMANDS[name].title)}
        for name in AT_LARGE
        if may_command(name, facts).granted
    ]
