"""The store of documents: each kept once under its content's hash, checked on the way in and out (971(c))."""

from __future__ import annotations

import io
import os
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, BinaryIO

from django.conf import settings

from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason
from greenlane.records import inspection, media, scanner
from greenlane.records.refusals import FileRefused, problem

LONGEST_NAME = 120
LONGEST_ENDING = 10
_CHUNK = 256 * 1024
_RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))}


class DocumentDamaged(LookupError):
    """Raised when a document is not in the store, or its bytes are no longer the ones that were stored."""


@dataclass(frozen=True)
class StoredFile:
    """A file in the store: its SHA-256 in hexadecimal, its size in bytes, its media type, its cleaned name."""

    sha256: str
    size: int
    media_type: str
    file_name: str

    def to_json(self) -> dict[str, Any]:
        """The form in which an entry names a document."""
        return {
            "sha256": self.sha256,
            "size": self.size,
            "media_type": self.media_type,
            "file_name": self.file_name,
        }


def store(stream: IO[bytes], file_name: str, declared_type: str, limit: int) -> StoredFile:
    """Take a file into the store: at most *limit* bytes, of an allowed kind, without active content.

    *declared_type* is what the browser said ('' when it said nothing). The same content is kept once.
    Raises FileRefused with every problem found; then nothing is kept.
    """
    name = clean_name(file_name)
    folder = Path(settings.GREENLANE_DOCUMENTS)
    folder.mkdir(parents=True, exist_ok=True)
    with _aside(folder) as (file, path):
        digest, size, infected = _receive(stream, file, limit, name)
        kind, problems = _problems(file, name, declared_type, infected)
        if kind is None or problems:
            raise FileRefused(tuple(problems))
        file.flush()
        os.fsync(file.fileno())
        os.fchmod(file.fileno(), 0o400)
        _keep(path, _place(digest))
    return StoredFile(digest, size, kind.media_type, name)


def open_file(digest: str) -> BinaryIO:
    """The bytes of a stored document, checked against their hash first. Raises DocumentDamaged."""
    try:
        content = _place(digest).read_bytes()
    except (OSError, ValueError):
        raise DocumentDamaged(f"the document {digest[:64]} is not in the store") from None
    if sha256(content).hexdigest() != digest:
        raise DocumentDamaged(f"the document {digest} was altered in the store")
    return io.BytesIO(content)


def clean_name(file_name: str) -> str:
    """A file's name as it is kept and shown: no folders, no control or invisible characters, at most 120 characters."""
    name = unicodedata.normalize("NFC", file_name.encode(errors="replace").decode())
    name = name.replace("\\", "/").rpartition("/")[2]
    name = "".join(" " if c.isspace() else c for c in name if c.isspace() or unicodedata.category(c)[0] != "C")
    name = "".join("_" if c in '<>:"|?*%' else c for c in name)
    name = " ".join(name.split()).lstrip(". ").rstrip(". ")
    stem, dot, ending = name.rpartition(".")
    if not dot or not 0 < len(ending) <= LONGEST_ENDING or " " in ending:
        stem, dot, ending = name, "", ""
    stem = stem[: LONGEST_NAME - len(ending) - len(dot)].rstrip(". ")
    if not stem or stem.partition(".")[0].lower() in _RESERVED:
        stem = f"document {stem}".strip()
    return f"{stem}{dot}{ending}"


@contextmanager
def _aside(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A new file beside the store, removed again unless it was kept."""
    descriptor, name = tempfile.mkstemp(prefix=".incoming-", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file, path
    finally:
        path.unlink(missing_ok=True)


def _receive(stream: IO[bytes], file: BinaryIO, limit: int, name: str) -> tuple[str, int, bool]:
    """Copy *stream*; its hash, its size, and whether it is the virus scanners' test file. Raises FileRefused."""
    digest, size, infected, tail = sha256(), 0, False, b""
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise FileRefused(
                (
                    problem(
                        "file_too_large",
                        N_("The file %(name)s is larger than %(limit)s bytes, the most that is kept."),
                        N_("Save it smaller (scans at 300 dots per inch in grey), or split it into several files."),
                        name=name,
                        limit=limit,
                    ),
                )
            )
        digest.update(chunk)
        infected = infected or inspection.VIRUS_TEST in tail + chunk
        tail = chunk[-len(inspection.VIRUS_TEST) :]
        file.write(chunk)
    if size == 0:
        raise FileRefused(
            (
                problem(
                    "file_empty",
                    N_("The file %(name)s is empty."),
                    N_("Open it on your computer to see that it has content, and upload it again."),
                    name=name,
                ),
            )
        )
    file.flush()
    return digest.hexdigest(), size, infected


def _problems(file: BinaryIO, name: str, declared: str, infected: bool) -> tuple[media.Kind | None, list[Reason]]:
    """The file's kind, and everything that speaks against keeping it."""
    if infected:
        return None, [scanner.infected("EICAR-Test-File")]
    kind = media.by_name(name)
    file.seek(0)
    head = file.read(media.HEAD_BYTES)
    if kind is None:
        allowed = ", ".join(ending for known in media.ALLOWED for ending in known.endings)
        return None, [
            problem(
                "file_kind",
                N_("Files like %(name)s are not kept; allowed are: %(allowed)s."),
                N_("Save it as PDF, or as one of the other allowed kinds, and upload that."),
                name=name,
                allowed=allowed,
            )
        ]
    if not media.fits(kind, head):
        return kind, [
            problem(
                "file_disguised",
                N_("The file %(name)s is named as %(kind)s, but its content is something else (%(looks)s)."),
                N_("Upload the original file under its own name, or save it as a real %(kind)s."),
                name=name,
                kind=kind.title,
                looks=media.looks_like(head) or "unknown",
            )
        ]
    problems = inspection.inspect(kind, file)
    if not media.declared_fits(kind, declared):
        problems.append(
            problem(
                "file_declared",
                N_("The file %(name)s was announced as %(declared)s, but it is %(kind)s."),
                N_("Upload it again and let the browser announce its type, or announce %(right)s."),
                name=name,
                declared=declared[:80],
                kind=kind.title,
                right=kind.media_type,
            )
        )
    return kind, problems or scanner.scan(file)


def _place(digest: str) -> Path:
    """Where the content with this hash is kept. Raises ValueError when it is no SHA-256 in hexadecimal."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256 in hexadecimal")
    return Path(settings.GREENLANE_DOCUMENTS) / digest[:2] / digest[2:]


def _keep(path: Path, place: Path) -> None:
    """Move *path* to its place in one step that survives a crash; the same content is there already or it is not."""
    place.parent.mkdir(parents=True, exist_ok=True)
    path.replace(place)
    for folder in (place.parent, place.parent.parent):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
