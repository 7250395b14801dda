"""What is prepared for a cluster decides the same: the folder alone, run by the SQL that it carries."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb
import pytest

from greenlane.release.deciding import decide
from greenlane.release.engine.sql_target import DUCKDB, SPARK
from greenlane.release.formats.tabular import write_csv
from tests.release.clocked import ClockedDesk
from tests.release.test_doors_cli import desk, many, run, said

__all__ = ["desk"]
pytestmark = pytest.mark.django_db


def test_a_folder_for_a_cluster_holds_all_that_is_needed_and_decides_alike(desk: ClockedDesk, tmp_path: Path) -> None:
    entries = many(desk)
    source, folder = tmp_path / "entries.csv", tmp_path / "job"
    with source.open("wb") as out:
        write_csv(entries, out)
    answer = said(run("prepare", source, "--out", folder, "--json"))
    assert answer["prepared"] == len(entries)
    assert answer["command"].startswith(f"spark-submit {folder}/spark_job.py --job {folder} --entries {folder}/entries")
    about = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    assert (folder / "spark_job.py").exists()
    with duckdb.connect() as database:
        for name in about["small"]:
            database.execute(f"CREATE TABLE {name} AS SELECT * FROM '{folder}/{name}.parquet'")
        database.execute(f"CREATE VIEW entries AS SELECT * FROM '{folder}/entries/*.parquet'")
        # the text is Spark's; what differs is only how names, whole numbers and quotients are written
        text = about["decide"].replace(SPARK.quote, DUCKDB.quote).replace(" DIV ", " // ")
        text = re.sub(r"\b(\d+)L\b", r"\1::BIGINT", text)
        rows = database.execute(f"SELECT entry_number, score_after, reasons FROM ({text})").fetchall()
    right = {
        (one.entry.entry_number, one.outputs["score_after"], one.outputs["reasons"]) for one in decide("ctpat", entries)
    }
    assert set(rows) == right


def test_a_bad_file_or_a_folder_that_exists_leaves_nothing_half_done(desk: ClockedDesk, tmp_path: Path) -> None:
    source = tmp_path / "entries.csv"
    source.write_text("entry_number,importer\n,\n", encoding="utf-8")
    assert run("prepare", source, "--out", tmp_path / "job").exit_code != 0
    assert [one.name for one in tmp_path.iterdir()] == ["entries.csv"]
    (tmp_path / "there").mkdir()
    refused = run("prepare", source, "--out", tmp_path / "there")
    assert refused.exit_code != 0
    assert "is there already" in refused.output
