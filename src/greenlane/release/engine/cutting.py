"""Cut a policy's graph into small tables: found from the ranges of its nodes, whatever the policy is.

A decision reads parties (a status each, of which few differ), small inputs (few values) and wide inputs (a score, an
entry number, masks). Wide inputs stay arithmetic until they have come down to a truth: a *cut*. What is left is a
function of few values, and a function of few values is a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from greenlane.release.engine.expressions import Node, walk
from greenlane.release.engine.graph import Graph
from greenlane.release.engine.inputs import PARTIES
from greenlane.release.engine.reducing import Reducer

SMALL = 15
"""An input up to this is small enough to stand in a table by its value."""


@dataclass
class Item:
    """A part of an output: ``output`` is the sum of its parts. ``variables``: what it depends on."""

    output: str
    node: Node
    variables: frozenset[str]


@dataclass
class Table:
    """A table over ``variables``. ``feeds``: nodes that arithmetic reads; ``items``: parts of outputs."""

    name: str
    variables: tuple[str, ...]
    feeds: list[Node] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    @property
    def nodes(self) -> list[Node]:
        return [*self.feeds, *(item.node for item in self.items)]


class Cutting:
    """How a graph comes apart: ``cuts`` by name, ``arithmetic`` outputs, and the tables.

    ``before``: tables over parties and small inputs, read before the arithmetic. ``circumstances``: over cuts and small
    inputs. ``after``: over parties and the class of the circumstances.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.reducer = Reducer(graph)
        self.roots = {name: self.reducer.step(name) for name in graph.outputs}
        self.wide = frozenset(n for n, one in graph.inputs.items() if one.high > SMALL and n not in PARTIES)
        self.cuts: dict[str, Node] = {}
        self._cut_names: dict[int, str] = {}
        self._variables: dict[int, frozenset[str]] = {}
        self._find_cuts()
        self._find_variables()
        items = [item for name, root in self.roots.items() for item in self._items(name, root)]
        self.arithmetic = {item.output: item.node for item in items if item.variables & self.wide}
        self._sort([item for item in items if item.output not in self.arithmetic])

    def variables(self, node: Node) -> frozenset[str]:
        """What a node depends on: parties, small inputs and cuts; wide inputs only under a cut, or above none."""
        return self._variables[id(node)]

    def is_small(self, name: str) -> bool:
        """Whether a variable is a small input of several values, as opposed to a party or a truth."""
        return name not in PARTIES and name not in self.cuts and self.graph.inputs[name].high > 1

    def frontier(self, nodes: Iterable[Node], within: frozenset[str], *, fixed: bool = False) -> list[Node]:
        """The largest parts of the nodes that depend on something, and on nothing but *within*.

        *fixed*: on no parameter either, so that they are the same under every version of the policy.
        """
        found: dict[int, Node] = {}
        seen: set[int] = set()
        stack = list(nodes)
        while stack:
            one = stack.pop()
            if id(one) in seen:
                continue
            seen.add(id(one))
            on = self.variables(one)
            if on and on <= within and not (fixed and reads(one, "parameter")):
                found[id(one)] = one
            elif id(one) not in self._cut_names:
                stack.extend(one.args)
        return list(found.values())

    def _find_cuts(self) -> None:
        """A cut is a truth that depends on a wide input through no other such truth."""
        wide: dict[int, bool] = {}
        holds: dict[int, bool] = {}
        for one in walk(*self.roots.values()):
            wide[id(one)] = one.name in self.wide if one.op == "input" else any(wide[id(a)] for a in one.args)
            under = any(holds[id(a)] for a in one.args)
            is_cut = wide[id(one)] and not under and one.low >= 0 and one.high <= 1
            holds[id(one)] = under or is_cut
            if is_cut:
                name = f"cut{len(self.cuts)}"
                self.cuts[name] = one
                self._cut_names[id(one)] = name

    def _find_variables(self) -> None:
        for one in walk(*self.roots.values()):
            if id(one) in self._cut_names:
                self._variables[id(one)] = frozenset({self._cut_names[id(one)]})
            elif one.op == "input":
                self._variables[id(one)] = frozenset({one.name})
            else:
                self._variables[id(one)] = frozenset().union(*(self._variables[id(arg)] for arg in one.args))

    def _items(self, output: str, root: Node) -> Iterator[Item]:
        if root.op == "+" and not self.variables(root) & self.wide:
            for arg in root.args:
                yield from self._items(output, arg)
        else:
            yield Item(output, root, self.variables(root))

    def _sort(self, items: list[Item]) -> None:
        self.before: list[Table] = []
        for feed in self._feeds():
            on = tuple(sorted(self.variables(feed), key=self._order))
            known = next((table for table in self.before if table.variables == on), None)
            if known is None:
                known = Table(f"before{len(self.before)}", on)
                self.before.append(known)
            known.feeds.append(feed)
        rest = []
        for item in items:
            fitting = [table for table in self.before if item.variables <= set(table.variables)]
            if fitting:
                min(fitting, key=lambda table: len(table.variables)).items.append(item)
            else:
                rest.append(item)
        self.inner = frozenset().union(*(item.variables for item in rest)) - set(PARTIES)
        self.circumstances = Table("circumstances", tuple(sorted(self.inner, key=self._order)))
        self.after = Table("after", PARTIES)
        for item in rest:
            (self.circumstances if item.variables <= self.inner else self.after).items.append(item)

    def _feeds(self) -> list[Node]:
        narrow = frozenset({*PARTIES, *(set(self.graph.inputs) - self.wide)})
        arithmetic = [arg for cut in self.cuts.values() for arg in cut.args]
        outputs = [root for root in self.roots.values() if self.variables(root) & self.wide]
        return self.frontier([*arithmetic, *outputs], narrow)

    def _order(self, name: str) -> tuple[int, str]:
        """Parties first; then small inputs of several values; then truths, whose places never move."""
        if name in PARTIES:
            return PARTIES.index(name), ""
        return len(PARTIES) + (not self.is_small(name)), name


def reads(node: Node, op: str) -> bool:
    """Whether a node is, or reads, one of a kind: 'parameter', 'input'."""
    return any(one.op == op for one in walk(node))
