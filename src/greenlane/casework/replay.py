"""The state is the fold of the record: throw it away, replay the entries, and compare (6 USC 971(b))."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from greenlane.casework import recording
from greenlane.casework.models import Case, StateModel
from greenlane.casework.registry import DEADLINES
from greenlane.records.models import Entry


class StateDiffers(AssertionError):
    """The rows are not what the record says; ``differences`` names table, key and columns."""

    def __init__(self, differences: list[str]) -> None:
        super().__init__("state differs from the record:\n" + "\n".join(differences[:40]))
        self.differences = differences


def state_models() -> list[type[StateModel]]:
    """Every table that follows from the record, by name."""
    return sorted((m for m in apps.get_models() if issubclass(m, StateModel)), key=lambda m: m._meta.label)


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
    """Rebuild the state from the record in a transaction that is undone, and compare. Raises StateDiffers."""
    before = snapshot()
    rebuilt: dict[str, dict[str, str]] = {}
    try:
        with transaction.atomic():
            _clear()
            _replay()
            rebuilt = snapshot()
            raise _Undo
    except _Undo:
        pass
    found = [line for label in before for line in _differences(label, before[label], rebuilt[label])]
    if found:
        raise StateDiffers(found)


def _clear() -> None:
    for model in reversed(state_models()):
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
