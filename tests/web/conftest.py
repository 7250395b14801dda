"""What the tests of the staff's pages share: an office with its people and cases, on a day that stands still (971)."""

from __future__ import annotations

import pytest

from tests.web.staff_office import StaffOffice, found_office, set_the_clock


@pytest.fixture
def office(db: None, monkeypatch: pytest.MonkeyPatch) -> StaffOffice:
    set_the_clock(monkeypatch)
    return found_office()
