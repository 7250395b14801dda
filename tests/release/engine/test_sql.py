"""The SQL of the policy: one text for every version, nothing written twice, 64 bits throughout; and what it refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from greenlane.release.engine import duckdb_engine
from greenlane.release.engine.asof import FOREVER, Period
from greenlane.release.engine.expressions import Node, greatest, if_, input_, least, looked_up, no, parameter
from greenlane.release.engine.graph import Graph
from greenlane.release.engine.inputs import INPUTS, PARTIES
from greenlane.release.engine.policy import OUTPUTS, release_policy
from greenlane.release.engine.python_target import compile_steps, needs
from greenlane.release.engine.sql_checks import EntriesRefused
from greenlane.release.engine.sql_tables import micros, table_rows
from greenlane.release.engine.sql_target import DIALECTS, DUCKDB, Relations, decide_sql, layers
from greenlane.release.engine.versions import EXAMPLE
from tests.release.engine import filing, golden

EVERY_DIALECT = pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)


def test_a_layer_reads_only_layers_before_it_and_none_could_come_sooner() -> None:
    found = layers(release_policy())
    depth = {step.name: number for number, steps in enumerate(found) for step in steps}
    assert depth.keys() == release_policy().steps.keys()
    for step in release_policy().steps.values():
        read = needs(release_policy(), [step.name]) - {step.name}
        assert depth[step.name] == max((depth[name] for name in read), default=-1) + 1


@EVERY_DIALECT
def test_the_text_stays_small_and_writes_every_step_once(dialect: Any) -> None:
    text = decide_sql(release_policy(), dialect)
    assert len(text) < 40_000
    for name in release_policy().steps:
        assert len(re.findall(rf" AS {re.escape(dialect.named(name))}[,\n]", text)) == 1, name


@EVERY_DIALECT
def test_the_text_is_the_same_for_every_version_and_holds_no_secret(dialect: Any) -> None:
    text = decide_sql(release_policy(), dialect)
    for version in golden.VERSIONS:
        assert str(version.parameters["salt"]) not in re.findall(r"\d+", text) or version.parameters["salt"] < 100
    assert "golden" not in text


@EVERY_DIALECT
def test_every_number_and_column_is_64_bits_wide(dialect: Any) -> None:
    text = decide_sql(release_policy(), dialect)
    literal = re.compile(re.escape(dialect.literal).replace(r"\{0\}", r"\d+"))
    bare = re.sub(
        r"layer_\d+|t\d+\.|tier_\w+|threat_percent_\d|(OFFSET|THEN|= 1|> ?) ?\d* ?(?=THEN)|\n  OFFSET 0", "", text
    )
    bare = literal.sub("", bare)
    assert not re.findall(r"(?<![\w`\"])\d+(?![\w`\"])", bare), "a number of fewer bits"
    entry = text.split("layer_1 AS")[0]
    for name in INPUTS:
        widened = f"CAST(e.{dialect.named(name)} AS BIGINT)"
        assert widened in entry or f"COALESCE({name}.status" in entry


def test_products_that_pass_32_bits_are_right_where_narrow_columns_would_wrap(tmp_path: Path) -> None:
    """What wrapped in other engines: a threshold of 190 by 40 by 100 in 16 bits, masks of agencies in 32."""
    with duckdb.connect() as database:
        (wrapped,) = database.execute("SELECT typeof(190::SMALLINT * 40::SMALLINT)").fetchall()[0]
        assert wrapped == "SMALLINT", "narrow types stay narrow unless a target widens them"
    entry = INPUTS | dict.fromkeys(PARTIES, 1) | {"customs_hold": 0, "threat_information": 0}
    entry |= {"entry_number": 1, "filed_at": micros(date(2026, 1, 2))}
    file = filing.write_parquet(tmp_path / "in.parquet", [entry], score=pa.int16(), mode=pa.int8())
    periods = [Period(1, 0, None, 0, None, 2**14 - 1)]
    version = replace(EXAMPLE, parameters=golden.MOST)
    duckdb_engine.decide(file, tmp_path / "out.parquet", periods=periods, versions=[version])
    found = filing.read_parquet(tmp_path / "out.parquet", OUTPUTS)[0][1]
    inputs = {name: entry[name] for name in INPUTS} | dict.fromkeys(PARTIES, 2**14 - 1)
    assert found == compile_steps(release_policy(), version.parameters, version.tables)(**inputs)


A, B = input_("score", 0, 1000), input_("mode", 0, 5)
OPERATIONS: dict[str, Callable[[], Node]] = {
    "+": lambda: A + B,
    "-": lambda: A - B * 7,
    "*": lambda: A * B,
    "//": lambda: A // (B + 1),
    "%": lambda: A % (B + 2),
    "&": lambda: A & (B * 13),
    "|": lambda: A | (B * 13),
    "<": lambda: B < A,
    "<=": lambda: A <= B * 100,
    "==": lambda: A.equals(B * 100),
    "min": lambda: least(A, B * 100, -3 + B),
    "max": lambda: greatest(A, B * 100),
    "if": lambda: if_(B > 2, no(B > 3) * -5, A - 1000),
    "table": lambda: looked_up("points", (B + A) % 4, 0, 9) + parameter("extra", 0, 9),
}


SMALL = (
    "CREATE TABLE entries (filed_at BIGINT, score SMALLINT, mode TINYINT, row_number INTEGER)",
    "CREATE TABLE policy AS SELECT 'x' AS code, 0 AS number, 0 AS from_at, 1 AS to_at, 4 AS extra, 0 AS usual_points",
    "CREATE TABLE points (number BIGINT, place BIGINT, value BIGINT)",
    "INSERT INTO points VALUES (0, 0, 5), (0, 2, 9)",
    "CREATE TABLE periods (party BIGINT, valid_from BIGINT, valid_to BIGINT, known_to BIGINT, status BIGINT)",
)


@pytest.mark.parametrize("name", OPERATIONS)
def test_each_operation_is_carried_out_as_python_does(name: str) -> None:
    graph = Graph(outputs=("found",))
    graph.step("found", "6 USC 964(a)", OPERATIONS[name]())
    rows = [(score, mode) for score in (0, 1, 2, 3, 99, 200, 500, 999, 1000) for mode in range(6)]
    with duckdb.connect() as database:
        for statement in SMALL:
            database.execute(statement)
        database.executemany("INSERT INTO entries VALUES (0, ?, ?, ?)", [[s, m, s * 10 + m] for s, m in rows])
        text = decide_sql(graph, DUCKDB, keep=("row_number",))
        found = dict(database.execute(f"SELECT row_number, found FROM ({text})").fetchall())
        kinds = database.execute(f"DESCRIBE {text}").fetchall()
    numbers = dict.fromkeys(graph.parameters, 4)
    tables = {one: [5, 0, 9, 0] for one in graph.tables}
    decide = compile_steps(graph, numbers, tables)
    assert found == {score * 10 + mode: decide(score=score, mode=mode)[0] for score, mode in rows}
    assert dict(kind[:2] for kind in kinds)["found"] == "BIGINT"


def test_a_table_is_joined_only_where_it_says_something_unusual() -> None:
    small = table_rows(release_policy(), [EXAMPLE, golden.VERSIONS[1]])
    for name, rows in small.items():
        assert 0 < len(rows.rows) < 50, name
        assert {row[0] for row in rows.rows} == {0, 1}


@pytest.mark.parametrize("keep", [("score",), ("reasons",), ("version",)])
def test_what_is_kept_may_not_be_named_as_what_is_decided(keep: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=f"{keep[0]}: the decision has columns of this name"):
        decide_sql(release_policy(), DUCKDB, keep=keep)


@pytest.mark.parametrize("name", ['a" b', "x;--", "1st", "", "ü"])
def test_only_plain_names_come_into_the_text(name: str) -> None:
    with pytest.raises(ValueError, match="is no plain name"):
        decide_sql(release_policy(), DUCKDB, keep=(name,))
    with pytest.raises(ValueError, match="is no plain name"):
        Relations(entries=name)


def _decide(tmp_path: Path, change: dict[str, Any], periods: tuple[Period, ...] | None = None, **types: Any) -> int:
    rows, known = filing.filed()
    given = [{**rows[0], **change}, rows[1]]
    if types.get("importer") == pa.int64():
        given = [{**row, "importer": 7} for row in given]
    file = filing.write_parquet(tmp_path / "in.parquet", given, **types)
    target = tmp_path / "out.parquet"
    target.write_bytes(b"as it was")
    try:
        return duckdb_engine.decide(
            file,
            target,
            periods=known if periods is None else periods,
            versions=golden.VERSIONS,
            known_at=filing.KNOWN_AT,
        )
    finally:
        assert len(list(tmp_path.iterdir())) == 2
        if periods is not None or change:
            assert target.read_bytes() == b"as it was", "refused, and yet written over"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"score": 1001}, r"of 2 entries, .* out these\. score: 1 without a whole number from 0 to 1,000\."),
        ({"score": -1}, "score: 1 without"),
        ({"threat_level": None}, "threat_level: 1 without a whole number from 0 to 3"),
        ({"filed_at": micros(date(2019, 12, 31))}, "filed_at: 1 without a time on or after 2020-01-01, when the first"),
        ({"filed_at": None, "port": 100_000}, "filed_at: 1 .* port: 1 without a whole number from 0 to 99,999"),
    ],
)
def test_entries_outside_what_is_declared_are_refused_column_by_column(
    tmp_path: Path, change: dict[str, Any], says: str
) -> None:
    kinds = {name: pa.int64() for name in change}
    with pytest.raises(EntriesRefused, match=says):
        _decide(tmp_path, change, **kinds)


def test_columns_that_are_absent_or_hold_something_else_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EntriesRefused, match="The column score holds DOUBLE; it must hold whole numbers from 0"):
        _decide(tmp_path, {"score": 3.5}, score=pa.float64())
    with pytest.raises(EntriesRefused, match="name parties by text and the column importer holds numbers"):
        _decide(tmp_path, {}, (Period("x", 0, None, 0, None, 1),), importer=pa.int64())
    table = pq.read_table(filing.write_parquet(tmp_path / "all.parquet"))
    pq.write_table(table.drop_columns(["mode", "port"]), tmp_path / "less.parquet")
    with pytest.raises(EntriesRefused, match="no column port, mode: add it, or map another column to it"):
        duckdb_engine.decide(tmp_path / "less.parquet", tmp_path / "x", periods=(), versions=golden.VERSIONS)


def test_two_statuses_at_one_time_are_refused_for_an_entry_would_count_twice(tmp_path: Path) -> None:
    twice = (Period("x", 0, 10, 0, None, 1), Period("x", 30, None, 0, None, 3), Period("x", 9, 20, 0, None, 2))
    with pytest.raises(EntriesRefused, match="1 periods begin before an earlier one of the same party ends"):
        _decide(tmp_path, {}, twice)
    with pytest.raises(EntriesRefused, match="1 periods hold no status from 0 to 16383"):
        _decide(tmp_path, {}, (Period("x", 0, 10, 0, None, 2**14), twice[0]))


def test_without_a_version_or_with_two_of_one_day_nothing_is_decided(tmp_path: Path) -> None:
    file = filing.write_parquet(tmp_path / "in.parquet")
    with pytest.raises(ValueError, match="publish one first"):
        duckdb_engine.decide(file, tmp_path / "x", periods=(), versions=())
    with pytest.raises(ValueError, match="the versions example and twin both begin on 2007-01-01; keep one"):
        duckdb_engine.decide(file, tmp_path / "x", periods=(), versions=[EXAMPLE, replace(EXAMPLE, code="twin")])


def test_an_end_that_is_written_as_forever_is_no_end(tmp_path: Path) -> None:
    rows, periods = filing.filed()
    ends = [(one.valid_to or FOREVER, one.known_from, one.known_to or FOREVER) for one in periods]
    written = [one._replace(valid_to=a, known_to=c) for one, (a, _, c) in zip(periods, ends, strict=True)]
    file, answers = filing.write_parquet(tmp_path / "in.parquet", rows[:20]), []
    for known in (periods, written):
        duckdb_engine.decide(file, tmp_path / "out.parquet", periods=known, versions=golden.VERSIONS)
        answers.append(filing.read_parquet(tmp_path / "out.parquet", OUTPUTS)[0])
    assert answers[0] == answers[1]


def test_no_entries_are_no_decisions(tmp_path: Path) -> None:
    file = filing.write_parquet(tmp_path / "in.parquet")
    pq.write_table(pq.read_table(file).slice(0, 0), file)
    assert duckdb_engine.decide(file, tmp_path / "out.parquet", periods=(), versions=golden.VERSIONS) == 0
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 0
