"""Uploads are hostile: what is kept, what is refused and why, and that nothing changes in the store."""

from __future__ import annotations

import io
import json
import socket
import stat
import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.records import inspection, media
from greenlane.records.documents import DocumentDamaged, StoredFile, clean_name, open_file, store
from greenlane.records.refusals import FileRefused
from tests.records import files
from tests.shared_data import shared_data

pytestmark = pytest.mark.clause("6 USC 971(c)")
LIMIT = 1_000_000


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.GREENLANE_DOCUMENTS = tmp_path / "documents"
    return tmp_path / "documents"


def keep(content: bytes, name: str, declared: str = "", limit: int = LIMIT) -> StoredFile:
    return store(io.BytesIO(content), name, declared, limit)


def refusal(content: bytes, name: str, declared: str = "", limit: int = LIMIT) -> str:
    """The code of the one problem; every problem says what to do and cites the clause."""
    with pytest.raises(FileRefused) as caught:
        keep(content, name, declared, limit)
    for found in caught.value.problems:
        assert not found.holds
        assert found.mend is not None
        assert found.citation.cite == "6 USC 971(c)"
        assert str(found.sentence)
    assert caught.value.to_json()["problems"]
    (only,) = caught.value.problems
    return only.code


GOOD: list[tuple[str, str, Callable[[], bytes]]] = [
    ("plan.pdf", "application/pdf", files.pdf),
    ("gate.PNG", "image/png", files.png),
    ("gate.jpg", "image/jpeg", files.jpeg),
    ("gate.jpeg", "application/octet-stream", files.jpeg),
    ("gate.webp", "image/webp", files.webp),
    ("lossless.webp", "", lambda: files.webp("VP8L")),
    ("lossy.webp", "", lambda: files.webp("VP8 ")),
    ("plan.docx", "", files.office),
    ("list.xlsx", "", lambda: files.office(files.EXCEL, {"xl/printerSettings/printerSettings1.bin": b"x"})),
    ("list.csv", "application/vnd.ms-excel", lambda: b"name;port\r\nM\xc3\xbcller;DEHAM\r\n"),
    ("cars.csv", "text/csv; charset=utf-8", lambda: b"BMW,1\n"),
    ("note.txt", "text/plain", lambda: "\ufeffSeals were checked.\n".encode()),
]


@pytest.mark.parametrize(("name", "declared", "content"), GOOD, ids=[row[0] for row in GOOD])
def test_every_allowed_kind_is_kept_and_given_back(
    name: str, declared: str, content: Callable[[], bytes], folder: Path
) -> None:
    raw = content()
    kept = keep(raw, name, declared)
    assert kept.sha256 == sha256(raw).hexdigest()
    assert kept.size == len(raw)
    assert kept.media_type in {kind.media_type for kind in media.ALLOWED}
    assert open_file(kept.sha256).read() == raw
    (file,) = [path for path in folder.rglob("*") if path.is_file()]
    assert stat.S_IMODE(file.stat().st_mode) == 0o400
    assert kept.to_json()["file_name"] == name


def test_the_same_content_is_kept_once(folder: Path) -> None:
    first, second = keep(b"a\n", "a.txt"), keep(b"a\n", "b.csv")
    assert first.sha256 == second.sha256
    assert (first.file_name, second.file_name) == ("a.txt", "b.csv")
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


