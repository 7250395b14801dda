"""Whether a validator sees the company, and the commands that open and close its cases to it (6 USC 968(d)(3))."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from uuid import UUID

from greenlane.casework.registry import Command
from greenlane.people.commands import AssignCase, ReleaseCase
from greenlane.people.models import Account
from greenlane.people.queries import is_assigned
from greenlane.validators.models import Engagement
from greenlane.validators.queries import last_day_of_pilot


def may_see(engagement: Engagement, on: date, last_day: Callable[[str], date | None] = last_day_of_pilot) -> bool:
    """Is the engagement begun and not ended, its contract in force and the year of the pilot not over, on a day?

    A report may still be written afterwards, from the papers of the engagement alone. *last_day*: that of the pilot of
    a programme, for who asks of many engagements.
    """
    if engagement.begun_on is None or engagement.ended_on is not None:
        return False
    last = last_day(engagement.validator.programme)
    ends = engagement.contract_ended_on
    return (ends is None or on < ends) and (last is None or on <= last)


def opened_to(case_id: UUID, accounts: Iterable[UUID], on: date) -> Iterator[Command]:
    """Assign a case to those people of the validator who do not have it."""
    people = Account.objects.filter(pk__in=tuple(accounts), closed_on=None).order_by("pk")
    for account in people.values_list("pk", flat=True):
        if not is_assigned(account, case_id, on):
            yield AssignCase(case_id=case_id, account_id=account)


def closed_to(case_id: UUID, accounts: Iterable[UUID], on: date) -> Iterator[Command]:
    """Take a case back from the people of a validator."""
    for account in accounts:
        if is_assigned(account, case_id, on):
            yield taken_back(case_id, account)


def taken_back(case_id: UUID, account: UUID) -> ReleaseCase:
    """The command that takes a case back from one person of a validator."""
    return ReleaseCase(case_id=case_id, account_id=account, reason="The engagement ended (6 USC 968).")
