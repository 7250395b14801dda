"""From the type of a command's field to the field of a form. No clause.

Metadata of a field: ``label``, ``help``, ``choices`` (pairs, a mapping, a function without arguments that gives them,
or a word of ``greenlane.web.choices``), ``hints`` (a line under each choice), ``widget`` ('textarea', 'hidden' or
'select'), ``max_length``, ``width``. Without ``choices``, fields named evidence, documents, document, document_id or
proof are chosen from the documents of the case, and account_id from the staff.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from greenlane.web import forms

if TYPE_CHECKING:
    from greenlane.web.choices import Scene

Options = dict[str, Any]
Pairs = list[tuple[str, Any]]
IMPLIED = {
    "evidence": "documents",
    "documents": "documents",
    "document": "documents",
    "document_id": "documents",
    "proof": "documents",
    "account_id": "staff",
}
LONG_TEXTS = frozenset(
    ("reason", "reasons", "note", "text", "statement", "answer", "summary", "description", "message", "explanation")
)
"""Names of texts that are given several lines although nothing says so."""
FEW = 8
"""Choices up to which all are shown at once."""


@dataclasses.dataclass(frozen=True)
class Asked:
    """What a field is made from: its name, type and metadata, and where it is asked."""

    name: str
    annotation: Any
    metadata: Mapping[Any, Any]
    scene: Scene | None = None
    compact: bool = False
    """In a row: lists to choose from instead of tiles, so that a row can be emptied again."""

    @property
    def word(self) -> str:
        """The vocabulary that it is chosen from, or ''."""
        given = self.metadata.get("choices")
        if isinstance(given, str):
            return given
        return IMPLIED.get(self.name, "") if given is None and UUID in _parts(self.annotation) else ""

    @property
    def choices(self) -> Pairs | None:
        """The choices of its metadata or vocabulary; None where it is not a choice."""
        if self.word and self.scene is not None:
            try:
                return list(self.scene.pairs(self.word))
            except LookupError:
                return None  # a word that no page knows: the person gives the value itself
        if self.word:
            return None
        given = self.metadata.get("choices")
        return _pairs(given) if given is not None else None


def _parts(annotation: Any) -> tuple[Any, ...]:
    return (annotation, *typing.get_args(annotation))


def field_of(asked: Asked, options: Options) -> django_forms.Field | None:
    """The field of a form, or None for a type that nobody can be asked for."""
    if typing.get_origin(asked.annotation) is tuple:
        return _several(asked, options)
    if typing.get_origin(asked.annotation) is Literal:
        values = typing.get_args(asked.annotation)
        by_text = {str(value): value for value in values}
        return _choice(asked, asked.choices or _worded(by_text), options, by_text.__getitem__)
    if not isinstance(asked.annotation, type):
        return None
    if issubclass(asked.annotation, Enum):
        pairs = asked.choices or _worded(str(member.value) for member in asked.annotation)
        return _choice(asked, pairs, options, asked.annotation)
    choices = asked.choices
    if choices is not None:
        if asked.word == "programmes" and len(choices) == 1:
            options.setdefault("initial", choices[0][0])
        coerce = {UUID: UUID, int: int}.get(asked.annotation, str)
        return _choice(asked, choices, options, coerce)
    return _plain(asked, options)


def _several(asked: Asked, options: Options) -> django_forms.Field | None:
    inner = typing.get_args(asked.annotation)[0]
    choices = asked.choices
    if choices is None and typing.get_origin(inner) is Literal:
        choices = _worded(str(value) for value in typing.get_args(inner))
    if choices is None and isinstance(inner, type) and issubclass(inner, Enum):
        choices = _worded(str(member.value) for member in inner)
    if choices is not None:
        tiles = forms.CheckboxTiles(hints=asked.metadata.get("hints"), tiles=len(choices) <= FEW and not asked.compact)
        return forms.MultipleChoiceField(choices=choices, widget=tiles, **options)
    if inner in (str, int, UUID) and not (inner is UUID and asked.scene is None):
        return LinesField(inner, **options)
    return None


def _plain(asked: Asked, options: Options) -> django_forms.Field | None:
    if asked.annotation is str:
        return _text(asked, options)
    if asked.annotation is UUID:
        if asked.scene is None:
            return django_forms.UUIDField(widget=django_forms.HiddenInput(), **options)
        return django_forms.UUIDField(**{"help_text": _("The number of the record, as its page shows it."), **options})
    if asked.annotation is bool and asked.compact:
        select = django_forms.Select()
        return forms.YesNoField(widget=select, **options)
    simple: dict[type, Any] = {
        bool: forms.YesNoField,
        int: django_forms.IntegerField,
        Decimal: django_forms.DecimalField,
        date: forms.MemorableDateField,
    }
    return simple[asked.annotation](**options) if asked.annotation in simple else None


def _text(asked: Asked, options: Options) -> django_forms.Field:
    limit = asked.metadata.get("max_length")
    widget = asked.metadata.get("widget")
    if widget == "textarea" or (widget is None and asked.scene is not None and asked.name in LONG_TEXTS):
        return forms.TextAreaField(max_length=limit, rows=3 if asked.compact else 5, **options)
    return forms.TextField(max_length=limit, width=asked.metadata.get("width", ""), **options)


def _choice(asked: Asked, pairs: Pairs, options: Options, coerce: Callable[[str], Any]) -> django_forms.Field:
    listed = asked.compact or len(pairs) > FEW or asked.metadata.get("widget") == "select"
    if listed or not pairs:
        widget: django_forms.Widget = django_forms.Select()
        pairs = [("", _("- Choose -") if pairs else _("- Nothing to choose from yet -")), *pairs]
    else:
        widget = forms.RadioTiles(hints=asked.metadata.get("hints"))
    empty = None if coerce is not str else ""
    return django_forms.TypedChoiceField(choices=pairs, widget=widget, coerce=coerce, empty_value=empty, **options)


def _worded(codes: typing.Iterable[str]) -> Pairs:
    return [(code, _(words(code))) for code in codes]  # type: ignore[misc]


def words(code: str) -> str:
    """A code in plain words: 'not_met' is 'Not met'."""
    text = code.replace("_", " ")
    return text[:1].upper() + text[1:]


def _pairs(choices: Any) -> Pairs:
    given = choices() if callable(choices) else choices
    pairs = given.items() if isinstance(given, Mapping) else given
    return [(str(value), _(label) if isinstance(label, str) else label) for value, label in pairs]  # type: ignore[misc]


class LinesField(django_forms.CharField):
    """Several short values, one on each line. Gives a list."""

    widget = django_forms.Textarea

    def __init__(self, inner: type, **options: Any) -> None:
        given = str(options.pop("help_text", "") or "")
        super().__init__(help_text=f"{given} {_('One on each line.')}".strip(), **options)
        self.inner = inner
        self.widget.attrs["rows"] = "4"
        self.widget.attrs.pop("cols", None)

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in str(super().to_python(value) or "").splitlines() if line.strip()]
        try:
            return [self.inner(line) for line in lines]
        except ValueError as error:
            text = (
                _("Each line must be a whole number.")
                if self.inner is int
                else _("Each line must be a number of a record.")
            )
            raise ValidationError(text, "lines") from error

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(str(line) for line in value) if isinstance(value, list | tuple) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return "\n".join(str(line) for line in initial or ()) != str(data or "").strip()

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], "required")

    def run_validators(self, value: Any) -> None:
        return None


def without_none(annotation: Any) -> tuple[Any, bool]:
    """A type without ``None``, and whether it had it."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        rest = [part for part in typing.get_args(annotation) if part is not type(None)]
        if len(rest) == 1:
            return rest[0], True
    return annotation, False
