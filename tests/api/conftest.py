"""A small office for the interface: one company, people of several offices, and the clock of the desk."""

from __future__ import annotations

import pytest

from greenlane.api import authority
from greenlane.law.authority import Office
from tests.companies import Company, found_programme
from tests.desk import Desk


@pytest.fixture
def desk(db: None, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose day is also that of the interface; without the proof of the fold, which rooms test."""
    made = Desk(prove=False)
    monkeypatch.setattr(authority, "now", lambda: made.at)
    return made


@pytest.fixture
def company(desk: Desk) -> Company:
    """An importer with an open application, as far as it can be filled in without signing."""
    found_programme(desk, "importer")
    return Company(desk, "olga").ready()


@pytest.fixture
def offices(desk: Desk) -> Desk:
    """One person of every office of the programme, named like the office."""
    for office in Office:
        if office not in (Office.SYSTEM, Office.PUBLIC, *COMPANY):
            desk.person(office.value, office)
    desk.person(Office.PUBLIC.value)
    return desk


COMPANY = (Office.APPLICANT_OFFICER, Office.APPLICANT_STAFF, Office.CONSULTANT)
