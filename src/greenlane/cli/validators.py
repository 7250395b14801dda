"""Validators, their certificates and engagements on the command line (6 USC 968)."""

from __future__ import annotations

import click

from greenlane.cli.machine import Access, Output, today, tool


@click.group("validators")
def validators() -> None:
    """Certify third party validators, engage them, take their reports as advice; the pilot program (6 USC 968)."""


_PROGRAMME = click.option("--programme", default="ctpat", show_default=True, help="Code of the programme.")
_LIMIT = click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000), help="How many at most.")


@tool(validators, "list", access=Access.OPERATOR, examples=["greenlane validators list --json"])
@_PROGRAMME
@click.pass_obj
def list_validators(out: Output, programme: str) -> None:
    """List the validators whose certificate is in force today: those whom a company may engage."""
    from greenlane.validators.queries import certified_validators

    value = [
        {
            "id": str(row.validator_id),
            "name": row.validator.name,
            "country": row.validator.country,
            "certificate": str(row.pk),
            "certified_on": row.certified_on,
        }
        for row in certified_validators(programme, today())
    ]
    lines = [f"{v['id']}  {v['country']}  {v['certified_on']}  {v['name']}" for v in value]
    out.show(value, *(lines or ["There is none."]))


@tool(validators, "certificates", access=Access.OPERATOR, examples=["greenlane validators certificates --json"])
@_LIMIT
@click.pass_obj
def certificates(out: Output, limit: int) -> None:
    """List certificates, the latest first, with what each lacks today."""
    from greenlane.casework.models import Case
    from greenlane.validators.models import Certificate
    from greenlane.validators.queries import in_force

    rows = Certificate.objects.select_related("validator").order_by("-sought_on", "pk")
    rows = rows.prefetch_related("agreements__procedure", "demonstrations", "limits", "policies")
    found, on = list(rows[:limit]), today()
    cases = Case.objects.in_bulk([row.pk for row in found])
    value = [
        {
            "id": str(row.pk),
            "reference": cases[row.pk].reference,
            "state": cases[row.pk].state,
            "validator": row.validator.name,
            "sought_on": row.sought_on,
            "certified_on": row.certified_on,
            "ended_on": row.ended_on,
            "lacking": [reason.code for reason in in_force(row, on).failing],
        }
        for row in found
    ]
    lines = [
        f"{v['reference']}  {v['state']:<10}  {v['validator']}  {', '.join(v['lacking']) or 'in force'}" for v in value
    ]
    out.show(value, *(lines or ["There is none."]))


@tool(validators, "engagements", access=Access.OPERATOR, examples=["greenlane validators engagements --open"])
@click.option("--open", "waiting", is_flag=True, help="Only engagements that have not ended.")
@_LIMIT
@click.pass_obj
def engagements(out: Output, waiting: bool, limit: int) -> None:
    """List engagements, the latest first."""
    from greenlane.casework.models import Case
    from greenlane.validators.models import Engagement

    rows = Engagement.objects.select_related("validator", "participant").order_by("-proposed_on", "pk")
    found = list((rows.filter(ended_on=None) if waiting else rows)[:limit])
    cases = Case.objects.in_bulk([row.pk for row in found])
    value = [
        {
            "id": str(row.pk),
            "reference": cases[row.pk].reference,
            "state": cases[row.pk].state,
            "validator": row.validator.name,
            "company": row.participant.legal_name,
            "begun_on": row.begun_on,
            "report_on": row.report_on,
            "ended_on": row.ended_on,
        }
        for row in found
    ]
    lines = [f"{v['reference']}  {v['state']:<11}  {v['validator']} for {v['company']}" for v in value]
    out.show(value, *(lines or ["There is none."]))
