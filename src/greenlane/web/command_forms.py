"""A form made from a command, for simple decisions: what the command asks is what the person is asked. No clause."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from django import forms as django_forms

from greenlane.web import forms

C = TypeVar("C")
Options = dict[str, Any]


class CommandForm(forms.GreenlaneForm, Generic[C]):
    """Base of the forms that ``command_form`` makes; ``command()`` builds the command from valid answers."""

    command_class: type[C]

    def command(self) -> C:
        """The command. Call it after ``is_valid()``; raises ValueError before that or with errors."""
        if not self.is_bound or self.errors:
            raise ValueError("the form has no valid answers yet")
        values = {}
        for field in dataclasses.fields(self.command_class):  # type: ignore[arg-type]
            if field.name not in self.cleaned_data:
                continue
            value = self.cleaned_data[field.name]
            if value in (None, "", []) and not self.fields[field.name].required and _has_default(field):
                continue  # not answered: the command's own default stands
            values[field.name] = tuple(value) if isinstance(value, list) else value
        return self.command_class(**values)


def command_form(
    command_class: type[C], *, hidden: typing.Collection[str] = (), leave_out: typing.Collection[str] = ()
) -> type[CommandForm[C]]:
    """A form class for a frozen dataclass.

    Types: str, int, Decimal, bool (yes or no), date, UUID (hidden), Enum and Literal (choices), tuple[str, ...] with
    choices, and any of them ``| None`` (optional). Metadata of a field: ``label``, ``help``, ``choices`` (pairs, or a
    function without arguments that gives them), ``hints``, ``widget`` ('textarea', 'hidden' or 'select'),
    ``max_length``. *hidden* fields travel with the page; *leave_out* fields have defaults and are not asked.
    Raises TypeError for a type that it cannot ask for.
    """
    hints = typing.get_type_hints(command_class)
    made: dict[str, Any] = {"command_class": command_class}
    for field in dataclasses.fields(command_class):  # type: ignore[arg-type]
        if field.name in leave_out:
            if not _has_default(field):
                raise TypeError(f"{command_class.__name__}.{field.name} has no default and cannot be left out")
            continue
        made[field.name] = _field(command_class.__name__, field, hints[field.name], field.name in hidden)
    return type(f"{command_class.__name__}Form", (CommandForm,), made)


def _has_default(field: dataclasses.Field[Any]) -> bool:
    return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING


def _field(owner: str, field: dataclasses.Field[Any], annotation: Any, hidden: bool) -> django_forms.Field:
    annotation, optional = _without_none(annotation)
    metadata = field.metadata
    options: Options = {
        "label": metadata.get("label", field.name.replace("_", " ").capitalize()),
        "help_text": metadata.get("help", ""),
        "required": not (optional or _has_default(field)),
    }
    if field.default not in (dataclasses.MISSING, None):
        default = field.default
        options["initial"] = default.value if isinstance(default, Enum) else default
    made = _by_type(annotation, metadata, options)
    if made is None:
        raise TypeError(f"{owner}.{field.name}: a form cannot ask for {annotation!r}")
    if hidden or metadata.get("widget") == "hidden":
        made.widget = made.hidden_widget()
    return made


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        rest = [part for part in typing.get_args(annotation) if part is not type(None)]
        if len(rest) == 1:
            return rest[0], True
    return annotation, False


def _by_type(
    annotation: Any, metadata: types.MappingProxyType[Any, Any], options: Options
) -> django_forms.Field | None:
    choices = metadata.get("choices")
    if typing.get_origin(annotation) is tuple and choices is not None:
        return forms.MultipleChoiceField(choices=_pairs(choices), hints=metadata.get("hints"), **options)
    if typing.get_origin(annotation) is Literal:
        values = typing.get_args(annotation)
        return _choice(
            _pairs(choices) if choices else [(value, _words(str(value))) for value in values], metadata, options
        )
    if not isinstance(annotation, type):
        return None
    if issubclass(annotation, Enum):
        return _enumerated(annotation, metadata, options)
    if choices is not None:
        return _choice(_pairs(choices), metadata, options)
    if annotation is str:
        return _text(metadata, options)
    simple: dict[type, Any] = {
        bool: forms.YesNoField,
        int: django_forms.IntegerField,
        Decimal: django_forms.DecimalField,
        date: forms.MemorableDateField,
    }
    if annotation is UUID:
        return django_forms.UUIDField(widget=django_forms.HiddenInput(), **options)
    return simple[annotation](**options) if annotation in simple else None


def _text(metadata: types.MappingProxyType[Any, Any], options: Options) -> django_forms.Field:
    limit = metadata.get("max_length")
    if metadata.get("widget") == "textarea":
        return forms.TextAreaField(max_length=limit, **options)
    return forms.TextField(max_length=limit, **options)


def _enumerated(annotation: type[Enum], metadata: Any, options: Options) -> django_forms.Field:
    pairs = _pairs(metadata["choices"]) if "choices" in metadata else None
    pairs = pairs or [(str(member.value), _words(str(member.value))) for member in annotation]
    return _choice(pairs, metadata, options, coerce=annotation)


def _choice(pairs: list[tuple[str, Any]], metadata: Any, options: Options, coerce: Any = None) -> django_forms.Field:
    many = len(pairs) > 8 or metadata.get("widget") == "select"
    widget: django_forms.Widget = django_forms.Select() if many else forms.RadioTiles(hints=metadata.get("hints"))
    listed = [("", "- "), *pairs] if many else pairs
    return django_forms.TypedChoiceField(
        choices=listed, widget=widget, coerce=coerce or str, empty_value=None if coerce else "", **options
    )


def _pairs(choices: Any) -> list[tuple[str, Any]]:
    given = choices() if callable(choices) else choices
    pairs = given.items() if isinstance(given, Mapping) else given
    return [(str(value), label) for value, label in pairs]


def _words(code: str) -> str:
    return code.replace("_", " ").capitalize()
