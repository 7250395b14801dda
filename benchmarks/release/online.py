"""One entry at a time, and what-if questions: percentiles of many, in one process."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.release import invented
from benchmarks.release.peers import FEW, _columns
from benchmarks.scratch import percentile
from greenlane.release.engine.asof import StatusStore
from greenlane.release.engine.explaining import explainer
from greenlane.release.engine.inputs import PARTIES
from greenlane.release.engine.policy import release_policy
from greenlane.release.engine.python_target import compile_steps
from greenlane.release.engine.versions import EXAMPLE

QUESTIONS: list[dict[str, int]] = [
    {"tier_two_permille": 300},
    {"tier_one_permille": 100},
    {"threshold": 170},
    {"random_rate": 500},
    {"scan_permille": 800, "document_permille": 600},
]
ROUNDS = 20


def one_by_one(file: Path) -> dict[str, list[float]]:
    """Microseconds of each of 20,000 decisions: four statuses and the policy; the same explained, in three depths."""
    table = pa.Table.from_batches([next(pq.ParquetFile(file).iter_batches(FEW // 10))])
    columns = {name: column.tolist() for name, column in _columns(table).items()}
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    slice_ = StatusStore.build(invented.periods()).known_at()
    explain = explainer(EXAMPLE)
    decide = compile_steps(release_policy(), EXAMPLE.parameters, EXAMPLE.tables)
    status = slice_.status

    def inputs(row: dict[str, int]) -> dict[str, int]:
        at = row["filed_at"]
        return {**row, **{party: status(row[party], at) for party in PARTIES}}

    ways: dict[str, Callable[[dict[str, int]], Any]] = {
        "statuses and decision": lambda row: decide(**inputs(row)),
        "the same, every step kept to explain": lambda row: explain(inputs(row)),
        "the same, reasons with clauses and numbers": lambda row: explain(inputs(row)).reasons,
        "the same, written out": lambda row: explain(inputs(row)).to_json(),
    }
    return {name: _each(way, rows) for name, way in ways.items()}


def _each(way: Callable[[dict[str, int]], Any], rows: Sequence[dict[str, int]]) -> list[float]:
    clock = time.perf_counter
    for row in rows[:1000]:
        way(row)
    times = []
    for row in rows:
        start = clock()
        way(row)
        times.append((clock() - start) * 1e6)
    return times


def questions(file: Path) -> tuple[float, list[tuple[float, float]]]:
    """Seconds of processor to build a cube by tier and mode, then wall and processor milliseconds of each question."""
    from greenlane.release.engine.cube import Cube

    slice_ = StatusStore.build(invented.periods()).known_at()
    source = pq.ParquetFile(file)
    blocks = (_columns(source.read_row_group(group)) for group in range(source.metadata.num_row_groups))
    started = time.process_time()
    cube = Cube.build(blocks, slice_, EXAMPLE)
    built = time.process_time() - started
    cube.ask()
    times = []
    for number in range(ROUNDS * len(QUESTIONS)):
        wall, cpu = time.perf_counter(), time.process_time()
        cube.ask(QUESTIONS[number % len(QUESTIONS)])
        times.append(((time.perf_counter() - wall) * 1e3, (time.process_time() - cpu) * 1e3))
    return built, times


def main(file: Path) -> None:
    for name, times in one_by_one(file).items():
        p50, p99 = percentile(times, 0.5), percentile(times, 0.99)
        sys.stdout.write(f"  {name:45} p50 {p50:6.1f} us   p99 {p99:6.1f} us\n")
    built, asked = questions(file)
    wall, cpu = ([one[place] for one in asked] for place in (0, 1))
    sys.stdout.write(
        f"  cube built in {built:.1f} s of processor; a question: p50 {percentile(wall, 0.5):.1f} ms, "
        f"p99 {percentile(wall, 0.99):.1f} ms, {percentile(cpu, 0.5):.1f} ms of processor\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
