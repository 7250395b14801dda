"""What a third-tier validation shows: practices, designated criteria, lapses; and a designation itself (6 USC 966)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from greenlane.casework.models import Case
from greenlane.people.visibility import Viewer
from greenlane.validation.entries_tier_three import PARTS
from greenlane.validation.models import Validation
from greenlane.validation.models_tier_three import Practice
from greenlane.validation.queries_tier_three import designation_of, designations_on, lapses
from greenlane.web import components as c
from greenlane.web.panels.registry import Panel, panel

KINDS = {
    "access_to_cargo": _("Additional guidelines on access to cargo"),
    "advance_information": _("Additional information before loading"),
    "container_security": _("Container security"),
    "other": _("Other cargo requirement"),
}
CLAUSES = {
    "access_to_cargo": "6 USC 966(b)(1)",
    "advance_information": "6 USC 966(b)(2)",
    "container_security": "6 USC 966(b)(3)",
    "other": "6 USC 966(b)(4)",
}


def third_tier(row: Validation, viewer: Viewer, on: date) -> dict[str, Any] | None:
    """For a validation at the third tier; the company reads the findings once the report is sent."""
    if row.purpose != "tier_three":
        return None
    open_book = viewer.is_staff or row.report_on is not None
    return {
        "practices": [_practice(one, open_book) for one in row.practices.order_by("put_forward_on", "pk")],
        "criteria": _criteria(row, open_book, on),
        "lapses": lapses(row.participant_id, on) if viewer.is_staff else (),
    }


def _practice(one: Practice, open_book: bool) -> dict[str, Any]:
    columns = (c.Column(gettext("Part"), heads_row=True), c.Column(gettext("Finding")), c.Column(gettext("Note")))
    parts = (one.parts or {}) if open_book else {}
    rows = [
        c.Row((gettext(words), _shown(parts[part]["shown"]), parts[part]["note"]))
        for part, words in PARTS.items()
        if part in parts
    ]
    table = c.Table(one.title, columns, rows, caption_hidden=True) if rows else None
    return {"row": one, "table": table}


def _shown(shown: bool) -> c.Chip:
    return c.Chip(gettext("Shown"), "good") if shown else c.Chip(gettext("Not shown"), "bad")


def _criteria(row: Validation, open_book: bool, on: date) -> c.Table:
    found = {one.designation_id: one for one in row.designated_findings.all()} if open_book else {}
    columns = (c.Column(gettext("Designated criterion"), heads_row=True), c.Column(gettext("What it asks")))
    rows = []
    for one in designations_on(row.programme, on):
        finding = found.get(one.pk)
        chip = c.Chip(gettext("No finding yet"), "neutral")
        if finding is not None:
            chip = c.Chip(gettext("Met"), "good") if finding.met else c.Chip(gettext("Not met"), "bad")
        rows.append(c.Row((one.code, one.text, chip, finding.note if finding else "")))
    more = (c.Column(gettext("Finding")), c.Column(gettext("Note")))
    return c.Table(gettext("Designated criteria"), (*columns, *more), rows, empty=gettext("None is designated."))


@panel("designated_criterion", title=_("The designated criterion"))
def designated(case: Case, viewer: Viewer, on: date) -> Panel:
    """The criterion as it was designated."""
    row = designation_of(case.pk)
    facts = [
        c.Fact(_("Code"), row.code),
        c.Fact(_("Kind"), KINDS.get(row.kind, row.kind), cite=CLAUSES.get(row.kind, "6 USC 966(b)")),
        c.Fact(_("What it asks"), row.text),
        c.Fact(_("Designated on"), row.designated_on, cite="6 USC 966(d)"),
    ]
    facts += [c.Fact(_("How it exceeds the guidelines for validation"), row.exceeds)] if row.exceeds else []
    facts += [c.Fact(_("Standard to be met"), row.standard)] if row.standard else []
    facts += [c.Fact(_("Withdrawn on"), row.withdrawn_on)] if row.withdrawn_on else []
    return Panel("panels/designated_criterion.html", {"facts": facts})
