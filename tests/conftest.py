"""What every test shares: the browser, a PostgreSQL on request, guards that are lifted only between tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from greenlane.law.citations import Citation
from tests.support import guards
from tests.support.postgres import PostgresServer

# a busy machine is slow; a property is proved or not, whatever the time it takes
hypothesis_settings.register_profile("greenlane", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("greenlane")

pytest_plugins = ["tests.support.browser"]
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_configure() -> None:
    if settings.configured:  # pure tests can do without Django
        guards.install()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="run only the tests that touch the database; a second database makes no difference to the others",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse markers of clauses that do not exist; skip, on another database, what is marked postgres."""
    for item in items:
        for marker in item.iter_markers("clause"):
            for cite in marker.args:
                Citation(cite)
    if config.getoption("--database-only"):
        others = [item for item in items if not touches_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if touches_database(item)]
    if settings.configured and settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        others = [item for item in items if item.get_closest_marker("embedded")]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]
        return
    elsewhere = pytest.mark.skip(reason="needs PostgreSQL: 'make test', or set GREENLANE_DATABASE")
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(elsewhere)


def touches_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database: by marker, by fixture, or as a test case of Django."""
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("postgres")
    case = getattr(item, "cls", None)
    return bool(
        marked
        or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        or (isinstance(case, type) and issubclass(case, TransactionTestCase))
    )


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server of its own, for a test that needs a second one or its superuser."""
    with PostgresServer() as server:
        yield server
