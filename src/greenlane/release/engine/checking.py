"""What is wrong with an entry before it can be decided, in words: field, what, why and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from greenlane.law.sentences import N_
from greenlane.release.engine.codes import heading_number, origin_number, port_number
from greenlane.release.engine.filed import ANSWERS, EARLIEST, LATEST, CargoEntry
from greenlane.release.engine.inputs import MODES, MOST_POINTS, PARTIES, THREAT_LEVELS
from greenlane.release.engine.numbers import entry_number_problem
from greenlane.release.engine.problems import LONGEST, Problem, problem
from greenlane.release.engine.versions import PolicyVersion

LONGEST_PROGRAM = 4


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
    found = _check_time("filed_at", entry.filed_at)
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
        found += [*_check_program(one.program), *_check_time("answers", one.at)]
    return found + _check_agencies(entry, version)


def _check_program(program: str) -> list[Problem]:
    if not program or (program.isascii() and program.isalnum() and len(program) <= LONGEST_PROGRAM):
        return []
    found = problem(
        "answers",
        N_("'%(text)s' is no programme of an agency."),
        N_("A programme is its code of up to %(longest)d letters or digits."),
        N_("Correct it, or leave it out when the whole agency answers."),
        text=program,
        longest=LONGEST_PROGRAM,
    )
    return [found]


def _check_time(field: str, at: datetime) -> list[Problem]:
    if at.tzinfo is not None and EARLIEST <= at < LATEST:
        return []
    found = problem(
        field,
        N_("%(at)s cannot be the time."),
        N_("Statuses and answers are told apart by it, so that it needs a time zone and a year from 1970 to 2199."),
        N_("Give date, time and zone, for example 2026-03-01T14:05:00Z."),
        at=at.isoformat(),
    )
    return [found]


def _check_agencies(entry: CargoEntry, version: PolicyVersion | None) -> list[Problem]:
    found = []
    codes = {"authority": set(entry.authority), "answers": {one.agency for one in entry.answers}}
    for field, named in codes.items():
        for code in sorted(named):
            if not (code.isascii() and code.isalnum() and code == code.upper() and 2 <= len(code) <= 4):
                why, mend = N_("An agency is its code of two to four capital letters or digits."), N_("Correct it.")
            elif version is not None and code not in version.agencies:
                why = N_("The policy '%(policy)s' knows: %(agencies)s.")
                mend = N_("Correct the code, or have the agency registered.")
            else:
                continue
            policy = {"policy": version.code, "agencies": ", ".join(version.agencies)} if version else {}
            found.append(problem(field, N_("'%(text)s' is no agency here."), why, mend, text=code, **policy))
    return found
