"""A form made from a command: what the command asks is what the person is asked, rows and documents too. No clause."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django import forms as django_forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from greenlane.casework.registry import adapter_of
from greenlane.web import forms
from greenlane.web.command_fields import Asked, field_of, without_none
from greenlane.web.rows import Rows, RowsField

if TYPE_CHECKING:
    from greenlane.web.choices import Scene

C = TypeVar("C")
FILE, TITLE = "__file", "__title"
"""Ends of the names of the two fields with which a document is added beside a choice of documents."""


class CommandForm(forms.GreenlaneForm, Generic[C]):
    """Base of the forms that ``command_form`` makes; ``values()`` and ``command()`` are made of valid answers.

    A *paused* form keeps what was typed and says nothing about it: the person asked for one *more* row, or added a
    document, and has not finished.
    """

    command_class: type[C]
    uploads: ClassVar[tuple[str, ...]] = ()
    """Fields beside which a document can be added."""

    def __init__(self, *args: Any, paused: bool = False, more: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.paused = paused
        for field in self.fields.values():
            if isinstance(field, RowsField):
                field.widget.paused, field.widget.more = paused, more

    def full_clean(self) -> None:
        if not self.paused:
            super().full_clean()
            return
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}

    def values(self) -> dict[str, Any]:
        """The answers as a door gives them to a command. Call it after ``is_valid()``; raises ValueError otherwise."""
        if not self.is_bound or self.errors:
            raise ValueError("the form has no valid answers yet")
        return dict(self._values())

    def _values(self) -> Iterator[tuple[str, Any]]:
        for field in dataclasses.fields(self.command_class):  # type: ignore[arg-type]
            if field.name not in self.cleaned_data:
                continue
            value = self.cleaned_data[field.name]
            if isinstance(value, Rows):
                value = value.values() if value.filled and (value.forms[0].has_changed() or not value.single) else None
            if value in (None, "", []) and not self.fields[field.name].required and _has_default(field):
                continue  # not answered: the command's own default stands
            yield field.name, _plain(value)

    def command(self) -> C:
        """The command. Call it after ``is_valid()``; raises ValueError before that or with errors."""
        made: C = adapter_of(self.command_class).validate_python(self.values())
        return made

    def beside(self, path: str, text: str) -> bool:
        """Put *text* beside the field that *path* names ('note', 'findings.2.note'); False where there is none."""
        name, _dot, rest = path.partition(".")
        if name not in self.fields:
            return False
        rows = self.cleaned_data.get(name)
        if rest and isinstance(self.fields[name], RowsField) and isinstance(rows, Rows):
            index, _dot, inner = (("0", "", rest)) if rows.single else rest.partition(".")
            row = rows.row_of(index)
            if row is not None and row.beside(inner, text):
                self.add_error(name, _("See what is marked."))  # type: ignore[arg-type]
                return True
            if row is not None:
                row.add_error(None, text)
                self.add_error(name, _("See what is marked."))  # type: ignore[arg-type]
                return True
        self.add_error(name, text)
        return True


def command_form(
    command_class: type[C],
    *,
    hidden: typing.Collection[str] = (),
    leave_out: typing.Collection[str] = (),
    scene: Scene | None = None,
    may_upload: bool = False,
    compact: bool = False,
) -> type[CommandForm[C]]:
    """A form class for a frozen dataclass.

    Types: str, int, Decimal, bool (yes or no), date, Enum and Literal (choices), UUID (chosen by name, or hidden
    without a *scene*), tuples of these, other dataclasses (a group of fields) and tuples of them (repeatable rows), any
    of them ``| None`` (optional). ``greenlane.web.command_fields`` says what metadata does. *hidden* fields travel with
    the page; *leave_out* fields have defaults and are not asked. With *may_upload* a document can be added beside each
    choice of documents. Raises TypeError for a type that it cannot ask for.
    """
    hints = typing.get_type_hints(command_class)
    made: dict[str, Any] = {"command_class": command_class, "__module__": __name__}
    uploads: list[str] = []
    for field in dataclasses.fields(command_class):  # type: ignore[arg-type]
        if field.name in leave_out:
            if not _has_default(field):
                raise TypeError(f"{command_class.__name__}.{field.name} has no default and cannot be left out")
            continue
        annotation, optional = without_none(hints[field.name])
        asked = Asked(field.name, annotation, field.metadata, scene, compact)
        made[field.name] = _field(command_class.__name__, field, asked, optional, field.name in hidden)
        if may_upload and field.name not in hidden and _wants_documents(asked):
            uploads.append(field.name)
            made |= _upload_fields(field.name)
    made["uploads"] = tuple(uploads)
    return type(f"{command_class.__name__}Form", (CommandForm,), made)


def _has_default(field: dataclasses.Field[Any]) -> bool:
    return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING


def _field(owner: str, field: dataclasses.Field[Any], asked: Asked, optional: bool, hidden: bool) -> django_forms.Field:
    metadata = field.metadata
    label, help_text = metadata.get("label"), metadata.get("help", "")
    options: dict[str, Any] = {
        "label": _(label) if label else field.name.replace("_", " ").capitalize(),
        "help_text": _(help_text) if help_text else "",
        "required": not (optional or _has_default(field)),
    }
    if field.default not in (dataclasses.MISSING, None):
        options["initial"] = _plain(field.default)
    made = _rows(asked, options) or field_of(asked, options)
    if made is None:
        raise TypeError(f"{owner}.{field.name}: a form cannot ask for {asked.annotation!r}")
    if hidden or metadata.get("widget") == "hidden":
        made.widget = made.hidden_widget()
    return made


def _rows(asked: Asked, options: dict[str, Any]) -> RowsField | None:
    """Rows for a tuple of dataclasses, a group of fields for one dataclass."""
    several = typing.get_origin(asked.annotation) is tuple
    inner = typing.get_args(asked.annotation)[0] if several else asked.annotation
    if not (isinstance(inner, type) and dataclasses.is_dataclass(inner)):
        return None
    options.pop("initial", None)
    row = command_form(inner, scene=asked.scene, compact=several)
    return RowsField(row, single=not several, **options)


def _wants_documents(asked: Asked) -> bool:
    """Is a document chosen here, or in one of its rows?"""
    from greenlane.web.choices import DOCUMENTS

    if asked.word in DOCUMENTS:
        return True
    several = typing.get_origin(asked.annotation) is tuple
    inner = typing.get_args(asked.annotation)[0] if several else asked.annotation
    if not (isinstance(inner, type) and dataclasses.is_dataclass(inner)):
        return False
    hints = typing.get_type_hints(inner)
    return any(
        _wants_documents(Asked(one.name, without_none(hints[one.name])[0], one.metadata))
        for one in dataclasses.fields(inner)
    )


def _upload_fields(name: str) -> Mapping[str, django_forms.Field]:
    from greenlane.web.shared.documents import SUFFIXES

    return {
        name + FILE: forms.UploadField(label=_("Add a document"), suffixes=SUFFIXES, required=False),
        name + TITLE: forms.TextField(
            label=_("What the added document shows"), max_length=200, required=False, help_text=_("In a few words.")
        ),
    }


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
