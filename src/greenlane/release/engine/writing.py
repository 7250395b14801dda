"""Write an expression as text of a target: one way to walk it, and a phrase for each operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from greenlane.release.engine.expressions import Node


@dataclass(frozen=True)
class Phrases:
    """How a target writes each operation of ``expressions.OPERATIONS``: ``{0}``, ``{1}``, ``{2}`` are what it takes.

    ``leaf`` writes an input, a parameter, a constant or a step; ``table`` writes a look-up from its name and key.
    """

    operations: Mapping[str, str]
    leaf: Callable[[Node], str]
    table: Callable[[str, str], str]

    def write(self, node: Node) -> str:
        """The text of an expression."""
        if node.op == "table":
            return self.table(node.name, self.write(node.args[0]))
        if node.op in self.operations:
            return self.operations[node.op].format(*map(self.write, node.args))
        return self.leaf(node)
