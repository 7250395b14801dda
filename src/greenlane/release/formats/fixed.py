"""Records of 80 columns: fields by their positions, read and written so that nothing is lost between the two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from greenlane.law.sentences import N_
from greenlane.release.engine.problems import Problem, problem

WIDTH = 80
LETTERS, DIGITS, EITHER, ANY = "A", "N", "AN", "X"
"""What a field holds: letters, digits, letters or digits, any printable ASCII character."""
LETTERS_OF = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
DIGITS_OF = frozenset("0123456789")
ALLOWED = {
    LETTERS: LETTERS_OF,
    DIGITS: DIGITS_OF,
    EITHER: LETTERS_OF | DIGITS_OF,
    ANY: frozenset(map(chr, range(32, 127))),
}


@dataclass(frozen=True)
class Field:
    """A field from column ``first`` to column ``last``, both from 1.

    ``required``: it may not be blank. ``full``: what stands in it takes all its columns.
    """

    name: str
    first: int
    last: int
    holds: str = ANY
    required: bool = False
    full: bool = False

    @property
    def width(self) -> int:
        """How many columns it has."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Layout:
    """A kind of record: the letters that it begins with, and its fields in order. Columns between them are blank."""

    tag: str
    fields: tuple[Field, ...]
    by_name: Mapping[str, Field] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {one.name: one for one in self.fields})
        edge = len(self.tag)
        for one in self.fields:
            if not edge < one.first <= one.last <= WIDTH:
                raise ValueError(
                    f"{self.tag} {one.name}: columns {one.first} to {one.last} do not follow column {edge}"
                )
            edge = one.last


@dataclass(frozen=True)
class Record:
    """A record as read: its layout's tag, its fields without the blanks around them, and its line from 1."""

    tag: str
    values: Mapping[str, str]
    line: int = 0

    def __getitem__(self, name: str) -> str:
        return self.values[name]


def read_record(text: str, layout: Layout, line: int = 0) -> tuple[Record, list[Problem]]:
    """The record in a line, and what is wrong with it by field and column. Blanks at the end may be missing."""
    found = []
    if len(text.rstrip()) > WIDTH:
        found.append(_too_wide(text, layout.tag, line))
    padded, edge = text[:WIDTH].ljust(WIDTH), len(layout.tag)
    values = {}
    for one in layout.fields:
        if edge < one.first - 1:
            found += _gap(padded, edge, one.first - 1, layout.tag, line)
        edge = one.last
        raw = padded[one.first - 1 : one.last]
        values[one.name] = raw.strip()
        if wrong := _wrong(raw, one):
            found.append(replace(wrong, field=f"{layout.tag} {one.name}", line=line))
    found += _gap(padded, edge, WIDTH, layout.tag, line)
    return Record(layout.tag, values, line), found


def write_record(layout: Layout, values: Mapping[str, str]) -> str:
    """The 80 columns of a record. Raises ValueError for a value that its field cannot hold, or a field it has not."""
    columns = list(layout.tag.ljust(WIDTH))
    if strangers := sorted(set(values) - set(layout.by_name)):
        raise ValueError(f"{layout.tag} has no {', '.join(strangers)}")
    for one in layout.fields:
        text = values.get(one.name, "")
        raw = text.ljust(one.width)
        wrong = _wrong(raw, one)
        if len(raw) > one.width or wrong or text != text.strip():
            said = f" {wrong.what} {wrong.why}" if wrong else ""
            raise ValueError(f"{layout.tag} {one.name}: {text[:WIDTH]!r} does not fit {one.first} to {one.last}.{said}")
        columns[one.first - 1 : one.last] = raw
    return "".join(columns)


def _wrong(raw: str, one: Field) -> Problem | None:
    """What is wrong with the columns of a field, without its line."""
    text = raw.strip()
    if not text:
        if not one.required:
            return None
        found = problem("", N_("It is blank."), N_("A record of this kind needs it."), N_("Fill it in."))
        return replace(found, column=one.first)
    before = len(raw) - len(raw.lstrip())
    if (one.full and len(text) < len(raw)) or (before and one.holds in (LETTERS, EITHER)):
        return replace(_not_in_place(raw, one), column=one.first + (len(text) if not before else 0))
    allowed = ALLOWED[one.holds]
    if allowed.issuperset(text):
        return None
    wrong = next(place for place, letter in enumerate(text) if letter not in allowed)
    return replace(_not_allowed(raw, one), column=one.first + before + wrong)


def _not_in_place(raw: str, one: Field) -> Problem:
    return problem(
        "",
        N_("'%(text)s' does not stand where it should."),
        N_("Its %(width)d columns begin at column %(first)d."),
        N_("Complete the field, or look for a shifted column."),
        text=raw,
        width=one.width,
        first=one.first,
    )


def _not_allowed(raw: str, one: Field) -> Problem:
    why = {
        LETTERS: N_("It holds capital letters only."),
        DIGITS: N_("It holds digits only."),
        EITHER: N_("It holds capital letters and digits only."),
        ANY: N_("It holds printable characters of ASCII only."),
    }[one.holds]
    return problem(
        "", N_("'%(text)s' cannot be read."), why, N_("Correct the field, or look for a shifted column."), text=raw
    )


def _too_wide(text: str, tag: str, line: int) -> Problem:
    found = problem(
        tag,
        N_("The record has %(have)d columns."),
        N_("A record has %(need)d."),
        N_("Look for a line that lost its end, or for characters too many."),
        have=len(text.rstrip()),
        need=WIDTH,
    )
    return replace(found, line=line, column=WIDTH + 1)


def _gap(padded: str, first: int, last: int, tag: str, line: int) -> list[Problem]:
    """Columns that no field takes must be blank: what stands there shows that the record is shifted."""
    between = padded[first:last]
    if not between.strip():
        return []
    found = problem(
        tag,
        N_("'%(text)s' stands where the record is blank."),
        N_("The columns %(first)d to %(last)d belong to no field."),
        N_("Look for a shifted column."),
        text=between.strip(),
        first=first + 1,
        last=last,
    )
    return [replace(found, line=line, column=first + 1 + len(between) - len(between.lstrip()))]
