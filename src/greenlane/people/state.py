"""How accounts, offices, assignments and keys follow from the record (6 USC 971(c))."""

from __future__ import annotations

from django.db.models import Q

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.people import entries
from greenlane.people.models import Account, Assignment, Delegation, OfficeHolding, Token


@applies(entries.AccountOpened)
def account_opened(data: entries.AccountOpened, one: Recorded) -> None:
    account = Account(id=data.account_id, email=data.email, name=data.name, opened_on=one.on)
    account.set_unusable_password()
    account.save(force_insert=True)


@applies(entries.AccountClosed)
def account_closed(data: entries.AccountClosed, one: Recorded) -> None:
    Account.objects.filter(pk=data.account_id).update(closed_on=one.on)
    for table in (OfficeHolding, Assignment):  # also what was to end on a later day
        rows = table._default_manager.filter(account_id=data.account_id)
        rows.filter(Q(effective_to=None) | Q(effective_to__gt=one.on)).update(effective_to=one.on)
    Token.objects.filter(account_id=data.account_id, revoked_on=None).update(revoked_on=one.on)


@applies(entries.OfficeGranted)
def office_granted(data: entries.OfficeGranted, one: Recorded) -> None:
    OfficeHolding.objects.create(
        id=data.holding_id,
        account_id=data.account_id,
        office=data.office,
        participant_id=data.participant_id,
        agency=data.agency,
        effective_from=one.on,
        effective_to=data.until,
        recorded_at=one.at,
    )


@applies(entries.OfficeEnded)
def office_ended(data: entries.OfficeEnded, one: Recorded) -> None:
    OfficeHolding.objects.filter(pk=data.holding_id).update(effective_to=one.on)


@applies(entries.OfficeDelegated)
def office_delegated(data: entries.OfficeDelegated, one: Recorded) -> None:
    Delegation.objects.create(
        id=data.delegation_id,
        holder_id=data.holder_id,
        delegate_id=data.delegate_id,
        office=data.office,
        effective_from=data.from_day,
        effective_to=data.to_day,
        reason=data.reason,
        recorded_at=one.at,
    )


@applies(entries.DelegationEnded)
def delegation_ended(data: entries.DelegationEnded, one: Recorded) -> None:
    Delegation.objects.filter(pk=data.delegation_id).update(ended_on=one.on)


@applies(entries.CaseAssigned)
def case_assigned(data: entries.CaseAssigned, one: Recorded) -> None:
    Assignment.objects.create(
        id=data.assignment_id,
        case_id=one.subject,
        account_id=data.account_id,
        effective_from=one.on,
        recorded_at=one.at,
    )


@applies(entries.CaseReleased)
def case_released(data: entries.CaseReleased, one: Recorded) -> None:
    Assignment.objects.filter(pk=data.assignment_id).update(effective_to=one.on)


@applies(entries.TokenIssued)
def token_issued(data: entries.TokenIssued, one: Recorded) -> None:
    Token.objects.create(
        id=data.token_id,
        account_id=data.account_id,
        label=data.label,
        hash=data.hash,
        issued_on=one.on,
        expires_on=data.expires_on,
    )


@applies(entries.TokenRevoked)
def token_revoked(data: entries.TokenRevoked, one: Recorded) -> None:
    Token.objects.filter(pk=data.token_id).update(revoked_on=one.on)


def keep_password(account: Account, password: str) -> None:
    """Keep the hash of a password with the account. It is no event: passwords stay apart from the record."""
    account.set_password(password)
    account.save(update_fields=["password"])
