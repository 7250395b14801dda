"""Fixtures of the vetting room."""

from __future__ import annotations

import pytest

from tests.desk import Desk
from tests.vetting import office


@pytest.fixture
def desk(db: None) -> Desk:
    return office.staffed(Desk())
