"""The state is the fold of the record: throw it away, replay the entries, and compare (6 USC 971(b))."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from greenlane.casework import recording
from greenlane.casework.models import Case, StateModel
from greenlane.casework.registry import DEADLINES
from greenlane.records.models import Entry


class StateDiffers(AssertionError):
    """The rows are not what the record says; ``differences`` names table, key and columns."""

    def __init__(self, differences: list[str]) -> None:
        super().__init__("state differs from the record:\n" + "\n".join(differences[:40]))
        self.differences = differences


@cache
def state_models() -> tuple[type[StateModel], ...]:
    """Every table that follows from the record, by name."""
    return tuple(sorted((m for m in apps.get_models() if issubclass(m, StateModel)), key=lambda m: m._meta.label))


def snapshot() -> dict[str, dict[str, str]]:
    """The state as comparable text: table -> key -> row."""
    return {model._meta.label: dict(_rows(model)) for model in state_models()}


def _rows(model: type[StateModel]) -> Iterator[tuple[str, str]]:
    names = [f.attname for f in model._meta.concrete_fields if f.name not in model.NOT_FOLDED]
    for row in model._default_manager.order_by("pk").values(*names):
        yield str(row[model._meta.pk.attname]), json.dumps(row, cls=DjangoJSONEncoder, sort_keys=True)


def digest() -> str:
    """One hash over the whole state."""
    return hashlib.sha256(json.dumps(snapshot(), sort_keys=True).encode()).hexdigest()


class _Undo(Exception):
    """Leaves the transaction of a trial rebuild."""


def check() -> None:
    """Rebuild the state from the record in a transaction that is undone, and compare. Raises StateDiffers.

    Rows are compared as the database gives them. Only a table that differs so is read again as text, for the same value
    may be stored in two ways (the order of keys in JSON).
    """
    before = _plain()
    rebuilt: dict[type[StateModel], dict[str, str]] = {}
    try:
        with transaction.atomic():
            _clear(before)
            _replay()
            after = _plain()
            rebuilt = {m: dict(_rows(m)) for m in state_models() if before.get(m) != after.get(m)}
            raise _Undo
    except _Undo:
        pass
    found = [line for model in rebuilt for line in _differences(model._meta.label, dict(_rows(model)), rebuilt[model])]
    if found:
        raise StateDiffers(found)


def _plain() -> dict[type[StateModel], list[tuple[Any, ...]]]:
    """The rows of every table that has some, as the database gives them."""
    models = state_models()
    with connection.cursor() as cursor:
        cursor.execute(_which_have_rows(connection.vendor))
        filled = {place for (place,) in cursor.fetchall()}
        found = {}
        for place in filled:
            cursor.execute(_rows_in_order(models[place], connection.vendor))
            found[models[place]] = cursor.fetchall()
    return found


@cache
def _which_have_rows(vendor: str) -> str:
    """One query for the places of the tables with rows; *vendor* keys the cache, for each quotes in its own way."""
    quoted = connection.ops.quote_name
    arms = [
        f"SELECT {place} WHERE EXISTS (SELECT 1 FROM {quoted(model._meta.db_table)})"  # noqa: S608 - names of our own
        for place, model in enumerate(state_models())
    ]
    return " UNION ALL ".join(arms)


@cache
def _rows_in_order(model: type[StateModel], vendor: str) -> str:
    quoted = connection.ops.quote_name
    columns = [quoted(str(f.column)) for f in model._meta.concrete_fields if f.name not in model.NOT_FOLDED]
    table, key = quoted(model._meta.db_table), quoted(str(model._meta.pk.column))
    return f"SELECT {', '.join(columns)} FROM {table} ORDER BY {key}"  # noqa: S608 - names of our own


def _clear(filled: Iterable[type[StateModel]]) -> None:
    for model in sorted(filled, key=state_models().index, reverse=True):
        queryset: Any = model._default_manager.all()
        queryset._raw_delete(queryset.db)


def _replay() -> None:
    for row in Entry.objects.order_by("id").iterator(chunk_size=2000):
        recording.apply(recording.read(row))
    for case in Case.objects.filter(kind__in=DEADLINES).order_by("pk"):
        recording.refold_case(case)


def _differences(label: str, was: dict[str, str], now: dict[str, str]) -> Iterator[str]:
    for key in sorted(was.keys() | now.keys()):
        if was.get(key) != now.get(key):
            yield f"{label} {key}: state {was.get(key, 'no row')} / record {now.get(key, 'no row')}"
