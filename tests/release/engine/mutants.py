"""Graphs that are wrong in one place: an operator, a constant, a comparison, a bit, a branch, what is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from greenlane.release.engine.expressions import Node, OutOfRange, node, walk
from greenlane.release.engine.graph import Graph
from greenlane.release.engine.reducing import BUILT

SWAPPED = {
    "+": ("-",),
    "-": ("+",),
    "*": ("+",),
    "//": ("*", "%"),
    "%": ("//",),
    "&": ("|",),
    "|": ("&", "+"),
    "<": ("<=", "=="),
    "<=": ("<", "=="),
    "==": ("<=", "<"),
    "min": ("max",),
    "max": ("min",),
}
"""What stands for an operator by mistake."""


@dataclass(frozen=True)
class Mutant:
    """One mistake: in which step, at which node of it, and what was done there."""

    step: str
    what: str
    build: Callable[[], Graph | None]

    @property
    def graph(self) -> Graph | None:
        """The graph with the mistake; None when it cannot even be built, for then it is found already."""
        return self.build()

    def __str__(self) -> str:
        return f"{self.step}: {self.what}"


def mutants(graph: Graph) -> Iterator[Mutant]:
    """Every graph with one mistake, in an order that stays the same."""
    for step in graph.steps.values():
        for place, one in enumerate(walk(step.expression)):
            for what, changed in _mistakes(graph, one):
                yield Mutant(step.name, f"node {place}, {what}", partial(_with, graph, step.name, place, changed))


def _mistakes(graph: Graph, one: Node) -> Iterator[tuple[str, Callable[[list[Node]], Node]]]:
    for other in SWAPPED.get(one.op, ()):
        yield f"{other} for {one.op}", lambda args, other=other: BUILT[other](*args)
    if one.op in ("<", "<=", "-", "//"):
        yield f"sides of {one.op} changed", lambda args: BUILT[one.op](*reversed(args))
    if one.op == "constant":
        for value in sorted({one.value + 1, one.value - 1, one.value * 2} - {one.value}):
            yield f"{value} for {one.value}", lambda args, value=value: node(value)
    if one.op == "if":
        yield "branches changed", lambda args: BUILT["if"](args[0], args[2], args[1])
        yield "always the first branch", lambda args: args[1]
        yield "always the second branch", lambda args: args[2]
    if one.op in ("&", "|", "+", "min", "max") and len(one.args) == 2:
        yield f"left of {one.op} only", lambda args: args[0]
        yield f"right of {one.op} only", lambda args: args[1]
    for other in _like(graph, one):
        yield f"{other.name} for {one.name}", lambda args, other=other: other


def _like(graph: Graph, one: Node) -> list[Node]:
    """The next two that could be read by mistake: inputs, parameters or tables of the same range."""
    places = {"input": graph.inputs, "parameter": graph.parameters}
    found = [o for o in places.get(one.op, {}).values() if (o.low, o.high) == (one.low, one.high)]
    place = next((number for number, other in enumerate(found) if other.name == one.name), 0)
    return [other for other in (found[place + 1 :] + found[:place])[:2] if other.name != one.name]


def _with(graph: Graph, name: str, place: int, changed: Callable[[list[Node]], Node]) -> Graph | None:
    """The graph with one node changed, built again from there on; None where that is refused."""
    built = Graph(outputs=graph.outputs, inputs=dict(graph.inputs), parameters=dict(graph.parameters))
    built.tables = dict(graph.tables)
    try:
        for step in graph.steps.values():
            at = place if step.name == name else -1
            expression = _again(built, step.expression, at, changed)
            when = expression if step.when is step.expression else step.when
            built.steps[step.name] = replace(step, expression=expression, when=when)
    except (OutOfRange, ZeroDivisionError):
        return None
    return built


def _again(graph: Graph, expression: Node, place: int, changed: Callable[[list[Node]], Node]) -> Node:
    done: dict[int, Node] = {}
    for number, one in enumerate(walk(expression)):
        args = [done[id(arg)] for arg in one.args]
        if number == place:
            done[id(one)] = changed(args)
        elif one.op in BUILT:
            done[id(one)] = BUILT[one.op](*args)
        elif one.op == "step":
            done[id(one)] = graph.steps[one.name].node
        elif one.op == "table":
            done[id(one)] = replace(one, args=(args[0],))
        else:
            done[id(one)] = one
    return done[id(expression)]
