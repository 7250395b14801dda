"""Record a visit, what it found on each criterion, and the inspections made at it (6 USC 965(a))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s963_measures import MUST
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.validation import entries_visits as entries
from greenlane.validation.checks import fits, on_file, written
from greenlane.validation.commands_locations import VISITS
from greenlane.validation.entries import Mode
from greenlane.validation.entries_visits import FoundCriterion, InspectedPoint
from greenlane.validation.inspection_points import LISTS
from greenlane.validation.models import Validation, Visit
from greenlane.validation.queries import criteria_asked, validation_of

CITE = "6 USC 965(a)"
DOCUMENTS = {"label": N_("Documents and photos"), "help": N_("Upload them to this case first.")}


def visit_of(case_id: UUID, visit_id: UUID) -> Visit:
    """A visit of a validation. Raises Missing."""
    row = Visit.objects.filter(pk=visit_id, validation_id=case_id).first()
    if row is None:
        raise Missing("visit", visit_id)
    return row


@command(CITE, title=N_("Record a visit"), procedure=VISITS, audience="staff")
@dataclass(frozen=True, kw_only=True)
class RecordVisit(Command):
    """Record that a chosen location was visited: on site or at a distance, on which days, and whom the team met."""

    case_id: UUID
    visit_id: UUID = field(metadata={"label": N_("Location"), "choices": "visits_to_make"})
    mode: Mode = field(metadata={"label": N_("On site or at a distance")})
    visited_on: date = field(metadata={"label": N_("First day")})
    visited_to: date = field(metadata={"label": N_("Last day")})
    persons_met: tuple[str, ...] = field(metadata={"label": N_("People met"), "help": N_("Name and post of each.")})
    note: str = field(default="", metadata={"label": N_("Note"), "widget": "textarea"})
    documents: tuple[UUID, ...] = field(default=(), metadata=DOCUMENTS)


@handles(RecordVisit)
def record_visit(ctx: Context, cmd: RecordVisit) -> Decision:
    validation, visit = validation_of(cmd.case_id), visit_of(cmd.case_id, cmd.visit_id)
    persons = tuple(person.strip() for person in cmd.persons_met if person.strip())
    reasons = [
        finding(
            CITE,
            "not_visited_yet",
            visit.visited_on is None,
            N_("%(place)s is not on record as visited yet."),
            N_("%(place)s is already on record as visited on %(day)s."),
            mend=N_("Choose another location."),
            where="visit_id",
            place=visit.place,
            day=visit.visited_on or "-",
        ),
        _when(validation, cmd, ctx.on),
        _as_noticed(visit, cmd),
        finding(
            CITE,
            "persons_met_named",
            bool(persons) and all(len(person) <= 200 for person in persons),
            N_("%(count)s people of the company were met."),
            N_("Nobody is named whom the team met, or a name is longer than 200 characters."),
            mend=N_("Name at least one person with the post."),
            where="persons_met",
            count=len(persons),
        ),
        fits(CITE, "note", cmd.note),
        on_file(CITE, "documents", cmd.case_id, cmd.documents),
    ]
    recorded = entries.VisitRecorded(
        visit_id=visit.pk,
        node=visit.node,
        place=visit.place,
        country=visit.country,
        foreign=visit.foreign,
        mode=cmd.mode,
        visited_on=cmd.visited_on,
        visited_to=cmd.visited_to,
        persons_met=persons,
        note=cmd.note.strip(),
        documents=cmd.documents,
    )
    return Decision(all_of(reasons), (recorded,))


def _when(validation: Validation, cmd: RecordVisit, on: date) -> Reason:
    notice = validation.notice_on or validation.first_notice_on
    return finding(
        CITE,
        "visited_after_notice",
        notice is not None and notice <= cmd.visited_on <= cmd.visited_to <= on,
        N_("Visited from %(first)s to %(last)s, after the notice of %(notice)s."),
        N_("The days %(first)s to %(last)s are before the notice of %(notice)s, after today, or in the wrong order."),
        mend=N_("Give the days on which the team was there."),
        where="visited_on",
        first=cmd.visited_on,
        last=cmd.visited_to,
        notice=notice or "-",
    )


def _as_noticed(visit: Visit, cmd: RecordVisit) -> Reason:
    """The notice gives the company its days: a visit before them would shorten what it was given (965(c))."""
    return finding(
        "6 USC 965(c)",
        "not_before_the_days_of_the_notice",
        visit.planned_from is None or visit.planned_from <= cmd.visited_on,
        N_("It was not before %(planned)s, the first day of the notice."),
        N_("%(first)s is before %(planned)s, the first day for which %(place)s was given notice."),
        mend=N_("Plan the visit anew with the days that the company asked for, and give notice of them."),
        where="visited_on",
        first=cmd.visited_on,
        planned=visit.planned_from or "-",
        place=visit.place,
    )


@command(CITE, title=N_("Record findings"), procedure=VISITS, audience="staff")
@dataclass(frozen=True, kw_only=True)
class RecordFinding(Command):
    """Record what was found on criteria: met, not met, or not applicable with the reason. A later one replaces it."""

    case_id: UUID
    findings: tuple[FoundCriterion, ...] = field(metadata={"label": N_("Findings")})


@handles(RecordFinding)
def record_finding(ctx: Context, cmd: RecordFinding) -> Decision:
    validation = validation_of(cmd.case_id)
    verdict = all_of(finding_reasons(validation, cmd.findings, ctx.on))
    return Decision(verdict, (criteria_found(validation, cmd.findings, ctx.on),) if verdict.granted else ())


def criteria_found(validation: Validation, found: tuple[FoundCriterion, ...], on: date) -> entries.CriteriaFound:
    """The entry of findings on criteria that are asked, each with whether its criterion is a must."""
    levels = {criterion.number: criterion.level for criterion in criteria_asked(validation, on)}
    return entries.CriteriaFound(
        findings=tuple(
            entries.MandatoryFinding(
                number=one.number,
                finding=one.finding,
                note=one.note.strip(),
                evidence=one.evidence,
                mandatory=levels[one.number] == MUST,
            )
            for one in found
        )
    )


def finding_reasons(validation: Validation, found: tuple[FoundCriterion, ...], on: date) -> Iterator[Reason]:
    """Why these findings may be recorded, or not."""
    asked = {criterion.number for criterion in criteria_asked(validation, on)}
    yield finding(
        CITE,
        "each_criterion_once",
        0 < len({one.number for one in found}) == len(found),
        N_("Each criterion is found on once."),
        N_("There is no finding, or two on one criterion."),
        mend=N_("Send one finding for each criterion."),
        where="findings",
    )
    for one in found:
        yield finding(
            CITE,
            "criterion_asked",
            one.number in asked,
            N_("Criterion %(number)s is asked of this company."),
            N_("Criterion %(number)s is not asked of this company, so there is nothing to find."),
            mend=N_("Leave it out."),
            where=one.number,
            number=one.number[:20],
        )
        yield finding(
            CITE,
            "finding_explained",
            one.finding == "met" or bool(one.note.strip()),
            N_("The finding on %(number)s says what was seen."),
            N_("Criterion %(number)s is found not met, or not applicable, without a word why."),
            mend=N_("Write what was seen, or why the criterion does not apply."),
            where=one.number,
            number=one.number[:20],
        )
        yield fits(CITE, "note", one.note)
    yield on_file(CITE, "findings", validation.pk, [key for one in found for key in one.evidence])


@command(CITE, title=N_("Record an inspection"), procedure=VISITS, audience="staff")
@dataclass(frozen=True, kw_only=True)
class RecordInspection(Command):
    """Record a seven-point inspection of a container or a seventeen-point one of a truck, point by point."""

    case_id: UUID
    visit_id: UUID = field(metadata={"label": N_("Visit"), "choices": "visits_made"})
    kind: Literal["seven_point", "seventeen_point"] = field(metadata={"label": N_("Kind of inspection")})
    what: str = field(metadata={"label": N_("What was inspected"), "help": N_("Number of the container or trailer.")})
    points: tuple[InspectedPoint, ...] = field(metadata={"label": N_("Points")})
    inspected_on: date = field(metadata={"label": N_("Day of the inspection")})
    documents: tuple[UUID, ...] = field(default=(), metadata=DOCUMENTS)


@handles(RecordInspection)
def record_inspection(ctx: Context, cmd: RecordInspection) -> Decision:
    validation_of(cmd.case_id)
    visit = visit_of(cmd.case_id, cmd.visit_id)
    inside = (
        visit.visited_on is not None
        and visit.visited_to is not None
        and visit.visited_on <= cmd.inspected_on <= visit.visited_to
    )
    reasons = [
        finding(
            CITE,
            "inspected_at_the_visit",
            inside,
            N_("Inspected on %(day)s, during the visit."),
            N_("%(day)s is not a day of a recorded visit to %(place)s."),
            mend=N_("Record the visit first, and give one of its days."),
            where="inspected_on",
            day=cmd.inspected_on,
            place=visit.place,
        ),
        written(CITE, "what", cmd.what, N_("Give the number of the container or trailer."), 100),
        *_points(cmd),
        on_file(CITE, "documents", cmd.case_id, cmd.documents),
    ]
    recorded = entries.InspectionRecorded(
        inspection_id=ctx.new_id(),
        visit_id=visit.pk,
        kind=cmd.kind,
        what=cmd.what.strip(),
        inspected_on=cmd.inspected_on,
        points=cmd.points,
        documents=cmd.documents,
    )
    return Decision(all_of(reasons), (recorded,))


def _points(cmd: RecordInspection) -> Iterator[Reason]:
    listed = LISTS[cmd.kind].codes
    given = [point.code for point in cmd.points]
    missing = [code for code in listed if code not in given]
    strange = [code[:40] for code in given if code not in listed]
    yield finding(
        CITE,
        "every_point_once",
        sorted(given) == sorted(listed),
        N_("Each of the %(count)d points has its result."),
        N_("Points without a result: %(missing)s. Points that are not on the list, or given twice: %(strange)s."),
        mend=N_("Give each point of the list once: in order, not in order with a note, or not applicable."),
        where="points",
        count=len(listed),
        missing=", ".join(missing) or "-",
        strange=", ".join(strange or sorted({code for code in given if given.count(code) > 1})) or "-",
    )
    unexplained = [p.code[:40] for p in cmd.points if p.result == "not_ok" and not p.note.strip()]
    yield finding(
        CITE,
        "point_explained",
        not unexplained and all(len(point.note) <= 500 for point in cmd.points),
        N_("What is not in order is described."),
        N_("Not in order and without a note, or with one of more than 500 characters: %(points)s."),
        mend=N_("Write what was seen at each."),
        where="points",
        points=", ".join(unexplained) or "-",
    )
