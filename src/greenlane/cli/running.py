"""``greenlane setup``, ``serve`` and ``work``: from an empty machine to a running programme. No clause."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import click

from greenlane.cli.acting import answer_json, show_answer
from greenlane.cli.machine import REFUSED, Access, Output, Tool, console, now, today


def _alone(name: str, **options: Any) -> Any:
    """A command at the top of the tool."""
    return click.command(name, cls=Tool, **options)


@_alone(
    "setup",
    access=Access.OPERATOR,
    examples=[
        "greenlane setup --consulted-on 2019-06-01",
        "GREENLANE_DATABASE=postgresql://greenlane@localhost/greenlane greenlane setup",
    ],
)
@click.option("--programme", default="ctpat", show_default=True, metavar="CODE", help="A pack that ships with it.")
@click.option(
    "--consulted-on",
    metavar="DATE",
    help="The day on which the consultation on the criteria was concluded; without it they are not published yet.",
)
@click.option("--on", metavar="DATE", help="The first day of the terms. Unless said, that of the criteria that ship.")
@click.pass_obj
def setup(out: Output, programme: str, consulted_on: str | None, on: str | None) -> None:
    """Make a fresh installation ready: tables, signing key, static files, the programme's terms and criteria.

    It can be run again at any time, and does only what is still to be done.
    """
    from greenlane.records.ledger import ensure_signing_key

    steps: list[dict[str, Any]] = []
    terminal = console(errors=True)
    with terminal.status("Bringing the database up to date ..."):
        steps.append({"step": "database", "migrations": _migrate()})
    steps.append({"step": "key", "verifier_key": str(ensure_signing_key().verifier)})
    with terminal.status("Collecting static files ..."):
        steps.append({"step": "static", "files": _collect()})
    refused = False
    with terminal.status("Loading the programme ..."):
        for answer in _found(programme, consulted_on, on):
            steps.append({**answer_json(answer), "step": answer.command})
            refused = refused or not answer.granted
            if not out.as_json:
                show_answer(out, answer)
    out.show({"steps": steps, "next": NEXT}, *(f"{one['step']}: done" for one in steps[:3]), "Next:", *NEXT)
    if refused:
        click.get_current_context().exit(REFUSED)


NEXT = (
    "  greenlane people open-account --email you@agency.example --name 'Your Name'",
    "  greenlane people grant-office --account-id ID --office programme_manager",
    "  greenlane people set-password you@agency.example",
    "  greenlane certification publish-guidelines --as you@agency.example ...",
    "  greenlane serve      and, beside it,      greenlane work",
)


def _migrate() -> int:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    call_command("migrate", verbosity=0, interactive=False)
    return len(waiting)


def _collect() -> int:
    import io

    from django.contrib.staticfiles.management.commands.collectstatic import Command
    from django.core.management import call_command

    said = io.StringIO()
    call_command(Command(), verbosity=1, interactive=False, stdout=said)
    words = said.getvalue().split()
    return int(words[0]) if words and words[0].isdigit() else 0


def _found(programme: str, consulted_on: str | None, on: str | None) -> Iterator[Any]:
    """Load the programme and publish its criteria, as far as that is not done yet. Yields the answers."""
    from greenlane.casework.problems import Missing
    from greenlane.cli.acting import day
    from greenlane.criteria.catalogue import edition_to_json, load_catalogue
    from greenlane.criteria.models import EditionRow
    from greenlane.programs.models import Programme
    from greenlane.programs.packs_schema import PACKS, load_pack

    pack = PACKS / programme / "pack.yaml"
    if not pack.is_file():
        raise Missing("pack", programme)
    catalogue = load_catalogue()
    own = catalogue.programme == programme
    when = day(on) or (min(edition.in_force_from for edition in catalogue.editions) if own else None)
    if not Programme.objects.filter(code=programme).exists():
        yield _as_platform("LoadProgramme", {"pack": load_pack(pack)}, when)
    if consulted_on is None or not own:
        return
    for business_type in catalogue.business_types:
        edition = catalogue.edition(business_type, today())
        known = EditionRow.objects.filter(programme=programme, business_type=business_type, version=edition.version)
        if not known.exists():
            values = {"edition": edition_to_json(edition), "consulted_on": consulted_on}
            yield _as_platform("PublishEdition", values, when)


def _as_platform(name: str, values: dict[str, Any], on: Any) -> Any:
    from uuid import uuid4

    from greenlane.casework.doors import perform

    return perform(name, values, account=None, now=now(), command_id=uuid4(), on=on)


@_alone(
    "serve",
    access=Access.OPERATOR,
    examples=["greenlane serve", "PORT=8080 greenlane serve --host 0.0.0.0 --workers 2"],
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), help="Processes. [default: 1 on SQLite, 2 on PostgreSQL]")
@click.option("--threads", type=click.IntRange(1, 64), help="Threads each. [default: 4 on SQLite, 2 on PostgreSQL]")
@click.pass_obj
def serve(out: Output, host: str, port: int, workers: int | None, threads: int | None) -> None:
    """Serve the pages and the JSON interface. On SQLite there is one process, because it has one writer."""
    from django.db import connection

    from greenlane.casework.problems import bad_input
    from greenlane.law.sentences import N_

    embedded = connection.vendor == "sqlite"
    if embedded and workers and workers > 1:
        what, mend = N_("The embedded database has one writer."), N_("Use one worker, or PostgreSQL.")
        raise bad_input("--workers", what, mend)
    command = server_command(host, port, workers or (1 if embedded else 2), threads or (4 if embedded else 2))
    connection.close()
    console(errors=True).print(f"Serving on http://{host}:{port}/   Stop it with Ctrl+C.", highlight=False)
    sys.stdout.flush()
    os.execv(command[0], command)  # noqa: S606 - our own server, with arguments that we wrote


def server_command(host: str, port: int, workers: int, threads: int) -> list[str]:
    """The server's command line."""
    shape = ["--interface", "wsgi", "--workers", str(workers), "--blocking-threads", str(threads)]
    where = ["--host", host, "--port", str(port), "--log-level", "warning", "--no-access-log"]
    return [sys.executable, "-m", "granian", *shape, *where, "greenlane.conf.wsgi:application"]


