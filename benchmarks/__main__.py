"""``python -m benchmarks [name...]`` runs every ``*_bench.py`` here; on PostgreSQL too where the machine has it."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from tests.support.machine import MissingProgram
from tests.support.postgres import PostgresServer

HERE = Path(__file__).parent


def available() -> list[str]:
    return sorted(path.stem.removesuffix("_bench") for path in HERE.glob("*_bench.py"))


def main(names: list[str]) -> int:
    """Returns 2 when a named benchmark does not exist, else 1 when one failed, else 0."""
    unknown = [name for name in names if name not in available()]
    if unknown:
        sys.stderr.write(f"There is no benchmark {unknown[0]!r}; there are {', '.join(available())}.\n")
        return 2
    sys.stdout.write(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n")
    surroundings = dict(os.environ)
    failed = []
    with ExitStack() as stack:
        if "GREENLANE_DATABASE" not in os.environ:
            try:
                surroundings["GREENLANE_DATABASE"] = stack.enter_context(PostgresServer(durable=True)).url
            except MissingProgram:
                sys.stdout.write("PostgreSQL is not installed; timing on SQLite only.\n")
        for name in names or available():
            sys.stdout.flush()
            script = [sys.executable, str(HERE / f"{name}_bench.py")]
            if subprocess.run(script, cwd=HERE.parent, env=surroundings).returncode:  # noqa: S603 - our own scripts
                failed.append(name)
    if failed:
        sys.stderr.write(f"Failed: {', '.join(failed)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
