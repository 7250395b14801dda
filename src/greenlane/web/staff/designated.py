"""What the programme has published for the later years: criteria of Tier 3 and the framework (6 USC 966(b), 969(2))."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from greenlane.casework.registry import COMMANDS
from greenlane.law.authority import may_command
from greenlane.programs.models import Programme
from greenlane.validation.models_tier_three import Designation
from greenlane.web import components as c
from greenlane.web.authority import STAFF, declared, viewer_of_request
from greenlane.web.offering import facts_of
from greenlane.web.staff.wording import readable

PUBLISHES = ("DesignateCriterion", "PublishFramework")


@declared(*STAFF)
@require_safe
def designated(request: HttpRequest) -> HttpResponse:
    """Every designated criterion, those in force first, and what whoever may publish can publish next."""
    viewer = viewer_of_request(request)
    titles = dict(Programme.objects.values_list("code", "title"))
    rows = Designation.objects.order_by("programme", "withdrawn_on", "code", "-designated_on", "id")
    context = {
        "title": _("Designated criteria of Tier 3"),
        "lead": _("What a company of the third tier meets beyond the criteria, as it was designated."),
        "cite": "6 USC 966(b)",
        "crumbs": [c.Crumb(_("Programmes and criteria"), reverse("web:manage-programmes")), c.Crumb(_("Tier 3"))],
        "table": _table(list(rows), titles, viewer.on),
        "links": [
            *(
                c.Link(_(COMMANDS[name].title), reverse("web:staff-give", args=[name]))
                for name in PUBLISHES
                if may_command(name, facts_of(viewer, None, assigned=False)).granted
            ),
            c.Link(_("The framework for revalidation in force"), reverse("web:revalidation-ranking")),
        ],
    }
    return render(request, "web/staff/oversight.html", context)


def _table(rows: list[Designation], titles: dict[str, str], on: date) -> c.Table:
    columns = (c.Column(_("Criterion"), heads_row=True), c.Column(_("Kind")), c.Column(_("What it asks for")),
               c.Column(_("Programme")), c.Column(_("Designated")), c.Column(_("State")))  # fmt: skip
    cells = [
        c.Row((c.Link(readable(row.code), reverse("web:case", args=[row.pk])), readable(row.kind), row.text,
               titles.get(row.programme, row.programme), row.designated_on, _state(row, on)))
        for row in rows
    ]  # fmt: skip
    return c.Table(_("Designated criteria"), columns, cells, empty=_("No criterion has been designated."))


def _state(row: Designation, on: date) -> c.Chip:
    if row.withdrawn_on is not None and row.withdrawn_on <= on:
        return c.Chip(_("Withdrawn"), "quiet")
    return c.Chip(_("In force"), "good") if row.designated_on <= on else c.Chip(_("Not begun"), "neutral")
