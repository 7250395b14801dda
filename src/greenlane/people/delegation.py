"""Lend an office for some days, and issue keys for programs (6 USC 971(c))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.locks import alone
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, command, handles
from greenlane.law.authority import GRANTS, Office
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.people import entries, queries
from greenlane.people.commands import CITE, account_named
from greenlane.people.models import Account, Delegation, Token

LONGEST_DELEGATION = timedelta(days=92)
LONGEST_TOKEN = timedelta(days=366)
COLLEAGUES = frozenset({Office.SPECIALIST, Office.SUPERVISOR, Office.VETTING_ANALYST})


@command(CITE, title=N_("Lend an office"), case="", lock="delegate_id")
@dataclass(frozen=True, kw_only=True)
class DelegateOffice(Command):
    """Lend an office that you hold to a colleague for some days."""

    delegate_id: UUID = field(metadata={"label": N_("Colleague")})
    office: Office = field(metadata={"label": N_("Office")})
    from_day: date = field(metadata={"label": N_("First day")})
    to_day: date = field(metadata={"label": N_("Last day")})
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(DelegateOffice)
def delegate_office(ctx: Context, cmd: DelegateOffice) -> Decision:
    delegate = account_named(cmd.delegate_id)
    giver = ctx.actor.account
    lent = entries.OfficeDelegated(
        delegation_id=ctx.new_id(),
        holder_id=giver or delegate.pk,
        delegate_id=delegate.pk,
        office=cmd.office.value,
        from_day=cmd.from_day,
        to_day=cmd.to_day,
        reason=cmd.reason,
    )
    return Decision(all_of([*_office_can_be_lent(ctx, cmd), *_to_a_colleague(ctx, cmd, delegate)]), (lent,))


def _office_can_be_lent(ctx: Context, cmd: DelegateOffice) -> Iterator[Reason]:
    giver = ctx.actor.account
    holds = giver is not None and any(
        h.office is cmd.office and not h.delegated_by for h in queries.holdings_of(giver, ctx.on)
    )
    yield finding(
        CITE,
        "own_office",
        holds,
        N_("You hold the office %(office)s yourself."),
        N_("You do not hold the office %(office)s yourself, so you cannot lend it."),
        where="office",
        office=cmd.office.words,
    )
    yield finding(
        CITE,
        "office_can_be_lent",
        any(g.delegable for grants in GRANTS.values() for g in grants if g.office is cmd.office),
        N_("The office can be lent."),
        N_("The office %(office)s cannot be lent."),
        where="office",
        office=cmd.office.words,
    )


def _to_a_colleague(ctx: Context, cmd: DelegateOffice, delegate: Account) -> Iterator[Reason]:
    yield finding(
        CITE,
        "not_to_oneself",
        delegate.pk != ctx.actor.account,
        N_("It goes to a colleague."),
        N_("An office cannot be lent to oneself."),
        where="delegate_id",
    )
    yield finding(
        CITE,
        "delegate_works_here",
        bool(queries.offices_of(delegate, ctx.on) & COLLEAGUES),
        N_("%(name)s works for the programme."),
        N_("%(name)s does not work for the programme."),
        where="delegate_id",
        name=delegate.name,
    )
    yield finding(
        CITE,
        "dates_in_order",
        ctx.on <= cmd.from_day <= cmd.to_day <= cmd.from_day + LONGEST_DELEGATION,
        N_("It has a first and a last day."),
        N_("The days are not in order, begin in the past, or are more than %(days)s apart."),
        mend=N_("Give a first day from today on, and a last day at most %(days)s days later."),
        where="to_day",
        days=LONGEST_DELEGATION.days,
    )


@command(CITE, title=N_("End a delegation"), case="", lock="delegate_id")
@dataclass(frozen=True, kw_only=True)
class EndDelegation(Command):
    """End a delegation before its last day."""

    delegate_id: UUID
    delegation_id: UUID


@handles(EndDelegation)
def end_delegation(ctx: Context, cmd: EndDelegation) -> Decision:
    row = Delegation.objects.filter(pk=cmd.delegation_id, delegate_id=cmd.delegate_id, ended_on=None).first()
    if row is None:
        raise Missing("delegation", cmd.delegation_id)
    verdict = Verdict(
        (
            finding(
                CITE,
                "given_by_the_holder",
                row.holder_id == ctx.actor.account or ctx.office != Office.SPECIALIST.value,
                N_("The delegation is yours to end."),
                N_("The delegation was given by somebody else."),
            ),
        )
    )
    return Decision(verdict, (entries.DelegationEnded(delegation_id=row.pk),))


@command(CITE, title=N_("Issue a key for programs"), case="", lock="account_id")
@dataclass(frozen=True, kw_only=True)
class IssueToken(Command):
    """Issue a key with which a program acts as this person. Only the key's hash reaches the record."""

    account_id: UUID
    label: str = field(metadata={"label": N_("What the key is for")})
    hash: str = field(metadata={"label": N_("SHA-256 of the key")})
    expires_on: date = field(metadata={"label": N_("Last day")})


@handles(IssueToken)
def issue_token(ctx: Context, cmd: IssueToken) -> Decision:
    account = account_named(cmd.account_id)
    alone("key", cmd.hash)
    reasons = [
        finding(
            CITE,
            "hash_only",
            len(cmd.hash) == 64 and set(cmd.hash) <= set("0123456789abcdef"),
            N_("Only the hash of the key is kept."),
            N_("This is not the SHA-256 of a key."),
            where="hash",
        ),
        finding(
            CITE,
            "key_expires",
            ctx.on < cmd.expires_on <= ctx.on + LONGEST_TOKEN,
            N_("The key expires on %(until)s."),
            N_("A key lasts at most %(days)s days and ends after today."),
            mend=N_("Give an earlier last day."),
            where="expires_on",
            until=cmd.expires_on,
            days=LONGEST_TOKEN.days,
        ),
        finding(
            CITE,
            "key_is_new",
            not Token.objects.filter(hash=cmd.hash).exists(),
            N_("The key is new."),
            N_("This key was issued before."),
            mend=N_("Make a new key; one that was used is never given again."),
            where="hash",
        ),
        finding(
            CITE,
            "key_is_named",
            0 < len(cmd.label.strip()) <= 100,
            N_("The key says what it is for."),
            N_("The key does not say what it is for, or in more than 100 characters."),
            mend=N_("Say in a few words which program uses it."),
            where="label",
        ),
    ]
    issued = entries.TokenIssued(
        token_id=ctx.new_id(), account_id=account.pk, label=cmd.label.strip(), hash=cmd.hash, expires_on=cmd.expires_on
    )
    return Decision(all_of(reasons), (issued,))


@command(CITE, title=N_("Revoke a key"), case="", lock="account_id")
@dataclass(frozen=True, kw_only=True)
class RevokeToken(Command):
    """Revoke a key at once."""

    account_id: UUID
    token_id: UUID


@handles(RevokeToken)
def revoke_token(ctx: Context, cmd: RevokeToken) -> Decision:
    row = Token.objects.filter(pk=cmd.token_id, account_id=cmd.account_id, revoked_on=None).first()
    if row is None:
        raise Missing("key", cmd.token_id)
    live = finding(CITE, "key_is_live", True, N_("The key is live."), "")
    return Decision(Verdict((live,)), (entries.TokenRevoked(token_id=row.pk),))
