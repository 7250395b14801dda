"""``python -m benchmarks.release.rules``: the policy alone, one entry at a time, in embedded rules engines.

Their texts are generated from the policy's graph, as ours is. What they cannot say, masks of agencies and the draw, is
worked out for them outside the clock; ours works everything out. The engines are installed into a folder of this run,
not among the project's libraries. They are interpreters in this process: no server is measured.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.release import invented
from benchmarks.release.peers import _columns
from greenlane.release.engine.asof import StatusStore
from greenlane.release.engine.cutting import Cutting
from greenlane.release.engine.expressions import Node
from greenlane.release.engine.grids import Evaluation
from greenlane.release.engine.inputs import PARTIES
from greenlane.release.engine.policy import release_policy
from greenlane.release.engine.program import Named, straight
from greenlane.release.engine.python_target import compile_steps
from greenlane.release.engine.reducing import inputs_under
from greenlane.release.engine.tables import _numbers
from greenlane.release.engine.versions import EXAMPLE

ENGINES = ("opa-eval", "zen-engine", "json-logic", "datalogic-py")
ENTRIES = 2000
INFIX = {one: f"({{0}} {one} {{1}})" for one in ("+", "-", "*", "%")}
REGO = INFIX | {
    "//": "(({0} - ({0} % {1})) / {1})",
    "&": "({0} * {1})",  # of truths; masks are worked out before
    "|": "max([{0}, {1}])",
    "<": "to_number({0} < {1})",
    "<=": "to_number({0} <= {1})",
    "==": "to_number({0} == {1})",
    "min": "min([{0}, {1}])",
    "max": "max([{0}, {1}])",
    "if": "[{2}, {1}][{0}]",
}
ZEN = REGO | {
    "<": "({0} < {1} ? 1 : 0)",
    "<=": "({0} <= {1} ? 1 : 0)",
    "==": "({0} == {1} ? 1 : 0)",
    "if": "({0} == 1 ? {1} : {2})",
}
LOGIC = {one: f'{{{{"{one}": [{{0}}, {{1}}]}}}}' for one in ("+", "-", "*", "%", "min", "max")}
LOGIC |= {one: f'{{{{"if": [{{{{"{one}": [{{0}}, {{1}}]}}}}, 1, 0]}}}}' for one in ("<", "<=", "==")}
LOGIC |= {"&": LOGIC["*"], "|": LOGIC["max"], "if": '{{"if": [{{"==": [{0}, 1]}}, {1}, {2}]}}'}
LOGIC["//"] = '{{"/": [{{"-": [{0}, {{"%": [{0}, {1}]}}]}}, {1}]}}'


class Texts:
    """The policy's steps in the words of an engine, and what is prepared for all of them."""

    def __init__(self) -> None:
        self.cutting = Cutting(release_policy())
        self.roots = list(self.cutting.roots.values())
        self.prepared: dict[str, Node] = {}
        for name, cut in self.cutting.cuts.items():
            if "score" not in inputs_under(cut):
                self.prepared[name] = cut.args[0] if "entry_key" in inputs_under(cut) else cut
        constants = _numbers(self.roots, self.cutting)
        numbers = Evaluation({}, EXAMPLE.parameters)
        self.constants = {id(one): str(int(numbers.of(one))) for one in constants}

    def lines(self, operations: dict[str, str], read: str, step: str) -> tuple[list[tuple[str, str]], list[str]]:
        """Names and texts of steps, and a text for each output; *read* and *step* write an input and a step."""

        def leaf(node: Node) -> str:
            if node.op == "parameter":
                return str(EXAMPLE.parameters[node.name])
            return str(node.value) if node.op == "constant" else read.format(node.name)

        words = Named(operations, leaf, "{0}[{1}]".format, dict(self.constants))
        words.names.update({id(node): read.format(name) for name, node in self.prepared.items()})
        found = []
        while True:  # one step at a time, so that each reads those before it as the engine writes steps
            before = set(words.names)
            line = next(iter(straight(self.roots, words)), None)
            added = [key for key in words.names if key not in before]
            if line is None:
                return found, [words.write(root) for root in self.roots]
            for key in added[1:]:
                del words.names[key]
            found.append((f"s{len(found)}", line.split(" = ", 1)[1]))
            words.names[added[0]] = step.format(found[-1][0])

    def to_json(self, file: Path) -> dict[str, Any]:
        """All that the measuring process reads."""
        rows, expected = self._entries(file)
        return {
            "rego": self.lines(REGO, "input.{}", "{}"),
            "zen": self.lines(ZEN, "{}", "$.{}"),
            "logic": self.lines(LOGIC, '{{"var": "{}"}}', '{{"var": "{}"}}'),
            "rows": rows,
            "expected": expected,
        }

    def _entries(self, file: Path) -> tuple[list[dict[str, int]], list[list[int]]]:
        columns = _columns(pa.Table.from_batches([next(pq.ParquetFile(file).iter_batches(ENTRIES))]))
        slice_ = StatusStore.build(invented.periods()).known_at()
        known = {name: column.astype(np.int64) for name, column in columns.items()}
        for party in PARTIES:
            pairs = zip(columns[party].tolist(), columns["filed_at"].tolist(), strict=True)
            known[party] = np.array([slice_.status(one, at) for one, at in pairs], dtype=np.int64)
        tables = {name: np.array(values, dtype=np.int64) for name, values in EXAMPLE.tables.items()}
        worked = WithTables({**EXAMPLE.parameters, **known}, tables)
        prepared = {name: worked.of(node).tolist() for name, node in self.prepared.items()}
        plain = {name: known[name].tolist() for name in release_policy().inputs}
        decide = compile_steps(release_policy(), EXAMPLE.parameters, EXAMPLE.tables)
        rows = [dict(zip(plain, values, strict=True)) for values in zip(*plain.values(), strict=True)]
        start = perf_counter()
        expected = [list(decide(**row)) for row in rows]
        _say("ours, a Python function (masks and draw too)", (perf_counter() - start) / len(rows), "")
        wide = self.cutting.wide - {"score"}
        kept = [{name: value for name, value in row.items() if name not in wide} for row in rows]
        for place, row in enumerate(kept):
            row.update({name: values[place] for name, values in prepared.items()})
        return kept, expected


