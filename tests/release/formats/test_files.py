"""Any file of entries is told by how it begins."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from greenlane.release.engine.versions import EXAMPLE
from greenlane.release.formats.catair import write_se
from greenlane.release.formats.files import FORMATS, format_of, read_records
from greenlane.release.formats.reading import BadFile
from greenlane.release.formats.tabular import write_csv, write_jsonl, write_parquet
from tests.release.formats.invented import FILED, invented_entry
from tests.release.formats.test_wco import DECLARATION

ENTRY = invented_entry(authority=("EPA", "FDA"))


def written(folder: Path, kind: str) -> Path:
    path = folder / f"entries.{kind}"
    if kind == "parquet":
        write_parquet([ENTRY], path)
    elif kind in ("csv", "jsonl"):
        with open(path, "wb") as file:
            (write_csv if kind == "csv" else write_jsonl)([ENTRY], file)
    else:
        path.write_text(DECLARATION if kind == "wco" else "\n".join(write_se([ENTRY])))
    return path


@pytest.mark.parametrize("kind", FORMATS)
def test_each_format_is_told_by_how_it_begins(kind: str, tmp_path: Path) -> None:
    path = written(tmp_path, kind)
    assert format_of(path) == kind
    for asked in ("", kind):
        [record] = read_records(path, FILED, asked, EXAMPLE)
        assert record.problems == ()
        assert record.entry is not None
        assert record.entry == ENTRY or kind == "wco"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04...", "zip archive or a workbook"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "compressed"),
        ("entry_number".encode("utf-16"), "UTF-16"),
        (b"", "is empty"),
        (b"\x00" * 5000, "names no column"),
        (b"hello\n", "names no column"),
    ],
)
def test_another_file_is_refused_by_what_it_looks_like(data: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "what.ever").write_bytes(data)
    with pytest.raises(BadFile, match=says) as refused:
        list(read_records(tmp_path / "what.ever", FILED))
    assert "what.ever" in str(refused.value)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("said", FORMATS)
def test_nothing_is_decided_of_a_file_said_to_be_another(kind: str, said: str, tmp_path: Path) -> None:
    path = written(tmp_path, kind)
    with suppress(BadFile):
        found = list(read_records(path, FILED, said))
        assert found == list(read_records(path, FILED)) if kind == said else all(one.entry is None for one in found)
