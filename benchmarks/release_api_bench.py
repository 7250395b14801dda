"""How fast one entry is decided through the interface, explained, nothing kept: on both databases. 6 USC 964(a).

Run: .venv/bin/python -m benchmarks release_api, or benchmarks/release_api_bench.py [--requests 2000]
The site runs as 'greenlane serve' runs it, on 127.0.0.1, with the demonstration's cargo. One client asks, one request
after the other on one connection, with a key, as a filing program does.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.pages_bench import served
from benchmarks.scratch import Figure, is_child, milliseconds, on_each_database, scratch, surroundings

COMPANIES = 24
WARM = 100
TOKEN = "key-of-the-benchmark"  # noqa: S105 - of a database that is thrown away
P99 = 5.0
FIELDS = ("filed_at", "importer", "carrier", "broker", "maker", "score", "port", "origin", "tariff", "mode")


def main() -> int:
    if not is_child():
        return on_each_database(__file__, sys.argv[1:])
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=2_000)
    asked = parser.parse_args()
    with scratch() as database:
        bodies = _prepared()
        with served(embedded=database == "SQLite") as port:
            _ask(port, bodies, WARM)
            times = _ask(port, bodies, asked.requests)
    table = Table("figure", "measured", "target", "", title=f"{database}, {asked.requests:,} decisions one by one")
    for part, target in ((0.5, P99), (0.95, P99), (0.99, P99)):
        table.add_row(
            *Figure(f"decision with explanation, p{part * 100:.0f}", milliseconds(times, part), target, "ms").cells
        )
    Console(width=110).print(table, surroundings())
    return 0


def _prepared() -> list[bytes]:
    """Entries of the demonstration under other numbers, as bodies of requests; and a key for a specialist."""
    from greenlane.casework.context import Actor
    from greenlane.casework.execution import execute
    from greenlane.demonstration.building import build
    from greenlane.demonstration.models import Guest
    from greenlane.people.delegation import IssueToken
    from greenlane.release.models import FiledEntry

    now = datetime.now(UTC)
    build(now.date(), count=COMPANIES)
    specialist = Guest.objects.filter(office="specialist").earliest("pk").account_id
    manager = Guest.objects.filter(office="programme_manager").earliest("pk").account_id
    answer = execute(
        IssueToken(
            account_id=specialist,
            label="benchmark",
            hash=hashlib.sha256(TOKEN.encode()).hexdigest(),
            expires_on=now.date() + timedelta(days=30),
        ),
        actor=Actor(manager),
        at=datetime.now(UTC),
        command_id=uuid4(),
    )
    if not answer.granted:
        raise SystemExit(f"no key for the benchmark: {answer.verdict}")
    rows: list[dict[str, Any]] = list(
        FiledEntry.objects.order_by("-filed_at", "pk").values_list("filed", flat=True)[:50]
    )
    return [
        json.dumps(
            {"entry_number": f"BENCH-{number}", **{name: row[name] for name in FIELDS if row.get(name)}}
        ).encode()
        for number, row in enumerate(rows)
    ]


def _ask(port: int, bodies: list[bytes], requests: int) -> list[float]:
    """Seconds of each request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    times = []
    for number in range(requests):
        started = time.perf_counter()
        connection.request("POST", "/api/v1/release/decisions?keep=false", bodies[number % len(bodies)], headers)
        response = connection.getresponse()
        said = response.read()
        times.append(time.perf_counter() - started)
        if response.status != 200:
            raise SystemExit(f"answered {response.status}: {said[:500]!r}")
    connection.close()
    return times


if __name__ == "__main__":
    sys.exit(main())
