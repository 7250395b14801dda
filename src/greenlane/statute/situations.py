"""Situations that a lawyer writes in YAML - facts and dates, then verdict and clauses - read, run and judged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field

from greenlane.law import sections
from greenlane.law.citations import Citation, UnknownClause
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Rule, rules
from greenlane.programs.packs_schema import load_terms, shipped_packs
from greenlane.programs.strict_yaml import DataProblems, Document, Problem, Strict, Where, fit, read
from greenlane.statute.answers import Expected, differences
from greenlane.statute.building import NO_CLAUSE, Misfit, build_arguments

TERMS_FOLDER = "terms"
"""The folder beside the situations that holds invented programmes to try rules on, one pack in each ``NAME.yaml``."""


class PlainWords(yaml.SafeLoader):
    """YAML in which yes, no, on and off are words, and only true and false are truth values."""


_BOOL = "tag:yaml.org,2002:bool"
PlainWords.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag != _BOOL]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainWords.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$"), list("tf"))


class SituationForm(Strict):
    name: str = Field(min_length=1)
    verdict: Literal["granted", "refused", "value"]
    when: dict[str, Any] = {}
    without: list[str] = []
    on: date | None = None
    clause: str = ""
    because: list[str] = []
    value: Any = None


class FileForm(Strict):
    rule: str
    clause: str
    given: dict[str, Any] = {}
    situations: list[SituationForm] = Field(min_length=1)


@dataclass(frozen=True)
class Situation:
    """One situation, ready to run: where it stands, the rule with its arguments, and what is expected."""

    file: str
    line: int
    name: str
    rule: Rule
    clause: Citation
    arguments: Mapping[str, Any]
    verdict: str
    value: Any
    because: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule.module}.{self.rule.name}: {self.name}"


@dataclass(frozen=True)
class Outcome:
    """What the rule answered, and every way in which that is not what the situation expects (none when it is)."""

    situation: Situation
    answer: Any
    differences: tuple[str, ...]

    @property
    def as_expected(self) -> bool:
        return not self.differences


def read_situations(root: Path) -> tuple[Situation, ...]:
    """Every situation under *root*, in order of file and line. Raises DataProblems, which lists every mistake."""
    problems: list[Problem] = []
    found = [s for path in _files(root) for s in _read_file(path, _Programmes(root), problems)]
    if problems:
        raise DataProblems(problems)
    return tuple(found)


def run(situation: Situation) -> Outcome:
    """Ask the rule, and compare its answer with what the situation expects."""
    answer = situation.rule.function(**situation.arguments)
    expected = Expected(situation.verdict, situation.value, situation.because, situation.clause)
    return Outcome(situation, answer, tuple(differences(expected, situation.rule, answer)))


def run_all(root: Path) -> Iterator[Outcome]:
    """Run every situation under *root*. Raises DataProblems before the first when a file has a mistake."""
    for situation in read_situations(root):
        yield run(situation)


def _files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*.yaml") if path.parent.name != TERMS_FOLDER)


class _Programmes:
    """Terms by name: an invented programme beside the situations, else a pack of the product."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(self, name: str) -> Terms:
        known = {pack.name: pack for pack in shipped_packs()}
        known |= {path.stem: path for path in (self.root / TERMS_FOLDER).glob("*.yaml")}
        if name not in known:
            raise LookupError(", ".join(sorted(known)))
        return _terms(known[name])


@cache
def _terms(path: Path) -> Terms:
    return load_terms(path)


@cache
def _rules() -> dict[str, Rule]:
    """Rules by the name that a situation uses: section and function, wherever in the section's modules it stands."""
    return {name: rule for rule in rules() for name in {f"{rule.module}.{rule.name}", f"{_section(rule)}.{rule.name}"}}


def _section(rule: Rule) -> str:
    return next((s for s in sorted(sections.SECTIONS, key=len) if rule.module.startswith(f"{s}_")), rule.module)


def _read_file(path: Path, terms: _Programmes, problems: list[Problem]) -> Iterator[Situation]:
    document = read(path, problems, PlainWords)
    form = fit(document, FileForm, problems) if document else None
    if document is None or form is None:
        return
    rule = _rules().get(form.rule)
    if rule is None:
        what, mend = N_("There is no rule '%(rule)s'."), N_("Rules of that section: %(names)s.")
        names = ", ".join(sorted(_near(form.rule))) or "-"
        problems.append(document.problem(("rule",), what, mend, rule=form.rule, names=names))
        return
    for index, entry in enumerate(form.situations):
        try:
            yield _situation(document, form, entry, index, rule, terms)
        except Misfit as misfit:
            problems.append(document.problem(misfit.way, misfit.what, misfit.mend, **misfit.values))


