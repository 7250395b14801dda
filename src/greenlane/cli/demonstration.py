"""``greenlane demonstration``: build and serve the demonstration, whose people and companies are all invented."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import sys
import time
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

EXPECTED_COMMANDS_PER_COMPANY = 24
UNTOUCHED = ("api", "cli", "conf", "statute", "web")
"""Parts of the product that leave no trace in the database of the demonstration."""
console = Console(stderr=True)


@click.group(name="demonstration", help="Build and serve a demonstration with invented people and companies.")
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Folder of the demonstration's database, documents and keys. [default: var/demonstration]",
)
def demonstration(home: Path | None) -> None:
    """Everything below acts on the demonstration's own folder, never on another database."""
    folder = (home or Path("var") / "demonstration").resolve()
    os.environ["GREENLANE_HOME"] = str(folder)
    os.environ["GREENLANE_DEMONSTRATION"] = "true"
    os.environ["GREENLANE_DATABASE"] = ""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "greenlane.conf.settings")


AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on standard output.")


@demonstration.command(
    epilog="Example: PORT=8080 greenlane demonstration serve",
    help="Build the demonstration when it is not there yet, then serve it and print the addresses.",
)
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", default=8000, show_default=True)
@click.option("--companies", type=click.IntRange(16, 5000), default=254, show_default=True)
@AS_JSON
def serve(port: int, companies: int, as_json: bool) -> None:
    """Build if needed, print the sign-in links, and become the server."""
    if not _port_is_free(port):
        raise click.ClickException(f"Port {port} is already in use. Choose another one: PORT={port + 1} make run")
    ensure_built(companies)
    _collect_static()
    _print_links(port, as_json, wait=False)  # the server starts meanwhile
    os.environ["GREENLANE_HOSTS"] = os.environ.get("GREENLANE_HOSTS", "localhost,127.0.0.1,[::1]")
    arguments = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--no-access-log"]
    where = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"]
    command = [sys.executable, "-m", "granian", *arguments, *where, "greenlane.conf.wsgi:application"]
    sys.stdout.flush()
    os.execv(command[0], command)  # noqa: S606 - our own server, with arguments that we wrote


@demonstration.command(help="Build the demonstration anew, throwing the old one away.")
@click.option("--companies", type=click.IntRange(16, 5000), default=254, show_default=True)
@AS_JSON
def rebuild(companies: int, as_json: bool) -> None:
    """Remove the demonstration's folder and build it again."""
    reset_folder()
    given = ensure_built(companies)
    if as_json:
        click.echo(json.dumps({"companies": companies, "commands": given}))


@demonstration.command(help="Remove the demonstration's folder.")
@AS_JSON
def reset(as_json: bool) -> None:
    """Remove the demonstration; the next ``serve`` builds a new one."""
    reset_folder()
    if as_json:
        click.echo(json.dumps({"removed": True}))
    console.print("The demonstration was removed. The next 'make run' builds a new one.")


@demonstration.command(help="Print one sign-in link for each office.")
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", default=8000, show_default=True)
@AS_JSON
def links(port: int, as_json: bool) -> None:
    """The links work while the demonstration is served on that port."""
    if not (_home() / "greenlane.sqlite3").exists():
        raise click.ClickException("There is no demonstration here yet. Build it: greenlane demonstration rebuild")
    _print_links(port, as_json)


def _home() -> Path:
    return Path(os.environ["GREENLANE_HOME"])


def reset_folder() -> None:
    """Remove the folder, if it is one that a demonstration made."""
    home = _home()
    if home.exists() and not (home / "built-with").exists() and any(home.iterdir()):
        raise click.ClickException(f"{home} does not look like a demonstration; remove it by hand if it is one.")
    shutil.rmtree(home, ignore_errors=True)


def build_mark() -> str:
    """A hash over what the database was built with: rooms, stories and data. Another hash means building anew."""
    package = resources.files("greenlane")
    digest = hashlib.sha256()
    with resources.as_file(package) as root:
        for path in sorted([*root.rglob("*.py"), *root.rglob("*.yaml")]):
            if path.relative_to(root).parts[0] not in UNTOUCHED:
                digest.update(path.read_bytes())
    return digest.hexdigest()


