"""Small tables of words of names, and how they are read (6 USC 964(b)); README.md says where each comes from."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def read_table(name: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of a table: the first word, and the others; lines that begin with '#' are left out."""
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            kind, *rest = line.split()
            yield kind, rest
