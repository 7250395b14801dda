"""A command of the tool for each command of the rooms, generated: the statute's verbs with their fields as options."""

from __future__ import annotations

import dataclasses
import enum
import json
import re
import types
import typing
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import click

from greenlane.casework.doors import public_commands
from greenlane.casework.problems import bad_input
from greenlane.casework.registry import CommandSpec
from greenlane.cli.acting import acting_options, carry_out
from greenlane.cli.machine import Access, Output, Tool
from greenlane.law.sentences import N_

GROUP_OF_ROOM = {"casework": "cases", "programs": "programmes"}
"""Rooms whose group on the command line has another name."""

BY_HAND = frozenset(
    {"UploadDocument", "IssueToken", "ImportList", "ImportPorts", "LoadProgramme", "PublishEdition", "LoadOfficialText"}
)
"""Commands that need a file or a secret first: their tool is written by hand, beside the group of their room."""

SCALARS = (str, int, bool, UUID)


def kebab(name: str) -> str:
    """'CertifyTierOne' and 'case_id' as they are typed: 'certify-tier-one', 'case-id'."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).replace("_", "-").lower()


def group_of(spec: CommandSpec) -> str:
    return GROUP_OF_ROOM.get(spec.room, spec.room)


def generated() -> dict[str, list[CommandSpec]]:
    """Group -> the commands that are generated in it."""
    found: dict[str, list[CommandSpec]] = {}
    for spec in public_commands():
        if spec.name not in BY_HAND:
            found.setdefault(group_of(spec), []).append(spec)
    return found


def add_room_commands(group: click.Group, name: str) -> click.Group:
    """Add the generated commands of one room to its group."""
    for spec in generated().get(name, ()):
        group.add_command(tool_of(spec))
    return group


def tool_of(spec: CommandSpec) -> Tool:
    """The tool of one command."""
    hints = typing.get_type_hints(spec.cls)
    readers = {field.name: _Field(field, hints[field.name]) for field in spec.fields}

    @acting_options
    @click.pass_obj
    def give(out: Output, **given: Any) -> None:
        read = {name: reader.read(given.pop(name)) for name, reader in readers.items()}
        carry_out(out, spec.name, {name: value for name, value in read.items() if value is not _LEFT_OUT}, **given)

    made = Tool(
        kebab(spec.name),
        access=Access.PERSON,
        examples=[_example(spec, readers)],
        callback=give,
        params=[*(reader.option() for reader in readers.values()), *reversed(getattr(give, "__click_params__", []))],
        help=_help(spec),
        short_help=spec.title,
    )
    made.spec = spec  # type: ignore[attr-defined]
    return made


def _help(spec: CommandSpec) -> str:
    clauses = ", ".join(citation.cite for citation in spec.citations)
    return f"{' '.join((spec.cls.__doc__ or '').split())}\n\nUnder {clauses}."


_LEFT_OUT = object()


class _Field:
    """One field of a command as an option: scalars as they are, lists of them repeated, the rest as JSON or @file."""

    def __init__(self, field: dataclasses.Field[Any], annotation: Any) -> None:
        self.field = field
        self.annotation, self.optional = _without_none(annotation)
        self.has_default = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
        self.many = typing.get_origin(self.annotation) in (tuple, list) and _is_plain(_item(self.annotation))
        self.flag = self.annotation is bool
        self.plain = _is_plain(self.annotation)

    @property
    def name(self) -> str:
        return f"--{kebab(self.field.name)}"

    def option(self) -> click.Option:
        label = str(self.field.metadata.get("label", self.field.name.replace("_", " ").capitalize()))
        text = " ".join(part for part in (f"{label}.", str(self.field.metadata.get("help", ""))) if part)
        if not (self.has_default or self.optional):
            text += " Required."
        if self.flag:
            return click.Option(
                [f"{self.name}/--no-{kebab(self.field.name)}", self.field.name], default=None, help=text
            )
        if not (self.plain or self.many):
            text += " As JSON, or @FILE that holds it."
        choices = _choices(_item(self.annotation) if self.many else self.annotation)
        kind = click.Choice(choices) if choices else click.STRING
        return click.Option(
            [self.name, self.field.name], type=kind, multiple=self.many, help=text, metavar=self._metavar(choices)
        )

    def _metavar(self, choices: list[str]) -> str | None:
        if choices:
            return None
        base = _item(self.annotation) if self.many else self.annotation
        names = {UUID: "ID", int: "NUMBER", str: "TEXT"}
        return names.get(base, "DATE" if getattr(base, "__name__", "") == "date" else "JSON")

    def read(self, given: Any) -> Any:
        """The plain value for the parser, or _LEFT_OUT. Raises BadInput for a file or JSON that cannot be read."""
        if given is None or given == ():
            return _LEFT_OUT
        if self.flag or self.plain:
            return given
        return list(given) if self.many else json_value(self.name, given)

    def sample(self) -> str:
        if self.flag:
            return self.name
        choices = _choices(_item(self.annotation) if self.many else self.annotation)
        value = (
            choices[0] if choices else {"JSON": "@file.json", "DATE": "2026-03-31"}.get(str(self._metavar([])), "...")
        )
        return f"{self.name} {value}"


def json_value(where: str, text: str) -> Any:
    """JSON as it was typed, or as a file named after @ holds it. Raises BadInput."""
    try:
        return json.loads(Path(text[1:]).read_text(encoding="utf-8") if text.startswith("@") else text)
    except OSError as error:
        what, mend = N_("The file cannot be read: %(detail)s."), N_("Check its name and that it is there.")
        raise bad_input(where, what, mend, detail=str(error.strerror or error)) from None
    except (ValueError, RecursionError) as error:
        what, mend = N_("This is not JSON: %(detail)s."), N_("Give JSON, or @FILE that holds it.")
        raise bad_input(where, what, mend, detail=str(error)[:200]) from None


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        rest = [part for part in typing.get_args(annotation) if part is not type(None)]
        if len(rest) == 1:
            return rest[0], True
    return annotation, False


def _item(annotation: Any) -> Any:
    arguments = typing.get_args(annotation)
    return arguments[0] if arguments else str


def _is_plain(annotation: Any) -> bool:
    named_date = getattr(annotation, "__name__", "") == "date"
    is_enum = isinstance(annotation, type) and issubclass(annotation, enum.Enum)
    return annotation in SCALARS or named_date or is_enum or typing.get_origin(annotation) is Literal


def _choices(annotation: Any) -> list[str]:
    if typing.get_origin(annotation) is Literal:
        return [str(value) for value in typing.get_args(annotation)]
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return [str(member.value) for member in annotation]
    return []


def _example(spec: CommandSpec, readers: dict[str, _Field]) -> str:
    asked = [reader.sample() for reader in readers.values() if not (reader.has_default or reader.optional)]
    return " ".join(["greenlane", group_of(spec), kebab(spec.name), *asked])
