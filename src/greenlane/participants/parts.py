"""Record what a company consists of: identifiers, owners and officers, sites, partners and legs (6 USC 962, 963(2))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants import entries, queries
from greenlane.participants.checks import filled, known_country
from greenlane.participants.identifiers import IdentifierRefused, checked
from greenlane.participants.models import Identifier, Leg, Partner, Person, Site
from greenlane.participants.state import TABLES
from greenlane.people.models import Account
from greenlane.places.cities import find_city
from greenlane.places.ports import find_port
from greenlane.places.ports_of_entry import UnknownPortOfEntry, port_of_entry
from greenlane.places.unlocode import NotAnUnLocode, UnLocode

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
    held = Identifier.objects.filter(kind=cmd.kind, value=value, effective_to=None).first()
    reasons = [
        finding(
            "6 USC 962",
            "identifier_form",
            not problem,
            N_("It has the form of its kind."),
            N_("%(problem)s"),
            mend=N_("Copy it from the document on which it was given to you."),
            where="value",
            problem=problem or "-",
        ),
        finding(
            "6 USC 962",
            "identifier_is_free",
            held is None,
            N_("No other account has this identifier."),
            N_("This identifier is already on record, for this or another company account of the same kind."),
            mend=N_("Check the number. If it is yours, write to the programme office."),
            where="value",
        ),
    ]
    recorded = entries.IdentifierRecorded(identifier_id=ctx.new_id(), kind_of=cmd.kind, value=value)
    return Decision(all_of(reasons), (recorded,))


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
        title=cmd.title.strip()[:100],
        birth_date=cmd.birth_date,
        country=cmd.country.strip().upper(),
        share_percent=cmd.share_percent,
        account_id=cmd.account_id,
        is_company=cmd.is_company,
    )
    return Decision(all_of(_person(ctx, cmd)), (recorded,))


def _person(ctx: Context, cmd: RecordPerson) -> Iterator[Reason]:
    yield filled("name", cmd.name, 200)
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
        "account_exists",
        cmd.account_id is None or Account.objects.filter(pk=cmd.account_id, closed_on=None).exists(),
        N_("The account is known."),
        N_("There is no such account."),
        mend=N_("Leave it empty, or ask the officer to sign in once first."),
        where="account_id",
    )


@command("6 USC 963(2)", title=N_("Record a site"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class RecordSite(Command):
    """Record a place of the company's own in its supply chain, or correct one."""

    participant_id: UUID
    name: str = field(metadata={"label": N_("Name of the site")})
    use: Literal["office", "warehouse", "factory", "terminal", "yard", "consolidation", "other"] = field(
        metadata={"label": N_("What it is used for")}
    )
    address: str = field(metadata={"label": N_("Street address")})
    city: str = field(metadata={"label": N_("City")})
    country: str = field(metadata={"label": N_("Country")})
    latitude_e6: int | None = field(default=None, metadata={"label": N_("Latitude, in millionths of a degree")})
    longitude_e6: int | None = field(default=None, metadata={"label": N_("Longitude, in millionths of a degree")})
    series: UUID | None = field(default=None, metadata={"label": N_("Corrects"), "help": SERIES_HELP})


@handles(RecordSite)
def record_site(ctx: Context, cmd: RecordSite) -> Decision:
    site_id = ctx.new_id()
    latitude, longitude = located(cmd.latitude_e6, cmd.longitude_e6, cmd.city, cmd.country)
    reasons = [
        filled("name", cmd.name, 200),
        filled("address", cmd.address, 300),
        filled("city", cmd.city, 100),
        known_country("country", cmd.country),
        on_the_globe(latitude, longitude),
    ]
    recorded = entries.SiteRecorded(
        site_id=site_id,
        series=series_of(ctx, "site", cmd.series, site_id),
        name=cmd.name.strip(),
        use=cmd.use,
        address=cmd.address.strip(),
        city=cmd.city.strip(),
        country=cmd.country.strip().upper(),
        latitude_e6=latitude,
        longitude_e6=longitude,
    )
    return Decision(all_of(reasons), (recorded,))


