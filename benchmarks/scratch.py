"""What the benchmarks share: databases of their own, processes to measure in, percentiles, targets."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from uuid import uuid4

from tests.support.machine import MissingProgram
from tests.support.postgres import PostgresServer

CHILD = "GREENLANE_BENCH_CHILD"


@dataclass(frozen=True)
class Figure:
    """A measured figure and what it should be: at most (or, with *least*, at least) *target*."""

    what: str
    value: float
    target: float
    unit: str
    least: bool = False

    @property
    def held(self) -> bool:
        return self.value >= self.target if self.least else self.value <= self.target

    @property
    def cells(self) -> tuple[str, str, str, str]:
        sign = "≥" if self.least else "≤"
        wanted = f"{sign} {self.target:g} {self.unit}"
        return self.what, f"{self.value:,.1f} {self.unit}", wanted, "held" if self.held else "not held"


def is_child() -> bool:
    """Does this process measure, or does it start the ones that do?"""
    return CHILD in os.environ


def on_each_database(script: str, arguments: Sequence[str]) -> int:
    """Run *script* again for SQLite and for PostgreSQL, each in a process of its own: settings are read once.

    PostgreSQL is the server that GREENLANE_DATABASE names, else one that is started here and stopped again.
    """
    failed = 0
    with ExitStack() as stack:
        urls = ["", os.environ.get("GREENLANE_DATABASE", "")]
        if not urls[1]:
            try:
                urls[1] = stack.enter_context(PostgresServer(durable=True)).url
            except MissingProgram:
                sys.stdout.write("PostgreSQL is not installed; timing on SQLite only.\n")
                urls.pop()
        for url in urls:
            environment = {**os.environ, CHILD: "1", "GREENLANE_DATABASE": url}
            command = [sys.executable, script, *arguments]
            failed += bool(subprocess.run(command, env=environment).returncode)  # noqa: S603 - our own script
    return 1 if failed else 0


@contextmanager
def scratch() -> Iterator[str]:
    """Django on a migrated database of this run alone, removed again at the end. Yields the database's name."""
    url = os.environ.get("GREENLANE_DATABASE", "")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "greenlane.conf.settings")
    name = f"greenlane_bench_{uuid4().hex[:8]}"
    with tempfile.TemporaryDirectory(prefix="greenlane-bench-") as home, ExitStack() as stack:
        os.environ.update(GREENLANE_HOME=home, GREENLANE_DEMONSTRATION="true", GREENLANE_HOSTS="127.0.0.1,testserver")
        if url:
            os.environ["GREENLANE_DATABASE"] = stack.enter_context(_database(url, name))
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0)
        try:
            yield "PostgreSQL" if url else "SQLite"
        finally:
            connections.close_all()
            pool = getattr(connections["default"], "pool", None) if url else None
            if pool:
                pool.close()


@contextmanager
def _database(url: str, name: str) -> Iterator[str]:
    """A new database on the server of *url*."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"'.encode())
    try:
        yield url.rpartition("/")[0] + "/" + name
    finally:
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def percentile(values: Sequence[float], part: float) -> float:
    """The value that *part* (0 to 1) of *values* do not exceed: nearest rank. Raises ValueError for no values."""
    if not values:
        raise ValueError("no values were measured")
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, -(-int(part * 1000) * len(ranked) // 1000) - 1))]


def milliseconds(values: Sequence[float], part: float) -> float:
    """A percentile of seconds, in milliseconds."""
    return percentile(values, part) * 1000


def surroundings() -> str:
    """What a figure must be read with: the machine, and how busy it was with other work."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return f"{machine}; load {os.getloadavg()[0]:.1f} at the end"
