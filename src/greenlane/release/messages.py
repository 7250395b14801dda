"""The message that goes out when all of government has released an entry (19 USC 4311(b)(4)(A))."""

from __future__ import annotations

from datetime import UTC, datetime

from greenlane.release.engine.entries import CargoEntry, latest_answers
from greenlane.release.formats.status import status_records, write_so

WORDS = {"released": "ONE GOVERNMENT RELEASE", "withdrawn": "ONE GOVERNMENT RELEASE WITHDRAWN"}


def text_of(entry: CargoEntry, kind: str, at: datetime) -> str:
    """The message: a line that says what it is, then the answer of each agency as records of 80 columns.

    An entry under a reference that is no entry number fits into no record; its answers are lines of plain text.
    """
    said = [one for one in sorted(latest_answers(entry.answers).values()) if one.agency in entry.authority]
    head = f"{entry.entry_number} {at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} {WORDS[kind]}"
    try:
        lines = [line.rstrip() for line in write_so(status_records(entry, said))]
    except ValueError:
        lines = [f"{one.agency} {one.answer.upper()} {one.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for one in said]
    return "\n".join([head, *lines])
