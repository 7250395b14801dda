"""A bundle proves what it holds, offline and without Django; nothing in it can be changed unseen."""

from __future__ import annotations

import base64
import io
import json
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from greenlane.records import archive, bundle, documents, signing
from greenlane.records.bundle import BundleRefused, export_bundle, verify_bundle
from greenlane.records.classification import visible_to
from greenlane.records.ledger import append, ensure_signing_key, seal
from greenlane.records.report import Report
from tests.records.builders import AT, an_id, new_entry, sealed

pytestmark = [pytest.mark.clause("6 USC 971(b)"), pytest.mark.django_db]

Parts = dict[str, bytes]


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.GREENLANE_DOCUMENTS = tmp_path / "documents"
    return tmp_path / "documents"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A bundle of one participant with one document."""
    kept = documents.store(io.BytesIO(b"seal checks\n"), "seals.txt", "text/plain", 1000)
    append([new_entry(2, audience="participant", data={"evidence": [{"area": "seals", **kept.to_json()}]})])
    sealed(40, 9)
    path = tmp_path / "bundle.zip"
    export_bundle(path, participant=an_id("participant 2"), audiences=visible_to("restricted"), with_documents=True)
    return path


def kinds(report: Report) -> list[str]:
    return [found.tampering.value for found in report.findings]


def rewritten(path: Path, change: Callable[[Parts], None]) -> Path:
    """The bundle with its parts changed."""
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    change(parts)
    other = path.with_name("changed.zip")
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, data in parts.items():
            whole.writestr(name, data)
    return other


def lines(parts: Parts) -> list[dict[str, Any]]:
    return [json.loads(line) for line in parts[bundle.ENTRIES].splitlines()]


def put(parts: Parts, changed: list[dict[str, Any]]) -> None:
    parts[bundle.ENTRIES] = b"".join(json.dumps(line).encode() + b"\n" for line in changed)


def test_a_bundle_of_one_participant(made: Path) -> None:
    report = verify_bundle(made, str(ensure_signing_key().verifier))
    assert report.sound, report.lines()
    assert (report.entries, report.checkpoints, report.documents) == (17, 1, 1)
    with zipfile.ZipFile(made) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    assert {json.loads(line["body"])["participant"] for line in lines(parts)} == {str(an_id("participant 2"))}
    assert b"greenlane records verify --bundle" in parts[bundle.README]
    listed = json.loads(parts[bundle.MANIFEST])["documents"][0]
    assert (listed["file_name"], listed["included"]) == ("seals.txt", True)
    assert parts[bundle.DOCUMENTS + listed["sha256"]] == b"seal checks\n"
    assert "a part of the record" in str(report.lines()[2])


def test_the_summary_says_what_was_exported(tmp_path: Path) -> None:
    sealed(8)
    summary = export_bundle(tmp_path / "b.zip", audiences=("public",))
    assert (summary.entries, summary.size) == (2, 8)
    assert summary.to_json()["key"] == str(ensure_signing_key().verifier)
    assert "2 entries of a log of 8" in str(summary.lines()[0])


@pytest.mark.clause("6 USC 971(c)")
@pytest.mark.parametrize(("viewer", "count"), [("public", 4), ("participant", 8), ("staff", 12), ("restricted", 16)])
def test_a_bundle_holds_only_what_its_audience_may_see(viewer: str, count: int, tmp_path: Path) -> None:
    sealed(16)
    export_bundle(tmp_path / "b.zip", audiences=visible_to(viewer))
    report = verify_bundle(tmp_path / "b.zip")
    assert report.sound
    assert report.entries == count
    with zipfile.ZipFile(tmp_path / "b.zip") as whole:
        bodies = whole.read(bundle.ENTRIES).decode()
        told = bodies + whole.read(bundle.MANIFEST).decode()
    if viewer == "public":
        assert all(str(hidden) not in told for hidden in ('audience\\": \\"staff', "restricted"))
    assert f'"audience\\":\\"{viewer}' in bodies


def test_a_bundle_of_one_subject_and_a_bundle_of_everything(tmp_path: Path) -> None:
    sealed(300, 30)
    export_bundle(tmp_path / "s.zip", subject=an_id("subject 1"), audiences=visible_to("restricted"))
    assert verify_bundle(tmp_path / "s.zip").entries == len([n for n in range(330) if n % 7 == 1])
    export_bundle(tmp_path / "a.zip", audiences=visible_to("restricted"))
    report = verify_bundle(tmp_path / "a.zip")
    assert report.sound
    assert report.entries == 330
    assert "the whole record" in str(report.notes[-1])


def test_the_same_record_gives_the_same_bundle(tmp_path: Path) -> None:
    sealed(5)
    for name in ("one.zip", "two.zip"):
        export_bundle(tmp_path / name, audiences=visible_to("staff"))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.zip", "two.zip"]
    assert stat.S_IMODE((tmp_path / "one.zip").stat().st_mode) == 0o600


def test_nothing_sealed_gives_no_bundle(tmp_path: Path) -> None:
    append([new_entry()])
    with pytest.raises(BundleRefused, match="Seal it first"):
        export_bundle(tmp_path / "b.zip", audiences=("public",))
    assert not list(tmp_path.glob("*.zip"))


def test_a_bundle_is_checked_in_a_bare_python_without_django(made: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from greenlane.records.bundle import verify_bundle\n"
        f"report = verify_bundle(Path({str(made)!r}))\n"
        "assert report.sound and report.entries == 17, report.lines()\n"
        "assert 'django' not in sys.modules, 'django was imported'\n"
    )
    source = Path(bundle.__file__).resolve().parents[2]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO", "GREENLANE"))}
    done = subprocess.run(
        [sys.executable, "-c", program], env={**environment, "PYTHONPATH": str(source)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def alter_body(parts: Parts) -> None:
    changed = lines(parts)
    changed[3]["body"] = changed[3]["body"].replace("specialist", "supervisor")
    put(parts, changed)


def alter_proof(parts: Parts) -> None:
    changed = lines(parts)
    proof = bytearray(base64.b64decode(changed[3]["proof"][0]))
    proof[0] ^= 1
    changed[3]["proof"][0] = base64.b64encode(proof).decode()
    put(parts, changed)


def remove_line(parts: Parts) -> None:
    put(parts, [line for at, line in enumerate(lines(parts)) if at != 3])


def insert_line(parts: Parts) -> None:
    changed = lines(parts)
    put(parts, [*changed[:3], {**changed[3], "index": 47}, *changed[3:]])


def repeat_line(parts: Parts) -> None:
    changed = lines(parts)
    put(parts, [*changed[:3], changed[2], *changed[3:]])


def reorder_lines(parts: Parts) -> None:
    changed = lines(parts)
    put(parts, [*changed[:3], changed[4], changed[3], *changed[5:]])


def exchange_bodies(parts: Parts) -> None:
    changed = lines(parts)
    changed[3]["body"], changed[4]["body"] = changed[4]["body"], changed[3]["body"]
    put(parts, changed)


def shorten_list(parts: Parts) -> None:
    manifest = json.loads(parts[bundle.MANIFEST])
    manifest["entries"].pop(3)
    parts[bundle.MANIFEST] = json.dumps(manifest).encode()
    remove_line(parts)


def forge_checkpoint(parts: Parts) -> None:
    stranger = signing.SigningKey(ensure_signing_key().name, Ed25519PrivateKey.generate())
    parts[bundle.CHECKPOINT] = signing.sign_checkpoint(stranger, 49, b"\x01" * 32, AT).encode()


def alter_document(parts: Parts) -> None:
    parts[next(name for name in parts if name.startswith(bundle.DOCUMENTS))] = b"other\n"


def drop(name: str) -> Callable[[Parts], None]:
    return lambda parts: parts.pop(name) and None


def replace(name: str, data: bytes) -> Callable[[Parts], None]:
    return lambda parts: parts.update({name: data})


def list_strangely(**changes: Any) -> Callable[[Parts], None]:
    """A list of contents that is signed as it should be, by the bundle's own key, but holds something strange."""

    def change(parts: Parts) -> None:
        manifest = {**json.loads(parts[bundle.MANIFEST]), **changes}
        parts[bundle.MANIFEST] = json.dumps(manifest).encode()
        digest = base64.b64encode(sha256(parts[bundle.MANIFEST]).digest()).decode()
        parts[bundle.SEAL] = ensure_signing_key().sign(f"{bundle.MANIFEST_TITLE}\n{digest}\n").encode()

    return change


