"""``python -m benchmarks [name...]`` runs every ``bench_*.py`` beside this file, each in a process of its own."""

from __future__ import annotations

import importlib
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

from benchmarks.figures import Figure

HERE = Path(__file__).parent


def available() -> list[str]:
    return sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


def run_one(name: str) -> list[Figure]:
    """The figures of one benchmark. Raises RuntimeError with what it said when it fails."""
    command = [sys.executable, "-m", "benchmarks", "--one", name]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True)  # noqa: S603 - our own module
    if done.returncode:
        raise RuntimeError(f"benchmark {name} failed:\n{done.stderr}")
    return [Figure(**row) for row in json.loads(done.stdout)]


def main(arguments: list[str]) -> int:
    """Print a table of figures. Returns 2 when a named benchmark does not exist."""
    if arguments[:1] == ["--one"]:
        module = importlib.import_module(f"benchmarks.bench_{arguments[1]}")
        json.dump([figure.__dict__ for figure in module.measure()], sys.stdout)
        return 0
    unknown = [name for name in arguments if name not in available()]
    if unknown:
        sys.stderr.write(f"There is no benchmark {unknown[0]!r}; there are {', '.join(available())}.\n")
        return 2
    sys.stdout.write(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n")
    for name in arguments or available():
        for figure in run_one(name):
            sys.stdout.write(f"{name:10} {figure.what:58} {figure.value:>12,.1f} {figure.unit}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
