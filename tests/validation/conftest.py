"""A desk for the tests of validation."""

from __future__ import annotations

import pytest

from tests.desk import Desk
from tests.validation.steps import validation_desk


@pytest.fixture
def desk() -> Desk:
    return validation_desk()
