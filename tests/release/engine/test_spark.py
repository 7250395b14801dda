"""Spark decides the golden vectors as every other target does, and refuses what they refuse; one Spark for all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from greenlane.release.deciding import decide
from greenlane.release.engine import spark_engine, spark_job
from greenlane.release.engine.asof import Period
from greenlane.release.engine.inputs import EXAMINATIONS
from greenlane.release.engine.policy import OUTPUTS
from greenlane.release.engine.sql_checks import EntriesRefused
from greenlane.release.engine.versions import EXAMPLE
from greenlane.release.formats.tabular import write_csv
from tests.release.clocked import ClockedDesk
from tests.release.engine import filing, golden
from tests.release.test_doors_cli import desk, many, run, said
from tests.support.machine import java_path

__all__ = ["desk"]
SPARK_JOB = Path(spark_job.__file__)


@pytest.fixture(scope="module")
def quick_java() -> Iterator[None]:
    """A Java that compiles in haste: this is over in seconds, and what it would gain by thorough compiling is not."""
    patch = pytest.MonkeyPatch()
    patch.setenv("PATH", f"{java_path().parent}{os.pathsep}{os.environ['PATH']}")
    patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    yield
    patch.undo()


@pytest.mark.usefixtures("quick_java")
def test_spark_is_the_same_every_answer_is_64_bits_wide_and_wrong_entries_are_refused(tmp_path: Path) -> None:
    rows, periods = filing.filed()
    source = filing.write_parquet(tmp_path / "in.parquet", filed_at=pa.timestamp("us", "UTC"))
    wrong = filing.write_parquet(tmp_path / "wrong.parquet", [{**rows[0], "score": 1001}, rows[1]])
    twice = [*periods, Period("x", 0, 10, 0, None, 1), Period("x", 9, None, 0, None, 2)]
    for name, known in (("job", periods), ("twice", twice)):
        spark_engine.prepare(tmp_path / name, periods=known, versions=golden.VERSIONS, known_at=filing.KNOWN_AT)
    with spark_engine.session(2, tmp_path / "scratch") as spark:
        spark.conf.set("spark.sql.adaptive.enabled", "false")  # planning once is enough for so few entries
        out = str(tmp_path / "out")
        assert spark_job.run(spark, str(tmp_path / "job"), str(source), out) == len(rows)
        with pytest.raises(spark_job.Refused, match="score: 1 without a whole number from 0 to 1,000"):
            spark_job.run(spark, str(tmp_path / "job"), str(wrong), str(tmp_path / "none"))
        with pytest.raises(spark_job.Refused, match="1 periods begin before an earlier one of the same party ends"):
            spark_job.run(spark, str(tmp_path / "twice"), str(source), str(tmp_path / "none"))
        for change, says in (
            (pq.read_table(source).drop_columns(["mode"]), "The entries have no column mode"),
            (_halves(source), "The column score holds double; it must hold whole numbers"),
        ):
            pq.write_table(change, tmp_path / "other.parquet")
            with pytest.raises(spark_job.Refused, match=says):
                spark_job.run(spark, str(tmp_path / "job"), str(tmp_path / "other.parquet"), str(tmp_path / "none"))
    decided, versions, schema = filing.read_parquet(tmp_path / "out", OUTPUTS)
    assert (decided, versions) == (filing.expected(), filing.codes())
    assert {schema.field(name).type for name in OUTPUTS} == {pa.int64()}
    assert not (tmp_path / "none").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_java")
def test_the_command_line_decides_a_file_with_spark_as_each_entry_by_itself(desk: ClockedDesk, tmp_path: Path) -> None:
    """From the file that was filed to words on lines, by way of the register; in the Java that runs already."""
    entries = many(desk)
    source, target = tmp_path / "entries.csv", tmp_path / "decided.jsonl"
    with source.open("wb") as out:
        write_csv(entries, out)
    answer = said(run("decide", source, "--out", target, "--engine", "spark", "--json"))
    assert (answer["decided"], answer["set_aside"]) == (len(entries), 0)
    found = {row["entry_number"]: row for row in map(json.loads, target.read_text().splitlines())}
    right = {one.entry.entry_number: one.outputs for one in decide("ctpat", entries)}
    assert {number: (row["score_after"], row["reasons"]) for number, row in found.items()} == {
        number: (outputs["score_after"], outputs["reasons"]) for number, outputs in right.items()
    }
    assert {row["examination"] for row in found.values()} <= set(EXAMINATIONS)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["decided.jsonl", "entries.csv"]
    again = run("decide", source, "--out", target, "--engine", "spark")
    assert again.exit_code == 2
    assert "writes over nothing" in again.output


def _halves(source: Path) -> pa.Table:
    table = pq.read_table(source)
    return table.drop_columns(["score"]).append_column("score", pa.array([0.5] * table.num_rows))


def test_what_a_cluster_gets_is_one_folder_and_a_script_that_needs_nothing_of_greenlane(tmp_path: Path) -> None:
    spark_engine.prepare(tmp_path / "job", periods=(), versions=[EXAMPLE])
    about = json.loads((tmp_path / "job" / "job.json").read_text(encoding="utf-8"))
    assert {file.name for file in (tmp_path / "job").iterdir()} == {
        "job.json",
        *(f"{name}.parquet" for name in about["small"]),
    }
    assert str(EXAMPLE.parameters["salt"]) not in json.dumps(about)
    assert (tmp_path / "job").stat().st_mode & 0o077 == 0, "it holds a secret and all statuses"
    alone = shutil.copy(SPARK_JOB, tmp_path / "alone.py")
    told = subprocess.run([sys.executable, "-I", alone, "--help"], capture_output=True, text=True, cwd=tmp_path)
    assert told.returncode == 0 or "pyspark" in told.stderr
    assert "greenlane" not in Path(alone).read_text(encoding="utf-8").split('"""', 2)[2].replace(
        "greenlane release", ""
    )
    with pytest.raises(FileExistsError):
        spark_engine.prepare(tmp_path / "job", periods=(), versions=[EXAMPLE])


def test_without_java_or_with_a_folder_that_exists_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    source = filing.write_parquet(tmp_path / "in.parquet")
    with pytest.raises(spark_engine.NoSpark, match="apt-get install -y --no-install-recommends openjdk-17-jre"):
        spark_engine.decide(source, tmp_path / "out", periods=(), versions=[EXAMPLE])
    with pytest.raises(FileExistsError, match="name a new folder"):
        spark_engine.decide(source, tmp_path, periods=(), versions=[EXAMPLE])


def test_a_refusal_of_the_job_is_the_refusal_of_every_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise spark_job.Refused(
            [("Nothing was decided.", {}), ("%(column)s: %(wrong)s", {"column": "score", "wrong": "1"})]
        )

    monkeypatch.setattr(spark_job, "run", refuse)
    monkeypatch.setattr(spark_engine, "session", NoSession)
    with pytest.raises(EntriesRefused, match=r"Nothing was decided\. score: 1") as refused:
        spark_engine.decide(tmp_path / "in", tmp_path / "out", periods=(), versions=[EXAMPLE])
    assert [one.message for one in refused.value.sentences] == ["Nothing was decided.", "%(column)s: %(wrong)s"]


class NoSession:
    def __init__(self, *_: object) -> None: ...

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...
