"""Decide many entries by small tables, worked out from the policy's graph for the statuses that occur.

The tables and the loop that joins them both come from the graph (see ``cutting``). The loop depends on the graph alone:
another version of the policy is another set of tables, laid out in milliseconds, for the same compiled loop.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from math import prod
from typing import Any

import numpy as np

from greenlane.release.engine import joining
from greenlane.release.engine.asof import Calendar, Slice
from greenlane.release.engine.batch import Kernel, Outputs, decide_with, loop_words, prepared
from greenlane.release.engine.columns import Columns
from greenlane.release.engine.cutting import Cutting, Table
from greenlane.release.engine.expressions import Node, walk
from greenlane.release.engine.graph import Graph
from greenlane.release.engine.grids import Axis, Evaluation, Field, Longs, axis, fields
from greenlane.release.engine.inputs import PARTIES
from greenlane.release.engine.kernels import Loop
from greenlane.release.engine.policy import release_policy
from greenlane.release.engine.program import straight
from greenlane.release.engine.versions import PolicyVersion

PLACES = 20
"""Bits for the index of a table, so that one word holds a party's part of three."""
CLASS = "class"


def decide_by_tables(
    columns: Columns,
    slice_: Slice,
    versions: PolicyVersion | Iterable[PolicyVersion],
    *,
    threads: int | None = None,
    calendar: Calendar | None = None,
) -> Outputs:
    """As ``batch.decide_batch``, and equal to it, by tables."""
    return decide_with(policy_tables(), columns, slice_, versions, threads, calendar)


@cache
def policy_tables() -> Tables:
    """The kernel of the policy, made once."""
    return Tables(release_policy())


class Tables(Kernel):
    """The loop over tables of one graph. Raises ValueError for a graph that cannot be cut into tables that fit."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.cutting = graph, Cutting(graph)
        cutting = self.cutting
        self.by_party = [*cutting.before, cutting.after]
        if len(self.by_party) * PLACES > 63:
            raise ValueError(f"the policy needs {len(self.by_party)} tables over parties; three fit")
        self.every = [*cutting.before, cutting.circumstances, cutting.after]
        self.fields = {table.name: fields(_ranges(table, cutting)) for table in self.every}
        self.seen = cutting.frontier(cutting.after.nodes, cutting.inner)
        self.text, self.names = _write(self)
        self._last: tuple[PolicyVersion, Slice, dict[str, Any]] | None = None

    def prepare(self, version: PolicyVersion, slice_: Slice) -> Mapping[str, Any]:
        """The tables of a version for the statuses of a slice, laid out in milliseconds; the last ones are kept."""
        last = self._last
        if last is None or last[0] is not version or last[1] is not slice_:
            values = prepared(self.graph, version) | self.lay_out(version.parameters, slice_.codes_known)
            last = (version, slice_, {name: joining.fixed(value) for name, value in values.items()})
            self._last = last
        return last[2]

    def run(self) -> tuple[Loop, tuple[str, ...]]:
        return joining.loop_of(self.text, "decide"), self.names

    def lay_out(self, parameters: Mapping[str, int], statuses: Longs) -> dict[str, Longs]:
        """Every table as a flat array of cells, what each status adds to their indices, and each small input."""
        found: dict[str, Longs] = {f"words_{party}": np.zeros(len(statuses), np.int64) for party in PARTIES}
        layer = Layer(self, parameters, statuses)
        cells, inner = layer.circumstances(found)
        found["table_circumstances"] = cells
        for number, table in enumerate(self.by_party):
            extra = [inner] if table.name == "after" else []
            found[f"table_{table.name}"] = layer.over_parties(table, number, found, extra)
        return found


class Layer:
    """The tables of one set of parameters and statuses."""

    def __init__(self, tables: Tables, parameters: Mapping[str, int], statuses: Longs) -> None:
        self.tables, self.cutting = tables, tables.cutting
        self.parameters, self.statuses = parameters, statuses

    def axis(self, table: Table, variable: str) -> Axis:
        """The classes of a variable's values as the table reads them."""
        cut = self.cutting.cuts.get(variable)
        if cut is not None:
            both = np.arange(2, dtype=np.int64)
            return Axis(2, both, {id(cut): both})
        values = self._values(variable)
        nodes = self.cutting.frontier(table.nodes, frozenset({variable}))
        if len(values) == 2 and variable not in PARTIES:  # a truth keeps its place
            return Axis(2, values, seeds(nodes, {variable: values}, self.parameters))
        seen = seeds(nodes, {variable: values}, self.parameters)
        return axis(nodes, [seen[id(node)] for node in nodes], len(values))

    def _values(self, variable: str) -> Longs:
        if variable in PARTIES:
            return self.statuses
        return np.arange(self.cutting.graph.inputs[variable].high + 1, dtype=np.int64)

    def circumstances(self, found: dict[str, Longs]) -> tuple[Longs, Axis]:
        """The cells over cuts and small inputs, and their classes as the table after them reads them."""
        table = Table("circumstances", self.cutting.circumstances.variables, self.tables.seen)
        table.items = self.cutting.circumstances.items
        axes = [self.axis(table, variable) for variable in table.variables]
        grid = Grid(axes, self.parameters)
        self._small(table, axes, found)
        seen = [grid.flat(node) for node in self.tables.seen]
        inner = axis(self.tables.seen, seen, grid.size)
        if inner.size >= 1 << PLACES:
            raise ValueError("the circumstances of an entry differ in more ways than a table holds")
        field = self.tables.fields["circumstances"][CLASS]
        return grid.cells(table, self.tables.fields["circumstances"]) + (inner.classes << field.at), inner

    def over_parties(self, table: Table, number: int, found: dict[str, Longs], extra: list[Axis]) -> Longs:
        """The cells of a table over parties; adds to each status's word where it stands in this table."""
        axes = [self.axis(table, variable) for variable in table.variables]
        grid = Grid([*axes, *extra], self.parameters)
        if grid.size >= 1 << PLACES:
            raise ValueError(f"the table {table.name} would have {grid.size:,} cells; it holds {1 << PLACES:,}")
        for variable, one, stride in zip(table.variables, axes, grid.strides, strict=False):
            if variable in PARTIES:
                found[f"words_{variable}"] += (one.classes * stride) << (PLACES * number)
        self._small(table, axes, found, grid.strides)
        return grid.cells(table, self.tables.fields[table.name])

    def _small(self, table: Table, axes: list[Axis], found: dict[str, Longs], strides: list[int] | None = None) -> None:
        strides = strides or Grid(axes, self.parameters).strides
        for variable, one, stride in zip(table.variables, axes, strides, strict=False):
            if self.cutting.is_small(variable):
                found[f"small_{table.name}_{variable}"] = one.classes * stride


