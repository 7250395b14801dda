"""Fold entries by all that no number of a policy changes: what a cube keeps of each entry, found from the graph."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np

from greenlane.release.engine import joining
from greenlane.release.engine.asof import Slice
from greenlane.release.engine.batch import Kernel, loop_words, prepared
from greenlane.release.engine.cutting import Cutting, reads
from greenlane.release.engine.expressions import Node
from greenlane.release.engine.graph import Graph
from greenlane.release.engine.grids import Axis, Longs, axis
from greenlane.release.engine.inputs import PARTIES
from greenlane.release.engine.kernels import Loop
from greenlane.release.engine.program import straight
from greenlane.release.engine.reducing import inputs_under
from greenlane.release.engine.tables import Grid, seeds
from greenlane.release.engine.versions import PolicyVersion

FIRST, OTHER = PARTIES[0], PARTIES[1:]
MOST_CUTS = 5
"""Truths about a score that numbers move; a question counts what they come to, one of 32, in two bits each."""
MEASURED = ("examination", "customs_release", "government")
"""The outputs that a cube counts; the score after benefits is summed."""


class Folding(Kernel):
    """Which class each entry is of: importer, partners, level of threat, circumstances; and its score and draw.

    Raises ValueError for a graph whose decisions hang on the numbers of a policy in other ways than by what is taken
    off the score, cuts of the score, and a rate under which a draw must be.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph, self.cutting = graph, Cutting(graph)
        cutting = self.cutting
        self.feeds = [feed for table in cutting.before for feed in table.feeds]
        free = {name: cut for name, cut in cutting.cuts.items() if not reads(cut, "parameter")}
        self.moving = {name: cut for name, cut in cutting.cuts.items() if name not in free}
        self.draws = {name: cut for name, cut in self.moving.items() if "score" not in inputs_under(cut)}
        if len(self.draws) != 1 or not self._is_draw(next(iter(self.draws.values()))):
            raise ValueError("a cube needs a policy with one draw that is compared with a rate")
        self.draw, self.rate = next(iter(self.draws.values())).args
        self.score_cuts = {name: cut for name, cut in self.moving.items() if name not in self.draws}
        if len(self.score_cuts) > MOST_CUTS:
            raise ValueError(f"a cube needs a policy that asks {MOST_CUTS} questions of a score at most")
        self.reduction = next(feed for feed in self.feeds if feed is not self.rate)
        self.items = {
            name: [item.node for item in cutting.circumstances.items if item.output == name] for name in MEASURED
        }
        if len(self.feeds) != 2 or not all(self.items.values()):
            raise ValueError("a cube needs a policy that takes points off by parties and counts by circumstances")
        self.free = frozenset(cutting.inner - self.moving.keys())
        self.levels = [name for name in sorted(cutting.variables(self.rate)) if name not in PARTIES]
        self.text, self.names = self._write()
        self._last: tuple[PolicyVersion, Slice, dict[str, Any]] | None = None

    def _is_draw(self, cut: Node) -> bool:
        return cut.op == "<" and any(cut.args[1] is feed for feed in self.feeds)

    def lay_out(self, version: PolicyVersion, slice_: Slice) -> Folds:
        """The classes of all that occurs in a slice."""
        return Folds(self, version, slice_)

    def prepare(self, version: PolicyVersion, slice_: Slice) -> Mapping[str, Any]:
        """The classes of all that occurs in a slice; the last ones are kept."""
        last = self._last
        if last is None or last[0] is not version or last[1] is not slice_:
            values = prepared(self.graph, version) | self.lay_out(version, slice_).arrays
            last = (version, slice_, {name: joining.fixed(value) for name, value in values.items()})
            self._last = last
        return last[2]

    def run(self) -> tuple[Loop, tuple[str, ...]]:
        return joining.loop_of(self.text, "fold"), self.names

    def _write(self) -> tuple[str, tuple[str, ...]]:
        words = loop_words(self.graph)
        cutting = self.cutting
        free = [cut for name, cut in cutting.cuts.items() if name in self.free]
        body = straight([*free, self.draw], words, also=[*free, self.draw])
        variables = [name for name in cutting.circumstances.variables if name in self.free]
        where = "np.int64(0)"
        for name in variables:
            size = 2 if name in cutting.cuts else self.graph.inputs[name].high + 1
            where = f"({where} * {size} + {words.names[id(cutting.cuts[name])] if name in cutting.cuts else name})"
        level = "np.int64(0)"
        for name in self.levels:
            level = f"({level} * {self.graph.inputs[name].high + 1} + {name})"
        partners = " + ".join(f"words_{party}[at_least_0(code_{party})]" for party in OTHER)
        body += [
            f"partner = partners[at_least_0({partners})]",
            f"key = words_{FIRST}[at_least_0(code_{FIRST})] * sizes[1] + partner",
            f"key = key * sizes[2] + {level}",
            f"to_key[i] = key * sizes[3] + circumstances[at_least_0({where})]",
            f"to_draw[i] = {words.write(self.draw)}",
            f"to_tier[i] = tiers[at_least_0(words_{FIRST}[at_least_0(code_{FIRST})])]",
        ]
        arrays = [*(f"words_{party}" for party in PARTIES), "partners", "circumstances", "sizes", "tiers"]
        own = ["p", *self.graph.tables, *arrays, "to_key", "to_draw", "to_tier"]
        return joining.loop("fold", own, [], body)


