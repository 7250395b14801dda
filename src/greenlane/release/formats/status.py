"""Status notifications (SO) in records of 80 columns: what agencies did on an entry, read and written, 4311(b)(4)(A).

Positions: ``layouts``. Which facts are public and which choices are ours: docs/reference/release-formats.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import BinaryIO
from zoneinfo import ZoneInfo

from greenlane.law.sentences import N_
from greenlane.release.engine.entries import Answer, CargoEntry
from greenlane.release.engine.problems import Problem, problem
from greenlane.release.formats.catair import read_line
from greenlane.release.formats.fixed import Record, write_record
from greenlane.release.formats.layouts import LAYOUTS
from greenlane.release.formats.transactions import Line, grouped

EASTERN = ZoneInfo("America/New_York")
"""The zone of the times in these records, as long as the reader is not told another."""
ANSWER_OF = {
    "01": "under_review",
    "02": "hold",
    "04": "rejected",
    "06": "hold",
    "07": "proceed",
    "08": "refused",
    "10": "documents_required",
    "11": "intensive",
    "12": "under_review",
    "13": "hold",
}
"""What each code of a status is as an agency's answer; see ``_answer`` for 13."""
SAYS = {
    "01": "DATA UNDER PGA REVIEW",
    "02": "HOLD INTACT",
    "04": "DATA REJECTED PER PGA REVIEW",
    "06": "DO NOT DEVAN",
    "07": "MAY PROCEED",
    "10": "DOCUMENTS REQUIRED",
    "11": "INTENSIVE - EXAM/SAMPLE",
}
"""The message that goes with a code."""
CODE_OF = {
    "under_review": "01",
    "hold": "02",
    "rejected": "04",
    "proceed": "07",
    "refused": "08",
    "documents_required": "10",
    "intensive": "11",
}
RESOLVED = "RESOLVED"
SQUEEZED = re.compile(
    r"SO70(?P<agency>[A-Z0-9]{3})(?P<program>[A-Z0-9]{3})(?P<date>\d{6})(?P<time>\d{4})(?P<entry_code>\d\d)"
    rf"(?P<says>{'|'.join(map(re.escape, SAYS.values()))}) "
    r"(?P<agency_line_code>\d\d)(?:(?P<reason>\d\d)| )"
    r"(?P<from_line>\d{4})(?P<from_tariff>\d)(?P<from_agency_line>\d{3}) (?P<group_version>\d\d)",
    re.ASCII,
)
"""An SO70 as it looks when it was copied from a page or a letter that makes one blank of many."""


@dataclass(frozen=True)
class Status:
    """A status notification: the records about one entry in their order, or what is wrong with them."""

    line: int
    records: tuple[Record, ...]
    problems: tuple[Problem, ...] = ()
    text: str = ""

    @property
    def entry_number(self) -> str:
        """The number of the entry, with hyphens; '' when the notification has no SO10."""
        header = next((one for one in self.records if one.tag == "SO10"), None)
        if header is None:
            return ""
        serial = header["entry_number"]
        return f"{header['filer']}-{serial[:7]}-{serial[7:]}"


def read_so(source: BinaryIO) -> Iterator[Status]:
    """The status notifications of a file, one for each SO10 and what follows it; SO70 may also come alone."""
    for lines in grouped(source, "SO10"):
        yield _read(lines)


def _read(lines: list[Line]) -> Status:
    records, found = list[Record](), list[Problem]()
    for number, said in lines:
        if isinstance(said, Problem):
            found.append(said)
            continue
        record, wrong = read_line(restored(said), number, "SO")
        if record is not None and record.tag == "SO70" and not wrong:
            wrong = _check_disposition(record)
        found += wrong
        if record is not None:
            records.append(record)
    text = "\n".join(one for _, one in lines if isinstance(one, str))
    return Status(lines[0][0], tuple(records), tuple(found), text)


