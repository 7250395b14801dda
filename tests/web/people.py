"""Invented people for tests of pages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

from greenlane.law.authority import Office
from greenlane.people.models import Account, OfficeHolding

PASSWORD = "a long invented phrase"


def person(*offices: Office, email: str = "lee.marsh@example.org", name: str = "Lee Marsh") -> Account:
    """An account with these offices and PASSWORD."""
    account = Account(id=uuid4(), email=email, name=name, opened_on=date(2026, 1, 1))
    account.set_password(PASSWORD)
    account.save()
    for office in offices:
        OfficeHolding.objects.create(
            id=uuid4(),
            account=account,
            office=office.value,
            effective_from=date(2020, 1, 1),
            recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
    return account
