"""All tests of Greenlane, lane by lane: ``python -m tests.run_all``; for some lanes, add their names."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.machine import MissingProgram, ensure_programs
from tests.support.postgres import PostgresServer

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "test-results"
# what must reach every branch of the law by itself; has its own lane
LAW_TESTS = ("tests/law",)


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One thing that must pass. ``commands`` run in order; the ones that start with 'pytest' leave a JUnit report."""

    name: str
    title: str
    commands: tuple[tuple[str, ...], ...]
    postgres: bool = False
    browser: bool = False
    java: bool = False


@dataclass
class Outcome:
    """How a lane went: seconds, the commands that failed, and the tests counted in its reports."""

    lane: Lane
    seconds: float = 0.0
    failed_commands: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: {"passed": 0, "failed": 0, "skipped": 0})


ONCE = (
    *(
        f"tests/{room}"
        for room in (
            *("appeals", "consequences", "profiles", "revalidation", "sharing", "validation", "validators"),
            *("release", "whole_lives", "web"),
        )
    ),
    "tests/api/test_contract.py",
)
"""Proved on PostgreSQL alone: the rooms of the years after certification, which the demonstration lives through on
SQLite, whole lives by chance, benefits on cargo, what a machine invents for the interface, and the pages, which a
browser opens on SQLite."""
EMBEDDED = ("tests/api/test_authority.py", "tests/casework/test_authority_walk.py")
"""Proved on SQLite alone: who may do what, of every operation and every command, is decided before any row is read."""


def workers() -> str:
    """Test processes side by side: one for each core, at most four; ``JOBS`` overrides."""
    return os.environ.get("JOBS") or str(min(4, os.cpu_count() or 1))


def pytest(*arguments: str, side_by_side: bool = True) -> tuple[str, ...]:
    spread = ("-n", workers(), "--dist", "loadfile") if side_by_side else ()
    return ("pytest", "-q", "--no-header", "-rfE", *spread, *arguments)


def lanes() -> tuple[Lane, ...]:
    """Every lane, in the order in which they run: the quickest first."""
    all_but_law = ("tests", *(f"--ignore={folder}" for folder in LAW_TESTS))
    both = (*all_but_law, *(f"--ignore={folder}" for folder in ONCE))
    coverage = ("--cov=greenlane.law", "--cov-branch", "--cov-report=term-missing:skip-covered")
    return (
        Lane(
            name="check",
            title="lint, format, types, floor plan",
            commands=(
                ("ruff", "check", "."),
                ("ruff", "format", "--check", "--quiet", "."),
                ("mypy", "--no-error-summary"),
                ("lint-imports", "--no-cache"),
            ),
        ),
        Lane(
            name="law",
            title="the law, every branch",
            commands=(pytest(*LAW_TESTS, *coverage, "--cov-fail-under=100"),),
        ),
        Lane(
            name="sqlite",
            title="rooms and doors on SQLite",
            commands=(pytest(*both, "-m", "not postgres and not browser"),),
        ),
        Lane(
            name="postgres",
            title="rooms and doors on PostgreSQL",
            commands=(
                pytest(*both, *(f"--ignore={file}" for file in EMBEDDED), "-m", "not browser", "--database-only"),
                pytest(*ONCE, "-m", "not browser"),
            ),
            postgres=True,
            java=True,
        ),
        Lane(
            name="browser",
            title="in a real browser",
            commands=(pytest("tests", "-m", "browser"),),
            browser=True,
        ),
    )


def run(lane: Lane) -> Outcome:
    """Run one lane with a home folder of its own, and, if it wants one, a PostgreSQL of its own."""
    outcome = Outcome(lane)
    started = time.monotonic()
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="greenlane-test-"))
        server = stack.enter_context(PostgresServer()) if lane.postgres else None
        surroundings = os.environ | {"GREENLANE_HOME": home, "GREENLANE_DATABASE": server.url if server else ""}
        for number, command in enumerate(lane.commands):
            report = RESULTS / f"{lane.name}-{number}.xml"
            extra = (f"--junitxml={report}",) if command[0] == "pytest" else ()
            if not _passes((*command, *extra), surroundings):
                outcome.failed_commands.append(command[0])
            if extra:
                count(report, outcome.counts)
    outcome.seconds = time.monotonic() - started
    return outcome


def _passes(command: tuple[str, ...], surroundings: Mapping[str, str]) -> bool:
    program = Path(sys.executable).parent / command[0]
    print(f"$ {' '.join(command)}", flush=True)
    return subprocess.run([program, *command[1:]], cwd=ROOT, env=surroundings).returncode == 0


def count(report: Path, counts: dict[str, int]) -> None:
    """Add the tests in a JUnit *report* to *counts*; a missing report adds nothing, for its command has failed."""
    if not report.exists():
        return
    for suite in ET.parse(report).getroot().iter("testsuite"):
        number = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
        broken = number["failures"] + number["errors"]
        counts["failed"] += broken
        counts["skipped"] += number["skipped"]
        counts["passed"] += number["tests"] - broken - number["skipped"]


def summary(outcomes: list[Outcome]) -> str:
    """A line for each lane and one for all."""
    lines = []
    for outcome in outcomes:
        state = f"FAILED ({', '.join(outcome.failed_commands)})" if outcome.failed_commands else "passed"
        tests = ", ".join(f"{number:,} {name}" for name, number in outcome.counts.items() if number)
        lines.append(f"{outcome.lane.name:9} {outcome.seconds:6.1f} s  {state}  {tests}".rstrip())
    total = {name: sum(outcome.counts[name] for outcome in outcomes) for name in ("passed", "failed", "skipped")}
    broken = sum(1 for outcome in outcomes if outcome.failed_commands)
    lines.append(
        f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped"
        f" in {sum(outcome.seconds for outcome in outcomes):.0f} s;"
        f" {len(outcomes) - broken} of {len(outcomes)} lanes passed"
    )
    return "\n".join(lines)


def main(names: list[str], every: Callable[[], tuple[Lane, ...]] = lanes) -> int:
    """Run the named lanes (none: all). Returns 0 when all passed, 1 when one failed, 2 on a wrong name."""
    known = {lane.name: lane for lane in every()}
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"There is no lane {unknown[0]!r}; the lanes are {', '.join(known)}.", file=sys.stderr)
        return 2
    wanted = [lane for lane in known.values() if not names or lane.name in names]
    # so that a stopped run still stops its servers
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        ensure_programs(
            postgres=any(x.postgres for x in wanted),
            browser=any(x.browser for x in wanted),
            java=any(x.java for x in wanted),
        )
    except MissingProgram as missing:
        print(missing, file=sys.stderr)
        return 1
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir()
    outcomes = []
    for lane in wanted:
        print(f"\n=== {lane.name}: {lane.title}", flush=True)
        outcomes.append(run(lane))
    print(f"\n{summary(outcomes)}")
    return 1 if any(outcome.failed_commands for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
