"""Which rules of the law each command really asks, found by following its code from the handler down (971(a)(3))."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from greenlane.law import sections
from greenlane.law.verdicts import Rule, rules

OURS = "greenlane."
LAW = "greenlane.law."
PACKAGE = Path(__file__).resolve().parents[1]
NOT_THE_PRODUCT = frozenset({"law", "statute", "demonstration"})
"""Folders that do not count as asking a rule: the law itself, this room, and the invented demonstration."""
assert sections.SECTIONS  # importing the sections is what fills the register of rules


def rule_id(rule: Rule) -> str:
    """'s964.may_certify': the module of the law and the function."""
    return f"{rule.module}.{rule.name}"


@cache
def rules_of_commands() -> dict[str, frozenset[str]]:
    """Rule ids by command, for every command with a handler; empty before Django has loaded the rooms."""
    registry = sys.modules.get("greenlane.casework.registry")
    handlers: dict[str, Callable[..., Any]] = getattr(registry, "HANDLERS", {})
    return {name: rules_asked_by(handler) for name, handler in handlers.items()}


@cache
def rules_in_use() -> frozenset[str]:
    """Ids of every rule that some part of the product asks: handlers, deadlines, queries, pages, the JSON interface.

    Read from the source files, so that the answer is the same in a command line as in the web server.
    """
    found: set[str] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] in NOT_THE_PRODUCT or "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if LAW.rstrip(".") in text:  # parsing costs more than looking
            for function in _law_functions(ast.parse(text)):
                found |= rules_asked_by(function)
    return frozenset(found)


def _law_functions(module: ast.Module) -> Iterator[FunctionType]:
    """The functions of the law that a source file imports, itself or as ``module.function``."""
    modules: dict[str, str] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").startswith(LAW):
            for alias in node.names:
                yield from _functions(getattr(import_module(node.module or ""), alias.name, None))
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module == LAW.rstrip("."):
            modules |= {alias.asname or alias.name: LAW + alias.name for alias in node.names}
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield from _functions(getattr(import_module(modules[node.value.id]), node.attr, None))


def rules_asked_by(function: Callable[..., Any]) -> frozenset[str]:
    """Ids of the rules that *function* asks, itself or through the functions that it calls."""
    by_function = _by_function()
    seen: set[int] = set()
    found: set[str] = set()
    waiting = list(_functions(function))
    while waiting:
        at = waiting.pop()
        if id(at) in seen:
            continue
        seen.add(id(at))
        if at in by_function:
            found.add(by_function[at])
        waiting += _called(at)
    return frozenset(found)


@cache
def _by_function() -> dict[Any, str]:
    return {rule.function: rule_id(rule) for rule in rules()}


@cache
def _called(function: FunctionType) -> tuple[FunctionType, ...]:
    """The functions of ours that the code of *function* names, imports inside functions and methods included."""
    names = tuple(dict.fromkeys(_names(function.__code__)))
    inside = [sys.modules[name] for name in names if name.startswith(OURS) and name in sys.modules]
    found: list[FunctionType] = []
    for name in names:
        values = [vars(module).get(name) for module in inside]
        values.append(function.__globals__.get(name))
        for value in values:
            if isinstance(value, ModuleType):
                found += _of_module(value, names)
            elif isinstance(value, type):
                found += _of_class(value, names)
            else:
                found += _functions(value)
    return tuple(found)


def _of_module(module: ModuleType, names: tuple[str, ...]) -> Iterator[FunctionType]:
    for name in names:
        yield from _functions(vars(module).get(name))


def _of_class(cls: type, names: tuple[str, ...]) -> Iterator[FunctionType]:
    """The methods and properties of a class of ours that the calling code names."""
    if cls.__module__.startswith(OURS):
        for name in names:
            value = cls.__dict__.get(name)
            yield from _functions(getattr(value, "fget", None) or getattr(value, "__func__", None) or value)


def _functions(value: Any) -> Iterator[FunctionType]:
    """*value* when it is a function of ours, looked at under its decorators."""
    inner = getattr(value, "__wrapped__", value)
    if isinstance(inner, FunctionType) and (inner.__module__ or "").startswith(OURS):
        yield inner


def _names(code: CodeType) -> Iterator[str]:
    """Every global, attribute and imported name of a code object and of those nested in it."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)
