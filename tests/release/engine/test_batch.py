"""The compiled loop: the same answers as the policy's function for every row, under the version of its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from greenlane.release.engine import asof
from greenlane.release.engine.asof import DAY, Period, StatusStore
from greenlane.release.engine.batch import decide_batch
from greenlane.release.engine.columns import Columns, Slots
from greenlane.release.engine.inputs import INPUTS, PARTIES
from greenlane.release.engine.policy import OUTPUTS, release_policy
from greenlane.release.engine.python_target import compile_steps
from greenlane.release.engine.sql_checks import EntriesRefused
from greenlane.release.engine.versions import EXAMPLE, PolicyVersion, version_on
from tests.release.engine.making import FIRST, entries, filed

ROWS = list(entries(3000))


def _slotted(columns: Columns, slice_: asof.Slice) -> dict[str, np.ndarray]:
    slots = Slots(slice_)
    return {**columns, **{party: slots.of_numbers(columns[party]) for party in PARTIES}}


def _expected(columns: Columns, versions: list[PolicyVersion]) -> dict[str, list[int]]:
    functions = {v.code: compile_steps(release_policy(), v.parameters, v.tables) for v in versions}
    answers = []
    for row, at in zip(ROWS, columns["filed_at"].tolist(), strict=True):
        version = version_on(versions, datetime.fromtimestamp(at // 1_000_000, UTC).date())
        answers.append(functions[version.code](**row))
    return {name: list(column) for name, column in zip(OUTPUTS, zip(*answers, strict=True), strict=True)}


def test_every_row_is_decided_as_by_the_policy_under_the_version_of_its_day() -> None:
    columns, periods = filed(ROWS)
    middle = date.fromordinal(date(1970, 1, 1).toordinal() + FIRST // DAY + 10)
    numbers = {**EXAMPLE.parameters, "threshold": 150, "tier_two_permille": 400, "salt": 7, "random_rate": 5000}
    later = replace(EXAMPLE, code="later", effective_from=middle, parameters=numbers)
    slice_ = StatusStore.build(periods).known_at()
    expected = _expected(columns, [EXAMPLE, later])
    for threads in (1, 2):
        decided = decide_batch(_slotted(columns, slice_), slice_, [later, EXAMPLE], threads=threads)
        assert {name: column.tolist() for name, column in decided.items()} == expected
    assert decided["examination"].dtype == np.int8
    assert decided["reasons"].dtype == np.int32


def test_without_a_calendar_the_answers_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    columns, periods = filed(ROWS)
    slice_ = StatusStore.build(periods).known_at()
    with_calendar = decide_batch(_slotted(columns, slice_), slice_, EXAMPLE)
    monkeypatch.setattr(asof, "MOST_CELLS", 0)
    without = decide_batch(_slotted(columns, slice_), slice_, EXAMPLE)
    assert {name: column.tolist() for name, column in without.items()} == _expected(columns, [EXAMPLE])
    assert all((with_calendar[name] == without[name]).all() for name in OUTPUTS)


def test_rows_outside_what_is_declared_are_refused_and_nothing_is_decided() -> None:
    columns, periods = filed(ROWS[:4])
    slice_ = StatusStore.build(periods).known_at()
    right = _slotted(columns, slice_)
    wrong = {**right, "score": np.array([0, 1001, -1, 5]), "filed_at": np.array([0, FIRST, FIRST, FIRST])}
    with pytest.raises(EntriesRefused, match=r"of 4 entries, .*filed_at: 1 .*2007-01-01.*score: 2 without .* 1,000"):
        decide_batch(wrong, slice_, EXAMPLE)
    with pytest.raises(EntriesRefused, match="no column threat_level"):
        decide_batch({name: column for name, column in right.items() if name != "threat_level"}, slice_, EXAMPLE)
    with pytest.raises(EntriesRefused, match="port has 3 rows"):
        decide_batch({**right, "port": right["port"][:3]}, slice_, EXAMPLE)
    with pytest.raises(ValueError, match="no version"):
        decide_batch(right, slice_, [])
    with pytest.raises(ValueError, match="same day"):
        decide_batch(right, slice_, [EXAMPLE, replace(EXAMPLE, code="twin")])


def test_no_rows_are_no_decisions() -> None:
    slice_ = StatusStore.build([]).known_at()
    nothing = {name: np.zeros(0, dtype=np.int64) for name in ("filed_at", *INPUTS)}
    assert {len(column) for column in decide_batch(nothing, slice_, EXAMPLE).values()} == {0}


def test_parties_are_found_by_small_numbers_large_numbers_and_names() -> None:
    def slice_of(*parties: str | int) -> asof.Slice:
        return StatusStore.build([Period(party, 0, None, 0, None, 1) for party in parties]).known_at()

    small, large, names = slice_of(70, 3), slice_of(10**12, 3), slice_of("7", "3")
    asked = np.array([3, 70, 8, -1, 10**12], dtype=np.int64)
    assert small.numbered is False
    assert slice_of(3, 1, 2).numbered
    assert Slots(slice_of(3, 1, 2)).of_numbers(asked) is asked
    assert Slots(small).of_numbers(asked).tolist() == [1, 0, 2, 2, 2]
    assert Slots(large).of_numbers(asked).tolist() == [1, 2, 2, 2, 0]
    assert Slots(names).of_names(["3", None, "7", "8"]).tolist() == [1, 2, 0, 2]
