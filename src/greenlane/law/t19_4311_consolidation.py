"""Consolidating partnership programmes: overlap of requirements and members, four grounds: 19 USC 4311(b)(3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from greenlane.law.listing import left_out, listed
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Verdict, all_of, finding, rule


@dataclass(frozen=True)
class ProgrammeBody:
    """A programme by the codes of its requirements and benefits and the numbers of its members."""

    code: str
    requirements: tuple[str, ...]
    benefits: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True)
class Overlap:
    """What two programmes share; members are counted once each.

    ``gain`` names, per member, the benefits that one combined programme would add, and ``burden`` the requirements.
    """

    shared_requirements: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    in_both: tuple[str, ...]
    members: int
    gain: tuple[tuple[str, tuple[str, ...]], ...]
    burden: tuple[tuple[str, tuple[str, ...]], ...]


def overlap(first: ProgrammeBody, second: ProgrammeBody) -> Overlap:
    """The figures of a consolidation: shared requirements and members, and what each member would gain and owe."""
    a, b = set(first.members), set(second.members)
    gain = tuple((m, _gained(m, a, b, first.benefits, second.benefits)) for m in sorted(a | b))
    burden = tuple((m, _gained(m, a, b, first.requirements, second.requirements)) for m in sorted(a | b))
    return Overlap(
        tuple(sorted(set(first.requirements) & set(second.requirements))),
        left_out(first.requirements, second.requirements),
        left_out(second.requirements, first.requirements),
        tuple(sorted(a & b)),
        len(a | b),
        gain,
        burden,
    )


def _gained(member: str, a: set[str], b: set[str], first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    """What the other programme has and this member does not have yet."""
    held = (set(first) if member in a else set()) | (set(second) if member in b else set())
    return tuple(sorted((set(first) | set(second)) - held))


CONSOLIDATION_GROUNDS = ("objectives", "participation", "benefits", "resources")


@dataclass(frozen=True)
class ConsolidationFacts:
    """A consideration of consolidation; *grounds* (of CONSOLIDATION_GROUNDS) are those answered in writing."""

    first: ProgrammeBody
    second: ProgrammeBody
    grounds: tuple[str, ...]
    concluded_by: str


@rule("19 USC 4311(b)(3)")
def may_conclude_consolidation(facts: ConsolidationFacts) -> Verdict:
    """Consolidation is considered on its four grounds, with the overlap of requirements and of members on record."""
    cite = "19 USC 4311(b)(3)"
    figures = overlap(facts.first, facts.second)
    missing = left_out(CONSOLIDATION_GROUNDS, facts.grounds)
    return all_of(
        (
            finding(
                cite,
                "two_programmes",
                facts.first.code != facts.second.code,
                N_("%(first)s and %(second)s are compared."),
                N_("%(first)s cannot be consolidated with itself."),
                mend=N_("Choose two different programmes."),
                first=facts.first.code,
                second=facts.second.code,
            ),
            finding(
                cite,
                "overlap_on_record",
                figures.members > 0 and bool(facts.first.requirements) and bool(facts.second.requirements),
                N_("%(shared)d requirements are shared, and %(both)d of %(members)d members are in both."),
                N_("Requirements and members of both programmes must be on record to know their overlap."),
                mend=N_("Record the requirements and the members of both programmes."),
                shared=len(figures.shared_requirements),
                both=len(figures.in_both),
                members=figures.members,
            ),
            finding(
                cite,
                "four_grounds",
                not missing,
                N_("Objectives, participation, benefits and resources are each considered."),
                N_("Not considered: %(missing)s."),
                mend=N_("Write the consideration of: %(missing)s."),
                where=missing[0] if missing else "",
                missing=listed(missing),
            ),
            finding(
                cite,
                "concluded_by_officer",
                bool(facts.concluded_by),
                N_("Concluded by %(officer)s."),
                N_("No officer has concluded this consideration."),
                mend=N_("An officer signs the conclusion."),
                officer=facts.concluded_by,
            ),
        )
    )
