"""A file is decided alike whether the function of one entry decides it or the compiled loop of many (6 USC 964-967)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from greenlane.release import local
from greenlane.release.files import Job, decide_file
from greenlane.release.formats.tabular import write_jsonl
from greenlane.release.in_force import history
from tests.release import room
from tests.release.clocked import ClockedDesk
from tests.release.test_doors_cli import many
from tests.release.test_room_entries import cargo_desk, entry

pytestmark = pytest.mark.django_db


def two_policies() -> ClockedDesk:
    """A desk on the second day of a second policy, so that a file spans both."""
    desk, _who = cargo_desk()
    desk.prove = False
    room.published(desk, desk.today + timedelta(days=1), tier_two_permille=300, random_rate=2500)
    return desk


@pytest.mark.clause("6 USC 964(a)", "6 USC 965(b)", "6 USC 971(b)")
def test_the_loop_of_many_writes_the_very_file_of_the_function_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = two_policies()
    given = many(desk)
    room.tomorrow(desk, 2)
    given += [entry(desk, f"LATE-{n}", score=15 + n * 11 % 250, port="1001", mode="truck") for n in range(60)]
    source = tmp_path / "entries.jsonl"
    with source.open("wb") as out:
        write_jsonl(given, out)
    job = Job("ctpat", history("ctpat"), None, desk.at)
    assert len(job.versions) == 2
    used: list[str] = []
    for name in ("_one_by_one", "_at_once"):
        decide = getattr(local, name)
        monkeypatch.setattr(
            local, name, lambda *words, name=name, decide=decide: (used.append(name), decide(*words))[1]
        )
    for target in ("one.parquet", "one.csv"):
        assert decide_file(source, tmp_path / target, job).decided == len(given)
    assert set(used) == {"_one_by_one"}
    monkeypatch.setattr(local, "FEW", len(given) - 1)
    used.clear()
    for target in ("many.parquet", "many.csv"):
        assert decide_file(source, tmp_path / target, job).decided == len(given)
    assert set(used) == {"_at_once"}
    assert (tmp_path / "many.csv").read_bytes() == (tmp_path / "one.csv").read_bytes()
    first, second = (pq.read_table(tmp_path / name) for name in ("one.parquet", "many.parquet"))
    assert second.to_pylist() == first.to_pylist()
    assert second.schema.equals(first.schema)
    decide_file(source, tmp_path / "sql.parquet", replace(job, engine="duckdb"))
    other = pq.read_table(tmp_path / "sql.parquet").sort_by("entry_number")
    assert other.to_pylist() == first.sort_by("entry_number").to_pylist()
    decided = first.to_pydict()
    assert set(decided["version"]) == {"ctpat-1", "ctpat-2"}
    assert len(set(decided["reasons"])) > 4
    assert len(set(decided["score_after"])) > 20
    assert decided["entry_number"] == [one.entry_number for one in given]
