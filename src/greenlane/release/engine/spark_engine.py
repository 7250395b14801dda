"""Decide entries with Spark: prepare the folder that a cluster reads, or run it on this machine."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from greenlane.law.sentences import N_, Sentence
from greenlane.release.engine import spark_job
from greenlane.release.engine.arrow import write_parquet
from greenlane.release.engine.inputs import PARTIES
from greenlane.release.engine.policy import release_policy
from greenlane.release.engine.sql_checks import OF_PERIODS, EntriesRefused, entry_columns
from greenlane.release.engine.sql_job import KEPT, job
from greenlane.release.engine.sql_target import SPARK
from greenlane.release.engine.versions import PolicyVersion

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from greenlane.release.engine.asof import Period


class NoSpark(RuntimeError):
    """Spark is not here; the sentence says how it gets here."""

    def __init__(self, message: str) -> None:
        self.sentence = Sentence(message)
        super().__init__(message)


def prepare(
    folder: Path,
    *,
    periods: Iterable[Period],
    versions: Iterable[PolicyVersion],
    known_at: int | None = None,
    keep: Sequence[str] = KEPT,
) -> None:
    """Write what ``spark_job`` reads into *folder*, which is made: texts in job.json, small relations in Parquet.

    The folder holds the secret of the random draw (in policy.parquet) and the statuses of all parties: keep it as you
    keep those. Raises ValueError without a usable version, FileExistsError where *folder* exists.
    """
    graph = release_policy()
    work = job(SPARK, periods, versions, known_at=known_at, keep=keep)
    texts = {name: name in PARTIES and work.text_parties for name in graph.inputs}
    about = {
        "decide": work.decide,
        "entries": work.entries,
        "periods": work.periods,
        "of_periods": OF_PERIODS,
        "says": dict(work.says),
        "columns": [*keep, *entry_columns(graph)],
        "texts": texts,
        "small": sorted(work.small),
    }
    folder.mkdir(mode=0o700)
    for name, rows in work.small.items():
        write_parquet(rows, folder / f"{name}.parquet")
    (folder / "job.json").write_text(json.dumps(about, indent=1), encoding="utf-8")


def decide(
    source: Path,
    target: Path,
    *,
    periods: Iterable[Period],
    versions: Iterable[PolicyVersion],
    known_at: int | None = None,
    keep: Sequence[str] = KEPT,
    threads: int = 2,
) -> int:
    """Decide the Parquet *source* into the new folder *target* with a Spark on this machine; answers how many entries.

    Raises EntriesRefused, saying what is wrong column by column; NoSpark when Spark or Java is absent; ValueError
    without a usable version; FileExistsError where *target* exists.
    """
    if target.exists():
        raise FileExistsError(f"{target} exists; name a new folder")
    scratch = Path(tempfile.mkdtemp(prefix="greenlane-release-"))
    try:
        prepare(scratch / "job", periods=periods, versions=versions, known_at=known_at, keep=keep)
        with session(threads, scratch) as spark:
            return spark_job.run(spark, str(scratch / "job"), str(source), str(target))
    except spark_job.Refused as refused:
        raise EntriesRefused(*(Sentence(message, values) for message, values in refused.said)) from None
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def session(threads: int, scratch: Path) -> Iterator[SparkSession]:
    """A Spark of this process on *threads* cores; its own files stay under *scratch*. Raises NoSpark."""
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        raise NoSpark(
            N_(
                "Spark needs Java 17. "
                "On Debian: sudo apt-get install -y --no-install-recommends openjdk-17-jre-headless"
            )
        )
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise NoSpark(N_("Spark is not installed: install the extra with pip install 'greenlane[cluster]'")) from None
    builder = SparkSession.builder.master(f"local[{threads}]").appName("greenlane release")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.local.dir": str(scratch / "spark"),
        "spark.sql.warehouse.dir": str(scratch / "warehouse"),
        "spark.sql.shuffle.partitions": str(threads),
        "spark.sql.session.timeZone": "UTC",
        "spark.log.level": "ERROR",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    try:
        yield spark
    finally:
        spark.stop()
