"""Seaports of the World Port Index (NGA Pub. 150): importer and shipped table (loading, discharge, 6 USC 963(1))."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path

from greenlane.law.sentences import N_, Sentence
from greenlane.places.countries import resolve_country
from greenlane.places.files import FileRefused, Inspected, Problems, Row, check_columns, inspect, read_rows
from greenlane.places.unlocode import NotAnUnLocode, UnLocode

_COLUMNS = {
    "World Port Index Number": "wpi_number",
    "Main Port Name": "name",
    "Alternate Port Name": "alternate_name",
    "UN/LOCODE": "unlocode",
    "Country Code": "country",
    "Latitude": "latitude",
    "Longitude": "longitude",
    "Harbor Size": "harbor_size",
    "Harbor Type": "harbor_type",
    "First Port of Entry": "first_port_of_entry",
}
_FILE = "world_port_index"
_NUMBER = re.compile(r"^[0-9]+(\.[0-9]+)?$")
# Two rows with one number are one port given twice when they lie closer than this; farther apart, one number is wrong.
_SAME_PORT_KM = 25.0


@dataclass(frozen=True)
class Port:
    """One port: number (digits, seldom a fraction), ISO alpha-2 country, decimal degrees (WGS 84).

    ``harbor_size``, ``harbor_type`` and ``first_port_of_entry`` are the publisher's words, empty where it gives none.
    """

    wpi_number: str
    name: str
    alternate_name: str
    unlocode: str | None
    country: str
    latitude: float
    longitude: float
    harbor_size: str = ""
    harbor_type: str = ""
    first_port_of_entry: str = ""


@dataclass(frozen=True)
class PortImport:
    """A whole import: ports by number, counts in all and by harbour size, the file's SHA-256, warnings."""

    ports: tuple[Port, ...]
    counts: Mapping[str, int]
    sha256: str
    warnings: tuple[Sentence, ...]


def read_world_port_index(path: Path) -> PortImport:
    """Read the publisher's CSV (UpdatedPub150.csv), all or nothing. Raises FileRefused with every problem by line.

    The publisher's own small slips are mended and said in ``warnings``: a port given twice, a blank country beside a
    valid UN/LOCODE, a malformed UN/LOCODE.
    """
    problems, warnings = Problems(), list[Sentence]()
    inspected = inspect(path, _FILE, problems)
    problems.refuse_if_any()
    assert inspected is not None
    ports: dict[str, Port] = {}
    for cells, row in _records(path, inspected, problems):
        port = _port(cells, row, problems, warnings)
        if port is not None:
            _keep(port, row, ports, problems, warnings)
    if not ports and not problems.found:
        problems.add(_FILE, 0, N_("The file holds no port."), N_("Download the whole World Port Index and import it."))
    problems.refuse_if_any()
    kept = tuple(ports[number] for number in sorted(ports, key=float))
    counts = Counter(port.harbor_size or "Not given" for port in kept)
    return PortImport(kept, {"ports": len(kept), **dict(sorted(counts.items()))}, inspected.sha256, tuple(warnings))


def _records(path: Path, inspected: Inspected, problems: Problems) -> list[tuple[dict[str, str], Row]]:
    rows = read_rows(path, _FILE, inspected, problems)
    header = next(rows, None)
    missing = sorted(set(_COLUMNS) - set(header.cells if header else ()))
    if header is None or missing:
        what = N_("The first line is not the header of the World Port Index; these columns are missing: %(missing)s.")
        mend = N_("Export the index as CSV from the publisher's site, with all columns and their English headings.")
        problems.add(_FILE, 1, what, mend, missing=", ".join(missing))
        return []
    found = []
    for row in rows:
        if check_columns(row, len(header.cells), _FILE, inspected, problems):
            cells = dict(zip(header.cells, (cell.strip() for cell in row.cells), strict=True))
            found.append(({_COLUMNS[name]: cells[name] for name in _COLUMNS}, row))
    return found


