"""Record bundles: one file that an outsider can check without the database, the platform or its settings (971(b))."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from greenlane.law.sentences import N_, Sentence, Value
from greenlane.records import log, signing
from greenlane.records.archive import Archive, PartRefused
from greenlane.records.report import Report, Tampering

FORMAT = "greenlane-record-bundle/1"
README, MANIFEST, SEAL, CHECKPOINT, KEY = "README.txt", "manifest.json", "manifest.sig", "checkpoint.txt", "key.txt"
ENTRIES, DOCUMENTS = "entries.jsonl", "documents/"
MANIFEST_TITLE = "manifest of a record bundle"
_SMALL = 64 * 1024
_KIND = re.compile(r"[A-Za-z0-9_.]{1,120}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LONGEST_LINE = 16 * 1024 * 1024
_LARGEST_MANIFEST = 256 * 1024 * 1024


class BundleRefused(ValueError):
    """Raised when a bundle cannot be made; ``sentence`` says why and what to do."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True)
class Summary:
    """What an exported bundle holds."""

    path: Path
    entries: int
    size: int
    documents: int
    documents_missing: int
    key: str

    def lines(self) -> tuple[Sentence, ...]:
        values: dict[str, Value] = {
            "path": str(self.path),
            "entries": self.entries,
            "size": self.size,
            "documents": self.documents,
            "missing": self.documents_missing,
            "key": self.key,
        }
        first = Sentence(
            N_(
                "%(path)s holds %(entries)s entries of a log of %(size)s, each with its proof, and the bytes of"
                " %(documents)s documents."
            ),
            values,
        )
        second = Sentence(N_("Whoever receives it checks it with this key: %(key)s"), values)
        if not self.documents_missing:
            return (first, second)
        third = N_("%(missing)s documents are listed but their bytes are not in the store, or are damaged there.")
        return (first, second, Sentence(third, values))

    def to_json(self) -> dict[str, Any]:
        return {
            "path": str(self.path),
            "entries": self.entries,
            "size": self.size,
            "documents": self.documents,
            "documents_missing": self.documents_missing,
            "key": self.key,
        }


def export_bundle(
    path: Path,
    *,
    participant: UUID | None = None,
    subject: UUID | None = None,
    audiences: Iterable[str],
    with_documents: bool = False,
) -> Summary:
    """Write the bundle *path* (zip): the sealed entries of a participant or subject, or all, for the *audiences* named.

    The file appears whole or not at all. Raises BundleRefused when nothing is sealed yet.
    """
    from greenlane.records import exporting  # needs the database; verify_bundle does not

    return exporting.export(path, participant, subject, tuple(audiences), with_documents)


def verify_bundle(path: Path, trusted_key: str | signing.VerifierKey | None = None) -> Report:
    """Check the bundle *path* offline: signatures, every entry's proof, the list of contents, every document's bytes.

    Without *trusted_key* the key inside the bundle is used, and the report says so. A file that is no bundle, or is
    hostile, gives findings, never an exception.
    """
    report = Report()
    try:
        with Archive(path) as archive:
            _Check(archive, report).run(trusted_key)
    except PartRefused as problem:
        report.add(Tampering.BUNDLE, N_("The bundle cannot be read: %(problem)s."), {"problem": str(problem)})
    except signing.KeyRefused as problem:
        report.add(Tampering.BUNDLE, N_("The verifier key cannot be used: %(problem)s."), {"problem": str(problem)})
    except signing.NoteRefused as problem:
        report.add(
            Tampering.CHECKPOINT,
            N_("The signed part of the bundle is forged or altered: %(problem)s."),
            {"problem": str(problem)},
        )
    return report


@dataclass(frozen=True)
class Listed:
    """An entry as the signed list of contents names it."""

    index: int
    uid: str
    kind: str


