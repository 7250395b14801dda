"""Record what a company consists of: identifiers, owners and officers, sites, partners and legs (6 USC 962, 963(2))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.locks import alone
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants import entries, queries
from greenlane.participants.checks import filled, fits, known_country
from greenlane.participants.identifiers import FORMATS, IdentifierRefused, checked
from greenlane.participants.models import Identifier, Leg, Partner, Person, Site
from greenlane.participants.state import TABLES
from greenlane.people.queries import company_people
from greenlane.programs.queries import terms_of

Part = Literal["identifier", "person", "site", "partner", "leg"]
SERIES_HELP = N_("To correct one that is on record, name it here; empty adds a new one.")


def series_of(ctx: Context, part: Part, given: UUID | None, fresh: UUID) -> UUID:
    """The series of a correction, or a new one. Raises Missing."""
    if given is None:
        return fresh
    if not queries.live(TABLES[part], ctx.the_case.id).filter(series=given).exists():
        raise Missing(part, given)
    return given


@command("6 USC 962", title=N_("Record an identifier"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class RecordIdentifier(Command):
    """Record a number by which the trade knows the company. Its form and check digits are tested at once."""

    participant_id: UUID
    kind: str = field(metadata={"label": N_("Kind of identifier")})
    value: str = field(metadata={"label": N_("Value")})


@handles(RecordIdentifier)
def record_identifier(ctx: Context, cmd: RecordIdentifier) -> Decision:
    try:
        value, problem = checked(cmd.kind, cmd.value), ""
    except IdentifierRefused as refused:
        value, problem = cmd.value, str(refused)
    alone("identifier", cmd.kind, value)
    recorded = entries.IdentifierRecorded(identifier_id=ctx.new_id(), kind_of=cmd.kind, value=value)
    return Decision(all_of([_kind_known(ctx, cmd), *_number(cmd.kind, value, problem)]), (recorded,))


def _kind_known(ctx: Context, cmd: RecordIdentifier) -> Reason:
    terms = terms_of(queries.participant_of(cmd.participant_id).programme, ctx.on)
    known = FORMATS.keys() | {kind for one in terms.business_types for group in one.identifiers for kind in group}
    return finding(
        "6 USC 962",
        "identifier_kind_known",
        cmd.kind in known,
        N_("The kind of identifier is known."),
        N_("'%(kind)s' is not a kind of identifier here; the kinds are: %(kinds)s."),
        mend=N_("Choose the kind that your papers name."),
        where="kind",
        kind=cmd.kind[:40],
        kinds=", ".join(sorted(known)),
    )


def _number(kind: str, value: str, problem: str) -> Iterator[Reason]:
    yield finding(
        "6 USC 962",
        "identifier_form",
        not problem,
        N_("It has the form of its kind."),
        N_("%(problem)s"),
        mend=N_("Copy it from the document on which it was given to you."),
        where="value",
        problem=problem or "-",
    )
    yield finding(
        "6 USC 962",
        "identifier_is_free",
        not Identifier.objects.filter(kind=kind, value=value, effective_to=None).exists(),
        N_("No other account has this identifier."),
        N_("This identifier is already on record, for this or another company account of the same kind."),
        mend=N_("Check the number. If it is yours, write to the programme office."),
        where="value",
    )


@command("6 USC 962", "6 USC 964(b)", title=N_("Record an owner or officer"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class RecordPerson(Command):
    """Record an owner or an officer of the company, or correct one. They are screened in the investigation."""

    participant_id: UUID
    role: Literal["owner", "officer"] = field(metadata={"label": N_("Role")})
    name: str = field(metadata={"label": N_("Full name")})
    title: str = field(default="", metadata={"label": N_("Position")})
    birth_date: date | None = field(default=None, metadata={"label": N_("Date of birth")})
    country: str = field(metadata={"label": N_("Country of nationality or seat")})
    share_percent: int | None = field(default=None, metadata={"label": N_("Share, in percent")})
    is_company: bool = field(default=False, metadata={"label": N_("The owner is a company")})
    account_id: UUID | None = field(
        default=None, metadata={"label": N_("Account"), "help": N_("The account with which this officer signs.")}
    )
    series: UUID | None = field(default=None, metadata={"label": N_("Corrects"), "help": SERIES_HELP})


@handles(RecordPerson)
def record_person(ctx: Context, cmd: RecordPerson) -> Decision:
    person_id = ctx.new_id()
    recorded = entries.PersonRecorded(
        person_id=person_id,
        series=series_of(ctx, "person", cmd.series, person_id),
        role=cmd.role,
        name=cmd.name.strip(),
        title=cmd.title.strip(),
        birth_date=cmd.birth_date,
        country=cmd.country.strip().upper(),
        share_percent=cmd.share_percent,
        account_id=cmd.account_id,
        is_company=cmd.is_company,
    )
    return Decision(all_of(person_reasons(ctx, cmd)), (recorded,))


def person_reasons(ctx: Context, cmd: RecordPerson) -> Iterator[Reason]:
    yield filled("name", cmd.name, 200)
    yield fits("title", cmd.title, 100)
    yield known_country("country", cmd.country)
    natural = not (cmd.role == "owner" and cmd.is_company)
    yield finding(
        "6 USC 964(b)",
        "birth_date_plausible",
        (not natural and cmd.birth_date is None) or (cmd.birth_date is not None and cmd.birth_date < ctx.on),
        N_("The date of birth is given where one is needed."),
        N_("A person is screened by name and date of birth; the date of birth is missing or lies in the future."),
        mend=N_("Give the date of birth; leave it empty only for an owner that is a company."),
        where="birth_date",
    )
    yield finding(
        "6 USC 962",
        "officer_is_a_person",
        not (cmd.role == "officer" and cmd.is_company),
        N_("An officer is a natural person."),
        N_("An officer is a natural person, not a company."),
        mend=N_("Name the person who holds the office."),
        where="is_company",
    )
    yield finding(
        "6 USC 962",
        "share_in_range",
        cmd.share_percent is None or 0 <= cmd.share_percent <= 100,
        N_("The share is in range."),
        N_("A share is between 0 and 100 percent."),
        mend=N_("Give whole percent."),
        where="share_percent",
    )
    yield finding(
        "6 USC 962",
        "account_is_the_companys",
        cmd.account_id is None
        or company_people(cmd.participant_id, ctx.on)
        .filter(account_id=cmd.account_id, account__closed_on=None)
        .exists(),
        N_("The account acts for this company."),
        N_("No such account acts for this company."),
        mend=N_("Leave it empty, or give the person an office in this company first."),
        where="account_id",
    )


@command("6 USC 962", title=N_("End a part of the profile"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class EndPart(Command):
    """Say that an identifier, person, site, partner or leg is no longer part of the company. It stays on record."""

    participant_id: UUID
    part: Part = field(metadata={"label": N_("What ends")})
    series: UUID = field(metadata={"label": N_("Which one")})
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(EndPart)
def end_part(ctx: Context, cmd: EndPart) -> Decision:
    row = queries.live(TABLES[cmd.part], ctx.the_case.id).filter(series=cmd.series).first()
    if row is None:
        raise Missing(cmd.part, cmd.series)
    used = cmd.part in ("site", "partner") and any(
        cmd.series in (leg.origin, leg.destination) for leg in queries.legs(ctx.the_case.id)
    )
    reasons = [
        filled("reason", cmd.reason, 2000),
        finding(
            "6 USC 963(2)",
            "no_leg_hangs_on_it",
            not used,
            N_("No leg begins or ends there."),
            N_("A leg begins or ends there."),
            mend=N_("End or correct the leg first."),
            where="series",
        ),
    ]
    ended = entries.PartEnded(table=cmd.part, series=cmd.series, name=title_of(row), reason=cmd.reason.strip())
    return Decision(all_of(reasons), (ended,))


def title_of(row: object) -> str:
    """What people call a part."""
    if isinstance(row, Identifier):
        return f"{row.kind} {row.value}"
    if isinstance(row, Person | Site | Partner):
        return row.name
    if isinstance(row, Leg):
        ports = " - ".join(p for p in (row.port_of_lading, row.port_of_unlading) if p)
        return f"{row.mode} {ports}".strip()
    raise TypeError(type(row).__name__)
