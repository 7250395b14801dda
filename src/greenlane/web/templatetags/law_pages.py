"""Small pictures of the law pages: a square for each clause, a bar for a count; ``{% load law_pages %}``. No clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from greenlane.law.citations import Citation
from greenlane.statute.coverage import ClauseRow, Status, Summary
from greenlane.web.law_shown import STATUS_CHIPS
from greenlane.web.words import clause_address, long_date

register = template.Library()

STEP = 15
"""Pixels from one square to the next."""
BAR = 600
"""Width of a bar in its own units; it stretches to its place."""


@register.simple_tag
def clause_href(citation: Citation) -> str:
    """The address of a clause."""
    return clause_address(citation)


@register.filter
def iso_date(text: str) -> str:
    """'2026-04-14' in the locale's long form."""
    return long_date(date.fromisoformat(text))


@register.filter
def in_words(name: str) -> str:
    """'CertifyTierOne' as people read it: 'Certify tier one'."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).capitalize()


@register.filter
def test_in_words(test: str) -> str:
    """'tests/law/test_s964.py::test_rc_10_the_cap_moves' as a sentence: 'RC-10: the cap moves'."""
    words = test.rsplit("::", 1)[-1].removeprefix("test_").replace("_", " ")
    return re.sub(r"^rc (\d+)", r"RC-\1:", words) if words.startswith("rc ") else words[:1].upper() + words[1:]


@register.filter
def test_file(test: str) -> str:
    """The file of a test."""
    return test.split("::", 1)[0]


@register.inclusion_tag("web/law/mosaic.html")
def mosaic(rows: Sequence[ClauseRow]) -> dict[str, Any]:
    """A square for each clause, coloured and shaped by its status; the count beside it says the same."""
    squares = [{"x": 1 + STEP * place, "status": row.status.value} for place, row in enumerate(rows)]
    return {"squares": squares, "width": STEP * len(rows)}


@register.simple_tag
def mosaic_one(row: ClauseRow) -> SafeString:
    """The square of one clause with its status for those who do not see it."""
    picture = render_to_string("web/law/mosaic.html", mosaic([row]))
    words = STATUS_CHIPS[row.status].text
    return mark_safe(f'{picture}<span class="usa-sr-only">{words}</span>')  # noqa: S308 - both are ours


@register.inclusion_tag("web/law/key.html")
def mosaic_key() -> dict[str, Any]:
    """What each kind of square means."""
    return {"keys": [(status.value, chip) for status, chip in STATUS_CHIPS.items()]}


@register.inclusion_tag("web/law/bar.html")
def status_bar(counted: Summary) -> dict[str, Any]:
    """One bar, shared out among the statuses."""
    parts, x = [], 0.0
    for status in Status:
        width = BAR * getattr(counted, status.value) / counted.all
        parts.append({"status": status.value, "x": round(x, 1), "width": round(width, 1)})
        x += width
    label = _("%(works)d of %(all)d clauses work, %(progress)d are in progress, %(outside)d are outside software.") % {
        "works": counted.works,
        "all": counted.all,
        "progress": counted.in_progress,
        "outside": counted.outside_software,
    }
    return {"parts": [part for part in parts if part["width"]], "label": label}
