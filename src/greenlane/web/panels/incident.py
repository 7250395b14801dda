"""What a reported incident shows of itself: what happened, the review, what was agreed (6 USC 971(c))."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from greenlane.casework.models import Case, Document
from greenlane.casework.queue import due_item
from greenlane.consequences.queries import incident_of
from greenlane.people.visibility import Viewer
from greenlane.web import components as c
from greenlane.web.panels.registry import Panel, panel

OUTCOMES: dict[str, tuple[Any, c.Tone]] = {
    "no_action": (_("No action is needed"), "good"),
    "corrective_actions": (_("Corrective actions agreed"), "info"),
    "consequence": (_("A consequence is proposed"), "warn"),
}


@panel("incident", title=_("The incident"))
def incident(case: Case, viewer: Viewer, on: date) -> Panel:
    """The company and staff read the same; three queries."""
    row = incident_of(case.pk)
    files = Document.objects.filter(pk__in=[UUID(key) for key in row.documents]) if row.documents else []
    deadline = case.deadlines.first()
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
        "documents": [c.Link(one.title, reverse("web:document", args=[one.pk])) for one in files],
        "outcome": c.Chip(*OUTCOMES[row.outcome]) if row.outcome else None,
        "actions": [{**one, "done_by": date.fromisoformat(one["done_by"])} for one in row.actions],
    }
    return Panel("panels/incident.html", context)
