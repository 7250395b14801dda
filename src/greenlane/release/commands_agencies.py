"""Agencies with authority over goods, their criteria, and arrangements with programmes abroad (19 USC 4311)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.checks import counts_today, filled
from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.locks import alone
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.t19_4311_release import AgencyCriteria as CriteriaFacts
from greenlane.law.t19_4311_release import ReleaseCriterion, may_adopt_release_criteria
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants.checks import known_country
from greenlane.participants.identifiers import IdentifierRefused, checked
from greenlane.programs.queries import terms_of
from greenlane.release import entries_policy as entries
from greenlane.release import queries
from greenlane.release.checks import begins_ahead, has_begun
from greenlane.release.compatibility import CITE as COMPATIBLE
from greenlane.release.compatibility import agency_programme, compatibility_of
from greenlane.release.engine.codes import heading_number, origin_number, port_number
from greenlane.release.engine.inputs import AGENCIES
from greenlane.release.models import Agency, AgencyCriteria, RecognisedManufacturer

RELEASE, CRITERIA, ABROAD = "19 USC 4311(b)(4)(A)", "19 USC 4311(b)(4)(C)", "19 USC 4311(a)"
CODE = re.compile(r"[A-Z0-9]{2,4}")
MOST_VALUES, MOST_MANUFACTURERS = 2000, 1000


@command(RELEASE, title=N_("Register an agency"), case="", audience="staff")
@dataclass(frozen=True, kw_only=True)
class RegisterAgency(Command):
    """Register an agency with authority to detain and release goods. Its answers count from then on."""

    code: str = field(metadata={"label": N_("Code"), "help": N_("Two to four capital letters or digits: FDA.")})
    name: str = field(
        metadata={"label": N_("Name"), "help": N_("As it is written in the offices of the agency's people.")}
    )


@handles(RegisterAgency)
def register_agency(ctx: Context, cmd: RegisterAgency) -> Decision:
    alone("release", "agencies")
    code, name, place = cmd.code.strip(), cmd.name.strip(), Agency.objects.count()
    taken = Agency.objects.filter(code=code).exists() or Agency.objects.filter(name=name).exists()
    reasons = [
        filled(RELEASE, "name", cmd.name, 100),
        finding(
            RELEASE,
            "code_written",
            bool(CODE.fullmatch(code)),
            N_("The code is %(agency)s."),
            N_("'%(agency)s' is no code of an agency."),
            mend=N_("Use two to four capital letters or digits, as in its messages."),
            where="code",
            agency=code[:20],
        ),
        finding(
            RELEASE,
            "agency_is_new",
            not taken,
            N_("No other agency has this code or name."),
            N_("An agency with this code or name is registered."),
            mend=N_("Look at the list of agencies."),
            where="code",
        ),
        finding(
            RELEASE,
            "place_left",
            place < AGENCIES,
            N_("There is a place for it."),
            N_("All %(most)d places are taken."),
            mend=N_("Ask those who keep the platform for more places."),
            where="code",
            most=AGENCIES,
        ),
    ]
    key = ctx.new_id()
    registered = entries.AgencyRegistered(agency_id=key, code=code, name=name, place=place)
    return Decision(all_of(reasons), (registered,), to="registered", opens=Opening(key, "release_agency"))


@command(CRITERIA, COMPATIBLE, title=N_("Adopt criteria for expedited release"), audience="staff")
@dataclass(frozen=True, kw_only=True)
class AdoptAgencyCriteria(Command):
    """Adopt the next version of an agency's criteria: goods that meet them need not wait for its answer.

    Goods meet them when port, origin and tariff code do; leave a list empty where any will do.
    """

    case_id: UUID = field(metadata={"label": N_("Agency")})
    document: str = field(metadata={"label": N_("Document that they replace waiting for")})
    agreed_with: str = field(metadata={"label": N_("Who agreed for the agency")})
    in_force_from: date = field(metadata={"label": N_("In force from")})
    in_force_until: date | None = field(default=None, metadata={"label": N_("Last day")})
    ports: tuple[str, ...] = field(
        default=(), metadata={"label": N_("Ports"), "help": N_("Schedule D, four digits each: 2704.")}
    )
    origins: tuple[str, ...] = field(
        default=(), metadata={"label": N_("Countries of origin"), "help": N_("Two letters each: CA.")}
    )
    tariff_prefixes: tuple[str, ...] = field(
        default=(), metadata={"label": N_("Tariff headings"), "help": N_("The first four digits of each: 8471.")}
    )
    rests_on: str = field(
        default="",
        metadata={
            "label": N_("Programme of the agency that they rest on"),
            "help": N_("Its code; it must be compatible with ours. Leave it empty where they rest on none."),
        },
    )


@handles(AdoptAgencyCriteria)
def adopt_agency_criteria(ctx: Context, cmd: AdoptAgencyCriteria) -> Decision:
    agency = queries.agency_with(cmd.case_id)
    rests_on = agency_programme(agency, cmd.rests_on) if cmd.rests_on.strip() else None
    lists = {"port": cmd.ports, "origin": cmd.origins, "tariff": cmd.tariff_prefixes}
    version = AgencyCriteria.objects.filter(agency=agency).count() + 1
    facts = CriteriaFacts(
        agency=agency.code,
        document=cmd.document.strip(),
        version=version,
        in_force_from=cmd.in_force_from,
        in_force_until=cmd.in_force_until,
        agreed_with=cmd.agreed_with.strip(),
        criteria=tuple(ReleaseCriterion(name, name, values) for name, values in lists.items() if values),
    )
    reasons = [
        filled(CRITERIA, "document", cmd.document, 200),
        filled(CRITERIA, "agreed_with", cmd.agreed_with, 200),
        *may_adopt_release_criteria(facts).reasons,
        *begins_ahead(ctx, CRITERIA, cmd.in_force_from, "in_force_from"),
        *_readable(cmd),
        *(compatibility_of(rests_on, ctx.on).reasons if rests_on else ()),
    ]
    adopted = entries.AgencyCriteriaAdopted(
        criteria_id=ctx.new_id(),
        agency_id=agency.pk,
        agency=agency.code,
        version=version,
        document=cmd.document.strip(),
        agreed_with=cmd.agreed_with.strip(),
        ports=_each(cmd.ports),
        origins=_each(cmd.origins),
        headings=_each(cmd.tariff_prefixes),
        in_force_from=cmd.in_force_from,
        in_force_until=cmd.in_force_until,
        rests_on=rests_on.pk if rests_on else None,
    )
    return Decision(all_of(reasons), (adopted,))


def _each(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({value.strip().upper() for value in values}))


def _readable(cmd: AdoptAgencyCriteria) -> Iterator[Reason]:
    readers: tuple[tuple[str, tuple[str, ...], Callable[[str], int]], ...] = (
        ("ports", cmd.ports, port_number),
        ("origins", cmd.origins, origin_number),
        ("tariff_prefixes", cmd.tariff_prefixes, _heading),
    )
    for where, values, reader in readers:
        wrong = [value for value in values if not _reads(reader, value.strip())]
        yield finding(
            CRITERIA,
            f"{where}_readable",
            not wrong and len(values) <= MOST_VALUES,
            N_("Each value can be read."),
            N_("%(count)d values; not one of: %(wrong)s. At most %(most)d can be held against an entry."),
            mend=N_("Write ports as 2704, countries as CA, tariff headings as their first four digits, 8471."),
            where=where,
            count=len(values),
            wrong=", ".join(value[:12] for value in wrong[:5]) or "-",
            most=MOST_VALUES,
        )


def _heading(text: str) -> int:
    """Four digits and no more: criteria read the heading, and a longer code would seem to say more."""
    if len(text) != 4:
        raise ValueError(text)
    return heading_number(text)


def _reads(reader: Callable[[str], int], text: str) -> bool:
    try:
        reader(text)
    except ValueError:
        return False
    return True


@command(ABROAD, title=N_("Record an arrangement of mutual recognition"), case="", audience="staff")
@dataclass(frozen=True, kw_only=True)
class RecordArrangement(Command):
    """Record that a programme abroad is recognised: its manufacturers count from then on, one by one as recorded."""

    programme: str = field(metadata={"label": N_("Our programme"), "choices": "programmes"})
    country: str = field(metadata={"label": N_("Country"), "help": N_("Two letters, for example MX.")})
    partner_programme: str = field(metadata={"label": N_("Programme abroad")})
    since: date = field(metadata={"label": N_("In force from")})


@handles(RecordArrangement)
def record_arrangement(ctx: Context, cmd: RecordArrangement) -> Decision:
    terms_of(cmd.programme, ctx.on)
    key = ctx.new_id()
    reasons = [
        known_country("country", cmd.country),
        filled(ABROAD, "partner_programme", cmd.partner_programme, 200),
        *has_begun(ctx, ABROAD, cmd.since, "since"),
    ]
    recorded = entries.ArrangementRecorded(
        arrangement_id=key,
        programme=cmd.programme,
        country=cmd.country.strip().upper(),
        partner_programme=cmd.partner_programme.strip(),
        since=cmd.since,
    )
    opens = Opening(key, "release_arrangement", programme=cmd.programme)
    return Decision(all_of(reasons), (recorded,), to="in_force", opens=opens)


@command(ABROAD, title=N_("End an arrangement of mutual recognition"), audience="staff")
@dataclass(frozen=True, kw_only=True)
class EndArrangement(Command):
    """End an arrangement: from this moment none of its manufacturers counts as recognised."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(EndArrangement)
