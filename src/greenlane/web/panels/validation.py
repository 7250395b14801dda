"""What a validation shows of itself: dates, team, visits, findings, actions, inspections (6 USC 965, 971(b))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from greenlane.casework.models import Case, Document
from greenlane.people.visibility import Viewer
from greenlane.validation.inspection_points import LISTS
from greenlane.validation.models import Action, CriterionFinding, Inspection, Validation, Visit
from greenlane.validation.queries import milestones_of, validation_of
from greenlane.web import components as c
from greenlane.web.panels.registry import Panel, panel
from greenlane.web.panels.tier_three import third_tier
from greenlane.web.words import say

FINDINGS: dict[str, tuple[Any, c.Tone]] = {
    "met": (_("Met"), "good"),
    "not_met": (_("Not met"), "bad"),
    "not_applicable": (_("Does not apply"), "neutral"),
}
RESULTS: dict[str, Any] = {
    "ok": _("In order"),
    "not_ok": _("Not in order"),
    "not_applicable": _("Does not apply"),
}
PURPOSES = {
    "tier_two": _("Validation at the second tier"),
    "tier_three": _("Validation at the third tier"),
    "revalidation": _("Revalidation"),
}
STEPS = {"notice": _("Notice"), "visit": _("Visit"), "report": _("Report"), "decision": _("Decision")}


@panel("validation", title=_("The validation"))
def validation(case: Case, viewer: Viewer, on: date) -> Panel:
    """For staff all of it; the company reads findings and actions once the report is sent. Six queries at most."""
    return Panel("panels/validation.html", context_of(case, validation_of(case.pk), viewer, on))


def context_of(case: Case, row: Validation, viewer: Viewer, on: date) -> dict[str, Any]:
    """What the template shows of a validation or a revalidation."""
    visits = list(row.visits.order_by("planned_from", "visited_on", "pk"))
    made = any(visit.visited_on for visit in visits)
    open_book = viewer.is_staff or row.report_on is not None
    findings = list(row.findings.order_by("number")) if made and open_book else []
    actions = list(row.actions.order_by("number")) if made and open_book else []
    inspections = list(row.inspections.order_by("inspected_on", "pk")) if made else []
    titles = _documents(visits, findings, actions, inspections)
    return {
        "row": row,
        "facts": _facts(row, viewer),
        "milestones": [] if made or row.outcome else [(STEPS[m.step], m.on) for m in milestones_of(row)],
        "visits": _visits(visits, titles),
        "gaps": _findings([one for one in findings if one.finding != "met"], titles, _("Not met, or not asked here")),
        "met": _findings([one for one in findings if one.finding == "met"], titles, _("Met")),
        "actions": _actions(actions, titles, on),
        "inspections": [_inspection(one, titles) for one in inspections],
        "third": third_tier(row, viewer, on),
        "blocked": case.state == "blocked",
        "unread": made and not open_book,
    }


def _facts(row: Validation, viewer: Viewer) -> list[c.Fact]:
    facts = [
        c.Fact(_("For"), PURPOSES.get(row.purpose, row.purpose)),
        c.Fact(_("Certified on"), row.certified_on, cite="6 USC 965(a)"),
        c.Fact(_("Guidelines"), row.guidelines or _("not cited yet"), cite="6 USC 965(c)"),
        c.Fact(_("Schedule"), row.schedule or _("on none yet"), cite="6 USC 965(c)"),
        c.Fact(_("Team"), ", ".join(row.team_names) or _("not assigned yet"), cite="6 USC 971(a)(3)"),
        c.Fact(_("Certification letter signed on"), row.letter_signed_on or _("not signed yet")),
    ]
    dated = (
        (_("Notice given on"), row.notice_on),
        (_("Confirmed on"), row.confirmed_on),
        (_("Report sent on"), row.report_on),
        (_("Answered on"), row.answered_on),
        (_("Decided on"), row.decided_on),
    )
    facts += [c.Fact(term, day) for term, day in dated if day]
    if row.asked_from and not row.confirmed_on and not row.report_on:
        days = gettext("%(first)s to %(last)s: %(why)s")
        values = {"first": say(row.asked_from), "last": say(row.asked_to), "why": row.asked_message}
        facts.append(c.Fact(_("Other days asked for"), days % values))
    if row.determination:
        facts.append(c.Fact(_("No foreign location is appropriate"), row.determination, cite="6 USC 965(a)"))
    if row.late:
        facts.append(c.Fact(_("Late, for this reason"), row.lateness_reason, cite="6 USC 965(a)"))
    if viewer.is_staff and row.recommended:
        words = _("Validate") if row.recommended == "validate" else _("Refuse")
        facts.append(c.Fact(_("Recommended"), words, cite="6 USC 971(a)"))
    return facts


Titles = dict[str, Document]


def _documents(
    visits: Sequence[Visit],
    findings: Sequence[CriterionFinding],
    actions: Sequence[Action],
    inspections: Sequence[Inspection],
) -> Titles:
    """The documents that any of them names, read at once."""
    keys = {key for visit in visits for key in visit.documents} | {key for one in findings for key in one.evidence}
    keys |= {key for one in actions for key in (*one.proof, *one.evidence)}
    keys |= {key for one in inspections for key in one.documents}
    rows = Document.objects.filter(pk__in=[UUID(key) for key in keys]) if keys else []
    return {str(row.pk): row for row in rows}


def _links(keys: Sequence[str], titles: Titles) -> list[c.Link]:
    return [c.Link(titles[key].title, reverse("web:document", args=[key])) for key in keys if key in titles]


def _visits(visits: Sequence[Visit], titles: Titles) -> list[dict[str, Any]]:
    return [
        {
            "row": visit,
            "mode": _("On site") if visit.mode == "on_site" else _("At a distance"),
            "where": _("Foreign") if visit.foreign else _("Domestic"),
            "by": _("Certified validator") if visit.conducted_by == "validator" else _("The team"),
            "documents": _links(visit.documents, titles),
        }
        for visit in visits
    ]


def _findings(found: Sequence[CriterionFinding], titles: Titles, caption: Any) -> c.Table | None:
    columns = (
        c.Column(_("Criterion"), heads_row=True),
        c.Column(_("Finding")),
        c.Column(_("What was seen")),
        c.Column(_("Shown by")),
    )
    rows = [
        c.Row((one.number, c.Chip(*FINDINGS[one.finding]), one.note, _first(_links(one.evidence, titles))))
        for one in found
    ]
    return c.Table(caption, columns, rows) if rows else None


def _first(links: list[c.Link]) -> Any:
    return links[0] if links else ""


def _actions(actions: Sequence[Action], titles: Titles, on: date) -> list[dict[str, Any]]:
    return [
        {
            "row": action,
            "kind": _("Required") if action.kind == "required" else _("Recommended"),
            "chip": _state_of(action, on),
            "proof": _links(action.proof, titles),
            "evidence": _links([key for key in action.evidence if key not in action.proof], titles),
        }
        for action in actions
    ]


def _state_of(action: Action, on: date) -> c.Chip:
    if action.closed_on is not None:
        return c.Chip(_("Accepted"), "good")
    if action.answered_on is not None:
        return c.Chip(_("Answered, waits for review"), "info")
    if action.kind == "required" and action.due_on < on:
        return c.Chip(_("Overdue"), "bad")
    return c.Chip(_("Open"), "neutral")


def _inspection(one: Inspection, titles: Titles) -> dict[str, Any]:
    listed = LISTS[one.kind]
    names = dict(listed.points)
    columns = (c.Column(_("Point"), heads_row=True), c.Column(_("Result")), c.Column(_("Note")))
    rows = [
        c.Row((gettext(names.get(point["code"], point["code"])), RESULTS[point["result"]], point["note"]))
        for point in one.points
    ]
    caption = f"{gettext(listed.title)}: {one.what}, {say(one.inspected_on)}"
    return {"table": c.Table(caption, columns, rows), "documents": _links(one.documents, titles)}