class WithTables(Evaluation):
    """An evaluation that looks tables up."""

    def __init__(self, names: dict[str, Any], tables: dict[str, Any]) -> None:
        super().__init__({}, names)
        self._tables = tables

    def _work_out(self, node: Node) -> Any:
        return self._tables[node.name][self.of(node.args[0])] if node.op == "table" else super()._work_out(node)


def _say(name: str, seconds: float, equal: str) -> None:
    sys.stdout.write(f"  {name:45} {seconds * 1e6:9.1f} us  {1 / seconds:10,.0f} a second  {equal}\n")
    sys.stdout.flush()


def measure(work: dict[str, Any], folder: Path) -> None:
    """Run in the folder's own Python: every engine that is installed there decides the entries."""
    for name, make in (("rego", _rego), ("zen", _zen), ("json-logic", _json_logic), ("datalogic", _datalogic)):
        rows = work["rows"]
        try:
            decide = make(work, folder)
            decide(rows[0])
        except (ImportError, TypeError) as absent:
            sys.stdout.write(f"  {NAMES[name]:45} is not installed or does not run here ({absent})\n")
            continue
        start = perf_counter()
        found = [decide(row) for row in rows]
        seconds = (perf_counter() - start) / len(rows)
        same = sum([int(value) for value in one] == right for one, right in zip(found, work["expected"], strict=True))
        _say(NAMES[name], seconds, f"equal {same:,} of {len(rows):,}")


NAMES = {
    "rego": "Rego in process (regorus)",
    "zen": "zen-engine",
    "json-logic": "json-logic (Python)",
    "datalogic": "datalogic (compiled JSON logic)",
}
Decide = Callable[[dict[str, int]], list[Any]]


