"""How fast the site answers with many cases: work queue, case, company's home, API list, search; on both databases.

Run: .venv/bin/python -m benchmarks pages, or benchmarks/pages_bench.py [--cases 100000] [--seconds 4] [--clients 4]
A few companies live through the demonstration by commands; their rows are then copied in bulk (see ``multiply``). The
site runs as 'greenlane serve' runs it, on 127.0.0.1; the clients here ask one page after another, without a pause, so
that the times are those of a site that has as much to do as it can.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.scratch import Figure, is_child, milliseconds, on_each_database, scratch, surroundings

COMPANIES = 24
WARM = 5
ASSET = re.compile(rb'(?:href|src)="(/static/[^"#?]+)"')
MOST_QUERIES = 12


@dataclass(frozen=True)
class Page:
    """A page to ask for, with what it is held to: milliseconds at p95, and requests a second (0 for none)."""

    name: str
    path: str
    cookie: str
    p95: float
    rate: float = 0


@dataclass
class Timed:
    """What one page took, in seconds, and how often it did not answer 200."""

    seconds: list[float] = field(default_factory=list)
    failures: int = 0
    lasted: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.lasted


def main() -> int:
    if not is_child():
        return on_each_database(__file__, sys.argv[1:])
    asked = arguments()
    with scratch() as database:
        from django.core.management import call_command

        from benchmarks.multiply import multiply
        from greenlane.demonstration.building import build

        call_command("collectstatic", verbosity=0, interactive=False)  # compressed once, as for a site that is served
        build(datetime.now(UTC).date(), count=COMPANIES)
        pages = chosen()
        started = time.perf_counter()
        cases = multiply(asked.cases)
        Console().print(f"{database}: {cases:,} cases of work, copied in {time.perf_counter() - started:.0f} seconds")
        figures = counted(pages, database)
        with served(embedded=database == "SQLite") as port:
            figures += timed(pages, port, asked, f"{database}, {cases:,} cases")
            figures += weighed(pages, port)
        show(figures, database)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--seconds", type=float, default=4.0, help="for each page")
    parser.add_argument("--clients", type=int, default=4, choices=range(1, 33), metavar="1-32")
    return parser.parse_args()


def chosen() -> list[Page]:
    """The pages, each as a person of the demonstration asks for it."""
    from greenlane.casework.models import Case
    from greenlane.demonstration.models import Guest

    supervisor = cookie(Guest.objects.filter(office="supervisor").earliest("pk").account_id)
    officer = Guest.objects.filter(office="applicant_officer").latest("pk").account_id
    case = Case.objects.filter(kind="certification", state="under_review").earliest("reference")
    company = Case.objects.get(kind="participant", pk=case.participant_id)
    return [
        Page("work queue", "/queue/", supervisor, 120, 120),
        Page("search in the queue", "/queue/?q=" + word(company.pk), supervisor, 120),
        Page("case", f"/cases/{case.pk}/", supervisor, 150),
        Page("company's home", f"/trader/{own_company(officer)}/", cookie(officer), 150),
        Page("API, list of cases", "/api/v1/cases", supervisor, 50, 300),
        Page("API, search for a company", "/api/v1/participants?q=" + word(company.pk), supervisor, 50),
    ]


def own_company(account: Any) -> Any:
    from greenlane.people.models import OfficeHolding

    return OfficeHolding.objects.filter(account_id=account).exclude(participant_id=None).earliest("pk").participant_id


def word(participant: Any) -> str:
    """The first word of a company's name."""
    from greenlane.participants.models import Participant

    return Participant.objects.get(pk=participant).legal_name.split()[0]


