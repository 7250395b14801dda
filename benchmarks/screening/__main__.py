"""``python -m benchmarks.screening [--quick] [--peers ours,brute,trigrams,logic-v2]``.

Every matcher is given the same lists and the same names in a process of its own, those of others in the environment
that ``tools/environment peers`` builds. Recall is of the very party that a name was made from; the rate of false
alerts is the share of names that are not listed with any hit at all. All figures are of families of names that taught
nothing. The fair speed is names for each second of processor.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from benchmarks.scratch import surroundings
from benchmarks.screening import sets, sources, tables
from benchmarks.screening.figures import Best, best_of
from benchmarks.screening.peers import protocol

ROOT = Path(__file__).resolve().parents[2]
PEER_PYTHON = ROOT / ".venv-peers" / "bin" / "python"
NAMES = ("ours", "brute", "trigrams", "logic-v2")
EACH, QUICK_EACH, QUICK_NEGATIVES = 120, 20, 900


@dataclass(frozen=True)
class Measured:
    """One matcher's answers: the best of each query, the scores of all pairs, seconds and memory."""

    name: str
    best: Best
    pairs: np.ndarray
    result: dict[str, Any]


def main(arguments: list[str]) -> int:
    """Returns 1 when a matcher failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screening", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer names; the figures are then rough")
    parser.add_argument("--peers", default=",".join(NAMES), help="of " + ", ".join(NAMES))
    parser.add_argument("--keep", type=Path, help="a folder for the files that the matchers read and wrote")
    chosen = parser.parse_args(arguments)
    everything = sets.build(QUICK_EACH if chosen.quick else EACH)
    queries = everything.evaluation.queries
    if chosen.quick:
        positives = [query for query in queries if query.truth >= 0]
        negatives = [query for query in queries if query.truth < 0]
        queries = (*positives, *negatives[:: max(1, len(negatives) // QUICK_NEGATIVES)])
    pairs = tables.Pairs.of(everything)
    sys.stdout.write(sets.summary(everything) + "\n")
    sys.stdout.flush()
    found = []
    with tempfile.TemporaryDirectory(prefix="greenlane-bench-") as scratch:
        folder = chosen.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        _give(folder, everything, queries, pairs)
        for name in chosen.peers.split(","):
            result = _measure(name, folder)
            if result is not None:
                hits = np.load(folder / name / "hits.npz")
                best = best_of(queries, everything.families, (hits["query"], hits["listed"], hits["score"]))
                found.append(Measured(name, best, np.load(folder / name / "pairs.npy"), result))
    console = Console(width=130)
    for table in tables.all_tables(found, queries, pairs):
        console.print(table)
    sys.stdout.write(surroundings() + "\n")
    return 0 if len(found) == len(chosen.peers.split(",")) else 1


def _give(folder: Path, everything: sets.Sets, queries: tuple[sets.Query, ...], pairs: tables.Pairs) -> None:
    entries = everything.entries
    listed = [{"kind": str(entry.party_type), "names": sources.names_of(entry)} for entry in entries]
    protocol.write(folder, "listed", listed)
    protocol.write(folder, "queries", [{"kind": query.kind, "text": query.text} for query in queries])
    protocol.write(folder, "pairs", [{"kind": kind, "one": one, "two": two} for kind, one, two in pairs.rows])


def _measure(name: str, folder: Path) -> dict[str, Any] | None:
    """Measure a matcher in a process of its own; None when it cannot be."""
    python = Path(sys.executable) if name == "ours" else PEER_PYTHON
    if not python.exists():
        sys.stderr.write(f"{name}: build its environment first with 'tools/environment peers'.\n")
        return None
    script = str(Path(__file__).parent / "peers" / "run.py")
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")]) if name == "ours" else str(ROOT)
    environment = {**os.environ, "PYTHONPATH": paths}
    command = [str(python), script, name, str(folder), str(folder / name)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)  # noqa: S603 - our own
    if done.returncode:
        sys.stderr.write(f"{name}: {done.stderr[-3000:]}\n")
        return None
    answered: dict[str, Any] = json.loads((folder / name / "result.json").read_text(encoding="utf-8"))
    return answered


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
