"""Prepare what a Spark cluster decides entries with: one folder that needs nothing of us there (6 USC 964-967)."""

from __future__ import annotations

import shutil
from pathlib import Path

from greenlane.law.sentences import N_
from greenlane.release.engine import spark_engine, spark_job
from greenlane.release.files import Job, Outcome, Step, is_columns, stage, statuses_for
from greenlane.release.formats.reading import bad_file
from greenlane.release.register import known_at


def prepare_for_cluster(source: Path, folder: Path, job: Job, step: Step = lambda _count: None) -> Outcome:
    """Write the new *folder*: the policy as SQL, statuses, the script, and the entries of *source* in whole numbers.

    A *source* that is Parquet in the engine's own columns stays where it is. *step* is told how many entries were read
    since the last time. Raises BadFile with every problem by line, or for a folder that exists; then nothing is left.
    """
    if folder.exists():
        raise bad_file(
            N_("'%(name)s' is there already."),
            N_("What is prepared is a whole: nothing is written over."),
            N_("Name a new folder, or take it away first."),
            name=folder.name,
        )
    beside = folder.with_name(f".{folder.name}.parts")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        entries = source
        if not is_columns(source):
            entries = beside / "entries"
            entries.mkdir(parents=True)
            stage(source, entries, job, step)
        number = _prepare(entries, beside / "job", job)
        made = beside / "job"
        if entries != source:
            entries.rename(made / "entries")
        made.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Outcome(number)


def _prepare(entries: Path, folder: Path, job: Job) -> int:
    """Write the job for entries in columns; answers how many they are."""
    import pyarrow.dataset as ds

    statuses = statuses_for(entries, job)
    folder.parent.mkdir(exist_ok=True)
    spark_engine.prepare(folder, periods=statuses, versions=job.versions, known_at=known_at(job.known))
    shutil.copyfile(spark_job.__file__, folder / "spark_job.py")
    return int(ds.dataset(entries, format="parquet").count_rows())
