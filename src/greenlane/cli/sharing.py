"""Status verification on the command line: look a partner up, read a programme as an agency (6 USC 971(c))."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

import click

from greenlane.cli.acting import account_acting, acting_options
from greenlane.cli.machine import Access, Output, now, tool


@click.group("sharing")
def sharing() -> None:
    """Let partners and agencies verify a status, by consent and agreement; every look is seen (6 USC 971(c))."""


def _reader(acting: dict[str, Any]) -> UUID:
    """The person who reads; the platform itself looks nobody up. Raises BadInput."""
    from greenlane.casework.problems import bad_input
    from greenlane.law.sentences import N_

    account = account_acting("LookUp", acting.get("acting_email"), acting.get("acting_token"), now())
    if account is None:
        what, mend = N_("Nobody is named who looks."), N_("Set GREENLANE_TOKEN to your key.")
        raise bad_input("--as", what, mend, "6 USC 971(c)")
    return account


def _shown(out: Output, seen: Any) -> None:
    """What was seen, or the reasons of the refusal with exit code 1."""
    from greenlane.casework.doors import say

    if not seen.verdict.granted:
        failing = seen.verdict.failing
        reasons = [{"code": one.code, "clause": one.citation.cite, "reason": say(one.sentence)} for one in failing]
        out.show({"granted": False, "reasons": reasons}, *(f"{one['reason']} ({one['clause']})" for one in reasons))
        click.get_current_context().exit(1)
    value = [{**asdict(one), "participant": str(one.participant)} for one in seen.found]
    lines = [f"{v['standing']:<12}  {v['since'] or '-'}  tier {v['tier'] or '-'}  {v['name']}" for v in value]
    out.show(value, *(lines or ["There is none."]))


@tool(
    sharing,
    "look-up",
    access=Access.PERSON,
    examples=["greenlane sharing look-up 2345-6789-ABCD --participant ID --purpose 'A new supplier' --json"],
)
@click.argument("number")
@click.option("--participant", required=True, type=click.UUID, help="The company in whose name you look.")
@click.option("--purpose", required=True, metavar="TEXT", help="What for; your partner reads it.")
@acting_options
@click.pass_obj
def look_up(out: Output, number: str, participant: UUID, purpose: str, **acting: Any) -> None:
    """Look up the status of a partner by its number, while both consent. The partner sees the look."""
    from greenlane.sharing import reading

    _shown(out, reading.look_up(reading.Look(_reader(acting), participant, purpose, now()), number))


@tool(
    sharing,
    "agency-list",
    access=Access.PERSON,
    examples=["greenlane sharing agency-list --purpose 'Choosing whom to inspect' --json"],
)
@click.option("--programme", default="ctpat", show_default=True, help="Code of the programme.")
@click.option("--purpose", required=True, metavar="TEXT", help="What for; each participant on the list reads it.")
@acting_options
@click.pass_obj
def agency_list(out: Output, programme: str, purpose: str, **acting: Any) -> None:
    """List the participants that consent, as an agency under its agreement. Each of them sees the look."""
    from greenlane.sharing import reading

    _shown(out, reading.agency_list(reading.AgencyLook(_reader(acting), programme, purpose, now())))
