"""Invented papers that companies upload as evidence."""

from __future__ import annotations

from io import BytesIO

from greenlane.records.documents import StoredFile, store


def paper(title: str, company: str) -> StoredFile:
    """A short text document, checked and stored like any upload."""
    text = (
        f"{title}\n{company}\n\n"
        "This paper is invented for the demonstration.\n"
        "1. Gates are closed at night and seals are logged.\n"
        "2. Every container is inspected at seven points before it is loaded.\n"
        "3. New staff are trained in their first week and each January.\n"
    )
    return store(BytesIO(text.encode()), "-".join(title.lower().split()) + ".txt", "text/plain", 1_000_000)
