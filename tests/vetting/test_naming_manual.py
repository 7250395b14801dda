"""The page on screening names lists every heading, column of the hits and encoding that it must (964(b))."""

from __future__ import annotations

from pathlib import Path

from greenlane.vetting.naming.columns import HEADINGS, NUMBER_HEADINGS
from greenlane.vetting.naming.rows import LONGEST_NAME
from greenlane.vetting.naming.writing import FLAT

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "screen-names.md").read_text(encoding="utf-8")


def test_every_heading_is_listed_with_its_field() -> None:
    for field, headings in {**HEADINGS, **NUMBER_HEADINGS}.items():
        assert f"| `{field}` | {', '.join(headings)} |" in PAGE, field
    assert f"at most {LONGEST_NAME} characters" in PAGE


def test_every_column_of_the_hits_is_listed() -> None:
    assert not [name for name in FLAT if f"`{name}`" not in PAGE]
