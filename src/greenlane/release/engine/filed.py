"""A cargo entry as it was filed, what agencies said of it, and whom it says is trusted: 19 USC 4311(b)(4)(A)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

ANSWERS = ("proceed", "under_review", "documents_required", "rejected", "hold", "refused", "intensive")
"""What an agency may say of the goods, from the mildest to the most severe."""
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, order=True)
class Answer:
    """What an agency said and when it acted (aware, UTC): not when the message came.

    ``answer``: one of ``ANSWERS``. ``program``: the agency's programme that says so, '' for the whole agency.
    """

    agency: str
    answer: str
    at: datetime
    program: str = ""


@dataclass(frozen=True, order=True)
class Claim:
    """An entry says that a party is trusted abroad: ``identifier`` names it there, ``role`` is how the entry lists it.

    ``party``: one of ``inputs.PARTIES``, or '' for a role that the policy does not read. It is only a claim: it counts
    when the register of statuses holds the identifier as recognised under an arrangement in force, 19 USC 4311(a).
    """

    party: str
    identifier: str
    role: str = ""


@dataclass(frozen=True, kw_only=True)
class CargoEntry:
    """An entry as filed. Instants are aware UTC; parties are identifiers as the register of statuses knows them.

    ``entry_number``: '123-4567890-C' or any other reference. ``score``: points before any benefit. ``port``: Schedule
    D, '2704'; ``origin``: 'CN'; ``tariff``: '8471300100'; each '' when not given, or when the lines of the entry
    differ in it. ``mode``: one of ``inputs.MODES``. ``advance_data``: cargo information came before loading.
    ``authority``: codes of the agencies with authority over the goods; ``answers``: all that they said, in any order.
    """

    entry_number: str
    filed_at: datetime
    importer: str
    carrier: str = ""
    broker: str = ""
    maker: str = ""
    score: int = 0
    port: str = ""
    origin: str = ""
    tariff: str = ""
    mode: str = "other"
    advance_data: bool = False
    threat_level: int = 0
    customs_hold: bool = False
    threat_information: bool = False
    authority: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    claims: tuple[Claim, ...] = ()

    def party(self, role: str) -> str:
        """The identifier of one of ``inputs.PARTIES``, '' when the entry names none."""
        identifier: str = getattr(self, role)
        return identifier
