"""The ledger keeps every entry, in order, once, and the database refuses to change it."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction

from greenlane.law.citations import UnknownClause
from greenlane.records import log, signing, triggers
from greenlane.records.canonical import NotCanonical
from greenlane.records.ledger import EntryRefused, append, ensure_signing_key, seal, trusted_keys
from greenlane.records.models import Checkpoint, Entry, Inbox, Leaf, Node, ReadLog
from greenlane.records.reads import log_read
from greenlane.records.tree import StoredTree
from greenlane.records.verify import verify_ledger
from tests.records.builders import AT, an_id, new_entry, sealed

pytestmark = [pytest.mark.clause("6 USC 971(b)"), pytest.mark.django_db]


def test_append_keeps_order_and_what_was_said() -> None:
    kept = append([new_entry(number) for number in range(5)])
    assert [entry.data["number"] for entry in kept] == [0, 1, 2, 3, 4]
    assert [entry.id for entry in kept] == sorted(entry.id for entry in kept)
    stored = Entry.objects.get(uid=kept[1].uid)
    assert stored.data == {"number": 1, "note": "Überprüft ✓", "steps": [{"on": "2026-01-02", "done": True}]}
    assert stored.recorded_at == AT.replace(microsecond=250_000)
    assert stored.citations == ["6 USC 971(b)", "6 USC 964(b)"]
    assert stored.participant == an_id("participant 1")


def test_the_body_is_canonical_and_holds_every_column() -> None:
    (kept,) = append([new_entry(3)])
    body = bytes(Entry.objects.get(id=kept.id).body)
    content = json.loads(body)
    assert body == json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    columns = {field.name for field in Entry._meta.concrete_fields} - {"id", "body"}
    assert set(content) == columns | {"data"}


def test_seal_gives_dense_places_in_order_and_a_signed_root() -> None:
    made = sealed(3, 4)
    assert list(Leaf.objects.order_by("index").values_list("index", "uid")) == [
        (place, entry.uid) for place, entry in enumerate(made)
    ]
    assert not Inbox.objects.exists()
    first, second = Checkpoint.objects.order_by("size")
    assert (first.size, second.size) == (3, 7)
    bodies = [bytes(entry.body) for entry in Entry.objects.order_by("id")]
    assert bytes(second.root) == log.root(log.leaf_hash(body) for body in bodies)
    read = signing.open_checkpoint(second.note, trusted_keys())
    assert (read.origin, read.size, read.root) == (settings.GREENLANE_LOG_ORIGIN, 7, bytes(second.root))
    assert read.sealed_at == "2026-01-02T03:04:05.000000Z"


def test_nothing_to_seal_makes_no_checkpoint() -> None:
    assert seal(AT) is None
    sealed(1)
    assert seal(AT) is None
    assert Checkpoint.objects.count() == 1


def test_an_entry_whose_transaction_fails_is_not_on_record() -> None:
    def command_that_fails() -> None:
        with transaction.atomic():
            append([new_entry()])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        command_that_fails()
    assert not Entry.objects.exists()
    assert not Inbox.objects.exists()


def test_proofs_from_the_stored_tree_at_sizes_beyond_one_tile() -> None:
    sizes = [200, 60, 257, 100]
    sealed(*sizes)
    assert Node.objects.filter(level=8).count() == sum(sizes) // 256
    checkpoints = list(Checkpoint.objects.order_by("size"))
    last = checkpoints[-1]
    tree = StoredTree()
    for index in (0, 255, 256, 511, 512, 616):
        hashed = bytes(Leaf.objects.get(index=index).leaf_hash)
        log.verify_inclusion(hashed, index, last.size, tree.inclusion_proof(index, last.size), bytes(last.root))
    for earlier in checkpoints:
        proof = tree.consistency_proof(earlier.size, last.size)
        log.verify_consistency(earlier.size, last.size, bytes(earlier.root), bytes(last.root), proof)


def test_proofs_and_sealing_read_few_rows(django_assert_max_num_queries: Any) -> None:
    sealed(600)
    append([new_entry(601)])
    with django_assert_max_num_queries(16):
        seal(AT)
    with django_assert_max_num_queries(4):
        StoredTree().inclusion_proof(300, 601)


@pytest.mark.parametrize("model", [Entry, Leaf, Node, Checkpoint, ReadLog])
@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_database_refuses_change(model: Any, deed: str) -> None:
    sealed(256)
    log_read(an_id("reader"), "specialist", an_id("participant 1"), "profile", "review", AT)
    kept = model.objects.count()
    assert kept
    table, key = model._meta.db_table, model._meta.pk.column
    statement = f'UPDATE {table} SET "{key}" = "{key}"' if deed == "update" else f"DELETE FROM {table}"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(statement)
    assert model.objects.count() == kept


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_refuses_replacement_and_truncation() -> None:
    sealed(256)
    log_read(an_id("reader"), "specialist", None, "register", "review", AT)
    connection.check_constraints()  # PostgreSQL truncates nothing while deferred checks are open
    for table in triggers.GUARDED:
        if connection.vendor == "postgresql":
            statements = [f"TRUNCATE {table} CASCADE"]
        else:
            statements = [
                f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
                f"REPLACE INTO {table} SELECT * FROM {table}",
            ]
        for statement in statements:
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                run(statement)


def test_guards_are_reported_when_missing() -> None:
    assert triggers.missing(connection) == []
    with transaction.atomic():
        triggers.remove(connection, "records_leaf")
        assert triggers.missing(connection) == ["records_leaf"]
        triggers.install(connection, "records_leaf", triggers.GUARDED["records_leaf"])
        assert triggers.missing(connection) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "Thing"}, "kind"),
        ({"version": 0}, "version"),
        ({"effective_on": AT}, "effective_on"),
        ({"recorded_at": AT.replace(tzinfo=None)}, "time zone"),
        ({"office": ""}, "office"),
        ({"command": "Prüfen"}, "ASCII"),
        ({"citations": ()}, "clause"),
        ({"audience": "everyone"}, "audience"),
    ],
)
def test_an_unfit_entry_is_refused_by_field(change: dict[str, Any], words: str) -> None:
    with pytest.raises(EntryRefused, match=words):
        replace(new_entry(), **change)


def test_an_entry_cites_only_clauses_that_exist() -> None:
    with pytest.raises(UnknownClause):
        new_entry(citations=("6 USC 999",))


def test_one_entry_that_cannot_be_kept_keeps_none_of_them() -> None:
    with pytest.raises(NotCanonical, match=r"data\.amount"):
        append([new_entry(1), new_entry(2, data={"amount": 0.1})])
    assert not Entry.objects.exists()


def test_the_signing_key_is_made_once_and_only_its_owner_reads_it(settings: Any, tmp_path: Path) -> None:
    settings.GREENLANE_SIGNING_KEY = tmp_path / "keys" / "signing.pem"
    first = ensure_signing_key()
    assert stat.S_IMODE(settings.GREENLANE_SIGNING_KEY.stat().st_mode) == 0o600
    assert ensure_signing_key().verifier == first.verifier
    assert [file.name for file in settings.GREENLANE_SIGNING_KEY.parent.iterdir()] == ["signing.pem"]


def test_checkpoints_of_an_earlier_key_count_when_it_is_listed(settings: Any, tmp_path: Path) -> None:
    sealed(2)
    earlier = ensure_signing_key().verifier
    settings.GREENLANE_SIGNING_KEY = tmp_path / "next.pem"
    assert not verify_ledger().sound
    settings.GREENLANE_VERIFIER_KEYS = (str(earlier),)
    sealed(2)
    assert verify_ledger().sound


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_writers_and_a_sequencer_lose_nothing_and_leave_no_gap() -> None:
    writers, rounds, each = 8, 20, 3

    def write(writer: int) -> list[UUID]:
        uids: list[UUID] = []
        try:
            for turn in range(rounds):
                with transaction.atomic():
                    kept = append([new_entry(writer * 1000 + turn * 10 + number) for number in range(each)])
                    uids += [entry.uid for entry in kept]
                    with connection.cursor() as cursor:  # hold the transaction open: numbers commit out of order
                        cursor.execute("SELECT pg_sleep(%s)", [0.002 * (writer % 3)])
        finally:
            connections.close_all()
        return uids

    def sequence(turns: int) -> None:
        try:
            for _ in range(turns):
                seal(datetime(2026, 1, 3, tzinfo=UTC))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(writers + 2) as pool:
        sequencers = [pool.submit(sequence, 25) for _ in range(2)]
        written = [pool.submit(write, writer) for writer in range(writers)]
        by_writer = [job.result() for job in written]
        for job in sequencers:
            job.result()
    seal(datetime(2026, 1, 3, tzinfo=UTC))
    placed = list(Leaf.objects.order_by("index").values_list("index", "uid"))
    assert [index for index, _ in placed] == list(range(writers * rounds * each))
    assert {uid for _, uid in placed} == {uid for uids in by_writer for uid in uids}
    place = {uid: index for index, uid in placed}
    for uids in by_writer:
        assert [place[uid] for uid in uids] == sorted(place[uid] for uid in uids)
    assert verify_ledger().sound
