"""``greenlane people``: accounts, offices, passwords, and keys that are shown once (6 USC 971(c))."""

from __future__ import annotations

import hashlib
import secrets
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from greenlane.cli.acting import acting_as, acting_options, answer_json, show_answer
from greenlane.cli.machine import Access, Output, today, tool

if TYPE_CHECKING:
    from greenlane.people.models import Account

USUAL_DAYS = 90


@click.group("people")
def people() -> None:
    """Accounts, the offices that people hold, and keys for programs."""


@tool(
    people,
    "issue-token",
    access=Access.PERSON,
    examples=[
        "greenlane people issue-token --email mia@example.org --label 'nightly export'",
        "export GREENLANE_TOKEN=$(greenlane people issue-token --email mia@example.org --label shell --json "
        "| jq -r .token)",
    ],
)
@click.option("--email", "of", required=True, metavar="EMAIL", help="Whose key it is.")
@click.option("--label", required=True, metavar="TEXT", help="What the key is for.")
@click.option("--days", type=click.IntRange(1, 366), default=USUAL_DAYS, show_default=True, help="How long it is good.")
@acting_options
@click.pass_obj
def issue_token(out: Output, of: str, label: str, days: int, **acting: str | None) -> None:
    """Issue a key with which a program acts as a person. It is shown once; only its hash is kept."""
    from greenlane.casework.doors import perform

    fresh = secrets.token_urlsafe(32)
    values = {
        "account_id": _account(of).pk,
        "label": label,
        "hash": hashlib.sha256(fresh.encode()).hexdigest(),
        "expires_on": today() + timedelta(days=days),
    }
    answer = perform("IssueToken", values, **acting_as("IssueToken", acting))
    if not answer.granted:
        show_answer(out, answer)
        click.get_current_context().exit(1)
    body = {**answer_json(answer), "token": fresh, "expires_on": values["expires_on"]}
    out.show(
        body,
        fresh,
        f"Good until {values['expires_on']}. It is not shown again: put it where secrets are kept, "
        "and set GREENLANE_TOKEN to it.",
    )


@tool(
    people,
    "set-password",
    access=Access.OPERATOR,
    examples=[
        "greenlane people set-password mia@example.org",
        "greenlane people set-password mia@example.org --stdin < secret",
    ],
)
@click.argument("email")
@click.option("--stdin", "from_stdin", is_flag=True, help="Read the password from standard input instead of asking.")
@click.pass_obj
def set_password(out: Output, email: str, from_stdin: bool) -> None:
    """Set a person's password, so that the person can sign in. Passwords are kept apart from the record."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from greenlane.casework.problems import bad_input
    from greenlane.law.sentences import N_
    from greenlane.people.state import keep_password

    account = _account(email)
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    try:
        validate_password(password, account)
    except ValidationError as error:
        what, mend = N_("This password cannot be used: %(detail)s"), N_("Choose a longer and less common one.")
        raise bad_input("password", what, mend, "6 USC 971(c)", detail=" ".join(error.messages)) from None
    keep_password(account, password)
    out.show({"account": str(account.pk), "password": "set"}, f"{account.name} can sign in with the new password.")


@tool(people, "list", access=Access.OPERATOR, examples=["greenlane people list", "greenlane people list --json"])
@click.pass_obj
def list_people(out: Output) -> None:
    """List the open accounts with the offices that they hold today."""
    from greenlane.people.models import Account, OfficeHolding
    from greenlane.people.queries import in_force

    offices: dict[str, list[str]] = {}
    for holding in OfficeHolding.objects.filter(in_force(today())).order_by("office"):
        offices.setdefault(str(holding.account_id), []).append(holding.office)
    rows = [
        {
            "id": str(account.pk),
            "name": account.name,
            "email": account.email,
            "opened_on": account.opened_on,
            "offices": offices.get(str(account.pk), []),
        }
        for account in Account.objects.filter(closed_on=None).order_by("name", "email")
    ]
    out.table(rows, ("name", "email", "offices", "id"))


def _account(email: str) -> Account:
    from greenlane.casework.problems import Missing
    from greenlane.people.models import Account

    account = Account.objects.filter(email=email.strip().lower(), closed_on=None).first()
    if account is None:
        raise Missing("account", email[:100])
    return account
