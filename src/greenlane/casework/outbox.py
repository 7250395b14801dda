"""What follows a commit: reactions of the platform and notices, each tried until it succeeds."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.db.models import QuerySet

from greenlane.casework import notices, recording
from greenlane.casework.context import SYSTEM, Recorded
from greenlane.casework.models import OutboxMessage
from greenlane.casework.registry import REACTIONS
from greenlane.records.models import Entry

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
        payload={},
        created_at=one.at,
        next_at=one.at,
    )


def deliver(now: datetime, *, limit: int = 200) -> int:
    """Carry out the messages that are due at *now*, oldest first, and what they lead to. Returns how many were done."""
    done = 0
    while done < limit:
        message = _due(now).first()
        if message is None:
            break
        done += _attempt(message.id, now)
    return done


def waiting(now: datetime) -> int:
    """How many messages are due at *now*."""
    return _due(now).count()


def _due(now: datetime) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(done_at=None, next_at__lte=now).order_by("next_at", "created_at", "id")


def _attempt(message_id: UUID, now: datetime) -> int:
    """One message: done, or kept with its error and a longer wait. Another worker's message is left alone."""
    from greenlane.casework.execution import writing  # execution imports this module

    with writing():
        rows = OutboxMessage.objects.filter(pk=message_id, done_at=None, next_at__lte=now)
        skip = connection.features.has_select_for_update_skip_locked
        message = rows.select_for_update(skip_locked=skip).first()
        if message is None:
            return 0
        try:
            with transaction.atomic():
                _carry_out(message)
        except Exception:  # whatever went wrong is kept with the message and tried again
            message.attempts += 1
            message.error = traceback.format_exc(limit=8)[-4000:]
            message.next_at = now + min(FIRST_WAIT * 2 ** (message.attempts - 1), LONGEST_WAIT)
            message.save(update_fields=["attempts", "error", "next_at"])
            return 0
        message.done_at, message.error = now, ""
        message.save(update_fields=["done_at", "error"])
        return 1


def _carry_out(message: OutboxMessage) -> None:
    from greenlane.casework.execution import execute

    one = recording.read(Entry.objects.get(uid=message.entry))
    if message.kind == "notice":
        commands = [notices.prepare(message.name, one)]
    else:
        [reaction] = [f for f in REACTIONS[one.kind] if f"{f.__module__}.{f.__name__}" == message.name]
        commands = list(reaction(one))
    for index, command in enumerate(commands):
        if command is not None:
            execute(command, actor=SYSTEM, at=one.at, on=one.on, command_id=uuid5(message.id, str(index)))
