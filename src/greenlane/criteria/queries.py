"""The edition in force for a business type on a day (6 USC 961(b), 963(3))."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from uuid import UUID, uuid5

from greenlane.casework.problems import Missing
from greenlane.criteria.catalogue import Edition, edition_from_json
from greenlane.criteria.models import EditionRow
from greenlane.law.s963_measures import CriterionFact
from greenlane.programs.queries import programme_id


def edition_id(programme: str, business_type: str, version: str) -> UUID:
    """The id of an edition follows from what it is."""
    return uuid5(programme_id(programme), f"edition/{business_type}/{version}")


def edition_in_force(programme: str, business_type: str, on: date) -> Edition:
    """The edition in force on a day. Raises Missing."""
    row = (
        EditionRow.objects.filter(programme=programme, business_type=business_type, in_force_from__lte=on)
        .order_by("-in_force_from", "-published_on")
        .only("id")
        .first()
    )
    if row is None:
        raise Missing("edition of criteria", f"{programme}/{business_type}")
    return edition_of(row.pk)


def edition_of(key: UUID) -> Edition:
    """An edition by its id. Raises Missing."""
    try:
        return _edition(key)
    except EditionRow.DoesNotExist as error:
        raise Missing("edition of criteria", key) from error


@lru_cache(maxsize=128)
def _edition(key: UUID) -> Edition:
    """Editions never change once published, so they are parsed once."""
    return edition_from_json(EditionRow.objects.values_list("body", flat=True).get(pk=key))


def official_texts(programme: str, business_type: str, version: str) -> dict[str, str]:
    """The agency's own texts by criterion number, as far as they were loaded."""
    key = edition_id(programme, business_type, version)
    texts: dict[str, str] | None = EditionRow.objects.filter(pk=key).values_list("official", flat=True).first()
    return texts or {}


def criterion_facts(edition: Edition) -> tuple[CriterionFact, ...]:
    """The edition as the rules of 963(3) read it."""
    return tuple(CriterionFact(c.number, c.level, c.cargo_kinds, c.areas) for c in edition.criteria)
