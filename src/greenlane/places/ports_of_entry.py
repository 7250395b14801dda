"""United States ports of entry by their Schedule D code (where cargo is entered, 6 USC 964(a), 965(b))."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

_CODE = re.compile(r"^\d{4}$")


class UnknownPortOfEntry(KeyError):
    """No port of entry in the shipped table has this code."""


@dataclass(frozen=True, order=True)
class PortOfEntry:
    """A port of entry: four-digit Schedule D code, name, state or territory, and the modes it mainly serves."""

    code: str
    name: str
    state: str
    modes: tuple[str, ...]


@cache
def ports_of_entry() -> tuple[PortOfEntry, ...]:
    """The shipped ports of entry, by code: a selection of the largest, not all of Schedule D (see data/SOURCES.md)."""
    text = resources.files("greenlane.places.data").joinpath("us_ports_of_entry.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(sorted(PortOfEntry(r["code"], r["name"], r["state"], tuple(r["modes"].split())) for r in rows))


def is_schedule_d_form(code: str) -> bool:
    """True when *code* has the form of a Schedule D code: four digits, of which the first two are the district."""
    return bool(_CODE.match(code))


def port_of_entry(code: str) -> PortOfEntry:
    """The port of entry with this Schedule D code. Raises UnknownPortOfEntry."""
    for port in ports_of_entry():
        if port.code == code.strip():
            return port
    raise UnknownPortOfEntry(f"{code!r} is not in the table of ports of entry; write four digits, for example 2704")
