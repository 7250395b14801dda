"""Tags of the pages that ask many things at once. No clause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.forms import BoundField

from greenlane.web import rendering

register = template.Library()


@register.filter
def bound(form: forms.BaseForm, name: str) -> BoundField | str:
    """A field of a form by its name; empty when the form does not ask for it."""
    return form[name] if name in form.fields else ""


@register.filter
def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


@register.inclusion_tag("web/components/error_summary.html")
def form_errors(sources: Sequence[forms.BaseForm]) -> dict[str, Any]:
    """The problems of several forms on one page, in their order."""
    return {"problems": [one for form in sources if form.is_bound for one in rendering.problems(form)]}
