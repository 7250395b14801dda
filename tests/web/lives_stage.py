"""A programme with a company in its first validation, for the tests of the pages of any case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import UUID

import pytest
from django.test import Client

from greenlane.law.authority import Office
from greenlane.people.models import Account
from tests.companies import Company
from tests.desk import Desk
from tests.validation.steps import certified, noticed, validation_desk


@dataclass
class Lives:
    """The desk, a company and its validation; ``client(name)`` is signed in as that person."""

    desk: Desk
    company: Company
    validation: UUID

    def client(self, name: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(pk=self.desk.people[name]))
        return client


def lives(monkeypatch: pytest.MonkeyPatch, *, told: bool = True) -> Lives:
    """A company certified and, unless not *told*, given notice of the visits; the doors have the day of the desk."""
    desk = validation_desk()
    desk.prove = False
    company, case = certified(desk)
    desk.person("max", Office.PROGRAMME_MANAGER)
    desk.person("ada_auditor", Office.AUDITOR)
    desk.person("opal", Office.APPEAL_OFFICER)
    desk.person("val", Office.VALIDATOR)
    desk.person("pat", Office.PARTNER_AGENCY)
    if told:
        noticed(desk, company, case)
    day = datetime.combine(desk.today, time(16, 30), UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: day)
    return Lives(desk, company, case)
