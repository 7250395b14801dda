"""Write reduced expressions as straight-line text: each expression that is read twice gets a name of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from greenlane.release.engine.expressions import Node, walk
from greenlane.release.engine.python_target import PYTHON
from greenlane.release.engine.writing import Phrases


@dataclass(frozen=True)
class Named(Phrases):
    """Phrases that write a node by its name where it has one."""

    names: dict[int, str] = field(default_factory=dict)

    def write(self, node: Node) -> str:
        """The text of a reduced expression, or its name."""
        return self.names.get(id(node)) or super().write(node)


class Python(Named):
    """As Python reads fastest: conditions as such, the smaller and the larger of two names by comparison."""

    def write(self, node: Node) -> str:
        """The text of a reduced expression, or its name."""
        if id(node) not in self.names and node.op == "if":
            truth, then, otherwise = node.args
            return f"({self.write(then)} if {self._condition(truth)} else {self.write(otherwise)})"
        if id(node) not in self.names and node.op in ("min", "max"):
            a, b = map(self.write, node.args)
            return f"({a} if {a} {'<' if node.op == 'min' else '>'} {b} else {b})"
        return super().write(node)

    def _condition(self, truth: Node) -> str:
        if id(truth) in self.names or truth.op not in ("<", "<=", "=="):
            return self.write(truth)
        return f"{self.write(truth.args[0])} {truth.op} {self.write(truth.args[1])}"


def number(node: Node) -> str:
    """An input by its name, a constant by its digits: what a leaf of a reduced expression is in Python."""
    return str(node.value) if node.op == "constant" else node.name


def straight(roots: Iterable[Node], words: Named, also: Iterable[Node] = ()) -> list[str]:
    """Assignments, one a line, for all that the roots read twice and for the nodes of *also*; names go to *words*.

    A node that *words* names already is taken as worked out before.
    """
    order = list(_down_to(roots, frozenset(words.names)))
    readers = Counter(id(arg) for one in order if id(one) not in words.names for arg in one.args)
    named = {id(one) for one in order if readers[id(one)] > 1} | {id(one) for one in also}
    lines = []
    for one in order:
        if one.args and id(one) in named and id(one) not in words.names:
            text = words.write(one)
            words.names[id(one)] = f"v{len(words.names)}"
            lines.append(f"{words.names[id(one)]} = {text}")
    return lines


def _down_to(roots: Iterable[Node], known: frozenset[int]) -> Iterator[Node]:
    """Every node under the roots once, what is read before what reads it; what is under a known node is left out."""
    seen: set[int] = set()
    stack = [(root, False) for root in roots]
    while stack:
        one, opened = stack.pop()
        if id(one) in seen:
            continue
        if opened or id(one) in known:
            seen.add(id(one))
            yield one
        else:
            stack.append((one, True))
            stack.extend((arg, False) for arg in one.args)


def python_words(table: Callable[[str, str], str] = "{0}[{1}]".format) -> Python:
    """How Python writes reduced expressions."""
    return Python(PYTHON, number, table)


def compared(roots: Iterable[Node]) -> list[Node]:
    """What the smaller or the larger of two is taken of under the roots: worth a name in Python."""
    return [arg for one in walk(*roots) if one.op in ("min", "max") for arg in one.args]
