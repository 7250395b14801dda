"""Release among agencies: combined answer, compatibility, expedited criteria: 19 USC 4311(b)(4)(A)-(C)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from greenlane.law.listing import left_out, listed, written
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule


class Answer(StrEnum):
    """What an agency with authority over goods can answer."""

    MAY_PROCEED = "may_proceed"
    HOLD = "hold"
    INTENSIVE_EXAM = "intensive_exam"
    DATA_REJECTED = "data_rejected"
    REFUSED = "refused"


@dataclass(frozen=True)
class AgencyAnswer:
    """One agency's answer; a later one replaces an earlier one of the same agency."""

    agency: str
    answer: Answer


@dataclass(frozen=True)
class ReleaseFacts:
    """A consignment, the agencies with authority to detain or release it, and their answers, oldest first."""

    consignment: str
    authorities: tuple[str, ...]
    answers: tuple[AgencyAnswer, ...]


@rule("19 USC 4311(b)(4)(A)", "19 USC 4311(b)(4)")
def may_release(facts: ReleaseFacts) -> Verdict:
    """The release message goes out when every agency with authority over the goods has answered 'may proceed'."""
    cite = "19 USC 4311(b)(4)(A)"
    strangers = left_out((a.agency for a in facts.answers), facts.authorities)
    standing = {a.agency: a.answer for a in facts.answers}
    reasons = [
        finding(
            cite,
            "authorities_known",
            bool(facts.authorities) and not strangers,
            N_("%(count)d agencies have authority over consignment %(consignment)s."),
            N_("It is not settled who has authority over consignment %(consignment)s (answers from: %(others)s)."),
            mend=N_("Record every agency with authority over these goods before their answers."),
            where=facts.consignment,
            count=len(facts.authorities),
            consignment=facts.consignment,
            others=listed(strangers),
        )
    ]
    for agency in dict.fromkeys((*facts.authorities, *strangers)):
        answer = standing.get(agency)
        reasons.append(
            finding(
                cite,
                "agency_may_proceed",
                answer is Answer.MAY_PROCEED,
                N_("%(agency)s: may proceed."),
                N_("%(agency)s: %(answer)s. Nothing is released while one agency has not said that it may proceed."),
                mend=N_("Wait for, or ask for, the answer of %(agency)s."),
                where=agency,
                agency=agency,
                answer=answer.value if answer else "-",
            )
        )
    return all_of(reasons)


@dataclass(frozen=True)
class Match:
    """One of our requirements against *theirs* (may be empty); *compatible* None means not yet examined."""

    requirement: str
    theirs: str
    compatible: bool | None
    ground: str


@dataclass(frozen=True)
class CompatibilityFacts:
    """Another agency's programme against ours, requirement by requirement."""

    agency: str
    programme: str
    requirements: tuple[str, ...]
    matches: tuple[Match, ...]


@rule("19 USC 4311(b)(4)(B)")
def is_compatible(facts: CompatibilityFacts) -> Verdict:
    """Another agency's programme is compatible when each of our requirements is examined and found so with a ground."""
    cite = "19 USC 4311(b)(4)(B)"
    examined = {m.requirement: m for m in facts.matches if m.compatible is not None and written(m.ground)}
    reasons = [
        finding(
            cite,
            "requirements_known",
            bool(facts.requirements),
            N_("%(programme)s of %(agency)s is compared on %(count)d requirements."),
            N_("No requirement is on record to compare %(programme)s of %(agency)s with."),
            mend=N_("Publish the programme's requirements first."),
            programme=facts.programme,
            agency=facts.agency,
            count=len(facts.requirements),
        )
    ]
    reasons += [_match(requirement, examined.get(requirement)) for requirement in dict.fromkeys(facts.requirements)]
    return all_of(reasons)


def _match(requirement: str, match: Match | None) -> Reason:
    if match is None:
        return finding(
            "19 USC 4311(b)(4)(B)",
            "requirement_examined",
            False,
            "",
            N_("Requirement %(requirement)s has not been examined with a ground."),
            mend=N_("Examine requirement %(requirement)s and write the ground of the finding."),
            where=requirement,
            requirement=requirement,
        )
    return finding(
        "19 USC 4311(b)(4)(B)",
        "requirement_compatible",
        bool(match.compatible),
        N_("Requirement %(requirement)s is compatible with %(theirs)s: %(ground)s"),
        N_("Requirement %(requirement)s is not compatible with %(theirs)s: %(ground)s"),
        mend=N_("Work with the agency on requirement %(requirement)s."),
        where=requirement,
        requirement=requirement,
        theirs=match.theirs or "-",
        ground=match.ground,
    )


