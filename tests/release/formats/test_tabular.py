"""Tables of entries: the same in three formats; what is wrong by line and field; all or nothing, or set aside."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenlane.release.engine.entries import Answer, CargoEntry, Claim
from greenlane.release.engine.versions import EXAMPLE
from greenlane.release.formats.columns import COLUMNS, NAMES
from greenlane.release.formats.once import whole
from greenlane.release.formats.reading import LONGEST_LINE, BadFile, Read
from greenlane.release.formats.skipping import SkipFile, skip_bad
from greenlane.release.formats.tabular import (
    read_csv,
    read_jsonl,
    read_parquet,
    write_csv,
    write_jsonl,
    write_parquet,
)
from tests.release.formats.invented import FILED, entries, invented_entry

HEAD = "entry_number,filed_at,importer,score,port\n"
ROW = '{"entry_number":"R","filed_at":"2026-03-01T14:05:00Z","importer":"9","score":1'
GOOD = "R1,2026-03-01T14:05:00Z,99-9,10,2704\n"


def csv_of(text: str) -> list[Read]:
    return list(read_csv(io.BytesIO(text.encode())))


def one_problem(records: list[Read]) -> tuple[int, str, str]:
    [bad] = [one for one in records if one.problems]
    [found] = bad.problems
    assert bad.entry is None
    assert str(found.why)
    assert str(found.mend)
    return found.line, found.field, str(found)


@given(written=st.lists(entries, max_size=5))
@settings(max_examples=25, deadline=None)
def test_an_entry_is_the_same_in_csv_and_json_lines(written: list[CargoEntry]) -> None:
    for write, read in ((write_csv, read_csv), (write_jsonl, read_jsonl)):
        target = io.BytesIO()
        assert write(written, target) == len(written)
        target.seek(0)
        assert [one.entry for one in read(target, EXAMPLE)] == written


@given(written=st.lists(entries, max_size=5))
@settings(max_examples=10, deadline=None)
def test_an_entry_is_the_same_in_parquet(written: list[CargoEntry], tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("parquet") / "entries.parquet"
    assert write_parquet(written, target) == len(written)
    with open(target, "rb") as file:
        assert [one.entry for one in read_parquet(file, EXAMPLE)] == written


def test_what_is_left_out_is_what_an_entry_presumes() -> None:
    [record] = csv_of(HEAD + GOOD)
    assert record.entry == CargoEntry(entry_number="R1", filed_at=FILED, importer="99-9", score=10, port="2704")


def test_answers_and_claims_are_written_in_one_cell() -> None:
    entry = invented_entry(
        answers=(Answer("FDA", "hold", FILED, "DEV"), Answer("EPA", "proceed", FILED)),
        claims=(Claim("maker", "A B;C%", "MF"), Claim("", "-", "")),
    )
    target = io.BytesIO()
    write_csv([entry], target)
    assert "FDA/DEV hold 2026-03-01T14:05:00Z; EPA proceed 2026-03-01T14:05:00Z" in target.getvalue().decode()
    assert [one.entry for one in read_csv(io.BytesIO(target.getvalue()))] == [entry]


@pytest.mark.parametrize(
    ("row", "field", "says"),
    [
        ("R1,yesterday,99-9,10,2704", "filed_at", "2026-03-01T14:05:00Z"),
        ("R1,2026-03-01T14:05:00,99-9,10,2704", "filed_at", "date, time and zone"),
        ("R1,0001-01-01T00:00:00+23:00,99-9,10,2704", "filed_at", "years 1 to 9999"),
        ("R1,2026-03-01T14:05:00Z,99-9,ten,2704", "score", "'ten' cannot be read. It holds a whole number."),
        ("R1,2026-03-01T14:05:00Z,99-9,1e3,2704", "score", "whole number"),
        ("R1,2026-03-01T14:05:00Z,99-9,99999999999999,2704", "score", "whole number"),
        ("R1,2026-03-01T14:05:00Z,99-9,2000,2704", "score", "0 to 1000"),
        ("R1,2026-03-01T14:05:00Z,,10,2704", "importer", "It is empty."),
        ("R1,2026-03-01T14:05:00Z,99-9,10,LAX", "port", "Schedule D"),
        ("R1,2026-03-01T14:05:00Z,99-9,10", "", "The line has 4 values. The first line names 5 columns."),
        ('R1,2026-03-01T14:05:00Z,"99-9,10,2704', "", "no line of CSV"),
        ("R1,2026-03-01T14:05:00Z,99\x00-9,10,2704", "", "control character (U+0000)"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_by_line_and_field(row: str, field: str, says: str) -> None:
    line, where, what = one_problem(csv_of(HEAD + GOOD + row + "\n" + GOOD))
    assert (line, where) == (3, field)
    assert says in what


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("entry_number,filed_at,importer\n", "The column 'score' is missing."),
        ("entry_number,filed_at,importer,score,score\n", "The column 'score' stands twice."),
        ("entry_number,filed_at,importer,score,threat_lvl\n", "'threat_level'"),
        ("", "The file is empty."),
        ("\n\n", "The file is empty."),
        ('"entry_number\n', "no line of CSV"),
    ],
)
def test_a_first_line_that_names_no_columns_is_refused(head: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        csv_of(head)


def test_a_byte_that_is_no_utf_8_is_said_by_line_and_column() -> None:
    data = (HEAD + GOOD).encode() + "R2,2026-03-01T14:05:00Z,Müller,10,2704\n".encode("latin-1")
    line, _, what = one_problem(list(read_csv(io.BytesIO(data))))
    assert line == 3
    assert "column 26" in what
    assert "Save the file as UTF-8" in what
    with pytest.raises(BadFile, match="not UTF-8"):
        list(read_csv(io.BytesIO((HEAD + GOOD).encode("utf-16"))))


def test_a_line_without_end_is_passed_over_in_pieces() -> None:
    data = (HEAD + "x" * (3 * LONGEST_LINE) + "\n" + GOOD).encode()
    records = list(read_csv(io.BytesIO(data)))
    assert one_problem(records)[0] == 2
    assert records[1].entry is not None


def test_a_byte_order_mark_and_line_ends_of_windows_are_taken() -> None:
    data = b"\xef\xbb\xbf" + (HEAD + GOOD).replace("\n", "\r\n").encode()
    assert [one.entry is not None for one in read_csv(io.BytesIO(data))] == [True]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "column"),
        ("[1]", "no JSON object"),
        ('{"entry_number": "R1"}', "The column 'filed_at' is missing."),
        ('{"a": 1}', "no column 'a'"),
        ('{"score": 1, "score": 2}', "stands twice"),
        ("[" * 5000, "nests too deeply"),
        ('{"score": ' + "9" * 5000 + "}", "too long"),
        ('{"entry_number":"R","filed_at":"2026-03-01T14:05:00Z","importer":"9","score":true}', "whole number"),
        ('{"entry_number":"R","filed_at":"2026-03-01T14:05:00Z","importer":"9","score":1.5}', "whole number"),
        ('{"entry_number":7,"filed_at":"2026-03-01T14:05:00Z","importer":"9","score":1}', "It holds text."),
        (ROW + ',"answers":[3]}', "agency, answer"),
        (ROW + ',"authority":3}', "codes"),
        (ROW + ',"claims":{"a":1}}', "a list"),
        (ROW + ',"claims":["x"]}', "party, role"),
        (ROW + ',"customs_hold":2}', "true or false"),
    ],
)
def test_what_is_wrong_with_a_json_line_is_said(line: str, says: str) -> None:
    found, _, what = one_problem(list(read_jsonl(io.BytesIO(line.encode() + b"\n"))))
    assert found == 1
    assert says in what


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + b"x" * 100 + b"PAR1", b"entry_number,filed_at\n"])
def test_a_file_that_is_no_parquet_is_refused(data: bytes) -> None:
    with pytest.raises(BadFile, match="no Parquet file"):
        list(read_parquet(io.BytesIO(data)))


def test_a_parquet_file_with_other_columns_is_refused(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"entry_number": ["R1"], "points": [1]}), tmp_path / "other.parquet")
    with open(tmp_path / "other.parquet", "rb") as file, pytest.raises(BadFile, match="no column 'points'"):
        list(read_parquet(file))


@given(data=st.binary(max_size=300))
@settings(max_examples=120, deadline=None)
def test_no_bytes_break_a_reader(data: bytes) -> None:
    for read in (read_csv, read_jsonl, read_parquet):
        for stream in (data, HEAD.encode() + data):
            _read_all(read, stream)


@given(row=st.lists(st.text(max_size=12), min_size=5, max_size=5))
@settings(max_examples=60, deadline=None)
def test_no_values_break_a_reader(row: list[str]) -> None:
    names = [one.name for one in COLUMNS if one.required] + ["answers", "claims", "authority"]
    line = json.dumps(dict(zip(names, [*row, *row], strict=False)))
    _read_all(read_jsonl, line.encode())
    _read_all(read_csv, (",".join(names[:5]) + "\n" + ",".join(row)).encode("utf-8", "replace"))


def _read_all(read: Callable[[BinaryIO], Iterator[Read]], data: bytes) -> None:
    with suppress(BadFile):
        for record in read(io.BytesIO(data)):
            assert record.entry is None or not record.problems


def test_all_or_nothing_reports_every_line_and_gives_nothing() -> None:
    bad = "R1,2026-03-01T14:05:00Z,99-9,ten,2704\n"
    opened = []

    def read(text: str) -> Iterator[Read]:
        opened.append(text)
        return read_csv(io.BytesIO(text.encode()))

    with pytest.raises(BadFile) as refused:
        whole(lambda: read(HEAD + bad + GOOD + bad))
    assert [one.line for one in refused.value.problems] == [2, 4]
    assert refused.value.total == 2
    other = GOOD.replace("R1", "R2")
    assert [one.entry_number for one in whole(lambda: read(HEAD + GOOD + other))] == ["R1", "R2"]
    with pytest.raises(BadFile) as many:
        whole(lambda: read(HEAD + bad * 500))
    assert (len(many.value.problems), many.value.total) == (100, 500)


def numbered(path: Path, bad: frozenset[int]) -> None:
    rows = [f"R{n},2026-03-01T14:05:00Z,99-9,{'ten' if n in bad else 10},2704\n" for n in range(100)]
    path.write_text(HEAD + "".join(rows))


@given(bad=st.sets(st.integers(0, 99), max_size=20).map(frozenset), stops=st.lists(st.integers(0, 7), max_size=4))
@settings(max_examples=12, deadline=None)
def test_work_that_stops_goes_on_where_it_stopped(
    bad: frozenset[int], stops: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """However often it stops, each good entry is done once and each bad record is set aside once."""
    folder = tmp_path_factory.mktemp("skip")
    source, skips = folder / "in.csv", folder / "skipped.jsonl"
    numbered(source, bad)
    done: list[str] = []

    def work(batches: int) -> None:
        with SkipFile(skips, source) as skip, open(source, "rb") as file:
            for number, batch in enumerate(skip_bad(read_csv(file), skip, size=7)):
                if number == batches:
                    return  # stops before anything of this batch is written
                done.extend(one.entry_number for one in batch.entries)

    for stop in stops:
        work(stop)
    work(1000)
    work(1000)
    assert done == [f"R{n}" for n in range(100) if n not in bad]
    rows = [json.loads(line) for line in skips.read_text().splitlines()]
    aside = [row for row in rows if "record" in row]
    assert [row["line"] for row in aside] == [n + 2 for n in sorted(bad)]
    assert all(row["problems"][0]["field"] == "score" and row["record"].startswith("R") for row in aside)


def test_a_skip_file_of_another_file_is_refused(tmp_path: Path) -> None:
    first, second, skips = tmp_path / "1.csv", tmp_path / "2.csv", tmp_path / "skipped.jsonl"
    numbered(first, frozenset())
    numbered(second, frozenset({3}))
    with SkipFile(skips, first):
        pass
    for other in ("{}\n", "not JSON\n", "[]\n", None):
        if other is not None:
            skips.write_text(other)
        with pytest.raises(BadFile, match="was not written for this file"):
            SkipFile(skips, second)


def test_what_a_stop_left_half_written_is_dropped(tmp_path: Path) -> None:
    source, skips = tmp_path / "in.csv", tmp_path / "skipped.jsonl"
    numbered(source, frozenset({1}))
    with SkipFile(skips, source) as skip:
        skip.mark(50)
    with open(skips, "ab") as file:
        file.write(b'{"line": 60, "problems": [], "record": "half"}\n{"line": 61')
    with SkipFile(skips, source) as skip:
        assert (skip.done, skip.skipped) == (50, 0)
    assert "half" not in skips.read_text()


def test_a_value_that_no_line_can_hold_is_not_written() -> None:
    with pytest.raises(ValueError, match="no line of CSV"):
        write_csv([invented_entry(importer="a\nb")], io.BytesIO())


def test_columns_are_those_of_an_entry() -> None:
    assert set(NAMES) == set(vars(invented_entry()))
