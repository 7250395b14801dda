"""Cargo release filings in records of 80 columns (SE), with the agencies' message set: read into entries, and written.

Positions: ``layouts``. Which facts are public and which choices are ours: docs/reference/release-formats.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import BinaryIO

from greenlane.law.sentences import N_
from greenlane.release.engine.entries import CargoEntry
from greenlane.release.engine.problems import Problem, problem
from greenlane.release.engine.versions import PolicyVersion
from greenlane.release.formats.fixed import Record, read_record, write_record
from greenlane.release.formats.layouts import LAYOUTS
from greenlane.release.formats.reading import Read, checked
from greenlane.release.formats.transactions import Line, grouped

MODE_OF = {"1": "sea", "2": "rail", "3": "truck", "4": "air", "5": "parcel", "6": "other", "7": "other"}
"""The mode of an entry, by the first digit of its mode of transportation code."""
CODE_OF = {"sea": "11", "rail": "21", "truck": "30", "air": "40", "parcel": "50", "other": "60"}
STILL_IN_AUTHORITY = ("", "C", "D")
"""Disclaimers that leave the agency its say: none, data given by other means, data given on paper."""
MAKER = "MF"
WITHDRAWS = "D"
FOLLOWS = {"SE50": "SE40", "SE60": "SE40", "OI": "SE60", "PG01": "OI", "PG02": "PG01"}
"""What must have come before a record, in the same line of the entry."""
UNREAD = re.compile(r"(PG\d\d|SF\d\d|SE41|SE61)")
"""Records of the filing that no rule reads: agencies' data whose positions are not kept here, security filings."""

ERRORS = {
    "P01": "MISSING PARENT OI RECORD",
    "P02": "MISSING OI PGA LINE ITEM DESCRIPTION",
    "P03": "MISSING PG01 RECORD",
    "P04": "MISSING PGA LINE NUMBER",
    "P05": "MISSING GOVERNMENT AGENCY CODE",
    "P06": "MISSING OR INVALID GOVT AGENCY PROG CODE",
    "P07": "INVALID ITEM TYPE",
    "P10": "MISSING SOURCE TYPE CODE",
    "P12": "MISSING ENTITY ROLE CODE",
}
"""Codes of the published dictionary of errors for what is found here."""
ERROR_OF = {
    "PG01": "P01",
    "OI description": "P02",
    "PG02": "P03",
    "PG01 line": "P04",
    "PG01 agency": "P05",
    "PG01 program": "P06",
    "PG02 item_kind": "P07",
    "PG06 source_kind": "P10",
    "PG19 role": "P12",
}


def error_code(one: Problem) -> str:
    """The code of the published dictionary (``ERRORS``) for a problem with a record; '' when it has none."""
    return ERROR_OF.get(one.field, "")


@dataclass
class _Filing:
    """What the records of one entry say so far."""

    header: Record | None = None
    carrier: str = ""
    origins: list[str] = field(default_factory=list)
    tariffs: list[str] = field(default_factory=list)
    header_maker: str = ""
    makers: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)

    def take(self, record: Record) -> None:
        """Add a record."""
        tag = record.tag
        if tag == "SE10":
            self.header = record
        elif tag == "SE16":
            self.carrier = record["carrier"]
        elif tag == "SE15":
            self.carrier = self.carrier or record["issuer"]
        elif tag == "SE30" and record["role"] == MAKER:
            self.header_maker = record["identifier"]
        elif tag == "SE40":
            self.origins.append(record["origin"])
            self.makers.append("")
        elif tag == "SE50" and record["role"] == MAKER:
            self.makers[-1] = record["identifier"]
        elif tag == "SE60":
            self.tariffs.append(record["tariff"])
        elif tag == "PG01" and record["disclaimer"] in STILL_IN_AUTHORITY and record["agency"] not in self.agencies:
            self.agencies.append(record["agency"])

    def entry(self, header: Record, received_at: datetime, advance_data: bool) -> CargoEntry:
        """The entry that the records make."""
        headings = {one[:4] for one in self.tariffs}
        return CargoEntry(
            entry_number=number_of(header),
            filed_at=received_at,
            importer=header["importer"],
            carrier=self.carrier,
            broker=header["filer"],
            maker=_common([one or self.header_maker for one in self.makers] or [self.header_maker]),
            port=header["port"],
            origin=_common(self.origins),
            tariff=self.tariffs[0] if len(headings) == 1 else "",
            mode=MODE_OF.get(header["mode"][:1], "other"),
            advance_data=advance_data,
            authority=tuple(sorted(self.agencies)),
        )


def number_of(header: Record) -> str:
    """The entry number as it is written elsewhere: the filer, seven digits, the check digit."""
    serial = header["entry_number"]
    return f"{header['filer']}-{serial[:7]}-{serial[7:]}"


def _common(values: list[str]) -> str:
    """The value that all have; '' when they differ."""
    return values[0] if values and len(set(values)) == 1 else ""


