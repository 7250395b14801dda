"""Other numbers of the policy on the command line, and what they would do (6 USC 964(a), 965(b), 966(c))."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from greenlane.cli.machine import Access, Output, now, today, tool
from greenlane.cli.release_files import finished
from greenlane.law.sentences import N_

if TYPE_CHECKING:
    from greenlane.release.simulation import Found
    from greenlane.release.whatif import Asked
    from greenlane.release.whatif_hours import Hours

DAY = click.DateTime(["%Y-%m-%d"])


def add_to(group: click.Group) -> None:
    """Add the command to the group of release."""

    @tool(
        group,
        "what-if",
        access=Access.OPERATOR,
        examples=[
            "greenlane release what-if --set tier_two_permille=300",
            "greenlane release what-if --set threshold=200 --set random_rate=250 --by port --json",
            "greenlane release what-if year.parquet --set tier_two_permille=300",
            "greenlane release what-if --first 2026-01-01 --last 2026-12-31 --set tier_two_permille=300 --by business",
        ],
    )
    @click.argument("source", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--set", "numbers", multiple=True, metavar="NAME=NUMBER", help="A number of the policy, 'threshold'.")
    @click.option(
        "--by",
        type=click.Choice(["tier", "mode", "port", "business"]),
        default="tier",
        show_default=True,
        help="Grouped by; 'business' is the business type of the importer.",
    )
    @click.option("--first", type=DAY, metavar="DAY", help="All entries on record, filed from this day (UTC) on.")
    @click.option("--last", type=DAY, metavar="DAY", help="With --first: until this day.")
    @click.option("--programme", default="ctpat", show_default=True, help="Code of the programme.")
    @click.pass_obj
    def what_if(out: Output, /, **given: Any) -> None:
        """Say what other numbers would do: to a file of entries, or to those on record, the latest or a period's.

        Examinations and scores are counted exactly. Hours to release are the mix of examinations, each at the mean
        that was measured for it. The entries of a file are decided with the statuses of the instants of their filing.
        """
        _what_if(out, **given)


def _what_if(
    out: Output, *, source: Path | None, numbers: tuple[str, ...], by: str, programme: str, **days: datetime | None
) -> None:
    from greenlane.casework.doors import said
    from greenlane.casework.problems import bad_input
    from greenlane.release import whatif, whatif_hours

    asked = whatif.ask(programme, dict(map(_number, numbers)), today())
    first, last = (day.date() if day else None for day in (days["first"], days["last"]))
    period = whatif.period_given(first, last)
    if source and period:
        raise bad_input("--first", N_("A file is asked as a whole."), N_("Leave out the file, or --first and --last."))
    found = _of_file(source, asked, programme) if source else whatif.answer(programme, asked, period)
    known = whatif_hours.measured(programme, period, today())
    groups = getattr(found, "businesses" if by == "business" else f"{by}s")
    rows = [
        {
            by: whatif.group_name(by, name),
            "entries": group.entries,
            "examined_now": group.before.examined,
            "examined_then": group.after.examined,
            "mean_score_now": group.before.mean(group.entries),
            "mean_score_then": group.after.mean(group.entries),
            **_hours(whatif_hours.hours(group, known)),
        }
        for name, group in sorted(groups.items())
    ]
    if out.as_json:
        hours = said(whatif_hours.to_json(found, known))
        out.json({"changes": asked.changes, **found.to_json(), "hours": hours})
        return
    out.table(rows, tuple(rows[0]) if rows else (by,), title=_title(found))


def _hours(found: Hours) -> dict[str, str]:
    from greenlane.casework.doors import say

    now, then = (f"{one:.1f}" for one in found.known) if found.known else ("-", "-")
    return {"hours_now": now, "hours_then": then, "why_no_hours": say(found.why)}


def _title(found: Found) -> str:
    return f"{found.changed:,} of {found.entries:,} entries change"


def _of_file(source: Path, asked: Asked, programme: str) -> Found:
    from greenlane.release import whatif_cube
    from greenlane.release.files import Job

    job = Job(programme, [asked.before], None, now())
    return finished(lambda: whatif_cube.answer_file(source, asked, job), source.name)


def _number(text: str) -> tuple[str, int]:
    from greenlane.casework.problems import bad_input

    name, _, value = text.partition("=")
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise bad_input(
            "--set",
            N_("'%(text)s' is no number of a policy with its value."),
            N_("Write name=number, for example --set tier_two_permille=300."),
            "6 USC 964(a)",
            text=text[:60],
        )
    return name.strip(), int(value)
