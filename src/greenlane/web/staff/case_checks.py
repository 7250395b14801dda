"""The background investigation of a case: lists used with their dates, hits, result (964(b))."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from greenlane.casework.registry import COMMANDS
from greenlane.people.visibility import cases_visible_to
from greenlane.vetting.models import Investigation, Screening, ScreeningHit
from greenlane.vetting.queries import hits_of
from greenlane.web import components as c
from greenlane.web.authority import STAFF, declared
from greenlane.web.staff import people, wording
from greenlane.web.staff.case_head import Head, open_case

COMMANDS_HERE = ("ScreenParties", "CompleteInvestigation", "ReopenInvestigation")


@declared(*STAFF)
@require_safe
def checks(request: HttpRequest, key: UUID) -> HttpResponse:
    """Lists, hits and result. Names and numbers of a hit are for those whose office needs to know them (971(c))."""
    head = open_case(request, key, "case-checks", what="background investigation")
    row = head.investigation
    context = head.context(investigation=row, restricted=not head.viewer.needs_to_know)
    if row is not None:
        context |= {
            "facts": _facts(row),
            "lists": _lists(row.screening),
            "parties": _parties(row.screening),
            "hits": _hits(list(hits_of(row.pk))) if head.viewer.needs_to_know else None,
            "counts": _counts(row),
            "actions": _actions(head, row),
        }
    return render(request, "web/staff/checks.html", context)


def _facts(row: Investigation) -> list[c.Fact]:
    facts = [
        c.Fact(_("State"), wording.chip(wording.STATES, row.state), cite="6 USC 964(b)"),  # type: ignore[attr-defined]
        c.Fact(_("Reference"), row.reference),  # type: ignore[attr-defined]
        c.Fact(_("Opened"), row.opened_on),
    ]
    if row.completed_on:
        facts.append(c.Fact(_("Completed"), row.completed_on))
    if row.expires_on:
        facts.append(c.Fact(_("Holds until"), row.expires_on))
    if row.summary:
        facts.append(c.Fact(_("Summary"), row.summary))
    return facts


def _lists(screening: Screening | None) -> c.Table | None:
    if screening is None:
        return None
    columns = (
        c.Column(_("List"), heads_row=True), c.Column(_("Version"), numeric=True), c.Column(_("Dated")),
        c.Column(_("Retrieved")), c.Column(_("Source")),
    )  # fmt: skip
    rows = [
        c.Row(
            (
                c.Link(one["code"], reverse("web:screening-list", args=[one["kind"]])),
                one["number"],
                date.fromisoformat(one["dated"]),
                date.fromisoformat(one["retrieved_on"]),
                one["source"],
            )
        )
        for one in screening.lists
    ]
    return c.Table(_("Lists that were used"), columns, rows)


def _parties(screening: Screening | None) -> list[str]:
    if screening is None:
        return []
    return [f"{body['names'][0]} ({wording.ROLES.get(body['role'], body['role'])})" for body in screening.parties]


def _hits(hits: list[ScreeningHit]) -> c.Table:
    columns = (
        c.Column(_("Party"), heads_row=True), c.Column(_("Listed as")), c.Column(_("List")),
        c.Column(_("Likeness"), numeric=True), c.Column(_("Decision")), c.Column(_("Remembered")),
    )  # fmt: skip
    rows = [
        c.Row(
            (
                c.Link(hit.party_name, reverse("web:screening-hit", args=[hit.pk])),
                hit.listed_name,
                hit.list_code,
                hit.score,
                wording.chip(wording.HITS, hit.status),
                _("From %(day)s") % {"day": hit.decision.decided_on.isoformat()}
                if hit.remembered and hit.decision
                else "-",
            )
        )
        for hit in hits
    ]
    return c.Table(_("Hits of the last screening"), columns, rows, empty=_("The last screening found no likeness."))


def _counts(row: Investigation) -> list[c.Facet]:
    """How many hits stand in each state: what every office of the programme may know."""
    waiting: int = row.open_hits  # type: ignore[attr-defined]
    total = row.screening.hits if row.screening else 0
    parties = len(row.screening.parties) if row.screening else 0
    return [
        c.Facet(_("Parties screened"), parties),
        c.Facet(_("Likenesses found"), total),
        c.Facet(_("To be decided"), waiting, tone="warn" if waiting else "good"),
    ]


def _actions(head: Head, row: Investigation) -> list[dict[str, str]]:
    """The commands on the investigation that this person may give now."""
    case = head.case if head.case.pk == row.pk else cases_visible_to(head.viewer).filter(pk=row.pk).first()
    if case is None:
        return []
    offered = people.offered(head.viewer, case, COMMANDS_HERE, mine=False)
    return [
        {
            "href": reverse("web:case-give", args=[case.pk, name]),
            "title": _(COMMANDS[name].title),
            "help": _(COMMANDS[name].summary),
        }
        for name in COMMANDS_HERE
        if name in offered
    ]
