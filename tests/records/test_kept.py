"""What the platform keeps for itself lies under its hash, and damage is noticed (6 USC 971(b), 971(c))."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from greenlane.records.documents import DocumentDamaged
from greenlane.records.kept import keep, kept_path
from greenlane.records.refusals import FileRefused

pytestmark = pytest.mark.clause("6 USC 971(b)")


@pytest.fixture(autouse=True)
def _a_store(tmp_path: Path, settings: object) -> None:
    settings.GREENLANE_DOCUMENTS = tmp_path / "store"  # type: ignore[attr-defined]


def test_any_kind_of_content_is_kept_once_under_its_hash() -> None:
    content = b'\x1a{"a": 1}\n\xff'
    digest, size = keep(io.BytesIO(content), "entries.jsonl", 100)
    assert (digest, size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert keep(io.BytesIO(content), "again.bin", 100)[0] == digest
    assert kept_path(digest).read_bytes() == content


def test_what_is_empty_too_large_or_a_test_virus_is_not_kept(tmp_path: Path) -> None:
    eicar = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    for content, code in ((b"", "file_empty"), (b"x" * 101, "file_too_large"), (eicar, None)):
        with pytest.raises(FileRefused) as caught:
            keep(io.BytesIO(content), "list.csv", 100)
        assert code is None or [problem.code for problem in caught.value.problems] == [code]
    assert [path for path in (tmp_path / "store").rglob("*") if path.is_file()] == []


def test_lost_and_altered_data_is_noticed() -> None:
    digest, _ = keep(io.BytesIO(b"entries"), "entries.jsonl", 100)
    path = kept_path(digest)
    path.chmod(0o600)
    path.write_bytes(b"entrieS")
    with pytest.raises(DocumentDamaged, match="altered"):
        kept_path(digest)
    for unknown in ("0" * 64, "../../etc/passwd"):
        with pytest.raises(DocumentDamaged, match="not in the store"):
            kept_path(unknown)
