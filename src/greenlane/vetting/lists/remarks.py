"""The Remarks of OFAC files, which hold birth dates, nationalities, numbers and weak aliases (6 USC 964(b))."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from greenlane.vetting.lists.dates import birth_date
from greenlane.vetting.lists.entries import BirthDate, Identifier, ListedName, NameKind, country_or_raw

# How OFAC introduces a number, and the kind under which it is compared. Longer beginnings stand first.
_KINDS: tuple[tuple[str, str], ...] = (
    ("Vessel Registration Identification IMO", "imo"),
    ("Identification Number IMO", "imo"),
    ("Company Number IMO", "imo_company"),
    ("Aircraft Manufacturer's Serial Number (MSN)", "aircraft_serial"),
    ("Aircraft Tail Number", "aircraft_tail"),
    ("MMSI", "mmsi"),
    ("Passport", "passport"),
    ("National ID No.", "national_id"),
    ("National Foreign ID Number", "national_id"),
    ("Cedula No.", "national_id"),
    ("C.U.R.P.", "national_id"),
    ("D.N.I.", "national_id"),
    ("Identification Number", "national_id"),
    ("SSN", "national_id"),
    ("Driver's License No.", "driving_licence"),
    ("Tax ID No.", "tax"),
    ("V.A.T. Number", "tax"),
    ("NIT #", "tax"),
    ("RUC #", "tax"),
    ("RIF #", "tax"),
    ("R.F.C.", "tax"),
    ("C.U.I.T.", "tax"),
    ("Unified Social Credit Code (USCC)", "registration"),
    ("Business Registration Document #", "registration"),
    ("Business Registration Number", "registration"),
    ("Commercial Registry Number", "registration"),
    ("Government Gazette Number", "registration"),
    ("Matricula Mercantil No", "registration"),
    ("Folio Mercantil No.", "registration"),
    ("Registration Number", "registration"),
    ("Registration ID", "registration"),
    ("Company Number", "registration"),
    ("Enterprise Number", "registration"),
    ("Trade License No.", "registration"),
    ("Chamber of Commerce Number", "registration"),
    ("C.R. No.", "registration"),
    ("Legal Entity Number", "lei"),
    ("D-U-N-S Number", "duns"),
    ("SWIFT/BIC", "swift"),
    ("Digital Currency Address -", "digital_currency"),
)
_NUMBER_END = re.compile(r"^(?P<value>.+?)(?:\s+\((?P<country>[^()]*)\))?(?:\s+(?:issued|expires)\s.*)?$")
_WEAK = re.compile(r"^[afn]\.k\.a\. '(?P<name>.+)'$")
_TIE = re.compile(r"^(?:nationality|citizen)\s+(?P<country>.+)$")


@dataclass
class RemarkFacts:
    """What could be read out of one entry's remarks."""

    birth_dates: list[BirthDate] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    weak_names: list[ListedName] = field(default_factory=list)


def identifier_kind(label: str) -> str | None:
    """The kind under which a number with this label is compared ('Tax ID No.' is 'tax'), or None for any other."""
    for beginning, kind in _KINDS:
        if label.startswith(beginning):
            return kind
    return None


def _identifier(part: str) -> Identifier | None:
    for beginning, kind in _KINDS:
        if part.startswith(beginning + " "):
            match = _NUMBER_END.match(part[len(beginning) :].strip())
            if match:
                return Identifier(kind, match.group("value").strip(), country_or_raw(match.group("country") or ""))
    return None


def read_remarks(remarks: str) -> RemarkFacts:
    """Read the facts out of *remarks*; what is not understood is left in the text, which the entry keeps whole."""
    facts = RemarkFacts()
    for part in remarks.strip().removesuffix(".").split(";"):
        part = part.strip().removeprefix("alt. ")
        if match := _WEAK.match(part):
            facts.weak_names.append(ListedName(match.group("name").strip(), NameKind.WEAK_ALIAS))
        elif part.startswith("DOB "):
            facts.birth_dates.append(birth_date(part[4:]))
        elif match := _TIE.match(part):
            facts.countries.append(country_or_raw(match.group("country").removeprefix("possibly ")))
        elif number := _identifier(part):
            facts.identifiers.append(number)
    return facts
