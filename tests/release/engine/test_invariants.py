"""The law holds on a whole grid of entries, whatever the numbers of the policy; each clause has its failure case."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache

import numpy as np
import pytest

from greenlane.release.engine.expressions import OutOfRange
from greenlane.release.engine.inputs import INPUTS, PARTIES
from greenlane.release.engine.policy import OUTPUTS, release_policy
from greenlane.release.engine.python_target import compile_steps
from greenlane.release.engine.statuses import BENEFITS, Status
from greenlane.release.engine.versions import EXAMPLE, version_on
from tests.release.engine import golden, law, making

EVERY = frozenset(BENEFITS)
NUMBERS = {
    "example": EXAMPLE.parameters,
    "steep": golden.NUMBERS[1],
    "tiny": golden.TINY,
    "most": golden.MOST | {"threshold": 190},
}


@lru_cache(maxsize=1)
def _judged(name: str) -> law.Judged:
    numbers = NUMBERS[name]
    return law.Judged(release_policy(), law.Grid.laid_out(numbers["salt"]), numbers)


@pytest.mark.clause("6 USC 967(a)")
def test_each_benefit_that_can_be_denied_does_something_that_the_denial_takes_away() -> None:
    judged = _judged("example")
    for benefit in BENEFITS:
        for step in law.ACTS_ON[benefit] - {"random_base", "examined_less", "tier_one_asked"}:
            full, without = judged.of(step, "third"), judged.of(step, f"third but {benefit}")
            if step == "searched_first":  # the front of the line goes before it; the second tier has no more than it
                full = judged.of(step, "second")
            assert (full > 0).any(), f"{benefit} never acts"
            assert not without.any(), f"{benefit} is denied and still acts"
    assert judged.of("random_base", "third").max() == EXAMPLE.parameters["tier_three_rate"]
    fewer = judged.of("random_base", "third but further_reduced_examinations")
    assert fewer.max() == EXAMPLE.parameters["tier_two_rate"]


@pytest.mark.clause("6 USC 964(a)")
@pytest.mark.clause("6 USC 965(b)")
@pytest.mark.clause("6 USC 966(c)(1)")
@pytest.mark.clause("6 USC 966(c)(3)")
@pytest.mark.clause("6 USC 967(a)")
@pytest.mark.clause("6 USC 967(b)")
@pytest.mark.clause("19 USC 4311(b)(4)(A)")
@pytest.mark.clause("19 USC 4311(b)(4)(D)")
@pytest.mark.parametrize("name", NUMBERS)
def test_the_law_holds_on_the_whole_grid(name: str) -> None:
    judged = _judged(name)
    assert judged.worked.columns["score"].size > 600_000
    assert judged.breaches() == set()


def _decide(numbers: Mapping[str, int] = EXAMPLE.parameters, *names: str, **entry: int) -> dict[str, int]:
    wanted = names or OUTPUTS
    function = compile_steps(release_policy(), EXAMPLE.parameters | numbers, EXAMPLE.tables, wanted)
    return dict(zip(wanted, function(**(dict.fromkeys(INPUTS, 0) | entry)), strict=True))


@pytest.mark.clause("6 USC 964(a)")
@pytest.mark.parametrize("permille", [200, 206, 350, 1000])
def test_rc_10_a_credit_of_39_with_a_threshold_of_190_never_cuts_more_than_38(permille: int) -> None:
    first = Status(1, frozenset(BENEFITS[:2])).packed
    numbers = {"tier_one_permille": permille, "partner_permille": 1000, "recognised_permille": 1000}
    partner = Status(3, EVERY, recognised=True).packed
    for others in (0, partner):
        parties = {"importer": first, "carrier": others, "broker": others, "maker": others}
        found = _decide(numbers, "tier_one_asked", "reduction", "score_after", "cap_reached", score=300, **parties)
        assert (found["reduction"], found["score_after"]) == (38, 262)
        assert found["tier_one_asked"] == 190 * permille // 1000
        assert found["cap_reached"] == int(others > 0 or permille > 200)
    assert 190 * 206 // 1000 == 39, "the credit of the failure case"


@pytest.mark.clause("6 USC 964(a)")
def test_rc_10_the_threshold_changes_on_a_day_and_the_cap_moves_with_it_from_that_day() -> None:
    steep = EXAMPLE.parameters | {"tier_one_permille": 350}
    before = replace(EXAMPLE, parameters=steep)
    after = replace(EXAMPLE, code="later", effective_from=date(2026, 3, 1), parameters=steep | {"threshold": 150})
    first, cuts = Status(1, frozenset(BENEFITS[:2])).packed, {}
    for day in (date(2026, 2, 28), date(2026, 3, 1)):
        version = version_on([after, before], day)
        cuts[day.isoformat()] = _decide(version.parameters, "reduction", score=300, importer=first)["reduction"]
    assert cuts == {"2026-02-28": 38, "2026-03-01": 30}


@pytest.mark.clause("6 USC 964(a)")
def test_rc_10_the_fifth_is_no_number_of_a_policy() -> None:
    with pytest.raises(OutOfRange, match="tier_one_cap"):
        release_policy().check_parameters(EXAMPLE.parameters | {"tier_one_cap": 50})
    for threshold in range(1, 1001):
        found = _cap(threshold)
        assert found * 100 <= 20 * threshold < (found + 1) * 100


@cache
def _caps() -> np.ndarray:
    thresholds = np.arange(1, 1001, dtype=np.int64)
    columns = {name: np.zeros(1000, dtype=np.int64) for name in INPUTS}
    numbers = dict(EXAMPLE.parameters) | {"threshold": thresholds}
    return law.Worked(release_policy(), columns, numbers, EXAMPLE.tables).steps["tier_one_cap"]


def _cap(threshold: int) -> int:
    return int(_caps()[threshold - 1])


@pytest.mark.clause("6 USC 965(b)")
@pytest.mark.clause("6 USC 966(c)")
def test_rc_09_no_benefit_of_the_second_or_third_tier_without_validation() -> None:
    chance = random.Random(9)
    decide = compile_steps(release_policy(), EXAMPLE.parameters | golden.STEEP, EXAMPLE.tables)
    later = EVERY - set(BENEFITS[:2])
    for _ in range(3_000):
        row = making.likely_entry(chance)
        own = frozenset(one for one in BENEFITS[:2] if chance.random() < 0.7)
        wrongly = own | frozenset(one for one in later if chance.random() < 0.5)
        tier = chance.choice((0, 1))
        plain = decide(**{**row, "importer": Status(tier, own).packed})
        assert decide(**{**row, "importer": Status(tier, wrongly).packed}) == plain
        second = Status(2, own | (wrongly & set(BENEFITS[:6]))).packed
        assert decide(**{**row, "importer": Status(2, wrongly).packed}) == decide(**{**row, "importer": second})


@pytest.mark.clause("6 USC 965(b)")
def test_rc_19_the_same_status_is_the_same_benefit_whoever_has_it() -> None:
    graph = release_policy()
    read = set().union(*(graph.reading(name) for name in graph.outputs))
    assert read == set(INPUTS), "an entry is decided by nothing else"
    assert {name for name in read if name in PARTIES} == set(PARTIES), "of a party, by its status"
    by_key = {name for name in graph.steps if "entry_key" in graph.reading(name)}
    direct = {name for name in by_key if graph.steps[name].expression.op != "step"}
    assert "random_rate_here" not in by_key, "the number of the entry only draws; the rate is that of the status"
    assert "score_after" not in direct | by_key


@pytest.mark.clause("19 USC 4311(b)(4)(A)")
def test_rc_23_nothing_is_released_while_any_agency_holds() -> None:
    chance = random.Random(23)
    decide = compile_steps(release_policy(), EXAMPLE.parameters, EXAMPLE.tables)
    third = Status(3, EVERY).packed
    seen = set()
    for _ in range(5_000):
        row = {**making.likely_entry(chance), "importer": third, "customs_hold": 0, "threat_information": 0}
        row |= {"score": 0, "authority": chance.getrandbits(62), "advance_data": 1}
        row["proceed"] = row["authority"]
        one = 1 << chance.randrange(62)
        row["held"] = one if chance.random() < 0.5 else 0
        found = dict(zip(OUTPUTS, decide(**row), strict=True))
        holds = bool(row["held"] & row["authority"])
        seen.add((holds, found["customs_release"], found["government"]))
        assert not (holds and found["government"] == 1)
        assert not holds or (found["government"], found["pathway"]) == (2, 4)
    assert (True, 1, 2) in seen, "customs may have released it: that is never shown as released by all"
    assert (False, 1, 1) in seen


@pytest.mark.clause("19 USC 4311(b)(4)(A)")
def test_rc_23_one_agency_that_has_not_answered_keeps_it_waiting() -> None:
    every = 2**62 - 1
    clear = {"authority": every, "proceed": every, "entry_key": golden.key_drawn(964_965_966, 9_999, random.Random(1))}
    assert _decide(**clear)["government"] == 1
    for bit in range(62):
        assert _decide_fast({**clear, "proceed": every - (1 << bit)})[4] == 0


@cache
def _fast() -> object:
    return compile_steps(release_policy(), EXAMPLE.parameters, EXAMPLE.tables)


def _decide_fast(entry: Mapping[str, int]) -> tuple[int, ...]:
    return _fast()(**(dict.fromkeys(INPUTS, 0) | entry))  # type: ignore[operator]