def read_se(
    source: BinaryIO, received_at: datetime, *, advance_data: bool = False, version: PolicyVersion | None = None
) -> Iterator[Read]:
    """The entries of a file of cargo release filings, one for each SE10 and what follows it.

    The records do not say when they were filed, nor what the goods score, nor whether cargo information came before
    loading: *received_at* (aware) and *advance_data* say so for the whole file, and the score is 0 until the system
    that targets cargo gives it. A filing that withdraws its entry has neither entry nor problems.
    """
    for lines in grouped(source, "SE10"):
        yield checked(_read(lines, received_at, advance_data), version)


def _read(lines: list[Line], received_at: datetime, advance_data: bool) -> Read:
    first, text = lines[0][0], "\n".join(one for _, one in lines if isinstance(one, str))
    filing, found, seen = _Filing(), list[Problem](), set[str]()
    for number, said in lines:
        if isinstance(said, Problem):
            found.append(said)
            continue
        record, wrong = read_line(said, number, "SE")
        found += wrong
        if record is None:
            continue
        if record.tag in ("SE40", "SE60", "OI", "PG01"):
            seen -= {"SE40": {"SE60", "OI", "PG01"}, "SE60": {"OI", "PG01"}, "OI": {"PG01"}}.get(record.tag, set())
        needed = FOLLOWS.get(record.tag, "")
        if needed and needed not in seen:
            found.append(_missing_before(record, needed))
            continue
        seen.add(record.tag)
        filing.take(record)
    if filing.header is None:
        found.append(_no_header(first))
    if found or filing.header is None:
        return Read(first, None, tuple(found), text)
    if filing.header["action"] == WITHDRAWS:
        return Read(first, None, (), text, number_of(filing.header))
    return Read(first, filing.entry(filing.header, received_at, advance_data), (), text)


def read_line(text: str, number: int, family: str) -> tuple[Record | None, list[Problem]]:
    """The record in a line and what is wrong with it; None for one that nothing is read from.

    *family*: 'SE' or 'SO', the letters with which the records of the message begin.
    """
    tag = text[:2] if text.startswith("OI") else text[:4]
    layout = LAYOUTS.get(tag)
    if layout is not None and (tag[:2] == family or (family == "SE" and tag[:2] in ("OI", "PG"))):
        return read_record(text, layout, number)
    if family == "SE" and UNREAD.fullmatch(tag):
        return None, []
    found = problem(
        tag.strip(),
        N_("There is no record '%(tag)s' in this message."),
        N_("Records of this message begin with %(family)s and two digits."),
        N_("Look for a line that was cut or shifted, or check that this is the file you mean."),
        tag=tag,
        family=family,
    )
    return None, [replace(found, line=number, column=1)]


def _missing_before(record: Record, needed: str) -> Problem:
    found = problem(
        record.tag,
        N_("There is no %(needed)s before this %(tag)s."),
        N_("A record belongs to the one before it, in the same line of the entry."),
        N_("Add the %(needed)s, or move the record to its place."),
        needed=needed,
        tag=record.tag,
    )
    return replace(found, line=record.line, column=1)


def _no_header(line: int) -> Problem:
    found = problem(
        "SE10",
        N_("These records belong to no entry."),
        N_("Each entry begins with an SE10."),
        N_("Look for a line that was lost at the beginning."),
    )
    return replace(found, line=line, column=1)


def write_se(entries: Iterable[CargoEntry]) -> Iterator[str]:
    """The records of filings for entries, without line ends: what is read back from them is the same entry.

    Score, holds, threats and answers have no place in a filing and are left out. Raises ValueError for an entry whose
    number is no entry number, or with a value that its field cannot hold.
    """
    for entry in entries:
        filer, _, rest = entry.entry_number.partition("-")
        yield write_record(
            LAYOUTS["SE10"],
            {
                "action": "A",
                "filer": filer,
                "entry_number": rest.replace("-", ""),
                "entry_type": "01",
                "importer": entry.importer,
                "mode": CODE_OF[entry.mode],
                "port": entry.port,
            },
        )
        if entry.carrier:
            yield write_record(LAYOUTS["SE16"], {"carrier": entry.carrier})
        if entry.maker:
            yield write_record(LAYOUTS["SE30"], {"role": MAKER, "identifier_kind": "MID", "identifier": entry.maker})
        if entry.origin:
            yield write_record(LAYOUTS["SE40"], {"line": "001", "origin": entry.origin})
            if entry.tariff:
                yield write_record(LAYOUTS["SE60"], {"tariff": entry.tariff})
                yield from _agency_records(entry)


def _agency_records(entry: CargoEntry) -> Iterator[str]:
    if entry.authority:
        yield write_record(LAYOUTS["OI"], {"description": "GOODS"})
    for agency in entry.authority:
        yield write_record(LAYOUTS["PG01"], {"line": "001", "agency": agency, "program": agency})
