"""Whole-number expressions with known ranges: what a release policy is written in, once, for every target.

An expression is a graph of nodes. Each node knows the least and the greatest value that it can take, worked out from
the declared ranges of what it reads; an expression that could pass 64 bits, divide by zero or divide a negative number
cannot be built. Truth is 0 or 1. There are no fractions, so that every target gives the same answer to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

LEAST, GREATEST = -(2**63), 2**63 - 1
"""What fits in 64 bits with a sign, the width of every target."""


class OutOfRange(ValueError):
    """An expression that could leave its range; says which one and how far."""


@dataclass(frozen=True, eq=False)
class Node:
    """One value of the graph, at least ``low`` and at most ``high``.

    ``op`` is 'input', 'parameter', 'constant', 'table', 'step', or one of ``OPERATIONS``; ``name`` that of an input, a
    parameter, a table or a step; ``value`` that of a constant. Build nodes with the functions of this module and with
    the operators ``+ - * // % & | < <= > >=``.
    """

    op: str
    low: int
    high: int
    args: tuple[Node, ...] = ()
    name: str = ""
    value: int = 0

    def __post_init__(self) -> None:
        if not LEAST <= self.low <= self.high <= GREATEST:
            raise OutOfRange(f"{self.op} {self.name}: {self.low} to {self.high} does not fit in 64 bits")

    def __add__(self, other: Node | int) -> Node:
        b = node(other)
        return Node("+", self.low + b.low, self.high + b.high, (self, b))

    def __radd__(self, other: int) -> Node:
        return node(other) + self

    def __sub__(self, other: Node | int) -> Node:
        b = node(other)
        return Node("-", self.low - b.high, self.high - b.low, (self, b))

    def __rsub__(self, other: int) -> Node:
        return node(other) - self

    def __mul__(self, other: Node | int) -> Node:
        b = node(other)
        corners = [x * y for x in (self.low, self.high) for y in (b.low, b.high)]
        return Node("*", min(corners), max(corners), (self, b))

    def __rmul__(self, other: int) -> Node:
        return node(other) * self

    def __floordiv__(self, other: Node | int) -> Node:
        b = self._divisor(other, "//")
        return Node("//", self.low // b.high, self.high // b.low, (self, b))

    def __mod__(self, other: Node | int) -> Node:
        b = self._divisor(other, "%")
        return Node("%", 0, min(self.high, b.high - 1), (self, b))

    def _divisor(self, other: Node | int, op: str) -> Node:
        """Targets differ in how they round negative numbers, so that only what is not negative may be divided."""
        b = node(other)
        if self.low < 0 or b.low < 1:
            raise OutOfRange(
                f"{self.low}..{self.high} {op} {b.low}..{b.high}: divide what is not negative by at least 1"
            )
        return b

    def __and__(self, other: Node | int) -> Node:
        b = self._bits(other, "&")
        return Node("&", 0, min(self.high, b.high), (self, b))

    def __or__(self, other: Node | int) -> Node:
        b = self._bits(other, "|")
        width = max(self.high.bit_length(), b.high.bit_length())
        return Node("|", max(self.low, b.low), 2**width - 1 if width else 0, (self, b))

    def _bits(self, other: Node | int, op: str) -> Node:
        b = node(other)
        if self.low < 0 or b.low < 0:
            raise OutOfRange(f"{op} takes bits of numbers that are not negative")
        return b

    def __lt__(self, other: Node | int) -> Node:
        return Node("<", 0, 1, (self, node(other)))

    def __le__(self, other: Node | int) -> Node:
        return Node("<=", 0, 1, (self, node(other)))

    def __gt__(self, other: Node | int) -> Node:
        return node(other) < self

    def __ge__(self, other: Node | int) -> Node:
        return node(other) <= self

    def equals(self, other: Node | int) -> Node:
        """1 where both are the same."""
        return Node("==", 0, 1, (self, node(other)))

    def differs(self, other: Node | int) -> Node:
        """1 where they are not the same."""
        return no(self.equals(other))


OPERATIONS = ("+", "-", "*", "//", "%", "&", "|", "<", "<=", "==", "min", "max", "if")
"""Every operation that a target must carry out; 'if' takes a truth, a value for 1 and a value for 0."""


def node(value: Node | int) -> Node:
    """A node as it is; a whole number as a constant."""
    return value if isinstance(value, Node) else Node("constant", value, value, value=value)


def input_(name: str, low: int, high: int) -> Node:
    """What is read from an entry, in its declared range."""
    return Node("input", low, high, name=name)


def parameter(name: str, low: int, high: int) -> Node:
    """What a version of a policy sets, in its declared range."""
    return Node("parameter", low, high, name=name)


def looked_up(table: str, key: Node, low: int, high: int) -> Node:
    """The value of a dense table of the policy at *key*, a number from 0; the table has ``key.high + 1`` values."""
    if key.low < 0:
        raise OutOfRange(f"{table} is looked up by a number from 0")
    return Node("table", low, high, (key,), name=table)


def least(*values: Node | int) -> Node:
    """The smallest of the values."""
    return reduce(lambda a, b: Node("min", min(a.low, b.low), min(a.high, b.high), (a, b)), map(node, values))


def greatest(*values: Node | int) -> Node:
    """The largest of the values."""
    return reduce(lambda a, b: Node("max", max(a.low, b.low), max(a.high, b.high), (a, b)), map(node, values))


def if_(truth: Node, then: Node | int, otherwise: Node | int = 0) -> Node:
    """*then* where *truth* is 1, else *otherwise*."""
    _truths((truth,))
    a, b = node(then), node(otherwise)
    return Node("if", min(a.low, b.low), max(a.high, b.high), (truth, a, b))


def all_(*truths: Node) -> Node:
    """1 where each is 1."""
    return reduce(lambda a, b: a & b, _truths(truths))


def any_(*truths: Node) -> Node:
    """1 where at least one is 1."""
    return reduce(lambda a, b: a | b, _truths(truths))


def no(truth: Node) -> Node:
    """1 where the truth is 0."""
    _truths((truth,))
    return 1 - truth


def bit(mask: Node, number: int) -> Node:
    """Bit *number* of a mask, 0 or 1, lowest first."""
    return (mask // (1 << number)) % 2


def _truths(nodes: Iterable[Node]) -> list[Node]:
    found = list(nodes)
    for one in found:
        if not 0 <= one.low <= one.high <= 1:
            raise OutOfRange(f"{one.op} {one.name} is no truth: {one.low} to {one.high}")
    return found


def walk(*roots: Node) -> Iterator[Node]:
    """Every node under the roots once, what is read before what reads it; a step's own expression is not entered."""
    seen: set[int] = set()
    stack = [(root, False) for root in reversed(roots)]
    while stack:
        one, opened = stack.pop()
        if id(one) in seen:
            continue
        if opened:
            seen.add(id(one))
            yield one
        else:
            stack.append((one, True))
            stack.extend((arg, False) for arg in reversed(one.args))
