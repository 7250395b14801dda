"""A targeting score on the command line: learnt from declarations, given to others, which are then decided."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest

from greenlane.release.formats.tabular import read_csv, read_jsonl, read_parquet
from greenlane.release.targeting.declarations import FIELDS, FOUND
from greenlane.release.targeting.score import CATEGORIES
from tests.release.clocked import ClockedDesk
from tests.release.test_doors_cli import desk, run, said
from tests.shared_data import shared_data

__all__ = ["desk"]
pytestmark = pytest.mark.django_db
ORIGINS = ("CN", "MX", "DE", "VN")


def rows(desk: ClockedDesk, count: int = 600) -> list[dict[str, str]]:
    """Invented declarations of the day: what comes from one of four countries at a low price is mostly fraud."""
    made = []
    for n in range(count):
        origin, cheap = ORIGINS[n % 4], n // 4 % 3 == 0
        fraud = str(int(origin == "VN" and (cheap or n % 5 == 0)))
        values = dict.fromkeys(FIELDS, "11") | {
            "Declaration ID": str(10_000_000 + n),
            "Date": desk.today.isoformat(),
            "Office ID": str(n % 40),
            "Declarant ID": f"DEC{n % 9}",
            "Importer ID": f"IMP{n % 30}",
            "Seller ID": f"SEL{n % 50}",
            "Courier ID": "",
            "HS6 Code": f"{847000 + n % 20}",
            "Country of Departure": origin,
            "Country of Origin": origin,
            "Tax Rate": "8.0",
            "Net Mass": "100.0",
            "Item Price": "10.0" if cheap else "900.5",
            "Fraud": fraud,
            "Critical Fraud": "0",
        }
        made.append(values)
    return made


def written(path: Path, given: list[dict[str, str]], *, without: tuple[str, ...] = ()) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, [name for name in given[0] if name not in without], extrasaction="ignore")
        out.writeheader()
        out.writerows(given)
    return path


def learnt(source: Path, target: Path) -> Path:
    answer = said(
        run("train-score", source, "--threshold", "190", "--high-risk-permille", "100", "--out", target, "--json")
    )
    assert answer["learnt_from"] == 600
    return target


@pytest.mark.clause("6 USC 964(a)")
def test_declarations_get_points_and_are_decided_as_any_entries(desk: ClockedDesk, tmp_path: Path) -> None:
    given = rows(desk)
    source = written(tmp_path / "inspected.csv", given)
    score = learnt(source, tmp_path / "score.json")
    assert score.read_bytes() == learnt(source, tmp_path / "again.json").read_bytes()
    unknown = written(tmp_path / "unknown.csv", given, without=FOUND)
    readers: dict[str, Callable[..., object]] = {"csv": read_csv, "jsonl": read_jsonl, "parquet": read_parquet}
    found = []
    for suffix, reader in readers.items():
        target = tmp_path / f"entries.{suffix}"
        assert said(run("score-declarations", unknown, "--score", score, "--out", target, "--json"))["scored"] == 600
        with target.open("rb") as file:
            found.append([one.entry for one in reader(file)])  # type: ignore[attr-defined]
    assert found[0] == found[1] == found[2]
    points = {one.entry_number: one.score for one in found[0]}
    fraud = [points[row["Declaration ID"]] for row in given if row["Fraud"] == "1"]
    others = [points[row["Declaration ID"]] for row in given if row["Fraud"] == "0"]
    assert min(fraud) > max(others)
    assert sum(one >= 190 for one in chain(fraud, others)) >= 60
    first = found[0][0]
    assert (first.importer, first.maker, first.port, first.origin, first.tariff) == (
        "IMP0",
        "SEL0",
        "9000",
        "CN",
        "847000",
    )
    decided = tmp_path / "decided.jsonl"
    assert said(run("decide", tmp_path / "entries.parquet", "--out", decided, "--json"))["decided"] == 600
    after = {row["entry_number"]: row["score_after"] for row in map(json.loads, decided.read_text().splitlines())}
    assert after == points  # nobody here takes part, so nobody's points fall
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.clause("6 USC 971(b)")
def test_bad_declarations_are_refused_whole_by_file_and_line(desk: ClockedDesk, tmp_path: Path) -> None:
    given = rows(desk, 12)
    bad = [
        given[0],
        given[1] | {"Net Mass": "heavy"},
        given[2] | {"Item Price": "nan"},
        given[3] | {"Country of Origin": "China"},
        given[4] | {"Fraud": "maybe"},
        given[5] | {"Date": "1.3.2026"},
    ]
    source, target = written(tmp_path / "bad.csv", bad), tmp_path / "score.json"
    with source.open("a") as file:
        file.write("1,2,3\n")
    result = run("train-score", source, "--threshold", "190", "--out", target)
    assert result.exit_code == 2
    assert [line for line in range(1, 10) if f", line {line}" in result.output] == [3, 4, 5, 6, 7, 8]
    assert "bad.csv: Date, line 7: '1.3.2026' cannot be read." in result.output
    assert "does not match format" not in result.output
    over = run("train-score", source, "--threshold", "190", "--out", source)
    assert (over.exit_code, "read and written at once" in over.output) == (2, True), over.output
    assert "bad.csv" in result.output
    latin = tmp_path / "latin.csv"
    latin.write_bytes(b"Declaration ID\n\xff\xfe\n")
    other = written(tmp_path / "other.csv", [{"a": "1"}])
    alike = written(tmp_path / "alike.csv", [row | {"Fraud": "0"} for row in given])
    again = written(tmp_path / "again.csv", [given[1], given[0], given[1]])
    first = written(tmp_path / "first.csv", given[:2])
    result = run("train-score", first, again, "--threshold", "190", "--out", target)
    assert result.exit_code == 2
    assert [line for line in range(1, 6) if f"again.csv: Declaration ID, line {line}" in result.output] == [2, 3, 4]
    assert "stands in first.csv on line 3 already" in result.output
    for path, words in ((latin, "UTF-8"), (other, "Importer ID"), (alike, "Nothing can be learnt")):
        result = run("train-score", path, "--threshold", "190", "--out", target)
        assert (result.exit_code, words in result.output) == (2, True), result.output
        assert "Traceback" not in result.output
    assert not target.exists()
    assert run("train-score", source, "--threshold", "0", "--out", target).exit_code == 2


def test_what_is_no_score_and_a_target_of_no_kind_are_refused(desk: ClockedDesk, tmp_path: Path) -> None:
    source, score = written(tmp_path / "some.csv", rows(desk, 12)), tmp_path / "score.json"
    codes: dict[str, object] = {name: {} for name in CATEGORIES}
    kept = {"model": "tree\n", "codes": codes, "scale": {"cut": 0.5, "threshold": 190}, "unit_price": True}
    learnt(written(tmp_path / "many.csv", rows(desk)), score)
    right = json.loads(score.read_text())
    wrong = [
        kept,
        right | {"codes": {}},
        right | {"codes": codes | {"Office ID": {"11": "x"}}},
        right | {"scale": {"cut": "x", "threshold": 190}},
        right | {"unit_price": False},
        right | {"model": 7},
        right | {"model": right["model"][:200]},
    ]
    for text in ("", "[]", "{}", "\x00", *map(json.dumps, wrong)):
        score.write_text(text)
        result = run("score-declarations", source, "--score", score, "--out", tmp_path / "entries.csv")
        assert (result.exit_code, "holds no score" in result.output) == (2, True), (text, result.output)
    result = run("score-declarations", source, "--score", score, "--out", tmp_path / "entries.xlsx")
    assert (result.exit_code, ".parquet, .csv or .jsonl" in result.output) == (2, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["many.csv", "score.json", "some.csv"]


def test_without_the_library_it_says_how_to_get_it(
    desk: ClockedDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(tmp_path / "some.csv", rows(desk, 12))
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    for words in (
        ("train-score", source, "--threshold", "190", "--out", tmp_path / "score.json"),
        ("score-declarations", source, "--score", source, "--out", tmp_path / "entries.csv"),
    ):
        result = run(*words)
        assert result.exit_code == 2
        assert "greenlane[targeting]" in result.output.replace("\n", "")


@pytest.mark.clause("6 USC 964(a)")
def test_the_public_declarations_are_scored_and_become_entries(desk: ClockedDesk, tmp_path: Path) -> None:
    folder = "release/kr-customs-declarations/df_syn_"
    source, score, target = shared_data(f"{folder}valid_eng.csv"), tmp_path / "score.json", tmp_path / "e.csv"
    assert said(run("train-score", source, "--threshold", "190", "--out", score, "--json"))["learnt_from"] == 8134
    test = shared_data(f"{folder}test_eng.csv")
    how = ("--score", score, "--out", target, "--filed-on", str(desk.today), "--json")
    assert said(run("score-declarations", test, *how))["scored"] == 8481
    with target.open("rb") as file:
        scores = [one.entry.score for one in read_csv(file) if one.entry]
    assert len(scores) == 8481
    assert 0.01 < sum(one >= 190 for one in scores) / len(scores) < 0.1
    assert said(run("decide", target, "--out", tmp_path / "d.csv", "--json"))["decided"] == 8481


def test_the_manual_says_what_every_column_becomes() -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "score-declarations.md").read_text(encoding="utf-8")
    for column, (field, how) in FIELDS.items():
        assert f"| {column} | {f'`{field}`' if field else ''} | {how} |".replace("|  |", "| |") in page, column
