"""Compare parties with lists through the engine (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from greenlane.vetting.listing import entries_at, entry_of
from greenlane.vetting.lists.entries import ListEntry
from greenlane.vetting.matching.parties import Hit, Party, Screener
from greenlane.vetting.matching.rapidfuzz_screener import RapidfuzzScreener
from greenlane.vetting.memory import Place, place_of
from greenlane.vetting.models import ListedEntry, ListVersion

__all__ = ["Found", "Place", "engine", "model_version", "place_of", "screen", "screen_changes"]


@dataclass(frozen=True)
class Found:
    """A hit of the engine with the version and the entry of the list that it is on."""

    hit: Hit
    version: ListVersion
    entry: ListEntry

    @property
    def place(self) -> Place:
        return (self.hit.party_key, self.version.kind, self.entry.list_code, self.entry.entry_key)


def engine(entries: Iterable[ListEntry]) -> Screener:
    """The matching engine in use; another one that keeps the protocol takes its place here."""
    return RapidfuzzScreener(entries)


@lru_cache(maxsize=6)
def _indexed(sha256: str, kind: str, number: int) -> tuple[Screener, Mapping[tuple[str, str], ListEntry]]:
    """The engine over one version, and its entries by key. The hash names the content, so that this never grows old."""
    entries = entries_at(kind, number)
    return engine(entries), {(entry.list_code, entry.entry_key): entry for entry in entries}


def _whole_list(version: ListVersion) -> tuple[Screener, Mapping[tuple[str, str], ListEntry]]:
    return _indexed(version.sha256, version.kind, version.number)


def model_version(versions: Sequence[ListVersion]) -> str:
    """The versions of the engines that screened, each once."""
    return ", ".join(sorted({_whole_list(version)[0].model_version for version in versions}))


def screen(parties: Sequence[Party], versions: Iterable[ListVersion]) -> Iterator[Found]:
    """Every hit of *parties* on the whole of each list, by list and then in the order of the parties."""
    for version in versions:
        screener, entries = _whole_list(version)
        yield from _found(screener, entries, parties, version)


def screen_changes(parties: Sequence[Party], version: ListVersion) -> Iterator[Found]:
    """Every hit of *parties* on what is new or changed in this version."""
    if version.number == 1:
        yield from screen(parties, [version])
        return
    rows = ListedEntry.objects.filter(kind=version.kind, from_number=version.number).values_list("body", flat=True)
    entries = {(entry.list_code, entry.entry_key): entry for entry in map(entry_of, rows)}
    yield from _found(engine(entries.values()), entries, parties, version)


def _found(
    screener: Screener,
    entries: Mapping[tuple[str, str], ListEntry],
    parties: Sequence[Party],
    version: ListVersion,
) -> Iterator[Found]:
    for hit in screener.screen(parties):
        yield Found(hit, version, entries[hit.candidate.list_code, hit.candidate.entry_key])
