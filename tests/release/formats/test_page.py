"""The page on formats says what the code reads: every column, and every field of every record by its position."""

from __future__ import annotations

from greenlane.release.engine.entries import ANSWERS
from greenlane.release.formats.columns import COLUMNS
from greenlane.release.formats.fixed import Field
from greenlane.release.formats.layouts import LAYOUTS
from greenlane.release.formats.wco import KINDS
from greenlane.release.formats.wco_response import WRITTEN
from tests.shared_data import ROOT

PAGE = (ROOT / "docs" / "reference" / "release-formats.md").read_text()


def test_every_column_is_described() -> None:
    for one in COLUMNS:
        assert f"| `{one.name}` | {'yes' if one.required else ''} | {one.holds} |" in PAGE


def test_every_field_of_every_record_is_described_by_its_position() -> None:
    def words(field: Field) -> str:
        last = f"–{field.last}" if field.last != field.first else ""
        return f"{field.name} {field.first}{last}{'*' if field.required else ''}"

    for layout in LAYOUTS.values():
        assert f"| `{layout.tag}` | {', '.join(map(words, layout.fields))} |" in PAGE


def test_every_answer_and_every_response_is_named() -> None:
    codes = {kind: code for code, kind in KINDS.items()}
    assert all(f"`{one}`" in PAGE for one in ANSWERS)
    assert all(f"| {one} | {codes[one]} |" in PAGE for one in WRITTEN)
