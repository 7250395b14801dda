"""What an official list says of a party, in one form for all lists (background investigation, 6 USC 964(b))."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from greenlane.law.sentences import Sentence
from greenlane.places.countries import resolve_country
from greenlane.places.files import FileRefused, Problem

T = TypeVar("T")

__all__ = [
    "BirthDate",
    "Identifier",
    "ListEntry",
    "ListFile",
    "ListFileRefused",
    "ListImport",
    "ListKind",
    "ListedName",
]
__all__ += [
    "US_STATES",
    "ListWarning",
    "NameKind",
    "PartyType",
    "Problem",
    "canonical_json",
    "country_or_raw",
    "unique",
]


class PartyType(StrEnum):
    """What a party is; ``unknown`` where a list does not say, and then it is compared with every type."""

    PERSON = "person"
    ORGANISATION = "organisation"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    UNKNOWN = "unknown"


class NameKind(StrEnum):
    """How firmly a list gives a name; a weak alias is broad or generic and is not meant to be screened alone."""

    PRIMARY = "primary"
    ALIAS = "alias"
    WEAK_ALIAS = "weak_alias"
    ORIGINAL_SCRIPT = "original_script"


class ListKind(StrEnum):
    """The official file formats that are read."""

    OFAC_SDN = "ofac_sdn"
    OFAC_CONSOLIDATED = "ofac_consolidated"
    CSL = "csl"
    BIS_DPL = "bis_dpl"
    UN_CONSOLIDATED = "un_consolidated"


class ListFileRefused(FileRefused):
    """Nothing was taken from the list's files; ``problems`` says why, by file and line."""


@dataclass(frozen=True)
class ListFile:
    """One file of a list: its role ('primary', 'alt', 'add', 'comments' or 'list') and where it is."""

    role: str
    path: Path


@dataclass(frozen=True)
class ListedName:
    """One name, as the list writes it, and its kind."""

    text: str
    kind: NameKind


@dataclass(frozen=True)
class BirthDate:
    """A date of birth as given, and the first and last year it can mean; ``exact`` when the list gives the day."""

    text: str
    first_year: int | None
    last_year: int | None
    exact: date | None = None


@dataclass(frozen=True)
class Identifier:
    """A number that names one party: a kind ('passport', 'tax', 'imo' …), the value, the issuing country or ''."""

    kind: str
    value: str
    country: str = ""


@dataclass(frozen=True)
class ListEntry:
    """One listed party. ``countries`` are ISO alpha-2, or the list's own words where they name no country.

    ``fingerprint`` is the SHA-256 of the canonical JSON of every other field: it changes when, and only when, they do.
    """

    list_code: str
    entry_key: str
    party_type: PartyType
    names: tuple[ListedName, ...]
    countries: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    birth_dates: tuple[BirthDate, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    programmes: tuple[str, ...] = ()
    remarks: str = ""
    listed_on: date | None = None
    fingerprint: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        facts = {name: value for name, value in asdict(self).items() if name != "fingerprint"}
        object.__setattr__(self, "fingerprint", hashlib.sha256(canonical_json(facts).encode()).hexdigest())

    @property
    def primary_name(self) -> str:
        """The name under which the list enters the party."""
        return self.names[0].text


@dataclass(frozen=True)
class ListWarning:
    """Something to know about an import; with ``needs_acceptance`` a person must accept it before the list is used."""

    code: str
    sentence: Sentence
    needs_acceptance: bool = False


@dataclass(frozen=True)
class ListImport:
    """A list read whole. ``counts`` has 'rows' by role, 'types' of parties, 'names' by kind, 'lists' by list code.

    ``sha256`` is by role; ``published_on`` is the publisher's date where the file itself states one.
    """

    kind: ListKind
    list_code: str
    entries: tuple[ListEntry, ...]
    counts: Mapping[str, Mapping[str, int]]
    sha256: Mapping[str, str]
    published_on: date | None
    warnings: tuple[ListWarning, ...]


def canonical_json(value: Any) -> str:
    """JSON with sorted keys, no spaces and dates in ISO form, so that equal facts give equal text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")


def counts_of(entries: Iterable[ListEntry], rows: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """The counts of an import: rows by role, parties by type, names by kind, entries by list."""
    types, names, lists = Counter[str](), Counter[str](), Counter[str]()
    for entry in entries:
        types[str(entry.party_type)] += 1
        lists[entry.list_code] += 1
        names.update(str(name.kind) for name in entry.names)
    ordered = ((k, dict(sorted(v.items()))) for k, v in (("types", types), ("names", names), ("lists", lists)))
    return {"rows": dict(rows), **dict(ordered)}


def unique(values: Iterable[T]) -> tuple[T, ...]:
    """The values without repeats, in the order in which they first came."""
    return tuple(dict.fromkeys(values))


# Postal abbreviations, by which addresses in the United States are known where a list leaves the country blank.
_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA PR RI SC SD TN TX UT VT VA WA WV WI WY"
)
US_STATES = frozenset(_STATES.split())

_NOT_A_COUNTRY = frozenset({"", "-0-", "undetermined", "none identified", "unknown", "na"})


def country_or_raw(text: str) -> str:
    """ISO alpha-2 where *text* names a country (also behind 'Region: '), '' where it says nothing, else the text."""
    text = text.strip()
    if text.lower() in _NOT_A_COUNTRY:
        return ""
    return resolve_country(text.removeprefix("Region: ")) or text