def drop_document(parts: Parts) -> None:
    parts.pop(next(name for name in parts if name.startswith(bundle.DOCUMENTS)))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (alter_body, ["altered"]),
        (alter_proof, ["altered"]),
        (exchange_bodies, ["altered", "altered"]),
        (remove_line, ["removed"]),
        (insert_line, ["inserted"]),
        (repeat_line, ["inserted"]),
        (reorder_lines, ["reordered"]),
        (shorten_list, ["checkpoint"]),
        (forge_checkpoint, ["checkpoint"]),
        (alter_document, ["document"]),
        (drop_document, ["document"]),
        (replace("extra.exe", b"MZ"), ["bundle"]),
        *[
            (drop(name), ["bundle"])
            for name in (bundle.MANIFEST, bundle.SEAL, bundle.CHECKPOINT, bundle.KEY, bundle.ENTRIES)
        ],
        (replace(bundle.KEY, b"not a key"), ["bundle"]),
        (replace(bundle.KEY, b"\xff\xfe"), ["bundle"]),
        (replace(bundle.CHECKPOINT, b"x" * 100_000), ["bundle"]),
        (replace(bundle.CHECKPOINT, b""), ["checkpoint"]),
        (list_strangely(format="other/1"), ["bundle"]),
        (list_strangely(entries=[[float("inf"), str(an_id(1)), "a.B"]]), ["bundle"]),
        (list_strangely(entries=[[1, "\x1b[2J", "a.B"]]), ["bundle"]),
        (list_strangely(entries=[[1, str(an_id(1)), "\x1b[2J"]]), ["bundle"]),
        (list_strangely(entries=[[1]]), ["bundle"]),
        (list_strangely(entries=7), ["bundle"]),
        (list_strangely(documents=[{"sha256": "../../etc/passwd", "included": True}]), ["bundle"]),
        (list_strangely(documents=["x"]), ["bundle"]),
        (replace(bundle.ENTRIES, b'{"index": 1e999, "body": "", "proof": []}\n'), ["bundle"]),
        (replace(bundle.ENTRIES, b'{"index": 1, "body": 5, "proof": []}\n'), ["bundle"]),
        (replace(bundle.ENTRIES, b'{"index": 1, "body": "\\ud800", "proof": []}\n'), ["bundle"]),
        (replace(bundle.ENTRIES, b"{"), ["bundle"]),
        (replace(bundle.ENTRIES, b"[1]\n"), ["bundle"]),
        (replace(bundle.ENTRIES, b"[" * 100_000 + b"\n"), ["bundle"]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_each_change_to_a_bundle_is_found(made: Path, change: Callable[[Parts], None], found: list[str]) -> None:
    report = verify_bundle(rewritten(made, change), ensure_signing_key().verifier)
    assert kinds(report) == found, [str(line) for line in report.lines()]
    assert not report.sound


def test_an_altered_entry_is_named(made: Path) -> None:
    (found,) = verify_bundle(rewritten(made, alter_body)).findings
    assert found.index is not None
    assert found.uid is not None
    assert found.uid in str(found.sentence)
    assert found.kind == "tests.ReviewDocumented"


def test_a_bundle_signed_by_a_stranger_is_sound_only_by_its_own_key(made: Path) -> None:
    key = ensure_signing_key()
    stranger = signing.SigningKey(key.name, Ed25519PrivateKey.generate())

    def resign(parts: Parts) -> None:
        checkpoint = signing.read_checkpoint(parts[bundle.CHECKPOINT].decode())
        parts[bundle.KEY] = str(stranger.verifier).encode()
        parts[bundle.CHECKPOINT] = stranger.sign(checkpoint.text()).encode()
        digest = base64.b64encode(sha256(parts[bundle.MANIFEST]).digest()).decode()
        parts[bundle.SEAL] = stranger.sign(f"{bundle.MANIFEST_TITLE}\n{digest}\n").encode()

    path = rewritten(made, resign)
    report = verify_bundle(path)
    assert report.sound
    assert "Compare it with the one that the programme publishes" in str(report.notes[0])
    assert kinds(verify_bundle(path, str(key.verifier))) == ["checkpoint"]


@pytest.mark.parametrize("raw", [b"", b"hello", b"PK\x03\x04" + b"\0" * 100, b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_bundle_is_said_so(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(raw)
    report = verify_bundle(path)
    assert kinds(report) == ["bundle"]
    assert "cannot be read" in str(report.lines()[-1])


def test_no_file_a_folder_and_a_bad_key(made: Path, tmp_path: Path) -> None:
    assert "no file" in str(verify_bundle(tmp_path / "none.zip").lines()[-1])
    assert kinds(verify_bundle(tmp_path)) == ["bundle"]
    assert kinds(verify_bundle(made, "nonsense")) == ["bundle"]


def test_a_bundle_cut_off_or_flipped_anywhere_never_breaks_the_check(made: Path) -> None:
    raw = made.read_bytes()
    for at in range(0, len(raw), 97):
        made.write_bytes(raw[:at])
        assert not verify_bundle(made).sound
        flipped = bytearray(raw)
        flipped[at] ^= 0xFF
        made.write_bytes(flipped)
        assert isinstance(verify_bundle(made), Report)


def test_a_zip_bomb_is_refused(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "FREE_BYTES", 1_000_000)
    path = rewritten(made, replace(bundle.MANIFEST, b" " * 50_000_000))
    assert "unpacks to far more" in str(verify_bundle(path).lines()[-1])


def test_a_bundle_with_two_parts_of_one_name_is_refused(made: Path) -> None:
    with zipfile.ZipFile(made, "a") as whole, pytest.warns(UserWarning, match="Duplicate"):
        whole.writestr(bundle.CHECKPOINT, b"other")
    assert kinds(verify_bundle(made)) == ["bundle"]


def test_documents_missing_or_damaged_in_the_store_are_counted(made: Path, folder: Path, tmp_path: Path) -> None:
    for file in [path for path in folder.rglob("*") if path.is_file()]:
        file.unlink()
    seal(AT)
    summary = export_bundle(tmp_path / "c.zip", audiences=visible_to("restricted"), with_documents=True)
    assert (summary.documents, summary.documents_missing) == (0, 1)
    assert "1 documents are listed" in str(summary.lines()[-1])
    assert verify_bundle(tmp_path / "c.zip").sound
