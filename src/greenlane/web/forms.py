"""Forms in the mark-up of the design system: fields, tiles, yes or no, uploads; messages say what to do. No clause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.web.dates import MemorableDate, MemorableDateField

__all__ = [
    "ChoiceField",
    "EmailField",
    "GreenlaneForm",
    "MemorableDate",
    "MemorableDateField",
    "MultipleChoiceField",
    "PasswordField",
    "RadioTiles",
    "TextAreaField",
    "TextField",
    "UploadField",
    "YesNoField",
]


class GreenlaneForm(forms.Form):
    """Base of every form: ``{{ form }}`` renders in USWDS mark-up, and 'required' messages name the question.

    Give a page's own wording with ``error_messages={"required": …}`` on the field.
    """

    required_css_class = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            _name_the_question(field, str(field.label or name.replace("_", " ").capitalize()))

    def render(self, template_name: str | None = None, context: Any = None, renderer: Any = None) -> SafeString:
        """The fields in USWDS mark-up; the error summary is separate, because it stands above the page's heading."""
        from greenlane.web.rendering import render_fields

        if template_name:
            return super().render(template_name, context, renderer)
        return render_fields(self)

    __str__ = render
    __html__ = render


def _name_the_question(field: forms.Field, label: str) -> None:
    own = field.error_messages.get("required")
    if own != forms.Field.default_error_messages["required"]:
        return
    if isinstance(field, forms.FileField):
        text = gettext_lazy("Choose a file for “%(label)s”.")
    elif isinstance(field, forms.ChoiceField | forms.BooleanField):
        text = gettext_lazy("Choose an answer to “%(label)s”.")
    else:
        text = gettext_lazy("Fill in “%(label)s”.")
    field.error_messages["required"] = text % {"label": label}


def _attributes(field: forms.Field, autocomplete: str, width: str, **more: str) -> None:
    if autocomplete:
        field.widget.attrs["autocomplete"] = autocomplete
    if width:
        field.widget.attrs["class"] = f"usa-input--{width}"
    field.widget.attrs.update(more)


class TextField(forms.CharField):
    """One line. ``width`` is a USWDS size (2xs, xs, sm, md, lg, xl, 2xl) that hints at the length of the answer."""

    def __init__(self, *, autocomplete: str = "", width: str = "", inputmode: str = "", **options: Any) -> None:
        super().__init__(**options)
        _attributes(self, autocomplete, width, **({"inputmode": inputmode} if inputmode else {}))


class EmailField(forms.EmailField):
    """An email address."""

    default_error_messages = {
        "invalid": gettext_lazy("Enter an email address in the form name@example.org."),
    }

    def __init__(self, *, autocomplete: str = "email", **options: Any) -> None:
        super().__init__(**options)
        _attributes(self, autocomplete, "", spellcheck="false", autocapitalize="none")


class PasswordField(forms.CharField):
    """A password: never stripped, never shown again."""

    widget = forms.PasswordInput

    def __init__(self, *, autocomplete: str = "current-password", **options: Any) -> None:
        super().__init__(strip=False, **options)
        _attributes(self, autocomplete, "", spellcheck="false", autocapitalize="none")


class TextAreaField(forms.CharField):
    """Several lines; with ``max_length`` the person sees how many characters are left."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 6, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs.update({"rows": str(rows)})
        self.widget.attrs.pop("cols", None)


class RadioTiles(forms.RadioSelect):
    """Radio buttons, each a whole tile that can be pressed; ``hints`` maps a value to a line under its label."""

    def __init__(self, *args: Any, hints: dict[str, str] | None = None, tiles: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.hints, self.tiles = hints or {}, tiles


class CheckboxTiles(forms.CheckboxSelectMultiple):
    """Checkboxes, each a whole tile; ``hints`` as for RadioTiles."""

    def __init__(self, *args: Any, hints: dict[str, str] | None = None, tiles: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.hints, self.tiles = hints or {}, tiles


class ChoiceField(forms.ChoiceField):
    """One of several, as tiles up to eight choices, above that as a list. ``hints``: value → line under the label."""

    def __init__(
        self, *, choices: Sequence[tuple[str, Any]], hints: dict[str, str] | None = None, **options: Any
    ) -> None:
        if "widget" not in options:
            many = len(choices) > 8
            options["widget"] = forms.Select() if many else RadioTiles(hints=hints)
            if many:
                choices = [("", gettext_lazy("- Choose -")), *choices]
        super().__init__(choices=choices, **options)


class MultipleChoiceField(forms.MultipleChoiceField):
    """Any number of several, as tiles."""

    def __init__(self, *, hints: dict[str, str] | None = None, **options: Any) -> None:
        options.setdefault("widget", CheckboxTiles(hints=hints))
        super().__init__(**options)


class YesNoField(forms.TypedChoiceField):
    """Yes or no, neither chosen beforehand. Gives True or False, or None when optional and not answered."""

    def __init__(self, *, hints: dict[str, str] | None = None, **options: Any) -> None:
        options.setdefault("widget", RadioTiles(hints=hints))
        options.setdefault("empty_value", None)
        super().__init__(
            choices=[
                *([("", gettext_lazy("- Choose -"))] if isinstance(options["widget"], forms.Select) else []),
                ("yes", gettext_lazy("Yes")),
                ("no", gettext_lazy("No")),
            ],
            coerce=lambda text: text == "yes",
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class UploadField(forms.FileField):
    """A file by name, kind and size. What it really contains is checked where documents are stored, not here.

    *suffixes* are lower-case with their dot; the size limit is that of the site unless *max_bytes* is lower.
    """

    def __init__(self, *, suffixes: Sequence[str] = (), max_bytes: int = 0, **options: Any) -> None:
        super().__init__(**options)
        self.suffixes, self.max_bytes = tuple(suffixes), max_bytes
        if suffixes:
            self.widget.attrs["accept"] = ",".join(suffixes)

    @property
    def limit(self) -> int:
        """The largest size in bytes."""
        site = int(getattr(settings, "GREENLANE_MAX_UPLOAD_BYTES", 20 * 1024 * 1024))
        return min(site, self.max_bytes) if self.max_bytes else site

    @property
    def rules(self) -> str:
        """What may be uploaded, in one sentence for the hint."""
        kinds = ", ".join(suffix.lstrip(".").upper() for suffix in self.suffixes)
        size = filesizeformat(self.limit)
        if kinds:
            return _("%(kinds)s, up to %(size)s.") % {"kinds": kinds, "size": size}
        return _("Up to %(size)s.") % {"size": size}

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file is None:
            return None
        values = {"name": file.name, "rules": self.rules}
        if self.suffixes and not str(file.name).lower().endswith(self.suffixes):
            raise ValidationError(_("“%(name)s” is not of a kind that is taken here: %(rules)s") % values, "suffix")
        if file.size > self.limit:
            raise ValidationError(_("“%(name)s” is too large: %(rules)s") % values, "size")
        return file
