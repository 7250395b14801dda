"""What an expression may be: its range is known, and what could leave 64 bits or divide wrongly cannot be built."""

from __future__ import annotations

import random

import pytest

from greenlane.release.engine.expressions import (
    GREATEST,
    LEAST,
    OPERATIONS,
    Node,
    OutOfRange,
    all_,
    any_,
    bit,
    greatest,
    if_,
    input_,
    least,
    looked_up,
    no,
    node,
    walk,
)
from greenlane.release.engine.graph import Graph
from greenlane.release.engine.python_target import PYTHON, compile_steps
from greenlane.release.engine.sql_target import DIALECTS

SMALL = input_("small", 0, 9)
SIGNED = input_("signed", -5, 5)
FLAG = input_("flag", 0, 1)


@pytest.mark.parametrize(
    ("expression", "low", "high"),
    [
        (SMALL + 3, 3, 12),
        (3 + SIGNED, -2, 8),
        (SMALL - SIGNED, -5, 14),
        (1 - SMALL, -8, 1),
        (SMALL * SIGNED, -45, 45),
        (2 * SMALL, 0, 18),
        (SMALL // 4, 0, 2),
        (SMALL % 4, 0, 3),
        (SMALL % 100, 0, 9),
        (SMALL & 6, 0, 6),
        (SMALL | 6, 6, 15),
        (SMALL < 5, 0, 1),
        (SIGNED >= 0, 0, 1),
        (SMALL.equals(3), 0, 1),
        (SMALL.differs(3), 0, 1),
        (least(SMALL, SIGNED, 4), -5, 4),
        (greatest(SMALL, SIGNED, 4), 4, 9),
        (if_(FLAG, SMALL, SIGNED), -5, 9),
        (no(FLAG), 0, 1),
        (bit(SMALL, 3), 0, 1),
        (looked_up("table", SMALL, 0, 7), 0, 7),
    ],
)
def test_an_expression_knows_its_range(expression: Node, low: int, high: int) -> None:
    assert (expression.low, expression.high) == (low, high)


def test_no_value_ever_leaves_the_range_that_its_node_knows() -> None:
    chance = random.Random(64)
    for _ in range(120):
        expression = _any(chance, 4)
        graph = Graph(inputs={"a": A, "b": B, "flag": FLAG}, outputs=("found",))
        graph.step("found", "6 USC 964(a)", expression)
        decide = compile_steps(graph, {}, {})
        for _ in range(30):
            values = {"a": chance.randint(0, 40), "b": chance.randint(1, 7), "flag": chance.randint(0, 1)}
            (found,) = decide(**values)
            assert expression.low <= found <= expression.high


A, B = input_("a", 0, 40), input_("b", 1, 7)


def _any(chance: random.Random, depth: int) -> Node:
    if not depth:
        return chance.choice((A, B, FLAG, node(chance.randint(0, 9))))
    one, other = _any(chance, depth - 1), _any(chance, depth - 1)
    build = chance.choice(
        (
            lambda: one + other,
            lambda: one - other,
            lambda: one * other,
            lambda: one // (B + 1),
            lambda: one % B,
            lambda: one & other,
            lambda: one | other,
            lambda: one < other,
            lambda: one <= other,
            lambda: one.equals(other),
            lambda: least(one, other),
            lambda: greatest(one, other),
            lambda: if_(FLAG, one, other),
        )
    )
    try:
        return build()
    except OutOfRange:  # parts that may be negative take no division and no bits
        return greatest(one, other, 0)


def test_what_could_pass_64_bits_cannot_be_built() -> None:
    wide = input_("wide", 0, GREATEST)
    for build in (lambda: wide + 1, lambda: wide * 2, lambda: node(LEAST) - 1, lambda: (0 - wide) - 2):
        with pytest.raises(OutOfRange, match="does not fit in 64 bits"):
            build()
    assert (wide + 0).high == GREATEST
    assert (0 - wide - 1).low == LEAST


def test_a_product_of_two_32_bit_numbers_is_built_and_kept_whole() -> None:
    most = 2**31 - 1
    a, b = input_("a", 0, most), input_("b", 0, most)
    assert (a * b + a).high < GREATEST
    with pytest.raises(OutOfRange, match="64 bits"):
        _ = a * b * 3


@pytest.mark.parametrize(
    "build",
    [
        lambda: SMALL // SMALL,
        lambda: SMALL // 0,
        lambda: SMALL % 0,
        lambda: SMALL // -2,
        lambda: SIGNED // 2,
        lambda: SIGNED % 2,
    ],
)
def test_what_could_divide_by_zero_or_round_a_negative_number_cannot_be_built(build: object) -> None:
    with pytest.raises(OutOfRange, match="divide what is not negative by at least 1"):
        build()  # type: ignore[operator]


@pytest.mark.parametrize("build", [lambda: SIGNED & 1, lambda: SIGNED | 1, lambda: SMALL & node(-1)])
def test_bits_of_negative_numbers_cannot_be_asked_for(build: object) -> None:
    with pytest.raises(OutOfRange, match="not negative"):
        build()  # type: ignore[operator]


@pytest.mark.parametrize(
    "build", [lambda: all_(SMALL), lambda: any_(FLAG, SMALL), lambda: no(SIGNED), lambda: if_(SMALL, 1)]
)
def test_only_a_truth_can_be_a_condition(build: object) -> None:
    with pytest.raises(OutOfRange, match="is no truth"):
        build()  # type: ignore[operator]


def test_a_table_is_looked_up_by_a_number_from_zero() -> None:
    with pytest.raises(OutOfRange, match="by a number from 0"):
        looked_up("table", SIGNED, 0, 1)


def test_a_walk_meets_everything_once_and_what_is_read_first() -> None:
    shared = SMALL + 1
    expression = shared * shared + least(shared, FLAG)
    seen = list(walk(expression))
    assert len(seen) == len({id(one) for one in seen}) == 7
    places = {id(one): place for place, one in enumerate(seen)}
    assert all(places[id(arg)] < places[id(one)] for one in seen for arg in one.args)
    assert seen[-1] is expression


def test_every_target_has_a_phrase_for_every_operation() -> None:
    for phrases in (PYTHON, *(one.operations for one in DIALECTS.values())):
        assert phrases.keys() == set(OPERATIONS)
