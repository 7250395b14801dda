"""A verdict is a list of reasons; each names its clause, says one sentence, and holds or does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from greenlane.law.citations import Citation, cites
from greenlane.law.sentences import Sentence, Value

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Reason:
    """One ground of a verdict.

    ``code`` is stable and machine-readable ('officer_signs'); ``sentence`` says what was found, in the words of the
    outcome; ``mend`` says what the person can do when it does not hold; ``where`` names what to open (a field, an area,
    a criterion number or a node), for a link.
    """

    citation: Citation
    code: str
    sentence: Sentence
    holds: bool
    mend: Sentence | None = None
    where: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "cite": self.citation.cite,
            "code": self.code,
            "sentence": self.sentence.to_json(),
            "holds": self.holds,
            "mend": self.mend.to_json() if self.mend else None,
            "where": self.where,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Reason:
        mend = data.get("mend")
        return cls(
            Citation(data["cite"]),
            data["code"],
            Sentence.from_json(data["sentence"]),
            bool(data["holds"]),
            Sentence.from_json(mend) if mend else None,
            data.get("where", ""),
        )


@dataclass(frozen=True)
class Verdict:
    """The answer of a rule: granted when every reason holds. A verdict without reasons is a bug and raises."""

    reasons: tuple[Reason, ...]

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError("a verdict needs at least one reason with its clause")

    @property
    def granted(self) -> bool:
        return all(reason.holds for reason in self.reasons)

    @property
    def failing(self) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.reasons if not reason.holds)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The clauses of all reasons, each once, in the order given."""
        return tuple(dict.fromkeys(reason.citation for reason in self.reasons))

    def and_(self, other: Verdict) -> Verdict:
        """Both must hold; the reasons of both are kept."""
        return Verdict(self.reasons + other.reasons)

    def to_json(self) -> dict[str, Any]:
        return {"granted": self.granted, "reasons": [reason.to_json() for reason in self.reasons]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Verdict:
        return cls(tuple(Reason.from_json(reason) for reason in data["reasons"]))


def all_of(reasons: Iterable[Reason]) -> Verdict:
    """A verdict from reasons given one after another."""
    return Verdict(tuple(reasons))


def finding(
    cite: str,
    code: str,
    holds: bool,
    yes: str,
    no: str,
    *,
    mend: str = "",
    where: str = "",
    **values: Value,
) -> Reason:
    """A reason with one sentence for either outcome.

    *yes*, *no* and *mend* are messages marked with ``N_``; *values* fill all three.
    """
    sentence = Sentence(yes if holds else no, values)
    return Reason(Citation(cite), code, sentence, holds, Sentence(mend, values) if mend and not holds else None, where)


@dataclass(frozen=True)
class Rule:
    """A pure rule of the law, as the statute page lists it."""

    name: str
    module: str
    citations: tuple[Citation, ...]
    summary: str
    function: Callable[..., Any]


_RULES: dict[str, Rule] = {}


def rule(*names: str) -> Callable[[F], F]:
    """Register a pure rule under the clauses that it executes. The first line of its docstring is its summary."""
    citations = cites(*names)

    def register(function: F) -> F:
        module = function.__module__.rsplit(".", 1)[-1]
        key = f"{module}.{function.__name__}"
        summary = (function.__doc__ or "").strip().splitlines()
        if not summary:
            raise ValueError(f"rule {key} needs a docstring: its first line is shown beside the clause")
        _RULES[key] = Rule(function.__name__, module, citations, summary[0], function)
        return function

    return register


def rules() -> tuple[Rule, ...]:
    """Every registered rule, by module and name. Import ``greenlane.law.sections`` first to have them all."""
    return tuple(_RULES[key] for key in sorted(_RULES))
