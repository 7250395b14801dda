"""A date as people give it, in three boxes: month, day, year. Lenient in form, exact in meaning; no clause."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _

from greenlane.web.words import long_date

PARTS = ("month", "day", "year")
Parts = tuple[str, str, str]


class MemorableDate(forms.Widget):
    """Three text boxes; ``value`` is a date, or the three texts that a person typed."""

    template_name = "web/forms/memorable_date.html"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Parts | None:
        """The three texts, or None when all boxes are empty. An ISO date under the plain name also counts."""
        whole = _iso(str(data.get(name, "")))
        if whole is not None:
            return whole
        texts = tuple(str(data.get(f"{name}_{part}", "")).strip() for part in PARTS)
        return (texts[0], texts[1], texts[2]) if any(texts) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}_{part}" in data for part in PARTS)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_month" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        identity = context["widget"]["attrs"].pop("id", f"id_{name}")
        texts = value if isinstance(value, tuple) else _texts(value)
        labels = (_("Month"), _("Day"), _("Year"))
        context["widget"]["boxes"] = [
            {
                "part": part,
                "label": label,
                "name": f"{name}_{part}",
                "id": f"{identity}_{part}",
                "value": text,
                "maxlength": 10 if part == "month" else 4 if part == "year" else 2,
            }
            for part, label, text in zip(PARTS, labels, texts, strict=True)
        ]
        return context


class MemorableDateField(forms.Field):
    """A date. Months may be numbers or names; years have four digits; each mistake is named with what to do."""

    widget = MemorableDate

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> date | None:
        """The date, or None for no answer. Raises ValidationError that names the box to correct."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        month, day, year = _iso(value[0]) or value
        lacking = [label for text, label in ((month, _("month")), (day, _("day")), (year, _("year"))) if not text]
        if lacking:
            raise ValidationError(_("The date also needs: %(parts)s.") % {"parts": ", ".join(lacking)}, "incomplete")
        return self._bounded(_exact(_year(year), _month(month), day))

    def _bounded(self, given: date) -> date:
        if self.earliest and given < self.earliest:
            raise ValidationError(_("The date must be %(day)s or later.") % {"day": long_date(self.earliest)}, "early")
        if self.latest and given > self.latest:
            raise ValidationError(_("The date must be %(day)s or earlier.") % {"day": long_date(self.latest)}, "late")
        return given

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


def _texts(value: Any) -> Parts:
    if isinstance(value, str) and value:
        value = date.fromisoformat(value)
    return (str(value.month), str(value.day), str(value.year)) if value else ("", "", "")


def _iso(text: str) -> Parts | None:
    """A whole date pasted into the first box."""
    match = re.fullmatch(r"\s*(\d{4})-(\d{2})-(\d{2})\s*", text)
    return (match[2], match[3], match[1]) if match else None


def _year(text: str) -> int:
    if not re.fullmatch(r"(19|20|21)\d\d", text):
        raise ValidationError(
            _("The year must have four digits, for example 2026. You gave “%(text)s”.") % {"text": text}
        )
    return int(text)


def _month(text: str) -> int:
    if text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 12:
        return int(text)
    named = text.casefold().rstrip(".")
    for number in range(1, 13):
        if named in (str(MONTHS[number]).casefold(), str(MONTHS_3[number]).casefold()):
            return number
    raise ValidationError(
        _("The month must be a number from 1 to 12 or its name. You gave “%(text)s”.") % {"text": text}
    )


def _exact(year: int, month: int, text: str) -> date:
    last = calendar.monthrange(year, month)[1]
    if text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= last:
        return date(year, month, int(text))
    values = {"month": MONTHS[month], "year": year, "last": last, "text": text}
    raise ValidationError(_("%(month)s %(year)s has days 1 to %(last)s. You gave “%(text)s”.") % values)
