"""What the columns of a file of names are called, forgivingly, and which of them it has (964(b))."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from greenlane.law.sentences import N_
from greenlane.places.countries import fold
from greenlane.vetting.naming.problems import NamesRefused, Problem, problem, shown

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "party id", "party key", "record id", "customer id", "client id", "supplier id", "vendor id",
           "reference", "ref", "key"),
    "name": ("name", "names", "party name", "full name", "legal name", "company", "company name", "entity",
             "entity name", "organisation name", "organization name", "business name", "customer name", "client name",
             "supplier name", "vendor name", "vessel name", "primary name"),
    "given_names": ("given names", "given name", "first name", "first names", "forename", "forenames"),
    "middle_names": ("middle names", "middle name"),
    "family_name": ("family name", "last name", "surname"),
    "other_names": ("other names", "other name", "alias", "aliases", "alternative names", "aka", "also known as",
                    "trade name", "trading name", "trading as", "dba", "doing business as", "former name",
                    "former names", "local name", "native name", "original name", "name in original script"),
    "type": ("type", "party type", "entity type", "kind"),
    "role": ("role", "capacity", "relationship"),
    "country": ("country", "countries", "country code", "iso country", "nationality", "citizenship",
                "country of residence", "country of incorporation", "country of registration"),
    "birth_date": ("birth date", "birthdate", "date of birth", "dob", "born", "born on", "founded", "founding date",
                   "date of incorporation", "incorporation date"),
    "identifier": ("identifier", "identifiers", "ids", "id number", "id numbers", "numbers"),
    "address": ("address", "addresses", "full address", "registered address", "street address", "postal address"),
}  # fmt: skip
"""Field → the headings by which it is known; letter case, accents, signs and spaces do not count."""

NUMBER_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "imo": ("imo", "imo number", "imo no"),
    "imo_company": ("imo company", "imo company number"),
    "mmsi": ("mmsi", "mmsi number"),
    "call_sign": ("call sign",),
    "aircraft_serial": ("aircraft serial", "aircraft serial number", "msn"),
    "aircraft_tail": ("aircraft tail", "tail number", "aircraft registration"),
    "passport": ("passport", "passport number", "passport no"),
    "national_id": ("national id", "national id number", "identity card", "cedula", "ssn"),
    "driving_licence": ("driving licence", "driving license", "drivers license"),
    "tax": ("tax", "tax id", "tax number", "tin", "vat", "vat number", "ein"),
    "registration": ("registration", "registration number", "registration no", "company number",
                     "company registration number", "commercial registry number", "uscc"),
    "lei": ("lei", "legal entity identifier"),
    "duns": ("duns", "duns number", "d u n s", "d u n s number"),
    "swift": ("swift", "bic", "swift bic"),
}  # fmt: skip
"""Kind of number → headings of columns that hold only such numbers."""
MANY = frozenset({"other_names", "country", "identifier", "address"})
"""Fields that take several values, and so several columns too."""

_FIELDS = {heading: name for name, headings in HEADINGS.items() for heading in (name.replace("_", " "), *headings)}
_NUMBERS = {heading: kind for kind, headings in NUMBER_HEADINGS.items() for heading in headings}
_COUNTED = re.compile(r" ?\d$")


@dataclass(frozen=True)
class Columns:
    """What each heading stands for: a field, or 'number:KIND'; headings that are not used are left out of ``known``."""

    headings: tuple[str, ...]
    known: Mapping[str, str]

    @property
    def unused(self) -> tuple[str, ...]:
        return tuple(shown(heading) for heading in self.headings if heading.strip() and heading not in self.known)


def field_of(heading: str) -> str | None:
    """The field that a heading stands for ('number:imo' for a column of numbers), or None."""
    plain = fold(heading[:100])
    for form in (plain, _COUNTED.sub("", plain)):  # 'Address 2', 'alias1'
        if form in _FIELDS:
            return _FIELDS[form]
        if form in _NUMBERS:
            return f"number:{_NUMBERS[form]}"
    return None


def columns_of(headings: Sequence[str], line: int = 0, *, of_object: bool = False) -> Columns:
    """The columns of a file, or the fields of an object. Raises NamesRefused: no name among them, or two contend."""
    fields = {heading: found for heading in headings if (found := field_of(heading))}
    columns = Columns(tuple(headings), fields)
    if not {"name", "family_name"} & set(fields.values()):
        raise NamesRefused([_no_field(columns, line) if of_object else _no_name(columns, line)])
    if twice := list(_contending(headings, fields, line)):
        raise NamesRefused(twice)
    return columns


def _no_name(columns: Columns, line: int) -> Problem:
    return problem(
        N_("No column is called 'name'. The first line reads: %(first)s."),
        N_("Let the first line name the columns, one of them 'name': name,type,country."),
        line=line,
        first=shown(" | ".join(columns.headings), 120) or "-",
    )


def _no_field(columns: Columns, line: int) -> Problem:
    return problem(
        N_("No field is called 'name'. The fields are: %(fields)s."),
        N_("Write the name into the field 'name'."),
        line=line,
        fields=shown(" | ".join(columns.headings), 120) or "-",
    )


def _contending(headings: Iterable[str], fields: Mapping[str, str], line: int) -> Iterable[Problem]:
    seen: dict[str, str] = {}
    for heading in headings:
        name = fields.get(heading, "")
        if name in seen and name not in MANY and not name.startswith("number:"):
            yield problem(
                N_("The columns '%(one)s' and '%(other)s' are both the %(known)s."),
                N_("Leave one of them, or call the others 'other names'."),
                line=line,
                field=name,
                known=name.replace("_", " "),
                one=shown(seen[name]),
                other=shown(heading),
            )
        if name:
            seen[name] = heading
