"""How every story ends: a sound record, a bundle that an outsider can check, a letter, reasons clause by clause."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pypdf

from greenlane.casework import replay
from greenlane.law.citations import Citation
from tests.end_to_end.conftest import Tool


def ends_sound(tool: Tool, participant: str) -> None:
    """The whole record verifies, the state is what it says, and its bundle convinces an outsider, or does not."""
    tool("records", "checkpoint")
    verified = tool("records", "verify")
    assert verified["sound"] is True, verified["findings"]
    assert verified["waiting"] == 0
    assert tool("records", "check-state")["same"] is True
    replay.check()
    key = tool("records", "keygen")["verifier_key"]
    bundle = tool.home / "company.zip"
    made = tool("records", "export", "--out", bundle, "--participant", participant, "--with-documents")
    assert made["entries"] > 10
    assert made["documents"] >= 2
    whole = offline(bundle, key, tool.home)
    assert whole["sound"] is True, whole["findings"]
    assert whole["entries"] == made["entries"]
    assert whole["documents"] == made["documents"]
    for changed, found in tampered(bundle, tool.home):
        report = tool("records", "verify", "--bundle", changed, "--key", key, ends=1)
        assert report["sound"] is False
        assert found in {finding["tampering"] for finding in report["findings"]}, (found, report["findings"])


def offline(bundle: Path, key: str, home: Path) -> dict[str, Any]:
    """``greenlane records verify --bundle`` in a process of its own, which knows neither database nor settings."""
    nowhere = home / "another-machine"
    nowhere.mkdir(exist_ok=True)
    own = {name: value for name, value in os.environ.items() if not name.startswith(("GREENLANE", "DJANGO"))}
    told = ["records", "verify", "--bundle", str(bundle), "--key", key, "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "greenlane.cli.main", *told],
        env={**own, "GREENLANE_HOME": str(nowhere), "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=nowhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.returncode, done.stdout[-2000:], done.stderr[-2000:])
    assert "Traceback" not in done.stderr
    read: dict[str, Any] = json.loads(done.stdout)
    return read


def tampered(bundle: Path, home: Path) -> Iterable[tuple[Path, str]]:
    """Copies of a bundle, each changed in one way, with what the check must call it."""
    with zipfile.ZipFile(bundle) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    lines = parts["entries.jsonl"].splitlines(keepends=True)
    document = next(name for name in parts if name.startswith("documents/"))
    changes = {
        "altered": {"entries.jsonl": parts["entries.jsonl"].replace(b"applicant_officer", b"applicant_0fficer", 1)},
        "removed": {"entries.jsonl": b"".join(lines[:3] + lines[4:])},
        "reordered": {"entries.jsonl": b"".join([lines[1], lines[0], *lines[2:]])},
        "document": {document: parts[document] + b"and more"},
    }
    for found, change in changes.items():
        assert all(parts[name] != content for name, content in change.items())
        path = home / f"{found}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in {**parts, **change}.items():
                archive.writestr(name, content)
        yield path, found


def explains(reasons: Iterable[dict[str, Any]], *clauses: str) -> None:
    """Every reason is a sentence under a clause that exists, and the *clauses* are among them."""
    listed = list(reasons)
    assert listed
    for reason in listed:
        Citation(reason["cite"])
        assert reason["sentence"].endswith((".", "?")) or ":" in reason["sentence"], reason
    cited = {reason["cite"] for reason in listed}
    assert set(clauses) <= cited, (clauses, cited)


def letter_says(pdf: bytes, *words: str) -> None:
    """The letter on paper is a PDF that holds these words."""
    assert pdf.startswith(b"%PDF-")
    text = " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    for word in words:
        assert word in text, (word, text)