class _Check:
    """One run over an opened bundle."""

    def __init__(self, archive: Archive, report: Report) -> None:
        self.archive = archive
        self.report = report

    def run(self, trusted_key: str | signing.VerifierKey | None) -> None:
        inside = signing.VerifierKey.parse(self._text(KEY))
        key = inside if trusted_key is None else trusted_key
        key = signing.VerifierKey.parse(key) if isinstance(key, str) else key
        if trusted_key is None:
            note = N_(
                "Checked with the key inside the bundle. Compare it with the one that the programme publishes: %(key)s"
            )
            self.report.notes.append(Sentence(note, {"key": str(inside)}))
        checkpoint = signing.open_checkpoint(self._text(CHECKPOINT), (key,))
        self.report.checkpoints = 1
        manifest = self.archive.read(MANIFEST, _LARGEST_MANIFEST)
        sealed = signing.open_note(self._text(SEAL), (key,)).split("\n")
        if sealed[:2] != [MANIFEST_TITLE, base64.b64encode(sha256(manifest).digest()).decode()]:
            raise signing.NoteRefused(f"{MANIFEST} is not the one that was signed")
        listed, documents = _read_manifest(manifest)
        self._entries(checkpoint, listed)
        self._documents(documents)
        self._foreign_parts(documents)

    def _entries(self, checkpoint: signing.SignedCheckpoint, listed: Sequence[Listed]) -> None:
        wanted = {entry.index: entry for entry in listed}
        seen: set[int] = set()
        frontier, last = log.Frontier(), -1
        for line in self.archive.lines(ENTRIES, _LONGEST_LINE):
            index, body, proof = _read_line(line)
            entry = wanted.get(index)
            name: dict[str, Any] = {
                "index": index,
                "uid": entry.uid if entry else None,
                "kind": entry.kind if entry else None,
            }
            if entry is None or index in seen:
                message = N_("The entry at place %(index)s is not in the signed list of contents: it was inserted.")
                self.report.add(Tampering.INSERTED, message, index=index)
                continue
            if index < last:
                message = N_("Entry %(uid)s (%(kind)s), place %(index)s, stands after a later one: it was moved.")
                self.report.add(Tampering.REORDERED, message, **name)
            seen.add(index)
            last = max(last, index)
            self.report.entries += 1
            hashed = log.leaf_hash(body)
            frontier.append(hashed)
            self._prove(checkpoint, entry, hashed, body, proof)
        for entry in listed:
            if entry.index not in seen:
                message = N_(
                    "Entry %(uid)s (%(kind)s), place %(index)s, is in the signed list of contents but missing."
                )
                self.report.add(Tampering.REMOVED, message, index=entry.index, uid=entry.uid, kind=entry.kind)
        if frontier.size == checkpoint.size and frontier.root() == checkpoint.root:
            self.report.notes.append(Sentence(N_("The bundle holds the whole record up to its checkpoint.")))
        else:
            note = N_("The bundle holds a part of the record; its list of contents is what the signer says it left in.")
            self.report.notes.append(Sentence(note))

    def _prove(
        self, checkpoint: signing.SignedCheckpoint, entry: Listed, hashed: bytes, body: bytes, proof: list[bytes]
    ) -> None:
        name: dict[str, Any] = {"index": entry.index, "uid": entry.uid, "kind": entry.kind}
        try:
            log.verify_inclusion(hashed, entry.index, checkpoint.size, proof, checkpoint.root)
            content = json.loads(body)
            if (content["uid"], content["kind"]) != (entry.uid, entry.kind):
                message = N_(
                    "The list of contents names entry %(uid)s (%(kind)s) at place %(index)s; another is there."
                )
                self.report.add(Tampering.ALTERED, message, **name)
        except log.ProofFailed as problem:
            message = N_("Entry %(uid)s (%(kind)s) at place %(index)s, or its proof, was altered: %(problem)s.")
            self.report.add(Tampering.ALTERED, message, {"problem": str(problem)}, **name)
        except (ValueError, LookupError, TypeError, RecursionError):
            message = N_("Entry %(uid)s (%(kind)s) at place %(index)s does not read.")
            self.report.add(Tampering.ALTERED, message, **name)

    def _documents(self, documents: dict[str, bool]) -> None:
        for digest, included in documents.items():
            if not included:
                continue
            try:
                whole = self.archive.digest(DOCUMENTS + digest) == digest
            except PartRefused as problem:
                message = N_("The document %(digest)s cannot be read: %(problem)s.")
                self.report.add(Tampering.DOCUMENT, message, {"digest": digest, "problem": str(problem)})
                continue
            self.report.documents += 1
            if not whole:
                message = N_("The document %(digest)s was altered: its bytes are not the ones on record.")
                self.report.add(Tampering.DOCUMENT, message, {"digest": digest})

    def _foreign_parts(self, documents: dict[str, bool]) -> None:
        known = {README, MANIFEST, SEAL, CHECKPOINT, KEY, ENTRIES}
        known |= {DOCUMENTS + digest for digest, included in documents.items() if included}
        for name in self.archive.names():
            if name not in known:
                message = N_("The bundle holds a part that its list of contents does not name: %(name)s.")
                self.report.add(Tampering.BUNDLE, message, {"name": ascii(name[:200])})

    def _text(self, name: str) -> str:
        try:
            return self.archive.read(name, _SMALL).decode()
        except UnicodeDecodeError:
            raise PartRefused(f"{name} is not UTF-8 text") from None


def _read_manifest(raw: bytes) -> tuple[list[Listed], dict[str, bool]]:
    """Entries and documents (digest: are its bytes included?). Raises PartRefused."""
    try:
        manifest = json.loads(raw)
        if manifest["format"] != FORMAT:
            raise PartRefused(f"{MANIFEST} has the format {str(manifest['format'])[:80]!r}, not {FORMAT}")
        listed = [_listed(*entry) for entry in manifest["entries"]]
        documents = {document["sha256"]: document["included"] is True for document in manifest["documents"]}
        if not all(_is_digest(digest) for digest in documents):
            raise PartRefused(f"{MANIFEST} names a document by something else than its SHA-256")
    except (ValueError, LookupError, TypeError, RecursionError, AttributeError) as problem:
        if isinstance(problem, PartRefused):
            raise
        raise PartRefused(f"{MANIFEST} does not read") from None
    return listed, documents


def _listed(index: int, uid: str, kind: str) -> Listed:
    """One line of the list. What a stranger wrote is printed later, so it must read as what it says it is."""
    if type(index) is not int or index < 0 or str(UUID(uid)) != uid or not _KIND.fullmatch(kind):
        raise ValueError("not an index, an identifier and a kind")
    return Listed(index, uid, kind)


def _is_digest(text: object) -> bool:
    return isinstance(text, str) and bool(_DIGEST.fullmatch(text))


def _read_line(line: bytes) -> tuple[int, bytes, list[bytes]]:
    """Place, body and proof of one line. Raises PartRefused."""
    try:
        read = json.loads(line)
        proof = [base64.b64decode(node, validate=True) for node in read["proof"]]
        if type(read["index"]) is not int:
            raise PartRefused(f"a line of {ENTRIES} has no place in the record")
        return read["index"], read["body"].encode(), proof
    except PartRefused:
        raise
    except (ValueError, LookupError, TypeError, RecursionError, AttributeError, binascii.Error):
        raise PartRefused(f"a line of {ENTRIES} does not read") from None


def document_references(content: Any) -> Iterator[dict[str, Any]]:
    """Documents that an entry's data names: every mapping in it with a key 'sha256' of 64 hexadecimal digits."""
    waiting = [content]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            digest = part.get("sha256")
            if _is_digest(digest):
                yield part
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
