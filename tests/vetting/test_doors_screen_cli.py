"""Names screened from files on the command line: every hit explained, all lines or none, nothing kept (964(b))."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from greenlane.cli import machine
from greenlane.cli import vetting_screen as door
from greenlane.cli.main import greenlane
from greenlane.records.models import Entry, ReadLog
from greenlane.vetting import names_screened
from greenlane.vetting.naming.writing import FLAT, PARTS
from tests.desk import Desk
from tests.vetting.office import FILLER, VOLKANIK, sdn

pytestmark = pytest.mark.django_db
NAMES = (
    "Name;Type;Country;Date of birth;Ref\n"
    "Ilse Volkanik;person;PE;1961-05-04;C-1\n"
    "Odo Farthingale;person;US;;C-2\n"
    "UNRELATED INVENTION 3;company;;;C-3\n"
)


@pytest.fixture
def listed(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    """A machine on which an invented list was imported today."""
    desk.prove = False
    desk.must(sdn(tmp_path / "lists", [VOLKANIK], desk.today), by="ana_analyst")
    monkeypatch.setattr(machine, "is_operator", lambda: True)
    for module in (machine, door):
        monkeypatch.setattr(module, "now", lambda: desk.at)
        monkeypatch.setattr(module, "today", lambda: desk.today)
    return desk


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(greenlane, ["vetting", "screen", *map(str, words)])


def said(result: Result) -> Any:
    assert result.exit_code == 0, (result.exit_code, result.output, result.exception)
    return json.loads(result.output)


def refused(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 2, (result.exit_code, result.output, result.exception)
    problems: list[dict[str, str]] = json.loads(result.output)["error"]["problems"]
    assert all(one["what"] for one in problems)
    return problems


def written(folder: Path, content: str | bytes = NAMES, name: str = "names.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.clause("6 USC 964(b)")
def test_each_hit_is_a_row_with_the_list_its_hash_and_every_point(listed: Desk, tmp_path: Path) -> None:
    source, target = written(tmp_path), tmp_path / "hits.jsonl"
    before = Entry.objects.count()
    about = said(run(source, "--out", target, "--json"))
    rows = [json.loads(line) for line in target.read_text().splitlines()]
    assert (about["names"], about["hits"], about["set_aside"]) == (3, len(rows), 0)
    assert {row["id"] for row in rows} == {"C-1", "C-3"}
    [villain] = [row for row in rows if row["id"] == "C-1"]
    [used] = about["lists"]
    assert (villain["list"], villain["entry_key"], villain["listed_name"]) == ("ofac_sdn", "1", "VOLKANIK, Ilse")
    assert (villain["list_version"], villain["list_sha256"]) == (used["version"], used["sha256"])
    assert villain["alias_kind"] == "primary"
    assert villain["model_version"] == about["model_version"]
    assert {"country_same", "birth_date_same"} <= {reason["code"] for reason in villain["reasons"]}
    assert sum(part["points"] for part in villain["parts"]) == villain["score"]
    assert {part["code"] for row in rows for part in row["parts"]} <= set(PARTS)
    assert (about["hits_file"]["name"], json.loads((tmp_path / "hits.jsonl.about.json").read_text())) == (
        "hits.jsonl",
        about,
    )
    assert Entry.objects.count() == before
    read = ReadLog.objects.get()
    assert (read.office, read.purpose, read.participant) == ("operator", "screen names", None)
    assert "Volkanik" not in read.what


@pytest.mark.clause("6 USC 964(b)")
def test_the_three_formats_say_the_same(listed: Desk, tmp_path: Path) -> None:
    rows = list(csv.DictReader(NAMES.splitlines(), delimiter=";"))
    sources = [
        written(tmp_path),
        written(tmp_path, "".join(json.dumps(row) + "\n" for row in rows), "names.jsonl"),
        tmp_path / "names.parquet",
    ]
    pq.write_table(pa.Table.from_pylist(rows), sources[2])
    found = []
    for source in sources:
        for suffix in ("csv", "jsonl", "parquet"):
            said(run(source, "--out", tmp_path / f"hits.{suffix}", "--json"))
        with (tmp_path / "hits.csv").open(encoding="utf-8", newline="") as file:
            flat = list(csv.DictReader(file))
        nested = [json.loads(line) for line in (tmp_path / "hits.jsonl").read_text().splitlines()]
        table = pq.read_table(tmp_path / "hits.parquet").to_pylist()
        assert tuple(flat[0]) == FLAT
        keys = [[(str(row["id"]), row["entry_key"], str(row["score"])) for row in one] for one in (flat, nested, table)]
        assert keys[0] == keys[1] == keys[2]
        for row, same in zip(flat, nested, strict=True):
            assert sum(int(row[f"points_{code}"] or 0) for code in PARTS) == same["score"]
        found.append(keys[0])
    assert found[0] == found[1] == found[2]


@pytest.mark.clause("6 USC 964(b)")
def test_a_stale_or_missing_list_is_said_and_never_passes_for_clean(
    listed: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = written(tmp_path), tmp_path / "hits.csv"
    assert said(run(source, "--out", target, "--json"))["complete"] is True
    monkeypatch.setattr(names_screened, "required_kinds", lambda _programme, _on: ("ofac_sdn", "csl"))
    listed.today += timedelta(days=60)
    about = said(run(source, "--out", target, "--json"))
    assert (about["complete"], about["lists"][0]["stale"]) == (False, True)
    assert about["missing_lists"] == ["csl"]
    assert all(row["list_stale"] == "true" for row in csv.DictReader(target.read_text().splitlines()))
    told = run(source, "--out", target).output
    assert told.count("WARNING") == 2
    assert "STALE" in told


@pytest.mark.clause("6 USC 964(b)")
def test_without_any_list_nothing_is_screened(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "is_operator", lambda: True)
    monkeypatch.setattr(door, "today", lambda: desk.today)
    [problem] = refused(run(written(tmp_path), "--out", tmp_path / "hits.csv", "--json"))
    assert problem["cite"] == "6 USC 964(b)"
    assert "Import the lists first" in problem["mend"]
    assert not (tmp_path / "hits.csv").exists()


def test_one_bad_line_refuses_all_or_is_set_aside(listed: Desk, tmp_path: Path) -> None:
    source = written(tmp_path, NAMES + "12345;ghost;Ruritania;;C-4\nA;B\n")
    target, bad = tmp_path / "hits.csv", tmp_path / "bad.jsonl"
    problems = refused(run(source, "--out", target, "--json"))
    assert {one["where"] for one in problems} == {
        "names.csv, line 5: name", "names.csv, line 5: type", "names.csv, line 5: country", "names.csv, line 6"
    }  # fmt: skip
    assert not target.exists()
    about = said(run(source, "--out", target, "--skip-bad", bad, "--json"))
    assert (about["names"], about["set_aside"]) == (3, 2)
    aside = [json.loads(line) for line in bad.read_text().splitlines()]
    assert [(one["line"], one["record"]) for one in aside] == [(5, "12345;ghost;Ruritania;;C-4"), (6, "A;B")]


def test_thresholds_and_bands_choose_hits(listed: Desk, tmp_path: Path) -> None:
    source, target = written(tmp_path), tmp_path / "hits.jsonl"
    said(run(source, "--out", target, "--json"))
    rows = [json.loads(line) for line in target.read_text().splitlines()]
    top = max(row["score"] for row in rows)
    assert said(run(source, "--out", target, "--threshold", top, "--json"))["hits"] < len(rows)
    for band in {row["band"] for row in rows}:
        about = said(run(source, "--out", target, "--band", band, "--json"))
        assert about["by_band"] == {band: sum(row["band"] == band for row in rows)}
    [problem] = refused(run(source, "--out", target, "--band", "high", "--json"))
    assert problem["where"] == "band"


def test_targets_that_cannot_be(listed: Desk, tmp_path: Path) -> None:
    source = written(tmp_path)
    for target, word in (("hits.xlsx", ".csv, .jsonl or .parquet"), ("names.csv", "one and the same")):
        [problem] = refused(run(source, "--out", tmp_path / target, "--json"))
        assert word in problem["what"] + problem["mend"]
    assert source.read_text() == NAMES


def test_what_a_spreadsheet_would_run_is_text_in_csv(listed: Desk, tmp_path: Path) -> None:
    source = written(tmp_path, f"name,id\n{FILLER[0][1]},=1+1\n")
    said(run(source, "--out", tmp_path / "hits.csv", "--json"))
    rows = list(csv.DictReader((tmp_path / "hits.csv").read_text().splitlines()))
    assert {row["id"] for row in rows} == {"'=1+1"}


def test_a_summary_for_people_says_what_was_guessed_and_noticed(listed: Desk, tmp_path: Path) -> None:
    source = written(tmp_path, "name,city\nSoci\xe9t\xe9 Inventive,x\nTrading Company Ltd,y\n".encode("cp1252"))
    told = run(source, "--out", tmp_path / "hits.csv").output
    for words in ("Names screened: 2", "Windows-1252", "Société", "not used: city", "line 3: The name has only common"):
        assert words in told
    assert "No name was kept on record." in told


def test_files_of_other_kinds_are_refused_in_words(listed: Desk, tmp_path: Path) -> None:
    for content in (b"PK\x03\x04zip", b"%PDF-1.7", b"<xml/>", b"\x00\x01\x02" * 99, b"", b"PAR1junk", b"\xff" * 300):
        problems = refused(run(written(tmp_path, content, "f.bin"), "--out", tmp_path / "hits.csv", "--json"))
        assert all(one["mend"] for one in problems), content
    [missing] = refused(run(tmp_path / "nowhere.csv", "--out", tmp_path / "hits.csv", "--json"))
    assert "not there" in missing["what"]
