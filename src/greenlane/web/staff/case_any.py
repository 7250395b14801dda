"""The overview of a case of any kind for the programme: panel, what can be done now, drawing, letters (971(b))."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from greenlane.casework.models import Case
from greenlane.casework.registry import COMMANDS
from greenlane.people.visibility import Viewer
from greenlane.web import components as c
from greenlane.web.offering import offers
from greenlane.web.panels import registry
from greenlane.web.shared.case_story import story_of
from greenlane.web.staff.case_head import Head, open_case


def overview(request: HttpRequest, case: Case) -> HttpResponse:
    """The page of a case that has no overview of its own kind."""
    head = open_case(request, case.pk, "case", what="overview", case=case)
    context = head.context(
        panel=registry.shown(case, head.viewer, head.on),
        actions=actions(head),
        story=story_of(case, head.viewer),
        facts=_facts(head),
        case=case,
        viewer=head.viewer,
        on=head.on,
    )
    return render(request, "web/staff/case_any.html", context)


def actions(head: Head) -> list[dict[str, Any]]:
    """The commands that this person may give here now, as links to their pages."""
    found = [
        {"href": head.give_href(spec.name), "title": _(spec.title), "help": _(spec.summary), "cites": spec.citations}
        for spec in offers(head.viewer, head.case, head.mine)
    ]
    for name in ("AssignCase", "ReleaseCase"):
        if head.offered(name) and not any(one["href"] == head.give_href(name) for one in found):
            spec = COMMANDS[name]
            if name == "AssignCase" or head.people:
                found.append({"href": head.give_href(name), "title": _(spec.title), "help": _(spec.summary)})
    return found


def _facts(head: Head) -> list[c.Fact]:
    rows = []
    if head.owner is not None:
        rows.append(c.Fact(_("Company"), _company(head.owner, head.viewer)))
    rows += [
        c.Fact(_("Opened"), head.case.opened_on),
        c.Fact(_("In this state since"), head.case.state_since),
        c.Fact(_("Assigned to"), ", ".join(head.people.values()) or _("Nobody")),
    ]
    return rows


def _company(owner: Any, viewer: Viewer) -> Any:
    if not viewer.is_staff:
        return owner.legal_name
    return c.Link(owner.legal_name, reverse("web:staff-company", args=[owner.pk]))
