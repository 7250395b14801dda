"""Each room says what it is: its README quotes its clauses exactly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from greenlane.law.citations import Citation

SOURCE = Path(__file__).parents[2] / "src" / "greenlane"
DOORS_AND_FRAME = {"api", "cli", "conf", "web", "locale"}
ROOMS = sorted(
    p.name for p in SOURCE.iterdir() if p.is_dir() and (p / "__init__.py").exists() and p.name not in DOORS_AND_FRAME
)
QUOTED = re.compile(r"^> \*\*(?P<cite>[^*]+)\*\* ?(?P<text>.*)$", re.MULTILINE)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_quotes_its_clauses_exactly(room: str) -> None:
    text = (SOURCE / room / "README.md").read_text(encoding="utf-8")
    quoted = list(QUOTED.finditer(text))
    assert quoted, f"{room}/README.md quotes no clause"
    for match in quoted:
        clause = Citation(match["cite"]).clause
        head = f"{clause.heading}. " if clause.heading else ""
        assert match["text"] == f"{head}{clause.text}".rstrip(), f"{room}/README.md misquotes {match['cite']}"
