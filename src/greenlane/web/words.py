"""Sentences of the law's verdicts in the reader's language, with dates written out. No clause."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.urls import get_script_prefix
from django.utils import formats, timezone
from django.utils.translation import gettext

from greenlane.law.citations import Citation, UnknownClause
from greenlane.law.sentences import Sentence
from greenlane.participants.identifiers import FORMATS

ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def say(text: Any) -> str:
    """*text* for a reader: a Sentence is translated and its dates written in the locale's long form.

    Sentences that come back from the record hold their dates as ISO text; those are recognised and written out too.
    Anything else is what ``str`` says of it; None is empty.
    """
    if text is None:
        return ""
    if not isinstance(text, Sentence):
        return long_date(text) if isinstance(text, date) else str(text)
    translated = gettext(text.message)
    if not text.values:
        return translated.replace("%%", "%")
    return translated % {
        name: _kinds(value) if name == "kinds" else _value(value) for name, value in text.values.items()
    }


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, str) and ISO.fullmatch(value):
        try:
            return long_date(date.fromisoformat(value))
        except ValueError:
            return value
    return value


def _kinds(value: Any) -> Any:
    """The law names kinds of identifiers by their codes; people read what they are called."""
    codes = str(value).split(" / ")
    return " / ".join(gettext(FORMATS[code].title) for code in codes) if FORMATS.keys() >= set(codes) else value


def long_date(day: date) -> str:
    """'November 21, 2026' in English; an instant is given with its time and UTC."""
    if isinstance(day, datetime):
        instant = timezone.localtime(day, timezone.get_default_timezone()) if timezone.is_aware(day) else day
        return f"{_written(instant)}, {instant:%H:%M} UTC"
    return _written(day)


def _written(day: date) -> str:
    """The locale's date format with the month in full where the locale (English) would shorten it."""
    return formats.date_format(day, formats.get_format("DATE_FORMAT").replace("N", "F"))


def clause_address(citation: Citation | str) -> str:
    """Where the law pages show a clause: '/law/6-usc-964-c/'. Raises UnknownClause for what is no clause."""
    known = citation if isinstance(citation, Citation) else Citation(citation)
    return f"{get_script_prefix()}law/{known.slug}/"


def clause_facts(citation: Citation | str) -> Mapping[str, str]:
    """Cite, heading of the clause or of the nearest one above it, and address. An unknown cite has no address."""
    try:
        known = citation if isinstance(citation, Citation) else Citation(str(citation))
    except UnknownClause:
        return {"cite": str(citation), "heading": "", "href": ""}
    heading = known.heading or next((above.heading for above in known.ancestors() if above.heading), "") or ""
    return {"cite": known.cite, "heading": heading, "href": clause_address(known)}
