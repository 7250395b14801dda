"""The catalogue of security criteria, by business type and date: 961(b), 963(2)-(4), 970. Standard library only."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

LEVELS = ("must", "should")
NUMBER_STATUSES = ("official", "transcribed", "ours")
NUMBER = re.compile(r"(?P<category>[1-9]\d?)\.(?P<ours>R?)(?P<place>[1-9]\d{0,2})")
"""A criterion's number: category, point, place. ``R`` marks a number that is the product's own, not the agency's."""


class CatalogueRefused(ValueError):
    """A catalogue object contradicts itself."""


class NoEditionInForce(LookupError):
    """No edition of the criteria is in force for that business type on that day."""

    def __init__(self, business_type: str, on: date, why: str) -> None:
        super().__init__(f"No criteria for {business_type} are in force on {on.isoformat()}: {why}")
        self.business_type, self.on = business_type, on


@dataclass(frozen=True)
class CriteriaArea:
    """An area of the statute that criteria answer to; a ``hook`` is a clause outside the seven areas of 963(2)."""

    code: str
    title: str
    citation: str
    hook: bool = False


@dataclass(frozen=True)
class Category:
    """One of the categories that order the criteria, with the codes of the areas that it answers to."""

    number: int
    title: str
    focus_area: str
    areas: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """Guidance on one criterion. It names its criterion always, so that it cannot stand under another (RC-14)."""

    number: str
    text: str

    def __str__(self) -> str:
        return f"{self.number}: {self.text}"


@dataclass(frozen=True)
class Criterion:
    """One requirement, as one business type meets it: level and note are those of the type.

    ``business_types`` are all the types to which the number applies; ``cargo_kinds`` the kinds of cargo (970).
    """

    number: str
    category: int
    level: str
    text: str
    areas: tuple[str, ...]
    business_types: tuple[str, ...]
    cargo_kinds: tuple[str, ...]
    evidence_hint: str
    note: Note | None
    number_status: str

    def __post_init__(self) -> None:
        form = NUMBER.fullmatch(self.number)
        if form is None or int(form["category"]) != self.category:
            raise CatalogueRefused(f"{self.number!r} is not a number of category {self.category}")
        if self.level not in LEVELS or self.number_status not in NUMBER_STATUSES:
            raise CatalogueRefused(f"{self.number} has level {self.level!r} and status {self.number_status!r}")
        if bool(form["ours"]) != (self.number_status == "ours"):
            raise CatalogueRefused(f"{self.number} is {self.number_status}; exactly our own numbers are written with R")
        if not self.areas:
            raise CatalogueRefused(f"{self.number} answers to no area of the statute")
        if self.note is not None and self.note.number != self.number:
            raise CatalogueRefused(f"the note of {self.note.number} stands under {self.number}")

    @property
    def order(self) -> tuple[int, bool, int]:
        """Sorts 4.9 before 4.10, and our own numbers after the agency's."""
        return number_order(self.number)

    def concerns(self, cargo_kinds: Iterable[str]) -> bool:
        """Whether the criterion applies to any of these kinds of cargo."""
        return not set(self.cargo_kinds).isdisjoint(cargo_kinds)


@dataclass(frozen=True)
class Edition:
    """The criteria of one business type from one day on, in the order of their numbers.

    ``basis`` says how far the selection can be trusted: official, transcribed or ours.
    """

    programme: str
    business_type: str
    version: str
    in_force_from: date
    criteria: tuple[Criterion, ...]
    basis: str = "ours"

    def __post_init__(self) -> None:
        numbers = [criterion.number for criterion in self.criteria]
        if sorted(set(numbers), key=number_order) != numbers:
            raise CatalogueRefused(
                f"edition {self.version} of {self.business_type} is out of order or repeats a number"
            )
        for criterion in self.criteria:
            if self.business_type not in criterion.business_types:
                raise CatalogueRefused(f"{criterion.number} does not apply to {self.business_type}")

    def criterion(self, number: str) -> Criterion | None:
        """The criterion of this number, or None: a number outside the edition does not apply to the type."""
        return next((c for c in self.criteria if c.number == number), None)


@dataclass(frozen=True)
class Change:
    """A criterion that is in both editions and reads otherwise: ``parts`` names the fields that differ."""

    number: str
    old: Criterion
    new: Criterion
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """What a new edition adds to, takes from and changes in an old one."""

    added: tuple[Criterion, ...]
    removed: tuple[Criterion, ...]
    changed: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True)
