"""From what a door received to a command: every field that cannot be read is named, none is guessed."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from greenlane.casework.problems import BadInput, Problem
from greenlane.casework.registry import COMMANDS, Command, CommandSpec
from greenlane.law.sentences import N_, Sentence

_MESSAGES: Mapping[str, tuple[str, str]] = {
    "missing": (N_("This is missing."), N_("Give a value.")),
    "uuid_parsing": (N_("This is not a record number."), N_("Copy the number as it is shown on the record's page.")),
    "date_from_datetime_parsing": (N_("This is not a date."), N_("Write the date as year-month-day: 2026-03-31.")),
    "date_parsing": (N_("This is not a date."), N_("Write the date as year-month-day: 2026-03-31.")),
    "int_parsing": (N_("This is not a whole number."), N_("Write digits only.")),
    "bool_parsing": (N_("This is neither yes nor no."), N_("Answer yes or no.")),
    "literal_error": (N_("This is not one of the choices: %(choices)s."), N_("Use one of the choices.")),
    "enum": (N_("This is not one of the choices: %(choices)s."), N_("Use one of the choices.")),
    "unexpected_keyword_argument": (N_("There is no such field here."), N_("Leave it out, or correct its name.")),
    "string_type": (N_("This is not text."), N_("Write it as text.")),
    "int_type": (N_("This is not a whole number."), N_("Write digits only.")),
    "int_from_float": (N_("This is not a whole number."), N_("Write digits only.")),
    "bool_type": (N_("This is neither yes nor no."), N_("Answer yes or no.")),
    "date_type": (N_("This is not a date."), N_("Write the date as year-month-day: 2026-03-31.")),
    "extra_forbidden": (N_("There is no such field here."), N_("Leave it out, or correct its name.")),
    "date_from_datetime_inexact": (N_("This is not a date."), N_("Write the date as year-month-day: 2026-03-31.")),
    "string_too_long": (N_("It is longer than %(max_length)s characters."), N_("Shorten it.")),
    "greater_than_equal": (N_("It is less than %(ge)s."), N_("Give a greater number.")),
    "less_than_equal": (N_("It is more than %(le)s."), N_("Give a smaller number.")),
    **dict.fromkeys(
        ("datetime_parsing", "datetime_from_date_parsing", "datetime_type", "datetime_object_invalid"),
        (N_("This is not a time."), N_("Give date, time and zone, for example 2026-03-01T14:05:00Z.")),
    ),
    **dict.fromkeys(
        ("list_type", "tuple_type", "set_type", "frozen_set_type"),
        (N_("This is not a list."), N_("Give a list of values.")),
    ),
    **dict.fromkeys(
        ("dataclass_type", "dict_type", "mapping_type", "model_type"),
        (N_("This is not a group of named values."), N_("Give each value with its name.")),
    ),
}
_OTHER = (N_("This cannot be read: %(detail)s."), N_("Correct the value."))


def command_named(name: str) -> CommandSpec:
    """The command of that name. Raises BadInput for an unknown one."""
    spec = COMMANDS.get(name)
    if spec is None:
        raise BadInput(
            [
                Problem(
                    "command", Sentence(N_("There is no command %(name)s."), {"name": name[:80]}), None, "6 USC 971(b)"
                )
            ]
        )
    return spec


def parse(spec: CommandSpec, values: Mapping[str, Any]) -> Command:
    """Build the command from plain values (text, numbers, lists, mappings). Raises BadInput with every problem."""
    unknown = sorted(set(values) - {f.name for f in spec.fields})
    problems = [_problem((name,), "unexpected_keyword_argument", {}, "", spec) for name in unknown]
    known = {name: value for name, value in values.items() if name not in unknown}
    try:
        command: Command = spec.adapter.validate_python(known)
    except ValidationError as error:
        problems += [
            _problem(tuple(row["loc"]), row["type"], row.get("ctx", {}), row["msg"], spec)
            for row in error.errors(include_url=False, include_input=False)
        ]
    if problems:
        raise BadInput(problems)
    return command


def _problem(loc: tuple[Any, ...], kind: str, ctx: Mapping[str, Any], detail: str, spec: CommandSpec) -> Problem:
    where = ".".join(str(part) for part in loc)
    return Problem(where, *in_words(kind, ctx, detail), spec.citations[0].cite)


def in_words(kind: str, ctx: Mapping[str, Any], detail: str) -> tuple[Sentence, Sentence]:
    """What is wrong with a value and what to do, by pydantic's *kind* of error and what it says beside."""
    what, mend = _MESSAGES.get(kind, _OTHER)
    values = {"choices": str(ctx.get("expected", "")), "detail": detail}
    values |= {name: str(ctx[name]) for name in ("max_length", "ge", "le") if name in ctx}
    return Sentence(what, values), Sentence(mend, values)


def takes_none(annotation: Any) -> bool:
    """Is this field optional?"""
    return typing.get_origin(annotation) in (typing.Union, types.UnionType) and type(None) in typing.get_args(
        annotation
    )
