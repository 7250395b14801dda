"""The graph worked out node by node over arrays: as slow as it is plain, and another target to hold against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from greenlane.release.engine.expressions import Node, walk
from greenlane.release.engine.graph import Graph

Longs = NDArray[np.int64]
OPERATIONS = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "//": np.floor_divide,
    "%": np.remainder,
    "&": np.bitwise_and,
    "|": np.bitwise_or,
    "<": np.less,
    "<=": np.less_equal,
    "==": np.equal,
    "min": np.minimum,
    "max": np.maximum,
    "if": lambda truth, then, otherwise: np.where(truth == 1, then, otherwise),
}


class Worked:
    """Every step of a graph over columns of inputs; ``numbers``: one value of each parameter, or one for each row."""

    def __init__(
        self,
        graph: Graph,
        columns: Mapping[str, Longs],
        numbers: Mapping[str, int | Longs],
        tables: Mapping[str, Sequence[int]],
    ) -> None:
        self.graph, self.columns, self.numbers = graph, columns, numbers
        self.tables = {name: np.asarray(values, dtype=np.int64) for name, values in tables.items()}
        self.steps: dict[str, Longs] = {}
        for name, step in graph.steps.items():
            self.steps[name] = self.of(step.expression)

    def of(self, *roots: Node) -> Longs:
        """The last of the nodes over all rows."""
        done: dict[int, Longs] = {}
        for one in walk(*roots):
            done[id(one)] = self._one(one, [done[id(arg)] for arg in one.args])
        return done[id(roots[-1])]

    def _one(self, one: Node, args: list[Longs]) -> Longs:
        if one.op in OPERATIONS:
            return np.asarray(OPERATIONS[one.op](*args)).astype(np.int64, copy=False)
        if one.op == "table":
            return self.tables[one.name][args[0]]
        if one.op == "constant":
            return np.int64(one.value)
        places = {"input": self.columns, "parameter": self.numbers, "step": self.steps}
        return np.asarray(places[one.op][one.name], dtype=np.int64)

    def outputs(self, names: Iterable[str] | None = None) -> Longs:
        """The outputs (or other steps), a row for each entry."""
        rows = len(next(iter(self.columns.values())))
        wanted = names or self.graph.outputs
        return np.stack([np.broadcast_to(self.steps[name], rows) for name in wanted], axis=1)