class Catalogue:
    """All editions of a programme's criteria, with the areas and categories that they refer to."""

    programme: str
    title: str
    areas: tuple[CriteriaArea, ...]
    categories: tuple[Category, ...]
    cargo_kinds: tuple[str, ...]
    editions: tuple[Edition, ...]

    @property
    def business_types(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(edition.business_type for edition in self.editions))

    def area(self, code: str) -> CriteriaArea | None:
        return next((a for a in self.areas if a.code == code), None)

    def category(self, number: int) -> Category | None:
        return next((c for c in self.categories if c.number == number), None)

    def edition(self, business_type: str, on: date) -> Edition:
        """The edition in force for the type on the day. Raises NoEditionInForce with the reason."""
        own = [edition for edition in self.editions if edition.business_type == business_type]
        if not own:
            known = ", ".join(self.business_types)
            raise NoEditionInForce(business_type, on, f"the programme has no such business type; it has {known}.")
        begun = [edition for edition in own if edition.in_force_from <= on]
        if not begun:
            first = min(edition.in_force_from for edition in own)
            raise NoEditionInForce(business_type, on, f"the first edition is in force from {first.isoformat()}.")
        return max(begun, key=lambda edition: edition.in_force_from)

    def profile(self, business_type: str, on: date, cargo_kinds: Iterable[str] = ()) -> tuple[Criterion, ...]:
        """The criteria that an applicant of this type answers: the edition in force, and nothing else (RC-14).

        ``cargo_kinds`` narrows it to what the applicant moves (970); none given means every kind.
        Raises NoEditionInForce, and ValueError for a kind of cargo that the programme does not know.
        """
        kinds = tuple(cargo_kinds)
        unknown = [kind for kind in kinds if kind not in self.cargo_kinds]
        if unknown:
            raise ValueError(f"Unknown kind of cargo {', '.join(unknown)}; use {', '.join(self.cargo_kinds)}.")
        criteria = self.edition(business_type, on).criteria
        return tuple(c for c in criteria if c.concerns(kinds)) if kinds else criteria

    @staticmethod
    def difference(old: Edition, new: Edition) -> Difference:
        """What changes for a business type from ``old`` to ``new``. Raises ValueError for two business types."""
        if (old.programme, old.business_type) != (new.programme, new.business_type):
            raise ValueError(
                f"Editions of {old.programme}/{old.business_type} and {new.programme}/{new.business_type} "
                "cannot be compared: choose two versions of one business type."
            )
        before, after = ({c.number: c for c in edition.criteria} for edition in (old, new))
        return Difference(
            added=tuple(c for c in new.criteria if c.number not in before),
            removed=tuple(c for c in old.criteria if c.number not in after),
            changed=tuple(
                Change(c.number, before[c.number], c, _differing(before[c.number], c))
                for c in new.criteria
                if c.number in before and before[c.number] != c
            ),
        )


def _differing(old: Criterion, new: Criterion) -> tuple[str, ...]:
    return tuple(f.name for f in fields(Criterion) if getattr(old, f.name) != getattr(new, f.name))


def number_order(number: str) -> tuple[int, bool, int]:
    """The sorting key of a criterion's number. Raises CatalogueRefused for what is not one."""
    form = NUMBER.fullmatch(number)
    if form is None:
        raise CatalogueRefused(f"{number!r} is not a criterion's number such as 4.8 or 5.R1")
    return int(form["category"]), bool(form["ours"]), int(form["place"])


def edition_to_json(edition: Edition) -> str:
    """The edition as canonical JSON: keys sorted, no spaces, UTF-8; equal editions give equal bytes."""
    data = asdict(edition) | {"in_force_from": edition.in_force_from.isoformat()}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def edition_from_json(text: str) -> Edition:
    """The edition that ``edition_to_json`` wrote. Raises CatalogueRefused for anything else."""
    try:
        data = json.loads(text)
        criteria = tuple(_criterion(item) for item in data["criteria"])
        day = date.fromisoformat(data["in_force_from"])
        return Edition(**(data | {"criteria": criteria, "in_force_from": day}))
    except CatalogueRefused:
        raise
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CatalogueRefused(f"This is not an edition of criteria in JSON: {error}") from error


def _criterion(item: dict[str, Any]) -> Criterion:
    note = Note(**item["note"]) if item["note"] is not None else None
    lists = {key: tuple(item[key]) for key in ("areas", "business_types", "cargo_kinds")}
    return Criterion(**(item | lists | {"note": note}))


def load_catalogue(path: Path | None = None) -> Catalogue:
    """The catalogue in a file, or in all ``*.yaml`` files directly inside a folder (one file per version).

    Without a path, the catalogue of C-TPAT that comes with the product, read once. Raises
    ``catalogue_file.CatalogueProblems``, which lists every problem with its file, line and remedy.
    """
    if path is None:
        return _shipped()
    from greenlane.criteria.catalogue_file import load

    return load(path)


@cache
def _shipped() -> Catalogue:
    from greenlane.criteria.catalogue_file import SHIPPED, load

    return load(SHIPPED)