def seeds(nodes: list[Node], names: Mapping[str, Longs], parameters: Mapping[str, int]) -> dict[int, Longs]:
    """The value of each node for each value of the one variable that it reads."""
    evaluation = Evaluation({}, {**parameters, **names})
    count = len(next(iter(names.values())))
    return {id(node): np.broadcast_to(evaluation.of(node), count).astype(np.int64) for node in nodes}


class Grid:
    """All places of a table, one axis after another, the last one next to each other."""

    def __init__(self, axes: list[Axis], parameters: Mapping[str, int]) -> None:
        self.shape = tuple(one.size for one in axes)
        self.size = prod(self.shape)
        self.strides = [prod(self.shape[place + 1 :]) for place in range(len(axes))]
        known: dict[int, Longs] = {}
        for place, one in enumerate(axes):
            around = [1] * len(axes)
            around[place] = one.size
            known |= {node: seen.reshape(around) for node, seen in one.seeds.items()}
        self.evaluation = Evaluation(known, parameters)

    def flat(self, node: Node) -> Longs:
        """A node's value at every place."""
        return np.broadcast_to(self.evaluation.of(node), self.shape).reshape(-1)

    def cells(self, table: Table, places: Mapping[str, Field]) -> Longs:
        """The cells of a table: what it holds at every place, in one number each."""
        total: Any = np.int64(0)
        for name, nodes in _parts(table).items():
            if name in places:
                value = sum(self.evaluation.of(node) for node in nodes)
                total = total + ((value - places[name].low) << places[name].at)
        return np.array(np.broadcast_to(total, self.shape).reshape(-1), dtype=np.int64)