def _near(name: str) -> list[str]:
    return [known for known in _rules() if known.split(".")[0] == name.split(".")[0]]


def _situation(
    document: Document, form: FileForm, entry: SituationForm, index: int, rule: Rule, terms: _Programmes
) -> Situation:
    where: Where = ("situations", index)
    clause = _clause(entry.clause or form.clause, (*where, "clause") if entry.clause else ("clause",))
    given = _overridden(form.given, entry, where)
    try:
        arguments = build_arguments(rule.function, given, terms)
    except Misfit as misfit:
        misfit.way = _origin(misfit.way, entry, where)
        raise
    if entry.verdict == "value" and "value" not in entry.model_fields_set:
        raise Misfit((*where, "verdict"), N_("The verdict is 'value', but no value is given."), N_("Add 'value: ...'."))
    if entry.verdict == "refused" and not entry.because:
        what = N_("A refusal needs its grounds.")
        raise Misfit(where, what, N_("Add 'because: [...]' with codes of reasons, or with clauses."))
    line = document.line((*where, "name"))
    expected = (entry.verdict, entry.value, tuple(entry.because))
    return Situation(document.file, line, entry.name, rule, clause, arguments, *expected)


def _clause(text: str, where: Where) -> Citation:
    try:
        return Citation.parse(text)
    except UnknownClause as error:
        raise Misfit(where, *NO_CLAUSE, clause=text) from error


def _overridden(given: Mapping[str, Any], entry: SituationForm, where: Where) -> dict[str, Any]:
    """The base facts with what differs in this situation: a key such as ``facts.lists.0.dated`` goes inside."""
    facts: dict[str, Any] = deepcopy(dict(given))
    for key, value in entry.when.items():
        _put(facts, key, value, (*where, "when", key))
    for i, key in sorted(enumerate(entry.without), key=lambda pair: _last_first(pair[1]), reverse=True):
        _take_out(facts, key, (*where, "without", i))
    if entry.on is not None:
        facts["on"] = entry.on
    return facts


def _put(facts: dict[str, Any], key: str, value: Any, where: Where) -> None:
    *steps, last = key.split(".")
    at: Any = facts
    for step in steps:
        at = _step(at, step, key, where)
    if isinstance(at, dict):
        at[last] = deepcopy(value)
    elif isinstance(at, list) and last.isdecimal() and int(last) <= len(at):
        at[int(last) : int(last) + 1] = [deepcopy(value)]
    else:
        raise _nowhere(last, key, where)


def _last_first(key: str) -> list[tuple[int, str]]:
    """Sorts the ways to items of lists by position, so that taking out one does not move the next."""
    return [(int(step) if step.isdecimal() else 0, step) for step in key.split(".")]


def _take_out(facts: dict[str, Any], key: str, where: Where) -> None:
    *steps, last = key.split(".")
    at: Any = facts
    for step in steps:
        at = _step(at, step, key, where)
    _step(at, last, key, where)
    del at[int(last) if isinstance(at, list) else last]


def _step(at: Any, step: str, key: str, where: Where) -> Any:
    if isinstance(at, dict) and step in at:
        return at[step]
    if isinstance(at, list) and step.isdecimal() and int(step) < len(at):
        return at[int(step)]
    raise _nowhere(step, key, where)


def _nowhere(step: str, key: str, where: Where) -> Misfit:
    what = N_("'%(key)s' leads nowhere: 'given' has no '%(step)s' there.")
    return Misfit(where, what, N_("Correct the way, or add it under 'given'."), key=key, step=step)


def _origin(path: tuple[str | int, ...], entry: SituationForm, where: Where) -> Where:
    """Where in the file the value at *path* was written: in ``on`` or ``when`` of the situation, or in ``given``."""
    if path == ("on",) and entry.on is not None:
        return (*where, "on")
    words = [str(step) for step in path]
    for key in sorted(entry.when, key=len, reverse=True):
        steps = key.split(".")
        if words[: len(steps)] == steps:
            return (*where, "when", key, *path[len(steps) :])
    return ("given", *path)