def _rego(work: dict[str, Any], folder: Path) -> Decide:
    import opa_eval

    steps, outputs = work["rego"]
    lines = ["package release", "import rego.v1", *(f"{name} := {text}" for name, text in steps)]
    (folder / "release.rego").write_text("\n".join([*lines, f"out := [{', '.join(outputs)}]"]), encoding="utf-8")
    engine = opa_eval.OpaEval(str(folder / "release.rego"), query="data.release.out")
    return lambda row: list(engine.evaluate_parsed(json.dumps(row)))


def _zen(work: dict[str, Any], folder: Path) -> Decide:
    import zen

    steps, outputs = work["zen"]
    named = [*steps, *((f"out{place}", text) for place, text in enumerate(outputs))]
    listed = [{"id": name, "key": name, "value": text} for name, text in named]
    kinds = (("i", "inputNode", {}), ("e", "expressionNode", {"expressions": listed}), ("o", "outputNode", {}))
    at = {"x": 0, "y": 0}
    nodes = [{"id": one, "type": kind, "name": one, "position": at, "content": what} for one, kind, what in kinds]
    edges = [{"id": a + b, "sourceId": a, "targetId": b, "type": "edge"} for a, b in (("i", "e"), ("e", "o"))]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    names = [f"out{place}" for place in range(len(outputs))]

    def decide(row: dict[str, int]) -> list[Any]:
        result = decision.evaluate(row)["result"]
        return [result[name] for name in names]

    return decide


def _json_logic(work: dict[str, Any], folder: Path) -> Decide:
    from json_logic import jsonLogic

    return _in_steps(work, json.loads, jsonLogic)


def _datalogic(work: dict[str, Any], folder: Path) -> Decide:
    import datalogic_py

    engine = datalogic_py.Engine()
    return _in_steps(work, engine.compile, lambda rule, row: rule.evaluate(row))


def _in_steps(work: dict[str, Any], load: Callable[[str], Any], apply: Callable[[Any, Any], Any]) -> Decide:
    steps, outputs = work["logic"]
    rules = [(name, load(text)) for name, text in steps]
    last = [load(text) for text in outputs]

    def decide(row: dict[str, int]) -> list[Any]:
        known = dict(row)
        for name, rule in rules:
            known[name] = apply(rule, known)
        return [apply(rule, known) for rule in last]

    return decide


def main() -> int:
    """Returns 0; an engine that does not install is named and left out."""
    with tempfile.TemporaryDirectory(prefix="greenlane-bench-") as name:
        folder = Path(name)
        invented.write(folder / "entries.parquet", ENTRIES)
        (folder / "work.json").write_text(json.dumps(Texts().to_json(folder / "entries.parquet")), encoding="utf-8")
        venv.create(folder / "python", with_pip=True)
        there = str(folder / "python" / "bin" / "python")
        for package in ENGINES:
            command = [there, "-m", "pip", "install", "--quiet", "--only-binary", ":all:", package]
            subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - a fixed list
        source = Path(__file__).read_text(encoding="utf-8")
        (folder / "measure.py").write_text(_without_ours(source), encoding="utf-8")
        subprocess.run([there, str(folder / "measure.py"), str(folder)], check=True)  # noqa: S603 - our own text
    return 0


def _without_ours(source: str) -> str:
    """This module without what needs the project: its second half, which measures, with plain imports."""
    head = "from __future__ import annotations\nimport json, sys\nfrom collections.abc import Callable\n"
    head += "from pathlib import Path\nfrom time import perf_counter\nfrom typing import Any\n"
    body = source[source.index("def _say(") : source.index("def main()")]
    tail = "folder = Path(sys.argv[1])\nmeasure(json.loads((folder / 'work.json').read_text()), folder)\n"
    return head + body + tail


if __name__ == "__main__":
    sys.exit(main())
