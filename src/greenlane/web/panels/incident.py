"""What a reported incident shows of itself: what happened, the review, what was agreed (6 USC 971(c))."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from greenlane.casework.models import Case, Document
from greenlane.casework.queue import due_item
from greenlane.consequences.queries import incident_of
from greenlane.people.visibility import Viewer
from greenlane.web import components as c
from greenlane.web.choices import LONGEST, Pairs, Scene, vocabulary
from greenlane.web.panels.registry import Panel, panel

DAYS = ("done_by", "answered_on", "closed_on")
OUTCOMES: dict[str, tuple[Any, c.Tone]] = {
    "no_action": (_("No action is needed"), "good"),
    "corrective_actions": (_("Corrective actions agreed"), "info"),
    "consequence": (_("A consequence is proposed"), "warn"),
}


@panel("incident", title=_("The incident"))
def incident(case: Case, viewer: Viewer, on: date) -> Panel:
    """The company and staff read the same; three queries."""
    row = incident_of(case.pk)
    wanted = {UUID(key) for key in (*row.documents, *(key for one in row.actions for key in one.get("proof", ())))}
    files = {one.pk: _link(one) for one in Document.objects.filter(pk__in=wanted)} if wanted else {}
    deadline = case.deadlines.order_by(F("met_on").asc(nulls_first=True), "due_on").first()
    facts = [
        c.Fact(_("Happened on"), row.happened_on),
        c.Fact(_("Where"), row.place),
        c.Fact(_("Cargo concerned"), row.cargo or _("none named")),
        c.Fact(_("Reported on"), row.reported_on, cite="6 USC 971(c)"),
    ]
    if row.review_began_on:
        facts.append(c.Fact(_("Review began on"), row.review_began_on))
    if row.concluded_on:
        facts.append(c.Fact(_("Concluded on"), row.concluded_on))
    context = {
        "row": row,
        "facts": facts,
        "due": due_item(deadline, on) if deadline else None,
        "documents": _named(row.documents, files),
        "outcome": c.Chip(*OUTCOMES[row.outcome]) if row.outcome else None,
        "actions": [_shown(one, number, files) for number, one in enumerate(row.actions, 1)],
    }
    return Panel("panels/incident.html", context)


def _link(one: Document) -> c.Link:
    return c.Link(one.title, reverse("web:document", args=[one.pk]))


def _named(keys: list[str], files: dict[UUID, c.Link]) -> list[c.Link]:
    return [files[UUID(key)] for key in keys if UUID(key) in files]


def _shown(one: dict[str, Any], number: int, files: dict[UUID, c.Link]) -> dict[str, Any]:
    """An agreed action with its days as dates, and how it stands in one word."""
    days = {name: date.fromisoformat(one[name]) if one.get(name) else None for name in DAYS}
    if days["closed_on"]:
        chip = c.Chip(_("Closed"), "good")
    elif days["answered_on"]:
        chip = c.Chip(_("Answered"), "info")
    else:
        chip = c.Chip(_("Sent back") if one.get("returned") else _("Open"), "warn")
    return {**one, **days, "number": number, "chip": chip, "proof": _named(one.get("proof", []), files)}


@vocabulary("agreed_actions")
def agreed_actions(scene: Scene) -> Pairs:
    """The agreed actions that are open."""
    return [(str(one["number"]), _words(one)) for one in _of(scene) if one["closed_on"] is None]


@vocabulary("answered_agreed_actions")
def answered_agreed_actions(scene: Scene) -> Pairs:
    """The agreed actions whose answer waits."""
    return [(str(one["number"]), _words(one)) for one in _of(scene) if one["answered_on"] and not one["closed_on"]]


def _of(scene: Scene) -> list[dict[str, Any]]:
    return incident_of(scene.case.pk).actions if scene.case and scene.case.kind == "incident" else []


def _words(one: dict[str, Any]) -> str:
    return f"{one['number']}: {Truncator(one['action']).chars(LONGEST)}"
