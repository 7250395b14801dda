"""A graph takes steps in order, with numbers and tables in their ranges; the policy is such a graph."""

from __future__ import annotations

import pytest

from greenlane.law.citations import Citation
from greenlane.release.engine.expressions import OutOfRange, input_, looked_up, parameter, walk
from greenlane.release.engine.graph import Graph, names
from greenlane.release.engine.inputs import INPUTS
from greenlane.release.engine.policy import OUTPUTS, release_policy
from greenlane.release.engine.python_target import compile_steps, needs
from greenlane.release.engine.statuses import BENEFITS, GREATEST_STATUS, Status
from greenlane.release.engine.versions import EXAMPLE

SCORE = input_("score", 0, 100)


def _graph() -> Graph:
    graph = Graph(outputs=("half",))
    half = graph.step("half", "6 USC 964(a)", SCORE // 2)
    graph.step("more", "6 USC 964(a)", half + parameter("extra", 0, 5), bit=0, when=half > 3)
    return graph


def test_a_step_has_a_name_of_its_own_and_reads_only_what_was_before() -> None:
    graph = _graph()
    with pytest.raises(ValueError, match="'half' is taken"):
        graph.step("half", "6 USC 964(a)", SCORE)
    with pytest.raises(ValueError, match="'score' is taken"):
        graph.step("score", "6 USC 964(a)", SCORE)
    with pytest.raises(ValueError, match="'extra' is taken"):
        graph.step("extra", "6 USC 964(a)", SCORE)
    stranger = _graph().step("third", "6 USC 964(a)", SCORE)
    with pytest.raises(ValueError, match="'fourth' reads 'third', which comes later or not at all"):
        graph.step("fourth", "6 USC 964(a)", stranger + 1)


def test_a_bit_of_the_reasons_is_given_once() -> None:
    graph = _graph()
    with pytest.raises(ValueError, match="bit 0 of the reasons is taken by more"):
        graph.step("again", "6 USC 964(a)", SCORE, bit=0, when=SCORE > 1)
    assert {number: step.name for number, step in graph.bits().items()} == {0: "more"}


def test_an_input_has_one_range() -> None:
    graph = _graph()
    with pytest.raises(ValueError, match="'wider' reads 'score' in another range"):
        graph.step("wider", "6 USC 964(a)", input_("score", 0, 101) + 1)


def test_the_numbers_of_a_version_are_checked_by_name_and_range() -> None:
    graph = _graph()
    graph.check_parameters({"extra": 5})
    for wrong in ({"extra": 6}, {"extra": -1}, {"extra": True}, {"extra": "3"}, {}):
        with pytest.raises(OutOfRange, match=r"extra is .*; it takes a whole number from 0 to 5"):
            graph.check_parameters(wrong)  # type: ignore[arg-type]
    with pytest.raises(OutOfRange, match="surplus: not among the numbers"):
        graph.check_parameters({"extra": 1, "surplus": 2})


def test_the_tables_of_a_version_are_checked_by_size_and_range() -> None:
    graph = Graph(outputs=("found",))
    graph.step("found", "6 USC 964(a)", looked_up("points", input_("place", 0, 3), 0, 9))
    graph.check_tables({"points": [0, 9, 1, 2]})
    for wrong, says in (
        ({}, "has 0 values; it needs 4"),
        ({"points": [1, 2, 3]}, "has 3 values; it needs 4"),
        ({"points": [1, 2, 3, 10]}, "outside 0 to 9"),
        ({"points": [1, 2, 3, -1]}, "outside 0 to 9"),
    ):
        with pytest.raises(OutOfRange, match=says):
            graph.check_tables(wrong)
    assert compile_steps(graph, {}, {"points": [0, 9, 1, 2]})(place=1) == (9,)


def test_only_what_an_answer_needs_is_worked_out() -> None:
    graph = _graph()
    assert needs(graph, ["more"]) == {"half", "more"}
    assert compile_steps(graph, {"extra": 2}, {}, ["more"])(score=9, ignored=1) == (6,)
    assert graph.reading("more") == {"score"}
    assert names([SCORE, graph.steps["half"].node]) == ("half", "score")


def test_every_step_of_the_policy_cites_a_clause_and_every_reason_says_a_sentence() -> None:
    graph = release_policy()
    assert graph.outputs == OUTPUTS
    for step in graph.steps.values():
        assert str(Citation(step.citation)) == step.citation
    bits = graph.bits()
    assert sorted(bits) == list(range(len(bits)))
    known = {*graph.inputs, *graph.parameters, *graph.steps}
    for step in bits.values():
        assert step.says % dict.fromkeys(known, 0)
        assert step.says.endswith(".")


def test_the_policy_reads_every_input_in_its_declared_range_and_nothing_else() -> None:
    graph = release_policy()
    assert {name: (one.low, one.high) for name, one in graph.inputs.items()} == {n: (0, h) for n, h in INPUTS.items()}
    assert graph.parameters.keys() == EXAMPLE.parameters.keys()
    assert graph.tables.keys() == EXAMPLE.tables.keys()


def test_numbers_of_the_policy_pass_32_bits_so_that_64_are_needed() -> None:
    graph = release_policy()
    wide = [step.name for step in graph.steps.values() if any(n.high >= 2**31 for n in walk(step.expression))]
    assert {"draw_first", "draw_second", "criteria_met", "agencies_waiting"} <= set(wide)
    assert max(n.high for step in graph.steps.values() for n in walk(step.expression)) < 2**63


def test_a_status_is_packed_and_unpacked_without_loss() -> None:
    for number in range(GREATEST_STATUS + 1):
        assert Status.unpacked(number).packed == number
    assert Status(2, frozenset({BENEFITS[0], "newsletter"})).packed == Status(2, frozenset({BENEFITS[0]})).packed
    with pytest.raises(ValueError, match="no tier 4"):
        _ = Status(4).packed
