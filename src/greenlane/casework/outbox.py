"""What follows a commit: reactions of the platform and notices, each tried until it succeeds."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import uuid5

import structlog
from django.db import connection, transaction
from django.db.models import QuerySet

from greenlane.casework import notices, recording
from greenlane.casework.answers import Answer
from greenlane.casework.context import SYSTEM, Recorded
from greenlane.casework.models import OutboxMessage
from greenlane.casework.registry import REACTIONS
from greenlane.records.models import Entry

log = structlog.get_logger(__name__)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)


def enqueue(recorded: Iterable[Recorded]) -> None:
    """Write, in the transaction of the command, one message for each reaction and each notice."""
    OutboxMessage.objects.bulk_create(
        _message(kind, name, one)
        for one in recorded
        for kind, name in (
            *(("reaction", f"{f.__module__}.{f.__name__}") for f in REACTIONS.get(one.kind, ())),
            *(("notice", template) for template in notices.templates_for(one.kind)),
        )
    )


def _message(kind: str, name: str, one: Recorded) -> OutboxMessage:
    return OutboxMessage(
        id=one.id_for("outbox", kind, name),
        kind=kind,
        name=name,
        entry=one.uid,
        entry_number=one.number,
        payload={},
        created_at=one.at,
        next_at=one.at,
    )


def deliver(now: datetime, *, limit: int = 200) -> int:
    """Carry out the messages that are due at *now*, oldest first, and what they lead to. Returns how many were done."""
    done = 0
    if not _due(now).exists():  # the usual case: nobody waits for the lock of a writer
        return done
    while done < limit:
        succeeded = _attempt(now)
        if succeeded is None:
            break
        done += succeeded
    return done


def refused() -> QuerySet[OutboxMessage]:
    """What the platform meant to do and was refused, for a person to look at; ``error`` says why. Never tried again."""
    return OutboxMessage.objects.exclude(done_at=None).exclude(error="").order_by("-done_at", "id")


def waiting(now: datetime) -> int:
    """How many messages are due at *now*."""
    return _due(now).count()


def _due(now: datetime) -> QuerySet[OutboxMessage]:
    """Oldest first; of one instant in the order of the record, and of one entry by name: always the same order."""
    return OutboxMessage.objects.filter(done_at=None, next_at__lte=now).order_by("next_at", "entry_number", "name")


def _attempt(now: datetime) -> bool | None:
    """The oldest message: True when done, False when kept with its error and a longer wait, None when none is due.

    Another worker's message is left alone.
    """
    from greenlane.casework.execution import writing  # execution imports this module

    with writing():
        skip = connection.features.has_select_for_update_skip_locked
        message = _due(now).select_for_update(skip_locked=skip).first()
        if message is None:
            return None
        try:
            with transaction.atomic():
                refused = _carry_out(message, now)
        except Exception:  # whatever went wrong is kept with the message and tried again
            message.attempts += 1
            message.error = traceback.format_exc(limit=8)[-4000:]
            message.next_at = now + min(FIRST_WAIT * 2 ** min(message.attempts - 1, 20), LONGEST_WAIT)
            message.save(update_fields=["attempts", "error", "next_at"])
            return False
        message.done_at, message.error = now, refused
        message.save(update_fields=["done_at", "error"])
        return True


def _carry_out(message: OutboxMessage, now: datetime) -> str:
    """Give the commands of one message. Returns what was refused and why, '' when nothing was.

    A letter counts on the day on which it is served, for a right of the company may run from then; what the platform
    does in an office's place counts on the day of its cause.
    """
    from greenlane.casework.execution import execute

    one = recording.read(Entry.objects.get(uid=message.entry))
    notice = message.kind == "notice"
    if notice:
        commands = [notices.prepare(message.name, one)]
    else:
        [reaction] = [f for f in REACTIONS[one.kind] if f"{f.__module__}.{f.__name__}" == message.name]
        commands = list(reaction(one))
    answers = [
        execute(
            command,
            actor=SYSTEM,
            at=now,
            caused_on=None if notice else one.on,
            command_id=uuid5(message.id, str(index)),
        )
        for index, command in enumerate(commands)
        if command is not None
    ]
    refused = "\n".join(_refusal(answer) for answer in answers if not answer.granted)
    if refused:
        log.warning("the platform's own command was refused", message=message.name, entry=str(one.uid), why=refused)
    return refused


def _refusal(answer: Answer) -> str:
    why = "; ".join(f"{reason.citation} {reason.code}: {reason.sentence}" for reason in answer.verdict.failing)
    return f"{answer.command} was refused ({answer.step}): {why}"[:4000]
