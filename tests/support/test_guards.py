"""Between two tests that commit, tables are emptied although the database refuses deletion; the guards come back."""

from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection
from django.utils import timezone

from greenlane.records.models import Entry
from tests.records.builders import sealed
from tests.support.guards import lifted_guards

SQLITE = "CREATE TRIGGER test_guard BEFORE DELETE ON django_session BEGIN SELECT RAISE(ABORT, '100% on record'); END"
POSTGRES = (
    "CREATE FUNCTION test_guard() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'on record'; END $$;"
    "CREATE TRIGGER test_guard BEFORE DELETE OR TRUNCATE ON django_session"
    " FOR EACH STATEMENT EXECUTE FUNCTION test_guard();"
    "ALTER TABLE django_session ENABLE ALWAYS TRIGGER test_guard"
)


@pytest.fixture
def guard(transactional_db: None) -> Iterator[None]:
    """A guard like the record's, on a table that has none."""
    with connection.cursor() as cursor:
        cursor.execute(SQLITE if connection.vendor == "sqlite" else POSTGRES)
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER test_guard")
        else:
            cursor.execute("DROP FUNCTION test_guard CASCADE")


def keep_one() -> None:
    Session.objects.create(session_key="kept", session_data="", expire_date=timezone.now())


def delete_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")


def test_guards_are_lifted_within_and_stand_again_after(guard: None) -> None:
    keep_one()
    with pytest.raises(DatabaseError, match="on record"):
        delete_all()
    with lifted_guards():
        delete_all()
    assert not Session.objects.exists()
    keep_one()
    with pytest.raises(DatabaseError, match="on record"):
        delete_all()
    with lifted_guards():
        delete_all()


def test_guards_stand_again_after_a_failure(guard: None) -> None:
    keep_one()
    with pytest.raises(ZeroDivisionError), lifted_guards():
        1 / 0  # noqa: B018
    with pytest.raises(DatabaseError, match="on record"):
        delete_all()
    with lifted_guards():
        delete_all()


@pytest.mark.parametrize("turn", ["first", "second"])
def test_the_record_is_empty_at_the_start_of_every_test(transactional_db: None, turn: str) -> None:
    """Each turn commits entries that the database will not delete, and neither sees the other's."""
    assert not Entry.objects.exists()
    sealed(2)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(Entry._meta.db_table)}")
    assert Entry.objects.count() == 2
