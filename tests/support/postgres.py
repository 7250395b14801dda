"""A PostgreSQL server that belongs to one test run: in a temporary folder, always stopped, on a free port."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql

from tests.support.machine import postgres_programs

SETTINGS = {"listen_addresses": "127.0.0.1", "max_connections": "120", "shared_buffers": "128MB"}
# a cluster that dies with the test run needs no disk barrier
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresServer:
    """``with PostgresServer() as server:`` serves ``server.url`` to a role that may make databases, no superuser."""

    def __init__(self, *, durable: bool = False) -> None:
        """*durable*: written to disk as in production, for what is timed."""
        self.durable = durable
        self.programs = postgres_programs()
        # PostgreSQL refuses to run as root
        self.user = "postgres" if os.geteuid() == 0 else ""
        self.password = secrets.token_hex(16)
        self.port = 0

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="greenlane-postgres-"))
        try:
            self._make_cluster()
            self._start()
            self._make_role()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Address for GREENLANE_DATABASE."""
        return f"postgresql://greenlane:{self.password}@127.0.0.1:{self.port}/greenlane"

    @property
    def admin_url(self) -> str:
        """The same server as its superuser, for tests of what even a superuser may not do."""
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/postgres"

    def stop(self) -> None:
        """Stop the server and remove its folder; safe to call twice."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "--pgdata", "data", "--mode", "immediate", "--wait", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make_cluster(self) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password, encoding="ascii")
        secret.chmod(0o600)
        if self.user:
            owner = pwd.getpwnam(self.user)
            for path in (self.folder, secret):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        access = ("--username", "postgres", "--pwfile", "password", "--auth", "scram-sha-256")
        self._run("initdb", "--pgdata", "data", *access, "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")
        secret.unlink()

    def _start(self) -> None:
        for attempt in range(5):
            self.port = _free_port()
            settings = SETTINGS | ({} if self.durable else NOT_DURABLE)
            settings |= {"port": str(self.port), "unix_socket_directories": str(self.folder)}
            options = " ".join(f"-c {name}={value}" for name, value in settings.items())
            start = ("pg_ctl", "--pgdata", "data", "--options", options, "--log", "server.log", "--wait", "start")
            # another process may take the port between our look and the server's
            if self._run(*start, check=attempt == 4):
                return

    def _make_role(self) -> None:
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            make = sql.SQL("CREATE ROLE greenlane LOGIN CREATEDB PASSWORD {}").format(sql.Literal(self.password))
            connection.execute(make)
            connection.execute("CREATE DATABASE greenlane OWNER greenlane")

    def _run(self, program: str, *arguments: str, check: bool = True) -> bool:
        """Whether *program* succeeded; with *check*, raises RuntimeError that shows what it and the server said."""
        command: Sequence[str] = [str(self.programs / program), *arguments]
        if self.user:
            command = ["runuser", "-u", self.user, "--", *command]
        # a file, not a pipe: the server inherits the output and would keep a pipe open
        with (self.folder / "output.log").open("w+", encoding="utf-8") as output:
            done = subprocess.run(command, cwd=self.folder, stdout=output, stderr=subprocess.STDOUT)
            output.seek(0)
            said = output.read()
        if check and done.returncode:
            log = self.folder / "server.log"
            said += log.read_text(encoding="utf-8") if log.exists() else ""
            raise RuntimeError(f"{program} failed:\n{said}")
        return done.returncode == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
