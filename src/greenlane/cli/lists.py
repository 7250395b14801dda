"""``greenlane lists`` and ``greenlane places``: official lists and ports, whole or not at all (6 USC 964(b))."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import click

from greenlane.cli.acting import acting_as, acting_options, day, settle
from greenlane.cli.machine import Access, Output, console, today, tool

FILE = click.Path(path_type=Path, dir_okay=False)
KINDS = ("ofac_sdn", "ofac_consolidated", "csl", "bis_dpl", "un_consolidated")
ROLES = ("primary", "alt", "add", "comments", "list")


@click.group("lists")
def lists() -> None:
    """The official lists that parties are screened against."""


def _role_options(command: Any) -> Any:
    helps = {
        "primary": "OFAC: sdn.csv or cons_prim.csv.",
        "alt": "OFAC: alt.csv or cons_alt.csv.",
        "add": "OFAC: add.csv or cons_add.csv.",
        "comments": "OFAC: sdn_comments.csv or cons_comments.csv, where there is one.",
        "list": "Lists of one file: consolidated.csv, dpl.txt or consolidated.xml.",
    }
    for role in reversed(ROLES):
        command = click.option(f"--{role}", f"file_{role}", type=FILE, help=helps[role])(command)
    return command


@tool(
    lists,
    "import",
    access=Access.PERSON,
    examples=[
        "greenlane lists import ofac_sdn --primary sdn.csv --alt alt.csv --add add.csv "
        "--source https://ofac.treasury.gov --retrieved-on 2026-03-02",
        "greenlane lists import un_consolidated --list consolidated.xml --source scsanctions.un.org "
        "--retrieved-on 2026-03-02",
    ],
)
@click.argument("kind")
@_role_options
@click.option("--source", required=True, metavar="TEXT", help="Where the files come from.")
@click.option("--retrieved-on", required=True, metavar="DATE", help="The day on which the publisher offered them.")
@click.option("--accept-warnings", is_flag=True, help="Only after asking the publisher; give the --reason.")
@click.option("--reason", default="", metavar="TEXT", help="Why the warnings are accepted, with a source.")
@acting_options
@click.pass_obj
def import_list(
    out: Output,
    kind: str,
    source: str,
    retrieved_on: str,
    accept_warnings: bool,
    reason: str,
    **given: Any,
) -> None:
    """Import a list of one KIND from its files: all of it, or none of it and a report by file and line.

    KIND is ofac_sdn, ofac_consolidated, csl, bis_dpl or un_consolidated. The same files again confirm that they
    have not changed.
    """
    from greenlane.casework.doors import give
    from greenlane.vetting.importing import prepare

    files = {role: path for role in ROLES if (path := given.pop(f"file_{role}")) is not None}
    who = acting_as("ImportList", given)
    with _busy(out):
        command = prepare(
            kind, files, source, day(retrieved_on, "--retrieved-on"), accept_drop=accept_warnings, reason=reason
        )
        answer = give(command, **who)
    settle(out, answer)


def _busy(out: Output) -> AbstractContextManager[Any]:
    """Tell a person that it takes a while; a program wants to hear nothing."""
    if out.as_json:
        return nullcontext()
    status: AbstractContextManager[Any] = console(errors=True).status("Reading and comparing the list ...")
    return status


@tool(
    lists,
    "show",
    access=Access.OPERATOR,
    examples=["greenlane lists show", "greenlane lists show ofac_sdn", "greenlane lists show --json"],
)
@click.argument("kind", required=False)
@click.pass_obj
def show(out: Output, kind: str | None) -> None:
    """Show the current version of every list with its age in days, or all versions of one KIND."""
    from greenlane.vetting.queries import list_history, lists_on_record

    on = today()
    if kind:
        versions = [(version, (on - version.retrieved_on).days, False) for version in list_history(kind)]
    else:
        versions = [(state.version, state.age_days, state.too_old) for state in lists_on_record(on)]
    rows = [
        {
            "kind": version.kind,
            "version": version.number,
            "retrieved_on": version.retrieved_on,
            "published_on": version.published_on,
            "entries": version.entries,
            "added": version.added,
            "changed": version.changed,
            "removed": version.removed,
            "age_days": age,
            "too_old": too_old,
            "source": version.source,
            "sha256": version.sha256,
        }
        for version, age, too_old in versions
    ]
    columns = ("kind", "version", "retrieved_on", "entries", "added", "changed", "removed", "age_days", "too_old")
    out.table(rows, columns)


@click.group("places")
def places() -> None:
    """Ports and other places."""


@tool(
    places,
    "import-wpi",
    access=Access.PERSON,
    examples=[
        "greenlane places import-wpi UpdatedPub150.csv --source https://msi.nga.mil --retrieved-on 2026-03-02",
        "greenlane places import-wpi UpdatedPub150.csv --check --json",
    ],
)
@click.argument("file", type=FILE)
@click.option("--check", is_flag=True, help="Only read the file and report; nothing is imported.")
@click.option("--source", default="", metavar="TEXT", help="Where the file comes from.")
@click.option("--retrieved-on", default="", metavar="DATE", help="The day on which the publisher offered it.")
@acting_options
@click.pass_obj
def import_wpi(out: Output, file: Path, check: bool, source: str, retrieved_on: str, **given: Any) -> None:
    """Import a World Port Index FILE: all of it, or none of it and a report by line."""
    from greenlane.casework.doors import give, say
    from greenlane.cli.programmes import existing
    from greenlane.places.commands import prepare_ports
    from greenlane.places.ports import read_world_port_index

    path = existing(file, "file")
    if not check:
        who = acting_as("ImportPorts", given)
        with _busy(out):
            answer = give(prepare_ports(path, source, day(retrieved_on, "--retrieved-on")), **who)
        settle(out, answer)
        return
    read = read_world_port_index(path)
    value = {
        "counts": dict(read.counts),
        "sha256": read.sha256,
        "warnings": [say(warning) for warning in read.warnings],
    }
    lines = [*(f"{name}: {count}" for name, count in read.counts.items()), *value["warnings"], f"SHA-256 {read.sha256}"]
    out.show(value, *lines)
