"""Revalidation on the command line: who is due, and the ranking with what each criterion contributes (6 USC 969)."""

from __future__ import annotations

import click

from greenlane.cli.acting import day
from greenlane.cli.machine import Access, Output, today, tool


@click.group("revalidation")
def revalidation() -> None:
    """The framework, its measures, who is due, selecting, confirming and refusing (6 USC 969)."""


@tool(
    revalidation,
    "due",
    access=Access.OPERATOR,
    examples=["greenlane revalidation due --urgency overdue", "greenlane revalidation due --on 2030-05-04 --json"],
)
@click.option(
    "--urgency", default="", type=click.Choice(["", "overdue", "year", "later"]), help="Only this part of the list."
)
@click.option("--programme", default="", help="Only this programme, by its code.")
@click.option("--on", "on", default="", metavar="DATE", help="The day on which it is looked at; today unless given.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100000), help="How many at most.")
@click.pass_obj
def due(out: Output, urgency: str, programme: str, on: str, limit: int) -> None:
    """List who owes a revalidation, the period that ends soonest first: the same list for every office."""
    from greenlane.revalidation.due import DueFilter, Urgency, due_list

    wanted = DueFilter(programme=programme, urgency=Urgency(urgency) if urgency else None)
    rows = [
        {
            "company": item.participant.legal_name,
            "participant": str(item.participant_id),
            "tier": item.participant.tier,
            "period": item.period.index,
            "last_day": item.due_on,
            "days_left": item.days_left,
            "urgency": item.urgency.value,
            "missed_periods": [period.index for period in item.missed],
            "under_way": str(item.under_way.case_id) if item.under_way else None,
        }
        for item in due_list(day(on, "--on") if on else today(), wanted)[:limit]
    ]
    out.table(rows, ("company", "tier", "period", "last_day", "days_left", "urgency", "under_way"))


@tool(
    revalidation,
    "ranking",
    access=Access.OPERATOR,
    examples=["greenlane revalidation ranking ctpat", "greenlane revalidation ranking ctpat --json"],
)
@click.argument("programme")
@click.option("--on", "on", default="", metavar="DATE", help="The day on which it is looked at; today unless given.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100000), help="How many at most.")
@click.pass_obj
def rank(out: Output, programme: str, on: str, limit: int) -> None:
    """Rank the participants of a PROGRAMME by the framework in force; each number is weight times measure."""
    from greenlane.revalidation.rank import ranking

    made = ranking(programme, day(on, "--on") if on else today())
    codes = [row["code"] for row in made.framework.factors] if made.framework else []
    value = {
        "programme": programme,
        "on": made.on,
        "framework": made.framework.version if made.framework else None,
        "most": made.most,
        "places": [
            {
                "place": one.place,
                "company": one.item.participant.legal_name,
                "participant": str(one.item.participant_id),
                "total": one.total,
                "contributions": {part.code: part.points for part in one.contributions},
                "last_day": one.item.due_on,
            }
            for one in made.places[:limit]
        ],
        "not_measured": [
            {"company": one.item.participant.legal_name, "missing": list(one.missing)}
            for one in made.unmeasured[:limit]
        ],
    }
    lines = [
        f"{one.place:>4}. {one.total:>6}  "
        f"{' + '.join(f'{part.code} {part.points}' for part in one.contributions)}  {one.item.participant.legal_name}"
        for one in made.places[:limit]
    ]
    if made.framework is None:
        lines = ["No framework is published, so nobody has a place."]
    lines += [
        f"   -  not measured: {', '.join(one.missing)}  {one.item.participant.legal_name}" for one in made.unmeasured
    ]
    out.show(value, *(lines or [f"Nobody is to be ranked by: {', '.join(codes)}."]))
