"""Builds the facts of a rule from plain values, by the type hints of the rule, with a sentence for each misfit."""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from greenlane.law.citations import Citation, UnknownClause
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms

Way = tuple[str | int, ...]
"""The way to a value: argument, field, position in a list."""
TermsByName = Callable[[str], Terms]
"""Gives the terms of a programme by name; raises LookupError whose text lists the names that there are."""


class Misfit(ValueError):
    """A value that does not fit: the way to it, and marked messages of what is wrong and how to mend it."""

    def __init__(self, way: Way, what: str, mend: str, **values: str | int) -> None:
        super().__init__(what)
        self.way, self.what, self.mend, self.values = way, what, mend, values


NO_CLAUSE = (N_("'%(clause)s' is not a clause of the law."), N_("Write for example 6 USC 964(c)."))
_NO_KEYS = N_("'%(key)s' needs keys and values, not %(given)s.")
_PLAIN: dict[Any, tuple[str, str]] = {
    str: (N_("'%(key)s' must be text, not %(given)s."), N_("Put it in quotes where it looks like a number or a date.")),
    int: (N_("'%(key)s' must be a whole number, not %(given)s."), N_("Write it without quotes.")),
    bool: (N_("'%(key)s' must be true or false, not %(given)s."), N_("Write true or false, without quotes.")),
    date: (N_("'%(key)s' must be a date, not %(given)s."), N_("Write it as 2026-01-31, without quotes.")),
}


def build_arguments(function: Callable[..., Any], given: Mapping[str, Any], terms: TermsByName) -> dict[str, Any]:
    """The arguments of *function* built from *given*. Raises Misfit for the first value that does not fit."""
    hints = get_type_hints(function)
    arguments = inspect.signature(function).parameters
    _check_names(given, arguments, (name for name, p in arguments.items() if p.default is p.empty), ())
    return {name: _build(hints[name], value, (name,), terms) for name, value in given.items()}


def _check_names(given: Mapping[str, Any], known: Iterable[str], needed: Iterable[str], way: Way) -> None:
    names = tuple(known)
    for key in given:
        if key not in names:
            what, mend = N_("There is no '%(key)s' here."), N_("There is: %(names)s.")
            raise Misfit((*way, key), what, mend, key=key, names=", ".join(names))
    missing = [name for name in needed if name not in given]
    if missing:
        raise Misfit(way, N_("Missing: %(names)s."), N_("Add it under 'given'."), names=", ".join(missing))


def _build(hint: Any, value: Any, way: Way, terms: TermsByName) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _union(get_args(hint), value, way, terms)
    if hint is Terms:
        return _terms(value, way, terms)
    if hint is Citation:
        return _citation(value, way)
    if hint in _PLAIN:
        return _plain(hint, value, way)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enum(hint, value, way)
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint, value, way, terms)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(get_args(hint)[1], value, way, terms)
    if isinstance(origin, type) and issubclass(origin, Iterable):
        return _collection(origin, get_args(hint), value, way, terms)
    what = N_("A situation cannot give a value of the type %(hint)s.")
    raise Misfit(way, what, N_("Use another rule, or ask a developer."), hint=str(hint))


def _union(options: tuple[Any, ...], value: Any, way: Way, terms: TermsByName) -> Any:
    """The first option that fits; where none does, what the last one says."""
    if value is None and type(None) in options:
        return None
    *others, last = (option for option in options if option is not type(None))
    for option in others:
        try:
            return _build(option, value, way, terms)
        except Misfit:
            continue
    return _build(last, value, way, terms)


def _terms(value: Any, way: Way, terms: TermsByName) -> Terms:
    try:
        return terms(_plain(str, value, way))
    except LookupError as error:
        what, mend = N_("There is no programme '%(key)s'."), N_("There is: %(names)s.")
        raise Misfit(way, what, mend, key=value, names=str(error.args[0])) from error


def _citation(value: Any, way: Way) -> Citation:
    try:
        return Citation.parse(_plain(str, value, way))
    except UnknownClause as error:
        raise Misfit(way, *NO_CLAUSE, clause=value) from error


def _plain(hint: type, value: Any, way: Way) -> Any:
    mistaken = (hint is int and isinstance(value, bool)) or (hint is date and isinstance(value, datetime))
    if mistaken or not isinstance(value, hint):
        raise Misfit(way, *_PLAIN[hint], key=way[-1], given=repr(value))
    return value


def _enum(hint: type[Enum], value: Any, way: Way) -> Enum:
    try:
        return hint(value)
    except ValueError as error:
        words = ", ".join(str(member.value) for member in hint)
        what, mend = N_("'%(key)s' is %(given)s."), N_("Choose one of: %(words)s.")
        raise Misfit(way, what, mend, key=way[-1], given=repr(value), words=words) from error


def _record(hint: type, value: Any, way: Way, terms: TermsByName) -> Any:
    known = [field for field in fields(hint) if field.init]
    if not isinstance(value, dict):
        names = ", ".join(field.name for field in known)
        raise Misfit(way, _NO_KEYS, N_("Its keys are: %(names)s."), key=way[-1], given=repr(value), names=names)
    needed = (f.name for f in known if f.default is MISSING and f.default_factory is MISSING)
    _check_names(value, (f.name for f in known), needed, way)
    hints = get_type_hints(hint)
    built = {name: _build(hints[name], item, (*way, name), terms) for name, item in value.items()}
    try:
        return hint(**built)
    except ValueError as error:
        what = N_("'%(key)s' is refused: %(error)s.")
        raise Misfit(way, what, N_("Correct it."), key=way[-1], error=str(error)) from error


def _mapping(hint: Any, value: Any, way: Way, terms: TermsByName) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Misfit(way, _NO_KEYS, N_("Write 'key: value' lines."), key=way[-1], given=repr(value))
    return {key: _build(hint, item, (*way, key), terms) for key, item in value.items()}


def _collection(origin: type, items: tuple[Any, ...], value: Any, way: Way, terms: TermsByName) -> Any:
    if not isinstance(value, list):
        what, mend = N_("'%(key)s' must be a list, not %(given)s."), N_("Write [a, b], or lines that start with '-'.")
        raise Misfit(way, what, mend, key=way[-1], given=repr(value))
    hints = [items[0]] * len(value)
    if origin is tuple and Ellipsis not in items:
        hints = list(items)
    if len(hints) != len(value):
        what = N_("'%(key)s' must have %(wanted)d items, not %(count)d.")
        raise Misfit(way, what, N_("Correct the list."), key=way[-1], wanted=len(hints), count=len(value))
    built = (_build(hint, item, (*way, i), terms) for i, (hint, item) in enumerate(zip(hints, value, strict=True)))
    return frozenset(built) if issubclass(origin, (set, frozenset)) else tuple(built)
