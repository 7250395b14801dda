"""Reads criteria catalogues from YAML, all or nothing: 961(b), 963(2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from greenlane.criteria.catalogue import (
    Catalogue,
    CatalogueRefused,
    Category,
    CriteriaArea,
    Criterion,
    Edition,
    Note,
    number_order,
)
from greenlane.criteria.catalogue_checks import (
    Entry,
    Names,
    category_of,
    entry_problems,
    expand,
    head_problems,
    names_of,
)
from greenlane.criteria.catalogue_form import BusinessTypeForm, CriterionForm, HeadForm, PartForm
from greenlane.law.sentences import N_
from greenlane.programs.strict_yaml import DataProblems, Document, Problem, Where, fit, problem, read

SHIPPED = Path(__file__).parent / "data" / "ctpat_2020.yaml"

_V = TypeVar("_V")


class CatalogueProblems(DataProblems):
    """Everything wrong with the files of a catalogue; nothing of them is loaded."""


def load(path: Path) -> Catalogue:
    """The catalogue of a file or folder; see ``catalogue.load_catalogue``. Raises CatalogueProblems."""
    problems: list[Problem] = []
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not files:
        mend = N_("Name a catalogue file or its folder.")
        problems.append(problem(str(path), 1, N_("The folder holds no *.yaml file."), mend))
    versions = [version for file in files if (version := _Version.read(file, problems)) is not None]
    _agree(versions, problems)
    editions = [edition for version in versions for edition in version.editions(problems)]
    if problems:
        raise CatalogueProblems(problems)
    latest = max(versions, key=lambda version: version.head.in_force_from).head
    return Catalogue(
        programme=latest.programme,
        title=latest.title,
        areas=tuple(CriteriaArea(a.code, a.title, a.citation, a.hook) for a in latest.areas),
        categories=tuple(Category(c.number, c.title, c.focus_area, tuple(c.areas)) for c in latest.categories),
        cargo_kinds=tuple(latest.cargo_kinds),
        editions=tuple(editions),
    )


def _agree(versions: list[_Version], problems: list[Problem]) -> None:
    """Versions in one catalogue are of one programme, and no two begin on one day or share a name."""
    for first, second in pairwise(versions):
        if first.head.programme != second.head.programme:
            what = N_("The programme '%(second)s' is not '%(first)s' as in the file before.")
            mend = N_("Keep each programme in a folder of its own.")
            names = {"first": first.head.programme, "second": second.head.programme}
            problems.append(second.document.problem(("programme",), what, mend, **names))
    for key in ("version", "in_force_from"):
        seen: set[object] = set()
        for version in versions:
            value = getattr(version.head, key)
            if value in seen:
                what, mend = N_("'%(key)s' %(value)s is that of another file too."), N_("Change one of them.")
                problems.append(version.document.problem((key,), what, mend, key=key, value=str(value)))
            seen.add(value)


@dataclass(frozen=True)
class _Version:
    """One version as read: its head, and the criteria of all its files."""

    document: Document
    head: HeadForm
    entries: tuple[Entry, ...]
    whole: bool
    """Whether every part could be read; only then does it mean something that a criterion is missing."""

    @classmethod
    def read(cls, path: Path, problems: list[Problem]) -> _Version | None:
        found = len(problems)
        document = read(path, problems)
        head = fit(document, HeadForm, problems) if document else None
        if document is None or head is None:
            return None
        entries = [Entry(document, ("criteria", i), c) for i, c in enumerate(head.criteria)]
        for i, name in enumerate(head.criteria_files):
            entries += _part(path.parent, name, document, ("criteria_files", i), problems)
        if not entries and len(problems) == found:
            mend = N_("Add criteria or criteria_files.")
            problems.append(document.problem((), N_("The catalogue has no criteria."), mend))
        return cls(document, head, tuple(entries), whole=len(problems) == found)

    def editions(self, problems: list[Problem]) -> Iterator[Edition]:
        """The edition of each business type; what does not hold together goes to ``problems``."""
        found = len(problems)
        types = names_of(self.head, self.document, problems)
        problems += head_problems(self.head, self.document)
        numbers: dict[str, Entry] = {}
        for entry in self.entries:
            if first := numbers.get(entry.data.number):
                what = N_("The number %(number)s is already used at %(place)s.")
                problems.append(entry.problem("number", what, N_("Give each number once."), place=first.place()))
            numbers.setdefault(entry.data.number, entry)
            problems += entry_problems(entry, self.head, types)
        if len(problems) > found or not self.whole:
            return
        for business_type in self.head.business_types:
            yield self._edition(business_type, types, problems)

    def _edition(self, business_type: BusinessTypeForm, types: Names, problems: list[Problem]) -> Edition:
        criteria: list[Criterion] = []
        for entry in self.entries:
            if business_type.code in expand(entry.data.business_types, types):
                try:
                    criteria.append(self._criterion(entry.data, business_type.code, types))
                except CatalogueRefused as error:
                    what, mend = N_("%(number)s cannot stand: %(reason)s."), N_("Correct the criterion.")
                    problems.append(entry.problem("number", what, mend, reason=str(error)))
        if not criteria:
            where = ("business_types", self.head.business_types.index(business_type))
            what = N_("No criterion applies to '%(code)s'.")
            mend = N_("Remove the business type, or give it criteria.")
            problems.append(self.document.problem(where, what, mend, code=business_type.code))
        return Edition(
            programme=self.head.programme,
            business_type=business_type.code,
            version=self.head.version,
            in_force_from=self.head.in_force_from,
            criteria=tuple(sorted(criteria, key=lambda c: number_order(c.number))),
            basis=business_type.basis,
        )

    def _criterion(self, data: CriterionForm, business_type: str, types: Names) -> Criterion:
        category = next(c for c in self.head.categories if c.number == category_of(data.number))
        note = _for_type(data.notes, business_type, types)
        return Criterion(
            number=data.number,
            category=category.number,
            level=_for_type(data.level_for, business_type, types) or data.level,
            text=data.text,
            areas=tuple(data.areas or category.areas),
            business_types=tuple(
                t.code for t in self.head.business_types if t.code in expand(data.business_types, types)
            ),
            cargo_kinds=tuple(k for k in self.head.cargo_kinds if data.cargo_kinds is None or k in data.cargo_kinds),
            evidence_hint=data.evidence_hint,
            note=Note(data.number, note) if note else None,
            number_status=data.number_status,
        )


def _part(folder: Path, name: str, head: Document, where: Where, problems: list[Problem]) -> list[Entry]:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        what = N_("'%(name)s' lies outside the catalogue's folder.")
        problems.append(head.problem(where, what, N_("Move the file into it."), name=name))
        return []
    document = read(path, problems)
    part = fit(document, PartForm, problems) if document else None
    if document is None or part is None:
        return []
    return [Entry(document, ("criteria", i), c) for i, c in enumerate(part.criteria)]


def _for_type(values: Mapping[str, _V], business_type: str, types: Names) -> _V | None:
    """The value for the type itself, else for the first group that holds it, else None."""
    if business_type in values:
        return values[business_type]
    return next((value for name, value in values.items() if business_type in types[name]), None)
