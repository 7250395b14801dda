"""The columns of a table of entries, the same in Parquet, CSV and JSON lines, and an entry from and to a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

from greenlane.law.sentences import N_
from greenlane.release.engine.entries import Answer, CargoEntry, Claim
from greenlane.release.engine.problems import Problem, problem
from greenlane.release.formats.reading import BadFile, bad_file

TRUE, FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})
KEPT_APART = " ;%"
"""Characters that are written as %XX inside an identifier of a claim, in CSV only."""


class Unreadable(ValueError):
    """A value that its column cannot hold; the message says what it holds, for a person."""


@dataclass(frozen=True)
class Column:
    """One column: its name, what it holds, whether each row needs it, and how a value is read and written as text."""

    name: str
    holds: str
    read: Callable[[Any], Any]
    write: Callable[[Any], str] = str
    required: bool = False


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Unreadable(N_("It holds text."))
    return value


def _whole(value: Any) -> int:
    if isinstance(value, str):
        digits = value.strip()
        if not (digits.isascii() and digits.lstrip("-").isdigit() and len(digits) <= 9):
            raise Unreadable(N_("It holds a whole number."))
        return int(digits)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unreadable(N_("It holds a whole number."))
    return value


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    said = str(value).strip().lower() if isinstance(value, (str, int)) else ""
    if said not in TRUE | FALSE:
        raise Unreadable(N_("It holds true or false."))
    return said in TRUE


def _instant(value: Any) -> datetime:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError as wrong:
            raise Unreadable(N_("It holds date, time and zone, for example 2026-03-01T14:05:00Z.")) from wrong
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise Unreadable(N_("It holds date, time and zone, for example 2026-03-01T14:05:00Z."))
    try:
        return value.astimezone(UTC)
    except (OverflowError, ValueError) as wrong:
        raise Unreadable(N_("It holds a time of the years 1 to 9999.")) from wrong


def _codes(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(value.split())
    if not isinstance(value, Iterable) or isinstance(value, Mapping):
        raise Unreadable(N_("It holds codes of agencies."))
    return tuple(map(_text, value))


def _answers(value: Any) -> tuple[Answer, ...]:
    """A list of answers; in CSV 'FDA hold 2026-03-01T14:05:00Z; FDA/DEV proceed 2026-03-02T09:00:00Z'."""
    found = []
    for one in _listed(value):
        said = _answer_in_text(one) if isinstance(one, str) else one
        if not isinstance(said, Mapping) or set(said) - {"agency", "program", "answer", "at"}:
            raise Unreadable(N_("It holds agency, answer and time of each: 'FDA hold 2026-03-01T14:05:00Z'."))
        program = _text(said.get("program") or "")
        found.append(Answer(_text(said.get("agency")), _text(said.get("answer")), _instant(said.get("at")), program))
    return tuple(found)


def _answer_in_text(text: str) -> dict[str, str]:
    who, _, rest = text.partition(" ")
    answer, _, at = rest.strip().partition(" ")
    agency, _, program = who.partition("/")
    return {"agency": agency, "program": program, "answer": answer, "at": at}


def _claims(value: Any) -> tuple[Claim, ...]:
    """A list of claims; in CSV 'maker MF GBAEOC00123; - CS GB717', with '-' for none."""
    found = []
    for one in _listed(value):
        if isinstance(one, str):
            parts = [unquote(part) if part != "-" else "" for part in one.split()]
            one = dict(zip(("party", "role", "identifier"), parts, strict=False)) if len(parts) == 3 else None
        if not isinstance(one, Mapping) or set(one) - {"party", "role", "identifier"}:
            raise Unreadable(N_("It holds party, role and identifier of each, for example 'maker MF GBAEOC00123'."))
        found.append(Claim(_text(one.get("party") or ""), _text(one.get("identifier")), _text(one.get("role") or "")))
    return tuple(found)


def _listed(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    if not isinstance(value, Iterable) or isinstance(value, Mapping):
        raise Unreadable(N_("It holds a list."))
    return list(value)


def _write_truth(value: bool) -> str:
    return "true" if value else "false"


def write_instant(value: datetime) -> str:
    """A time as it is written in text: UTC, with Z."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _write_answers(value: Iterable[Answer]) -> str:
    return "; ".join(
        f"{one.agency}{'/' if one.program else ''}{one.program} {one.answer} {write_instant(one.at)}" for one in value
    )


def _write_claims(value: Iterable[Claim]) -> str:
    def apart(text: str) -> str:
        escaped = "".join(quote(c, safe="") if c in KEPT_APART else c for c in text)
        return "%2D" if escaped == "-" else escaped or "-"

    return "; ".join(f"{apart(one.party)} {apart(one.role)} {apart(one.identifier)}" for one in value)


