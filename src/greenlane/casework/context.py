"""What a handler is given, and what it hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from greenlane.law.citations import Citation
from greenlane.law.verdicts import Verdict

if TYPE_CHECKING:
    from greenlane.casework.models import Case
    from greenlane.casework.registry import EntryData


@dataclass(frozen=True)
class Actor:
    """Who gives the command: a person's account, or the platform itself (``account`` None)."""

    account: UUID | None = None

    @property
    def is_system(self) -> bool:
        return self.account is None


SYSTEM = Actor()


@dataclass
class Context:
    """The circumstances of one command. ``on`` is when it counts in law, ``at`` when the system learnt it."""

    actor: Actor
    office: str
    at: datetime
    on: date
    command_id: UUID
    case: Case | None = None
    within: bool = True
    """Is it attempted by the staff or the platform? What they are refused is not for the company."""
    _made: int = field(default=0, repr=False)

    def new_id(self) -> UUID:
        """A fresh id that is the same when the same command is replayed."""
        self._made += 1
        return uuid5(self.command_id, str(self._made))

    @property
    def the_case(self) -> Case:
        """The case of this command; a command without one is a bug here."""
        if self.case is None:
            raise LookupError("this command has no case")
        return self.case


@dataclass(frozen=True)
class Opening:
    """A case that the command opens."""

    id: UUID
    kind: str
    programme: str = ""
    participant: UUID | None = None


@dataclass(frozen=True)
class InCase:
    """An entry that belongs to another case than the command's own, which the handler has locked and asked itself."""

    case_id: UUID
    participant: UUID | None
    data: EntryData


@dataclass(frozen=True)
class Decision:
    """A handler's answer: the verdict and, when it is granted, what happened.

    ``to`` is needed only where the procedure leaves a choice; ``opens`` only where a case begins.
    """

    verdict: Verdict
    entries: tuple[EntryData | InCase, ...] = ()
    to: str | None = None
    opens: Opening | None = None
    participant: UUID | None = None


@dataclass(frozen=True)
class Recorded:
    """An entry as it stands in the record, with its typed data: what appliers, reactions and timelines read.

    ``number`` grows in the order of the record.
    """

    number: int
    uid: UUID
    kind: str
    data: EntryData
    subject: UUID
    participant: UUID | None
    on: date
    at: datetime
    actor: UUID | None
    office: str
    command: str
    command_id: UUID
    citations: tuple[str, ...]
    audience: str
    case: Mapping[str, Any] | None = None
    verdict: Verdict | None = None

    def id_for(self, *parts: object) -> UUID:
        """A stable id for a row that follows from this entry."""
        return uuid5(self.uid, "/".join(str(part) for part in parts))


def citations_of(verdict: Verdict, *more: Citation) -> tuple[str, ...]:
    """The clauses of a verdict and of the command, each once."""
    return tuple(dict.fromkeys([c.cite for c in (*more, *verdict.citations)]))