def restored(text: str) -> str:
    """The 80 columns of an SO70 whose blanks were squeezed; any other line as it is."""
    found = SQUEEZED.fullmatch(text.rstrip())
    if found is None:
        return text
    return write_record(LAYOUTS["SO70"], {name: value or "" for name, value in found.groupdict().items()})


def _check_disposition(record: Record) -> list[Problem]:
    found = []
    for name in ("entry_code", "agency_line_code"):
        if record[name] and record[name] not in ANSWER_OF:
            found.append(
                _wrong(
                    record,
                    name,
                    N_("The code '%(text)s' is not known."),
                    N_("Known are: %(codes)s. Goods are not let go by guessing."),
                    text=record[name],
                    codes=", ".join(sorted(ANSWER_OF)),
                )
            )
    if not record["entry_code"] and not record["agency_line_code"]:
        found.append(_wrong(record, "entry_code", N_("It is blank."), N_("A status has the code of one.")))
    if _instant(record, UTC) is None:
        what = N_("%(text)s is no date and time.")
        why = N_("They are month, day and year, then hour and minute, two digits each.")
        found.append(_wrong(record, "date", what, why, text=record["date"] + " " + record["time"]))
    return found


def _wrong(record: Record, name: str, what: str, why: str, **values: str | int) -> Problem:
    found = problem(f"{record.tag} {name}", what, why, N_("Correct the field, or ask who sent it."), **values)
    return replace(found, line=record.line, column=LAYOUTS[record.tag].by_name[name].first)


def _instant(record: Record, zone: tzinfo) -> datetime | None:
    try:
        local = datetime.strptime(record["date"] + record["time"], "%m%d%y%H%M")  # noqa: DTZ007 - the zone is next
        return local.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def answers_of(status: Status, zone: tzinfo = EASTERN) -> list[Answer]:
    """What the agencies answered, in the order of the records; which answer counts is ``entries.latest_answers``.

    The code of the entry counts; where there is none, the code of the agency's line does, save that a line that may
    proceed lets no entry go. Records with problems are left out.
    """
    bad = {one.line for one in status.problems}
    found = []
    for record in status.records:
        at = _instant(record, zone) if record.tag == "SO70" and record.line not in bad else None
        if at is not None:
            found.append(Answer(record["agency"], _answer(record), at, record["program"]))
    return found


def _answer(record: Record) -> str:
    """13 was 'failure to present' and is 'resolved' since 2023: the message says which."""
    code = record["entry_code"] or record["agency_line_code"]
    answer = ANSWER_OF[code]
    if answer == "proceed" and not record["entry_code"]:
        return "under_review"
    return "under_review" if code == "13" and RESOLVED in record["says"] else answer


def write_so(records: Iterable[Record]) -> Iterator[str]:
    """The 80 columns of each record. Raises ValueError for a value that its field cannot hold."""
    for record in records:
        yield write_record(LAYOUTS[record.tag], record.values)


def status_records(entry: CargoEntry, answers: Sequence[Answer], zone: tzinfo = EASTERN) -> list[Record]:
    """The notification of what agencies answered on an entry: an SO10, and an SO70 for each answer in their order.

    Times are cut to the minute. Raises ValueError for an entry whose number is no entry number.
    """
    filer, _, rest = entry.entry_number.partition("-")
    serial = rest.replace("-", "")
    if len(filer) != 3 or len(serial) != 8:
        raise ValueError(f"{entry.entry_number!r} is no entry number; a status notification needs one")
    port = entry.port if len(entry.port) == 4 else ""
    header = {"port": port, "filer": filer, "entry_number": serial, "importer": entry.importer[:12].strip()}
    return [Record("SO10", header), *(Record("SO70", _disposition(one, zone)) for one in answers)]


def _disposition(answer: Answer, zone: tzinfo) -> dict[str, str]:
    code, local = CODE_OF[answer.answer], answer.at.astimezone(zone)
    return {
        "agency": answer.agency,
        "program": answer.program,
        "date": local.strftime("%m%d%y"),
        "time": local.strftime("%H%M"),
        "entry_code": code,
        "says": SAYS.get(code, ""),
        "group_version": "01",
    }
