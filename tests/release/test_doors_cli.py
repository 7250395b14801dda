"""Release on the command line: files decided by every engine alike, all or nothing, or with bad records set aside."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from greenlane.cli import machine, release_what_if
from greenlane.cli import release as tool
from greenlane.cli.main import greenlane
from greenlane.release.commands_agencies import ManufacturerAbroad, RecogniseManufacturers, RecordArrangement
from greenlane.release.deciding import decide
from greenlane.release.engine.entries import CargoEntry, Claim
from greenlane.release.formats.tabular import write_csv, write_jsonl
from greenlane.release.models import FiledEntry
from tests.release import room
from tests.release.clocked import ClockedDesk
from tests.release.test_room_entries import cargo_desk, entry, file

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None, monkeypatch: pytest.MonkeyPatch) -> ClockedDesk:
    made, _who = cargo_desk()
    made.prove = False
    monkeypatch.setattr(machine, "is_operator", lambda: True)
    for module in (machine, tool, release_what_if):
        monkeypatch.setattr(module, "now", lambda: made.at)
    for module in (machine, release_what_if):
        monkeypatch.setattr(module, "today", lambda: made.today)
    return made


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(greenlane, ["release", *map(str, words)])


def said(result: Result, code: int = 0) -> Any:
    assert result.exit_code == code, (result.exit_code, result.output, result.exception)
    return json.loads(result.output)


def many(desk: ClockedDesk) -> list[CargoEntry]:
    """Entries of every kind: two importers' numbers, agencies, a manufacturer that claims to be trusted abroad."""
    record = RecordArrangement(programme="ctpat", country="MX", partner_programme="OEA", since=desk.today)
    key = desk.must(record, by="mona").case_id
    assert key is not None
    maker = ManufacturerAbroad(mid="MXABCDEF1234MEX", name="Invented", foreign_number="OEA-1")
    desk.must(RecogniseManufacturers(case_id=key, manufacturers=(maker,)), by="mona")
    desk.minute = 50
    kinds: list[dict[str, object]] = [
        {},
        {"importer": "55-555555500"},
        {"authority": ("FDA",)},
        {"maker": "MXABCDEF1234MEX"},
        {"maker": "CNOTHER", "claims": (Claim("maker", "OEA-1", "MF"),)},
        {"claims": (Claim("maker", "OEA-9", "MF"),), "customs_hold": True},
    ]
    return [entry(desk, f"INV-{n}", score=20 + n * 7 % 200, **kinds[n % len(kinds)]) for n in range(60)]


@pytest.mark.clause("6 USC 964(a)", "6 USC 965(b)", "19 USC 4311(a)")
@pytest.mark.parametrize("engine", ["local", "duckdb"])
def test_a_file_is_decided_as_each_entry_by_itself(desk: ClockedDesk, tmp_path: Path, engine: str) -> None:
    entries = many(desk)
    source, target = tmp_path / "entries.csv", tmp_path / "decided.jsonl"
    with source.open("wb") as out:
        write_csv(entries, out)
    answer = said(run("decide", source, "--out", target, "--engine", engine, "--json"))
    assert answer["decided"] == len(entries)
    found = {row["entry_number"]: row for row in map(json.loads, target.read_text().splitlines())}
    for one in decide("ctpat", entries):
        row = found[one.entry.entry_number]
        assert (row["score_after"], row["reasons"]) == (one.outputs["score_after"], one.outputs["reasons"])
    assert found["INV-0"]["pathway"] == "standard"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["decided.jsonl", "entries.csv"]
    assert not FiledEntry.objects.exists()


@pytest.mark.clause("6 USC 971(b)")
def test_a_bad_file_leaves_nothing_and_skip_bad_goes_on(desk: ClockedDesk, tmp_path: Path) -> None:
    source, target = tmp_path / "entries.jsonl", tmp_path / "decided.csv"
    with source.open("wb") as out:
        write_jsonl([entry(desk, "A"), entry(desk, "B")], out)
        out.write(b'{"entry_number": "C"}\nnot json\n')
    result = run("decide", source, "--out", target)
    assert result.exit_code == 2
    assert "line 3" in result.output
    assert "line 4" in result.output
    assert not target.exists()
    bad = tmp_path / "bad.jsonl"
    answer = said(run("decide", source, "--out", target, "--skip-bad", bad, "--json"))
    assert (answer["decided"], answer["set_aside"]) == (2, 2)
    assert [line.split(",")[0] for line in target.read_text().splitlines()] == ["entry_number", "A", "B"]
    assert bad.exists()
    for words, code in (
        (("decide", source, "--out", tmp_path / "x.doc"), 2),
        (("decide", source, "--out", target, "--as-known-at", "yesterday"), 2),
        (("decide", source, "--out", target, "--policy", "9"), 3),
        (("decide", source, "--out", target, "--programme", "none"), 2),
        (("explain", "NONE"), 3),
        (("what-if", "--set", "nonsense"), 2),
        (("what-if", "--set", "salt=1"), 2),
    ):
        result = run(*words)
        assert result.exit_code == code, (words, result.output, result.exception)
        assert "Traceback" not in result.output


