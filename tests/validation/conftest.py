"""A desk for the tests of validation; the state is proved to be the fold of the record when a test ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from greenlane.casework import replay
from tests.desk import Desk
from tests.validation.steps import validation_desk


@pytest.fixture
def doctored() -> None:
    """Asked for by a test that alters rows behind the record's back, to see what the law says of such a case."""


@pytest.fixture
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    desk = validation_desk()
    desk.prove = False
    yield desk
    if "doctored" not in request.fixturenames:
        replay.check()