@_alone("work", access=Access.OPERATOR, examples=["greenlane work", "greenlane work --once --json"])
@click.option("--once", is_flag=True, help="Do what is due now, and stop.")
@click.option(
    "--every", type=click.FloatRange(0.1, 3600), default=5.0, show_default=True, help="Seconds between looks."
)
@click.pass_obj
def work(out: Output, once: bool, every: float) -> None:
    """Carry out what waits (reactions, notices), and seal the record with a signed checkpoint."""
    from greenlane.casework.timers import DailyRound
    from greenlane.vetting.matching.warming import warm_up

    stopping, daily = _on_signals(), DailyRound()
    if not once:
        warm_up()
    while True:
        done = work_once(daily)
        if once or done["done"] or done["sealed"]:
            out.show(
                done, f"{done['done']} done, {done['waiting']} waiting, {done['failing']} failing; {_sealed(done)}"
            )
        if once or stopping:
            break
        _wait(every, stopping)
    if once and done["failing"]:
        click.get_current_context().exit(REFUSED)


def work_once(daily: Callable[[datetime], int]) -> dict[str, Any]:
    """One look: what the day calls for, then everything that is due, then seal. Counts for people and programs."""
    from greenlane.casework import outbox
    from greenlane.casework.models import OutboxMessage
    from greenlane.records import ledger

    at = now()
    done = daily(at)
    while delivered := outbox.deliver(at):
        done += delivered
    checkpoint = ledger.seal(now())
    failing = OutboxMessage.objects.filter(done_at=None, attempts__gt=0).count()
    return {
        "done": done,
        "waiting": outbox.waiting(now()),
        "failing": failing,
        "sealed": checkpoint.size if checkpoint else None,
    }


def _sealed(done: dict[str, Any]) -> str:
    return f"record sealed at {done['sealed']} entries" if done["sealed"] else "nothing to seal"


def _on_signals() -> list[int]:
    """Numbers of the signals that ask to stop: work ends after the look that is under way."""
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda caught, _frame: stopping.append(caught))
    return stopping


def _wait(seconds: float, stopping: list[int]) -> None:
    until = time.monotonic() + seconds
    while not stopping and time.monotonic() < until:
        time.sleep(min(0.2, seconds))
