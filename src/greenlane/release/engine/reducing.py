"""Reduce the graph to what a version of a policy leaves of it: numbers folded in, each expression worked out once.

The same graph in fewer operations: steps are written into what reads them, parameters become their numbers, and what
the ranges already decide is decided. Equal expressions become one node, so that a target can name it once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from greenlane.release.engine import expressions as ex
from greenlane.release.engine.expressions import Node, walk
from greenlane.release.engine.graph import Graph

EVALUATED: dict[str, Callable[..., int]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
    "<": lambda a, b: int(a < b),
    "<=": lambda a, b: int(a <= b),
    "==": lambda a, b: int(a == b),
    "min": min,
    "max": max,
    "if": lambda truth, then, otherwise: then if truth else otherwise,
}
BUILT: dict[str, Callable[..., Node]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "==": lambda a, b: a.equals(b),
    "min": ex.least,
    "max": ex.greatest,
    "if": ex.if_,
}


class Reducer:
    """Reduces steps of *graph*; ``parameters``: their numbers, or None to keep them as parameters.

    Every node that it gives is the only one of its kind: the same expression is the same object.
    """

    def __init__(self, graph: Graph, parameters: Mapping[str, int] | None = None) -> None:
        if parameters is not None:
            graph.check_parameters(parameters)
        self.graph, self.parameters = graph, parameters
        self._known: dict[tuple[object, ...], Node] = {}
        self._steps: dict[str, Node] = {}

    def step(self, name: str) -> Node:
        """What a step comes to, over inputs and tables alone."""
        if name not in self._steps:
            self._steps[name] = self.reduced(self.graph.steps[name].expression)
        return self._steps[name]

    def reduced(self, expression: Node) -> Node:
        """An expression of the graph, reduced."""
        done: dict[int, Node] = {}
        for one in walk(expression):
            done[id(one)] = self._one(one, [done[id(arg)] for arg in one.args])
        return done[id(expression)]

    def constant(self, value: int) -> Node:
        return self._only(ex.node(value))

    def _one(self, one: Node, args: list[Node]) -> Node:
        if one.op == "step":
            return self.step(one.name)
        if one.op == "parameter" and self.parameters is not None:
            return self.constant(self.parameters[one.name])
        if one.op == "table":
            return self._only(Node("table", one.low, one.high, (args[0],), one.name))
        if one.op in EVALUATED:
            return self.apply(one.op, args)
        return self._only(one)

    def apply(self, op: str, args: list[Node]) -> Node:
        """An operation on nodes of this reducer, reduced."""
        if all(arg.op == "constant" for arg in args):
            return self.constant(EVALUATED[op](*(arg.value for arg in args)))
        plain = SIMPLER[op](self, *args)
        if plain is not None:
            return plain
        built = BUILT[op](*args)
        return self.constant(built.low) if built.low == built.high else self._only(built)

    def _only(self, node: Node) -> Node:
        key = (node.op, node.name, node.value, *map(id, node.args))
        return self._known.setdefault(key, node)


def _sum(reducer: Reducer, a: Node, b: Node) -> Node | None:
    return b if _is(a, 0) else a if _is(b, 0) else None


def _difference(reducer: Reducer, a: Node, b: Node) -> Node | None:
    if _is(a, 1) and b.op == "-" and _is(b.args[0], 1):
        return b.args[1]
    return a if _is(b, 0) else None


def _product(reducer: Reducer, a: Node, b: Node) -> Node | None:
    if _is(a, 0) or _is(b, 0):
        return reducer.constant(0)
    return b if _is(a, 1) else a if _is(b, 1) else None


def _quotient(reducer: Reducer, a: Node, b: Node) -> Node | None:
    if _is(b, 1):
        return a
    if b.op == "constant" and a.op == "//" and a.args[1].op == "constant":
        return reducer.apply("//", [a.args[0], reducer.constant(a.args[1].value * b.value)])
    return None


def _remainder(reducer: Reducer, a: Node, b: Node) -> Node | None:
    return a if a.high < b.low else None


def _both(reducer: Reducer, a: Node, b: Node) -> Node | None:
    if a is b:
        return a
    for one, other in ((a, b), (b, a)):
        if _is(one, 0):
            return one
        if one.op == "constant" and one.value == 2 ** other.high.bit_length() - 1:
            return other
    return None


def _either(reducer: Reducer, a: Node, b: Node) -> Node | None:
    if a is b or _is(b, 0):
        return a
    for one, other in ((a, b), (b, a)):
        if one.op == "constant" and one.value == 2 ** other.high.bit_length() - 1 and one.value:
            return one
    return b if _is(a, 0) else None


def _below(reducer: Reducer, a: Node, b: Node) -> Node | None:
    if a.high < b.low:
        return reducer.constant(1)
    return reducer.constant(0) if a.low >= b.high else None


def _up_to(reducer: Reducer, a: Node, b: Node) -> Node | None:
    if a.high <= b.low or a is b:
        return reducer.constant(1)
    return reducer.constant(0) if a.low > b.high else None


def _same(reducer: Reducer, a: Node, b: Node) -> Node | None:
    if a is b:
        return reducer.constant(1)
    if a.low == 0 and _is(b, 0):
        return reducer.apply("-", [reducer.constant(1), reducer.apply("<", [b, a])])
    return reducer.constant(0) if a.high < b.low or b.high < a.low else None


def _smaller(reducer: Reducer, a: Node, b: Node) -> Node | None:
    return a if a is b or a.high <= b.low else b if b.high <= a.low else None


def _larger(reducer: Reducer, a: Node, b: Node) -> Node | None:
    return a if a is b or a.low >= b.high else b if b.low >= a.high else None


def _choice(reducer: Reducer, truth: Node, then: Node, otherwise: Node) -> Node | None:
    if truth.op == "constant":
        return then if truth.value else otherwise
    if then is otherwise:
        return then
    if _is(then, 1) and _is(otherwise, 0):
        return truth
    if _is(then, 0) and _is(otherwise, 1):
        return reducer.apply("-", [reducer.constant(1), truth])
    return None


SIMPLER: dict[str, Callable[..., Node | None]] = {
    "+": _sum,
    "-": _difference,
    "*": _product,
    "//": _quotient,
    "%": _remainder,
    "&": _both,
    "|": _either,
    "<": _below,
    "<=": _up_to,
    "==": _same,
    "min": _smaller,
    "max": _larger,
    "if": _choice,
}
"""What an operation comes to without being carried out; None where it must be."""


def _is(node: Node, value: int) -> bool:
    return node.op == "constant" and node.value == value


def inputs_under(root: Node) -> frozenset[str]:
    """The names of the inputs that a reduced node depends on."""
    return frozenset(one.name for one in walk(root) if one.op == "input")
