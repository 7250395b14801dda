"""The verifier finds and names each manipulation by somebody who owns the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from greenlane.records import log, signing, triggers
from greenlane.records.ledger import append, ensure_signing_key
from greenlane.records.models import Checkpoint, Entry, Leaf
from greenlane.records.report import Report, Tampering
from greenlane.records.verify import verify_ledger
from tests.records.builders import AT, new_entry, sealed, tampering

pytestmark = [pytest.mark.clause("6 USC 971(b)"), pytest.mark.django_db]


def findings(report: Report) -> set[tuple[str, int | None, str | None, str | None]]:
    """What was found, but for the guards, which every one of these tests takes away."""
    return {
        (found.tampering.value, found.index, found.uid, found.kind)
        for found in report.findings
        if found.tampering is not Tampering.GUARD
    }


def named(deed: str, place: int | None, entry: Entry) -> tuple[str, int | None, str | None, str | None]:
    return (deed, place, str(entry.uid), entry.kind)


def changed(entry: Entry, old: bytes, new: bytes) -> bytes:
    body = bytes(entry.body)
    assert old in body
    return body.replace(old, new)


def take_out_and_close_the_gap(cursor: Any, index: int) -> None:
    leaf = Leaf.objects.get(index=index)
    cursor.execute('DELETE FROM records_leaf WHERE "index" = %s', [index])
    cursor.execute("DELETE FROM records_entry WHERE id = %s", [leaf.entry_id])
    for later in Leaf.objects.filter(index__gt=index).order_by("index").values_list("index", flat=True):
        cursor.execute('UPDATE records_leaf SET "index" = %s WHERE "index" = %s', [later - 1, later])


def test_a_sound_record_and_its_counts() -> None:
    sealed(3, 300, 1)
    append([new_entry(900)])
    report = verify_ledger()
    assert report.sound
    assert (report.entries, report.checkpoints, report.waiting) == (304, 3, 1)
    assert report.to_json()["sound"] is True
    assert [str(line) for line in report.lines()] == [
        "The record is sound.",
        "Checked: 304 entries in the log, 3 signed checkpoints, 0 documents; 1 entries still wait for their place in"
        " the log.",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_check_outside_any_transaction_sees_one_state_and_ends_it() -> None:
    sealed(3)
    assert verify_ledger().entries == 3
    sealed(2)
    assert verify_ledger().entries == 5


def test_an_empty_record_is_sound() -> None:
    assert verify_ledger().sound


def test_altered_body() -> None:
    made = sealed(4, 4)
    with tampering() as cursor:
        body = changed(made[5], b'"number":5', b'"number":6')
        cursor.execute("UPDATE records_entry SET body = %s WHERE id = %s", [body, made[5].id])
        report = verify_ledger()
    assert findings(report) == {named("altered", 5, made[5])}
    assert str(made[5].uid) in str(report.lines()[-1])
    assert report.to_json()["findings"][-1]["index"] == 5


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "tests.ReviewInvented"),
        ("effective_on", "2020-01-01"),
        ("recorded_at", "2020-01-01 00:00:00"),
        ("office", "supervisor"),
        ("audience", "public"),
        ("version", 2),
        ("participant", None),
        ("actor", None),
        ("command", "Other"),
        ("citations", '["6 USC 961"]'),
    ],
)
def test_altered_column(column: str, value: Any) -> None:
    made = sealed(4, 4)
    with tampering() as cursor:
        cursor.execute(f"UPDATE records_entry SET {column} = %s WHERE id = %s", [value, made[6].id])
        report = verify_ledger()
    assert findings(report) == {named("altered", 6, made[6])}
    assert column in str(report.findings[-1].sentence)


def test_altered_body_together_with_its_leaf() -> None:
    made = sealed(4, 4, 4)
    with tampering() as cursor:
        body = changed(made[5], b'"number":5', b'"number":6')
        cursor.execute("UPDATE records_entry SET body = %s WHERE id = %s", [body, made[5].id])
        cursor.execute('UPDATE records_leaf SET leaf_hash = %s WHERE "index" = 5', [log.leaf_hash(body)])
        report = verify_ledger()
    assert findings(report) == {("altered", 4, None, None)}
    assert "places 4 to 7" in str(report.lines()[-1])


def test_altered_leaf_of_an_entry_that_is_as_signed() -> None:
    made = sealed(4, 4)
    with tampering() as cursor:
        cursor.execute('UPDATE records_leaf SET leaf_hash = %s WHERE "index" = 2', [b"\x00" * 32])
        report = verify_ledger()
    assert findings(report) == {named("altered", 2, made[2])}


def test_altered_entry_that_still_waits() -> None:
    sealed(2)
    (waiting,) = append([new_entry(9)])
    with tampering() as cursor:
        cursor.execute("UPDATE records_entry SET office = 'supervisor' WHERE id = %s", [waiting.id])
        report = verify_ledger()
    assert findings(report) == {named("altered", None, waiting)}


def test_removed_entry() -> None:
    made = sealed(4, 4)
    with tampering() as cursor:
        cursor.execute("DELETE FROM records_entry WHERE id = %s", [made[3].id])
        report = verify_ledger()
    assert findings(report) == {named("removed", 3, made[3])}


def test_removed_place_of_an_entry() -> None:
    made = sealed(4, 4)
    with tampering() as cursor:
        cursor.execute('DELETE FROM records_leaf WHERE "index" = 5')
        report = verify_ledger()
    assert findings(report) == {named("removed", 5, made[5])}


def test_removed_entry_and_place() -> None:
    made = sealed(4, 4)
    with tampering() as cursor:
        cursor.execute('DELETE FROM records_leaf WHERE "index" = 5')
        cursor.execute("DELETE FROM records_entry WHERE id = %s", [made[5].id])
        report = verify_ledger()
    assert findings(report) == {("removed", 5, None, None)}


def test_removed_entry_and_place_with_the_gap_closed() -> None:
    sealed(4, 4)
    with tampering() as cursor:
        take_out_and_close_the_gap(cursor, 5)
        report = verify_ledger()
    assert [found.tampering.value for found in report.findings if found.tampering is not Tampering.GUARD] == ["removed"]


def test_removed_end_of_the_record() -> None:
    made = sealed(4, 4)
    with tampering() as cursor:
        cursor.execute('DELETE FROM records_leaf WHERE "index" >= 6')
        cursor.execute("DELETE FROM records_entry WHERE id >= %s", [made[6].id])
        report = verify_ledger()
    assert findings(report) == {("removed", 6, None, None)}


def test_removed_end_of_the_record_with_its_checkpoint_is_seen_by_a_witness() -> None:
    made = sealed(4, 4)
    witnessed = Checkpoint.objects.get(size=8).note
    with tampering() as cursor:
        cursor.execute('DELETE FROM records_leaf WHERE "index" >= 4')
        cursor.execute("DELETE FROM records_entry WHERE id >= %s", [made[4].id])
        cursor.execute("DELETE FROM records_checkpoint WHERE size = 8")
        assert findings(verify_ledger()) == set()
        report = verify_ledger(witnessed=[witnessed])
    assert findings(report) == {("removed", 4, None, None)}


def test_inserted_entry_around_the_log() -> None:
    sealed(4)
    with tampering() as cursor:
        (planted,) = append([new_entry(77)])
        cursor.execute("DELETE FROM records_inbox")
        report = verify_ledger()
    assert findings(report) == {named("inserted", None, planted)}


def test_inserted_entry_at_the_end_of_the_log() -> None:
    sealed(4)
    with tampering() as cursor:
        planted = plant(cursor, 4)
        report = verify_ledger()
    assert findings(report) == {named("inserted", 4, planted)}


def test_inserted_entry_in_the_middle_of_the_log() -> None:
    sealed(4, 4, 4)
    with tampering() as cursor:
        for index in range(11, 4, -1):
            cursor.execute('UPDATE records_leaf SET "index" = %s WHERE "index" = %s', [index + 1, index])
        planted = plant(cursor, 5)
        report = verify_ledger()
    assert findings(report) == {named("inserted", 5, planted)}


def test_reordered_places() -> None:
    made = sealed(4, 4)
    with tampering() as cursor:
        for index, to in ((5, 99), (6, 5), (99, 6)):
            cursor.execute('UPDATE records_leaf SET "index" = %s WHERE "index" = %s', [to, index])
        report = verify_ledger()
    assert findings(report) == {named("reordered", 5, made[6]), named("reordered", 6, made[5])}


def test_reordered_contents() -> None:
    made = sealed(4, 4)
    with tampering() as cursor:
        for entry, other in ((made[1], made[6]), (made[6], made[1])):
            cursor.execute("UPDATE records_entry SET body = %s WHERE id = %s", [bytes(other.body), entry.id])
        report = verify_ledger()
    assert findings(report) == {named("reordered", 1, made[1]), named("reordered", 6, made[6])}


def test_two_manipulations_in_two_batches_are_both_named() -> None:
    made = sealed(4, 4)
    with tampering() as cursor:
        cursor.execute("DELETE FROM records_entry WHERE id = %s", [made[1].id])
        body = changed(made[6], b'"number":6', b'"number":7')
        cursor.execute("UPDATE records_entry SET body = %s WHERE id = %s", [body, made[6].id])
        report = verify_ledger()
    assert findings(report) == {named("removed", 1, made[1]), named("altered", 6, made[6])}


def test_forged_checkpoint() -> None:
    sealed(4, 4)
    stranger = signing.SigningKey(ensure_signing_key().name, signing.Ed25519PrivateKey.generate())
    with tampering() as cursor:
        note = signing.sign_checkpoint(stranger, 8, b"\x01" * 32, AT)
        cursor.execute("UPDATE records_checkpoint SET note = %s, root = %s WHERE size = 8", [note, b"\x01" * 32])
        report = verify_ledger()
    assert "no signature of a trusted key" in str(report.lines())
    assert {found.tampering for found in report.findings} >= {Tampering.CHECKPOINT}


def test_checkpoint_with_a_changed_signature_or_text() -> None:
    sealed(4)
    note = Checkpoint.objects.get().note
    for forged in (note.replace("\n4\n", "\n5\n"), note[:-6] + "AAAA=\n", "", note.replace("\u2014", "-")):
        with tampering() as cursor:
            cursor.execute("UPDATE records_checkpoint SET note = %s", [forged])
            report = verify_ledger()
        assert Tampering.CHECKPOINT in {found.tampering for found in report.findings}, forged


def test_checkpoint_whose_columns_do_not_say_what_was_signed() -> None:
    sealed(4)
    with tampering() as cursor:
        cursor.execute("UPDATE records_checkpoint SET sealed_at = '2020-01-01 00:00:00'")
        report = verify_ledger()
    assert {found.tampering for found in report.findings} >= {Tampering.CHECKPOINT}


def test_fork_shown_by_a_witness() -> None:
    sealed(4)
    note = signing.sign_checkpoint(ensure_signing_key(), 4, b"\x02" * 32, AT)
    report = verify_ledger(witnessed=[note])
    assert "forked" in str(report.lines()[-1])


def test_altered_inner_node() -> None:
    sealed(300)
    with tampering() as cursor:
        cursor.execute("UPDATE records_node SET node_hash = %s", [b"\x03" * 32])
        report = verify_ledger()
    assert [found.tampering for found in report.findings][-1] is Tampering.TREE
    assert findings(report) == {("tree", None, None, None)}


def test_missing_guards_are_named() -> None:
    sealed(1)
    with tampering():
        report = verify_ledger()
    assert {found.sentence.values["table"] for found in report.findings} == set(triggers.GUARDED)
    assert triggers.missing(connection) == []


def test_findings_stop_growing_but_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenlane.records.report.MAX_FINDINGS", 7)
    sealed(10)
    with tampering() as cursor:
        cursor.execute("UPDATE records_entry SET office = 'supervisor'")
        report = verify_ledger()
    assert (len(report.findings), report.more) == (7, 8)
    assert str(report.lines()[-1]) == "8 more findings are not listed."


def plant(cursor: Any, index: int) -> Entry:
    """An entry that never came through the sequencer, with a leaf that fits it."""
    (planted,) = append([new_entry(77)])
    cursor.execute("DELETE FROM records_inbox")
    hashed = log.leaf_hash(bytes(planted.body))
    Leaf.objects.create(index=index, entry_id=planted.id, uid=planted.uid, kind=planted.kind, leaf_hash=hashed)
    return planted


@pytest.mark.django_db
def test_whoever_waits_hears_how_far_the_reading_is() -> None:
    heard: list[tuple[int, int]] = []
    sealed(3, 2)
    assert verify_ledger(tell=lambda read, total: heard.append((read, total))).sound
    assert heard == [(0, 5), (5, 5)]
