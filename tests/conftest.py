"""What every test shares: the browser, a PostgreSQL on request, guards that are lifted only between tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings

from greenlane.law.citations import Citation
from tests.support import guards
from tests.support.postgres import PostgresServer

pytest_plugins = ["tests.support.browser"]


def pytest_configure() -> None:
    if settings.configured:  # pure tests can do without Django
        guards.install()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse markers of clauses that do not exist; skip, on another database, what is marked postgres."""
    for item in items:
        for marker in item.iter_markers("clause"):
            for cite in marker.args:
                Citation(cite)
    if settings.configured and settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    elsewhere = pytest.mark.skip(reason="needs PostgreSQL: 'make test', or set GREENLANE_DATABASE")
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(elsewhere)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server of its own, for a test that needs a second one or its superuser."""
    with PostgresServer() as server:
        yield server
