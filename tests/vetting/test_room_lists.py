"""Lists are imported whole, by version, kept in the store, and never lose a tenth unseen (6 USC 964(b))."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from greenlane.casework import replay
from greenlane.casework.problems import BadInput
from greenlane.records.documents import DocumentDamaged
from greenlane.records.kept import kept_path
from greenlane.records.models import Entry
from greenlane.vetting import queries
from greenlane.vetting.commands_lists import ImportList
from greenlane.vetting.importing import prepare
from greenlane.vetting.listing import kept_bodies, register_id
from greenlane.vetting.lists.entries import ListKind
from greenlane.vetting.models import ListedEntry, ListVersion
from tests.desk import Desk
from tests.shared_data import shared_data
from tests.vetting.office import FILLER, SOURCE, VOLKANIK, sdn, sdn_files

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6 USC 964(b)")]


def test_an_import_keeps_hashes_in_the_record_and_entries_in_the_store(desk: Desk, tmp_path: Path) -> None:
    answer = desk.must(sdn(tmp_path, [VOLKANIK], desk.today), by="ana_analyst")
    assert answer.case_id == register_id("ofac_sdn")
    body = Entry.objects.get(uid=answer.entries[0]).data["what"]
    assert {file["role"]: file["file_name"] for file in body["files"]}["primary"] == "primary.csv"
    assert all(kept_path(file["sha256"]).stat().st_size for file in body["files"])
    assert "VOLKANIK" not in str(body)
    assert next(kept_bodies(body["entries"]["sha256"]))["names"][0]["text"] == "VOLKANIK, Ilse"
    version = ListVersion.objects.get()
    assert (version.list_code, version.number, version.entries, version.added) == ("OFAC-SDN", 1, 13, 13)
    assert version.source == SOURCE
    assert ListedEntry.objects.filter(to_number=None).count() == 13


def test_a_new_version_writes_only_what_changed_and_the_old_one_can_be_read(desk: Desk, tmp_path: Path) -> None:
    desk.must(sdn(tmp_path / "1", [VOLKANIK], desk.today), by="ana_analyst")
    desk.today += timedelta(days=1)
    changed = (1, "VOLKANIK, Ilse", "individual", "DOB 05 May 1961; nationality Peru.")
    desk.must(sdn(tmp_path / "2", [changed, (2, "NEW INVENTION", "", "")], desk.today), by="ana_analyst")
    first, second = ListVersion.objects.order_by("number")
    assert (second.added, second.changed, second.removed) == (1, 1, 0)
    assert first.superseded_on == desk.today
    assert ListedEntry.objects.count() == 13 + 2
    texts = [e.body["birth_dates"][0]["text"] for v in (first, second) for e in queries.listed_entries(v)[:1]]
    assert texts == ["04 May 1961", "05 May 1961"]
    assert [queries.listed_entries(v).count() for v in (first, second)] == [13, 14]


def test_a_bad_file_is_refused_whole_by_line_and_nothing_is_written(desk: Desk, tmp_path: Path) -> None:
    files = sdn_files(tmp_path, [VOLKANIK, *FILLER])
    content = files["primary"].read_bytes().replace(b'903,"UNRELATED INVENTION 3"', b"903")
    files["primary"].write_bytes(content)
    before = Entry.objects.count()
    with pytest.raises(BadInput) as caught:
        desk.give(prepare("ofac_sdn", files, SOURCE, desk.today), by="ana_analyst")
    [problem] = caught.value.problems
    assert problem.where == "primary:5"
    assert problem.cite == "6 USC 964(b)"
    assert problem.mend is not None
    assert (Entry.objects.count(), ListVersion.objects.count()) == (before, 0)


def test_a_missing_file_and_a_kind_that_is_none_are_said_gently(desk: Desk, tmp_path: Path) -> None:
    files = sdn_files(tmp_path, [VOLKANIK])
    del files["alt"]
    with pytest.raises(BadInput, match=r"alt\.csv"):
        desk.give(prepare("ofac_sdn", files, SOURCE, desk.today), by="ana_analyst")
    with pytest.raises(BadInput, match="not a kind of list"):
        prepare("wikipedia", files, SOURCE, desk.today)
    with pytest.raises(BadInput, match="cannot be read"):
        prepare("ofac_sdn", {"primary": tmp_path / "nowhere.csv"}, SOURCE, desk.today)
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(BadInput, match="empty"):
        prepare("ofac_sdn", {"primary": tmp_path / "empty.csv"}, SOURCE, desk.today)
    lost = ImportList(kind=ListKind.OFAC_SDN, files={"primary": "0" * 64}, source=SOURCE, retrieved_on=desk.today)
    with pytest.raises(BadInput, match="not in the store"):
        desk.give(lost, by="ana_analyst")


def test_the_same_files_again_are_refused_unless_they_were_retrieved_again(desk: Desk, tmp_path: Path) -> None:
    first = desk.today
    desk.must(sdn(tmp_path / "1", [VOLKANIK], first), by="ana_analyst")
    desk.refused(sdn(tmp_path / "1", [VOLKANIK], first), by="ana_analyst", code="list_is_new", cite="6 USC 964(b)")
    desk.today += timedelta(days=20)
    desk.must(sdn(tmp_path / "1", [VOLKANIK], desk.today), by="ana_analyst")
    version = ListVersion.objects.get()
    assert (version.number, version.retrieved_on, version.imported_on) == (1, desk.today, first)
    desk.must(sdn(tmp_path / "2", [(2, "NEW INVENTION", "", "")], desk.today), by="ana_analyst")
    desk.today += timedelta(days=1)
    refused = desk.refused(sdn(tmp_path / "1", [VOLKANIK], desk.today), by="ana_analyst", code="list_is_new")
    assert "already imported, as version 1" in str(refused.verdict.failing[0].sentence)


def test_a_list_that_loses_a_tenth_needs_a_person_to_accept_it(desk: Desk, tmp_path: Path) -> None:
    desk.must(sdn(tmp_path / "1", [(n, f"GONE SOON {n}", "", "") for n in range(1, 4)], desk.today), by="ana_analyst")
    desk.refused(sdn(tmp_path / "2", [VOLKANIK], desk.today), by="ana_analyst", code="entries_dropped")
    unexplained = sdn(tmp_path / "2", [VOLKANIK], desk.today, accept_drop=True, reason="  ")
    desk.refused(unexplained, by="ana_analyst", code="entries_dropped")
    why = "The publisher's notice of today removes all three."
    desk.must(sdn(tmp_path / "2", [VOLKANIK], desk.today, accept_drop=True, reason=why), by="ana_analyst")
    assert ListVersion.objects.get(number=2).accepted == why


def test_a_list_without_source_or_from_the_future_is_refused(desk: Desk, tmp_path: Path) -> None:
    files = sdn_files(tmp_path, [VOLKANIK])
    command = prepare("ofac_sdn", files, " ", desk.today + timedelta(days=1))
    answer = desk.refused(command, by="ana_analyst", code="source_stated")
    assert {r.code for r in answer.verdict.failing} == {"source_stated", "retrieved_by_now"}


def test_a_list_counts_from_the_day_of_its_import(desk: Desk, tmp_path: Path) -> None:
    """Dated back, it could not take up an investigation that was completed since."""
    yesterday = desk.today - timedelta(days=1)
    command = sdn(tmp_path, [VOLKANIK], yesterday)
    desk.refused(command, by="ana_analyst", on=yesterday, code="imported_today", cite="6 USC 964(b)")
    desk.must(command, by="ana_analyst")


def test_who_may_import(desk: Desk, tmp_path: Path) -> None:
    desk.refused(sdn(tmp_path, [VOLKANIK], desk.today), by="ada", code="authority")


def test_lists_on_record_say_their_age(desk: Desk, tmp_path: Path) -> None:
    desk.must(sdn(tmp_path, [VOLKANIK], desk.today), by="ana_analyst")
    [fresh] = queries.lists_on_record(desk.today + timedelta(days=30))
    [stale] = queries.lists_on_record(desk.today + timedelta(days=31))
    assert (fresh.age_days, fresh.too_old, stale.too_old) == (30, False, True)


def test_replay_needs_the_kept_entries_and_says_so(desk: Desk, tmp_path: Path) -> None:
    alone = (1, "KEPT FOR THIS TEST ALONE", "", "")  # tests beside this one share the store, and keep the usual list
    desk.must(sdn(tmp_path, [alone], desk.today), by="ana_analyst")
    path = kept_path(ListVersion.objects.get().sha256)
    content = path.read_bytes()
    try:
        path.unlink()
        with pytest.raises(DocumentDamaged):
            replay.check()
    finally:
        path.write_bytes(content)
    replay.check()


def test_the_real_sdn_list_is_imported_whole_and_replays(desk: Desk) -> None:
    files = {role: shared_data(f"screening/ofac/{name}_2021-07.csv") for role, name in OFAC_2021.items()}
    desk.prove = False
    began = time.monotonic()
    desk.must(prepare("ofac_sdn", files, "https://www.treasury.gov/ofac", date(2026, 3, 1)), by="ana_analyst")
    assert time.monotonic() - began < 20
    version = ListVersion.objects.get()
    assert (version.entries, version.counts["types"]["person"]) == (8976, 4620)
    assert ListedEntry.objects.count() == 8976
    assert ListedEntry.objects.get(entry_key="36").primary_name == "AEROCARIBBEAN AIRLINES"
    replay.check()


OFAC_2021 = {"primary": "sdn", "alt": "alt", "add": "add"}


@pytest.mark.parametrize(
    ("kind", "name", "role"),
    [("un_consolidated", "un/UN_consolidated_2026-02.xml", "list"), ("bis_dpl", "bis/dpl_2022-09.txt", "list")],
)
def test_other_real_lists_are_imported(desk: Desk, kind: str, name: str, role: str) -> None:
    command = prepare(
        kind, {role: shared_data(f"screening/{name}")}, "publisher", desk.today, accept_drop=True, reason="x"
    )
    desk.must(command, by="ana_analyst")
    version = ListVersion.objects.get(kind=kind)
    assert version.entries == ListedEntry.objects.filter(kind=kind).count() > 300