@dataclass(frozen=True)
class ReleaseCriterion:
    """A testable criterion for expedited release: a field of the consignment, and the values that meet it."""

    code: str
    field: str
    accepted: tuple[str, ...]


@dataclass(frozen=True)
class AgencyCriteria:
    """One version of an agency's criteria for goods that need its *document*, in force from one day until another."""

    agency: str
    document: str
    version: int
    in_force_from: date | None
    in_force_until: date | None
    agreed_with: str
    criteria: tuple[ReleaseCriterion, ...]

    def in_force(self, on: date) -> bool:
        """In force on *on* (the last day is included)."""
        return (
            self.in_force_from is not None
            and self.in_force_from <= on
            and (self.in_force_until is None or on <= self.in_force_until)
        )


@rule("19 USC 4311(b)(4)(C)")
def may_adopt_release_criteria(facts: AgencyCriteria) -> Verdict:
    """Criteria for expedited release are versioned, dated, agreed with the agency and each testable."""
    cite = "19 USC 4311(b)(4)(C)"
    untestable = [c.code for c in facts.criteria if not (written(c.field) and c.accepted)]
    dated = facts.in_force_from is not None and (
        facts.in_force_until is None or facts.in_force_from <= facts.in_force_until
    )
    return all_of(
        (
            finding(
                cite,
                "versioned",
                facts.version > 0 and dated,
                N_("Version %(version)d of the criteria of %(agency)s is in force from %(since)s."),
                N_("Version %(version)d of %(agency)s has no sound days in force (from %(since)s until %(until)s)."),
                mend=N_("Number the version from 1 and give the day it comes into force."),
                version=facts.version,
                agency=facts.agency,
                since=facts.in_force_from or "-",
                until=facts.in_force_until or "-",
            ),
            finding(
                cite,
                "developed_with_agency",
                written(facts.agreed_with) and written(facts.document),
                N_("Agreed with %(who)s for the document %(document)s."),
                N_("The agency's agreement, or the document that it requires, is not on record."),
                mend=N_("Record who agreed for the agency, and which document the criteria replace waiting for."),
                who=facts.agreed_with,
                document=facts.document,
            ),
            finding(
                cite,
                "testable",
                bool(facts.criteria) and not untestable,
                N_("Each of the %(count)d criteria can be tested on a consignment."),
                N_("Not testable: %(which)s (of %(count)d criteria)."),
                mend=N_("Give each criterion the field that it reads and the values that meet it."),
                where=untestable[0] if untestable else "",
                count=len(facts.criteria),
                which=listed(untestable),
            ),
        )
    )


@dataclass(frozen=True)
class Field:
    """One value of a consignment as filed."""

    name: str
    value: str


@dataclass(frozen=True)
class ExpediteFacts:
    """A consignment as filed, the documents that agencies require for it, and the criteria on record."""

    consignment: str
    documents: tuple[str, ...]
    fields: tuple[Field, ...]
    criteria: tuple[AgencyCriteria, ...]


@rule("19 USC 4311(b)(4)(C)")
def may_expedite(facts: ExpediteFacts, on: date) -> Verdict:
    """Goods that need agencies' documents are expedited when they meet the criteria in force for each document."""
    values = {f.name: f.value for f in facts.fields}
    reasons: list[Reason] = []
    for document in facts.documents:
        versions = [c for c in facts.criteria if c.document == document and c.in_force(on)]
        current = max(versions, key=lambda c: c.version, default=None)
        reasons.append(
            finding(
                "19 USC 4311(b)(4)(C)",
                "criteria_in_force",
                current is not None,
                N_("Criteria version %(version)d are in force for %(document)s on %(day)s."),
                N_("No criteria for expedited release are in force for %(document)s on %(day)s."),
                mend=N_("The ordinary release process applies to %(document)s."),
                where=document,
                document=document,
                day=on,
                version=current.version if current else 0,
            )
        )
        reasons += _criteria(current, values) if current else ()
    if not reasons:
        return Verdict(
            (finding("19 USC 4311(b)(4)(C)", "no_document_required", True, N_("No agency requires a document."), ""),)
        )
    return all_of(reasons)


def _criteria(current: AgencyCriteria, values: dict[str, str]) -> Iterator[Reason]:
    for criterion in current.criteria:
        value = values.get(criterion.field, "")
        yield finding(
            "19 USC 4311(b)(4)(C)",
            "criterion_met",
            value in criterion.accepted,
            N_("Criterion %(criterion)s: %(field)s is %(value)s."),
            N_("Criterion %(criterion)s: %(field)s is %(value)s; met by: %(accepted)s."),
            mend=N_("Correct the filing if it is wrong; else the ordinary release process applies."),
            where=criterion.field,
            criterion=criterion.code,
            field=criterion.field,
            value=value or "-",
            accepted=listed(criterion.accepted),
        )
