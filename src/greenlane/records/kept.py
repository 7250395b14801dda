"""What the platform itself keeps in the store of documents: list files and what was read from them (971(b))."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import IO

from django.conf import settings

from greenlane.records import documents
from greenlane.records.refusals import FileRefused
from greenlane.records.scanner import infected

_CHUNK = 1 << 20


def keep(stream: IO[bytes], name: str, limit: int) -> tuple[str, int]:
    """Keep at most *limit* bytes under their hash; returns SHA-256 in hexadecimal and size. *name* is for messages.

    Unlike a document of a case, such data is never shown or served as a file, so that any kind of content may be kept;
    whoever reads it judges it. Raises FileRefused when it is empty, too large or the virus scanners' test file.
    """
    folder = Path(settings.GREENLANE_DOCUMENTS)
    folder.mkdir(parents=True, exist_ok=True)
    with documents._aside(folder) as (file, path):
        digest, size, virus = documents._receive(stream, file, limit, documents.clean_name(name))
        if virus:
            raise FileRefused((infected("EICAR-Test-File"),))
        os.fsync(file.fileno())
        os.fchmod(file.fileno(), 0o400)
        documents._keep(path, documents._place(digest))
    return digest, size


def kept_path(digest: str) -> Path:
    """Where the bytes with this hash lie, checked against it. Raises DocumentDamaged."""
    try:
        path = documents._place(digest)
        found = sha256()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                found.update(chunk)
    except (OSError, ValueError):
        raise documents.DocumentDamaged(f"the data {digest[:64]} is not in the store") from None
    if found.hexdigest() != digest:
        raise documents.DocumentDamaged(f"the data {digest} was altered in the store")
    return path
