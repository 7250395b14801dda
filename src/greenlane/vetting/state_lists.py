"""How the versions of lists and their entries follow from the record and the store (6 USC 964(b))."""

from __future__ import annotations

from typing import Any
from uuid import uuid5

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.vetting import entries
from greenlane.vetting.listing import kept_bodies
from greenlane.vetting.models import ListedEntry, ListVersion

_BATCH = 500


@applies(entries.ListImported)
def list_imported(data: entries.ListImported, one: Recorded) -> None:
    """Rows of unchanged entries stay; those of changed and removed ones end; those of changed and new ones begin."""
    ListVersion.objects.filter(kind=data.list_kind, superseded_on=None).update(superseded_on=one.on)
    ListVersion.objects.create(
        id=data.version_id,
        register_id=one.subject,
        kind=data.list_kind,
        list_code=data.list_code,
        number=data.number,
        published_on=data.published_on,
        retrieved_on=data.retrieved_on,
        imported_on=one.on,
        source=data.source,
        parser=data.parser,
        files=data.files,
        sha256=data.entries["sha256"],
        counts=data.counts,
        entries=data.entries["count"],
        added=data.added,
        changed=data.changed,
        removed=data.removed,
        accepted=data.accepted,
    )
    current = ListedEntry.objects.filter(kind=data.list_kind, to_number=None)
    held = {(code, key): (mark, pk) for pk, code, key, mark in current.values_list(*_KEYS)}
    fresh = []
    for body in kept_bodies(data.entries["sha256"]):
        mark, _ = held.get((body["list_code"], body["entry_key"]), ("", None))
        if mark == body["fingerprint"]:
            del held[body["list_code"], body["entry_key"]]
        else:
            fresh.append(body)
    _end([pk for _, pk in held.values()], data.number)
    ListedEntry.objects.bulk_create((_row(body, data) for body in fresh), batch_size=_BATCH)


_KEYS = ("id", "list_code", "entry_key", "fingerprint")


def _end(keys: list[Any], number: int) -> None:
    for at in range(0, len(keys), _BATCH):
        ListedEntry.objects.filter(pk__in=keys[at : at + _BATCH]).update(to_number=number)


def _row(body: dict[str, Any], data: entries.ListImported) -> ListedEntry:
    return ListedEntry(
        id=uuid5(data.version_id, f"{body['list_code']}/{body['entry_key']}"),
        kind=data.list_kind,
        list_code=body["list_code"],
        entry_key=body["entry_key"],
        fingerprint=body["fingerprint"],
        party_type=body["party_type"],
        primary_name=body["names"][0]["text"],
        body=body,
        from_number=data.number,
    )


@applies(entries.ListConfirmed)
def list_confirmed(data: entries.ListConfirmed, one: Recorded) -> None:
    ListVersion.objects.filter(pk=data.version_id).update(retrieved_on=data.retrieved_on, source=data.source)