@command("6 USC 963(2)(A)", title=N_("Record a business partner"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class RecordPartner(Command):
    """Record a business partner in the supply chain, or correct one."""

    participant_id: UUID
    name: str = field(metadata={"label": N_("Name of the partner")})
    does: Literal[
        "manufacturer", "supplier", "carrier", "broker", "consolidator", "warehouse", "terminal", "customer", "other"
    ] = field(metadata={"label": N_("What it does for you")})
    country: str = field(metadata={"label": N_("Country")})
    city: str = field(default="", metadata={"label": N_("City")})
    trusted_as: str = field(
        default="", metadata={"label": N_("Trusted-trader status"), "help": N_("Its programme and number, if any.")}
    )
    latitude_e6: int | None = field(default=None, metadata={"label": N_("Latitude, in millionths of a degree")})
    longitude_e6: int | None = field(default=None, metadata={"label": N_("Longitude, in millionths of a degree")})
    series: UUID | None = field(default=None, metadata={"label": N_("Corrects"), "help": SERIES_HELP})


@handles(RecordPartner)
def record_partner(ctx: Context, cmd: RecordPartner) -> Decision:
    partner_id = ctx.new_id()
    latitude, longitude = located(cmd.latitude_e6, cmd.longitude_e6, cmd.city, cmd.country)
    reasons = [
        filled("name", cmd.name, 200),
        known_country("country", cmd.country),
        on_the_globe(latitude, longitude),
    ]
    recorded = entries.PartnerRecorded(
        partner_id=partner_id,
        series=series_of(ctx, "partner", cmd.series, partner_id),
        name=cmd.name.strip(),
        does=cmd.does,
        city=cmd.city.strip()[:100],
        country=cmd.country.strip().upper(),
        trusted_as=cmd.trusted_as.strip()[:100],
        latitude_e6=latitude,
        longitude_e6=longitude,
    )
    return Decision(all_of(reasons), (recorded,))


@command("6 USC 963(2)", title=N_("Record a leg"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class RecordLeg(Command):
    """Record a movement of cargo between two sites or partners, with its ports."""

    participant_id: UUID
    origin: UUID = field(metadata={"label": N_("From")})
    destination: UUID = field(metadata={"label": N_("To")})
    mode: Literal["sea", "air", "road", "rail", "several"] = field(metadata={"label": N_("Mode of transport")})
    carrier: str = field(default="", metadata={"label": N_("Carrier")})
    port_of_lading: str = field(
        default="", metadata={"label": N_("Port of lading"), "help": N_("A UN/LOCODE such as CNSHA.")}
    )
    port_of_unlading: str = field(
        default="",
        metadata={"label": N_("Port of unlading"), "help": N_("A U.S. port code such as 2704, or a UN/LOCODE.")},
    )
    series: UUID | None = field(default=None, metadata={"label": N_("Corrects"), "help": SERIES_HELP})


@handles(RecordLeg)
def record_leg(ctx: Context, cmd: RecordLeg) -> Decision:
    leg_id = ctx.new_id()
    known = {
        *queries.sites(ctx.the_case.id).values_list("series", flat=True),
        *queries.partners(ctx.the_case.id).values_list("series", flat=True),
    }
    reasons = [
        *(_end_of_leg(name, key, known) for name, key in (("origin", cmd.origin), ("destination", cmd.destination))),
        finding(
            "6 USC 963(2)",
            "leg_goes_somewhere",
            cmd.origin != cmd.destination,
            N_("It goes from one place to another."),
            N_("It begins and ends at the same place."),
            where="destination",
        ),
        known_port("port_of_lading", cmd.port_of_lading),
        known_port("port_of_unlading", cmd.port_of_unlading),
    ]
    recorded = entries.LegRecorded(
        leg_id=leg_id,
        series=series_of(ctx, "leg", cmd.series, leg_id),
        origin=cmd.origin,
        destination=cmd.destination,
        mode=cmd.mode,
        carrier=cmd.carrier.strip()[:200],
        port_of_lading=cmd.port_of_lading.strip().upper(),
        port_of_unlading=cmd.port_of_unlading.strip().upper(),
    )
    return Decision(all_of(reasons), (recorded,))


def _end_of_leg(where: str, key: UUID, known: set[UUID]) -> Reason:
    return finding(
        "6 USC 963(2)",
        f"{where}_on_record",
        key in known,
        N_("The end of the leg is on record."),
        N_("The end of the leg is not a site or partner of this company."),
        mend=N_("Record the site or partner first."),
        where=where,
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


def located(latitude: int | None, longitude: int | None, city: str, country: str) -> tuple[int | None, int | None]:
    """The coordinates given, else those of the city where the table of cities has it."""
    if latitude is not None and longitude is not None:
        return latitude, longitude
    place = find_city(city, country.strip().upper()) if city.strip() else None
    return (round(place.latitude * 1_000_000), round(place.longitude * 1_000_000)) if place else (None, None)


def on_the_globe(latitude: int | None, longitude: int | None) -> Reason:
    inside = latitude is None or longitude is None or (abs(latitude) <= 90_000_000 and abs(longitude) <= 180_000_000)
    return finding(
        "6 USC 963(2)",
        "coordinates_on_the_globe",
        inside,
        N_("The place can be shown on the map."),
        N_("The coordinates are not on the globe."),
        mend=N_(
            "Latitude is between -90 and 90 degrees, longitude between -180 and 180; write millionths of a degree."
        ),
        where="latitude_e6",
    )


def known_port(where: str, code: str) -> Reason:
    """Empty, a known U.S. port of entry (Schedule D), or a UN/LOCODE (airports and inland places have one too)."""
    text = code.strip().upper()
    known = not text or find_port_name(text) != "" or _is_unlocode(text)
    return finding(
        "6 USC 963(2)",
        "port_known",
        known,
        N_("The port is known or not given."),
        N_("'%(given)s' is not a known port."),
        mend=N_("Give a UN/LOCODE such as CNSHA, a U.S. port code such as 2704, or leave it empty."),
        where=where,
        given=text[:20],
    )


def _is_unlocode(text: str) -> bool:
    try:
        UnLocode.parse(text)
    except NotAnUnLocode:
        return False
    return True


def find_port_name(code: str) -> str:
    """The name of a port by its code, or ''."""
    try:
        return port_of_entry(code).name
    except UnknownPortOfEntry:
        pass
    port = find_port(code) if _is_unlocode(code) else None
    return port.name if port else ""
