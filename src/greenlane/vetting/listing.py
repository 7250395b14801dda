"""Canonical entries of a list: to bytes in the store and back, and the versions on record (6 USC 964(b))."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Q, QuerySet

from greenlane.casework.registry import adapter_of
from greenlane.law.sentences import N_
from greenlane.records.kept import keep, kept_path
from greenlane.vetting.lists.entries import ListEntry, ListKind, canonical_json
from greenlane.vetting.models import ListedEntry, ListVersion

_NAMESPACE = UUID("b8a7c9d2-2f0e-5c41-9a57-64b964b00001")
MOST_BYTES = 1 << 30
KIND_TITLES = {
    ListKind.OFAC_SDN.value: N_("OFAC: Specially Designated Nationals"),
    ListKind.OFAC_CONSOLIDATED.value: N_("OFAC: consolidated list (other than SDN)"),
    ListKind.CSL.value: N_("Consolidated Screening List"),
    ListKind.BIS_DPL.value: N_("BIS: Denied Persons List"),
    ListKind.UN_CONSOLIDATED.value: N_("United Nations Security Council: consolidated list"),
}


def register_id(kind: ListKind | str) -> UUID:
    """The id of a list's register follows from its kind."""
    return uuid5(_NAMESPACE, str(ListKind(kind)))


def body_of(entry: ListEntry) -> dict[str, Any]:
    """The entry as plain JSON data, with its fingerprint."""
    body: dict[str, Any] = json.loads(canonical_json(asdict(entry)))
    return body


def entry_of(body: dict[str, Any]) -> ListEntry:
    """The entry again from its plain data."""
    entry: ListEntry = adapter_of(ListEntry).validate_python(body)
    return entry


def keep_entries(entries: Iterable[ListEntry]) -> tuple[str, int]:
    """Keep the canonical entries, one JSON line each, in the order of their keys. Returns SHA-256 and size."""
    ordered = sorted(entries, key=lambda entry: (entry.list_code, entry.entry_key))
    content = b"".join(canonical_json(asdict(entry)).encode() + b"\n" for entry in ordered)
    return keep(io.BytesIO(content), "entries.jsonl", MOST_BYTES)


def kept_bodies(sha256: str) -> Iterator[dict[str, Any]]:
    """The plain entries that are kept under this hash. Raises DocumentDamaged."""
    with kept_path(sha256).open("rb") as lines:
        for line in lines:
            yield json.loads(line)


def entries_at(kind: str, number: int) -> tuple[ListEntry, ...]:
    """The entries of one version: begun by then and not ended by then, in the order of their keys."""
    bodies = rows_at(kind, number).values_list("body", flat=True)
    return tuple(entry_of(body) for body in bodies.iterator(chunk_size=2000))


def rows_at(kind: str, number: int) -> QuerySet[ListedEntry]:
    """The rows of one version, in the order of their keys."""
    began = ListedEntry.objects.filter(kind=kind, from_number__lte=number)
    return began.filter(Q(to_number=None) | Q(to_number__gt=number)).order_by("list_code", "entry_key")


def current_versions() -> list[ListVersion]:
    """The version of each list that parties are screened against, by kind."""
    return list(ListVersion.objects.filter(superseded_on=None).order_by("kind"))


def current_version(kind: ListKind | str) -> ListVersion | None:
    return ListVersion.objects.filter(kind=str(kind), superseded_on=None).first()


def dated(version: ListVersion) -> date:
    """The date of a list: the publisher's, where the file states one, else the day on which it was retrieved."""
    return version.published_on or version.retrieved_on


def used(versions: Sequence[ListVersion]) -> list[dict[str, Any]]:
    """The lists as a screening names them: code, version, dates, source and hash (RC-12)."""
    return [
        {
            "kind": version.kind,
            "code": version.list_code,
            "version": str(version.pk),
            "number": version.number,
            "dated": dated(version).isoformat(),
            "retrieved_on": version.retrieved_on.isoformat(),
            "source": version.source,
            "entries_sha256": version.sha256,
        }
        for version in versions
    ]
