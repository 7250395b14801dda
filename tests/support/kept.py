"""Beginnings that many tests share, built by commands once in a process and laid down again by their rows.

A step ``f(desk, ...)`` that is decorated with ``kept`` is carried out when its beginning is seen for the first time.
The rows that it added or changed are kept; the next test that comes the same way gets these rows. Whatever else a test
does is done by commands, and the state is held against the record as in any other test.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from greenlane.records.models import Entry
from tests.desk import Desk

P = ParamSpec("P")
T = TypeVar("T")
Rows = dict[Any, dict[str, Any]]
State = dict[type[models.Model], Rows]
ANYBODY = Desk(prove=False)
"""Stands for the desk in what is kept."""


@dataclass
class Kept:
    """What a step added and changed, what it answered, and how it left the desk."""

    added: State = field(default_factory=dict)
    changed: State = field(default_factory=dict)
    removed: dict[type[models.Model], list[Any]] = field(default_factory=dict)
    answer: Any = None
    desk: dict[str, Any] = field(default_factory=dict)


_KEPT: dict[tuple[str, ...], Kept] = {}


def kept(step: Callable[Concatenate[Desk, P], T]) -> Callable[Concatenate[Desk, P], T]:
    """Keep what a step leaves behind. Its other arguments are told apart by their words, a company by its officer."""

    @functools.wraps(step)
    def laid(desk: Desk, *args: P.args, **more: P.kwargs) -> T:
        if not _comes_straight(desk):
            return step(desk, *args, **more)
        words = [step.__module__, step.__qualname__, str(desk.today), *map(_word, args), repr(sorted(more.items()))]
        way = (*desk.way, "/".join(words))
        if way not in _KEPT:
            before = _state()
            answer = step(desk, *args, **more)
            _KEPT[way] = _difference(before, _state())
            _KEPT[way].answer = copy.deepcopy(answer, {id(desk): ANYBODY})
            _KEPT[way].desk = _desk_values(desk)
        else:
            with transaction.atomic():
                answer = _lay(desk, _KEPT[way])
        desk.way, desk.way_given = way, desk.given
        return answer

    return laid


def _comes_straight(desk: Desk) -> bool:
    """Was nothing given since the last step that is kept, and nothing at all before the first?"""
    return desk.given == desk.way_given if desk.way else desk.given == 0 and not Entry.objects.exists()


def _word(argument: object) -> str:
    return str(getattr(argument, "officer", argument))


def _desk_values(desk: Desk) -> dict[str, Any]:
    return {"today": desk.today, "prove": desk.prove, "given": desk.given, "people": dict(desk.people)}


def _tables() -> list[type[models.Model]]:
    """Our tables in any order: references are checked when the transaction ends."""
    return [m for m in apps.get_models() if m.__module__.startswith("greenlane.") and m._meta.managed]


def _state() -> State:
    found: State = {}
    for model in _tables():
        names = [f.attname for f in model._meta.concrete_fields]
        found[model] = {row[model._meta.pk.attname]: row for row in model._base_manager.values(*names)}
    return found


def _difference(before: State, after: State) -> Kept:
    kept_ = Kept()
    for model, rows in after.items():
        was = before[model]
        kept_.added[model] = {key: row for key, row in rows.items() if key not in was}
        kept_.changed[model] = {key: row for key, row in rows.items() if key in was and was[key] != row}
        kept_.removed[model] = [key for key in was if key not in rows]
    return kept_


def _lay(desk: Desk, found: Kept) -> Any:
    for model, keys in found.removed.items():
        if keys:
            model._base_manager.filter(pk__in=keys)._raw_delete(connection.alias)
    for model, rows in found.added.items():
        if rows:
            model._base_manager.bulk_create([model(**row) for row in copy.deepcopy(list(rows.values()))])
    for model, rows in found.changed.items():
        for key, row in copy.deepcopy(rows).items():
            model._base_manager.filter(pk=key).update(**row)
    _numbers_go_on([model for model, rows in found.added.items() if rows])
    for name, value in copy.deepcopy(found.desk).items():
        setattr(desk, name, value)
    return copy.deepcopy(found.answer, {id(ANYBODY): desk})


def _numbers_go_on(tables: list[type[models.Model]]) -> None:
    """PostgreSQL counts by itself; after rows with numbers of their own it is told where to go on."""
    counted = [m for m in tables if isinstance(m._meta.pk, models.AutoField)]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), counted):
            cursor.execute(statement)
