"""Somebody takes the database file, changes it with other tools and puts it back: the check says what was done."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import connection

from greenlane.records import triggers
from greenlane.records.report import Report, Tampering
from greenlane.records.verify import verify_ledger
from tests.records.builders import sealed

pytestmark = [pytest.mark.clause("6 USC 971(b)"), pytest.mark.django_db(transaction=True)]

DEEDS = {
    "altered": ["UPDATE records_entry SET office = 'supervisor' WHERE id = (SELECT min(id) + 5 FROM records_entry)"],
    "removed": ["DELETE FROM records_entry WHERE id = (SELECT min(id) + 5 FROM records_entry)"],
    "inserted": [
        "INSERT INTO records_entry SELECT id + 1000, replace(uid, substr(uid, 1, 8), 'ffffffff'), kind, version,"
        " subject, participant, effective_on, recorded_at, actor, office, command_id, command, citations, audience,"
        " body FROM records_entry WHERE id = (SELECT min(id) + 5 FROM records_entry)",
    ],
    "reordered": [
        'UPDATE records_leaf SET "index" = 999 WHERE "index" = 5',
        'UPDATE records_leaf SET "index" = 5 WHERE "index" = 6',
        'UPDATE records_leaf SET "index" = 6 WHERE "index" = 999',
    ],
}
PLACES = {"altered": {5}, "removed": {5}, "inserted": {None}, "reordered": {5, 6}}


@contextmanager
def put_back(path: Path) -> Iterator[None]:
    """The platform opens *path* as its database."""
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name


@pytest.mark.parametrize("deed", DEEDS)
def test_a_changed_copy_of_the_file_is_found_out(deed: str, tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a file to take away is there with the embedded database only")
    sealed(4, 6)
    copy = tmp_path / "copy.sqlite3"
    with closing(sqlite3.connect(copy)) as stolen:
        connection.connection.backup(stolen)
        for table in triggers.GUARDED:
            for trigger in triggers.names(table, "sqlite"):
                stolen.execute(f"DROP TRIGGER {trigger}")
        for statement in DEEDS[deed]:
            assert stolen.execute(statement).rowcount == 1
        stolen.commit()
    with put_back(copy):
        report = verify_ledger()
    assert guards(report) == set(triggers.GUARDED)
    found = [finding for finding in report.findings if finding.tampering is not Tampering.GUARD]
    assert {finding.tampering.value for finding in found} == {deed}
    assert {finding.index for finding in found} == PLACES[deed]
    assert all(finding.uid and finding.kind == "tests.ReviewDocumented" for finding in found)
    assert verify_ledger().sound


def guards(report: Report) -> set[object]:
    return {found.sentence.values["table"] for found in report.findings if found.tampering is Tampering.GUARD}
