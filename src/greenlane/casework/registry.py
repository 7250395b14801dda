"""What the rooms register: commands, kinds of entries, how state follows from them, deadlines, reactions, guards."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from pydantic import TypeAdapter

from greenlane.law.citations import Citation, cites
from greenlane.law.sentences import Sentence

if TYPE_CHECKING:
    from greenlane.casework.context import Context, Decision, Recorded
    from greenlane.casework.facts import DeadlineFact
    from greenlane.casework.models import Case
    from greenlane.law.verdicts import Reason

T = TypeVar("T", bound=type)


class Command:
    """Base of every command: a frozen, keyword-only dataclass named by the verb of the statute."""

    spec: ClassVar[CommandSpec]


class EntryData:
    """Base of every kind of entry: a frozen dataclass of what happened, with the sentence that a person reads."""

    entry_kind: ClassVar[str]
    entry_version: ClassVar[int]
    entry_audience: ClassVar[str]

    def sentence(self) -> Sentence:
        raise NotImplementedError


Handler = Callable[["Context", Any], "Decision"]
Applier = Callable[[Any, "Recorded"], None]
Clocks = Callable[["Case"], "Iterable[DeadlineFact]"]
Reaction = Callable[["Recorded"], "Iterable[Command]"]
Guard = Callable[["Context", Any], "Iterable[Reason]"]


@dataclass(frozen=True)
class CommandSpec:
    """A command as the doors, the statute page and ``execute()`` see it.

    ``procedures`` are the kinds of case whose tables permit it (none for registers); ``case_field``
    the field with the case's id ('' when the command opens one); ``lock_field`` the register to lock when there is no
    case yet; ``audience`` who may read a refusal of it, whose reasons can tell as much as a decision.
    """

    name: str
    room: str
    title: str
    cls: type[Command]
    citations: tuple[Citation, ...]
    procedures: tuple[str, ...]
    case_field: str
    lock_field: str
    internal: bool
    audience: str

    def procedure_for(self, case: Case | None) -> str:
        """The procedure that permits it: the case's own, or the one that it opens; '' for a register."""
        return case.kind if case and self.procedures else next(iter(self.procedures), "")

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.cls)

    @property
    def summary(self) -> str:
        """The first line of the command's docstring."""
        return (self.cls.__doc__ or "").strip().splitlines()[0]

    @property
    def fields(self) -> tuple[dataclasses.Field[Any], ...]:
        return dataclasses.fields(self.cls)  # type: ignore[arg-type]


COMMANDS: dict[str, CommandSpec] = {}
HANDLERS: dict[str, Handler] = {}
ENTRIES: dict[str, type[EntryData]] = {}
APPLIERS: dict[str, Applier] = {}
DEADLINES: dict[str, Clocks] = {}
REACTIONS: dict[str, list[Reaction]] = {}
GUARDS: dict[str, list[Guard]] = {}


def _room(module: str) -> str:
    """'greenlane.applications.commands' is in the room 'applications'."""
    parts = module.split(".")
    return parts[1] if parts[0] == "greenlane" else parts[0]


def command(
    *names: str,
    title: str,
    procedure: str | tuple[str, ...] = (),
    case: str = "case_id",
    lock: str = "",
    internal: bool = False,
    audience: str = "participant",
) -> Callable[[T], T]:
    """Register a command under the clauses that it carries out. *internal*: given by the platform itself only."""
    citations = cites(*names)
    procedures = (procedure,) if isinstance(procedure, str) else procedure

    def register(cls: T) -> T:
        if not (cls.__doc__ or "").strip():
            raise ValueError(f"command {cls.__name__} needs a docstring: it is the help of all three doors")
        if cls.__name__ in COMMANDS:
            raise ValueError(f"two commands are named {cls.__name__}")
        spec = CommandSpec(
            cls.__name__, _room(cls.__module__), title, cls, citations, procedures, case, lock, internal, audience
        )
        COMMANDS[cls.__name__] = spec
        cls.spec = spec  # type: ignore[attr-defined]
        return cls

    return register


def handles(cls: type[Command]) -> Callable[[Handler], Handler]:
    """Register the one handler of a command."""

    def register(handler: Handler) -> Handler:
        if cls.__name__ in HANDLERS:
            raise ValueError(f"{cls.__name__} has two handlers")
        HANDLERS[cls.__name__] = handler
        return handler

    return register


def entry(audience: str, version: int = 1) -> Callable[[T], T]:
    """Register a kind of entry with the audience that may read it (971(c))."""

    def register(cls: T) -> T:
        kind = f"{_room(cls.__module__)}.{cls.__name__}"
        cls.entry_kind, cls.entry_version, cls.entry_audience = kind, version, audience  # type: ignore[attr-defined]
        ENTRIES[kind] = cls
        return cls

    return register


def applies(cls: type[EntryData]) -> Callable[[Applier], Applier]:
    """Register how an entry changes the state; the only place where rows are written."""

    def register(applier: Applier) -> Applier:
        if cls.entry_kind in APPLIERS:
            raise ValueError(f"{cls.entry_kind} is applied twice")
        APPLIERS[cls.entry_kind] = applier
        return applier

    return register


def deadlines(kind: str) -> Callable[[Clocks], Clocks]:
    """Register the clocks of a kind of case; they are refolded after every command on it."""

    def register(function: Clocks) -> Clocks:
        DEADLINES[kind] = function
        return function

    return register


def reacts(*classes: type[EntryData]) -> Callable[[Reaction], Reaction]:
    """Register what the platform itself does after an entry: commands, given after commit through the outbox."""

    def register(function: Reaction) -> Reaction:
        for cls in classes:
            REACTIONS.setdefault(cls.entry_kind, []).append(function)
        return function

    return register


def guards(*classes: type[Command]) -> Callable[[Guard], Guard]:
    """Register reasons of a later section that a command of an earlier one must also satisfy: it never knows of them.

    ``(ctx, command) -> reasons``, asked when the command's own room has granted it.
    """

    def register(function: Guard) -> Guard:
        for cls in classes:
            GUARDS.setdefault(cls.__name__, []).append(function)
        return function

    return register


_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def adapter_of(cls: type) -> TypeAdapter[Any]:
    """The reader and writer of a dataclass, built once."""
    if cls not in _ADAPTERS:
        _ADAPTERS[cls] = TypeAdapter(cls)
    return _ADAPTERS[cls]
