"""Decide entries on a Spark cluster: ``spark-submit spark_job.py --job FOLDER --entries IN --out OUT``.

The folder was written by ``spark_engine.prepare`` and holds the text of the decision, generated from the policy, and
the small relations. This file needs Spark and nothing else of Greenlane, so that a cluster needs no installation.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyspark.sql import DataFrame, SparkSession

WHOLE = ("tinyint", "smallint", "int", "bigint", "boolean")
"""Spark's types of whole numbers; a flag may be a truth."""


class Refused(Exception):
    """Nothing was decided; ``said`` are messages with their values: what is wrong with what, and what to do."""

    def __init__(self, said: list[tuple[str, dict[str, str]]]) -> None:
        self.said = said
        super().__init__(" ".join(message % values for message, values in said))


def N_(message: str) -> str:
    """Mark *message* for translation."""
    return message


NOTHING = N_("Nothing was decided. Mend or leave out these.")
NO_COLUMN = N_("The entries have no column %(columns)s: add it, or map another column to it.")
TEXT_HELD = N_("The column %(column)s holds %(held)s; it must hold text.")
WHOLE_HELD = N_("The column %(column)s holds %(held)s; it must hold whole numbers from 0.")


def run(spark: SparkSession, job: str, entries: str, out: str) -> int:
    """Decide the Parquet files under *entries* into the new folder *out*; answers how many entries there were.

    *job*, *entries* and *out*: paths or addresses that every machine of the cluster reads. Raises Refused, saying
    column by column what is wrong; an *out* that exists is not written over.
    """
    about = json.loads("\n".join(row.value for row in spark.read.text(f"{job}/job.json").collect()))
    for name in about["small"]:
        spark.read.parquet(f"{job}/{name}.parquet").createOrReplaceTempView(name)
    filed = _filed(spark.read.parquet(entries), about)
    filed.createOrReplaceTempView("entries")
    wrong = spark.sql(about["periods"]).collect()[0]
    _refuse(_taken(wrong.asDict(), about["of_periods"]))
    found = spark.sql(about["entries"]).collect()[0]
    _refuse(_taken(found.asDict(), about["says"]))
    spark.sql(about["decide"]).write.parquet(out, compression="zstd")
    return int(found["entries"])


def _filed(entries: DataFrame, about: dict[str, Any]) -> DataFrame:
    """The entries with their time as microseconds and their flags as numbers."""
    from pyspark.sql import functions as sql

    types = dict(entries.dtypes)
    _refuse((NO_COLUMN, {"columns": name}) for name in about["columns"] if name not in types)
    _refuse(
        [
            (TEXT_HELD if text else WHOLE_HELD, {"column": name, "held": types[name]})
            for name, text in about["texts"].items()
            if (types[name] in WHOLE) == text
        ]
    )
    if types["filed_at"] not in WHOLE:
        entries = entries.withColumn("filed_at", sql.unix_micros("filed_at"))
    flags = [name for name in about["texts"] if types[name] == "boolean"]
    return entries.withColumns({name: entries[name].cast("bigint") for name in flags})


def _taken(counts: dict[str, int], takes: dict[str, Any]) -> Iterable[tuple[str, dict[str, str]]]:
    """For each column that is wrong in some rows, what it takes."""
    for name, (message, values) in takes.items():
        if counts[name]:
            yield message, {**values, "column": name, "wrong": f"{counts[name]:,}"}


def _refuse(faults: Iterable[tuple[str, dict[str, str]]]) -> None:
    said = list(faults)
    if said:
        raise Refused([(NOTHING, {}), *said])


def main(arguments: list[str]) -> int:
    """What ``spark-submit`` calls; 1 when the entries are refused."""
    from pyspark.sql import SparkSession

    parser = argparse.ArgumentParser(description="Decide cargo entries with a policy that Greenlane prepared.")
    for name, help_ in (("job", "what was prepared"), ("entries", "Parquet in"), ("out", "a new folder, Parquet out")):
        parser.add_argument(f"--{name}", required=True, help=help_)
    given = parser.parse_args(arguments)
    spark = SparkSession.builder.appName("greenlane release").getOrCreate()
    try:
        print(f"{run(spark, given.job, given.entries, given.out):,} entries were decided")  # noqa: T201
    except Refused as refused:
        print(refused, file=sys.stderr)  # noqa: T201
        return 1
    finally:
        spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
