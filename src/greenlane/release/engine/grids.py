"""Evaluate reduced nodes for many values at once, and put values that nothing tells apart into one class."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from greenlane.release.engine.expressions import Node

Longs = NDArray[np.int64]
MANY: dict[str, Callable[..., Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "//": np.floor_divide,
    "%": np.remainder,
    "&": np.bitwise_and,
    "|": np.bitwise_or,
    "<": lambda a, b: np.less(a, b).astype(np.int64),
    "<=": lambda a, b: np.less_equal(a, b).astype(np.int64),
    "==": lambda a, b: np.equal(a, b).astype(np.int64),
    "min": np.minimum,
    "max": np.maximum,
    "if": lambda truth, then, otherwise: np.where(truth != 0, then, otherwise),
}


class Evaluation:
    """Values of nodes. ``known``: arrays by a node's identity; ``names``: of inputs and parameters."""

    def __init__(self, known: Mapping[int, Longs], names: Mapping[str, Any]) -> None:
        self.known: dict[int, Any] = dict(known)
        self.names: dict[str, Any] = dict(names)

    def of(self, node: Node) -> Longs:
        """The values of a node, shaped as what it reads. Raises KeyError for an input that is not known."""
        found = self.known.get(id(node))
        if found is None:
            found = self._work_out(node)
            self.known[id(node)] = found
        result: Longs = found
        return result

    def _work_out(self, node: Node) -> Any:
        if node.op == "constant":
            return np.int64(node.value)
        if node.op in MANY:
            return MANY[node.op](*map(self.of, node.args))
        return self.names[node.name]


@dataclass(frozen=True)
class Axis:
    """One direction of a table: ``classes`` gives the place of each value, ``seeds`` what is read at each place."""

    size: int
    classes: Longs
    seeds: Mapping[int, Longs]


def axis(nodes: Sequence[Node], values: Sequence[Longs], count: int) -> Axis:
    """Classes of *count* values of which only the nodes are read; ``values[k]`` are those of ``nodes[k]``."""
    key: Longs = np.zeros(count, dtype=np.int64)
    for node, seen in zip(nodes, values, strict=True):
        if int(key.max(initial=0)) > 2**62 // (node.high - node.low + 1):
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
        key = key * (node.high - node.low + 1) + (seen - node.low)
    _, first, classes = np.unique(key, return_index=True, return_inverse=True)
    seeds = {id(node): seen[first] for node, seen in zip(nodes, values, strict=True)}
    return Axis(len(first), classes.astype(np.int64), seeds)


@dataclass(frozen=True)
class Field:
    """Where a number stands in a cell: ``places`` bits from ``at`` on hold it, less ``low``."""

    at: int
    places: int
    low: int

    def text(self, cell: str) -> str:
        """How a loop reads it."""
        found = f"(({cell} >> {self.at}) & {(1 << self.places) - 1})"
        return f"({found} + {self.low})" if self.low else found


def fields(ranges: Mapping[str, tuple[int, int]]) -> dict[str, Field]:
    """Room for numbers of the ranges beside each other in 63 bits. Raises ValueError when they do not fit."""
    found: dict[str, Field] = {}
    at = 0
    for name, (low, high) in ranges.items():
        found[name] = Field(at, (high - low).bit_length(), low)
        at += found[name].places
    if at > 63:
        raise ValueError(f"a cell of a table would need {at} bits; it has 63")
    return found