def end_arrangement(ctx: Context, cmd: EndArrangement) -> Decision:
    row = queries.arrangement_with(cmd.case_id)
    reasons = [counts_today(ctx, ABROAD), filled(ABROAD, "reason", cmd.reason, 2000), _in_force(row.ended_on)]
    ended = entries.ArrangementEnded(
        arrangement_id=row.pk, partner_programme=row.partner_programme, reason=cmd.reason.strip()
    )
    return Decision(all_of(reasons), (ended,), to="ended")


def _in_force(ended_on: date | None) -> Reason:
    return finding(
        ABROAD,
        "arrangement_in_force",
        ended_on is None,
        N_("The arrangement is in force."),
        N_("The arrangement has ended on %(day)s."),
        mend=N_("Record the arrangement that took its place."),
        where="case_id",
        day=ended_on or "-",
    )


@dataclass(frozen=True, kw_only=True)
class ManufacturerAbroad:
    """A manufacturer for whom the programme abroad vouches."""

    mid: str = field(metadata={"label": N_("Manufacturer identification number")})
    name: str = field(metadata={"label": N_("Name")})
    foreign_number: str = field(metadata={"label": N_("Its number in the programme abroad")})


@command(ABROAD, title=N_("Recognise manufacturers abroad"), audience="staff")
@dataclass(frozen=True, kw_only=True)
class RecogniseManufacturers(Command):
    """Record the manufacturers that the programme abroad vouches for, as it sent them."""

    case_id: UUID
    manufacturers: tuple[ManufacturerAbroad, ...] = field(metadata={"label": N_("Manufacturers")})


