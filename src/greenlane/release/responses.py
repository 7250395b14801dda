"""What is said to the trade of a decision on record: status records of 80 columns, or WCO responses (4311(b)(4)(A))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from greenlane.casework.problems import bad_input
from greenlane.law.sentences import N_
from greenlane.release.engine.entries import latest_answers
from greenlane.release.formats.status import status_records, write_so
from greenlane.release.formats.wco_response import Response, kinds_of, write_response
from greenlane.release.kept import Told

Form = Literal["so", "wco"]
FORMS: tuple[Form, ...] = ("so", "wco")


@dataclass(frozen=True)
class Said:
    """One message: its form, what it says ('status', or the kind of a response), and its text as it is sent."""

    form: Form
    kind: str
    text: str


def messages_of(told: Told, form: Form) -> list[Said]:
    """The messages that a decision on record leads to, in the order in which they are sent.

    The same decision gives the same messages, to the byte. Raises BadInput for an entry whose reference does not fit
    into the form, and for a decision that is not kept.
    """
    if told.row is None or told.known_at is None:
        raise ValueError("a decision that is not kept leads to no message")
    try:
        return list(_status(told) if form == "so" else _responses(told, told.row.pk.hex, told.known_at))
    except ValueError:
        raise bad_input(
            "entry",
            N_("The reference of the entry fits into no message of this form."),
            N_("Ask for the other form, or file the entry under an entry number."),
            "19 USC 4311(b)(4)(A)",
        ) from None


def _status(told: Told) -> Iterator[Said]:
    answers = latest_answers(told.entry.answers).values()
    said = [one for one in sorted(answers) if one.agency in told.entry.authority]
    yield Said("so", "status", "".join(f"{line}\n" for line in write_so(status_records(told.entry, said))))


def _responses(told: Told, key: str, at: datetime) -> Iterator[Said]:
    for place, kind in enumerate(kinds_of(told.explanation.outputs)):
        response = Response(
            kind=kind,
            reference=f"{key}-{place}",
            issued_at=at,
            functional_reference=told.entry.entry_number,
            accepted_at=told.entry.filed_at if kind == "accepted" else None,
        )
        yield Said("wco", kind, write_response(response).decode("utf-8"))
