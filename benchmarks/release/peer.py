"""``python -m benchmarks.release.peer NAME FILE ROUNDS``: one engine in a process of its own; answers in JSON."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

from benchmarks.release.peers import KEY, PEERS, checksum

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds() -> float:
    """Seconds of processor of this process and of all that it started (Spark runs in another)."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime + sum(map(_of, _under(os.getpid())))


def _under(process: int) -> list[int]:
    found = []
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, path.read_text().split()):
            found += [child, *_under(child)]
    return found


def _of(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    except OSError:  # it ended meanwhile
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def main(name: str, file: Path, rounds: int) -> None:
    times = []
    with PEERS[name][1](file) as run:
        found = run()  # warms up: what is compiled is compiled now
        sums, rows = checksum(found), _rows(found)
        del found
        for _ in range(rounds):
            cpu, wall = cpu_seconds(), time.perf_counter()
            answered = run()
            times.append((time.perf_counter() - wall, cpu_seconds() - cpu))
            del answered
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"rows": rows, "times": times, "sums": sums, "megabytes": memory}) + "\n")


def _rows(found: dict[str, object]) -> int:
    if "file" in found:
        import pyarrow.parquet as pq

        return int(pq.read_table(found["file"], columns=[KEY]).num_rows)
    keys = found[KEY]
    return sum(map(len, keys)) if isinstance(keys, list) else len(keys)  # type: ignore[arg-type]


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
