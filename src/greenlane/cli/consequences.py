"""Consequences on the command line: what is proposed or in force, for whom, since when (6 USC 967)."""

from __future__ import annotations

import click

from greenlane.cli.machine import Access, Output, tool


@click.group("consequences")
def consequences() -> None:
    """Deny benefits, suspend and expel with protections first; restore and reinstate; review incidents (6 USC 967)."""


@tool(
    consequences,
    "list",
    access=Access.OPERATOR,
    examples=["greenlane consequences list --state in_force", "greenlane consequences list --json"],
)
@click.option("--state", default="", help="Only cases in this state, such as noticed or in_force.")
@click.option("--measure", default="", help="denial, suspension, expulsion or emergency.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000), help="How many at most.")
@click.pass_obj
def list_consequences(out: Output, state: str, measure: str, limit: int) -> None:
    """List consequences, the latest first."""
    from greenlane.casework.models import Case
    from greenlane.consequences.models import Consequence

    where = {"state": state} if state else {}
    cases = {case.pk: case for case in Case.objects.filter(kind="consequence", **where)}
    rows = Consequence.objects.select_related("participant").filter(pk__in=list(cases))
    rows = rows.filter(measure=measure) if measure else rows
    value = [
        {
            "id": str(row.pk),
            "reference": cases[row.pk].reference,
            "state": cases[row.pk].state,
            "company": row.participant.legal_name,
            "measure": row.measure or row.proposed,
            "decided_on": row.decided_on,
            "period_until": row.period_until,
        }
        for row in rows.order_by("-opened_on", "pk")[:limit]
    ]
    lines = [f"{v['reference']}  {v['state']:<12}  {v['measure']:<11}  {v['company']}" for v in value]
    out.show(value, *(lines or ["There is none."]))


@tool(consequences, "incidents", access=Access.OPERATOR, examples=["greenlane consequences incidents --open"])
@click.option("--open", "waiting", is_flag=True, help="Only incidents whose review is not concluded.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000), help="How many at most.")
@click.pass_obj
def list_incidents(out: Output, waiting: bool, limit: int) -> None:
    """List incidents that companies reported, the one whose review is due first on top."""
    from greenlane.consequences.models import Incident

    rows = Incident.objects.select_related("participant")
    rows = rows.filter(concluded_on=None) if waiting else rows
    value = [
        {
            "id": str(row.pk),
            "company": row.participant.legal_name,
            "happened_on": row.happened_on,
            "place": row.place,
            "review_until": row.review_until,
            "outcome": row.outcome,
        }
        for row in rows.order_by("review_until", "pk")[:limit]
    ]
    lines = [f"{v['review_until']}  {v['outcome'] or 'open':<18}  {v['company']}: {v['place']}" for v in value]
    out.show(value, *(lines or ["There is none."]))
