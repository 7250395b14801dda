"""The tool as a whole: help, authority, exit codes, and the page of the manual that follows from it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from greenlane.casework.doors import public_commands
from greenlane.cli.docs import page
from greenlane.cli.machine import Access, Tool, access_of
from greenlane.cli.main import PLACES, walk
from greenlane.cli.rooms import BY_HAND, GROUP_OF_ROOM, kebab
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "how-to" / "command-line.md"


def all_commands() -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    walk(lambda name, command: found.update({name: command}))
    return found


@pytest.mark.clause("6 USC 971(c)")
def test_every_command_declares_its_authority() -> None:
    commands = all_commands()
    assert len(commands) > 50
    for name, command in commands.items():
        assert access_of(command) in Access, name


def test_the_bare_declaration_is_refused() -> None:
    with pytest.raises(LookupError):
        access_of(click.Command("stray"))


@pytest.mark.clause("6 USC 971(c)")
def test_whatever_reads_or_acts_on_the_database_asks_for_authority() -> None:
    free = {name for name, command in all_commands().items() if access_of(command) is Access.ANYBODY}
    assert free == {
        "greenlane law list",
        "greenlane law show",
        "greenlane law coverage",
        "greenlane records verify",  # the database only for the operator: see below
        "greenlane docs command-line",
    }


def test_every_command_of_the_rooms_has_a_tool_in_its_group() -> None:
    names = set(all_commands())
    for spec in public_commands():
        group = GROUP_OF_ROOM.get(spec.room, spec.room)
        assert group in PLACES, f"the room {spec.room} has no group in PLACES"
        if spec.name not in BY_HAND:
            assert f"greenlane {group} {kebab(spec.name)}" in names


def test_what_is_written_by_hand_stands_for_a_command() -> None:
    assert {spec.name for spec in public_commands()} >= BY_HAND
    by_hand = ("people issue-token", "lists import", "programmes load", "criteria publish", "cases upload-document")
    assert {f"greenlane {name}" for name in by_hand} <= set(all_commands())


def test_every_command_explains_itself_by_example() -> None:
    for name, command in all_commands().items():
        assert command.get_short_help_str(), name
        if isinstance(command, Tool):
            assert command.examples, name
            assert all("greenlane" in example for example in command.examples), name
            assert any("--json" in option.opts for option in command.params), name


def test_no_two_options_of_a_command_have_one_name() -> None:
    for name, command in all_commands().items():
        options = [text for p in command.params if isinstance(p, click.Option) for text in (*p.opts, *p.secondary_opts)]
        assert len(options) == len(set(options)), name


def test_every_command_prints_its_help(run: Run) -> None:
    for name in all_commands():
        result = run(*name.split()[1:], "--help")
        assert result.exit_code == 0, name
        assert "Usage:" in result.stdout


def test_the_manual_mentions_every_command_and_option() -> None:
    written = PAGE.read_text(encoding="utf-8")
    for name, command in all_commands().items():
        assert f"## {name}\n" in written, f"run: greenlane docs command-line --out {PAGE.relative_to(ROOT)}"
        for option in command.params:
            assert f"`{option.opts[0]}`" in written or isinstance(option, click.Argument), (name, option.opts)


def test_the_manual_is_what_the_tool_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def tool(*arguments: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GREENLANE_HOME": str(home), "PYTHONPATH": str(ROOT / "src"), **more}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment.pop("GREENLANE_DATABASE", None)
    command = [sys.executable, "-m", "greenlane.cli.main", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)


def test_help_is_fast(tmp_path: Path) -> None:
    """The fastest of three, because the machine may be busy with something else."""
    times = []
    for _ in range(3):
        started = time.monotonic()
        assert tool("--help", home=tmp_path).returncode == 0
        times.append(time.monotonic() - started)
    assert min(times) < 0.6, times


def test_the_law_needs_no_database_and_no_home(tmp_path: Path) -> None:
    done = tool("law", "show", "964(c)", "--json", home=tmp_path / "none", GREENLANE_DATABASE="nonsense://")
    assert done.returncode == 0, done.stderr
    assert "90 days" in json.loads(done.stdout)["text"]
    assert not (tmp_path / "none").exists()
    missing = tool("law", "show", "999", home=tmp_path / "none")
    assert (missing.returncode, missing.stdout) == (3, "")
    assert "not a citation" in missing.stderr


def test_without_a_database_it_says_what_to_do(tmp_path: Path) -> None:
    done = tool("cases", "list", home=tmp_path)
    assert done.returncode == 2
    assert "greenlane setup" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_fresh_installation_from_setup_to_sealed_record(tmp_path: Path) -> None:
    done = tool("setup", "--consulted-on", "2019-06-01", "--json", home=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    steps = [step["step"] for step in json.loads(done.stdout)["steps"]]
    assert steps[:3] == ["database", "key", "static"]
    assert "LoadProgramme" in steps
    assert "PublishEdition" in steps
    again = json.loads(tool("setup", "--consulted-on", "2019-06-01", "--json", home=tmp_path).stdout)
    assert [step["step"] for step in again["steps"]] == ["database", "key", "static"]
    opened = tool("people", "open-account", "--email", "mia@example.org", "--name", "Mia", "--json", home=tmp_path)
    account = json.loads(opened.stdout)["case_id"]
    granted = tool("people", "grant-office", "--account-id", account, "--office", "programme_manager", home=tmp_path)
    assert granted.returncode == 0, granted.stdout
    issued = tool("people", "issue-token", "--email", "mia@example.org", "--label", "shell", "--json", home=tmp_path)
    token = json.loads(issued.stdout)["token"]
    assert token not in tool("records", "verify", "--json", home=tmp_path).stdout
    mine = tool(
        "people", "open-account", "--email", "otto@example.org", "--name", "Otto", home=tmp_path, GREENLANE_TOKEN=token
    )
    assert mine.returncode == 0, mine.stderr
    assert json.loads(tool("work", "--once", "--json", home=tmp_path).stdout)["sealed"]
    bundle = str(tmp_path / "record.zip")
    assert tool("records", "export", "--out", bundle, "--audience", "restricted", home=tmp_path).returncode == 0
    assert tool("records", "verify", "--bundle", bundle, home=tmp_path / "elsewhere").returncode == 0
    assert tool("records", "verify", home=tmp_path).returncode == 0
    assert tool("records", "check-state", home=tmp_path).returncode == 0
    for folder in tmp_path.rglob("*.sqlite3*"):
        assert token.encode() not in folder.read_bytes()


def test_machine_output_is_json_and_nothing_else(tmp_path: Path) -> None:
    done = tool("law", "list", "--json", home=tmp_path)
    rows = json.loads(done.stdout)
    assert len(rows) == 134
    assert not re.search(r"\x1b\[", done.stdout)
