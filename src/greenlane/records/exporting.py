"""Writing a record bundle from the database: 971(b), within the audiences that 971(c) allows."""

from __future__ import annotations

import base64
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from greenlane.law.sentences import N_, Sentence
from greenlane.records import bundle, documents
from greenlane.records.classification import Audience
from greenlane.records.ledger import ensure_signing_key, latest_checkpoint
from greenlane.records.models import Checkpoint, Leaf
from greenlane.records.tree import StoredTree

_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass
class _Contents:
    """What has been written so far, for the list of contents."""

    entries: list[list[object]] = field(default_factory=list)
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    missing: int = 0


def export(
    path: Path, participant: UUID | None, subject: UUID | None, audiences: tuple[str, ...], with_documents: bool
) -> bundle.Summary:
    """See ``bundle.export_bundle``."""
    named = {Audience(audience) for audience in audiences}
    checkpoint = latest_checkpoint()
    if checkpoint is None:
        raise bundle.BundleRefused(
            Sentence(
                N_("Nothing has been sealed in the record yet, so nothing can be proved. Seal it first, then export.")
            )
        )
    leaves = _leaves(checkpoint, participant, subject, named)
    scope = {
        "participant": participant and str(participant),
        "subject": subject and str(subject),
        "audiences": [audience.value for audience in Audience if audience in named],
    }
    key = ensure_signing_key()
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        # what is confidential is its owner's alone until the owner hands it on
        descriptor = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w+b") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            contents = _Contents()
            _write(archive, bundle.README, _readme())
            _write(archive, bundle.KEY, f"{key.verifier}\n")
            _write(archive, bundle.CHECKPOINT, checkpoint.note)
            _write_entries(archive, leaves, checkpoint, contents)
            if with_documents:
                _write_documents(archive, contents)
            manifest = _manifest(scope, contents)
            _write(archive, bundle.MANIFEST, manifest)
            digest = base64.b64encode(sha256(manifest.encode()).digest()).decode()
            _write(archive, bundle.SEAL, key.sign(f"{bundle.MANIFEST_TITLE}\n{digest}\n"))
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    included = sum(1 for document in contents.documents.values() if document["included"])
    return bundle.Summary(path, len(contents.entries), checkpoint.size, included, contents.missing, str(key.verifier))


def _leaves(
    checkpoint: Checkpoint, participant: UUID | None, subject: UUID | None, audiences: Iterable[Audience]
) -> QuerySet[Leaf, tuple[int, UUID, str, bytes | memoryview]]:
    chosen = Leaf.objects.filter(index__lt=checkpoint.size, entry__audience__in=[a.value for a in audiences])
    if participant is not None:
        chosen = chosen.filter(entry__participant=participant)
    if subject is not None:
        chosen = chosen.filter(entry__subject=subject)
    return chosen.order_by("index").values_list("index", "uid", "kind", "entry__body")


def _write_entries(
    archive: zipfile.ZipFile,
    leaves: QuerySet[Leaf, tuple[int, UUID, str, bytes | memoryview]],
    checkpoint: Checkpoint,
    contents: _Contents,
) -> None:
    tree = StoredTree()
    with archive.open(_info(bundle.ENTRIES), "w", force_zip64=True) as file:
        for index, uid, kind, body in leaves.iterator(2_000):
            text = bytes(body).decode()
            proof = [base64.b64encode(node).decode() for node in tree.inclusion_proof(index, checkpoint.size)]
            line = json.dumps({"index": index, "body": text, "proof": proof}, ensure_ascii=False)
            file.write(line.encode() + b"\n")
            contents.entries.append([index, str(uid), kind])
            for reference in bundle.document_references(json.loads(text)["data"]):
                listed = contents.documents.setdefault(reference["sha256"], _listed(reference))
                listed["entries"].append(str(uid))


def _listed(reference: dict[str, Any]) -> dict[str, Any]:
    told = {name: reference.get(name) for name in ("sha256", "file_name", "media_type", "size")}
    return {**told, "entries": [], "included": False}


def _write_documents(archive: zipfile.ZipFile, contents: _Contents) -> None:
    for digest, listed in contents.documents.items():
        try:
            file = documents.open_file(digest)
        except documents.DocumentDamaged:
            contents.missing += 1
            continue
        with file:
            _write(archive, bundle.DOCUMENTS + digest, file.read())
        listed["included"] = True


def _manifest(scope: dict[str, Any], contents: _Contents) -> str:
    manifest = {
        "format": bundle.FORMAT,
        "scope": scope,
        "entries": contents.entries,
        "documents": list(contents.documents.values()),
    }
    return json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _write(archive: zipfile.ZipFile, name: str, content: str | bytes) -> None:
    archive.writestr(_info(name), content)


def _info(name: str) -> zipfile.ZipInfo:
    """One fixed date: the same record gives the same bundle."""
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _readme() -> str:
    return "\n".join(_paragraphs())


def _paragraphs() -> Iterator[str]:
    yield _("RECORD BUNDLE")
    yield ""
    yield _("This file holds entries of a trusted-trader programme's record (6 USC 971(b)) and the proof that they are")
    yield _("genuine. It can be checked without a network and without the programme's database:")
    yield ""
    yield "    greenlane records verify --bundle FILE"
    yield ""
    yield _("What is inside:")
    yield ""
    yield _("  checkpoint.txt   the record at one moment: its name, number of entries, root hash; signed (Ed25519)")
    yield _("  key.txt          the key that checks signatures; compare it with the one that the programme publishes")
    yield _("  entries.jsonl    one entry a line: its place in the record, its exact text, its proof (RFC 9162)")
    yield _("  manifest.json    list of contents: which entries were asked for, and the documents that they name")
    yield _("  manifest.sig     the signature of that list")
    yield _("  documents/       the documents' bytes, where they were asked for, named by their SHA-256")
    yield ""
    yield _(
        "By hand: the hash of an entry is SHA-256 over a zero byte and the text of 'body' in UTF-8. Its proof leads"
    )
    yield _("from that hash to the root in checkpoint.txt, as RFC 9162, section 2.1.3.2, describes.")
    yield ""
    yield _(
        "What this shows: no entry inside was changed since the checkpoint was signed, and nothing was taken out of"
    )
    yield _("or put into this bundle since it was made. What it cannot show: that the signer listed everything. Two")
    yield _(
        "checkpoints of the same record, from different days, show together that nothing was rewritten between them."
    )
    yield ""