def ensure_built(companies: int) -> int:
    """Build into a file beside the real one, which takes its place only when it is whole. Returns commands given."""
    home, mark = _home(), f"{build_mark()} {companies}"
    stamp = home / "built-with"
    if (home / "greenlane.sqlite3").exists() and stamp.exists() and stamp.read_text() == mark:
        return 0
    if stamp.exists():
        console.print("The product has changed since the demonstration was built; it is built anew.")
        reset_folder()
    console.print(f"Building the demonstration once: {companies} invented companies; this takes a few minutes.")
    home.mkdir(parents=True, exist_ok=True)
    stamp.write_text("building")
    building = home / "building.sqlite3"
    building.unlink(missing_ok=True)
    os.environ["GREENLANE_DATABASE"] = f"sqlite:///{building}"
    started = time.monotonic()
    given = _play(companies)
    building.rename(home / "greenlane.sqlite3")
    for rest in home.glob("building.sqlite3-*"):
        rest.unlink()
    stamp.write_text(mark)
    os.environ["GREENLANE_DATABASE"] = ""
    seconds = time.monotonic() - started
    console.print(f"Built by {given} commands in {seconds:.0f} seconds: {companies} invented companies.")
    return given


def last_day(now: datetime) -> date:
    """The last invented day whose work is over at *now*: on each, people work from 13:00 UTC for less than an hour."""
    return (now - timedelta(hours=14)).date()


def _play(companies: int) -> int:
    """Give every command of the demonstration, with a progress bar. Returns how many there were."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from greenlane.demonstration.building import build

    call_command("collectstatic", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")  # an interrupted build is thrown away whole
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} commands"))
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        task = progress.add_task("Living invented months", total=companies * EXPECTED_COMMANDS_PER_COMPANY)
        stage = build(last_day(datetime.now(UTC)), count=companies, tell=lambda n: progress.update(task, completed=n))
        progress.update(task, total=stage.given, completed=stage.given)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    return stage.given


def _collect_static() -> None:
    """The style sheets, scripts and pictures of this version, compressed, where the server looks for them."""
    import subprocess

    stamp, mark = _home() / "collected-from", _static_mark()
    if stamp.exists() and stamp.read_text() == mark:
        return
    # a process of its own: this one may have been set up for the file that was just built
    command = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, check=True)  # noqa: S603 - our own code
    stamp.write_text(mark)


def _static_mark() -> str:
    """Changes when a static file of the product does: a hash over their names, sizes and times."""
    digest = hashlib.sha256()
    with resources.as_file(resources.files("greenlane") / "web" / "static") as root:
        for path in sorted(root.rglob("*")):
            found = path.stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _print_links(port: int, as_json: bool, *, wait: bool = True) -> None:
    """The address, and one sign-in link for each office. Written to standard output."""
    import subprocess

    # a process of its own: this one may have been set up for the file that was just built
    code = f"from greenlane.cli.demonstration import print_links; print_links(as_json={as_json})"
    environment = {**os.environ, "GREENLANE_DEMONSTRATION_PORT": str(port)}
    printing = subprocess.Popen([sys.executable, "-c", code], env=environment)  # noqa: S603 - our own code
    if wait and printing.wait():
        raise click.ClickException("The links could not be printed; see above.")


def print_links(*, as_json: bool = False) -> None:
    """Print the links of the demonstration that the environment names."""
    import django

    django.setup()
    from greenlane.web.demonstration import sign_in_links

    address = f"http://localhost:{os.environ['GREENLANE_DEMONSTRATION_PORT']}"
    if as_json:
        people = [{"office": office, "says": says, "link": address + path} for office, says, path in sign_in_links()]
        click.echo(json.dumps({"address": f"{address}/", "people": people}))
        return
    out = Console()
    out.print(f"\nGreenlane demonstration: [bold]{address}/[/bold]   (everything in it is invented)\n", highlight=False)
    first_of_each = {office: (says, path) for office, says, path in reversed(sign_in_links())}
    for office, (says, path) in reversed(first_of_each.items()):
        out.print(f"  {office:<20} {says}", highlight=False, soft_wrap=True)
        out.print(f"  {'':<20} {address}{path}", highlight=False, soft_wrap=True)
    out.print(f"\nMore people: {address}/demonstration/", highlight=False)
    out.print("Stop it with Ctrl+C. Build it anew with: make demo-reset\n", highlight=False)


def _port_is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
