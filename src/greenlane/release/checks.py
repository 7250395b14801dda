"""Small checks that several commands of this room share (6 USC 964(a); 19 USC 4311)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from greenlane.casework.checks import counts_today
from greenlane.casework.context import Context
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, finding


def begins_ahead(ctx: Context, cite: str, day: date, where: str) -> Iterator[Reason]:
    """It begins today or later, and today is today: what was decided since an earlier day is not altered."""
    yield counts_today(ctx, cite)
    yield finding(
        cite,
        "not_backdated",
        day >= ctx.on,
        N_("It begins on %(day)s."),
        N_("It would begin on %(day)s, before today, %(on)s, and alter what was decided since."),
        mend=N_("Let it begin today or later."),
        where=where,
        day=day,
        on=ctx.on,
    )


def has_begun(ctx: Context, cite: str, day: date, where: str) -> Iterator[Reason]:
    """It has begun, today or earlier, and today is today."""
    yield counts_today(ctx, cite)
    yield finding(
        cite,
        "begun",
        day <= ctx.on,
        N_("It is in force since %(day)s."),
        N_("It would begin on %(day)s, after today."),
        mend=N_("Record it on the day that it begins."),
        where=where,
        day=day,
    )
