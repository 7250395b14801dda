"""The log of reads: every look at a participant's data, with its purpose, shown to the participant (6 USC 971(c))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from greenlane.records.models import ReadLog


class ReadRefused(ValueError):
    """Raised when a read is to be logged without saying what was read, by which office, when or what for."""


def log_read(
    account: UUID | None, office: str, participant: UUID | None, what: str, purpose: str, at: datetime
) -> ReadLog:
    """Keep that *account* (None: the platform or the public), in *office*, read *what* of *participant* for *purpose*.

    *what* and *purpose* are plain words of at most 200 characters; *at* is an aware instant. Raises ReadRefused.
    """
    return log_reads(account, office, (participant,), what, purpose, at)[0]


def log_reads(
    account: UUID | None, office: str, participants: Iterable[UUID | None], what: str, purpose: str, at: datetime
) -> list[ReadLog]:
    """The same for one look at a list: each participant on it can see it once. Raises ReadRefused."""
    said = {"office": office.strip(), "what": what.strip(), "purpose": purpose.strip()}
    for name, words in said.items():
        longest = getattr(ReadLog._meta.get_field(name), "max_length", 0)
        if not words or len(words) > longest:
            raise ReadRefused(f"{name}: between 1 and {longest} characters, not {len(words)}")
    if at.tzinfo is None:
        raise ReadRefused("at: needs its time zone")
    return ReadLog.objects.bulk_create(ReadLog(account=account, participant=key, at=at, **said) for key in participants)


def reads_of(participant: UUID) -> QuerySet[ReadLog]:
    """Every logged read of the participant's data, newest first: what the participant may see for itself."""
    return ReadLog.objects.filter(participant=participant).order_by("-id")


def reads_by(account: UUID) -> QuerySet[ReadLog]:
    """Every logged read by one account, newest first: for supervision."""
    return ReadLog.objects.filter(account=account).order_by("-id")