COLUMNS = (
    Column("entry_number", N_("the entry number, or any other reference"), _text, required=True),
    Column("filed_at", N_("when it was filed: date, time and zone"), _instant, write_instant, required=True),
    Column("importer", N_("the importer of record, as registered"), _text, required=True),
    Column("carrier", N_("the carrier"), _text),
    Column("broker", N_("the customs broker"), _text),
    Column("maker", N_("the manufacturer"), _text),
    Column("score", N_("points of risk before any benefit, 0 to 1000"), _whole, required=True),
    Column("port", N_("the port of entry, Schedule D"), _text),
    Column("origin", N_("the country of origin, two letters"), _text),
    Column("tariff", N_("the tariff code, 4 to 10 digits"), _text),
    Column("mode", N_("sea, air, truck, rail, parcel or other"), _text),
    Column("advance_data", N_("whether cargo information came before loading"), _truth, _write_truth),
    Column("threat_level", N_("the threat level, 0 to 3"), _whole),
    Column("customs_hold", N_("whether customs holds the goods"), _truth, _write_truth),
    Column("threat_information", N_("whether there is information of a threat"), _truth, _write_truth),
    Column("authority", N_("the agencies with authority over the goods"), _codes, " ".join),
    Column("answers", N_("what agencies answered, and when they acted"), _answers, _write_answers),
    Column("claims", N_("parties that the entry says are trusted abroad"), _claims, _write_claims),
)
"""The columns in their order. A missing or empty value of one that is not required is what ``CargoEntry`` presumes."""
NAMES = tuple(one.name for one in COLUMNS)
BY_NAME = {one.name: one for one in COLUMNS}
REQUIRED = frozenset(one.name for one in COLUMNS if one.required)


def check_names(names: Iterable[str], line: int = 1) -> None:
    """Raise BadFile unless the names are among the columns, each once, and all that are required are there."""
    given = tuple(names)
    if _all_right(given):
        return
    for name in given:
        if name not in BY_NAME:
            near = get_close_matches(name, NAMES, n=1) or ["entry_number"]
            raise bad_file(
                N_("There is no column '%(name)s'."),
                N_("A column that is not read would be left out without a word."),
                N_("Name it as documented, for example '%(near)s', or take it out."),
                line=line,
                name=name,
                near=near[0],
            )
    twice = sorted({name for name in given if given.count(name) > 1})
    missing = [one.name for one in COLUMNS if one.required and one.name not in given]
    if twice or missing:
        raise bad_file(
            N_("The column '%(name)s' stands twice.") if twice else N_("The column '%(name)s' is missing."),
            N_("Each column has one name, and no entry is decided without number, time, importer and score."),
            N_("Correct the names of the columns."),
            line=line,
            name=(twice or missing)[0],
        )


@lru_cache(maxsize=64)
def _all_right(given: tuple[str, ...]) -> bool:
    """Whether names are good columns; asked for each JSON line, whose names are mostly those of the line before."""
    return len(set(given)) == len(given) and REQUIRED <= set(given) <= set(NAMES)


def entry_of(row: Mapping[str, Any]) -> tuple[CargoEntry | None, tuple[Problem, ...]]:
    """The entry of a row, values as text or as what they are; or the problems with it, by field."""
    values: dict[str, Any] = {}
    found = []
    for name, value in row.items():
        column = BY_NAME[name]
        if value is None or value == "":
            if column.required:
                found.append(_missing(name))
            continue
        try:
            values[name] = column.read(value)
        except Unreadable as wrong:
            found.append(_unreadable(name, value, str(wrong)))
    found += [_missing(name) for name in NAMES if name in REQUIRED and name not in row]
    return (None, tuple(found)) if found else (CargoEntry(**values), ())


def _missing(name: str) -> Problem:
    return problem(
        name,
        N_("It is empty."),
        N_("No entry is decided without number, time, importer and score."),
        N_("Fill it in."),
    )


def _unreadable(name: str, value: Any, why: str) -> Problem:
    return problem(name, N_("'%(text)s' cannot be read."), why, N_("Correct the value."), text=_seen(value))


def _seen(value: Any) -> str:
    try:
        return str(value)[:200]
    except (ValueError, RecursionError):  # a number of thousands of digits, or a list without end
        return "…"


def row_of(entry: CargoEntry) -> dict[str, Any]:
    """The values of an entry by column, as they are."""
    return {name: getattr(entry, name) for name in NAMES}


def text_row(entry: CargoEntry) -> list[str]:
    """The values of an entry as text, in the order of the columns: what CSV holds."""
    return [column.write(getattr(entry, column.name)) for column in COLUMNS]


__all__ = ["BY_NAME", "COLUMNS", "NAMES", "BadFile", "Column", "check_names", "entry_of", "row_of", "text_row"]