def test_nothing_is_written_over_what_is_read_and_nothing_is_left_behind(desk: ClockedDesk, tmp_path: Path) -> None:
    source, head, wrong = tmp_path / "entries.csv", tmp_path / "head.csv", tmp_path / "wrong.csv"
    with source.open("wb") as out:
        write_csv([entry(desk, "A")], out)
    held = source.read_bytes()
    head.write_bytes(held.splitlines(keepends=True)[0])
    wrong.write_bytes(held.replace(b"A,", b"ABC-1234567-1,", 1))
    target, bad = tmp_path / "decided.csv", tmp_path / "bad.jsonl"
    for words, says in (
        (("decide", source, "--out", source), "read and written at once"),
        (("decide", source, "--out", target, "--skip-bad", target), "written twice"),
        (("decide", source, "--out", tmp_path / "none" / "decided.csv"), "There is no folder"),
        (("decide", source, "--out", target, "--skip-bad", tmp_path / "none" / "bad.jsonl"), "There is no folder"),
        (("decide", head, "--out", target), "no entry to decide in head.csv"),
        (("decide", wrong, "--out", target), "check"),
        (("decide", wrong, "--out", target, "--skip-bad", bad), "set aside"),
        (("what-if", head, "--set", "random_rate=9"), "no entry to decide in head.csv"),
        (("prepare", head, "--out", tmp_path / "job"), "no entry to decide in head.csv"),
    ):
        result = run(*words)
        assert result.exit_code == 2, (words, result.output, result.exception)
        assert says in result.output, (words, result.output)
    assert source.read_bytes() == held
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"entries.csv", "head.csv", "wrong.csv", "bad.jsonl"}


@pytest.mark.clause("6 USC 964(a)", "6 USC 971(b)")
def test_an_entry_that_stands_twice_is_refused_or_set_aside_by_line(desk: ClockedDesk, tmp_path: Path) -> None:
    source, target, bad = tmp_path / "entries.csv", tmp_path / "decided.csv", tmp_path / "bad.jsonl"
    with source.open("wb") as out:
        write_csv([entry(desk, "A", score=10), entry(desk, "B"), entry(desk, "A", score=200)], out)
    result = run("decide", source, "--out", target)
    assert result.exit_code == 2
    assert "entries.csv, line 4: entry_number" in result.output
    assert "A stands on line 2 already" in result.output
    assert not target.exists()
    answer = said(run("decide", source, "--out", target, "--skip-bad", bad, "--json"))
    assert (answer["decided"], answer["set_aside"]) == (2, 1)
    assert [line.split(",")[0] for line in target.read_text().splitlines()] == ["entry_number", "A", "B"]
    assert '"line": 4' in bad.read_text()


@pytest.mark.clause("6 USC 964(a)")
def test_a_draft_decides_a_file_and_what_if_says_what_it_would_change(desk: ClockedDesk, tmp_path: Path) -> None:
    later = desk.today + timedelta(days=9)
    room.drafted(desk, later, tier_two_permille=500, random_rate=0, stratified_rate=0, tier_two_rate=0)
    source, target = tmp_path / "entries.jsonl", tmp_path / "decided.jsonl"
    entries = [entry(desk, f"INV-{n}", score=150) for n in range(5)]
    with source.open("wb") as out:
        write_jsonl(entries, out)
    said(run("decide", source, "--out", target, "--policy", "2", "--json"))
    assert {json.loads(line)["score_after"] for line in target.read_text().splitlines()} == {150 - 95}
    file(desk, *entries)
    found = said(run("what-if", "--set", "tier_two_permille=500", "--json"))
    assert found["entries"] == 5
    assert found["changes"] == {"tier_two_permille": [250, 500]}
    assert "Tier" in run("what-if", "--set", "tier_two_permille=500").output.title()
    shown = run("explain", "INV-0")
    assert "6 USC 965(b)(1)" in shown.output
    assert said(run("explain", "INV-0", "--json"))["score_after"] == 150 - 47
    assert "Customs release: " in shown.output
    assert "True" not in shown.output
    assert said(run("explain", "INV-0", "--again", "--json"))["score_after"] == 150 - 47
    assert "--again" in run("explain", "INV-0", "--as-known-at", desk.at.isoformat()).output
