"""Appeals on the command line: what waits, one of them whole with its record, the figures of a year (6 USC 967(c))."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from greenlane.cli.machine import Access, Output, today, tool


@click.group("appeals")
def appeals() -> None:
    """Appeal, review and determine; publish the list of those suspended or expelled (6 USC 967(b)-(c))."""


@tool(
    appeals,
    "list",
    access=Access.OPERATOR,
    examples=["greenlane appeals list", "greenlane appeals list --all --json"],
)
@click.option("--all", "everything", is_flag=True, help="Also those that are determined or withdrawn.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000), help="How many at most.")
@click.pass_obj
def list_appeals(out: Output, everything: bool, limit: int) -> None:
    """List appeals, the soonest due first, with the days that are left."""
    from greenlane.appeals.models import Appeal
    from greenlane.casework.models import Case

    on = today()
    rows = Appeal.objects.select_related("participant").order_by("due_on", "filed_on", "pk")
    if not everything:
        rows = rows.filter(determined_on=None, withdrawn_on=None)
    found = list(rows[:limit])
    cases = Case.objects.in_bulk([row.pk for row in found])
    value: list[dict[str, Any]] = [
        {
            "id": str(row.pk),
            "reference": cases[row.pk].reference,
            "state": cases[row.pk].state,
            "company": row.participant.legal_name,
            "decision": row.decision,
            "filed_on": row.filed_on,
            "due_on": row.due_on,
            "days_left": (row.due_on - on).days if row.is_open else None,
        }
        for row in found
    ]
    lines = [
        f"{v['reference']}  {v['state']:<12}  {v['decision']}  due {v['due_on']}  {_left(v['days_left'])}{v['company']}"
        for v in value
    ]
    out.show(value, *(lines or ["There is none."]))


def _left(days: int | None) -> str:
    return "" if days is None else f"({days} days)  "


@tool(
    appeals,
    "show",
    access=Access.OPERATOR,
    examples=["greenlane appeals show APP-ABCD-EFGH", "greenlane appeals show APP-ABCD-EFGH --json"],
)
@click.argument("case")
@click.pass_obj
def show_appeal(out: Output, case: str) -> None:
    """Show an appeal, by its reference or id: its days, grounds and outcome, and the record that it was made on."""
    from greenlane.appeals import record
    from greenlane.appeals.queries import appeal_of, latest_record
    from greenlane.cli.groups import _case

    found = _case(case, "appeal")
    row = appeal_of(found.pk)
    frozen = latest_record(row.pk)
    columns = (
        "decision", "measure", "decided_on", "last_day", "filed_on", "due_on", "officer_name", "outcome",
        "determined_on", "late", "withdrawn_on", "restored_from", "reasons",
    )  # fmt: skip
    value: dict[str, Any] = {
        "id": str(row.pk),
        "reference": found.reference,
        "state": found.state,
        "participant": str(row.participant_id),
        "consequence": str(row.consequence_id),
        **{name: getattr(row, name) for name in columns},
        "grounds": row.grounds,
        "record": record.content_of(frozen) if frozen else None,
        "record_sha256": frozen.sha256 if frozen else "",
        "altered": record.altered(frozen) if frozen else [],
    }
    lines = [f"{found.reference}  {found.state}  {row.participant.legal_name}"]
    lines += [f"  {name}: {value[name]}" for name in columns if value[name] not in (None, "", False)]
    lines += [f"  ground: {ground['title']}" for ground in row.grounds]
    if frozen:
        whole = "as it was frozen" if not value["altered"] else f"ALTERED: {', '.join(value['altered'])}"
        lines.append(f"  record {frozen.number}: {len(frozen.items)} items, {frozen.sha256}, {whole}")
    out.show(value, *lines)


@tool(
    appeals,
    "figures",
    access=Access.OPERATOR,
    examples=["greenlane appeals figures --year 2026", "greenlane appeals figures --year 2026 --json"],
)
@click.option("--year", type=click.IntRange(2006, 9998), help="The calendar year; this one unless said.")
@click.pass_obj
def show_figures(out: Output, year: int | None) -> None:
    """Count determinations of a year by outcome, from the record alone, with the entries behind the figures."""
    from greenlane.appeals.queries import figures

    chosen = year or today().year
    counted = figures(date(chosen, 1, 1), date(chosen, 12, 31))
    value = {
        "year": chosen,
        "total": counted.total,
        "late": counted.late,
        **counted.by_outcome,
        "entries": [str(uid) for uid in counted.entries],
    }
    lines = [f"{chosen}: {counted.total} determined, {counted.late} late"]
    lines += [f"  {outcome}: {number}" for outcome, number in sorted(counted.by_outcome.items())]
    out.show(value, *lines)