class Folds:
    """The classes of a slice's statuses and of circumstances, the same under every set of numbers."""

    def __init__(self, folding: Folding, version: PolicyVersion, slice_: Slice) -> None:
        self.folding = folding
        self._statuses, self._numbers = slice_.codes_known, version.parameters
        tier = folding.cutting.reducer.step("importer_tier")
        self.importer = self._party(FIRST, [*folding.feeds, tier])
        each = [self._party(party, folding.feeds) for party in OTHER]
        grid = Grid(each, version.parameters)
        nodes = folding.cutting.frontier(folding.feeds, frozenset(OTHER), fixed=True)
        self.partners = axis(nodes, [grid.flat(node) for node in nodes], grid.size)
        self.levels = prod(folding.graph.inputs[name].high + 1 for name in folding.levels)
        self.circumstances = self._circumstances(version)
        self.tier_node = tier
        self.arrays: dict[str, Longs] = {
            f"words_{FIRST}": self.importer.classes,
            "partners": self.partners.classes,
            "circumstances": self.circumstances.classes,
            "sizes": np.array(self.sizes, dtype=np.int64),
            "tiers": self.importer.seeds[id(tier)],
        }
        for party, one, stride in zip(OTHER, each, grid.strides, strict=True):
            self.arrays[f"words_{party}"] = one.classes * stride

    @property
    def sizes(self) -> tuple[int, int, int, int]:
        """How many classes of importers, partners, levels and circumstances there are."""
        return self.importer.size, self.partners.size, self.levels, self.circumstances.size

    def _party(self, party: str, nodes: list[Node]) -> Axis:
        found = self.folding.cutting.frontier(nodes, frozenset({party}), fixed=True)
        if party == FIRST and nodes[-1] not in found:
            found.append(nodes[-1])
        seen = seeds(found, {party: self._statuses}, self._numbers)
        return axis(found, [seen[id(node)] for node in found], len(self._statuses))

    def _circumstances(self, version: PolicyVersion) -> Axis:
        folding = self.folding
        nodes = [node for part in folding.items.values() for node in part]
        found = folding.cutting.frontier(nodes, folding.free, fixed=True)
        axes = []
        for name in folding.cutting.circumstances.variables:
            if name in folding.free:
                axes.append(self._whole(name, found))
        grid = Grid(axes, version.parameters)
        return axis(found, [grid.flat(node) for node in found], grid.size)

    def _whole(self, name: str, nodes: list[Node]) -> Axis:
        """A direction with a place for every value of a variable."""
        cut = self.folding.cutting.cuts.get(name)
        count = 2 if cut is not None else self.folding.graph.inputs[name].high + 1
        values = np.arange(count, dtype=np.int64)
        if cut is not None:
            return Axis(count, values, {id(cut): values})
        seen = self.folding.cutting.frontier(nodes, frozenset({name}), fixed=True)
        return Axis(count, values, seeds(seen, {name: values}, self._numbers))
