"""For each of the 134 clauses: the rules, commands, clocks, values, situations and tests that carry it out."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, get_type_hints

import yaml

from greenlane.law.authority import GRANTS, Office
from greenlane.law.citations import Citation, citations
from greenlane.law.clocks import Clock, clocks
from greenlane.law.parameters import Parameter, parameters
from greenlane.law.procedures import Move, Procedure
from greenlane.law.procedures_registry import procedures
from greenlane.law.sentences import N_, Sentence
from greenlane.law.verdicts import Rule, Verdict, rules
from greenlane.statute.reach import rule_id, rules_in_use, rules_of_commands
from greenlane.statute.traceability import SITUATIONS_TEST, ShownSituation, traces


class Status(StrEnum):
    """How far a clause is carried out by this release."""

    WORKS = "works"
    IN_PROGRESS = "in_progress"
    OUTSIDE = "outside_software"


STATUS_WORDS = {
    Status.WORKS: N_("works"),
    Status.IN_PROGRESS: N_("in progress"),
    Status.OUTSIDE: N_("outside software"),
}


@dataclass(frozen=True)
class CommandLine:
    """A command that carries out a clause. ``asks`` lists the rules of the clause that it asks; ``cites``: by citation.

    ``offices`` may give it; ('system',) is given by the platform itself.
    """

    name: str
    title: str
    summary: str
    room: str
    cites: bool
    asks: tuple[str, ...]
    offices: tuple[str, ...]


@dataclass(frozen=True)
class MoveLine:
    """The moves of one procedure by one command under a clause. ``runs``: the command is in this release."""

    procedure: str
    procedure_title: str
    command: str
    runs: bool


@dataclass(frozen=True)
class ClauseRow:
    """All that is known of one clause. ``missing`` says what stands between it and *works*; empty when it works."""

    citation: Citation
    status: Status
    missing: tuple[Sentence, ...]
    reason: str
    rules: tuple[Rule, ...]
    rules_not_asked: tuple[str, ...]
    commands: tuple[CommandLine, ...]
    moves: tuple[MoveLine, ...]
    parameters: tuple[Parameter, ...]
    clocks: tuple[Clock, ...]
    situations: tuple[ShownSituation, ...]
    tests: tuple[str, ...]

    @property
    def cite(self) -> str:
        return self.citation.cite

    @property
    def headed_only(self) -> bool:
        """A heading without words of its own: its children are the law."""
        return not self.citation.text

    @property
    def page(self) -> str:
        """The address of its page in the product."""
        return f"/law/{self.citation.slug}/"

    def answered(self, answer: str) -> int:
        """How many situations were answered 'granted', 'refused' or 'value'."""
        return sum(situation.answered == answer for situation in self.situations)

    def to_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            "cite": self.cite,
            "heading": self.citation.heading,
            "text": self.citation.text,
            "page": self.page,
            "status": self.status.value,
            "missing": [str(sentence) for sentence in self.missing],
            "reason": self.reason,
            "rules": [{"id": rule_id(rule), "summary": rule.summary} for rule in self.rules],
            "commands": [asdict(line) for line in self.commands],
            "moves": [asdict(line) for line in self.moves],
            "parameters": [_parameter(row) for row in self.parameters],
            "clocks": [{"code": c.code, "title": c.title, "force": c.force.value} for c in self.clocks],
            "situations": {word: self.answered(word) for word in ("granted", "refused", "value")},
            "tests": list(self.tests),
        }


@dataclass(frozen=True)
class Summary:
    """How many clauses stand in each status."""

    works: int
    in_progress: int
    outside_software: int

    @property
    def all(self) -> int:
        return self.works + self.in_progress + self.outside_software

    def to_json(self) -> dict[str, int]:
        return {**asdict(self), "all": self.all}


def _parameter(row: Parameter) -> dict[str, Any]:
    until = row.in_force_to.isoformat() if row.in_force_to else None
    plain = {"code": row.code, "title": row.title, "value": row.value, "unit": row.unit.value}
    return {**plain, "in_force_from": row.in_force_from.isoformat(), "in_force_to": until}


@cache
def coverage() -> tuple[ClauseRow, ...]:
    """A row for every clause, in the order of the statute. Load Django's rooms first to see their commands."""
    rows: dict[Citation, ClauseRow] = {}
    for citation in sorted(citations(), key=lambda c: -len(tuple(c.ancestors()))):  # children before parents
        rows[citation] = _row(citation, tuple(rows[child] for child in citation.children()))
    return tuple(rows[citation] for citation in citations())


def row(cite: str) -> ClauseRow:
    """The row of one clause, however a person writes it. Raises UnknownClause."""
    wanted = Citation.parse(cite)
    return next(row for row in coverage() if row.citation == wanted)


def summary(rows: Iterable[ClauseRow] | None = None) -> Summary:
    """The count of each status among *rows*, or among all clauses."""
    counted = [row.status for row in (coverage() if rows is None else rows)]
    return Summary(*(counted.count(status) for status in Status))


