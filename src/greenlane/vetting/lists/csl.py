"""The Consolidated Screening List of Commerce, State and the Treasury, as CSV (6 USC 964(b))."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from greenlane.law.sentences import N_, Sentence
from greenlane.places.countries import fold
from greenlane.places.files import DOWNLOAD_AGAIN, Problems, Row, check_columns, inspect, read_rows
from greenlane.vetting.lists.dates import birth_date, parse_date
from greenlane.vetting.lists.entries import (
    US_STATES,
    Identifier,
    ListedName,
    ListEntry,
    ListFileRefused,
    ListImport,
    ListKind,
    ListWarning,
    NameKind,
    PartyType,
    country_or_raw,
    counts_of,
    unique,
)
from greenlane.vetting.lists.merging import Merged
from greenlane.vetting.lists.remarks import identifier_kind

_HEADER = (
    "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,"
    "standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,"
    "vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,"
    "places_of_birth,source_information_url,ids"
)
COLUMNS = _HEADER.split(",")
_TYPES = {
    "": PartyType.UNKNOWN,
    "individual": PartyType.PERSON,
    "entity": PartyType.ORGANISATION,
    "vessel": PartyType.VESSEL,
    "aircraft": PartyType.AIRCRAFT,
}
_SOURCE = re.compile(r"\((?P<code>[A-Z]{2,5})(?: List)?\)")
_KNOWN = frozenset({"SDN", "EL", "DPL", "SSI", "UVL", "ISN", "DTC", "PLC", "MEU", "CMIC", "MBS", "FSE", "CAP"})
_US_END = re.compile(rf", (?:{'|'.join(sorted(US_STATES))}), \d{{5}}(?:-\d{{4}})?$")
_SUCCESSORS = re.compile(r"[;,]?\s+and (?:any|its) (?:successors?|sub-units?)\b.*$", re.IGNORECASE)


def read_csl(files: Mapping[str, Path]) -> ListImport:
    """Read the one file, role 'list'. Raises ListFileRefused. A header that is repeated as a record is passed over."""
    problems, warnings, merged = Problems(ListFileRefused), list[ListWarning](), Merged()
    seen = inspect(files["list"], "list", problems)
    problems.refuse_if_any()
    assert seen is not None
    rows = read_rows(files["list"], "list", seen, problems)
    header = next(rows, None)
    if header is None or header.cells != COLUMNS:
        _wrong_header(header, problems)
    ids: dict[tuple[str, str], int] = {}
    count, unknown = 0, dict[str, None]()
    for row in rows if header and header.cells == COLUMNS else ():
        if row.cells == COLUMNS or not check_columns(row, len(COLUMNS), "list", seen, problems):
            continue
        count += 1
        cells = dict(zip(COLUMNS, (cell.strip() for cell in row.cells), strict=True))
        entry = _entry(cells, row, ids, problems)
        if entry is not None:
            merged.add(entry)
            if entry.list_code.removeprefix("CSL-") not in _KNOWN:
                unknown[cells["source"]] = None
    if not count and not problems.found:
        problems.add("list", 0, N_("The file holds no entry."), DOWNLOAD_AGAIN)
    problems.refuse_if_any()
    warnings += [
        ListWarning("new_list", Sentence(N_("The file has a list that is new here: %(source)s."), {"source": source}))
        for source in unknown
    ]
    entries = merged.entries()
    return ListImport(
        ListKind.CSL, "CSL", entries, counts_of(entries, {"list": count}), {"list": seen.sha256}, None, tuple(warnings)
    )


def _wrong_header(header: Row | None, problems: Problems) -> None:
    found = header.cells if header else []
    missing = ", ".join(name for name in COLUMNS if name not in found) or "-"
    extra = ", ".join(name[:40] for name in found if name not in COLUMNS) or "-"
    what = N_("The first line is not the header of the list. Missing: %(missing)s. Not expected: %(extra)s.")
    mend = N_("Download the CSV file of the Consolidated Screening List and import it as it is.")
    problems.add("list", 1, what, mend, missing=missing, extra=extra[:400])


def _entry(cells: dict[str, str], row: Row, ids: dict[tuple[str, str], int], problems: Problems) -> ListEntry | None:
    before = problems.found
    source = _SOURCE.search(cells["source"].replace("NS-MBS", "MBS"))
    name, dropped = _without_successors(cells["name"])
    if source is None:
        what = N_("The source %(text)s names no list by its letters in brackets.")
        problems.add("list", row.line, what, DOWNLOAD_AGAIN, text=repr(cells["source"]))
    if not name:
        problems.add("list", row.line, N_("The entry has no name."), DOWNLOAD_AGAIN)
    if cells["type"].lower() not in _TYPES:
        what = N_("The type %(text)s is none of Individual, Entity, Vessel and Aircraft.")
        problems.add("list", row.line, what, DOWNLOAD_AGAIN, text=repr(cells["type"]))
    first = ids.setdefault((cells["source"], cells["_id"]), row.line)
    if first != row.line:
        what = N_("The entry %(key)s of this source stands on line %(line)d already.")
        problems.add("list", row.line, what, DOWNLOAD_AGAIN, key=cells["_id"], line=first)
    if source is None or problems.found > before:
        return None
    return _listed(cells, source["code"], name, dropped)


def _without_successors(name: str) -> tuple[str, str]:
    match = _SUCCESSORS.search(name)
    return (name[: match.start()].strip(), match.group().strip(" ;,")) if match else (name, "")


def _listed(cells: dict[str, str], code: str, name: str, dropped: str) -> ListEntry:
    addresses = _parts(cells["addresses"])
    numbers, other = _identifiers(cells)
    countries = [_last_country(address) for address in addresses]
    countries += [
        country_or_raw(part) for column in ("citizenships", "nationalities") for part in _parts(cells[column])
    ]
    countries.append(country_or_raw(cells["vessel_flag"]))
    names = [ListedName(name, NameKind.PRIMARY)]
    names += [ListedName(_without_successors(alias)[0], NameKind.ALIAS) for alias in _parts(cells["alt_names"])]
    started = parse_date(cells["start_date"])
    key = cells["entity_number"] or _stable_key(name, cells["start_date"], cells["federal_register_notice"])
    said = (
        cells["title"],
        cells["remarks"],
        dropped,
        f"Vessel type: {cells['vessel_type']}" if cells["vessel_type"] else "",
        f"Vessel owner: {cells['vessel_owner']}" if cells["vessel_owner"] else "",
        f"Federal Register: {cells['federal_register_notice']}" if cells["federal_register_notice"] else "",
        f"Ends: {cells['end_date']}" if cells["end_date"] else "",
        cells["license_requirement"],
        cells["license_policy"],
        "; ".join(other),
    )
    return ListEntry(
        f"CSL-{code}",
        f"{code}:{key}",
        _TYPES[cells["type"].lower()],
        unique(listed for listed in names if listed.text),
        unique(country for country in countries if country),
        unique(addresses),
        unique(birth_date(text) for text in _parts(cells["dates_of_birth"])),
        unique(numbers),
        unique(_parts(cells["programs"])),
        "; ".join(text for text in said if text),
        started,
    )


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _last_country(address: str) -> str:
    """The list writes the two-letter code of the country last in each address, but leaves it out of many in the US."""
    code = address.rsplit(",", 1)[-1].strip()
    if _US_END.search(address):
        return "US"
    return country_or_raw(code) if re.fullmatch(r"[A-Z]{2}", code) else ""


def _identifiers(cells: dict[str, str]) -> tuple[list[Identifier], list[str]]:
    """Numbers by which a party is known, and the other facts that the list keeps in the same column."""
    numbers = [Identifier("call_sign", cells["call_sign"])] if cells["call_sign"] else []
    other = []
    for part in _parts(cells["ids"]):
        label, *rest = [piece.strip() for piece in part.split(",")]
        kind = identifier_kind(label)
        if label == "Vessel Registration Identification":
            kind, rest = "imo", [piece.removeprefix("IMO").strip() for piece in rest]
        if kind and rest:
            country = country_or_raw(rest[-1]) if len(rest) > 1 and re.fullmatch(r"[A-Z]{2}", rest[-1]) else ""
            numbers.append(Identifier(kind, ", ".join(rest[:-1] if country else rest), country))
        else:
            other.append(part)
    return numbers, other


def _stable_key(name: str, start_date: str, notice: str) -> str:
    """Name and start date, else name and notice: the file's own _id changes with every detail of the record."""
    return hashlib.sha256(f"{fold(name)}|{start_date or fold(notice)}".encode()).hexdigest()[:20]
