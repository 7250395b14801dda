"""From a Django form field to USWDS mark-up: label, hint, error and control tied together for assistive technology."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from greenlane.web.dates import PARTS, MemorableDate
from greenlane.web.forms import UploadField
from greenlane.web.rows import COUNT, MORE, Rows, RowsWidget

CLASSES = {"select": "usa-select", "textarea": "usa-textarea", "file": "usa-file-input", "text": "usa-input"}


@dataclass(frozen=True)
class Option:
    """One radio button or checkbox."""

    id: str
    name: str
    value: str
    label: str
    hint: str
    chosen: bool
    disabled: bool


@dataclass(frozen=True)
class Problem:
    """One line of an error summary; ``href`` leads to the control, or is empty for the form as a whole."""

    text: str
    href: str = ""


def kind_of(widget: forms.Widget) -> str:
    """Which template renders this widget: hidden, date, options, checkbox, textarea, select, file or text."""
    kinds: tuple[tuple[type[forms.Widget] | tuple[type[forms.Widget], ...], str], ...] = (
        (forms.HiddenInput, "hidden"),
        (MemorableDate, "date"),
        (RowsWidget, "rows"),
        ((forms.RadioSelect, forms.CheckboxSelectMultiple), "options"),
        (forms.CheckboxInput, "checkbox"),
        (forms.Textarea, "textarea"),
        (forms.Select, "select"),
        (forms.FileInput, "file"),
    )
    return next((kind for type_, kind in kinds if isinstance(widget, type_)), "text")


def render_field(bound: BoundField, *, hint: str = "", legend_size: str = "") -> SafeString:
    """One field. *hint* replaces its help text; *legend_size* 'large' makes a single question the page's heading."""
    widget = bound.field.widget
    kind = kind_of(widget)
    if bound.is_hidden or kind == "hidden":
        return bound.as_hidden() if not isinstance(widget, forms.HiddenInput) else bound.as_widget()
    if kind == "rows":
        return _render_rows(bound, hint)
    identity = bound.auto_id or bound.html_name
    hint = hint or _hint(bound)
    described = [f"{identity}_hint"] if hint else []
    described += [f"{identity}_error"] if bound.errors else []
    context: dict[str, Any] = {
        "bound": bound,
        "kind": kind,
        "id": identity,
        "hint": hint,
        "legend_size": legend_size,
        "described": " ".join(described),
        "options": options_of(bound) if kind == "options" else [],
        # Django derives the many-checkboxes widget from the radio one, so it is asked for first
        "input_type": "checkbox" if isinstance(widget, forms.CheckboxSelectMultiple) else "radio",
        "tiles": getattr(widget, "tiles", True),
        "max_length": getattr(bound.field, "max_length", None) if kind == "textarea" else None,
    }
    if kind not in ("options", "checkbox"):
        context["control"] = bound.as_widget(attrs=_attributes(bound, kind, described, bool(context["max_length"])))
    if kind == "checkbox":
        context["control"] = bound.as_widget(attrs=_attributes(bound, kind, described, False))
    return render_to_string("web/forms/field.html", context)


def rows_of(bound: BoundField) -> Rows:
    """The forms of the rows of a field, as sent or as known at first."""
    value = bound.value()
    if isinstance(value, Rows):
        return value
    widget = bound.field.widget
    assert isinstance(widget, RowsWidget)
    return widget.from_initial(bound.html_name, value)


def _render_rows(bound: BoundField, hint: str) -> SafeString:
    rows = rows_of(bound)
    shown = [
        (number, form.non_field_errors(), [render_field(part) for part in form])
        for number, form in enumerate(rows.forms, 1)
    ]
    context = {
        "bound": bound,
        "id": bound.auto_id or bound.html_name,
        "hint": hint or _hint(bound),
        "rows": shown,
        "single": rows.single,
        "count_name": f"{bound.html_name}-{COUNT}",
        "count": len(shown),
        "more_name": MORE,
        "more_value": bound.html_name,
    }
    return render_to_string("web/forms/rows.html", context)


def render_fields(form: forms.BaseForm) -> SafeString:
    """All fields in order, hidden ones included."""
    return mark_safe("".join(render_field(bound) for bound in form))  # noqa: S308 - each part is already escaped


def options_of(bound: BoundField) -> list[Option]:
    """The choices of a radio or checkbox field, with what was chosen."""
    hints = getattr(bound.field.widget, "hints", {})
    rows = []
    for part in bound.subwidgets:
        data = part.data
        rows.append(
            Option(
                id=data["attrs"].get("id", ""),
                name=data["name"],
                value=str(data["value"]),
                label=str(data["label"]),
                hint=str(hints.get(str(data["value"]), "")),
                chosen=bool(data["selected"]),
                disabled=bool(data["attrs"].get("disabled")),
            )
        )
    return [row for row in rows if row.value]


def problems(form: forms.BaseForm) -> list[Problem]:
    """Every error of a form for the summary, those of the whole form first, each linked to the control to correct."""
    found = [Problem(str(text)) for text in form.non_field_errors()]
    for bound in form:
        inside = _in_rows(bound) if kind_of(bound.field.widget) == "rows" and bound.errors else []
        found += inside or [Problem(str(text), f"#{focus_id(bound)}") for text in bound.errors]
    return found


def _in_rows(bound: BoundField) -> list[Problem]:
    """The errors of the rows of a field, each said of its row."""
    rows = rows_of(bound)
    return [
        Problem(one.text if rows.single else _("Row %(n)d: %(text)s") % {"n": number, "text": one.text}, one.href)
        for number, form in enumerate(rows.forms, 1)
        for one in problems(form)
    ]


def focus_id(bound: BoundField) -> str:
    """The id of the control that receives the focus when a person follows an error."""
    identity = bound.auto_id or bound.html_name
    kind = kind_of(bound.field.widget)
    if kind == "date":
        texts = bound.value()
        empty = [part for part, text in zip(PARTS, texts, strict=True) if not text] if isinstance(texts, tuple) else []
        return f"{identity}_{empty[0] if empty else 'month'}"
    if kind == "options":
        options = options_of(bound)
        return options[0].id if options else identity
    return identity


def _hint(bound: BoundField) -> str:
    rules = bound.field.rules if isinstance(bound.field, UploadField) else ""
    return " ".join(part for part in (str(bound.help_text or ""), rules) if part)


def _attributes(bound: BoundField, kind: str, described: list[str], counted: bool) -> dict[str, str | bool]:
    own = str(bound.field.widget.attrs.get("class", ""))
    base = CLASSES.get(kind, "") if kind != "checkbox" else "usa-checkbox__input usa-checkbox__input--tile"
    classes = [base, own, "usa-input--error" if bound.errors and kind in ("text", "textarea", "select") else ""]
    if counted:
        classes.append("usa-character-count__field")
        described = [*described, f"{bound.auto_id}_count"]
    attrs: dict[str, str | bool] = {"class": " ".join(name for name in classes if name)}
    if described and kind != "date":
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors and kind != "date":
        attrs["aria-invalid"] = "true"
    return {name: value for name, value in attrs.items() if value}
