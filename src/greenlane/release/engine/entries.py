"""From an entry as it was filed to the numbers that a policy reads; agencies' answers by action time: 4311(b)(4)(A)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from greenlane.release.engine.checking import check
from greenlane.release.engine.codes import agency_mask, heading_number, origin_number, port_number
from greenlane.release.engine.filed import ANSWERS, EARLIEST, LATEST, Answer, CargoEntry, Claim
from greenlane.release.engine.inputs import MODES, PARTIES
from greenlane.release.engine.numbers import entry_key
from greenlane.release.engine.statuses import RECOGNISED
from greenlane.release.engine.versions import PolicyVersion

__all__ = [
    "ANSWERS",
    "EARLIEST",
    "LATEST",
    "Answer",
    "CargoEntry",
    "Claim",
    "Statuses",
    "check",
    "instant",
    "latest_answers",
    "own_inputs",
    "to_inputs",
]

HELD = ("documents_required", "rejected", "hold", "refused")
"""Answers that stop the goods until the agency says otherwise."""
MASK_OF = {"proceed": "proceed", **dict.fromkeys(HELD, "held"), "intensive": "intensive"}
"""Which mask of the policy's inputs an answer belongs to; one under review belongs to none: the agency waits."""
MICROSECOND = timedelta(microseconds=1)


class Statuses(Protocol):
    """Who had which status: what ``asof.Slice`` answers."""

    def status(self, party: str, instant: int, /) -> int:
        """The packed status of a party at an instant (microseconds UTC); 0 for a party that is not known."""
        ...


def latest_answers(answers: Iterable[Answer], until: datetime | None = None) -> dict[str, Answer]:
    """What each agency says in the end, by agency: the same whatever the order in which the answers came.

    Of each programme the answer with the latest action time counts; one of the whole agency replaces those of its
    programmes that are older. Of what then counts, and of answers at the same time, the most severe is the agency's:
    it lets the goods proceed when all its programmes do. ``until``: leave out what was done after that instant.
    """
    latest: dict[tuple[str, str], Answer] = {}
    for one in answers:
        known = latest.get((one.agency, one.program))
        if (until is None or one.at <= until) and (known is None or _later(one) > _later(known)):
            latest[one.agency, one.program] = one
    counting: dict[str, Answer] = {}
    for (agency, program), one in latest.items():
        whole = latest.get((agency, ""))
        if program and whole is not None and one.at < whole.at:
            continue
        if agency not in counting or _worse(one) > _worse(counting[agency]):
            counting[agency] = one
    return counting


def _later(one: Answer) -> tuple[datetime, int]:
    return one.at, ANSWERS.index(one.answer)


def _worse(one: Answer) -> tuple[int, datetime, str]:
    return ANSWERS.index(one.answer), one.at, one.program


def instant(moment: datetime) -> int:
    """Microseconds since 1970, UTC. Raises ValueError for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return (moment - EARLIEST) // MICROSECOND


def to_inputs(entry: CargoEntry, statuses: Statuses, version: PolicyVersion) -> dict[str, int]:
    """The numbers that the policy reads, ``inputs.INPUTS``, of an entry that ``check`` found nothing wrong with.

    Raises ValueError for what ``check(entry, version)`` would have reported.
    """
    at = instant(entry.filed_at)
    found = {party: statuses.status(entry.party(party), at) if entry.party(party) else 0 for party in PARTIES}
    for claim in entry.claims:
        if claim.party and statuses.status(claim.identifier, at) & RECOGNISED:
            found[claim.party] |= RECOGNISED
    return found | own_inputs(entry, version)


def own_inputs(entry: CargoEntry, version: PolicyVersion) -> dict[str, int]:
    """As ``to_inputs``, without the statuses of the parties: what the entry says by itself."""
    found = {
        "entry_key": entry_key(entry.entry_number),
        "score": entry.score,
        "threat_level": entry.threat_level,
        "mode": MODES.index(entry.mode),
        "advance_data": int(entry.advance_data),
        "customs_hold": int(entry.customs_hold),
        "threat_information": int(entry.threat_information),
        "authority": agency_mask(entry.authority, version.agencies),
        "port": port_number(entry.port) if entry.port else 0,
        "origin": origin_number(entry.origin) if entry.origin else 0,
        "tariff": heading_number(entry.tariff) if entry.tariff else 0,
        "proceed": 0,
        "held": 0,
        "intensive": 0,
    }
    for one in latest_answers(entry.answers).values():
        if (mask := MASK_OF.get(one.answer)) is not None:
            found[mask] |= agency_mask((one.agency,), version.agencies)
    return found