def cookie(account: Any) -> str:
    """A session of that person."""
    from django.conf import settings
    from django.test import Client

    from greenlane.people.models import Account

    client = Client()
    client.force_login(Account.objects.get(pk=account))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def counted(pages: list[Page], database: str) -> list[Figure]:
    """How many queries each page makes, session and account included."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    found = []
    for page in pages:
        client = Client(headers={"cookie": page.cookie})
        client.get(page.path)  # what is kept in memory is there now, as it is on a site that runs
        with CaptureQueriesContext(connection) as queries:
            response = client.get(page.path)
        if response.status_code != 200:
            raise SystemExit(f"{page.path} answered {response.status_code} on {database}")
        found.append(Figure(f"queries, {page.name}", len(queries), MOST_QUERIES, ""))
    return found


@contextmanager
def served(*, embedded: bool) -> Iterator[int]:
    """The site on a free port of this machine, as 'greenlane serve' starts it."""
    from greenlane.cli.running import server_command

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    workers, threads = (1, 4) if embedded else (2, 2)
    site = subprocess.Popen(server_command("127.0.0.1", port, workers, threads))  # noqa: S603 - our own server
    try:
        for _ in range(150):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield port
    finally:
        site.terminate()
        site.wait(30)


def timed(pages: list[Page], port: int, asked: argparse.Namespace, title: str) -> list[Figure]:
    columns = ("page", "requests", "a second", "p50 ms", "p95 ms", "failures")
    table, found = Table(*columns, title=f"{title}; {asked.clients} clients"), []
    for page in pages:
        done = load(page, port, asked.clients, asked.seconds)
        if not done.seconds:
            raise SystemExit(f"{page.path} never answered")
        p50, p95 = (milliseconds(done.seconds, part) for part in (0.5, 0.95))
        row = (f"{len(done.seconds):,}", f"{done.rate:,.0f}", f"{p50:.1f}", f"{p95:.1f}", str(done.failures))
        table.add_row(page.name, *row)
        found.append(Figure(f"{page.name}, p95", p95, page.p95, "ms"))
        if page.rate:
            found.append(Figure(f"{page.name}, requests", done.rate, page.rate, "a second", least=True))
    Console(width=110).print(table)
    return found


def load(page: Page, port: int, clients: int, seconds: float) -> Timed:
    """Ask for one page for *seconds*, each client one request after the other on one connection."""
    ask(page, port, requests=WARM)
    whole, started = Timed(), time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        for job in [pool.submit(ask, page, port, until=started + seconds) for _ in range(clients)]:
            whole.seconds += job.result().seconds
            whole.failures += job.result().failures
    whole.lasted = time.perf_counter() - started
    return whole


def ask(page: Page, port: int, *, until: float = 0.0, requests: int = 0) -> Timed:
    done = Timed()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": page.cookie, "Accept-Encoding": "gzip"}
    while len(done.seconds) + done.failures < requests or time.perf_counter() < until:
        started = time.perf_counter()
        connection.request("GET", page.path, headers=headers)
        response = connection.getresponse()
        response.read()
        if response.status == 200:
            done.seconds.append(time.perf_counter() - started)
        else:
            done.failures += 1
    connection.close()
    return done


def weighed(pages: list[Page], port: int) -> list[Figure]:
    """Compressed bytes of each page, at first with its style sheets, scripts and pictures, and after that without."""
    found = []
    for page in (page for page in pages if not page.path.startswith("/api/")):
        wire, plain = fetched(page.path, page.cookie, port)
        assets = {match.decode() for match in ASSET.findall(plain)}
        at_first = wire + sum(fetched(path, "", port)[0] for path in assets)
        found.append(Figure(f"weight at first, {page.name}", at_first / 1000, 190, "KB"))
        found.append(Figure(f"weight after, {page.name}", wire / 1000, 20, "KB"))
    return found


def fetched(path: str, cookie: str, port: int) -> tuple[int, bytes]:
    """Bytes on the wire, and the content."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return len(body), gzip.decompress(body) if response.headers.get("Content-Encoding") == "gzip" else body


def show(figures: list[Figure], database: str) -> None:
    table = Table("figure", "measured", "target", "", title=database)
    for figure in figures:
        table.add_row(*figure.cells)
    Console(width=110).print(table, surroundings())


if __name__ == "__main__":
    sys.exit(main())
