"""The tool at a desk: the same people, the same day, and a machine that the tester operates."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from greenlane.cli.main import greenlane
from tests.companies import Company, found_programme
from tests.desk import Desk

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the tool in this process: ``run("law", "list", "--json")``."""
    monkeypatch.delenv("GREENLANE_TOKEN", raising=False)

    def invoke(*arguments: object, stdin: str | None = None) -> Result:
        result = CliRunner().invoke(greenlane, [str(a) for a in arguments], input=stdin, catch_exceptions=True)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture
def desk(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Desk:
    """A desk whose day is also that of the tool, on a machine with a home of its own."""
    settings.GREENLANE_SIGNING_KEY = tmp_path / "signing-key.pem"
    settings.GREENLANE_DOCUMENTS = tmp_path / "documents"
    made = Desk(prove=False)
    monkeypatch.setattr(timezone, "now", lambda: made.at)
    return made


@pytest.fixture
def company(desk: Desk) -> Company:
    """An importer with an open application."""
    found_programme(desk, "importer")
    return Company(desk, "olga").ready()


def answer_of(result: Result) -> Any:
    """What a program reads from standard output: one JSON value and nothing else."""
    return json.loads(result.stdout)
