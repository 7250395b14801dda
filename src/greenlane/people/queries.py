"""Who holds which office on a day (6 USC 971(c))."""

from __future__ import annotations

import hashlib
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from greenlane.law.authority import Holding, Office
from greenlane.people.models import Account, Assignment, Delegation, OfficeHolding, Token


def in_force(on: date) -> Q:
    """Rows in force on a day; the last day of a row is not part of it."""
    return Q(effective_from__lte=on) & (Q(effective_to=None) | Q(effective_to__gt=on))


def holdings_of(person: Account | UUID, on: date) -> tuple[Holding, ...]:
    """The offices in force, appointed or delegated. A closed account holds none; everybody else is also 'public'."""
    account = person.pk if isinstance(person, Account) else person
    if isinstance(person, Account) and not person.is_active:
        return ()
    rows = OfficeHolding.objects.filter(in_force(on), account_id=account, account__closed_on=None)
    own = rows.order_by("effective_from", "id").values_list("office", "participant_id")
    held = [Holding(Office(office), str(participant or "")) for office, participant in own]
    if not (held or isinstance(person, Account) or _is_open(account)):  # an office held shows that the account is open
        return ()
    lent = _delegations(on).filter(delegate_id=account).order_by("effective_from", "id")
    borrowed = [
        Holding(Office(office), delegated_by=str(holder))
        for office, holder in lent.values_list("office", "holder_id")
        if _holds(holder, office, on)
    ]
    return (*held, *borrowed, Holding(Office.PUBLIC))


def _is_open(account: UUID) -> bool:
    return Account.objects.filter(pk=account, closed_on=None).exists()


def offices_of(account: Account, on: date) -> frozenset[Office]:
    """The offices of a person on a day, without their reach."""
    return frozenset(holding.office for holding in holdings_of(account, on))


def answers_for(person: UUID, office: str, on: date) -> tuple[UUID, ...]:
    """Whose office it is that the person uses on a day: the person's own, or those of all who lent it."""
    holdings = [holding for holding in holdings_of(person, on) if holding.office == office]
    if any(not holding.delegated_by for holding in holdings):
        return (person,)
    return tuple(UUID(holding.delegated_by) for holding in holdings)


def participants_of(account: UUID, on: date) -> tuple[UUID, ...]:
    """The participants for which the person holds an office on that day."""
    rows = OfficeHolding.objects.filter(in_force(on), account_id=account).exclude(participant_id=None)
    return tuple(dict.fromkeys(rows.order_by("effective_from", "id").values_list("participant_id", flat=True)))


def is_assigned(account: UUID, case: UUID, on: date) -> bool:
    return Assignment.objects.filter(in_force(on), account_id=account, case_id=case).exists()


def assigned_to(case: UUID, on: date) -> QuerySet[Account]:
    """The people to whom a case is assigned on that day."""
    live = Assignment.objects.filter(in_force(on), case_id=case)
    return Account.objects.filter(pk__in=live.values("account_id")).order_by("name")


def holders(office: Office, on: date) -> QuerySet[Account]:
    """The people who hold an office by appointment on that day."""
    rows = OfficeHolding.objects.filter(in_force(on), office=office.value)
    return Account.objects.filter(pk__in=rows.values("account_id"), closed_on=None).order_by("name")


def company_people(participant: UUID, on: date) -> QuerySet[OfficeHolding]:
    """Who acts for a company on that day, with their offices."""
    return OfficeHolding.objects.filter(in_force(on), participant_id=participant).select_related("account")


def token_hash(token: str) -> str:
    """SHA-256 of a token; tokens are 256 random bits, so a fast hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


CALENDAR = "calendar"
"""The label of the keys behind calendar addresses."""


def feed_hash(secret: str) -> str:
    """The hash of the secret of a calendar address.

    Another function than that of keys for programs, so that neither the secret nor its hash opens the interface.
    """
    return hashlib.blake2b(secret.encode(), digest_size=32, person=b"calendar").hexdigest()


def calendar_feeds(account: UUID) -> QuerySet[Token]:
    """The calendar address of a person that is open, if any."""
    return Token.objects.filter(account_id=account, label=CALENDAR, revoked_on=None).order_by("issued_on", "pk")


def account_of_feed(secret: str, on: date) -> Account | None:
    """The account whose open calendar address has this secret, or None."""
    rows = Token.objects.select_related("account").filter(hash=feed_hash(secret), label=CALENDAR, revoked_on=None)
    row = rows.filter(expires_on__gte=on, account__closed_on=None).first()
    return row.account if row else None


def account_of_token(token: str, on: date) -> Account | None:
    """The account of a live token, or None."""
    row = (
        Token.objects.select_related("account")
        .filter(hash=token_hash(token), revoked_on=None, expires_on__gte=on, account__closed_on=None)
        .first()
    )
    return row.account if row else None


def _delegations(on: date) -> QuerySet[Delegation]:
    return Delegation.objects.filter(effective_from__lte=on, effective_to__gte=on, ended_on=None)


def _holds(account: UUID, office: str, on: date) -> bool:
    return OfficeHolding.objects.filter(in_force(on), account_id=account, office=office).exists()