BAD: list[tuple[str, str, Callable[[], bytes]]] = [
    ("file_empty", "a.txt", lambda: b""),
    ("file_kind", "a.exe", lambda: b"MZ"),
    ("file_kind", "a.docm", files.office),
    ("file_kind", "a.svg", lambda: b"<svg/>"),
    ("file_kind", "noending", lambda: b"x"),
    ("file_kind", ".pdf", files.pdf),
    ("file_disguised", "a.pdf", files.png),
    ("file_disguised", "a.png", files.pdf),
    ("file_disguised", "a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ("file_disguised", "a.jpg", lambda: b"MZ" + bytes(100)),
    ("file_disguised", "a.webp", lambda: b"RIFF\0\0\0\0WAVE"),
    ("not_text", "a.txt", lambda: b"a\0b"),
    ("not_text", "a.csv", lambda: "näme".encode("latin-1")),
    ("not_text", "a.csv", lambda: "name".encode("utf-16")),
    ("not_text", "a.txt", lambda: b"\x1b[2J"),
    ("not_text", "a.txt", lambda: b"MZ\x90\0"),
    ("not_text", "a.txt", lambda: b"cut \xc3"),
    ("file_damaged", "a.pdf", lambda: files.pdf()[:-40]),
    ("file_locked", "a.pdf", lambda: files.pdf_with("password")),
    ("file_holds_actions", "a.pdf", lambda: files.pdf_with("script")),
    ("file_holds_actions", "a.pdf", lambda: files.pdf_with("attachment")),
    ("file_holds_actions", "a.pdf", lambda: b"%PDF-1.4\n<< /S /L#61unch /F (x) >>\n%%EOF"),
    ("file_holds_actions", "a.pdf", lambda: files.pdf_hiding(b"1 0 << /S /JavaScript /JS (x) >>")),
    ("file_holds_actions", "a.pdf", lambda: files.pdf_hiding(b"1 0 << /S /Java#53cript >>", b"/Obj#53tm")),
    ("file_damaged", "a.pdf", lambda: files.pdf_hiding(b"", packed=b"not compressed")),
    ("file_damaged", "a.pdf", lambda: b"%PDF-1.4\n" + bytes(20_000) + b" /First >>\nstream\nx\nendstream\n%%EOF"),
    ("file_damaged", "a.png", lambda: files.png()[:20]),
    ("file_damaged", "a.png", lambda: files.png(0, 5)),
    ("file_damaged", "a.jpg", lambda: files.jpeg()[:10]),
    ("file_damaged", "a.jpg", lambda: b"\xff\xd8\xff\xd9"),
    ("file_damaged", "a.webp", lambda: files.webp()[:20]),
    ("image_too_large", "a.png", lambda: files.png(60_000, 60_000)),
    ("image_too_large", "a.png", lambda: files.png(40_000, 1)),
    ("image_too_large", "a.jpg", lambda: files.jpeg(65_000, 65_000)),
    ("image_too_large", "a.webp", lambda: files.webp("VP8X", 16_000_000, 16_000_000)),
    ("file_holds_macros", "a.docx", lambda: files.office(parts={"word/vbaProject.bin": b"x"})),
    ("file_holds_macros", "a.docx", lambda: files.office(parts={"word/embeddings/oleObject1.bin": b"x"})),
    ("file_holds_macros", "a.xlsx", lambda: files.office("sheet.macroEnabled.main+xml")),
    ("file_damaged", "a.docx", lambda: files.office(files.EXCEL)),
    ("file_damaged", "a.docx", lambda: files.zipped({"readme.txt": b"x"})),
    ("file_damaged", "a.docx", lambda: files.office()[:-30]),
    ("file_damaged", "a.docx", lambda: files.office(types="<broken")),
    (
        "file_damaged",
        "a.docx",
        lambda: files.zipped({"[Content_Types].xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
    ),
    ("file_unpacks_too_large", "a.docx", lambda: files.office(parts={"word/media/x.bmp": bytes(40_000_000)})),
    ("file_infected", "a.txt", lambda: inspection.VIRUS_TEST),
    ("file_infected", "a.pdf", lambda: files.pdf() + inspection.VIRUS_TEST),
    ("file_infected", "a.exe", lambda: inspection.VIRUS_TEST),
]


@pytest.mark.parametrize(("code", "name", "content"), BAD, ids=[f"{row[0]}-{at}" for at, row in enumerate(BAD)])
def test_what_is_refused_leaves_nothing_behind(
    code: str, name: str, content: Callable[[], bytes], folder: Path
) -> None:
    assert refusal(content(), name) == code
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_compressed_object_stream_that_is_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "MAX_PDF_INFLATED", 1000)
    assert refusal(files.pdf_hiding(bytes(10_000)), "a.pdf") == "file_damaged"


def test_a_virus_test_string_across_two_chunks_is_found() -> None:
    assert refusal(b" " * (256 * 1024 - 30) + inspection.VIRUS_TEST, "a.txt") == "file_infected"


def test_a_declared_type_that_does_not_fit_is_refused() -> None:
    assert refusal(files.png(), "a.png", "application/pdf") == "file_declared"


def test_the_limit_is_kept_while_reading_and_not_after() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"a" * size

    endless = Endless()
    with pytest.raises(FileRefused) as caught:
        store(endless, "a.txt", "", LIMIT)
    assert caught.value.problems[0].code == "file_too_large"
    assert endless.given < LIMIT + 600_000
    assert keep(b"a" * LIMIT, "a.txt").size == LIMIT
    assert refusal(b"a" * (LIMIT + 1), "a.txt") == "file_too_large"


def test_a_file_that_was_changed_in_the_store_is_not_given_out(folder: Path) -> None:
    kept = keep(b"a\n", "a.txt")
    place = folder / kept.sha256[:2] / kept.sha256[2:]
    place.chmod(0o600)
    place.write_bytes(b"b\n")
    with pytest.raises(DocumentDamaged, match="altered"):
        open_file(kept.sha256)


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "0" * 64, "A" * 64, "0" * 63 + "/"])
def test_what_is_not_in_the_store_is_said_so(digest: str) -> None:
    with pytest.raises(DocumentDamaged, match="not in the store"):
        open_file(digest)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\plan.pdf", "plan.pdf"),
        ("a\x00b\r\nc.txt", "ab c.txt"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("  spaced   out .pdf ", "spaced out.pdf"),
        ("con.txt", "document con.txt"),
        (".pdf", "pdf"),
        ("...", "document"),
        ("", "document"),
        ("Zollamt Mu\u0308nchen.pdf", "Zollamt München.pdf"),
        ('a<b>:"c|?*%.txt', "a_b___c____.txt"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_are_cleaned(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def _safe(name: str) -> bool:
    return (
        0 < len(name) <= 120
        and not set(name) & set('/\\<>:"|?*%')
        and name.isprintable()
        and not name.startswith(".")
        and name == clean_name(name)
    )


@given(st.text())
def test_any_name_becomes_a_safe_one(name: str) -> None:
    assert _safe(clean_name(name))


def test_naughty_names_become_safe_ones() -> None:
    lines = Path(shared_data("vectors/strings")).joinpath("blns.json").read_text(encoding="utf-8")
    for name in json.loads(lines):
        assert _safe(clean_name(name)), name


@given(
    st.binary(max_size=400),
    st.sampled_from(["%PDF-1.4\n", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "PK\x03\x04", "RIFF0000WEBP"]),
)
def test_no_bytes_make_the_inspection_fail(noise: bytes, head: str) -> None:
    file = io.BytesIO(head.encode("latin-1") + noise + b"%%EOF")
    for kind in media.ALLOWED:
        assert isinstance(inspection.inspect(kind, file), list)


class Scanner:
    """A scanner that answers as ClamAV does, on a socket of its own."""

    def __init__(self, listening: socket.socket, answer: bytes) -> None:
        self.listening, self.answer, self.received = listening, answer, b""
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        connection, _ = self.listening.accept()
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while size := int.from_bytes(stream.read(4), "big"):
                self.received += stream.read(size)
            connection.sendall(self.answer)


@pytest.mark.parametrize("family", ["unix", "tcp"])
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"stream: OK\0", ""),
        (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", "file_infected"),
        (b"INSTREAM size limit exceeded. ERROR\0", "scanner_silent"),
        (b"", "scanner_silent"),
    ],
)
def test_the_scanner_is_asked_where_there_is_one(
    family: str, answer: bytes, code: str, settings: Any, tmp_path: Path
) -> None:
    if family == "unix":
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(tmp_path / "s"))
        settings.GREENLANE_CLAMAV = f"unix:{tmp_path / 's'}"
    else:
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        settings.GREENLANE_CLAMAV = f"tcp:127.0.0.1:{listening.getsockname()[1]}"
    with listening:
        listening.listen()
        scanner = Scanner(listening, answer)
        if code:
            assert refusal(b"hello\n", "a.txt") == code
        else:
            keep(b"hello\n", "a.txt")
        scanner.thread.join(5)
    assert scanner.received == b"hello\n"


@pytest.mark.parametrize("address", ["unix:/nowhere/clamd", "tcp:127.0.0.1:1", "carrier pigeon", "tcp:x"])
def test_without_an_answer_of_the_scanner_nothing_is_kept(address: str, settings: Any) -> None:
    settings.GREENLANE_CLAMAV = address
    assert refusal(b"hello\n", "a.txt") == "scanner_silent"