def _port(cells: dict[str, str], row: Row, problems: Problems, warnings: list[Sentence]) -> Port | None:
    before = problems.found
    correct = N_("Correct the line at the publisher, or import an edition without the fault.")
    if not _NUMBER.match(cells["wpi_number"]):
        what = N_("The World Port Index number is %(text)s, not a number.")
        problems.add(_FILE, row.line, what, correct, text=repr(cells["wpi_number"]))
    if not cells["name"]:
        problems.add(_FILE, row.line, N_("The port has no name."), correct)
    latitude = _degrees(cells["latitude"], 90, "Latitude", row, problems)
    longitude = _degrees(cells["longitude"], 180, "Longitude", row, problems)
    unlocode = _unlocode(cells["unlocode"], row, warnings)
    country = resolve_country(cells["country"]) if cells["country"] else None
    if country is None and not cells["country"] and unlocode and resolve_country(unlocode[:2]):
        country = unlocode[:2]
        text = N_("Line %(line)d gives no country for %(name)s; it was taken from the UN/LOCODE %(code)s.")
        warnings.append(Sentence(text, {"line": row.line, "name": cells["name"], "code": unlocode}))
    elif country is None:
        what = N_("The country %(text)s is not known.")
        problems.add(_FILE, row.line, what, correct, text=repr(cells["country"]))
    if problems.found > before:
        return None
    return Port(
        cells["wpi_number"],
        cells["name"],
        cells["alternate_name"],
        unlocode,
        country or "",
        latitude,
        longitude,
        cells["harbor_size"],
        cells["harbor_type"],
        cells["first_port_of_entry"],
    )


def _degrees(text: str, most: int, column: str, row: Row, problems: Problems) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not -most <= value <= most:
        what = N_("%(column)s is %(text)s, not a number of degrees between -%(most)d and %(most)d.")
        mend = N_("Write the position in decimal degrees, for example 33.75.")
        problems.add(_FILE, row.line, what, mend, column=column, text=repr(text), most=most)
    return value


def _unlocode(text: str, row: Row, warnings: list[Sentence]) -> str | None:
    if not text:
        return None
    try:
        return UnLocode.parse(text).code
    except NotAnUnLocode:
        what = N_("Line %(line)d has %(text)s where a UN/LOCODE should be; the port is kept without one.")
        warnings.append(Sentence(what, {"line": row.line, "text": repr(text)}))
        return None


def _keep(port: Port, row: Row, ports: dict[str, Port], problems: Problems, warnings: list[Sentence]) -> None:
    first = ports.get(port.wpi_number)
    if first is None:
        ports[port.wpi_number] = port
        return
    if first.country != port.country or _kilometres(first, port) > _SAME_PORT_KM:
        what = N_("The number %(number)s of %(name)s already stands for %(other)s.")
        mend = N_("Each port has one number of its own; correct one of the two lines.")
        problems.add(_FILE, row.line, what, mend, number=port.wpi_number, name=port.name, other=first.name)
        return
    other_names = [first.alternate_name, port.name if port.name != first.name else "", port.alternate_name]
    ports[port.wpi_number] = replace(
        first,
        alternate_name="; ".join(dict.fromkeys(name for name in other_names if name)),
        unlocode=first.unlocode or port.unlocode,
    )
    what = N_("Line %(line)d gives port %(number)s (%(name)s) a second time; the first was kept, with both names.")
    warnings.append(Sentence(what, {"line": row.line, "number": port.wpi_number, "name": port.name}))


def _kilometres(one: Port, two: Port) -> float:
    """Great-circle distance (haversine, mean earth radius 6,371 km)."""
    phi1, phi2 = math.radians(one.latitude), math.radians(two.latitude)
    d_phi, d_lambda = phi2 - phi1, math.radians(two.longitude - one.longitude)
    a = math.sin(d_phi / 2) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(d_lambda / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(a))


@cache
def shipped_ports() -> tuple[Port, ...]:
    """The ports of the compact table that ships with the package, by number (see data/SOURCES.md)."""
    text = resources.files("greenlane.places.data").joinpath("ports.csv").read_text(encoding="utf-8")
    return tuple(
        Port(
            row["wpi_number"],
            row["name"],
            row["alternate_name"],
            row["unlocode"] or None,
            row["country"],
            float(row["latitude"]),
            float(row["longitude"]),
            row["harbor_size"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def ports_in(country: str) -> tuple[Port, ...]:
    """The shipped ports of a country (alpha-2)."""
    return tuple(port for port in shipped_ports() if port.country == country.upper())


def find_port(unlocode: str) -> Port | None:
    """The first shipped port with this UN/LOCODE ('USLAX', 'us lax'), or None. Raises NotAnUnLocode."""
    wanted = UnLocode.parse(unlocode).code
    return _by_unlocode().get(wanted)


@cache
def _by_unlocode() -> dict[str, Port]:
    index: dict[str, Port] = {}
    for port in shipped_ports():
        if port.unlocode:
            index.setdefault(port.unlocode, port)
    return index


__all__ = ["FileRefused", "Port", "PortImport", "find_port", "ports_in", "read_world_port_index", "shipped_ports"]
