"""Compare parties with lists through the engine (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from greenlane.vetting.listing import entries_at, entry_of
from greenlane.vetting.lists.entries import ListEntry
from greenlane.vetting.matching.model import shipped
from greenlane.vetting.matching.parties import Hit, Party
from greenlane.vetting.memory import Place, place_of
from greenlane.vetting.models import ListedEntry, ListVersion

if TYPE_CHECKING:
    from greenlane.vetting.matching.listing import Prepared
    from greenlane.vetting.matching.screener import NameScreener

# What the engine is compiled with is loaded when it is first asked, so that other doors open quickly.

__all__ = ["Found", "Place", "changed_entries", "model_version", "place_of", "prepare", "screen", "screen_changes"]


@dataclass(frozen=True)
class Found:
    """A hit of the engine with the version and the entry of the list that it is on."""

    hit: Hit
    version: ListVersion
    entry: ListEntry

    @property
    def place(self) -> Place:
        return (self.hit.party_key, self.version.kind, self.entry.list_code, self.entry.entry_key)


@lru_cache(maxsize=6)
def _indexed(sha256: str, kind: str, number: int) -> tuple[NameScreener, Mapping[tuple[str, str], ListEntry]]:
    """The engine over one version, and its entries by key. The hash names the content, so that this never grows old."""
    from greenlane.vetting.matching.screener import NameScreener

    entries = entries_at(kind, number)
    return NameScreener(entries), {(entry.list_code, entry.entry_key): entry for entry in entries}


def _whole_list(version: ListVersion) -> tuple[NameScreener, Mapping[tuple[str, str], ListEntry]]:
    return _indexed(version.sha256, version.kind, version.number)


def model_version(versions: Sequence[ListVersion]) -> str:
    """The version of the model that screens; '' where there is no list to screen against."""
    return shipped().version if versions else ""


def prepare(parties: Iterable[Party] | Prepared) -> Prepared:
    """Parties made ready for the engine, once for many lists and many days."""
    from greenlane.vetting.matching.listing import Prepared

    return parties if isinstance(parties, Prepared) else Prepared(parties, shipped())


def screen(parties: Iterable[Party] | Prepared, versions: Iterable[ListVersion]) -> Iterator[Found]:
    """Every hit of *parties* on the whole of each list, by list and then in the order of the parties."""
    prepared = prepare(parties)
    for version in versions:
        screener, entries = _whole_list(version)
        yield from _found(screener.screen(prepared), entries, version)


def screen_changes(
    parties: Iterable[Party] | Prepared, version: ListVersion, changed: Sequence[ListEntry]
) -> Iterator[Found]:
    """Every hit of *parties* on the *changed* entries of a version: what `screen` would give, restricted to them."""
    from greenlane.vetting.matching.screener import screen_against

    entries = {(entry.list_code, entry.entry_key): entry for entry in changed}
    yield from _found(screen_against(parties, changed, shipped()), entries, version)


def changed_entries(version: ListVersion) -> tuple[ListEntry, ...]:
    """The entries that are new or different in this version."""
    rows = ListedEntry.objects.filter(kind=version.kind, from_number=version.number).values_list("body", flat=True)
    return tuple(map(entry_of, rows))


def _found(hits: Iterable[Hit], entries: Mapping[tuple[str, str], ListEntry], version: ListVersion) -> Iterator[Found]:
    for hit in hits:
        yield Found(hit, version, entries[hit.candidate.list_code, hit.candidate.entry_key])
