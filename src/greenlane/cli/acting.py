"""Who acts on the command line: by a key, or (for the operator) by name, with a trace in the log of reads: 971(c)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import click

from greenlane.cli.machine import NotTheOperator, Output, console, is_operator, now, today

F = TypeVar("F", bound=Callable[..., Any])

FOUNDING = frozenset(
    {
        "OpenAccount",
        "GrantOffice",
        "IssueToken",
        "RevokeToken",
        "LoadProgramme",
        "PublishEdition",
        "PublishGuidelines",
        "ImportList",
    }
)
"""What the operator may do in the platform's own name, so that a fresh installation can begin. The law's table of
authority must allow the platform each of them too."""


def acting_options(command: F) -> F:
    """``--as``, ``--token``, ``--on`` and ``--command-id``."""
    options = (
        click.option("--as", "acting_email", metavar="EMAIL", help="Act as this person (the operator only)."),
        click.option(
            "--token",
            "acting_token",
            metavar="KEY",
            help="Act as the owner of this key; or set GREENLANE_TOKEN.",
        ),
        click.option(
            "--on",
            "acting_on",
            metavar="DATE",
            help="The day on which it counts; today unless said.",
        ),
        click.option(
            "--command-id",
            "acting_key",
            metavar="KEY",
            help="The same key gives the same answer again.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def account_acting(command_name: str, email: str | None, token: str | None, at: datetime) -> UUID | None:
    """The account that acts, or None for the platform itself. Raises BadInput, Missing and NotTheOperator."""
    from greenlane.casework.problems import bad_input
    from greenlane.law.authority import GRANTS
    from greenlane.law.sentences import N_
    from greenlane.people.queries import account_of_token

    key = token or os.environ.get("GREENLANE_TOKEN", "")
    if email:
        return _by_name(email, command_name, at)
    if key:
        account = account_of_token(key, today())
        if account is None:
            what, mend = N_("This key is not live."), N_("Ask a programme manager for a new one.")
            raise bad_input("token", what, mend, "6 USC 971(c)")
        key_of: UUID = account.pk
        return key_of
    if command_name in FOUNDING and any(grant.office == "system" for grant in GRANTS.get(command_name, ())):
        if not is_operator():
            raise NotTheOperator
        return None
    raise bad_input(
        "--as",
        N_("Nobody is named who gives this command."),
        N_("Set GREENLANE_TOKEN to your key, or name a person with --as EMAIL if you operate this machine."),
        "6 USC 971(c)",
    )


def _by_name(email: str, command_name: str, at: datetime) -> UUID:
    """The operator acts as a person: it is done in that person's name, so a trace of it is kept."""
    from greenlane.casework.problems import Missing
    from greenlane.people.models import Account
    from greenlane.records.reads import log_read

    if not is_operator():
        raise NotTheOperator
    account = Account.objects.filter(email=email.strip().lower(), closed_on=None).first()
    if account is None:
        raise Missing("account", email[:100])
    log_read(account.pk, "operator", None, f"acted in this name: {command_name}", "command line of the machine", at)
    named: UUID = account.pk
    return named


def carry_out(
    out: Output,
    command_name: str,
    values: dict[str, Any],
    **acting: str | None,
) -> Any:
    """Give a command as the person named and show the answer. Exits with 1 when it is refused; else returns it."""
    from greenlane.casework.doors import perform

    return settle(out, perform(command_name, values, **acting_as(command_name, acting)))


def acting_as(command_name: str, acting: Mapping[str, str | None]) -> dict[str, Any]:
    """Account, instant, command id and day, as ``doors.perform`` takes them, from the options of a command."""
    from greenlane.casework.doors import command_key

    at = now()
    account = account_acting(command_name, acting["acting_email"], acting["acting_token"], at)
    key = command_key(acting["acting_key"], account)
    return {"account": account, "now": at, "command_id": key, "on": day(acting["acting_on"])}


def settle(out: Output, answer: Any) -> Any:
    """Show an answer; leave with exit code 1 when it is a refusal."""
    show_answer(out, answer)
    if not answer.granted:
        click.get_current_context().exit(1)
    return answer


def day(text: str | None, option: str = "--on") -> Any:
    """A date as it is written after *option* on the command line, or None. Raises BadInput."""
    from datetime import date

    from greenlane.casework.problems import bad_input
    from greenlane.law.sentences import N_

    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        what, mend = N_("This is not a date."), N_("Write the date as year-month-day: 2026-03-31.")
        raise bad_input(option, what, mend, "6 USC 971(b)") from None


def answer_json(answer: Any) -> dict[str, Any]:
    """An answer for programs, with its sentences said."""
    from greenlane.casework.doors import say

    body: dict[str, Any] = answer.to_json()
    body["reasons"] = [
        {
            "cite": reason.citation.cite,
            "code": reason.code,
            "holds": reason.holds,
            "sentence": say(reason.sentence),
            "mend": say(reason.mend),
            "where": reason.where,
        }
        for reason in answer.verdict.reasons
    ]
    del body["verdict"]
    return body


def show_answer(out: Output, answer: Any) -> None:
    """Granted or refused, and why: each reason with its clause, and what to do about those that do not hold."""
    from greenlane.casework.doors import say

    if out.as_json:
        out.json(answer_json(answer))
        return
    terminal = console()
    word, style = ("Granted", "bold green") if answer.granted else ("Refused", "bold red")
    named = f" {answer.reference} is now '{answer.state}'." if answer.reference and answer.granted else ""
    terminal.print(f"{word}: {answer.command}.{named}", style=style, markup=False, highlight=False)
    reasons = answer.verdict.reasons if answer.granted else answer.verdict.failing
    for reason in reasons:
        mark = "  + " if reason.holds else "  - "
        line = f"{mark}{say(reason.sentence)} ({reason.citation.cite})"
        terminal.print(line, markup=False, highlight=False)
        if reason.mend:
            terminal.print(f"      {say(reason.mend)}", markup=False, highlight=False)
    if answer.case_id:
        terminal.print(f"  case {answer.case_id}", style="dim", markup=False, highlight=False)
