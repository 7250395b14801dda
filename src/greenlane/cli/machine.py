"""What every command of the ``greenlane`` tool shares: authority, exit codes, output for people and for programs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import click

GRANTED, REFUSED, BAD_INPUT, MISSING = 0, 1, 2, 3


class Access(StrEnum):
    """What a command of the tool asks of the person at the machine."""

    ANYBODY = "anybody"
    """It reads nothing but what ships with the product, or a file that the person gives."""
    OPERATOR = "operator"
    """It reads or tends the database of this machine: only its operator may, the one who owns its keys."""
    PERSON = "person"
    """It acts as a person, by key or (for the operator) by name; the person's offices decide, and it is recorded."""


@dataclass
class Output:
    """Where answers go: rich text for people, or one JSON value on standard output for programs."""

    as_json: bool = False
    _said: list[Any] = field(default_factory=list)

    def json(self, value: Any) -> None:
        from django.core.serializers.json import DjangoJSONEncoder

        click.echo(json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))

    def lines(self, *lines: Any) -> None:
        """Plain lines for people, without markup; nothing for programs."""
        if not self.as_json:
            for line in lines:
                console().print(str(line), markup=False, highlight=False, soft_wrap=True)

    def show(self, value: Any, *lines: Any) -> None:
        """*value* for programs, *lines* for people."""
        if self.as_json:
            self.json(value)
        else:
            self.lines(*lines)

    def table(self, rows: Sequence[dict[str, Any]], columns: Iterable[str], *, title: str = "") -> None:
        """Rows as a table for people, as a list for programs."""
        if self.as_json:
            self.json(list(rows))
            return
        from rich.table import Table
        from rich.text import Text

        table = Table(title=title or None, title_justify="left", header_style="bold")
        names = list(columns)
        for name in names:
            table.add_column(name.replace("_", " "), overflow="fold")
        for row in rows:
            table.add_row(*(Text(_cell(row.get(name))) for name in names))
        console().print(table if rows else Text("There is nothing to show."))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(str(part) for part in value) if isinstance(value, list | tuple) else str(value)


def console(*, errors: bool = False) -> Any:
    """A terminal as wide as it is; 100 columns where there is none."""
    from rich.console import Console

    stream = sys.stderr if errors else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else 100, soft_wrap=not stream.isatty())


def set_up() -> None:
    """Start Django once; ``--help`` never needs it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "greenlane.conf.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        import logging

        import structlog

        # the output of a command is for its reader; the log goes beside it
        structlog.configure(
            logger_factory=structlog.PrintLoggerFactory(sys.stderr),
            wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        )
        django.setup()


def now() -> datetime:
    """The instant at which the tool is used (UTC)."""
    from django.utils import timezone

    return timezone.now()


def today() -> date:
    """The legal day, where the programme has its seat."""
    from greenlane.casework.dates import legal_date

    return legal_date(now())


def is_operator() -> bool:
    """Does the person at the machine own its keys? The operator can read the key that signs the record; before the
    first key there is, the operator is whoever may write in the home folder."""
    from pathlib import Path

    from django.conf import settings

    key = Path(settings.GREENLANE_SIGNING_KEY)
    if key.exists():
        return os.access(key, os.R_OK)
    folder = next((above for above in (key.parent, *key.parent.parents) if above.exists()), Path("/"))
    return os.access(folder, os.W_OK)


class Tool(click.Command):
    """A command of the tool: it declares its authority, takes ``--json``, and never ends in a stack trace.

    *examples* are shown under its help; *django* False means that it runs without settings and database.
    """

    def __init__(
        self, *args: Any, access: Access, examples: Sequence[str] = (), django: bool = True, **options: Any
    ) -> None:
        shown = "\n".join(("\b", "Examples:", *(f"  {example}" for example in examples)))
        super().__init__(*args, epilog=shown if examples else None, **options)
        self.access, self.examples, self.django = access, tuple(examples), django
        self.params.append(
            click.Option(["--json", "as_json"], is_flag=True, help="Answer with JSON on standard output.")
        )

    def invoke(self, ctx: click.Context) -> Any:
        out = ctx.obj = Output(ctx.params.pop("as_json", False))
        if self.django:
            set_up()
        try:
            if self.access is Access.OPERATOR and not is_operator():
                raise NotTheOperator
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            ctx.exit(explain(out, error))


class NotTheOperator(Exception):
    """Raised when somebody who does not own the machine's keys uses what is the operator's."""

    def __init__(self) -> None:
        super().__init__(
            "Only the operator of this machine may do this: the one who can read the key that signs the record "
            "(6 USC 971(c)). Use a key of your own with --token, or ask the operator."
        )


def explain(out: Output, error: Exception) -> int:
    """Say what went wrong, where and what to do; returns the exit code. A bug is raised again."""
    from greenlane.cli.mistakes import mistakes_of

    code, mistakes = mistakes_of(error)
    if out.as_json:
        out.json({"error": {"exit": code, "problems": mistakes}})
        return code
    terminal = console(errors=True)
    for one in mistakes:
        where = f"{one['where']}: " if one["where"] else ""
        cite = f" ({one['cite']})" if one["cite"] else ""
        terminal.print(f"{where}{one['what']}{cite}", style="red", markup=False, highlight=False)
        if one["mend"]:
            terminal.print(f"    {one['mend']}", markup=False, highlight=False)
    return code


def access_of(command: click.Command) -> Access:
    """The authority that a command declares. Raises LookupError where there is none."""
    declared = getattr(command, "access", None)
    if not isinstance(declared, Access):
        raise LookupError(f"the command {command.name} declares no authority")
    return declared


def tool(
    group: click.Group, name: str, *, access: Access, examples: Sequence[str] = (), django: bool = True, **options: Any
) -> Any:
    """Add a function to *group* as a command that declares its authority."""
    return group.command(name, cls=Tool, access=access, examples=examples, django=django, **options)
