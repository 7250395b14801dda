"""A policy as a graph: named steps, each with its clause, over the inputs of an entry and the numbers of a version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from greenlane.release.engine.expressions import Node, OutOfRange, walk


@dataclass(frozen=True)
class Step:
    """One named step: its expression, the clause that it carries out, and when it is a reason for the outcome.

    ``citation``: '6 USC 964(a)'. ``says``: the sentence for a person, with places for the names of steps, inputs and
    parameters. ``bit``: its place in the mask of reasons, -1 for a step that is never a reason by itself; ``when``: the
    truth under which it is one.
    """

    name: str
    expression: Node
    citation: str
    says: str = ""
    bit: int = -1
    when: Node | None = None

    @property
    def node(self) -> Node:
        """This step as later steps read it."""
        return Node("step", self.expression.low, self.expression.high, name=self.name)


@dataclass
class Graph:
    """Steps in order; each reads inputs, parameters, tables and steps before it. ``outputs`` name steps."""

    inputs: dict[str, Node] = field(default_factory=dict)
    parameters: dict[str, Node] = field(default_factory=dict)
    tables: dict[str, Node] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)
    outputs: tuple[str, ...] = ()

    def step(
        self, name: str, citation: str, expression: Node, says: str = "", *, bit: int = -1, when: Node | None = None
    ) -> Node:
        """Add a step; returns what later steps read. Raises ValueError for what it cannot read, or a taken bit."""
        if name in self.steps or name in self.inputs or name in self.parameters:
            raise ValueError(f"'{name}' is taken")
        if bit >= 0 and bit in self.bits():
            raise ValueError(f"bit {bit} of the reasons is taken by {self.bits()[bit].name}")
        for one in walk(expression, *([when] if when else [])):
            self._reads(one, name)
        self.steps[name] = Step(name, expression, citation, says, bit, when)
        return self.steps[name].node

    def _reads(self, one: Node, name: str) -> None:
        places: dict[str, dict[str, Node]] = {
            "input": self.inputs,
            "parameter": self.parameters,
            "table": self.tables,
        }
        if one.op in places:
            known = places[one.op].setdefault(one.name, one)
            if (known.low, known.high) != (one.low, one.high):
                raise ValueError(f"'{name}' reads '{one.name}' in another range than an earlier step")
        elif one.op == "step" and one.name not in self.steps:
            raise ValueError(f"'{name}' reads '{one.name}', which comes later or not at all")

    def bits(self) -> dict[int, Step]:
        """The steps that can be reasons, by their bit."""
        return {step.bit: step for step in self.steps.values() if step.bit >= 0}

    def reasons(self) -> Node:
        """The mask of reasons: a bit for each step that is one."""
        found = [(number, step) for number, step in sorted(self.bits().items()) if step.when is not None]
        nodes = [(s.node if s.when is s.expression else s.when) * (1 << number) for number, s in found if s.when]
        total = nodes[0]
        for one in nodes[1:]:
            total = total + one
        return total

    def reading(self, name: str) -> frozenset[str]:
        """The names of the inputs that a step depends on, through other steps too."""
        found: set[str] = set()
        for one in walk(self.steps[name].expression):
            if one.op == "input":
                found.add(one.name)
            elif one.op == "step":
                found |= self.reading(one.name)
        return frozenset(found)

    def check_parameters(self, values: Mapping[str, int]) -> None:
        """Raise OutOfRange, naming the parameter, unless each has a whole number in its declared range."""
        for name, declared in self.parameters.items():
            value = values.get(name)
            if isinstance(value, bool) or not isinstance(value, int) or not declared.low <= value <= declared.high:
                raise OutOfRange(f"{name} is {value!r}; it takes a whole number from {declared.low} to {declared.high}")
        if strangers := sorted(set(values) - set(self.parameters)):
            raise OutOfRange(f"{', '.join(strangers)}: not among the numbers of a policy")

    def check_tables(self, tables: Mapping[str, Sequence[int] | Any]) -> None:
        """Raise OutOfRange unless each table has a value in its range for every key."""
        for name, declared in self.tables.items():
            size = declared.args[0].high + 1
            values = tables.get(name)
            if values is None or len(values) != size:
                raise OutOfRange(f"the table {name} has {0 if values is None else len(values)} values; it needs {size}")
            if min(values) < declared.low or max(values) > declared.high:
                raise OutOfRange(f"the table {name} holds a value outside {declared.low} to {declared.high}")


def names(nodes: Iterable[Node]) -> tuple[str, ...]:
    """The names of the nodes, sorted."""
    return tuple(sorted(one.name for one in nodes))
