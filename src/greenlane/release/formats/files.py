"""Any file of entries, of whatever format: told apart by how it begins, read as records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from greenlane.law.sentences import N_
from greenlane.release.engine.versions import PolicyVersion
from greenlane.release.formats.catair import read_se
from greenlane.release.formats.columns import NAMES
from greenlane.release.formats.reading import Read, bad_file
from greenlane.release.formats.tabular import read_csv, read_jsonl, read_parquet
from greenlane.release.formats.transactions import ENVELOPE
from greenlane.release.formats.wco import read_entries

FORMATS = ("parquet", "csv", "jsonl", "catair", "wco")
"""The formats in which entries are read."""
SEEN = 4096
OTHERS = {
    b"PK\x03\x04": N_("a zip archive or a workbook of a spreadsheet"),
    b"%PDF": N_("a PDF document"),
    b"\x1f\x8b": N_("a compressed file (gzip)"),
    b"\xff\xfe": N_("text in UTF-16"),
    b"\xfe\xff": N_("text in UTF-16"),
    b"\xd0\xcf\x11\xe0": N_("an old document of an office program"),
}


def format_of(path: Path) -> str:
    """Which of ``FORMATS`` a file is, by how it begins. Raises BadFile when it is none, saying what it looks like."""
    with open(path, "rb") as file:
        head = file.read(SEEN)
    if head.startswith(b"PAR1"):
        return "parquet"
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if plain.startswith(b"<"):
        return "wco"
    if plain.startswith(b"{"):
        return "jsonl"
    first = plain.split(b"\n", 1)[0].decode("utf-8", "replace")
    if first.startswith("SE10") or ENVELOPE.match(first):
        return "catair"
    if any(name in first for name in NAMES):
        return "csv"
    if not plain:
        raise bad_file(
            N_("%(name)s is empty."),
            N_("There is no entry in it."),
            N_("Look whether it is the file that you mean."),
            name=path.name,
        )
    looks = next((said for start, said in OTHERS.items() if head.startswith(start)), "")
    raise bad_file(
        N_("%(name)s is no file of entries that can be read; it looks like: %(looks)s.")
        if looks
        else N_("%(name)s is no file of entries that can be read, and its first line names no column of theirs."),
        N_("Entries are read from Parquet, CSV in UTF-8, JSON lines, records of 80 columns, and WCO XML."),
        N_("Save it in one of these; the first line of CSV names its columns, such as entry_number."),
        name=path.name,
        looks=looks,
    )


def read_records(
    path: Path, received_at: datetime, kind: str = "", version: PolicyVersion | None = None
) -> Iterator[Read]:
    """The records of a file of entries, each checked. *kind*: one of ``FORMATS``, '' to tell by how it begins.

    *received_at* (aware): when entries were filed, for the formats whose records do not say it. Raises BadFile for a
    file that is not what it should be; the file is closed when the records end.
    """
    readers: dict[str, Callable[[BinaryIO], Iterator[Read]]] = {
        "csv": lambda file: read_csv(file, version),
        "jsonl": lambda file: read_jsonl(file, version),
        "parquet": lambda file: read_parquet(file, version),
        "catair": lambda file: read_se(file, received_at, version=version),
        "wco": lambda file: read_entries(file, received_at, version),
    }
    read = readers[kind or format_of(path)]
    with open(path, "rb") as file:
        yield from read(file)