@handles(RecogniseManufacturers)
def recognise_manufacturers(ctx: Context, cmd: RecogniseManufacturers) -> Decision:
    row = queries.arrangement_with(cmd.case_id)
    alone("release", "manufacturers")  # one is recognised once, whichever arrangement asks at the same time
    recognised = tuple(
        entries.Recognised(
            row_id=ctx.new_id(),
            mid=one.mid.strip().upper(),
            name=one.name.strip(),
            foreign_number=one.foreign_number.strip(),
        )
        for one in cmd.manufacturers
    )
    reasons = [counts_today(ctx, ABROAD), _in_force(row.ended_on), *_manufacturers(cmd.manufacturers)]
    made = entries.ManufacturersRecognised(arrangement_id=row.pk, manufacturers=recognised)
    return Decision(all_of(reasons), (made,))


def _manufacturers(given: tuple[ManufacturerAbroad, ...]) -> Iterator[Reason]:
    yield finding(
        ABROAD,
        "manufacturers_counted",
        0 < len(given) <= MOST_MANUFACTURERS,
        N_("%(count)d manufacturers are named."),
        N_("%(count)d manufacturers are named; 1 to %(most)d can be recorded at once."),
        mend=N_("Record them in several steps."),
        where="manufacturers",
        count=len(given),
        most=MOST_MANUFACTURERS,
    )
    mids = [one.mid.strip().upper() for one in given]
    live = RecognisedManufacturer.objects.filter(mid__in=mids, ended_on=None, arrangement__ended_on=None)
    known = set(live.values_list("mid", flat=True))
    for number, one in enumerate(given):
        yield _manufacturer(number, one, mids.count(mids[number]) > 1 or mids[number] in known)


def _manufacturer(number: int, one: ManufacturerAbroad, twice: bool) -> Reason:
    try:
        checked("mid", one.mid)
        reads = True
    except IdentifierRefused:
        reads = False
    written = 0 < len(one.name.strip()) <= 200 and 0 < len(one.foreign_number.strip()) <= 40
    return finding(
        ABROAD,
        "manufacturer_known",
        reads and written and not twice,
        N_("%(mid)s can be recognised."),
        N_("'%(mid)s' is no manufacturer number, is recognised already or named twice, or lacks name or number."),
        mend=N_("Write the number as MXABCDEF1234MEX, with name and number in the programme abroad; name each once."),
        where=f"manufacturers.{number}.mid",
        mid=one.mid.strip()[:40],
    )


@command(ABROAD, title=N_("End the recognition of a manufacturer"), audience="staff")
@dataclass(frozen=True, kw_only=True)
class EndRecognition(Command):
    """Record that the programme abroad no longer vouches for a manufacturer: it stops counting at this moment."""

    case_id: UUID
    mid: str = field(metadata={"label": N_("Manufacturer identification number")})
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(EndRecognition)
def end_recognition(ctx: Context, cmd: EndRecognition) -> Decision:
    rows = RecognisedManufacturer.objects.filter(arrangement_id=cmd.case_id, ended_on=None)
    row = rows.filter(mid=cmd.mid.strip().upper()).first()
    if row is None:
        raise Missing("manufacturer", cmd.mid.strip()[:40])
    ended = entries.RecognitionEnded(row_id=row.pk, mid=row.mid, reason=cmd.reason.strip())
    return Decision(all_of([counts_today(ctx, ABROAD), filled(ABROAD, "reason", cmd.reason, 2000)]), (ended,))
