"""Long lists in pages: an opaque, signed cursor that stays right while rows come and go. No clause."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from typing import Annotated, Any, TypeVar
from uuid import UUID

from django.core import signing
from django.db.models import Model, Q, QuerySet
from ninja import Query

from greenlane.casework.problems import bad_input
from greenlane.law.sentences import N_

M = TypeVar("M", bound=Model)
MOST = 200
USUAL = 50

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most; 200 is the most.")]
Cursor = Annotated[str, Query(max_length=600, description="'next' of the page before; empty for the first page.")]


def page(rows: QuerySet[M], order: Sequence[str], limit: int, cursor: str, name: str) -> tuple[list[M], str | None]:
    """One page of *rows* in *order* (column names, '-' for descending, the last one unique), and the next cursor.

    Columns of the order are never null. *name* binds the cursor to its list. Raises BadInput for a foreign cursor.
    """
    if cursor:
        rows = rows.filter(_after(order, _opened(cursor, name, len(order))))
    found = list(rows.order_by(*order)[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    values = [_plain(getattr(last, column.lstrip("-"))) for column in order]
    return found[:limit], signing.dumps(values, salt=_salt(name), compress=True)


def _after(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows that come after *values*: greater in the first column that differs."""
    after, same = Q(), Q()
    for column, value in zip(order, values, strict=True):
        field = column.lstrip("-")
        beyond = "lt" if column.startswith("-") else "gt"
        after |= same & Q(**{f"{field}__{beyond}": value})
        same &= Q(**{field: value})
    return after


def _opened(cursor: str, name: str, length: int) -> list[Any]:
    try:
        values: list[Any] = signing.loads(cursor, salt=_salt(name))
        if len(values) == length:
            return values
    except (signing.BadSignature, ValueError, json.JSONDecodeError):
        pass
    what, mend = N_("This is not a place in this list."), N_("Take 'next' of the page before, or leave it out.")
    raise bad_input("cursor", what, mend)


def _salt(name: str) -> str:
    return f"greenlane.api.paging.{name}"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
