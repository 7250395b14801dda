"""Situations and tests by clause, taken from a source checkout and shipped, so that an installed product shows them."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from greenlane.law.citations import citations
from greenlane.law.sentences import Sentence
from greenlane.law.verdicts import Reason, Verdict
from greenlane.statute.answers import plain_answer
from greenlane.statute.reach import rule_id
from greenlane.statute.situations import Outcome, PlainWords, Situation, run_all

SHIPPED = "traceability.json"
SITUATIONS_TEST = "tests/law/test_situations.py::test_the_rule_answers_as_the_situation_says"
"""The test that runs every situation, marked with the clause of each."""


@dataclass(frozen=True)
class ShownReason:
    """A reason as pages show it: its clause, what was found, and whether it holds."""

    cite: str
    sentence: Sentence
    holds: bool

    def to_json(self) -> dict[str, Any]:
        return {"cite": self.cite, **self.sentence.to_json(), "holds": self.holds}


@dataclass(frozen=True)
class ShownSituation:
    """A situation as pages show it: what is given, what differs in it, and what the rule answered, with its reasons.

    ``answered`` is 'granted', 'refused' or 'value'; ``value`` is set with the last only. ``reasons`` are those that
    decided: every failing one of a refusal; of a grant, those that the situation names or that cite its clause.
    """

    clause: str
    rule: str
    file: str
    name: str
    given: Mapping[str, Any]
    on: str
    when: Mapping[str, Any]
    without: tuple[str, ...]
    answered: str
    value: Any
    reasons: tuple[ShownReason, ...]

    def to_json(self) -> dict[str, Any]:
        kept = {name: getattr(self, name) for name in ("clause", "rule", "file", "name", "answered", "value")}
        differs = {"on": self.on, "when": dict(self.when), "without": list(self.without)}
        return {**kept, **differs, "reasons": [reason.to_json() for reason in self.reasons]}


@dataclass(frozen=True)
class Traces:
    """What a checkout holds for each clause: situations, and ids of the tests that are marked with it."""

    situations: tuple[ShownSituation, ...]
    tests: Mapping[str, tuple[str, ...]]


def collect(root: Path) -> dict[str, Any]:
    """The traces of the checkout at *root* as plain data. Raises DataProblems for a mistake in a situation."""
    return {"files": list(_files(root)), "tests": marked_tests(root / "tests")}


def _files(root: Path) -> Iterator[dict[str, Any]]:
    """Each file of situations: its rule and given facts once, then its situations with what the rule answered."""
    outcomes: dict[str, list[Outcome]] = {}
    for outcome in run_all(root / "situations"):
        outcomes.setdefault(outcome.situation.file, []).append(outcome)
    for file, rows in outcomes.items():
        raw = yaml.load(Path(file).read_text(encoding="utf-8"), PlainWords)  # noqa: S506 - a safe loader
        entries = raw["situations"]
        yield {
            "file": Path(file).relative_to(root).as_posix(),
            "rule": rule_id(rows[0].situation.rule),
            "given": _plain(raw.get("given", {})),
            "situations": [_shown(entry, outcome) for entry, outcome in zip(entries, rows, strict=True)],
        }


def _shown(entry: Mapping[str, Any], outcome: Outcome) -> dict[str, Any]:
    answer = outcome.answer
    shown: dict[str, Any] = {"name": outcome.situation.name, "clause": outcome.situation.clause.cite}
    shown |= {key: _plain(entry[key]) for key in ("on", "when", "without") if entry.get(key)}
    if not isinstance(answer, Verdict):
        return {**shown, "answered": "value", "value": _plain(plain_answer(answer))}
    answered = "granted" if answer.granted else "refused"
    decided = (ShownReason(r.citation.cite, r.sentence, r.holds) for r in _deciding(answer, outcome.situation))
    return {**shown, "answered": answered, "reasons": [reason.to_json() for reason in decided]}


def _deciding(answer: Verdict, situation: Situation) -> tuple[Reason, ...]:
    """What made the rule answer so: all that fails, or of a grant what the situation is about."""
    named = {situation.clause.cite, *situation.because}
    about = tuple(r for r in answer.reasons if named & {r.citation.cite, r.code, f"{r.code}@{r.where}"})
    return answer.failing or about or answer.reasons[:1]


def _plain(value: Any) -> Any:
    """Dates as ISO text; everything else that a situation holds is JSON already."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Sentence) else value


def marked_tests(folder: Path) -> dict[str, list[str]]:
    """Ids of the tests (file::function) by the clause that they are marked with, read from their source."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        file = path.relative_to(folder.parent).as_posix()
        for name, cite in _marks(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(cite, set()).add(f"{file}::{name}")
    return {cite.cite: sorted(found[cite.cite]) for cite in citations() if cite.cite in found}


def _marks(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Test and clause: from decorators (also of parametrised cases and of classes) and from ``pytestmark``."""
    shared = [cite for node in module.body if _assigns_pytestmark(node) for cite in _cites(node)]
    for node in module.body:
        if isinstance(node, ast.ClassDef):
            above = shared + [c for d in node.decorator_list for c in _cites(d)]
            above += [cite for part in node.body if _assigns_pytestmark(part) for cite in _cites(part)]
            for part in node.body:
                yield from _of_function(part, f"{node.name}::", above)
        else:
            yield from _of_function(node, "", shared)


def _of_function(node: ast.stmt, prefix: str, shared: list[str]) -> Iterator[tuple[str, str]]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test"):
        for cite in [*shared, *(cite for d in node.decorator_list for cite in _cites(d))]:
            yield prefix + node.name, cite


def _assigns_pytestmark(node: ast.stmt) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else []
    return any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in targets)


def _cites(node: ast.AST) -> Iterator[str]:
    """Clauses named in ``pytest.mark.clause("…")`` anywhere inside *node*."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr == "clause":
            yield from (a.value for a in part.args if isinstance(a, ast.Constant) and isinstance(a.value, str))


def text_of(data: Mapping[str, Any]) -> str:
    """The shipped file: one line for each situation and each clause, so that a change is read as it was made."""

    def short(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    files = []
    for file in data["files"]:
        head = ", ".join(f'"{key}": {short(file[key])}' for key in ("file", "rule", "given"))
        lines = ",\n  ".join(short(situation) for situation in file["situations"])
        files.append(f'{{{head}, "situations": [\n  {lines}]}}')
    tests = ",\n ".join(f"{short(cite)}: {short(ids)}" for cite, ids in data["tests"].items())
    return '{"files": [\n' + ",\n".join(files) + '],\n"tests": {\n ' + tests + "}}\n"


@cache
def traces() -> Traces:
    """The traces that the product ships."""
    data = json.loads(resources.files("greenlane.statute").joinpath(SHIPPED).read_text(encoding="utf-8"))
    shown = tuple(_read(file, entry) for file in data["files"] for entry in file["situations"])
    return Traces(shown, {cite: tuple(ids) for cite, ids in data["tests"].items()})


def _read(file: Mapping[str, Any], entry: Mapping[str, Any]) -> ShownSituation:
    return ShownSituation(
        clause=entry["clause"],
        rule=file["rule"],
        file=file["file"],
        name=entry["name"],
        given=file["given"],
        on=entry.get("on", ""),
        when=entry.get("when", {}),
        without=tuple(entry.get("without", ())),
        answered=entry["answered"],
        value=entry.get("value"),
        reasons=tuple(
            ShownReason(reason["cite"], Sentence.from_json(reason), reason["holds"])
            for reason in entry.get("reasons", ())
        ),
    )
