"""A cargo entry as it was filed, checked and turned into the numbers that a policy reads: 19 USC 4311(b)(4)(A)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from greenlane.law.sentences import N_
from greenlane.release.engine.codes import agency_mask, heading_number, origin_number, port_number
from greenlane.release.engine.inputs import MODES, MOST_POINTS, PARTIES, THREAT_LEVELS
from greenlane.release.engine.numbers import entry_key, entry_number_problem
from greenlane.release.engine.problems import LONGEST, Problem, problem
from greenlane.release.engine.statuses import RECOGNISED
from greenlane.release.engine.versions import PolicyVersion

ANSWERS = ("proceed", "under_review", "documents_required", "rejected", "hold", "refused", "intensive")
"""What an agency may say of the goods, from the mildest to the most severe."""
HELD = ("documents_required", "rejected", "hold", "refused")
"""Answers that stop the goods until the agency says otherwise."""
MASK_OF = {"proceed": "proceed", **dict.fromkeys(HELD, "held"), "intensive": "intensive"}
"""Which mask of the policy's inputs an answer belongs to; one under review belongs to none: the agency waits."""
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


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


def check(entry: CargoEntry, version: PolicyVersion | None = None) -> list[Problem]:
    """All that is wrong with an entry, [] when it can be decided. With a *version*, its agencies are checked too."""
    return [*_check_names(entry), *_check_numbers(entry), *_check_codes(entry), *_check_answers(entry, version)]


def _check_names(entry: CargoEntry) -> list[Problem]:
    found = []
    for field in ("entry_number", *PARTIES):
        text = getattr(entry, field)
        if not text and field in ("entry_number", "importer"):
            found.append(
                problem(
                    field,
                    N_("It is empty."),
                    N_("A decision is made of one entry of one importer."),
                    N_("Give the number as it was filed."),
                )
            )
        elif text and not _plain(text):
            found.append(_not_plain(field, text))
    if entry.entry_number and (wrong := entry_number_problem(entry.entry_number)):
        found.append(Problem("entry_number", *wrong))
    found += [_not_plain("claims", one.identifier) for one in entry.claims if not _plain(one.identifier)]
    found += [
        problem(
            "claims",
            N_("'%(text)s' is no party of an entry."),
            N_("A claim is about one of: %(parties)s."),
            N_("Name one of them, or leave the claim out."),
            text=one.party,
            parties=", ".join(PARTIES),
        )
        for one in entry.claims
        if one.party and one.party not in PARTIES
    ]
    return found


def _plain(text: str) -> bool:
    return 0 < len(text) <= LONGEST and text.isprintable() and text == text.strip()


def _not_plain(field: str, text: str) -> Problem:
    return problem(
        field,
        N_("'%(text)s' is no identifier."),
        N_("An identifier has 1 to %(longest)d visible characters and no blank at its ends."),
        N_("Give it as it is registered."),
        text=text,
        longest=LONGEST,
    )


def _check_numbers(entry: CargoEntry) -> list[Problem]:
    found = []
    if entry.filed_at.tzinfo is None or not EARLIEST <= entry.filed_at < LATEST:
        found.append(
            problem(
                "filed_at",
                N_("%(at)s cannot be the time of filing."),
                N_("Statuses are read at that instant, so that it needs a time zone and a year from 1970 to 2199."),
                N_("Give date, time and zone, for example 2026-03-01T14:05:00Z."),
                at=entry.filed_at.isoformat(),
            )
        )
    for field, most in (("score", MOST_POINTS), ("threat_level", THREAT_LEVELS - 1)):
        if not 0 <= (number := getattr(entry, field)) <= most:
            found.append(
                problem(
                    field,
                    N_("%(number)s is out of range."),
                    N_("It is a whole number from 0 to %(most)d."),
                    N_("Correct the number."),
                    number=str(number)[: LONGEST + 1],
                    most=most,
                )
            )
    return found


def _check_codes(entry: CargoEntry) -> list[Problem]:
    readers: tuple[tuple[str, Callable[[str], int], str], ...] = (
        ("port", port_number, N_("A port is its four or five digits of Schedule D, for example 2704.")),
        ("origin", origin_number, N_("A country is its two letters of ISO 3166, for example CN.")),
        ("tariff", heading_number, N_("A tariff code has 4 to 10 digits, for example 8471300100.")),
        ("mode", MODES.index, N_("The mode is one of: sea, air, truck, rail, parcel, other.")),
    )
    found = []
    for field, read, why in readers:
        text = getattr(entry, field)
        try:
            if text or field == "mode":
                read(text)
        except ValueError:
            mend = N_("Correct the code; leave it empty only when it is not known.")
            if field == "mode":
                mend = N_("Choose one of them.")
            found.append(problem(field, N_("'%(text)s' cannot be read."), why, mend, text=text))
    return found


def _check_answers(entry: CargoEntry, version: PolicyVersion | None) -> list[Problem]:
    found = []
    for one in entry.answers:
        if one.answer not in ANSWERS:
            found.append(
                problem(
                    "answers",
                    N_("'%(text)s' is no answer of an agency."),
                    N_("An answer is one of: %(answers)s."),
                    N_("Choose one of them."),
                    text=one.answer,
                    answers=", ".join(ANSWERS),
                )
            )
        if one.at.tzinfo is None or not EARLIEST <= one.at < LATEST:
            found.append(
                problem(
                    "answers",
                    N_("%(at)s cannot be the time of an answer."),
                    N_("The latest answer counts, so that each needs a time zone and a year from 1970 to 2199."),
                    N_("Give date, time and zone, for example 2026-03-01T14:05:00Z."),
                    at=one.at.isoformat(),
                )
            )
    return found + _check_agencies(entry, version)


def _check_agencies(entry: CargoEntry, version: PolicyVersion | None) -> list[Problem]:
    found = []
    codes = {"authority": set(entry.authority), "answers": {one.agency for one in entry.answers}}
    for field, named in codes.items():
        for code in sorted(named):
            if not (code.isascii() and code.isalnum() and code == code.upper() and 2 <= len(code) <= 4):
                why, mend = N_("An agency is its code of two to four capital letters or digits."), N_("Correct it.")
            elif version is not None and code not in version.agencies:
                why = N_("The policy '%(policy)s' knows: %(agencies)s.")
                mend = N_("Correct the code, or have the agency added to the policy.")
            else:
                continue
            policy = {"policy": version.code, "agencies": ", ".join(version.agencies)} if version else {}
            found.append(problem(field, N_("'%(text)s' is no agency here."), why, mend, text=code, **policy))
    return found
