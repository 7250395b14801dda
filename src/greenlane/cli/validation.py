"""Validations on the command line: what is open, what is overdue, one of them whole (6 USC 965)."""

from __future__ import annotations

from typing import Any

import click

from greenlane.cli.machine import Access, Output, today, tool


@click.group("validation")
def validation() -> None:
    """Validate security measures on site: notice, visit, findings, actions, report, tier (6 USC 965, 966)."""


@tool(
    validation,
    "list",
    access=Access.OPERATOR,
    examples=["greenlane validation list --state blocked", "greenlane validation list --json"],
)
@click.option("--state", default="", help="Only cases in this state, such as blocked.")
@click.option("--purpose", default="", help="tier_two, tier_three or revalidation.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000), help="How many at most.")
@click.pass_obj
def list_validations(out: Output, state: str, purpose: str, limit: int) -> None:
    """List validations and revalidations, the latest first."""
    from greenlane.casework.models import Case
    from greenlane.validation.models import Validation
    from greenlane.validation.queries import KINDS

    cases = {case.pk: case for case in Case.objects.filter(kind__in=KINDS, **({"state": state} if state else {}))}
    rows = Validation.objects.select_related("participant").filter(pk__in=list(cases))
    rows = rows.filter(purpose=purpose) if purpose else rows
    found = list(rows.order_by("-planned_on", "pk")[:limit])
    value = [
        {
            "id": str(row.pk),
            "reference": cases[row.pk].reference,
            "state": cases[row.pk].state,
            "company": row.participant.legal_name,
            "purpose": row.purpose,
            "certified_on": row.certified_on,
        }
        for row in found
    ]
    lines = [f"{v['reference']}  {v['state']:<12}  {v['purpose']:<12}  {v['company']}" for v in value]
    out.show(value, *(lines or ["There is none."]))


@tool(
    validation,
    "overdue",
    access=Access.OPERATOR,
    examples=["greenlane validation overdue", "greenlane validation overdue --json"],
)
@click.pass_obj
def overdue(out: Output) -> None:
    """List required actions that are past their date and not accepted, the longest overdue first."""
    from greenlane.validation.queries import overdue_actions

    on = today()
    value = [
        {
            "validation": str(row.validation_id),
            "company": row.validation.participant.legal_name,
            "number": row.number,
            "text": row.text,
            "due_on": row.due_on,
            "days": (on - row.due_on).days,
        }
        for row in overdue_actions(on)
    ]
    lines = [f"{v['days']:>4} days  {v['company']}: action {v['number']}, {v['text']}" for v in value]
    out.show(value, *(lines or ["Nothing is overdue."]))


@tool(
    validation,
    "show",
    access=Access.OPERATOR,
    examples=["greenlane validation show VAL-ABCD-EFGH", "greenlane validation show VAL-ABCD-EFGH --json"],
)
@click.argument("case")
@click.pass_obj
def show_validation(out: Output, case: str) -> None:
    """Show a validation, by its reference or id: dates, visits, findings, actions, and the places to choose from."""
    from greenlane.cli.groups import _case
    from greenlane.validation.locations import places_of
    from greenlane.validation.queries import criteria_asked, validation_of

    found = _case(case, "validation")
    row = validation_of(found.pk)
    findings = {one.number: one.finding for one in row.findings.all()}
    value: dict[str, Any] = {
        "id": str(row.pk),
        "reference": found.reference,
        "state": found.state,
        "participant": str(row.participant_id),
        "purpose": row.purpose,
        "certified_on": row.certified_on,
        "team": row.team_names,
        "notice_on": row.notice_on,
        "report_on": row.report_on,
        "outcome": row.outcome,
        "places": [
            {"node": str(place.node), "kind": place.kind, "name": place.name, "country": place.country}
            for place in places_of(row.participant_id).values()
        ],
        "visits": [
            {"id": str(v.pk), "place": v.place, "mode": v.mode, "visited_on": v.visited_on, "foreign": v.foreign}
            for v in row.visits.order_by("planned_from", "pk")
        ],
        "criteria": [
            {"number": c.number, "level": c.level, "text": c.text, "finding": findings.get(c.number, "none")}
            for c in criteria_asked(row, today())
        ],
        "actions": [
            {"number": a.number, "kind": a.kind, "text": a.text, "due_on": a.due_on, "closed_on": a.closed_on}
            for a in row.actions.order_by("number")
        ],
    }
    lines = [f"{found.reference}  {found.state}  {row.participant.legal_name}"]
    lines += [f"  place {p['node']}: {p['kind']} {p['name']} {p['country']}" for p in value["places"]]
    lines += [f"  visit {v['id']}: {v['place']}, {v['visited_on'] or 'planned'}" for v in value["visits"]]
    lines += [f"  criterion {c['number']} ({c['level']}): {c['finding']}. {c['text']}" for c in value["criteria"]]
    lines += [f"  action {a['number']} ({a['kind']}), due {a['due_on']}: {a['text']}" for a in value["actions"]]
    out.show(value, *lines)
