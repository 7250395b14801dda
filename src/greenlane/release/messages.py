"""The message that goes out when all of government has released an entry (19 USC 4311(b)(4)(A))."""

from __future__ import annotations

from datetime import UTC, datetime

from greenlane.release.engine.entries import CargoEntry, latest_answers

WORDS = {"released": "ONE GOVERNMENT RELEASE", "withdrawn": "ONE GOVERNMENT RELEASE WITHDRAWN"}


def text_of(entry: CargoEntry, kind: str, at: datetime) -> str:
    """The message as plain lines of text, one for the entry and one for each agency with authority."""
    answers = latest_answers(entry.answers)
    lines = [f"{entry.entry_number} {at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} {WORDS[kind]}"]
    for agency in entry.authority:
        said = answers.get(agency)
        lines.append(
            f"{entry.entry_number} {said.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} {agency} {said.answer.upper()}"
            if said
            else f"{entry.entry_number} - {agency} CRITERIA"
        )
    return "\n".join(lines)
