"""The server that the tests start answers, obeys no one else, and leaves nothing behind."""

import psycopg
import pytest

from tests.support.postgres import PostgresServer


def test_it_serves_and_is_gone_afterwards() -> None:
    with PostgresServer() as server:
        with psycopg.connect(server.url) as connection:
            superuser = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
        assert superuser == (False,)
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(server.url.replace(server.password, "wrong"))
    assert not server.folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.url, connect_timeout=2)


def test_a_failure_shows_what_the_server_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.support.postgres.SETTINGS", {"no_such_setting": "1"})
    with pytest.raises(RuntimeError, match="no_such_setting"), PostgresServer():
        pytest.fail("a server with an unknown setting started")
