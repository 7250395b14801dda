"""Appeals on the command line: filed, listed, shown with their record, counted (6 USC 967(c))."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import timezone

from greenlane.cli.main import greenlane
from tests.appeals.scenes import Scene, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(monkeypatch: pytest.MonkeyPatch) -> Scene:
    made = scene()
    monkeypatch.setattr(timezone, "now", lambda: made.desk.at)
    return made


def run(*arguments: object) -> Any:
    result = CliRunner().invoke(greenlane, [*(str(a) for a in arguments), "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.clause("6 USC 967(c)")
def test_an_operator_lists_shows_and_counts_appeals(one: Scene) -> None:
    appeal = one.file(one.suspend())
    [listed] = run("appeals", "list")
    assert (listed["id"], listed["days_left"], listed["state"]) == (str(appeal), 180, "filed")
    assert run("appeals", "show", appeal)["record"] is None
    one.review(appeal)
    one.determine(appeal, "upheld")
    shown = run("appeals", "show", listed["reference"])
    assert (shown["outcome"], shown["altered"], len(shown["record_sha256"])) == ("upheld", [], 64)
    assert run("appeals", "list") == []
    assert len(run("appeals", "list", "--all")) == 1
    counted = run("appeals", "figures", "--year", 2026)
    assert (counted["total"], counted["late"], counted["upheld"], len(counted["entries"])) == (1, 0, 1, 1)
    words = CliRunner().invoke(greenlane, ["appeals", "figures", "--year", "2025"], catch_exceptions=False)
    assert "2025: 0 determined, 0 late" in words.output
