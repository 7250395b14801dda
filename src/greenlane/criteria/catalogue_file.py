"""Reads criteria catalogues from YAML, all or nothing: 961(b), 963(2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
from greenlane.criteria.catalogue_form import BusinessTypeForm, CriterionForm, HeadForm, PartForm
from greenlane.programs.strict_yaml import DataProblems, Document, Problem, Where, fit, read

SHIPPED = Path(__file__).parent / "data" / "ctpat_2020.yaml"

_V = TypeVar("_V")


class CatalogueProblems(DataProblems):
    """Everything wrong with the files of a catalogue; nothing of them is loaded."""


@dataclass(frozen=True)
class _Entry:
    """A criterion as written, and where: for problems that only show when all is known."""

    document: Document
    where: Where
    data: CriterionForm


def load(path: Path) -> Catalogue:
    """The catalogue of a file or folder; see ``catalogue.load_catalogue``. Raises CatalogueProblems."""
    problems: list[Problem] = []
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not files:
        problems.append(
            Problem(str(path), 1, "The folder holds no *.yaml file.", "Name a catalogue file or its folder.")
        )
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
            problems.append(
                second.document.problem(
                    ("programme",),
                    f"The programme '{second.head.programme}' is not '{first.head.programme}' as in the file before.",
                    "Keep each programme in a folder of its own.",
                )
            )
    for key in ("version", "in_force_from"):
        seen: set[object] = set()
        for version in versions:
            value = getattr(version.head, key)
            if value in seen:
                problems.append(
                    version.document.problem((key,), f"'{key}' {value} is that of another file too.", "Change one.")
                )
            seen.add(value)


@dataclass(frozen=True)
class _Version:
    """One version as read: its head, and the criteria of all its files."""

    document: Document
    head: HeadForm
    entries: tuple[_Entry, ...]
    whole: bool
    """Whether every part could be read; only then does it mean something that a criterion is missing."""

    @classmethod
    def read(cls, path: Path, problems: list[Problem]) -> _Version | None:
        found = len(problems)
        document = read(path, problems)
        head = fit(document, HeadForm, problems) if document else None
        if document is None or head is None:
            return None
        entries = [_Entry(document, ("criteria", i), c) for i, c in enumerate(head.criteria)]
        for i, name in enumerate(head.criteria_files):
            entries += _part(path.parent, name, document, ("criteria_files", i), problems)
        if not entries and len(problems) == found:
            problems.append(document.problem((), "The catalogue has no criteria.", "Add criteria or criteria_files."))
        return cls(document, head, tuple(entries), whole=len(problems) == found)

    def editions(self, problems: list[Problem]) -> Iterator[Edition]:
        """The edition of each business type; what does not hold together goes to ``problems``."""
        found = len(problems)
        types = self._types(problems)
        self._head_problems(problems)
        numbers: dict[str, _Entry] = {}
        for entry in self.entries:
            if first := numbers.get(entry.data.number):
                what = f"The number {entry.data.number} is already used at {_place(first)}."
                problems.append(entry.document.problem((*entry.where, "number"), what, "Give each number once."))
            numbers.setdefault(entry.data.number, entry)
            problems += self._entry_problems(entry, types)
        if len(problems) > found or not self.whole:
            return
        for business_type in self.head.business_types:
            yield self._edition(business_type, types, problems)

    def _edition(
        self, business_type: BusinessTypeForm, types: dict[str, tuple[str, ...]], problems: list[Problem]
    ) -> Edition:
        criteria: list[Criterion] = []
        for entry in self.entries:
            if business_type.code in _expand(entry.data.business_types, types):
                try:
                    criteria.append(self._criterion(entry.data, business_type.code, types))
                except CatalogueRefused as error:
                    problems.append(entry.document.problem(entry.where, f"{error}.", "Correct the criterion."))
        if not criteria:
            where = ("business_types", self.head.business_types.index(business_type))
            what = f"No criterion applies to '{business_type.code}'."
            problems.append(self.document.problem(where, what, "Remove the business type, or give it criteria."))
        return Edition(
            programme=self.head.programme,
            business_type=business_type.code,
            version=self.head.version,
            in_force_from=self.head.in_force_from,
            criteria=tuple(sorted(criteria, key=lambda c: number_order(c.number))),
            basis=business_type.basis,
        )

    def _criterion(self, data: CriterionForm, business_type: str, types: dict[str, tuple[str, ...]]) -> Criterion:
        category = next(c for c in self.head.categories if c.number == _category_of(data.number))
        note = _for_type(data.notes, business_type, types)
        return Criterion(
            number=data.number,
            category=category.number,
            level=_for_type(data.level_for, business_type, types) or data.level,
            text=data.text,
            areas=tuple(data.areas or category.areas),
            business_types=tuple(
                t.code for t in self.head.business_types if t.code in _expand(data.business_types, types)
            ),
            cargo_kinds=tuple(k for k in self.head.cargo_kinds if data.cargo_kinds is None or k in data.cargo_kinds),
            evidence_hint=data.evidence_hint,
            note=Note(data.number, note) if note else None,
            number_status=data.number_status,
        )

    def _types(self, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
        """Every name that stands for business types, with the types it stands for."""
        codes = [t.code for t in self.head.business_types]
        names = {code: (code,) for code in codes} | {"all": tuple(codes)}
        for group, members in self.head.groups.items():
            unknown = [member for member in members if member not in names]
            if unknown or group in names:
                what = (
                    f"The group uses '{unknown[0]}', which stands for nothing yet." if unknown else "The name is taken."
                )
                mend = "Use business types, or groups that stand above." if unknown else "Choose another name."
                problems.append(self.document.problem(("groups", group), what, mend))
            names[group] = _expand([member for member in members if member in names], names)
        return names

    def _head_problems(self, problems: list[Problem]) -> None:
        areas = {area.code for area in self.head.areas}
        for i, category in enumerate(self.head.categories):
            for area in set(category.areas) - areas:
                what = f"Category {category.number} answers to the unknown area '{area}'."
                problems.append(self.document.problem(("categories", i), what, _choose(areas)))
        for key, codes in (
            ("areas", [area.code for area in self.head.areas]),
            ("categories", [str(category.number) for category in self.head.categories]),
            ("business_types", [business_type.code for business_type in self.head.business_types]),
        ):
            for i, code in enumerate(codes):
                if code in codes[:i]:
                    problems.append(self.document.problem((key, i), f"'{code}' is given twice in {key}.", "Keep one."))

    def _entry_problems(self, entry: _Entry, types: dict[str, tuple[str, ...]]) -> Iterator[Problem]:
        data = entry.data
        applies = _expand([name for name in data.business_types if name in types], types)
        categories = {category.number for category in self.head.categories}
        if _category_of(data.number) not in categories:
            what = f"{data.number} belongs to category {_category_of(data.number)}, which the catalogue does not have."
            yield entry.document.problem((*entry.where, "number"), what, _choose(sorted(map(str, categories))))
        if ("R" in data.number) != (data.number_status == "ours"):
            what = f"{data.number} is '{data.number_status}'."
            mend = "Numbers of our own, and only those, are written with R, such as 5.R1."
            yield entry.document.problem((*entry.where, "number_status"), what, mend)
        for key, given, known in (
            ("business_types", data.business_types, types),
            ("level_for", data.level_for, types),
            ("notes", data.notes, types),
            ("areas", data.areas or (), [area.code for area in self.head.areas]),
            ("cargo_kinds", data.cargo_kinds or (), self.head.cargo_kinds),
        ):
            for name in given:
                if name not in known:
                    what = f"{data.number} names '{name}', which is unknown to the catalogue."
                    yield entry.document.problem((*entry.where, key), what, _choose(known))
                elif key in ("level_for", "notes") and not set(types[name]) & set(applies):
                    what = f"{data.number} does not apply to '{name}' but has {key} for it."
                    yield entry.document.problem((*entry.where, key, name), what, "Remove it, or let the number apply.")


def _part(folder: Path, name: str, head: Document, where: Where, problems: list[Problem]) -> list[_Entry]:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        problems.append(head.problem(where, f"'{name}' lies outside the catalogue's folder.", "Move the file into it."))
        return []
    document = read(path, problems)
    part = fit(document, PartForm, problems) if document else None
    if document is None or part is None:
        return []
    return [_Entry(document, ("criteria", i), c) for i, c in enumerate(part.criteria)]


def _expand(names: Iterable[str], types: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for name in names for code in types[name]))


def _for_type(values: Mapping[str, _V], business_type: str, types: dict[str, tuple[str, ...]]) -> _V | None:
    """The value for the type itself, else for the first group that holds it, else None."""
    if business_type in values:
        return values[business_type]
    return next((value for name, value in values.items() if business_type in types[name]), None)


def _category_of(number: str) -> int:
    return number_order(number)[0]


def _choose(known: Iterable[str]) -> str:
    return f"Choose from: {', '.join(known)}."


def _place(entry: _Entry) -> str:
    return f"{Path(entry.document.file).name}, line {entry.document.line((*entry.where, 'number'))}"
