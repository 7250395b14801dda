"""How long a command takes with everything that it leaves: one writer and eight, on SQLite and on PostgreSQL.

Run: .venv/bin/python -m benchmarks casework, or benchmarks/casework_bench.py [commands]
A command is timed whole: authority, procedure, law, entries, state, deadlines, outbox, answer, commit to disk.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.scratch import Figure, is_child, milliseconds, on_each_database, scratch, surroundings

WRITERS = 8
PROCESSES = 2
TODAY = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 16, tzinfo=UTC)


@dataclass(frozen=True)
class Desk:
    """Where one writer works: a company, its application, and its officer's account."""

    officer: UUID
    participant: UUID
    application: UUID


@dataclass
class Timed:
    """Seconds of each command by name, seconds of this processor in all of them, how many failed at a lock."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    processor: float = 0.0
    locks: int = 0

    def add(self, other: Timed) -> None:
        for name, values in other.seconds.items():
            self.seconds.setdefault(name, []).extend(values)
        self.processor += other.processor
        self.locks += other.locks

    @property
    def all(self) -> list[float]:
        return [value for values in self.seconds.values() for value in values]


def main() -> int:
    if not is_child():
        return on_each_database(__file__, sys.argv[1:])
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 800
    with scratch() as database:
        desks = furnish(WRITERS)
        columns = ("writers", "command", "done", "a second", "p50 ms", "p95 ms", "processor ms", "lock errors")
        table = Table(*columns, title=database)
        embedded = database == "SQLite"
        for writers in (1, WRITERS):
            started = time.perf_counter()
            done = drive(desks[:writers], count, embedded)
            rows(table, writers, done, time.perf_counter() - started)
        rounds = [Figure(f"a command, {WRITERS} writers, p95", milliseconds(done.all, 0.95), 60, "ms")]
        rounds.append(Figure(f"lock errors, {WRITERS} writers", done.locks, 0, ""))
        Console(width=110).print(table)
        targets = Table("figure", "measured", "target", "")
        for figure in rounds:
            targets.add_row(*figure.cells)
        Console(width=110).print(targets, surroundings())
    return 0


def rows(table: Table, writers: int, done: Timed, seconds: float) -> None:
    for name, values in [*sorted(done.seconds.items()), ("all", done.all)]:
        p50, p95 = (f"{milliseconds(values, part):.1f}" for part in (0.5, 0.95))
        rate = f"{len(values) / seconds:,.0f}"
        own = (f"{done.processor * 1000 / len(values):.1f}", str(done.locks)) if name == "all" else ()
        table.add_row(str(writers), name, f"{len(values):,}", rate, p50, p95, *own)
    table.add_section()


def furnish(companies: int) -> list[Desk]:
    """Give, as in the demonstration, every command up to an application that is ready, for each company."""
    from greenlane.demonstration.company import Company
    from greenlane.demonstration.programme import founding
    from greenlane.demonstration.stage import Stage

    stage = Stage(today=date(2026, 9, 1), until=TODAY, seed=1)
    stage.begin(founding(stage), stage.today)
    chance = [Random(serial) for serial in range(companies)]  # noqa: S311 - invented companies
    cast = [Company(stage, serial, "importer", "ready", chance[serial]) for serial in range(companies)]
    for company in cast:
        stage.begin(company.live(), stage.today)
    stage.play()
    return [Desk(stage.people[c.officer], c.participant, c.application) for c in cast]


def drive(desks: Sequence[Desk], count: int, embedded: bool) -> Timed:
    """Give *count* commands, each desk in a thread of its own; on PostgreSQL the threads share several processes."""
    each = count // len(desks)
    processes = 1 if embedded else min(PROCESSES, len(desks))
    if processes == 1:
        return threads(desks, each)
    done = Timed()
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"), initializer=_ready) as pool:
        for part in pool.map(threads, [desks[n::processes] for n in range(processes)], [each] * processes):
            done.add(part)
    return done


def _ready() -> None:
    import django

    django.setup()


def threads(desks: Sequence[Desk], each: int) -> Timed:
    done = Timed()
    with ThreadPoolExecutor(len(desks)) as pool:
        for part in pool.map(write, desks, [each] * len(desks)):
            done.add(part)
    return done


def write(desk: Desk, each: int) -> Timed:
    """Give *each* commands at one desk and time every one."""
    from django.db import OperationalError, connections

    from greenlane.casework.context import Actor
    from greenlane.casework.execution import execute

    done = Timed()
    try:
        for number in range(each):
            command = asked(desk, number)
            started, busy = time.perf_counter(), time.thread_time()
            try:
                answer = execute(command, actor=Actor(desk.officer), at=AT, command_id=uuid4())
            except OperationalError:
                done.locks += 1
                continue
            done.seconds.setdefault(type(command).__name__, []).append(time.perf_counter() - started)
            done.processor += time.thread_time() - busy
            if not answer.granted:
                raise SystemExit(f"the benchmark's own command was refused: {answer.verdict.failing}")
    finally:
        connections.close_all()
    return done


def asked(desk: Desk, number: int) -> Any:
    """What companies ask most: one answer saved, the profile kept, a person added, the numbers of cargo."""
    from greenlane.applications.entries import CriterionAnswer
    from greenlane.applications.parts import AnswerCriteria
    from greenlane.participants.commands import AmendProfile
    from greenlane.participants.parts import RecordPerson

    if number % 4 == 1:
        return AmendProfile(
            participant_id=desk.participant,
            legal_name=f"Invented Benchmark Company {number}",
            country="US",
            address=f"{number} Invented Way",
            city="Houston",
            cargo_kinds=("containerized",),
        )
    if number % 4 == 3:
        return RecordPerson(
            participant_id=desk.participant,
            role="owner",
            name=f"Owner Invented {number}",
            birth_date=date(1970, 1, 1),
            country="US",
        )
    answer = CriterionAnswer(number="1.1", value="no", narrative=f"Planned for next year, step {number}.")
    return AnswerCriteria(case_id=desk.application, answers=(answer,))


if __name__ == "__main__":
    sys.exit(main())
