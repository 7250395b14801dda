"""What the three stories share: a calendar that can be turned, a machine of its own, the tool on that machine."""

from __future__ import annotations

import json
import time as clock
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import timezone

from greenlane.cli.main import greenlane
from tests.end_to_end.stories import OFFICE_OPENS

TheDay = Callable[[date], None]


@pytest.fixture
def the_day(monkeypatch: pytest.MonkeyPatch) -> TheDay:
    """Turn the calendar: ``the_day(date(2021, 8, 4))``. All doors ask the same clock; it goes on ticking."""
    started: dict[str, Any] = {}

    def turn(day: date) -> None:
        started.update(day=datetime.combine(day, time(14, 0), UTC), at=clock.monotonic())

    def now() -> datetime:
        return started["day"] + timedelta(seconds=clock.monotonic() - started["at"])  # type: ignore[no-any-return]

    turn(OFFICE_OPENS)
    monkeypatch.setattr(timezone, "now", now)
    return turn


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    """The home folder of a machine of its own: its key and its documents."""
    settings.GREENLANE_SIGNING_KEY = tmp_path / "home" / "signing-key.pem"
    settings.GREENLANE_DOCUMENTS = tmp_path / "home" / "documents"
    (tmp_path / "home").mkdir()
    return tmp_path


@dataclass
class Tool:
    """The ``greenlane`` tool in this process. Every call asks for JSON and says which exit code it expects."""

    home: Path

    def __call__(self, *arguments: object, key: str = "", ends: int = 0, stdin: str | None = None) -> Any:
        """Run a command, as the owner of *key* where one is given, and read its one JSON value."""
        acting = ["--token", key] if key else []
        result = CliRunner().invoke(greenlane, [str(a) for a in arguments] + acting + ["--json"], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == ends, (arguments, result.exit_code, result.output[:3000])
        return json.loads(result.stdout)

    def refused(self, *arguments: object, key: str) -> list[dict[str, Any]]:
        """Run a command that must be refused; the reasons that do not hold."""
        answer = self(*arguments, key=key, ends=1)
        assert answer["granted"] is False
        return [reason for reason in answer["reasons"] if not reason["holds"]]

    def file(self, name: str, content: Any) -> str:
        """Put a value into a JSON file, and name it as the tool takes it: ``@path``."""
        path = self.home / name
        path.write_text(json.dumps(content), encoding="utf-8")
        return f"@{path}"


@pytest.fixture
def tool(home: Path, monkeypatch: pytest.MonkeyPatch) -> Tool:
    monkeypatch.delenv("GREENLANE_TOKEN", raising=False)
    return Tool(home)
