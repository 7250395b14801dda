"""What must hold between the parts of a criteria catalogue: 961(b), 963(2); failure case RC-14."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from greenlane.criteria.catalogue import number_order
from greenlane.criteria.catalogue_form import CriterionForm, HeadForm
from greenlane.law.sentences import N_
from greenlane.programs.strict_yaml import Document, Problem, Where

Names = Mapping[str, tuple[str, ...]]
"""Every name that stands for business types (a type, a group, ``all``), with the types it stands for."""

_CHOOSE = N_("Choose from: %(known)s.")


@dataclass(frozen=True)
class Entry:
    """A criterion as written, and where: for problems that only show when all is known."""

    document: Document
    where: Where
    data: CriterionForm

    def problem(self, key: str, what: str, mend: str, **values: str | int) -> Problem:
        """A problem of this criterion; both messages may name its %(number)s."""
        return self.document.problem((*self.where, key), what, mend, number=self.data.number, **values)

    def place(self) -> str:
        """File and line of the number, for a message about another criterion."""
        return f"{Path(self.document.file).name}, line {self.document.line((*self.where, 'number'))}"


def category_of(number: str) -> int:
    return number_order(number)[0]


def expand(names: Iterable[str], types: Names) -> tuple[str, ...]:
    """The business types that these names stand for, each once."""
    return tuple(dict.fromkeys(code for name in names for code in types[name]))


def names_of(head: HeadForm, document: Document, problems: list[Problem]) -> Names:
    """The names for business types that the head of a catalogue declares; wrong groups go to ``problems``."""
    codes = [business_type.code for business_type in head.business_types]
    names = {code: (code,) for code in codes} | {"all": tuple(codes)}
    for group, members in head.groups.items():
        where = ("groups", group)
        if group in names:
            what = N_("The name '%(group)s' stands for something else already.")
            problems.append(document.problem(where, what, N_("Choose another name."), group=group))
        for member in members:
            if member not in names:
                what = N_("The group uses '%(member)s', which stands for nothing yet.")
                mend = N_("Use business types, or groups that stand above.")
                problems.append(document.problem(where, what, mend, member=member))
        names[group] = expand([member for member in members if member in names], names)
    return names


def head_problems(head: HeadForm, document: Document) -> Iterator[Problem]:
    """Categories that answer to unknown areas, and codes given twice."""
    areas = [area.code for area in head.areas]
    for i, category in enumerate(head.categories):
        for area in category.areas:
            if area not in areas:
                what = N_("Category %(number)d answers to the unknown area '%(area)s'.")
                values: dict[str, str | int] = {"number": category.number, "area": area, "known": ", ".join(areas)}
                yield document.problem(("categories", i), what, _CHOOSE, **values)
    for part, codes in (
        ("areas", areas),
        ("categories", [str(category.number) for category in head.categories]),
        ("business_types", [business_type.code for business_type in head.business_types]),
    ):
        for i, code in enumerate(codes):
            if code in codes[:i]:
                what = N_("'%(code)s' is given twice in %(part)s.")
                yield document.problem((part, i), what, N_("Keep one of them."), code=code, part=part)


def entry_problems(entry: Entry, head: HeadForm, types: Names) -> Iterator[Problem]:
    """What one criterion says that the head of the catalogue, or its own number, contradicts."""
    data = entry.data
    categories = [category.number for category in head.categories]
    if category_of(data.number) not in categories:
        what = N_("%(number)s belongs to category %(category)d, which the catalogue does not have.")
        known = ", ".join(map(str, categories))
        yield entry.problem("number", what, _CHOOSE, category=category_of(data.number), known=known)
    if ("R" in data.number) != (data.number_status == "ours"):
        what = N_("The status of %(number)s is '%(status)s'.")
        mend = N_("Numbers of our own, and only those, are written with R, such as 5.R1.")
        yield entry.problem("number_status", what, mend, status=data.number_status)
    yield from _unknown(entry, head, types)
    applies = set(expand([name for name in data.business_types if name in types], types))
    for key, names in (("level_for", data.level_for), ("notes", data.notes)):
        for name in names:
            if name in types and applies.isdisjoint(types[name]):
                what = N_("%(number)s does not apply to '%(name)s' but has something under '%(key)s' for it.")
                mend = N_("Remove it, or let the number apply.")
                values = {"number": data.number, "name": name, "key": key}
                yield entry.document.problem((*entry.where, key, name), what, mend, **values)


def _unknown(entry: Entry, head: HeadForm, types: Names) -> Iterator[Problem]:
    data = entry.data
    uses: tuple[tuple[str, Iterable[str], Iterable[str]], ...] = (
        ("business_types", data.business_types, types),
        ("level_for", data.level_for, types),
        ("notes", data.notes, types),
        ("areas", data.areas or (), [area.code for area in head.areas]),
        ("cargo_kinds", data.cargo_kinds or (), head.cargo_kinds),
    )
    for key, given, known in uses:
        for name in given:
            if name not in known:
                what = N_("%(number)s names '%(name)s', which the catalogue does not know.")
                yield entry.problem(key, what, _CHOOSE, name=name, known=", ".join(known))
