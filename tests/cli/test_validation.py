"""Validations on the command line: listed, shown whole, overdue actions, a command given (6 USC 965)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from greenlane.casework.models import Case
from tests.cli.conftest import Run
from tests.desk import Desk
from tests.validation.steps import certified, noticed, reported, validation_desk

pytestmark = pytest.mark.django_db


@pytest.mark.clause("6 USC 965(c)")
def test_validations_are_listed_shown_and_their_overdue_actions_named(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk: Desk = validation_desk()
    desk.prove = False
    monkeypatch.setattr("greenlane.cli.machine.now", lambda: desk.at)
    company, case = certified(desk)
    noticed(desk, company, case)
    reported(desk, company, case, unmet="1.3")
    reference = Case.objects.get(pk=case).reference
    listed = json.loads(run("validation", "list", "--json").stdout)
    assert [(one["reference"], one["state"]) for one in listed] == [(reference, "reported")]
    assert json.loads(run("validation", "list", "--state", "blocked", "--json").stdout) == []
    shown = json.loads(run("validation", "show", reference, "--json").stdout)
    assert {criterion["finding"] for criterion in shown["criteria"]} == {"met", "not_met"}
    assert {place["country"] for place in shown["places"] if place["kind"] != "leg"} == {"US", "CN"}
    assert "Nothing is overdue." in run("validation", "overdue").stdout
    desk.today += timedelta(days=61)
    [late] = json.loads(run("validation", "overdue", "--json").stdout)
    assert (late["number"], late["days"]) == (1, 1)
    missing = run("validation", "show", "VAL-AAAA-AAAA")
    assert missing.exit_code != 0
    assert "Traceback" not in missing.output
