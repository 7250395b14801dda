"""Writes what the pages show of a checkout: traceability.json, docs/statute, docs/reference; ``--check`` compares."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from greenlane.statute import pages, reference
from greenlane.statute.coverage import coverage
from greenlane.statute.reach import PACKAGE
from greenlane.statute.traceability import SHIPPED, collect, text_of, traces

ROOT = PACKAGE.parents[1]
"""The source checkout; an installed product has no situations and no tests to read."""


def traceability() -> dict[Path, str]:
    """The file of situations and tests as it must be, by its path."""
    return {PACKAGE / "statute" / SHIPPED: text_of(collect(ROOT))}


def documents() -> dict[Path, str]:
    """The generated pages of the manual as they must be, by their paths. Reads the traceability file on disk."""
    found = {ROOT / "docs" / "statute" / name: text for name, text in pages.pages().items()}
    return found | reference.files(ROOT)


def stale(files: dict[Path, str]) -> list[Path]:
    """Those of *files* that are not on disk as they must be."""
    return [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]


def main(arguments: Sequence[str]) -> int:
    """Write every stale file, or with ``--check`` name them. Returns 0, 1 (stale) or 2 (wrong call)."""
    if set(arguments) - {"--check"}:
        sys.stderr.write(f"Write: {pages.REGENERATE} [--check]\n")
        return 2
    if not (ROOT / "situations").is_dir():
        sys.stderr.write("Run this in a source checkout: there are no situations here to read.\n")
        return 2
    checking = bool(arguments)
    found = _update(traceability(), checking)
    if found and not checking:
        traces.cache_clear()
        coverage.cache_clear()
    found += _update(documents(), checking)
    return 1 if checking and found else 0


def _update(files: dict[Path, str], checking: bool) -> list[Path]:
    old = stale(files)
    for path in old:
        if not checking:
            path.write_text(files[path], encoding="utf-8")
        sys.stdout.write(f"{'stale' if checking else 'written'}: {path.relative_to(ROOT)}\n")
    return old


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "greenlane.conf.settings")
    django.setup()
    sys.exit(main(sys.argv[1:]))
