"""The public research set of import declarations, field by field: what an entry takes from it, and what a score reads.

The set: 54,000 synthesised declarations of the Korea Customs Service, 22 columns, published for research under the MIT
licence (arXiv 2208.02484). It is not shipped; whoever has the files can read them with this module.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from greenlane.law.sentences import N_
from greenlane.release.engine.entries import CargoEntry, check
from greenlane.release.engine.problems import Problem, problem

FIELDS: dict[str, tuple[str, str]] = {
    "Declaration ID": ("entry_number", "as written; it becomes the key by which chance examines"),
    "Date": ("filed_at", "the day, at midnight UTC: the set has no time of day"),
    "Office ID": ("port", "the office's number, from 9000 on, so that no port of Schedule D is meant"),
    "Process Type": ("", "read by the targeting score"),
    "Import Type": ("", "read by the targeting score"),
    "Import Use": ("", "read by the targeting score"),
    "Payment Type": ("", "read by the targeting score"),
    "Mode of Transport": ("mode", "UN/ECE recommendation 19: 10 sea, 20 rail, 30 road, 40 air, 50 mail; else other"),
    "Declarant ID": ("broker", "who declares"),
    "Importer ID": ("importer", "who imports"),
    "Seller ID": ("maker", "the partner abroad; the set does not say who manufactured"),
    "Courier ID": ("carrier", "who delivers; mostly empty"),
    "HS6 Code": ("tariff", "six digits; the policy reads the first four"),
    "Country of Departure": ("", "read by the targeting score"),
    "Country of Origin": ("origin", "two letters"),
    "Tax Rate": ("", "read by the targeting score"),
    "Tax Type": ("", "read by the targeting score"),
    "Country of Origin Indicator": ("", "read by the targeting score"),
    "Net Mass": ("", "kilograms; read by the targeting score"),
    "Item Price": ("", "won; read by the targeting score"),
    "Fraud": ("", "what inspection found; never an input, only what a score is trained and judged on"),
    "Critical Fraud": ("", "what inspection found; not used"),
}
"""Every column of the set: the field of an entry that it becomes ('' for none), and how."""
TRANSPORT = {"10": "sea", "20": "rail", "30": "truck", "40": "air", "50": "parcel"}
OFFICES_FROM = 9000
AMOUNTS = ("Tax Rate", "Net Mass", "Item Price")
"""The columns that are numbers; an empty one is not known."""
FOUND = ("Fraud", "Critical Fraud")
"""The columns that only a declaration that was inspected has."""


@dataclass(frozen=True)
class Declaration:
    """One row: the entry without a score, the columns as written, whether inspection found fraud, and its line."""

    entry: CargoEntry
    columns: dict[str, str]
    fraud: bool
    line: int = 0


class NotTheSet(ValueError):
    """A file that is not of this set; ``problems`` say where."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems[:20])))
        self.problems = problems


def read(path: Path, *, inspected: bool = True) -> list[Declaration]:
    """All declarations of a file of the set, or NotTheSet with every bad line: all or nothing.

    *inspected*: the file says what inspection found; where it need not, those columns may be empty or missing.
    """
    found: list[Declaration] = []
    problems: list[Problem] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            needed = [name for name in FIELDS if inspected or name not in FOUND]
            if missing := [name for name in needed if name not in (rows.fieldnames or ())]:
                raise NotTheSet([_missing(", ".join(missing))])
            for row in rows:
                try:
                    one = replace(_declaration(row, inspected), line=rows.line_num)
                    problems += [replace(wrong, line=rows.line_num) for wrong in check(one.entry)]
                    found.append(one)
                except _Wrong as wrong:
                    problems.append(replace(wrong.problem, line=rows.line_num))
    except (UnicodeDecodeError, csv.Error):
        raise NotTheSet([_unreadable()]) from None
    if problems:
        raise NotTheSet(problems)
    return found


def _declaration(row: dict[str, str], inspected: bool) -> Declaration:
    if None in row or None in row.values():
        raise _Wrong("row", "", N_("It has other than as many values as the first line names."))
    for name in AMOUNTS:
        if row[name] and not _is_amount(row[name]):
            raise _Wrong(name, row[name], N_("It is a number."))
    office, day, fraud = row["Office ID"], row["Date"], row.get("Fraud", "")
    if not (office.isascii() and office.isdigit() and len(office) <= 3):
        raise _Wrong("Office ID", office, N_("It has up to three digits."))
    if fraud not in (("0", "1") if inspected else ("", "0", "1")):
        raise _Wrong("Fraud", fraud, N_("It is 0 or 1."))
    if not _is_day(day):
        raise _Wrong("Date", day, N_("It is a day, written as year-month-day: 2020-03-31."))
    entry = CargoEntry(
        entry_number=row["Declaration ID"],
        filed_at=datetime.combine(date.fromisoformat(day), time(), UTC),
        importer=row["Importer ID"],
        broker=row["Declarant ID"],
        maker=row["Seller ID"],
        carrier=row["Courier ID"],
        port=str(OFFICES_FROM + int(office)),
        origin=row["Country of Origin"],
        tariff=row["HS6 Code"].zfill(6),
        mode=TRANSPORT.get(row["Mode of Transport"], "other"),
    )
    return Declaration(entry, row, fraud == "1")


def _is_amount(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _missing(names: str) -> Problem:
    return problem(
        "columns",
        N_("Missing: %(names)s."),
        N_("The set has 22 columns, by these names."),
        N_("Give a file of the published set in English."),
        names=names,
    )


def _unreadable() -> Problem:
    return problem(
        "file",
        N_("It is no CSV file in UTF-8."),
        N_("The set is published as CSV in UTF-8."),
        N_("Give a file of the published set in English."),
    )


class _Wrong(ValueError):
    """A value that a declaration cannot be made of: its column, what stands there, and what would."""

    def __init__(self, column: str, value: str, kind: str) -> None:
        mend = N_("Get the file anew; nothing was taken from this one.")
        what = N_("'%(value)s' cannot be read.") if value else N_("It cannot be read.")
        self.problem = problem(column, what, kind, mend, value=value[:60])
        super().__init__(column)
