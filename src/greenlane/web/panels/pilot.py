"""What the pilot program shows of itself (6 USC 968(a)-(c), (i))."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.casework.models import Case
from greenlane.people.visibility import Viewer
from greenlane.validators.letters_pilot import TITLES
from greenlane.validators.models import PilotProgramme
from greenlane.validators.pilot_figures import FIGURE_NAMES, pilot_figures
from greenlane.validators.queries import pilot_of, pilot_until
from greenlane.web import components as c
from greenlane.web.panels.registry import Panel, heading, panel


@heading("pilot")
def named(case: Case) -> str:
    return pilot_of(case.pk).title


@panel("pilot", title=gettext_lazy("The pilot program"))
def pilot(case: Case, viewer: Viewer, on: date) -> Panel:
    """Plan, consultations, its days, and the figures as they stand today or as they were reported."""
    row = pilot_of(case.pk)
    consulted = list(row.consultations.order_by("closed_on", "pk"))
    columns = (c.Column(_("Who was consulted"), heads_row=True), c.Column(_("Until")), c.Column(_("What was said")))
    context = {
        "facts": _facts(row),
        "plan": [(part, text) for part, text in row.plan.items()],
        "consultations": c.Table(
            _("Consultations"), columns, [c.Row((one.who, one.closed_on, one.said or "-")) for one in consulted]
        ),
        "figures": _figures(row, on) if viewer.is_staff and row.started_on else None,
        "texts": [(_(TITLES[one["part"]]), one["text"]) for one in row.result or ()],
    }
    return Panel("panels/pilot.html", context)


def _facts(row: PilotProgramme) -> list[c.Fact]:
    return [
        c.Fact(_("Plan adopted on"), row.adopted_on, cite="6 USC 968(a)"),
        c.Fact(_("Report on the plan"), row.report_submitted_on or "-", cite="6 USC 968(b)"),
        c.Fact(_("Started on"), row.started_on or "-", cite="6 USC 968(c)(1)"),
        c.Fact(_("Last day"), pilot_until(row) or "-", cite="6 USC 968(a)"),
        c.Fact(_("Report on the pilot"), row.result_submitted_on or "-", cite="6 USC 968(i)"),
    ]


def _figures(row: PilotProgramme, on: date) -> c.Table:
    """As reported, else as counted until today or the last day."""
    if row.result:
        found = [(one["part"], f["name"], f["value"], len(f["records"])) for one in row.result for f in one["figures"]]
    else:
        until = min(pilot_until(row) or on, on)
        parts = pilot_figures(row, until)
        found = [(part, f.name, f.value, len(f.records)) for part, figures in parts.items() for f in figures]
    columns = (
        c.Column(_("Part")), c.Column(_("Figure"), heads_row=True), c.Column(_("Value"), numeric=True),
        c.Column(_("Records"), numeric=True),
    )  # fmt: skip
    rows = [c.Row((_(TITLES[part]), _(FIGURE_NAMES[name]), value, records)) for part, name, value, records in found]
    return c.Table(_("Figures, counted from the record"), columns, rows)
