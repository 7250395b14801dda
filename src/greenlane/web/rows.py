"""Repeatable rows in a form, without a script: filled rows, blank ones, a button that shows one more. No clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from greenlane.web.command_forms import CommandForm

MORE = "_more"
"""The name of the button that asks for one more row; its value is the name of the rows."""
COUNT = "count"
LONGEST = 200
"""Rows that one form takes."""


@dataclass(frozen=True)
class Rows:
    """The forms of the rows as a person filled them; an empty row does not count."""

    forms: tuple[CommandForm[Any], ...]
    single: bool = False

    @property
    def filled(self) -> tuple[CommandForm[Any], ...]:
        """The rows that hold an answer, in order."""
        return self.forms if self.single else tuple(form for form in self.forms if form.has_changed())

    def values(self) -> Any:
        """What the command is given: a list of mappings, or one mapping. Call it when every row is valid."""
        found = [form.values() for form in self.filled]
        return found[0] if self.single else found

    def row_of(self, index: str) -> CommandForm[Any] | None:
        """The row behind a position in what the command was given."""
        if self.single:
            return self.forms[0]
        filled = self.filled
        return filled[int(index)] if index.isdecimal() and int(index) < len(filled) else None


class RowsWidget(forms.Widget):
    """Makes the forms of the rows from what was sent, once for each form, so that errors stay with them."""

    row_form: type[CommandForm[Any]]

    def __init__(self, row_form: type[CommandForm[Any]], *, single: bool, required: bool, at_first: int) -> None:
        super().__init__()
        self.row_form, self.single, self.needed, self.at_first = row_form, single, required, at_first
        self.more, self.paused = "", False
        self._made: dict[str, Rows] = {}

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Rows:
        if name not in self._made:
            count = _number(str(data.get(f"{name}-{COUNT}", "")), self.at_first)
            count += self.more == name
            self._made[name] = self._rows(name, [None] * count, data, files)
        return self._made[name]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return False

    def from_initial(self, name: str, initial: Any) -> Rows:
        """Rows with what is known already, and blank ones after them."""
        known: list[Any] = [initial] if self.single else list(initial or ())
        blank = 0 if self.single else max(1 if known else self.at_first, 0)
        return self._rows(name, [*known, *[None] * blank], None, None)

    def _rows(self, name: str, initials: Sequence[Any], data: Any, files: Any) -> Rows:
        made = []
        for number, initial in enumerate(initials[:1] if self.single else initials[:LONGEST]):
            form = self.row_form(
                data,
                files,
                prefix=name if self.single else f"{name}-{number}",
                initial=dict(initial or {}),
                empty_permitted=not (self.single and self.needed),
                use_required_attribute=False,
                paused=self.paused,
                more=self.more,
            )
            made.append(form)
        return Rows(tuple(made), self.single)

    def id_for_label(self, id_: str) -> str:
        return ""


class RowsField(forms.Field):
    """A tuple of dataclasses of a command as rows, or one dataclass (*single*) as a group of fields."""

    widget: RowsWidget

    def __init__(
        self, row_form: type[CommandForm[Any]], *, single: bool = False, at_first: int = 2, **options: Any
    ) -> None:
        required = bool(options.get("required", True))
        at_first = 1 if single else at_first
        widget = RowsWidget(row_form, single=single, required=required, at_first=at_first)
        super().__init__(widget=widget, **options)
        self.single = single

    def prepare_value(self, value: Any) -> Any:
        return value

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data

    def has_changed(self, initial: Any, data: Any) -> bool:
        return isinstance(data, Rows) and any(form.has_changed() for form in data.forms)

    def clean(self, value: Rows) -> Rows:
        """The rows when all that are filled are valid. Raises ValidationError."""
        wrong = sum(not form.is_valid() for form in value.forms)
        if wrong:
            text = ngettext("Correct the row that is marked.", "Correct the %(n)d rows that are marked.", wrong)
            raise ValidationError(_("Correct what is marked.") if self.single else text % {"n": wrong}, "rows")
        if self.required and not value.filled:
            raise ValidationError(self.error_messages["required"], "required")
        return value


def _number(text: str, usual: int) -> int:
    return min(int(text), LONGEST) if text.isdecimal() and len(text) <= 4 else usual
