"""The tables: equal to the policy everywhere, and what the law says holds on a grid of ten million entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from greenlane.release.engine.asof import DAY, Period, Slice, StatusStore
from greenlane.release.engine.batch import decide_batch
from greenlane.release.engine.columns import Slots
from greenlane.release.engine.cutting import Cutting
from greenlane.release.engine.expressions import if_
from greenlane.release.engine.graph import Graph
from greenlane.release.engine.inputs import INPUTS, MODES, PARTIES, entry
from greenlane.release.engine.policy import OUTPUTS, release_policy
from greenlane.release.engine.statuses import BENEFITS, Status
from greenlane.release.engine.tables import decide_by_tables
from greenlane.release.engine.versions import EXAMPLE
from tests.release.engine.making import FIRST, entries, filed

EVERY = frozenset(BENEFITS)
IMPORTERS = [
    *(Status(tier, EVERY, abroad, out) for tier in range(4) for abroad in (False, True) for out in (False, True)),
    *(Status(tier, EVERY - {dropped}) for tier in (1, 2, 3) for dropped in BENEFITS),
]
PARTNERS = [Status(), Status(1, EVERY), Status(2, frozenset(), recognised=True), Status(3, EVERY, barred=True)]
SCORES = np.unique([*range(0, 401, 10), *range(185, 195), *range(130, 240, 6)])
KEYS = 6
GREEDY = {"tier_one_permille": 1000, "tier_two_permille": 900, "tier_three_permille": 1000, "partner_permille": 300}


def _slice(statuses: list[Status]) -> Slice:
    return StatusStore.build([Period(n, 0, None, 0, None, s.packed) for n, s in enumerate(statuses)]).known_at()


def grid() -> Iterator[tuple[dict[str, NDArray[np.int64]], Slice]]:
    """Every importer x partners x level x agencies x flags x mode x score x draw: over ten million entries."""
    slice_ = _slice([*IMPORTERS, *PARTNERS])
    first = len(IMPORTERS)
    levels, agencies, flags, modes = np.arange(4), np.arange(5), np.arange(5), np.array([0, 2])
    for importer in range(first):
        axes = np.meshgrid(np.arange(4), levels, agencies, flags, modes, SCORES, np.arange(KEYS), indexing="ij")
        partner, level, agency, flag, mode, score, key = (one.reshape(-1) for one in axes)
        zero = np.zeros(len(score), dtype=np.int64)
        yield (
            {
                "filed_at": zero + FIRST + DAY // 2,
                "importer": zero + importer,
                "carrier": first + partner,
                "broker": first + (partner + agency) % 4,
                "maker": first + (partner * 3 + flag) % 4,
                "entry_key": 7919 * (key + KEYS * (score + 401 * partner)),
                "score": score,
                "threat_level": level,
                "mode": mode,
                "advance_data": flag % 2,
                "customs_hold": (flag == 2).astype(np.int64),
                "threat_information": (flag == 3).astype(np.int64),
                "authority": np.array([0, 1, 1, 3, 3])[agency],
                "proceed": np.array([0, 1, 0, 1, 3])[agency],
                "held": np.array([0, 0, 0, 2, 0])[agency],
                "intensive": np.where((agency == 2) & (flag == 4), 1, 0),
                "port": zero + 2704,
                "origin": zero + INPUTS["origin"] // 2,
                "tariff": zero + 8471,
            },
            slice_,
        )


def _held(columns: dict[str, NDArray[np.int64]], out: dict[str, NDArray[np.int64]], importer: Status, cap: int) -> None:
    """What the law says of each entry of the grid, whatever the numbers of the policy."""
    reduction = columns["score"] - out["score_after"]
    stopped = (columns["customs_hold"] | columns["threat_information"]) == 1
    agency = columns["authority"] & (columns["held"] | columns["intensive"]) > 0
    tier = 0 if importer.barred else importer.tier
    assert (reduction >= 0).all()
    assert tier >= 2 or (reduction <= cap).all()  # 6 USC 964(a), 965(b)
    assert not importer.barred or (reduction == 0).all()  # 967(b)
    assert (out["examination"][columns["threat_information"] == 1] == 3).all()  # 4311(b)(4)(D)
    assert (out["pathway"][stopped | agency] == 4).all()
    assert not (out["customs_release"] & stopped).any()
    assert (out["government"][stopped | agency] == 2).all()
    assert tier == 3 or (out["priority"] < 2).all()  # 966(c)(3)
    assert tier >= 2 or (out["priority"] == 0).all()  # 965(b)(3)
    if tier == 3 and "expedited_release" in importer.benefits:
        assert (out["pathway"][~(stopped | agency)] >= 1).all()  # 966(c)(1), at every level


@pytest.mark.clause("6 USC 964(a)")
@pytest.mark.clause("6 USC 966(c)(1)")
@pytest.mark.clause("6 USC 967(b)")
@pytest.mark.clause("19 USC 4311(b)(4)(D)")
def test_tables_and_policy_are_one_on_a_whole_grid_on_which_the_law_holds() -> None:
    rows = 0
    for number, (columns, slice_) in enumerate(grid()):
        version = EXAMPLE if number % 2 else replace(EXAMPLE, parameters={**EXAMPLE.parameters, **GREEDY})
        by_tables = decide_by_tables(columns, slice_, version)
        by_loop = decide_batch(columns, slice_, version)
        for name in OUTPUTS:
            np.testing.assert_array_equal(by_tables[name], by_loop[name], err_msg=f"{name} of {IMPORTERS[number]}")
        _held(columns, by_tables, IMPORTERS[number], 38)
        rows += len(columns["score"])
    assert rows > 10_000_000


@pytest.mark.parametrize("parameters", [{}, GREEDY, {"threshold": 1, "salt": 5}, {"random_rate": 10_000}])
def test_tables_and_policy_are_one_for_any_entries(parameters: dict[str, int]) -> None:
    columns, slice_ = _anything()
    version = replace(EXAMPLE, parameters={**EXAMPLE.parameters, **parameters})
    expected = decide_batch(columns, slice_, version)
    for name, column in decide_by_tables(columns, slice_, version).items():
        np.testing.assert_array_equal(column, expected[name], err_msg=name)


@cache
def _anything() -> tuple[dict[str, NDArray[np.int64]], Slice]:
    columns, periods = filed(list(entries(20_000, seed=3)))
    slice_ = StatusStore.build(periods).known_at()
    slots = Slots(slice_)
    return {**columns, **{party: slots.of_numbers(columns[party]) for party in PARTIES}}, slice_


def test_the_policy_comes_apart_where_its_ranges_say() -> None:
    cutting = Cutting(release_policy())
    assert [table.variables for table in cutting.before] == [PARTIES, ("importer", "threat_level")]
    assert len(cutting.cuts) == 9
    assert cutting.arithmetic.keys() == {"score_after"}
    assert "mode" in cutting.inner
    assert len(MODES) > 2


def test_a_sum_of_points_and_truths_stays_arithmetic() -> None:
    graph = Graph(outputs=("mixed", "small"))
    score, hold = entry("score"), entry("customs_hold")
    graph.step("mixed", "6 USC 964(a)", score + if_(hold, 1, 0))
    graph.step("small", "6 USC 964(a)", (score > 5) + if_(score > 7, hold, 0))
    cutting = Cutting(graph)
    assert cutting.arithmetic.keys() == {"mixed"}
    assert [item.output for item in cutting.circumstances.items] == ["small", "small"]
    assert len(cutting.cuts) == 2
