"""How fast the record is: append, seal, verify, prove, export; on SQLite, and on PostgreSQL where one is named.

Run: .venv/bin/python benchmarks/records_bench.py [entries]
Every run makes a database of its own and removes it again; nothing in an existing database is touched.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from rich.console import Console
from rich.table import Table

WRITERS = 8
AT = datetime(2026, 1, 2, tzinfo=UTC)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    given = os.environ.pop("GREENLANE_DATABASE", "")
    if os.environ.get("RECORDS_BENCH_CHILD"):
        measure(count, given)
        return
    # each database in a process of its own: settings are read once
    for url in ("", given) if given else ("",):
        environment = {**os.environ, "RECORDS_BENCH_CHILD": "1", "GREENLANE_DATABASE": url}
        subprocess.run([sys.executable, __file__, str(count)], env=environment, check=True)  # noqa: S603 - this script


@contextmanager
def scratch(url: str) -> Iterator[None]:
    """A database of this run alone, with the record's tables."""
    with tempfile.TemporaryDirectory(prefix="greenlane-bench-") as home:
        os.environ["GREENLANE_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "greenlane.conf.settings")
        name = f"greenlane_bench_{uuid4().hex[:8]}"
        if url:
            import psycopg

            os.environ["GREENLANE_DATABASE"] = url.rpartition("/")[0] + "/" + name
            with psycopg.connect(url, autocommit=True) as admin:
                admin.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            import django

            django.setup()
            from django.core.management import call_command
            from django.db import connections

            call_command("migrate", "records", verbosity=0)
            yield
            connections.close_all()
            if url and (pool := getattr(connections["default"], "pool", None)):
                pool.close()
        finally:
            if url:
                with psycopg.connect(url, autocommit=True) as admin:
                    admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def measure(count: int, url: str) -> None:
    with scratch(url):
        table = Table("what", "entries", "seconds", "entries/s", title="PostgreSQL" if url else "SQLite")
        for name, done, seconds in rows(count):
            table.add_row(name, f"{done:,}", f"{seconds:.2f}", f"{done / seconds:,.0f}")
        Console(width=100).print(table)


def rows(count: int) -> Iterator[tuple[str, int, float]]:
    from greenlane.records.bundle import export_bundle, verify_bundle
    from greenlane.records.classification import visible_to
    from greenlane.records.ledger import append, latest_checkpoint, seal
    from greenlane.records.models import Entry
    from greenlane.records.tree import StoredTree
    from greenlane.records.verify import verify_ledger

    single = max(1, count // 20)
    yield "append, 1 entry a transaction", single, timed(lambda: [append([entry(n)]) for n in range(single)])
    yield f"append, 1 entry a transaction, {WRITERS} writers", single, timed(lambda: concurrently(single, 1))
    yield f"append, 10 entries a transaction, {WRITERS} writers", count, timed(lambda: concurrently(count, 10))
    waiting = count + 2 * single
    yield "seal (sequence and sign)", waiting, timed(lambda: seal(AT))
    total = waiting
    report: list[Any] = []
    yield "verify everything", total, timed(lambda: report.append(verify_ledger()))
    if not report[0].sound:
        raise SystemExit("the benchmark's own record is not sound")
    bodies = [bytes(body) for body in Entry.objects.order_by("id").values_list("body", flat=True).iterator()]
    yield "hash only (bodies in memory to root)", total, timed(lambda: hashed(bodies))
    checkpoint = latest_checkpoint()
    size = checkpoint.size if checkpoint else 0
    places = [n * size // 500 for n in range(500)]
    yield "inclusion proof, cold", 500, timed(lambda: [StoredTree().inclusion_proof(n, size) for n in places])
    path = Path(os.environ["GREENLANE_HOME"]) / "bundle.zip"
    yield "export a bundle", total, timed(lambda: export_bundle(path, audiences=visible_to("restricted")))
    yield "verify a bundle", total, timed(lambda: report.append(verify_bundle(path)))
    if not report[1].sound:
        raise SystemExit("the benchmark's own bundle is not sound")


def concurrently(count: int, each: int) -> None:
    from django.db import connections

    from greenlane.records.ledger import append

    def write(numbers: range) -> None:
        try:
            for start in numbers:
                append([entry(start + n) for n in range(each)])
        finally:
            connections.close_all()

    step = each * WRITERS
    with ThreadPoolExecutor(WRITERS) as pool:
        for job in [pool.submit(write, range(writer * each, count, step)) for writer in range(WRITERS)]:
            job.result()


def hashed(bodies: list[bytes]) -> None:
    from greenlane.records import log

    log.root(log.leaf_hash(body) for body in bodies)


def entry(number: int) -> Any:
    from greenlane.records.ledger import NewEntry

    return NewEntry(
        kind="certification.TierOneCertified",
        version=1,
        subject=uuid4(),
        participant=uuid4(),
        effective_on=date(2026, 1, 2),
        recorded_at=AT,
        actor=uuid4(),
        office="supervisor",
        command_id=uuid4(),
        command="CertifyTierOne",
        citations=("6 USC 964(a)", "6 USC 964(b)"),
        audience="participant",
        data={"from": "recommended", "to": "certified", "number": number, "reasons": ["reviewed"] * 4},
    )


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
