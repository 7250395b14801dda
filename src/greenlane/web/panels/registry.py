"""Panels: what a kind of case shows of itself on its page for staff and on its page for the company (6 USC 971(b)).

A room that owns a kind of case writes ``web/panels/<kind>.py`` and ``templates/panels/<kind>.html``; it is found by
itself::

    @panel("validation", title=_("The validation"))
    def validation(case: Case, viewer: Viewer, on: date) -> Panel:
        return Panel("panels/validation.html", {...})

What the company must not read is left out by the function: ``viewer.is_staff`` and ``audiences_of()`` say who looks.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from greenlane.casework.models import Case
    from greenlane.people.visibility import Viewer


@dataclass(frozen=True)
class Panel:
    """A template and what it is given; it is rendered with the context of the page around it."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Maker = Callable[["Case", "Viewer", date], Panel]
PANELS: dict[str, Maker] = {}
TITLES: dict[str, Any] = {}
HEADINGS: dict[str, Callable[[Case], str]] = {}
"""What names a case that is of no company: a validator's certificate is named by the validator."""
STAFF_PAGES: dict[str, str] = {}
"""Commands with a page of their own for staff: command, name of the address (``web:<name>``, with the case)."""
TRADER_PAGES: dict[str, str] = {}
"""The same on the company's side (the address takes ``participant`` and ``case``)."""


def panel(*kinds: str, title: Any) -> Callable[[Maker], Maker]:
    """Register the panel of one or several kinds of case, under a heading. Raises ValueError for a second one."""

    def register(maker: Maker) -> Maker:
        for kind in kinds:
            if kind in PANELS:
                raise ValueError(f"the kind {kind} has two panels")
            PANELS[kind], TITLES[kind] = maker, title
        return maker

    return register


def heading(kind: str) -> Callable[[Callable[[Case], str]], Callable[[Case], str]]:
    """Register what stands as the title of a case of no company."""

    def register(function: Callable[[Case], str]) -> Callable[[Case], str]:
        HEADINGS[kind] = function
        return function

    return register


def heading_of(case: Case) -> str:
    """The name of a case of no company, or '' where nobody registered one."""
    discover()
    function = HEADINGS.get(case.kind)
    return function(case) if function is not None else ""


def command_page(command: str, *, staff: str = "", trader: str = "") -> None:
    """Say that a command has a page of its own, so that 'what you can do now' leads there and not to its plain form.

    *staff* is the name of an address that takes the case (``web:<staff>``, ``key``); *trader* of one that takes
    ``participant`` and ``case``.
    """
    if staff:
        STAFF_PAGES[command] = staff
    if trader:
        TRADER_PAGES[command] = trader


@dataclass(frozen=True)
class Shown:
    """A panel that is ready to be included, with its heading."""

    title: Any
    template: str
    context: Mapping[str, Any]


def shown(case: Case, viewer: Viewer, on: date) -> Shown | None:
    """The panel of a case for somebody who looks on a day; None for a kind that has none."""
    discover()
    maker = PANELS.get(case.kind)
    if maker is None:
        return None
    made = maker(case, viewer, on)
    return Shown(TITLES[case.kind], made.template, made.context)


@cache
def discover() -> tuple[str, ...]:
    """Import every module of this folder once, so that panels and vocabularies register; their names."""
    package = import_module("greenlane.web.panels")
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__) if found.name != "registry")
    for name in names:
        import_module(f"{package.__name__}.{name}")
    return tuple(names)
