"""``python -m benchmarks.release [--rows 36000000] [--rounds 5] [--peers tables,polars,...]``.

Writes a year of invented entries to a temporary folder, has every engine decide it in a process of its own, and
compares the sums of all outputs. Set-up and compilation are outside the clock; reading Parquet and putting all seven
outputs into memory (or files, where said) are within. The fair column is rows for each second of processor: other
work on the machine lengthens the wall clock.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.release import invented
from benchmarks.release.peers import PEERS
from benchmarks.scratch import surroundings

ROOT = Path(__file__).resolve().parents[2]
ROWS = 36_000_000
SLOW = 3
"""Rounds of engines that need minutes."""


def main(arguments: list[str]) -> int:
    """Returns 1 when an engine failed or decided otherwise than the first."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.release", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", default=",".join(PEERS), help="of " + ", ".join(PEERS))
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="greenlane-bench-") as folder:
        file = Path(folder) / "entries.parquet"
        invented.write(file, chosen.rows)
        size = file.stat().st_size / chosen.rows
        sys.stdout.write(f"{chosen.rows:,} entries, {size:.1f} bytes each (Parquet, zstd)\n")
        found = {}
        for name in chosen.peers.split(","):
            found[name] = _measure(name, file, min(chosen.rounds, SLOW) if name == "spark" else chosen.rounds)
        wrong = _show(found)
        sys.stdout.write("One at a time, and what if:\n")
        sys.stdout.flush()
        done = subprocess.run([sys.executable, "-m", "benchmarks.release.online", str(file)], cwd=ROOT)  # noqa: S603
    sys.stdout.write(surroundings() + "\n")
    return 1 if wrong or done.returncode else 0


def _measure(name: str, file: Path, rounds: int) -> dict[str, object] | None:
    command = [sys.executable, "-m", "benchmarks.release.peer", name, str(file), str(rounds)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)  # noqa: S603 - our own module
    if done.returncode:
        sys.stderr.write(f"{name}: {done.stderr[-2000:]}\n")
        return None
    answered: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return answered


def _show(found: dict[str, dict[str, object] | None]) -> int:
    """Print the table; answers how many engines failed or disagree with the first that decided as many rows."""
    table = Table("engine", "wall s", "CPU s", "M rows / CPU-s", "x slower", "MB", "sums")
    wrong, best = 0, 0.0
    first: dict[object, object] = {}
    for name, one in found.items():
        if one is None:
            wrong += 1
            table.add_row(PEERS[name][0], *["failed"] * 6)
            continue
        times, rows = one["times"], one["rows"]
        wall, cpu = (statistics.median(time[place] for time in times) for place in (0, 1))  # type: ignore[attr-defined]
        rate = rows / cpu / 1e6  # type: ignore[operator]
        best = best or rate
        every, early = one["sums"]  # type: ignore[misc]
        same = first.setdefault(rows, every) == every and first.setdefault("early", early) == early
        wrong += not same
        says = "equal" if same else "DIFFER"
        cells = (f"{wall:.3f}", f"{cpu:.3f}", f"{rate:.2f}", f"{best / rate:.1f}", f"{one['megabytes']:,.0f}", says)
        table.add_row(PEERS[name][0], *cells)
    Console(width=130).print(table)
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
