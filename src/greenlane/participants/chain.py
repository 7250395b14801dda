"""Record the supply chain: sites, business partners and the legs between them, with their ports (6 USC 963(2))."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants import entries, queries
from greenlane.participants.checks import filled, fits, known_country
from greenlane.participants.parts import SERIES_HELP, series_of
from greenlane.places.cities import find_city
from greenlane.places.queries import is_unlocode, port_name


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
        fits("city", cmd.city, 100),
        fits("trusted_as", cmd.trusted_as, 100),
    ]
    recorded = entries.PartnerRecorded(
        partner_id=partner_id,
        series=series_of(ctx, "partner", cmd.series, partner_id),
        name=cmd.name.strip(),
        does=cmd.does,
        city=cmd.city.strip(),
        country=cmd.country.strip().upper(),
        trusted_as=cmd.trusted_as.strip(),
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
        fits("carrier", cmd.carrier, 200),
    ]
    recorded = entries.LegRecorded(
        leg_id=leg_id,
        series=series_of(ctx, "leg", cmd.series, leg_id),
        origin=cmd.origin,
        destination=cmd.destination,
        mode=cmd.mode,
        carrier=cmd.carrier.strip(),
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
    known = not text or port_name(text) != "" or is_unlocode(text)
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
