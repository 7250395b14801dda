"""Record agencies' partnership programmes and examine them, requirement by requirement (19 USC 4311(b)(4)(B))."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from greenlane.casework.checks import counts_today, filled, fits
from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.programs.queries import terms_of
from greenlane.release import entries_compatibility as entries
from greenlane.release import queries
from greenlane.release.compatibility import CITE, agency_programme, edition_for
from greenlane.release.models import AgencyProgramme

CODE = re.compile(r"[A-Z0-9]{2,12}")
MOST = 500
LONG = 2000


@command(CITE, title=N_("Record an agency's programme"), audience="staff")
@dataclass(frozen=True, kw_only=True)
class RecordAgencyProgramme(Command):
    """Record a partnership programme of an agency, to be held against the criteria of ours, one by one."""

    case_id: UUID = field(metadata={"label": N_("Agency")})
    code: str = field(metadata={"label": N_("Code"), "help": N_("Two to twelve capital letters or digits.")})
    name: str = field(metadata={"label": N_("Name")})
    programme: str = field(metadata={"label": N_("Our programme"), "choices": "programmes"})
    business_type: str = field(
        metadata={
            "label": N_("Business type"),
            "help": N_("The one whose criteria it is held against, for example importer."),
        }
    )


@handles(RecordAgencyProgramme)
def record_agency_programme(ctx: Context, cmd: RecordAgencyProgramme) -> Decision:
    agency = queries.agency_with(cmd.case_id)
    terms_of(cmd.programme, ctx.on)
    code = cmd.code.strip().upper()
    row = AgencyProgramme(agency=agency, programme=cmd.programme, business_type=cmd.business_type.strip())
    edition = edition_for(row, ctx.on)
    reasons = [
        counts_today(ctx, CITE),
        filled(CITE, "name", cmd.name, 200),
        finding(
            CITE,
            "code_written",
            bool(CODE.fullmatch(code)),
            N_("The code is %(written)s."),
            N_("'%(written)s' is no code of a programme."),
            mend=N_("Use two to twelve capital letters or digits."),
            where="code",
            written=code[:20],
        ),
        finding(
            CITE,
            "programme_is_new",
            not agency.programmes.filter(code=code).exists(),
            N_("No other programme of the agency has this code."),
            N_("A programme of %(agency)s with this code is on record."),
            mend=N_("Examine the one that is on record."),
            where="code",
            agency=agency.code,
        ),
        finding(
            CITE,
            "requirements_in_force",
            edition is not None,
            N_("It is held against the criteria for %(business_type)s."),
            N_("No criteria for '%(business_type)s' are in force to hold it against."),
            mend=N_("Name a business type whose criteria are in force, as it is written there."),
            where="business_type",
            business_type=cmd.business_type.strip()[:60],
        ),
    ]
    recorded = entries.AgencyProgrammeRecorded(
        agency_programme_id=ctx.new_id(),
        agency_id=agency.pk,
        agency=agency.code,
        code=code,
        name=cmd.name.strip(),
        programme=cmd.programme,
        business_type=cmd.business_type.strip(),
    )
    return Decision(all_of(reasons), (recorded,))


OUTCOMES = (("yes", N_("Compatible")), ("no", N_("Not compatible")), ("not_yet", N_("Not yet examined")))
COMPATIBLE = {"yes": True, "no": False, "not_yet": None}


@dataclass(frozen=True, kw_only=True)
class RequirementCompared:
    """One of our requirements held against theirs."""

    requirement: str = field(metadata={"label": N_("Our requirement"), "help": N_("The number of the criterion.")})
    compatible: Literal["yes", "no", "not_yet"] = field(metadata={"label": N_("Compatible"), "choices": OUTCOMES})
    theirs: str = field(default="", metadata={"label": N_("Their requirement")})
    ground: str = field(default="", metadata={"label": N_("Ground"), "widget": "textarea"})


@command(CITE, title=N_("Examine an agency's programme"), audience="staff")
@dataclass(frozen=True, kw_only=True)
class ExamineAgencyProgramme(Command):
    """Record what was found of our requirements against an agency's, each with its ground; the rest stand as they were.

    The programme is compatible when each of our criteria in force is examined and found so.
    """

    case_id: UUID = field(metadata={"label": N_("Agency")})
    agency_programme: str = field(
        metadata={"label": N_("Programme of the agency"), "help": N_("Its code, as it is on record.")}
    )
    compared: tuple[RequirementCompared, ...] = field(metadata={"label": N_("Requirements")})


@handles(ExamineAgencyProgramme)
def examine_agency_programme(ctx: Context, cmd: ExamineAgencyProgramme) -> Decision:
    row = agency_programme(queries.agency_with(cmd.case_id), cmd.agency_programme)
    edition = edition_for(row, ctx.on)
    ours = {one.number for one in edition.criteria} if edition else set()
    counted = finding(
        CITE,
        "requirements_counted",
        0 < len(cmd.compared) <= MOST,
        N_("%(count)d requirements are compared."),
        N_("%(count)d requirements are compared; 1 to %(most)d can be recorded at once."),
        mend=N_("Record them in several steps."),
        where="compared",
        count=len(cmd.compared),
        most=MOST,
    )
    if not counted.holds:
        return Decision(all_of([counted]))
    latest = row.examined.order_by("number").values_list("number", flat=True).last() or 0
    examined = entries.AgencyProgrammeExamined(
        agency_programme_id=row.pk,
        agency=row.agency.code,
        code=row.code,
        number=latest + 1,
        edition=edition.version if edition else "",
        edition_from=edition.in_force_from if edition else ctx.on,
        found=tuple(
            entries.Found(
                requirement=one.requirement.strip(),
                theirs=one.theirs.strip(),
                compatible=COMPATIBLE[one.compatible],
                ground=one.ground.strip(),
            )
            for one in cmd.compared
        ),
    )
    return Decision(all_of([counts_today(ctx, CITE), counted, *_each(cmd.compared, ours)]), (examined,))


def _each(compared: tuple[RequirementCompared, ...], ours: set[str]) -> Iterator[Reason]:
    times = Counter(one.requirement.strip() for one in compared)
    for place, one in enumerate(compared):
        number, where = one.requirement.strip(), f"compared.{place}"
        yield finding(
            CITE,
            "requirement_of_ours",
            number in ours and times[number] == 1,
            N_("%(requirement)s is one of our criteria in force."),
            N_("'%(requirement)s' is none of our criteria in force, or is named twice."),
            mend=N_("Name a criterion of the edition in force by its number, each once."),
            where=f"{where}.requirement",
            requirement=number[:40],
        )
        yield fits(CITE, f"{where}.theirs", one.theirs, 500)
        written = filled if one.compatible != "not_yet" else fits
        yield written(CITE, f"{where}.ground", one.ground, LONG)
