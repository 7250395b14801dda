"""The policy as a Python function of one entry: what answers online, and what every other target is held against."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from greenlane.release.engine.expressions import Node, walk
from greenlane.release.engine.graph import Graph
from greenlane.release.engine.writing import Phrases

PYTHON = {
    "+": "({0} + {1})",
    "-": "({0} - {1})",
    "*": "({0} * {1})",
    "//": "({0} // {1})",
    "%": "({0} % {1})",
    "&": "({0} & {1})",
    "|": "({0} | {1})",
    "<": "(1 if {0} < {1} else 0)",
    "<=": "(1 if {0} <= {1} else 0)",
    "==": "(1 if {0} == {1} else 0)",
    "min": "min({0}, {1})",
    "max": "max({0}, {1})",
    "if": "({1} if {0} else {2})",
}


def phrases(parameters: Mapping[str, int]) -> Phrases:
    """How Python, and what is compiled from it, writes the graph: parameters stand as their numbers."""

    def leaf(node: Node) -> str:
        if node.op == "constant":
            return str(node.value)
        return str(parameters[node.name]) if node.op == "parameter" else node.name

    return Phrases(PYTHON, leaf, lambda name, key: f"{name}[{key}]")


def steps_source(graph: Graph, parameters: Mapping[str, int], names: Sequence[str]) -> list[str]:
    """One assignment for each of the named steps and all that they read, in order."""
    needed = needs(graph, names)
    words = phrases(parameters)
    return [f"{s.name} = {words.write(s.expression)}" for s in graph.steps.values() if s.name in needed]


def needs(graph: Graph, names: Sequence[str]) -> frozenset[str]:
    """The named steps and every step that they read."""
    found: set[str] = set()
    stack = list(names)
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack.extend(n.name for n in walk(graph.steps[name].expression) if n.op == "step")
    return frozenset(found)


def compile_steps(
    graph: Graph,
    parameters: Mapping[str, int],
    tables: Mapping[str, Sequence[int]],
    names: Sequence[str] | None = None,
) -> Callable[..., tuple[int, ...]]:
    """A function of all inputs by name (keywords) that answers the named steps (None: the outputs), in that order.

    Raises OutOfRange for parameters or tables that are not what the graph declares. The inputs themselves are not
    checked: check what comes from outside with ``entries.check``.
    """
    graph.check_parameters(parameters)
    graph.check_tables(tables)
    wanted = tuple(names if names is not None else graph.outputs)
    lines = steps_source(graph, parameters, wanted)
    head = f"def decide(*, {', '.join(graph.inputs)}, **_others):"
    body = "\n    ".join([*lines, f"return ({', '.join(wanted)},)"])
    space: dict[str, Any] = dict(tables)
    exec(compile(f"{head}\n    {body}", "<release policy>", "exec"), space)  # noqa: S102 - text of our own graph
    decide: Callable[..., tuple[int, ...]] = space["decide"]
    return decide
