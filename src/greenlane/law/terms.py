"""The terms of a programme, taken by the rules as an argument: 961(a); 19 USC 4311(a)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from greenlane.law.citations import Citation, cites


class TermsRefused(ValueError):
    """Raised when a programme's terms contradict themselves or the law; ``problems`` lists every one."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Tier:
    """A level of the programme. ``rank`` 0 is no status; ranks rise."""

    rank: int
    code: str
    title: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Question:
    """An eligibility question; ``expects`` is the answer that makes the applicant eligible (yes_no questions)."""

    key: str
    text: str
    citation: Citation
    kind: str = "yes_no"
    expects: str = "yes"


@dataclass(frozen=True)
class BusinessType:
    """A kind of entity that may take part (962), with its own questions and identifiers.

    ``identifiers`` is all-of groups of any-of kinds: (("fmc", "iata"),) means one of the two.
    """

    code: str
    title: str
    questions: tuple[Question, ...] = ()
    identifiers: tuple[tuple[str, ...], ...] = ()
    by_invitation: bool = False
    needs_determination: bool = False


@dataclass(frozen=True)
class Area:
    """A security area that assessment and measures must cover (963(2)(A)-(G)), with the kinds of node it concerns."""

    code: str
    title: str
    citation: Citation
    nodes: tuple[str, ...]


@dataclass(frozen=True)
class Benefit:
    """A benefit of a tier, each of which can be denied alone (967(a))."""

    code: str
    title: str
    from_rank: int
    citation: Citation


@dataclass(frozen=True)
class Terms:
    """All that a rule may know of a programme. ``cargo_kinds``: code to title, the kinds that decide which criteria
    apply (970)."""

    code: str
    title: str
    agency: str
    citations: tuple[Citation, ...]
    tiers: tuple[Tier, ...]
    business_types: tuple[BusinessType, ...]
    areas: tuple[Area, ...]
    benefits: tuple[Benefit, ...] = ()
    common_questions: tuple[Question, ...] = ()
    parameters: Mapping[str, int | str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    cargo_kinds: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", MappingProxyType(dict(self.parameters)))
        object.__setattr__(self, "letters", MappingProxyType(dict(self.letters)))
        object.__setattr__(self, "cargo_kinds", MappingProxyType(dict(self.cargo_kinds)))
        problems = tuple(self._problems())
        if problems:
            raise TermsRefused(problems)

    def _problems(self) -> list[str]:
        found: list[str] = []
        ranks = [tier.rank for tier in self.tiers]
        if ranks != list(range(1, len(ranks) + 1)):
            found.append(f"tiers of {self.code} must be ranked 1, 2, 3 ... without a gap, not {ranks}")
        for what, codes in (
            ("tier", [t.code for t in self.tiers]),
            ("business type", [b.code for b in self.business_types]),
            ("area", [a.code for a in self.areas]),
            ("benefit", [b.code for b in self.benefits]),
        ):
            found += [
                f"{what} {code!r} of {self.code} is given twice"
                for code in sorted({c for c in codes if codes.count(c) > 1})
            ]
        found += [
            f"benefit {b.code!r} is for tier rank {b.from_rank}, which {self.code} does not have"
            for b in self.benefits
            if b.from_rank not in ranks
        ]
        for area in self.areas:
            found += [
                f"area {area.code!r} concerns {node!r}; use site, partner or leg"
                for node in area.nodes
                if node not in NODE_KINDS
            ]
        return found

    def business_type(self, code: str) -> BusinessType | None:
        return next((b for b in self.business_types if b.code == code), None)

    def tier(self, rank: int) -> Tier | None:
        return next((t for t in self.tiers if t.rank == rank), None)

    def area(self, code: str) -> Area | None:
        return next((a for a in self.areas if a.code == code), None)

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> Terms:
        """Build terms from a pack's plain data. Raises TermsRefused, UnknownClause or KeyError."""
        return cls(
            code=data["code"],
            title=data["title"],
            agency=data["agency"],
            citations=cites(*data["citations"]),
            tiers=tuple(Tier(t["rank"], t["code"], t["title"], cites(*t["citations"])) for t in data["tiers"]),
            business_types=tuple(_business_type(b) for b in data["business_types"]),
            areas=tuple(Area(a["code"], a["title"], Citation(a["citation"]), tuple(a["nodes"])) for a in data["areas"]),
            benefits=tuple(
                Benefit(b["code"], b["title"], b["from_rank"], Citation(b["citation"]))
                for b in data.get("benefits", ())
            ),
            common_questions=tuple(_question(q) for q in data.get("common_questions", ())),
            parameters=data.get("parameters", {}),
            letters=data.get("letters", {}),
            cargo_kinds=data.get("cargo_kinds", {}),
        )


NODE_KINDS = ("site", "partner", "leg")


def _question(data: Mapping[str, Any]) -> Question:
    return Question(
        data["key"], data["text"], Citation(data["citation"]), data.get("kind", "yes_no"), data.get("expects", "yes")
    )


def _business_type(data: Mapping[str, Any]) -> BusinessType:
    return BusinessType(
        data["code"],
        data["title"],
        tuple(_question(q) for q in data.get("questions", ())),
        tuple(tuple(group) for group in data.get("identifiers", ())),
        bool(data.get("by_invitation", False)),
        bool(data.get("needs_determination", False)),
    )
