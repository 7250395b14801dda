"""The Denied Persons List of the Bureau of Industry and Security, tab separated (6 USC 964(b))."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from greenlane.law.sentences import N_
from greenlane.places.countries import fold
from greenlane.places.files import DOWNLOAD_AGAIN, Problems, Row, check_columns, inspect, read_rows
from greenlane.vetting.lists.dates import parse_date
from greenlane.vetting.lists.entries import (
    US_STATES,
    ListedName,
    ListEntry,
    ListFileRefused,
    ListImport,
    ListKind,
    NameKind,
    PartyType,
    country_or_raw,
    counts_of,
)
from greenlane.vetting.lists.merging import Merged

_HEADER = (
    "Name,Street_Address,City,State,Country,Postal_Code,Effective_Date,Expiration_Date,Standard_Order,Last_Update,Action,"
    "FR_Citation"
)
COLUMNS = _HEADER.split(",")


def read_denied_persons(files: Mapping[str, Path]) -> ListImport:
    """Read the one file, role 'list'. Raises ListFileRefused. One order with several addresses is one entry."""
    problems, merged = Problems(ListFileRefused), Merged()
    seen = inspect(files["list"], "list", problems, latin_1=True)
    problems.refuse_if_any()
    assert seen is not None
    rows = read_rows(files["list"], "list", seen, problems, delimiter="\t")
    header = next(rows, None)
    if header is None or header.cells != COLUMNS:
        what = N_("The first line is not the header of the Denied Persons List (%(expected)s, with tabs between).")
        mend = N_("Download dpl.txt from the Bureau of Industry and Security and import it as it is.")
        problems.add("list", 1, what, mend, expected=", ".join(COLUMNS))
        problems.refuse_if_any()
    count = 0
    for row in rows:
        if check_columns(row, len(COLUMNS), "list", seen, problems):
            count += 1
            entry = _entry(dict(zip(COLUMNS, (cell.strip() for cell in row.cells), strict=True)), row, problems)
            if entry is not None:
                merged.add(entry)
    if not count and not problems.found:
        problems.add("list", 0, N_("The file holds no entry."), DOWNLOAD_AGAIN)
    problems.refuse_if_any()
    entries, sha256 = merged.entries(), {"list": seen.sha256}
    return ListImport(ListKind.BIS_DPL, "BIS-DPL", entries, counts_of(entries, {"list": count}), sha256, None, ())


def _entry(cells: dict[str, str], row: Row, problems: Problems) -> ListEntry | None:
    before = problems.found
    effective = parse_date(cells["Effective_Date"])
    if not cells["Name"]:
        problems.add("list", row.line, N_("The entry has no name."), DOWNLOAD_AGAIN)
    if effective is None:
        what = N_("The effective date is %(text)s, not a date written month/day/year.")
        problems.add("list", row.line, what, DOWNLOAD_AGAIN, text=repr(cells["Effective_Date"]))
    if effective is None or problems.found > before:
        return None
    country = country_or_raw(cells["Country"])
    if not country and cells["State"] in US_STATES:
        country = "US"  # the list leaves the country of many addresses in the United States blank
    address = [cells[name] for name in ("Street_Address", "City", "State", "Postal_Code", "Country") if cells[name]]
    said = (
        f"Expires: {cells['Expiration_Date']}" if cells["Expiration_Date"] else "",
        f"Standard order: {cells['Standard_Order']}" if cells["Standard_Order"] else "",
        f"Action: {cells['Action']}" if cells["Action"] else "",
        f"Federal Register: {cells['FR_Citation']}" if cells["FR_Citation"] else "",
    )
    return ListEntry(
        "BIS-DPL",
        hashlib.sha256(f"{fold(cells['Name'])}|{effective.isoformat()}".encode()).hexdigest()[:20],
        PartyType.UNKNOWN,
        (ListedName(" ".join(cells["Name"].split()), NameKind.PRIMARY),),
        (country,) if country else (),
        (", ".join(address),) if address else (),
        programmes=("DPL",),
        remarks="; ".join(text for text in said if text),
        listed_on=effective,
    )
