"""``greenlane``: the command line, which can do all that the pages can. Groups are loaded only when they are used."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import NamedTuple

import click


class Place(NamedTuple):
    """Where a group or command is, and what the first page of help says of it."""

    module: str
    name: str
    help: str
    room: str = ""
    """The room whose generated commands belong to the group."""

    access: str = ""
    """The authority of the group's commands, where they do not declare it one by one."""


PLACES: Mapping[str, Place] = {
    "law": Place("law", "law", "Read the two laws, clause by clause, and what carries each out."),
    "setup": Place("running", "setup", "Make a fresh installation ready: database, key, programme, criteria."),
    "serve": Place("running", "serve", "Serve the pages and the JSON interface."),
    "work": Place("running", "work", "Do what waits: reactions, notices, sealing the record."),
    "people": Place("people", "people", "Accounts, offices, keys for programs.", "people"),
    "programmes": Place("programmes", "programmes", "Load a programme's terms.", "programs"),
    "criteria": Place("programmes", "criteria", "Publish the security criteria.", "criteria"),
    "participants": Place("groups", "participants", "Register companies and keep their profiles.", "participants"),
    "applications": Place("groups", "applications", "Apply: history, risks, answers, signature.", "applications"),
    "vetting": Place("groups", "vetting", "Background investigations and their hits.", "vetting"),
    "certification": Place("groups", "certification", "Review and decide Tier 1 certification.", "certification"),
    "profiles": Place("profiles", "profiles", "The yearly review, contacts, hand-over, changes.", "profiles"),
    "validation": Place("validation", "validation", "Visits, findings, actions, Tiers 2 and 3.", "validation"),
    "revalidation": Place("revalidation", "revalidation", "Who is due, the ranking, Tier confirmed.", "revalidation"),
    "consequences": Place("consequences", "consequences", "Deny, suspend, expel, restore; incidents.", "consequences"),
    "appeals": Place("appeals", "appeals", "Appeal, determine, publish the list.", "appeals"),
    "validators": Place("validators", "validators", "Certify and engage third party validators.", "validators"),
    "sharing": Place("sharing", "sharing", "Verify a partner's status; agreements with agencies.", "sharing"),
    "release": Place("release", "release", "Decide cargo entries; agencies, policies, what if.", "release"),
    "cases": Place("cases", "cases", "Find cases; their timelines and documents.", "casework"),
    "letters": Place("cases", "letters", "Notices as they were served, on screen or on paper."),
    "lists": Place("lists", "lists", "Import the official screening lists."),
    "places": Place("lists", "places", "Import ports."),
    "records": Place("records", "records", "Verify, seal and export the record."),
    "docs": Place("docs", "docs", "Write the pages of the manual that follow from the code."),
    "demonstration": Place(
        "demonstration", "demonstration", "Serve a demonstration; everything in it is invented.", access="operator"
    ),
}


class LazyGroup(click.Group):
    """The top of the tool: it names its groups without loading them, so that help is fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(PLACES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = PLACES.get(cmd_name)
        return load(place) if place else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Groups"):
            formatter.write_dl([(name, place.help) for name, place in PLACES.items()])


_LOADED: dict[Place, click.Command] = {}


def load(place: Place) -> click.Command:
    """The group or command of a place, with the generated commands of its room."""
    if place not in _LOADED:
        if place.room:
            from greenlane.cli.machine import set_up

            set_up()
        module = importlib.import_module(f"greenlane.cli.{place.module}")
        command: click.Command = getattr(module, place.name)
        if place.room and isinstance(command, click.Group):
            from greenlane.cli.rooms import add_room_commands

            command = add_room_commands(command, str(command.name))
        if place.access and isinstance(command, click.Group):
            from greenlane.cli.machine import Access

            for below in command.commands.values():
                below.access = Access(place.access)  # type: ignore[attr-defined]
        _LOADED[place] = command
    return _LOADED[place]


EPILOG = """\b
To begin:
  greenlane setup                      make a fresh installation ready
  greenlane law show "964(c)"          read a clause of the law
  greenlane cases list --overdue       what is late
  greenlane cases show CER-ABCD-EFGH   one case

\b
Every command takes --json. Exit codes: 0 granted, 1 refused, 2 input that cannot be
read, 3 missing. Commands on cases act as a person: set GREENLANE_TOKEN to your key,
or, on the machine itself, use --as EMAIL.
"""


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from greenlane import __version__

        click.echo(f"greenlane {__version__}")
        ctx.exit()


@click.group(cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, callback=_version, expose_value=False, is_eager=True, help="Show the version.")
def greenlane() -> None:
    """Run a customs trusted-trader programme as the law describes it: 6 USC 961-973 and 19 USC 4311."""


def main() -> None:
    """The tool's entry point."""
    greenlane(prog_name="greenlane")


Walk = Callable[[str, click.Command], None]


def walk(visit: Walk, command: click.Command | None = None, path: str = "greenlane") -> None:
    """Visit every command of the tool with its full name."""
    here = command or greenlane
    if not isinstance(here, click.Group):
        visit(path, here)
        return
    context = click.Context(here, info_name=path)
    for name in here.list_commands(context):
        below = here.get_command(context, name)
        if below is not None:
            walk(visit, below, f"{path} {name}")


if __name__ == "__main__":
    main()
