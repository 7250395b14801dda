"""The cube: what it answers for any numbers is what deciding every entry again would give, to the last entry."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from greenlane.release.engine.asof import Slice, StatusStore
from greenlane.release.engine.batch import decide_batch
from greenlane.release.engine.columns import Columns, Slots
from greenlane.release.engine.cube import TIER, Cube
from greenlane.release.engine.expressions import OutOfRange
from greenlane.release.engine.inputs import INPUTS, PARTIES
from greenlane.release.engine.statuses import Status
from greenlane.release.engine.versions import EXAMPLE
from tests.release.engine.making import entries, filed

ROWS = list(entries(12_000, seed=5))
QUESTIONS: list[dict[str, int]] = [
    {},
    {"tier_two_permille": 300},
    {"tier_one_permille": 350},
    {"threshold": 120, "scan_permille": 500, "document_permille": 400},
    {"random_rate": 10_000, "stratified_rate": 10_000},
    {"random_rate": 0, "stratified_rate": 0},
    {"partner_permille": 200, "recognised_permille": 333, "threat_percent_2": 1000},
]


@cache
def _year() -> tuple[dict[str, NDArray[np.int64]], Slice]:
    columns, periods = filed(ROWS)
    slice_ = StatusStore.build(periods).known_at()
    slots = Slots(slice_)
    return {**columns, **{party: slots.of_numbers(columns[party]) for party in PARTIES}}, slice_


@cache
def _cube() -> Cube:
    columns, slice_ = _year()
    blocks: list[Columns] = [{name: one[part::2] for name, one in columns.items()} for part in (0, 1)]
    return Cube.build(blocks, slice_, EXAMPLE, by=(TIER, "mode"))


@cache
def _tiers() -> NDArray[np.int64]:
    parties = [Status.unpacked(row["importer"]) for row in ROWS]
    return np.array([0 if party.barred else party.tier for party in parties])


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_an_answer_is_what_deciding_every_entry_again_gives(question: dict[str, int]) -> None:
    columns, slice_ = _year()
    decided = decide_batch(columns, slice_, replace(EXAMPLE, parameters={**EXAMPLE.parameters, **question}))
    for threads in (1, 2):
        sums = _cube().ask(question, threads=threads)
        assert int(sums.entries.sum()) == len(ROWS)
        for place, (tier, mode) in enumerate(sums.groups.tolist()):
            inside = (_tiers() == tier) & (columns["mode"] == mode)
            assert sums.entries[place] == inside.sum()
            assert sums.score_after[place] == decided["score_after"][inside].sum()
            for name, counts in sums.counts.items():
                expected = np.bincount(decided[name][inside], minlength=counts.shape[1])
                assert counts[place].tolist() == expected.tolist(), (name, tier, mode)


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
@pytest.mark.parametrize("other", [QUESTIONS[0], QUESTIONS[3]], ids=str)
def test_who_comes_out_differently_is_counted_to_the_last_entry(
    question: dict[str, int], other: dict[str, int]
) -> None:
    columns, slice_ = _year()
    one, two = (
        decide_batch(columns, slice_, replace(EXAMPLE, parameters={**EXAMPLE.parameters, **given}))
        for given in (question, other)
    )
    named = ("score_after", "examination", "customs_release", "government")
    differs = np.logical_or.reduce([one[name] != two[name] for name in named])
    assert (differs == (differs | (one["pathway"] != two["pathway"]))).all(), "the way differs where nothing else does"
    found = _cube().differing(question, other)
    for place, (tier, mode) in enumerate(_cube().ask().groups.tolist()):
        assert found[place] == differs[(_tiers() == tier) & (columns["mode"] == mode)].sum(), (tier, mode)
    capped = {"tier_one_permille": 350}  # the law's cap leaves nothing of it: 964(a)
    assert found.sum() > 0 or question == other or capped == question | other


def test_sums_by_fewer_names_are_the_sums_of_the_groups() -> None:
    sums = _cube().ask()
    whole, tiers = sums.over(), sums.over(TIER)
    assert whole.entries.tolist() == [len(ROWS)]
    assert tiers.groups[:, 0].tolist() == [0, 1, 2, 3]
    assert tiers.counts["examination"].sum(axis=0).tolist() == whole.counts["examination"][0].tolist()


def test_a_cube_by_port_and_by_a_column_of_ones_own() -> None:
    columns, slice_ = _year()
    own = {**columns, "business": columns["mode"] % 2}
    sums = Cube.build([own], slice_, EXAMPLE, by=("port", "business")).ask()
    ports, counts = np.unique(columns["port"], return_counts=True)
    assert sums.over("port").groups[:, 0].tolist() == ports.tolist()
    assert sums.over("port").entries.tolist() == counts.tolist()


def test_questions_that_cannot_be_answered_are_refused() -> None:
    with pytest.raises(OutOfRange, match="build a cube with it"):
        _cube().ask({"salt": 1})
    with pytest.raises(OutOfRange, match="tier_two_permille is 1001"):
        _cube().ask({"tier_two_permille": 1001})
    with pytest.raises(OutOfRange, match="build a cube with it"):
        _cube().differing({}, {"salt": 1})


def test_a_cube_of_nothing_answers_nothing() -> None:
    slice_ = StatusStore.build([]).known_at()
    nothing = {name: np.zeros(0, dtype=np.int64) for name in ("filed_at", *INPUTS)}
    for blocks in ([], [nothing]):
        cube = Cube.build(blocks, slice_, EXAMPLE)
        assert cube.ask().entries.tolist() == []
        assert cube.differing({}, {"threshold": 120}).tolist() == []


def test_thousands_of_entries_of_one_kind_are_all_counted() -> None:
    columns, slice_ = _year()
    place = int(np.flatnonzero(columns["score"] < 100)[0])
    alike = {name: np.repeat(column[place : place + 1], 3000) for name, column in columns.items()}
    alike["entry_key"] = np.arange(3000, dtype=np.int64)
    everyone = {"random_rate": 10_000, "tier_two_rate": 10_000, "tier_three_rate": 10_000}
    numbers = {**EXAMPLE.parameters, **everyone}
    decided = decide_batch(alike, slice_, replace(EXAMPLE, parameters=numbers))
    sums = Cube.build([alike], slice_, EXAMPLE, by=()).ask(everyone)
    assert sums.counts["examination"].tolist() == [np.bincount(decided["examination"], minlength=4).tolist()]
    assert sums.score_after.tolist() == [int(decided["score_after"].sum())]
