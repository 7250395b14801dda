"""``greenlane docs``: the manual's page on the command line, written from the commands themselves. No clause."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from greenlane.cli.machine import Access, Output, Tool, access_of, tool


@click.group("docs")
def docs() -> None:
    """Write the pages of the manual that follow from the code."""


@tool(
    docs,
    "command-line",
    access=Access.ANYBODY,
    examples=["greenlane docs command-line --out docs/how-to/command-line.md"],
)
@click.option("--out", "path", type=click.Path(path_type=Path, dir_okay=False), help="Write it to this file.")
@click.pass_obj
def command_line(out: Output, path: Path | None) -> None:
    """Write the page on the command line: every command with its options and examples."""
    text = page()
    if path is None:
        out.show({"page": text}, text)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    out.show({"written": str(path)}, f"Written to {path}.")


BEGINNING = """# The command line

This page is written by `greenlane docs command-line --out docs/how-to/command-line.md`; do not edit it by hand.

Everything that can be done on the pages can be done here. Every command takes `--json` and then writes one JSON value
to standard output. It ends with 0 when it was granted, 1 when it was refused (each reason is printed with its clause),
2 when the input cannot be read, 3 when something that it names does not exist.

**Authority** (6 USC 971(c)). Each command says what it asks of you. *anybody*: it reads only what ships with the
product, or a file of yours. *operator*: you operate this machine, that is, you can read the key that signs the record.
*person*: it is done in a person's name, and that person's offices decide. Set `GREENLANE_TOKEN` to your key; the
operator may use `--as EMAIL` instead, which leaves a trace in the log of reads.

**Values.** Dates are written 2026-03-31. Lists of plain values repeat the option. Whatever is nested is given as JSON,
or as `@file.json`. `--command-id` makes repeating harmless.
"""


def page() -> str:
    """The page as Markdown."""
    from greenlane.cli.main import walk

    found: list[tuple[str, click.Command]] = []
    walk(lambda name, command: found.append((name, command)))
    parts = [BEGINNING, "## All commands\n"]
    parts += [f"- [`{name}`](#{name.replace(' ', '-')}): {command.get_short_help_str(200)}" for name, command in found]
    for name, command in found:
        parts.append("\n".join(_described(name, command)))
    return "\n".join(parts).rstrip() + "\n"


def _described(name: str, command: click.Command) -> Iterator[str]:
    yield f"\n## {name}\n"
    yield (command.help or command.get_short_help_str(200)).replace("\b", "").strip()
    yield f"\nAuthority: {access_of(command).value}.\n"
    arguments = [p for p in command.params if isinstance(p, click.Argument)]
    options = [p for p in command.params if isinstance(p, click.Option)]
    usage = " ".join([name, *(str(a.make_metavar(click.Context(command))) for a in arguments), "[OPTIONS]"])
    yield f"```\n{usage}\n```\n"
    for option in options:
        names = " / ".join(f"`{text}`" for text in (*option.opts, *option.secondary_opts))
        choices = f" One of: {', '.join(option.type.choices)}." if isinstance(option.type, click.Choice) else ""
        yield f"- {names}: {(option.help or '').strip()}{choices}".rstrip(": ")
    if isinstance(command, Tool) and command.examples:
        yield "\n```\n" + "\n".join(command.examples) + "\n```"
