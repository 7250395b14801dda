"""One row of a file of names as a party to screen, or what is wrong with it by field (964(b))."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from greenlane.law.sentences import N_, Sentence, Value
from greenlane.places.countries import fold, resolve_country
from greenlane.vetting.lists.entries import Identifier, PartyType
from greenlane.vetting.matching.names import MAX_CHARACTERS, prepare
from greenlane.vetting.matching.parties import Party
from greenlane.vetting.naming.columns import NUMBER_HEADINGS, field_of
from greenlane.vetting.naming.days import day_of
from greenlane.vetting.naming.problems import Problem, shown
from greenlane.vetting.naming.texts import TextRefused, checked, notices_of, texts_of

LONGEST_NAME = MAX_CHARACTERS
LONGEST = {"id": 100, "role": 40, "address": 500}
MOST_VALUES = 50
"""Most values of one field: other names, countries, numbers, addresses."""
ROLE = "party"
TYPES = {
    PartyType.PERSON: ("person", "individual", "natural person", "p"),
    PartyType.ORGANISATION: ("organisation", "organization", "company", "entity", "business", "legal person",
                             "legal entity", "o"),
    PartyType.VESSEL: ("vessel", "ship", "v"),
    PartyType.AIRCRAFT: ("aircraft", "plane", "a"),
    PartyType.UNKNOWN: ("unknown", "any"),
}  # fmt: skip
_ROW = object()  # in place of a value: the one of the row
_TYPES = {word: kind for kind, words in TYPES.items() for word in words}
_NUMBER = re.compile(r"^\s*(?P<kind>[^:]{1,40}):\s*(?P<value>.+?)\s*(?:\((?P<country>[^()]+)\))?\s*$", re.DOTALL)


@dataclass(frozen=True)
class Named:
    """A party to screen: the line that it stands on, and the id that its owner gave it or ''."""

    line: int
    id: str
    party: Party

    @property
    def notices(self) -> tuple[Sentence, ...]:
        """What to know of its name, where it is screened all the same."""
        return notices_of(prepare(self.party.names[0], self.party.party_type))


@dataclass(frozen=True)
class Read:
    """One record of a file: the party, or what is wrong with it. ``text``: as it stood in a file of text."""

    line: int
    named: Named | None
    problems: tuple[Problem, ...] = ()
    text: str = ""


def named_of(row: Mapping[str, Any], line: int, on: date, text: str = "") -> Read:
    """The party of a row whose keys are fields (or 'number:KIND'); *on* is the day of the screening."""
    reader = _Row(row, on)
    name, others = reader.names()
    kind = reader.type()
    countries, born = tuple(reader.countries()), reader.birth_date()
    numbers, addresses = tuple(reader.numbers()), reader.many("address", LONGEST["address"])
    key, role = reader.one("id", LONGEST["id"]), reader.one("role", LONGEST["role"]) or ROLE
    if reader.problems:
        return Read(line, None, tuple(one.at(line) for one in reader.problems), text)
    names = tuple(dict.fromkeys([name, *others]))
    party = Party(str(line), role, kind, names, tuple(dict.fromkeys(countries)), born, numbers, addresses)
    return Read(line, Named(line, key, party), (), text)


class _Row:
    """The values of a row, taken field by field; what is wrong is collected."""

    def __init__(self, row: Mapping[str, Any], on: date) -> None:
        self.row, self.on = row, on
        self.problems: list[Problem] = []

    def refuse(self, field: str, what: str, mend: str, /, **values: Value) -> None:
        self.problems.append(Problem(0, field, Sentence(what, values), Sentence(mend, values)))

    def many(self, field: str, longest: int, given: Any = _ROW) -> tuple[str, ...]:
        """The texts of a field, without empty ones; each is one line of at most *longest* characters."""
        if given is _ROW and field not in self.row:
            return ()
        found: list[str] = []
        try:
            for text in texts_of(self.row.get(field) if given is _ROW else given):
                if plain := checked(text, longest):
                    found.append(plain)
        except TextRefused as wrong:
            self.refuse(field, wrong.what, wrong.mend, **wrong.values)
            return ()
        if len(found) > MOST_VALUES:
            what, mend = N_("There are %(have)d values."), N_("Give at most %(most)d.")
            self.refuse(field, what, mend, have=len(found), most=MOST_VALUES)
            return ()
        return tuple(dict.fromkeys(found))

    def one(self, field: str, longest: int) -> str:
        """The text of a field that has one value, or ''; only fields of several values are parted at ';'."""
        value = self.row.get(field)
        found = self.many(field, longest, [[value]] if isinstance(value, str) else _ROW)
        if len(found) > 1:
            self.refuse(field, N_("There is more than one value."), N_("Give one."))
        return found[0] if found else ""

    def names(self) -> tuple[str, tuple[str, ...]]:
        """The name and the others. A name in parts is put together when there is none in one."""
        before = len(self.problems)
        name = self.one("name", LONGEST_NAME)
        parts = [self.one(part, LONGEST_NAME) for part in ("given_names", "middle_names", "family_name")]
        others = self.many("other_names", LONGEST_NAME)
        name = name or " ".join(part for part in parts if part)
        if not name and len(self.problems) == before:
            what, mend = N_("The name is empty."), N_("Write the name, or take the line out.")
            self.refuse("name", what, mend)
        for field, text in (("name", name), *(("other_names", one) for one in others)):
            if text and not any(unicodedata.category(c).startswith("L") for c in text):
                what = N_("'%(text)s' has no letter, so it is compared with nothing.")
                self.refuse(field, what, N_("Write the name here, and a number under 'identifier'."), text=shown(text))
        return name, others

    def type(self) -> PartyType:
        text = self.one("type", 40)
        kind = _TYPES.get(fold(text)) if text else PartyType.UNKNOWN
        if kind is None:
            known = ", ".join(str(kind) for kind in PartyType)
            self.refuse("type", N_("'%(text)s' is no type of party."), N_("Use one of: %(known)s; or leave it empty."),
                        text=shown(text), known=known)  # fmt: skip
        return kind or PartyType.UNKNOWN

    def countries(self) -> Iterator[str]:
        for text in self.many("country", 100):
            if code := resolve_country(text):
                yield code
            else:
                what = N_("'%(text)s' is no country that is known here.")
                mend = N_("Write the ISO code of two letters or the usual English name, or leave it empty.")
                self.refuse("country", what, mend, text=shown(text))

    def birth_date(self) -> date | None:
        value = self.row.get("birth_date")
        if not isinstance(value, str):
            texts = self.many("birth_date", 40)
            value = texts[0] if len(texts) == 1 else ", ".join(texts)
        if not value.strip():
            return None
        day = day_of(value)
        if day is None or day > self.on:
            what = N_("'%(text)s' is no day that can be read without doubt, or it lies ahead.")
            mend = N_("Write it as 1961-05-04; where only the year is known, leave it empty.")
            self.refuse("birth_date", what, mend, text=shown(value))
            return None
        return day

    def numbers(self) -> Iterator[Identifier]:
        for value in _each(self.row.get("identifier")):
            if isinstance(value, Mapping):
                parts = [self.many("identifier", 100, value.get(name)) for name in ("kind", "value", "country")]
                kind, number, country = (part[0] if part else "" for part in parts)
                yield from self._number(kind, number, country)
                continue
            for text in self.many("identifier", 200, value):
                match = _NUMBER.match(text)
                yield from self._number(*match.group("kind", "value", "country")) if match else self._number("", text)
        for field in self.row:
            if field.startswith("number:"):
                for text in self.many(field, 200):
                    yield from self._number(field.removeprefix("number:"), text)

    def _number(self, kind: str, number: str, country: str | None = "") -> Iterator[Identifier]:
        known = kind if kind in NUMBER_HEADINGS else (field_of(kind) or "").removeprefix("number:")
        if known not in NUMBER_HEADINGS or not number:
            what = N_("'%(text)s' does not say what kind of number it is.")
            mend = N_("Write kind and number, as in imo:9074729 or passport:X1234567 (PE). Kinds: %(kinds)s.")
            text = shown(f"{kind}:{number}" if kind else number)
            self.refuse("identifier", what, mend, text=text, kinds=", ".join(NUMBER_HEADINGS))
            return
        code = resolve_country(country) if country else ""
        if code is None:
            number, code = f"{number} ({country})", ""
        yield Identifier(known, number.upper().removeprefix("IMO").strip() if known == "imo" else number, code)


def _each(value: Any) -> Iterable[Any]:
    if value is None:
        return ()
    return value if isinstance(value, list | tuple) else (value,)
