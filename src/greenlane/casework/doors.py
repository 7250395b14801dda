"""What the doors share: one way to give a command, one to hand in a file, one to say a sentence (6 USC 971(b))."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import IO, Any
from uuid import UUID, uuid4, uuid5

import structlog
from django.conf import settings
from django.db import DataError
from django.utils.translation import gettext

from greenlane.casework import outbox
from greenlane.casework.answers import Answer
from greenlane.casework.context import SYSTEM, Actor
from greenlane.casework.execution import execute
from greenlane.casework.parsing import command_named, parse
from greenlane.casework.problems import BadInput, Problem, bad_input
from greenlane.casework.registry import COMMANDS, Command, CommandSpec
from greenlane.law.sentences import N_, Sentence
from greenlane.records import documents
from greenlane.records.canonical import NotCanonical
from greenlane.records.refusals import FileRefused

log = structlog.get_logger(__name__)
_UNKEEPABLE = (
    N_("One of the values cannot be kept: a number is too large, a text too long, or a character is none."),
    N_("Nothing was changed. Give shorter texts, smaller numbers, and characters that can be printed."),
)
_KEYS = UUID("0c1a3a57-3a2b-5e0e-9a7e-7e0a50cbb971")
LONGEST_KEY = 200


def perform(
    command_name: str,
    values: Mapping[str, Any],
    *,
    account: UUID | None,
    now: datetime,
    command_id: UUID,
    on: date | None = None,
) -> Answer:
    """Give the command of that name with plain *values*, and carry out at once what follows from it.

    *account* None is the platform itself. Raises BadInput (nothing written) and Missing.
    """
    spec = command_named(command_name)
    if spec.name == HANDED_IN:  # a hash by itself would open whatever document has it
        raise bad_input(
            "sha256",
            N_("A document is handed in as a file, not by its hash."),
            N_("Send the file itself; it is checked, stored and added to the case."),
            "6 USC 971(c)",
        )
    if spec.internal and account is not None:
        raise BadInput([Problem("command", Sentence(N_("There is no command %(name)s."), {"name": spec.name}))])
    _keepable(values)
    return give(parse(spec, values), account=account, now=now, command_id=command_id, on=on)


HANDED_IN = "UploadDocument"
LARGEST = 2**53
DEEPEST = 32


def _keepable(value: Any, where: str = "", depth: int = 0) -> None:
    """Whole numbers that every program reads alike, text that every database takes. Raises BadInput."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            _keepable(str(name), where, depth)
            _keepable(part, f"{where}.{name}" if where else str(name), depth + 1)
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            _keepable(part, f"{where}.{index}", depth + 1)
    strange = isinstance(value, str) and any(c == "\x00" or 0xD800 <= ord(c) <= 0xDFFF for c in value)
    if strange or depth > DEEPEST or (isinstance(value, int) and abs(value) > LARGEST):
        raise bad_input(where.encode(errors="replace").decode()[:200], *_UNKEEPABLE, "6 USC 971(b)")


def give(command: Command, *, account: UUID | None, now: datetime, command_id: UUID, on: date | None = None) -> Answer:
    """Give a command that is built already; then carry out the reactions and notices that are due."""
    actor = SYSTEM if account is None else Actor(account)
    try:
        answer = execute(command, actor=actor, at=now, command_id=command_id, on=on)
    except (DataError, OverflowError, NotCanonical) as error:
        log.warning("values that cannot be kept", command=command.spec.name, exc_info=True)
        raise bad_input("command", *_UNKEEPABLE, "6 USC 971(b)") from error
    outbox.deliver(now)
    return answer


def hand_in(
    stream: IO[bytes],
    *,
    file_name: str,
    declared_type: str,
    case_id: UUID,
    title: str,
    replaces: UUID | None = None,
    account: UUID,
    now: datetime,
    command_id: UUID,
) -> Answer:
    """Check and store a file, then give ``UploadDocument`` for it. Raises BadInput with everything wrong with it."""
    try:
        kept = documents.store(stream, file_name, declared_type, settings.GREENLANE_MAX_UPLOAD_BYTES)
    except FileRefused as refused:
        raise BadInput(
            [Problem(one.where, one.sentence, one.mend, one.citation.cite) for one in refused.problems]
        ) from None
    values = {"case_id": case_id, "title": title, "replaces": replaces, **kept.to_json()}
    _keepable(values)
    return give(parse(command_named(HANDED_IN), values), account=account, now=now, command_id=command_id)


def command_key(text: str | None, account: UUID | None) -> UUID:
    """The command id for a key that a client chose, the same each time for the same person; a fresh one for None.

    The account is part of it: a key that somebody else used gives away nothing. Raises BadInput for a key that is
    empty, longer than 200 characters or not printable.
    """
    if text is None:
        return uuid4()
    key = text.strip()
    if not key or len(key) > LONGEST_KEY or not key.isprintable():
        raise bad_input(
            "Idempotency-Key",
            N_("The key of the request is empty, too long or not printable."),
            N_("Give a UUID, or any text of at most %(longest)s printable characters."),
            "6 USC 971(b)",
            longest=LONGEST_KEY,
        )
    with suppress(ValueError):
        key = str(UUID(key))  # one UUID has several spellings
    return uuid5(_KEYS, f"{account or ''}/{key}")


def public_commands() -> tuple[CommandSpec, ...]:
    """The commands that a person may give through a door, by room and name."""
    return tuple(sorted((s for s in COMMANDS.values() if not s.internal), key=lambda s: (s.room, s.name)))


def said(value: Any) -> Any:
    """Plain values, however nested, with every Sentence in the reader's language."""
    if isinstance(value, Sentence):
        return say(value)
    if isinstance(value, Mapping):
        return {name: said(one) for name, one in value.items()}
    return [said(one) for one in value] if isinstance(value, (list, tuple)) else value


def say(sentence: Sentence | None) -> str:
    """A sentence in the reader's language; dates stay in ISO form, which programs and all languages read."""
    if sentence is None:
        return ""
    message = gettext(sentence.message)
    return message % sentence.texts() if sentence.values else message.replace("%%", "%")