def _parts(table: Table) -> dict[str, list[Node]]:
    """The nodes whose sum stands under each name in a cell."""
    found = {f"feed{place}": [feed] for place, feed in enumerate(table.feeds)}
    for item in table.items:
        found.setdefault(item.output, []).append(item.node)
    return found


def _ranges(table: Table, cutting: Cutting) -> dict[str, tuple[int, int]]:
    ranges = {
        name: (sum(node.low for node in nodes), sum(node.high for node in nodes))
        for name, nodes in _parts(table).items()
    }
    return ranges | ({CLASS: (0, (1 << PLACES) - 1)} if table is cutting.circumstances else {})


def _write(tables: Tables) -> tuple[str, tuple[str, ...]]:
    """The text of the loop and the names of its arguments."""
    cutting, graph = tables.cutting, tables.graph
    words = loop_words(graph)
    before: list[str] = []
    arithmetic = [*cutting.cuts.values(), *cutting.arithmetic.values()]
    for one in _numbers(arithmetic, cutting):
        before.append(f"h{len(before)} = {words.write(one)}")
        words.names[id(one)] = f"h{len(before) - 1}"
    body = ["word = " + " + ".join(f"words_{party}[at_least_0(code_{party})]" for party in PARTIES)]
    for number, table in enumerate(cutting.before):
        body.append(f"{table.name} = table_{table.name}[at_least_0({_index(table, number, cutting)})]")
        for place, feed in enumerate(table.feeds):
            body.append(f"{table.name}_{place} = {tables.fields[table.name][f'feed{place}'].text(table.name)}")
            words.names[id(feed)] = f"{table.name}_{place}"
    body += straight(arithmetic, words, also=cutting.cuts.values())
    body.append(f"circumstances = table_circumstances[at_least_0({_where(cutting, words.names)})]")
    inner = tables.fields["circumstances"][CLASS].text("circumstances")
    number = len(tables.by_party) - 1
    body.append(f"after = table_after[at_least_0({_index(cutting.after, number, cutting)} + {inner})]")
    for output in graph.outputs:
        stands = [
            t.fields[one.name][output].text(one.name)
            for t in [tables]
            for one in t.every
            if output in t.fields[one.name]
        ]
        arithmetic_text = [words.write(cutting.arithmetic[output])] if output in cutting.arithmetic else []
        body.append(f"to_{output}[i] = {' + '.join([*stands, *arithmetic_text])}")
    arrays = [f"words_{party}" for party in PARTIES] + [f"table_{table.name}" for table in tables.every]
    arrays += [f"small_{t.name}_{v}" for t in tables.every for v in t.variables if cutting.is_small(v)]
    own = ["p", *graph.tables, *arrays, *(f"to_{name}" for name in graph.outputs)]
    return joining.loop("decide", own, before, body)


def _numbers(roots: list[Node], cutting: Cutting) -> list[Node]:
    """The largest parts of the roots that depend on parameters alone: worked out once, before the loop."""
    inside = [one for one in walk(*roots) if not cutting.variables(one) and _reads_parameters(one)]
    args = {id(arg) for one in inside for arg in one.args}
    return [one for one in inside if id(one) not in args]


def _reads_parameters(node: Node) -> bool:
    under = list(walk(node))
    return any(one.op == "parameter" for one in under) and not any(one.op == "input" for one in under)


def _index(table: Table, number: int, cutting: Cutting) -> str:
    small = [f" + small_{table.name}_{name}[at_least_0({name})]" for name in table.variables if cutting.is_small(name)]
    return f"((word >> {PLACES * number}) & {(1 << PLACES) - 1})" + "".join(small)


def _where(cutting: Cutting, names: Mapping[int, str]) -> str:
    """The index of the circumstances: small inputs of several values by what they add, truths by their places."""
    parts = []
    variables = cutting.circumstances.variables
    truths = [name for name in variables if not cutting.is_small(name)]
    for name in variables:
        if cutting.is_small(name):
            parts.append(f"small_circumstances_{name}[at_least_0({name})]")
        else:
            cut = cutting.cuts.get(name)
            truth = name if cut is None else names[id(cut)]
            parts.append(f"({truth} << {len(truths) - 1 - truths.index(name)})")
    return " + ".join(parts) or "0"
