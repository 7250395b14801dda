"""A private address from which a person's calendar is read, opened and closed by that person (6 USC 971(c))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.people import entries
from greenlane.people.commands import CITE, account_named
from greenlane.people.models import Token
from greenlane.people.queries import CALENDAR, calendar_feeds

LASTS = timedelta(days=366)


@command(CITE, title=N_("Open a calendar address"), case="", lock="account_id")
@dataclass(frozen=True, kw_only=True)
class OpenCalendarFeed(Command):
    """Open a private address from which a calendar program reads one's own dates; an older one is closed."""

    account_id: UUID
    hash: str = field(metadata={"label": N_("Hash of the address's secret")})


@handles(OpenCalendarFeed)
def open_calendar_feed(ctx: Context, cmd: OpenCalendarFeed) -> Decision:
    account = account_named(cmd.account_id)
    reasons = [
        _own(ctx, cmd.account_id),
        finding(
            CITE,
            "hash_only",
            len(cmd.hash) == 64 and set(cmd.hash) <= set("0123456789abcdef"),
            N_("Only the hash of the address is kept."),
            N_("This is not the hash of an address."),
            where="hash",
        ),
        finding(
            CITE,
            "key_is_new",
            not Token.objects.filter(hash=cmd.hash).exists(),
            N_("The address is new."),
            N_("This address was opened before."),
            mend=N_("Open a new address; one that was used is never given again."),
            where="hash",
        ),
    ]
    older = tuple(entries.TokenRevoked(token_id=row.pk) for row in calendar_feeds(account.pk))
    opened = entries.TokenIssued(
        token_id=ctx.new_id(), account_id=account.pk, label=CALENDAR, hash=cmd.hash, expires_on=ctx.on + LASTS
    )
    return Decision(all_of(reasons), (*older, opened))


@command(CITE, title=N_("Close the calendar address"), case="", lock="account_id")
@dataclass(frozen=True, kw_only=True)
class CloseCalendarFeed(Command):
    """Close one's own calendar address at once; nothing can be read from it any more."""

    account_id: UUID


@handles(CloseCalendarFeed)
def close_calendar_feed(ctx: Context, cmd: CloseCalendarFeed) -> Decision:
    rows = list(calendar_feeds(account_named(cmd.account_id).pk))
    own = _own(ctx, cmd.account_id)
    if own.holds and not rows:
        raise Missing("calendar address", cmd.account_id)
    return Decision(Verdict((own,)), tuple(entries.TokenRevoked(token_id=row.pk) for row in rows))


def _own(ctx: Context, account: UUID) -> Reason:
    return finding(
        CITE,
        "own_calendar",
        ctx.actor.is_system or ctx.actor.account == account,
        N_("It is the person's own calendar."),
        N_("This is the calendar of somebody else."),
        mend=N_("Open an address for your own calendar."),
        where="account_id",
    )
