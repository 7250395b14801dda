"""A desk and a certified company whose validation is open; the state is held against the record when a test ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from greenlane.casework import replay
from tests.companies import Company
from tests.desk import Desk
from tests.validation.steps import certified, validation_desk


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = validation_desk()
    desk.prove = False
    yield desk
    replay.check()


@pytest.fixture
def company(desk: Desk) -> Company:
    """Certified at Tier 1, its validation open."""
    return certified(desk)[0]
