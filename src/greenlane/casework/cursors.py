"""Where a page of a list ends: signed, so that a cursor fits its list and its order alone (6 USC 971(b))."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core import signing
from django.db.models import Q

from greenlane.casework.models import Case

_SALT = "greenlane.casework.queue"


class CursorRefused(ValueError):
    """Raised for a cursor that does not belong to this list."""


def after(columns: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows that come after *values*: beyond in the first column that differs."""
    beyond, same = Q(), Q()
    for column, value in zip(columns, values, strict=True):
        name = column.lstrip("-")
        beyond |= same & Q(**{f"{name}__{'lt' if column.startswith('-') else 'gt'}": value})
        same &= Q(**{name: value})
    return beyond


def cursor_of(last: Case, columns: Sequence[str], order: str) -> str:
    """The cursor that stands after the last case of a page."""
    values = [getattr(last, column.lstrip("-")) for column in columns]
    plain = [value.isoformat() if isinstance(value, date) else value for value in values]
    return signing.dumps([order, plain], salt=_SALT, compress=True)


def opened(cursor: str, columns: Sequence[str], order: str) -> list[Any]:
    """What a cursor holds, a value for each column. Raises CursorRefused."""
    try:
        of_order, values = signing.loads(cursor, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError, json.JSONDecodeError):
        raise CursorRefused("the cursor is damaged") from None
    if of_order != order or len(values) != len(columns):
        raise CursorRefused("the cursor belongs to another order")
    return list(values)