def procedure_commands() -> dict[str, bool]:
    """Every command of every procedure, and whether this release runs it; the others come in a later section."""
    specs = _specs()
    return {command: command in specs for procedure in procedures() for command in procedure.commands}


@cache
def outside_software() -> dict[str, str]:
    """The clauses that no software can carry out, each with its reason."""
    text = resources.files("greenlane.statute").joinpath("status.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text)["outside_software"])


def _row(citation: Citation, below: tuple[ClauseRow, ...]) -> ClauseRow:
    own_rules = tuple(rule for rule in rules() if citation in rule.citations)
    idle = tuple(rule_id(rule) for rule in own_rules if rule_id(rule) not in rules_in_use())
    shown = tuple(s for s in traces().situations if s.clause == citation.cite)
    run = (SITUATIONS_TEST,) if shown else ()
    found = ClauseRow(
        citation=citation,
        status=Status.IN_PROGRESS,
        missing=(),
        reason=outside_software().get(citation.cite, ""),
        rules=own_rules,
        rules_not_asked=idle,
        commands=tuple(_commands(citation, frozenset(map(rule_id, own_rules)))),
        moves=tuple(_moves(citation)),
        parameters=tuple(p for p in parameters() if p.citation == citation),
        clocks=tuple(c for c in clocks() if c.citation == citation),
        situations=shown,
        tests=traces().tests.get(citation.cite, ()) + run,
    )
    return _judged(found, below)


def _judged(found: ClauseRow, below: tuple[ClauseRow, ...]) -> ClauseRow:
    """The row with its status: what is said to be outside software, else whether anything is missing."""
    if found.reason or (below and found.headed_only and all(child.status is Status.OUTSIDE for child in below)):
        return replace(found, status=Status.OUTSIDE, missing=())
    missing = tuple(_missing(found, below))
    return replace(found, status=Status.IN_PROGRESS if missing else Status.WORKS, missing=missing)


def _missing(found: ClauseRow, below: tuple[ClauseRow, ...]) -> Iterable[Sentence]:
    if not found.headed_only:
        yield from _missing_proof(found)
        if not found.commands and not any(child.commands for child in below):
            yield Sentence(N_("No command carries it out in this release."))
    later = sorted({line.command for line in found.moves if not line.runs})
    if later:
        yield Sentence(N_("Commands that come in a later release: %(names)s."), {"names": ", ".join(later)})
    deciding = {rule_id(rule) for rule in found.rules if _decides(rule)}
    idle = [name for name in found.rules_not_asked if name in deciding]
    if idle:
        names = ", ".join(idle)
        yield Sentence(N_("Rules that no part of this release asks: %(names)s."), {"names": names})
    open_ = [child.cite for child in below if child.status is Status.IN_PROGRESS]
    if open_:
        yield Sentence(N_("In progress below it: %(cites)s."), {"cites": ", ".join(open_)})


def _decides(rule: Rule) -> bool:
    """Does the rule give a verdict? One that only reckons a day or a list is a help, and holds no clause back."""
    return bool(get_type_hints(rule.function).get("return") is Verdict)


def _missing_proof(found: ClauseRow) -> Iterable[Sentence]:
    if not found.rules:
        yield Sentence(N_("It has no rule."))
    if not found.answered("granted"):
        yield Sentence(N_("No situation shows it granted."))
    if not found.answered("refused"):
        yield Sentence(N_("No situation shows it refused."))
    if not found.tests:
        yield Sentence(N_("No test is marked with it."))


def _specs() -> dict[str, Any]:
    """The registered commands with a handler; none before Django has loaded the rooms."""
    registry = sys.modules.get("greenlane.casework.registry")
    handlers = getattr(registry, "HANDLERS", {})
    return {name: spec for name, spec in getattr(registry, "COMMANDS", {}).items() if name in handlers}


def _commands(citation: Citation, own_rules: frozenset[str]) -> Iterable[CommandLine]:
    """Commands that somebody may give and that cite the clause, or ask a rule of it."""
    for name, spec in sorted(_specs().items()):
        asks = tuple(sorted(own_rules & rules_of_commands().get(name, frozenset())))
        cited = citation in spec.citations
        offices = tuple(office.value for office in Office if any(g.office is office for g in GRANTS.get(name, ())))
        if (cited or asks) and offices:
            yield CommandLine(name, spec.title, spec.summary, spec.room, cited, asks, offices)


def _moves(citation: Citation) -> Iterable[MoveLine]:
    for procedure in procedures():
        for command in dict.fromkeys(move.command for move in _under(procedure, citation)):
            yield MoveLine(procedure.kind, procedure.title, command, command in _specs())


def _under(procedure: Procedure, citation: Citation) -> Iterable[Move]:
    return (move for move in procedure.moves if move.citation == citation)
