"""A mistake anywhere in the policy is found: by the golden vectors, as the graph is built, or by the law itself."""

from __future__ import annotations

import random
import re
from functools import cache

import numpy as np
import pytest

from greenlane.release.engine.inputs import INPUTS
from greenlane.release.engine.policy import release_policy
from greenlane.release.engine.versions import EXAMPLE
from tests.release.engine import golden, law
from tests.release.engine.arrays import Longs, Worked
from tests.release.engine.mutants import Mutant, mutants

SAMPLE, SEED = 240, 966
EQUIVALENT = (
    (r": node \d+, \+ for -$", "1 + a truth has the lowest bit of 1 - a truth, and '&' with a truth reads only that"),
    (
        r": node \d+, 4 for 2$",
        "the rest by 4 has the lowest bit of the rest by 2, and '&' with a truth reads only that",
    ),
    (r": node \d+, -1 for 0$", "less than nothing loses against the nothing beside it in 'max' and in '> 0'"),
    (r": node \d+, 8193 for 8192$", "only the status 8192 is read otherwise: barred, with nothing that it could lose"),
    (r"^recognised_maker: node 7, 3 for 2$", "differs for barred makers only, who count nothing anyway"),
    (r"^tier_one_asked: node 7, \* for //$", "the first benefit is at bit 0: divided or multiplied by 1"),
    (r"^draw_first: node 1, 4294967294 for 2147483647$", "the sum is taken modulo the prime once more"),
    (
        r"^reduction_asked: node [35], left of max only$",
        "more is asked than allowed only by the first tier's number: the others are allowed in full",
    ),
    (r"^threat_percent: node (4|7|10), <= for ==$", "the branches before have taken the lower levels"),
    (r"^random_rate_here: node 1[23], ", "every draw is below 10,000"),
    (r"^agencies_waiting: node 9, left of max only$", "what is settled is part of the authority: never below 0"),
    (r": node \d+, <= for ==$", "compared with 0, below which nothing is"),
    (r"^customs_release: node 6, left of & only$", "who is a threat is examined, and so not released anyway"),
    (r"^government: node 20, left of & only$", "the branch is taken only where no agency is against it"),
    (r"^dedicated_lane: node 18, \+ for \|$", "an entry has one mode"),
    (
        r"^(precleared|cleared_at_once): node (6|12|20|21), (\| for &|left of & only|right of & only)$",
        "what all of government has released is held by nobody: said twice, for the reader",
    ),
)
"""Mistakes that change no decision, each with the reason why it cannot."""


@cache
def _golden() -> tuple[dict[str, Longs], dict[str, Longs], Longs]:
    found = golden.vectors()
    places = np.array([golden.VERSIONS.index(one.version) for one in found])
    columns = {name: np.array([one.entry[name] for one in found], dtype=np.int64) for name in INPUTS}
    return columns, golden.numbers_of(places), np.array([one.outcome for one in found])


def _found(mutant: Mutant) -> bool:
    columns, numbers, right = _golden()
    built = mutant.graph
    return built is None or bool((Worked(built, columns, numbers, EXAMPLE.tables).outputs() != right).any())


def _why(mutant: Mutant) -> str:
    return next((why for where, why in EQUIVALENT if re.search(where, str(mutant))), "")


def test_the_vectors_hold_of_the_graph_itself() -> None:
    columns, numbers, right = _golden()
    assert len(right) >= 200
    np.testing.assert_array_equal(Worked(release_policy(), columns, numbers, EXAMPLE.tables).outputs(), right)


def test_every_mistake_is_found_or_known_to_change_nothing() -> None:
    every = list(mutants(release_policy()))
    assert len(every) > 1_400
    chosen = random.Random(SEED).sample(every, SAMPLE)
    missed = [mutant for mutant in chosen if not _found(mutant)]
    assert [str(mutant) for mutant in missed if not _why(mutant)] == []
    assert len(missed) < SAMPLE // 8
    assert {mutant.step for mutant in chosen} >= set(release_policy().outputs)


STEEP = EXAMPLE.parameters | golden.STEEP | {"partner_permille": 300}
MISTAKES = (
    ("reduction", "left of min only", "6 USC 964(a)"),
    ("reduction", "branches changed", "6 USC 964(a)"),
    ("tier_one_cap", "21 for 20", "6 USC 964(a)"),
    ("validated", "1 for 2", "6 USC 965(b)"),
    ("third_tier", "2 for 3", "6 USC 966(c)"),
    ("importer_tier", "always the first branch", "6 USC 967(b)"),
    ("trusted_partners", "left of & only", "6 USC 967(b)"),
    ("recognised_maker", "right of & only", "6 USC 967(b)"),
    ("examination", "branches changed", "19 USC 4311(b)(4)(D)"),
    ("customs_release", "right of & only", "19 USC 4311(b)(4)(D)"),
    ("agencies_against", "left of | only", "19 USC 4311(b)(4)(A)"),
    ("agencies_against", "right of | only", "19 USC 4311(b)(4)(A)"),
    ("agencies_waiting", "right of max only", "19 USC 4311(b)(4)(A)"),
    ("pathway", "always the first branch", "19 USC 4311(b)(4)(D)"),
    ("threat_percent", "always the second branch", "6 USC 966(c)(1)"),
    ("front_of_line", "left of & only", "6 USC 966(c)(3)"),
    ("dedicated_lane", "4 for 2", "6 USC 967(a)"),
)
"""Where, what, and the clause by which it must be found without any expected outcome: the law alone."""


@cache
def _grid() -> law.Grid:
    return law.Grid.laid_out(STEEP["salt"], scores=(190, 229), drawn=(39, 9_999))


def test_on_the_smaller_grid_too_the_law_holds() -> None:
    assert law.Judged(release_policy(), _grid(), STEEP).breaches() == set()


@pytest.mark.parametrize(("step", "what", "clause"), MISTAKES)
def test_the_law_alone_finds_the_gravest_mistakes(step: str, what: str, clause: str) -> None:
    like = [one for one in mutants(release_policy()) if one.step == step and one.what.endswith(what)]
    graphs = [built for one in like if (built := one.graph) is not None]
    assert graphs, f"no mistake '{what}' can be made in {step}"
    assert any(clause in law.Judged(graph, _grid(), STEEP).breaches() for graph in graphs)
