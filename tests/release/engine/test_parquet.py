"""A file of entries in, a file of decisions out: the same as in memory, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from greenlane.release.engine import parquet
from greenlane.release.engine.asof import DAY, Period, StatusStore
from greenlane.release.engine.batch import decide_batch
from greenlane.release.engine.columns import Slots
from greenlane.release.engine.inputs import PARTIES
from greenlane.release.engine.parquet import decide_file
from greenlane.release.engine.policy import OUTPUTS
from greenlane.release.engine.sql_checks import EntriesRefused
from greenlane.release.engine.versions import EXAMPLE
from tests.release.engine.making import FIRST, entries, filed

ROWS = 3000
COLUMNS, PERIODS = filed(list(entries(ROWS, seed=11)))
LATER = replace(
    EXAMPLE,
    code="later",
    effective_from=date.fromordinal(date(1970, 1, 1).toordinal() + FIRST // DAY + 7),
    parameters={**EXAMPLE.parameters, "threshold": 120},
)


def _file(folder: Path, *, text: bool = False, **changed: pa.Array) -> Path:
    arrays = {name: pa.array(column) for name, column in COLUMNS.items()}
    arrays["entry_number"] = pa.array([f"E{number}" for number in range(ROWS)])
    if text:
        arrays["filed_at"] = arrays["filed_at"].cast(pa.timestamp("us", "UTC"))
        arrays |= {name: pa.array([f"P{n}" for n in COLUMNS[name].tolist()]) for name in PARTIES}
    pq.write_table(pa.table(arrays | changed), folder / "entries.parquet", row_group_size=700)
    return folder / "entries.parquet"


def _expected() -> dict[str, list[int]]:
    slice_ = StatusStore.build(PERIODS).known_at()
    slots = Slots(slice_)
    columns = {**COLUMNS, **{party: slots.of_numbers(COLUMNS[party]) for party in PARTIES}}
    return {name: column.tolist() for name, column in decide_batch(columns, slice_, [EXAMPLE, LATER]).items()}


@pytest.mark.parametrize("text", [False, True])
def test_a_file_is_decided_as_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: bool) -> None:
    monkeypatch.setattr(parquet, "MOST_ROWS", 300)
    named = [period._replace(party=f"P{period.party}") for period in PERIODS] if text else PERIODS
    slice_ = StatusStore.build(named).known_at()
    told: list[tuple[int, int]] = []
    source, target = _file(tmp_path, text=text), tmp_path / "decisions.parquet"
    done = decide_file(source, target, slice_, [EXAMPLE, LATER], progress=lambda n, of: told.append((n, of)))
    decisions = pq.read_table(target)
    assert done == ROWS
    assert decisions.column_names == ["entry_number", *OUTPUTS]
    assert decisions["entry_number"].to_pylist() == [f"E{number}" for number in range(ROWS)]
    assert {name: decisions[name].to_pylist() for name in OUTPUTS} == _expected()
    assert told[-1] == (ROWS, ROWS)
    assert [n for n, _ in told] == sorted(n for n, _ in told)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["decisions.parquet", "entries.parquet"]


def test_a_party_that_an_entry_does_not_name_has_no_status(tmp_path: Path) -> None:
    importer = pa.array([None, *COLUMNS["importer"].tolist()[1:]], pa.int64())
    slice_ = StatusStore.build(PERIODS).known_at()
    decide_file(_file(tmp_path, importer=importer), tmp_path / "out.parquet", slice_, EXAMPLE)
    nobody = COLUMNS["importer"].copy()
    nobody[0] = -7
    expected = decide_batch({**COLUMNS, "importer": nobody}, slice_, EXAMPLE)
    assert pq.read_table(tmp_path / "out.parquet")["reasons"].to_pylist() == expected["reasons"].tolist()


def test_a_file_with_a_wrong_row_leaves_the_decisions_as_they_were(tmp_path: Path) -> None:
    score = COLUMNS["score"].copy()
    score[1500] = 1001
    target = tmp_path / "decisions.parquet"
    target.write_bytes(b"earlier")
    slice_ = StatusStore.build(PERIODS).known_at()
    with pytest.raises(
        EntriesRefused, match=r"Rows 1,401 to 2,100: .* score: 1 without a whole number from 0 to 1,000"
    ):
        decide_file(_file(tmp_path, score=pa.array(score)), target, slice_, EXAMPLE)
    assert target.read_bytes() == b"earlier"
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"score": pa.array([None] * ROWS, pa.int64())}, "score has no value in"),
        ({"port": pa.array(["2704"] * ROWS)}, "port holds string"),
        ({"importer": pa.array(["P1"] * ROWS)}, "whole numbers and the column importer holds"),
        ({"held": pa.array([2**63] * ROWS, pa.uint64())}, "more than 63 bits"),
    ],
)
def test_columns_that_cannot_be_read_are_named(tmp_path: Path, changed: dict[str, pa.Array], what: str) -> None:
    slice_ = StatusStore.build([Period(1, 0, None, 0, None, 1)]).known_at()
    with pytest.raises(EntriesRefused, match=what):
        decide_file(_file(tmp_path, **changed), tmp_path / "out.parquet", slice_, EXAMPLE)


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    source = _file(tmp_path)
    slice_ = StatusStore.build(PERIODS).known_at()
    with pytest.raises(EntriesRefused, match="no column bill_of_lading"):
        decide_file(source, tmp_path / "out.parquet", slice_, EXAMPLE, keep=("bill_of_lading",))
    pq.write_table(pq.read_table(source).drop_columns(["threat_level"]), source)
    with pytest.raises(EntriesRefused, match="no column threat_level"):
        decide_file(source, tmp_path / "out.parquet", slice_, EXAMPLE)


def test_flags_and_unsigned_numbers_are_whole_numbers() -> None:
    assert parquet.whole_numbers("customs_hold", pa.chunked_array([[True], [False, True]])).tolist() == [1, 0, 1]
    assert parquet.whole_numbers("held", pa.chunked_array([[2**62]], pa.uint64())).dtype == np.int64


def test_an_empty_file_is_decided(tmp_path: Path) -> None:
    source = _file(tmp_path)
    pq.write_table(pq.read_table(source).slice(0, 0), source)
    assert decide_file(source, tmp_path / "out.parquet", StatusStore.build([]).known_at(), EXAMPLE) == 0
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 0
    assert np.dtype("int32") == pq.read_table(tmp_path / "out.parquet")["reasons"].to_numpy().dtype
