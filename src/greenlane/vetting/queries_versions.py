"""Two versions of a list: what was added, changed and removed between them, a page at a time (6 USC 964(b))."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from greenlane.vetting.listing import rows_at
from greenlane.vetting.models import ListedEntry, ListVersion
from greenlane.vetting.sides import Difference, listed_changes

What = Literal["added", "changed", "removed"]


@dataclass(frozen=True)
class Changed:
    """One entry as the later version has it (a removed one as the earlier had it), and what it says otherwise."""

    entry: ListedEntry
    differences: tuple[Difference, ...] = ()


def version_of(kind: str, number: int) -> ListVersion | None:
    return ListVersion.objects.filter(kind=kind, number=number).first()


def rows_between(kind: str, before: int, after: int, what: What) -> QuerySet[ListedEntry]:
    """The entries that were added, changed or removed between two versions (*before* < *after*), in order of keys.

    An entry that was changed and changed back says the same in both, and is in none of the three.
    """
    early, late = rows_at(kind, before), rows_at(kind, after)
    if what == "removed":
        return early.filter(to_number__lte=after).exclude(Exists(_same_key(late)))
    new = late.filter(from_number__gt=before)
    if what == "added":
        return new.exclude(Exists(_same_key(early)))
    return new.filter(Exists(_same_key(early).exclude(fingerprint=OuterRef("fingerprint"))))


def _same_key(rows: QuerySet[ListedEntry]) -> QuerySet[ListedEntry]:
    return rows.order_by().filter(list_code=OuterRef("list_code"), entry_key=OuterRef("entry_key"))


def counts_between(kind: str, before: int, after: int) -> dict[What, int]:
    """How many entries were added, changed and removed between two versions. Three queries."""
    whats: tuple[What, ...] = ("added", "changed", "removed")
    return {what: rows_between(kind, before, after, what).order_by().count() for what in whats}


def page_between(kind: str, before: int, after: int, what: What, start: int, size: int) -> list[Changed]:
    """One page of them, changed ones with every field that reads otherwise. At most two queries."""
    rows = list(rows_between(kind, before, after, what)[start : start + size])
    if what != "changed" or not rows:
        return [Changed(row) for row in rows]
    keys = Q()
    for row in rows:
        keys |= Q(list_code=row.list_code, entry_key=row.entry_key)
    old: dict[tuple[str, str], Any] = {
        (row.list_code, row.entry_key): row.body for row in rows_at(kind, before).filter(keys)
    }
    return [Changed(row, listed_changes(old[row.list_code, row.entry_key], row.body)) for row in rows]
