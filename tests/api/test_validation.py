"""Validations, their parts and overdue actions through the interface, by audience (6 USC 965, 971(c))."""

from __future__ import annotations

from datetime import timedelta

import pytest

from greenlane.api import authority
from tests.api.client import caller, problem_of
from tests.desk import Desk
from tests.validation.steps import (
    accepted,
    answered,
    certified,
    found,
    noticed,
    reported,
    require,
    validation_desk,
    visited,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk of validations whose day is also that of the interface."""
    desk = validation_desk()
    desk.prove = False
    monkeypatch.setattr(authority, "now", lambda: desk.at)
    return desk


@pytest.mark.clause("6 USC 971(c)")
def test_a_validation_is_read_by_its_company_and_the_programme_only(desk: Desk) -> None:
    company, case = certified(desk)
    noticed(desk, company, case)
    desk.person("mallory")
    own, staff, stranger = caller(desk, company.officer), caller(desk, "sam"), caller(desk, "mallory")
    visited(desk, case)
    found(desk, company, case, unmet="1.3")
    require(desk, case, "1.3")
    path = f"/validations/{case}"
    body = own.get(path).json()
    assert (body["state"], body["findings"], body["actions"]) == ("visited", [], [])
    assert [visit["foreign"] for visit in body["visits"]].count(True) == 1
    assert "note" not in body
    assert len(staff.get(path).json()["actions"]) == 1
    problem_of(stranger.get(path), 404)
    assert [row["id"] for row in own.get("/validations").json()["items"]] == [str(case)]
    assert stranger.get("/validations").json()["items"] == []
    assert staff.get("/validations?state=blocked").json()["items"] == []


@pytest.mark.clause("6 USC 965(c)")
def test_overdue_actions_are_listed_until_they_are_accepted(desk: Desk) -> None:
    company, case = certified(desk)
    noticed(desk, company, case)
    reported(desk, company, case, unmet="1.3")
    staff, own = caller(desk, "sam"), caller(desk, company.officer)
    assert staff.get("/overdue-actions").json()["items"] == []
    desk.today += timedelta(days=61)
    [late] = own.get("/overdue-actions").json()["items"]
    assert (late["number"], late["overdue"], late["validation_id"]) == (1, True, str(case))
    answered(desk, company, case)
    assert len(staff.get("/overdue-actions").json()["items"]) == 1  # answered is not accepted
    accepted(desk, case)
    assert staff.get("/overdue-actions").json()["items"] == []
    [action] = own.get(f"/validations/{case}").json()["actions"]
    assert (action["overdue"], action["closed_on"]) == (False, desk.today.isoformat())
