"""The record of appeal: what the decision rested on, gathered from the ledger and frozen with a hash (6 USC 967(c))."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from greenlane.appeals.decisions import Decided
from greenlane.appeals.entries import RecordItem
from greenlane.appeals.models import Appeal, RecordOfAppeal
from greenlane.casework.entries import DocumentReceived, NoticeServed
from greenlane.casework.models import Document, Notice
from greenlane.casework.registry import ENTRIES, adapter_of
from greenlane.records.canonical import canonical
from greenlane.records.log import leaf_hash
from greenlane.records.models import Entry

FORMAT = "greenlane-record-of-appeal/1"
READABLE = ("public", "participant")
"""Audiences whose words both sides read; of the rest the company sees that it exists, when, and its hash."""

_UUID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def assemble(decision: Decided, until: int | None = None) -> tuple[RecordItem, ...]:
    """Every entry of the case up to the decision, what these name, and the letters of the decision, in their order.

    What an entry names by its number (a document as evidence, another entry, a notice) belongs to the record, wherever
    it lies. *until* is the place of the filing: letters served before it are in the record, later ones are not. Of an
    emergency action the record goes on to the filing, for its notice and what was said to it come afterwards.
    """
    entries = list(_entries(decision, until))
    items = [_of_entry(row) for row in entries]
    named = {UUID(found.decode()) for row in entries for found in _UUID.findall(bytes(row.body))}
    here = {row.uid for row in entries}
    before = Entry.objects.filter(uid__in=named - here, pk__lte=decision.place).order_by("id")
    items += [_of_entry(row) for row in before]
    received = {row.data["what"]["document_id"]: row.uid for row in entries if row.kind == DocumentReceived.entry_kind}
    documents = Document.objects.filter(pk__in=named | {UUID(key) for key in received})
    items += [
        _of_document(row, received.get(str(row.pk)) or _entry_of_document(row)) for row in documents.order_by("pk")
    ]
    served = [UUID(row.data["what"]["notice_id"]) for row in entries if row.kind == NoticeServed.entry_kind]
    items += [_of_notice(row) for row in Notice.objects.filter(pk__in={*served, *named}).order_by("served_on", "pk")]
    return tuple(items)


def _entries(decision: Decided, until: int | None) -> Iterator[Entry]:
    rows = Entry.objects.filter(subject=decision.consequence.pk).exclude(kind="casework.CommandRefused").order_by("id")
    if until is not None:
        rows = rows.filter(pk__lt=until)
    for row in rows:
        of_it = row.pk <= decision.place or row.command_id == decision.command_id or decision.at_once
        if of_it or row.kind == NoticeServed.entry_kind:
            yield row


def _of_entry(row: Entry) -> RecordItem:
    open_to_all = row.audience in READABLE
    return RecordItem(
        kind="entry",
        uid=row.uid,
        ref=row.uid,
        what=row.kind,
        title=_sentence(row) if open_to_all else "",
        on=row.effective_on,
        audience=row.audience,
        sha256=leaf_hash(bytes(row.body)).hex(),
    )


def _sentence(row: Entry) -> str:
    known = ENTRIES.get(row.kind)
    return str(adapter_of(known).validate_python(row.data["what"]).sentence()) if known else row.kind


def _entry_of_document(row: Document) -> UUID:
    """The entry by which the document came in; a document from another case has it there."""
    rows = Entry.objects.filter(subject=row.case_id, kind=DocumentReceived.entry_kind).order_by("id")
    return next((one.uid for one in rows if one.data["what"]["document_id"] == str(row.pk)), row.pk)


def _of_document(row: Document, uid: UUID) -> RecordItem:
    open_to_all = row.audience in READABLE
    return RecordItem(
        kind="document",
        uid=uid,
        ref=row.pk,
        what=row.media_type,
        title=row.title if open_to_all else "",
        on=row.uploaded_on,
        audience=row.audience,
        sha256=row.sha256,
    )


def _of_notice(row: Notice) -> RecordItem:
    return RecordItem(
        kind="notice",
        uid=row.entry,
        ref=row.pk,
        what=row.template,
        title=row.subject,
        on=row.served_on,
        audience="participant",
        sha256=row.sha256,
    )


def content(appeal_id: UUID, decision_entry: UUID, decided_on: date, items: Iterable[Any]) -> dict[str, Any]:
    """The record as the plain content that is hashed and handed out; *items* as plain mappings."""
    return {
        "format": FORMAT,
        "appeal": str(appeal_id),
        "decision": str(decision_entry),
        "decided_on": decided_on.isoformat(),
        "items": list(items),
    }


def frozen_hash(plain: dict[str, Any]) -> str:
    """SHA-256 over the canonical form of the record."""
    return hashlib.sha256(canonical(plain)).hexdigest()


def content_of(record: RecordOfAppeal) -> dict[str, Any]:
    appeal: Appeal = record.appeal
    return content(appeal.pk, appeal.decision_entry, appeal.decided_on, record.items)


def altered(record: RecordOfAppeal) -> list[str]:
    """What does not have the hash with which it was frozen: uids of items, and 'record' for the list itself."""
    found = [] if frozen_hash(content_of(record)) == record.sha256 else ["record"]
    wanted = {item["ref"]: item for item in record.items}
    now: dict[str, str] = {}
    for row in Entry.objects.filter(uid__in=_refs(record, "entry")):
        now[str(row.uid)] = leaf_hash(bytes(row.body)).hex()
    now |= {str(k): v for k, v in Document.objects.filter(pk__in=_refs(record, "document")).values_list("pk", "sha256")}
    now |= {str(k): v for k, v in Notice.objects.filter(pk__in=_refs(record, "notice")).values_list("pk", "sha256")}
    return found + [ref for ref, item in wanted.items() if now.get(ref) != item["sha256"]]


def _refs(record: RecordOfAppeal, kind: str) -> list[str]:
    return [item["ref"] for item in record.items if item["kind"] == kind]
