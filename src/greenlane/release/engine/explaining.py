"""One decision with all that it rests on: every step, the reasons with their clauses, the agencies. 6 USC 971(b).

The function of a version is compiled once and answers every step at once; sentences are put together when read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from greenlane.law.sentences import Sentence
from greenlane.release.engine.codes import agencies_in
from greenlane.release.engine.graph import Graph
from greenlane.release.engine.policy import OUTPUTS, release_policy
from greenlane.release.engine.program import compared, python_words, straight
from greenlane.release.engine.reducing import Reducer
from greenlane.release.engine.versions import PolicyVersion

_PLACE = re.compile(r"%\((\w+)\)")
AGENCY_STEPS = ("agencies_waiting", "agencies_against", "criteria_met")


class Because(NamedTuple):
    """One reason for an outcome: its clause, and a message for a person with its values; ``step`` names the step."""

    citation: str
    message: str
    values: Mapping[str, int]
    step: str = ""

    @property
    def sentence(self) -> Sentence:
        """The message with its values, for a door to translate."""
        return Sentence(self.message, self.values)


class Explainer:
    """Explains the decisions of one version. ``explainer(version)`` keeps one for each version."""

    def __init__(self, version: PolicyVersion, graph: Graph | None = None) -> None:
        self.version, self.graph = version, graph or release_policy()
        self.decide = compile_all(self.graph, version)
        self.order = {name: place for place, name in enumerate(self.graph.steps)}
        self.read: Callable[[Mapping[str, int]], tuple[int, ...]] = itemgetter(*self.graph.inputs)
        self.mask = self.order["reasons"]
        self._reasons: dict[int, tuple[tuple[str, str, str, tuple[str, ...]], ...]] = {}

    def __call__(self, inputs: Mapping[str, int]) -> Explanation:
        """The decision on an entry. Inputs by name; raises KeyError for one that is missing."""
        return Explanation(self, inputs, self.decide(*self.read(inputs)))

    def reasons_of(self, mask: int) -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
        """Citation, message, step and the names that the message reads, for each bit of a mask; lowest bit first."""
        known = self._reasons.get(mask)
        if known is None:
            steps = [step for number, step in sorted(self.graph.bits().items()) if mask >> number & 1]
            known = tuple((s.citation, s.says, s.name, tuple(dict.fromkeys(_PLACE.findall(s.says)))) for s in steps)
            self._reasons[mask] = known
        return known


class Explanation:
    """A decision on one entry: what was decided, and every step, reason and agency behind it."""

    __slots__ = ("_by", "inputs", "values")

    def __init__(self, by: Explainer, inputs: Mapping[str, int], values: tuple[int, ...]) -> None:
        self._by, self.inputs, self.values = by, inputs, values

    @property
    def version(self) -> PolicyVersion:
        """The version of the policy that decided."""
        return self._by.version

    @property
    def outputs(self) -> dict[str, int]:
        """What is decided: score after, examination, priority, releases, pathway and the mask of reasons."""
        order, values = self._by.order, self.values
        return {name: values[order[name]] for name in OUTPUTS}

    @property
    def steps(self) -> dict[str, int]:
        """Every step of the policy with its value, in the order in which they are worked out."""
        return dict(zip(self._by.order, self.values, strict=True))

    @property
    def reasons(self) -> tuple[Because, ...]:
        """Why: a clause and a sentence for each bit of the mask of reasons, in the order of the policy."""
        by = self._by
        return tuple(
            [
                Because(citation, message, {name: self._value(name) for name in names} if names else {}, step)
                for citation, message, step, names in by.reasons_of(self.values[by.mask])
            ]
        )

    def _value(self, name: str) -> int:
        place = self._by.order.get(name)
        if place is not None:
            return self.values[place]
        known = self.inputs.get(name)
        return self._by.version.parameters[name] if known is None else known

    @property
    def agencies(self) -> dict[str, tuple[str, ...]]:
        """The agencies that have not answered, that are against, and whose criteria for expedited release are met."""
        codes = self._by.version.agencies
        return {name: agencies_in(self.values[self._by.order[name]], codes) for name in AGENCY_STEPS}

    def to_json(self) -> dict[str, Any]:
        """All of it in plain values, sentences in English; a door that translates reads ``reasons`` instead."""
        return {
            "policy": self.version.code,
            "outputs": self.outputs,
            "reasons": [
                {"cite": one.citation, "step": one.step, "says": one.message % one.values} for one in self.reasons
            ],
            "agencies": {name: list(codes) for name, codes in self.agencies.items()},
        }


def compile_all(graph: Graph, version: PolicyVersion) -> Callable[..., tuple[int, ...]]:
    """A function of the inputs, in the graph's order, that answers every step, in the graph's order."""
    reducer = Reducer(graph, version.parameters)
    roots = [reducer.step(name) for name in graph.steps]
    words = python_words()
    lines = straight(roots, words, also=compared(roots))
    lines.append(f"return ({', '.join(words.write(root) for root in roots)},)")
    space: dict[str, Any] = {name: version.tables[name] for name in graph.tables}
    text = f"def decide({', '.join(graph.inputs)}):\n    " + "\n    ".join(lines)
    exec(compile(text, "<release policy>", "exec"), space)  # noqa: S102 - text of our own graph
    decide: Callable[..., tuple[int, ...]] = space["decide"]
    return decide


@lru_cache(maxsize=64)
def explainer(version: PolicyVersion) -> Explainer:
    """The explainer of a version, compiled once."""
    return Explainer(version)


def explain(version: PolicyVersion, inputs: Mapping[str, int]) -> Explanation:
    """Decide one entry and say why. ``inputs``: those of ``inputs.INPUTS`` in their ranges; raises KeyError for one
    that is missing."""
    return explainer(version)(inputs)
