"""The supply chain of a company for the eye: places on a map, ways between them, and the same as tables (963(2))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.utils.translation import gettext as _

from greenlane.participants import queries
from greenlane.participants.models import Leg, Partner, Site
from greenlane.participants.parts import title_of
from greenlane.places.cities import find_city
from greenlane.places.ports import find_port
from greenlane.places.ports_of_entry import UnknownPortOfEntry, port_of_entry
from greenlane.places.unlocode import NotAnUnLocode
from greenlane.web import components as c
from greenlane.web import maps
from greenlane.web.charts import Chart
from greenlane.web.staff.wording import readable

Position = tuple[float, float]
MILLION = 1_000_000
BESIDE = 0.75
"""Degrees within which two places are one on a map of this size."""


def port_name(code: str) -> str:
    """A port by its name where a table has it: 'Shanghai (CNSHA)'."""
    if not code:
        return "-"
    found = _port(code)
    return f"{found.name} ({code})" if found else code


def _port(code: str) -> maps.Node | None:
    try:
        port = find_port(code)
    except NotAnUnLocode:
        port = None
    if port is not None:
        return maps.Node(f"port:{code}", port.name, _("Port"), port.latitude, port.longitude)
    try:
        entry = port_of_entry(code)
    except UnknownPortOfEntry:
        return None
    city = find_city(entry.name.split("/")[0].split("-")[0], "US")
    return maps.Node(f"port:{code}", entry.name, _("Port"), city.latitude, city.longitude) if city else None


@dataclass(frozen=True)
class Chain:
    """Sites, partners and legs in force now: three queries."""

    sites: tuple[Site, ...]
    partners: tuple[Partner, ...]
    legs: tuple[Leg, ...]

    @classmethod
    def of(cls, participant: UUID) -> Chain:
        return cls(
            tuple(queries.sites(participant)), tuple(queries.partners(participant)), tuple(queries.legs(participant))
        )

    @property
    def names(self) -> dict[UUID, str]:
        """What people call each part, by its series."""
        return {row.series: title_of(row) for row in (*self.sites, *self.partners, *self.legs)}

    @property
    def unplaced(self) -> list[str]:
        """Parts that no table can place on the map."""
        rows: tuple[Site | Partner, ...] = (*self.sites, *self.partners)
        return [row.name for row in rows if _position(row) is None]

    def picture(self) -> Chart:
        rows: tuple[Site | Partner, ...] = (*self.sites, *self.partners)
        places = {row.series: node for row in rows if (node := _node(row))}
        nodes: dict[str, maps.Node] = {node.key: node for node in places.values()}
        ways: list[maps.Leg] = []
        for leg in self.legs:
            stops = list(_stops(leg, places))
            nodes |= {node.key: node for node in stops}
            mode = readable(leg.mode)
            ways += [maps.Leg(one.key, two.key, mode) for one, two in pairwise(stops)]
        return maps.supply_chain_map(_("The supply chain on the map"), list(nodes.values()), list(dict.fromkeys(ways)))

    def tables(self) -> list[c.Table]:
        names = self.names
        place = (c.Column(_("Name"), heads_row=True), c.Column(_("What it does")), c.Column(_("Where")))
        return [
            c.Table(
                _("Sites"),
                place,
                [c.Row((r.name, readable(r.use), f"{r.address}, {r.city}, {r.country}")) for r in self.sites],
            ),
            c.Table(
                _("Business partners"),
                (*place, c.Column(_("Trusted elsewhere as"))),
                [
                    c.Row((r.name, readable(r.does), _place(r), r.trusted_as or "-"))
                    for r in self.partners
                ],
            ),
            c.Table(
                _("Legs"),
                (
                    c.Column(_("From"), heads_row=True), c.Column(_("To")), c.Column(_("How")), c.Column(_("Carrier")),
                    c.Column(_("Port of lading")), c.Column(_("Port of unlading")),
                ),
                [
                    c.Row((names.get(r.origin, "-"), names.get(r.destination, "-"), readable(r.mode), r.carrier or "-",
                           port_name(r.port_of_lading), port_name(r.port_of_unlading)))
                    for r in self.legs
                ],
            ),
        ]  # fmt: skip


def _place(row: Partner) -> str:
    return ", ".join(part for part in (row.city, row.country) if part)


def _position(row: Site | Partner) -> Position | None:
    if row.latitude_e6 is not None and row.longitude_e6 is not None:
        return row.latitude_e6 / MILLION, row.longitude_e6 / MILLION
    city = find_city(row.city, row.country) if row.city else None
    return (city.latitude, city.longitude) if city else None


def _node(row: Site | Partner) -> maps.Node | None:
    where = _position(row)
    if where is None:
        return None
    kind = readable(row.use if isinstance(row, Site) else row.does)
    return maps.Node(str(row.series), row.name, kind, *where)


def _stops(leg: Leg, places: dict[UUID, maps.Node]) -> Iterator[maps.Node]:
    """Origin, ports and destination of a leg, as far as each can be placed; a port beside one of them is that place."""
    ends = [places[series] for series in (leg.origin, leg.destination) if series in places]
    if leg.origin in places:
        yield places[leg.origin]
    for code in (leg.port_of_lading, leg.port_of_unlading):
        port = _port(code) if code else None
        if port is not None and not any(_beside(port, end) for end in ends):
            yield port
    if leg.destination in places:
        yield places[leg.destination]


def _beside(one: maps.Node, two: maps.Node) -> bool:
    return abs(one.latitude - two.latitude) < BESIDE and abs(one.longitude - two.longitude) < BESIDE
