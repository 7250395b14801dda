"""Compare parties with listed entries: candidates, points, hits (background investigation, 6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np

from greenlane.vetting.lists.entries import ListEntry
from greenlane.vetting.matching import evidence
from greenlane.vetting.matching.arrays import Array
from greenlane.vetting.matching.explaining import Pair, hit_of
from greenlane.vetting.matching.features import alignments, measured
from greenlane.vetting.matching.listing import Listing, Prepared
from greenlane.vetting.matching.model import Model, shipped
from greenlane.vetting.matching.parties import Hit, Party
from greenlane.vetting.matching.scorecard import name_points

BLOCK: Final = 20_000
"""Parties that are prepared and compared at a time."""


class NameScreener:
    """Finds listed names that are like the names of parties, and listed numbers that are equal to theirs.

    A score depends on party, entry and model alone. Which pairs are compared depends on the two names alone too, so
    that entries more or less on a list change no hit on the others, and there is no limit to the hits of a party.
    """

    def __init__(self, entries: Iterable[ListEntry], model: Model | None = None, threshold: int | None = None) -> None:
        """Index *entries*; *threshold* (1-100) is the least score that makes a hit, the model's when None."""
        self.model = model or shipped()
        self.model_version = self.model.version
        self.threshold = self.model.threshold if threshold is None else threshold
        if not 1 <= self.threshold <= 100:
            raise ValueError(f"the threshold is from 1 to 100, not {threshold}")
        self.listing = Listing(entries, self.model)
        self._gate = np.array(self.model.gate, np.int64)

    @property
    def row_entry(self) -> Array:
        """The number of the entry of each row, as `candidates` gives rows."""
        return self.listing.side.owners

    def prepare(self, parties: Iterable[Party]) -> Prepared:
        """Parties made ready, to be screened more than once."""
        return Prepared(parties, self.model)

    def screen(self, parties: Iterable[Party] | Prepared) -> Iterator[Hit]:
        """The hits of each party in the order of the parties; of one party by score, then by list and key.

        One hit for each pair of party and entry, on the two names that are most alike.
        """
        for prepared in self._blocks(parties):
            left, right = prepared.side.pairs(self.listing.side, self._gate)
            yield from _hits(self.model, self.threshold, prepared, self.listing, left, right)

    def query(self, party: Party) -> list[Hit]:
        """The hits of one party, as `screen` gives them."""
        return list(self.screen([party]))

    def screen_against(
        self, parties: Iterable[Party] | Prepared, entries: Iterable[ListEntry], prove: bool = False
    ) -> Iterator[Hit]:
        """What `screen` gives on these entries of the list, found from their side; see `screen_against` below.

        With *prove* the full pass is made too. Raises RuntimeError when the two differ.
        """
        entries = tuple(entries)
        prepared = parties if isinstance(parties, Prepared) else self.prepare(parties)
        hits = list(screen_against(prepared, entries, self.model, self.threshold))
        if prove:
            keys = {(entry.list_code, entry.entry_key) for entry in entries}
            full = [h for h in self.screen(prepared) if (h.candidate.list_code, h.candidate.entry_key) in keys]
            if full != hits:
                raise RuntimeError(f"the pass over {len(entries)} entries differs from the full pass")
        yield from hits

    def candidates(self, parties: Iterable[Party] | Prepared) -> tuple[Array, Array, Array]:
        """Pairs worth comparing, before any threshold: number of the party, row of the list, and their features."""
        found = []
        done = 0
        for prepared in self._blocks(parties):
            left, right = prepared.side.pairs(self.listing.side, self._gate)
            values = measured(prepared.side, left, self.listing.side, right)
            found.append((prepared.side.owners[left] + done, right, values))
            done += len(prepared)
        if not found:
            return np.empty(0, np.int32), np.empty(0, np.int32), np.empty((0, 0), np.float32)
        owners, rows, features = zip(*found, strict=True)
        return np.concatenate(owners), np.concatenate(rows), np.concatenate(features)

    def _blocks(self, parties: Iterable[Party] | Prepared) -> Iterator[Prepared]:
        if isinstance(parties, Prepared):
            yield parties
            return
        block: list[Party] = []
        for party in parties:
            block.append(party)
            if len(block) == BLOCK:
                yield self.prepare(block)
                block = []
        if block:
            yield self.prepare(block)


def screen_against(
    parties: Iterable[Party] | Prepared, entries: Iterable[ListEntry], model: Model, threshold: int | None = None
) -> Iterator[Hit]:
    """The hits of many parties on few entries, such as those that changed in a new version of a list.

    The entries are looked up among the parties, not the parties among the entries. A pair is compared on the same
    grounds from either side, so the hits are those of the full pass, restricted to these entries, in its order.
    """
    listing = Listing(entries, model)
    prepared = parties if isinstance(parties, Prepared) else Prepared(parties, model)
    right, left = listing.side.pairs(prepared.side, np.array(model.gate, np.int64))
    order = np.lexsort((right, left))
    least = model.threshold if threshold is None else threshold
    yield from _hits(model, least, prepared, listing, left[order], right[order])


def _hits(
    model: Model, threshold: int, prepared: Prepared, listing: Listing, left: Array, right: Array
) -> Iterator[Hit]:
    """The hits among pairs of rows, and those by equal numbers, in the order of the parties.

    One for each pair of party and entry, by the names that bring the highest score of all; by generic names only where
    no others make a hit.
    """
    by_number = _equal_numbers(prepared, listing)
    found: dict[int, dict[int, Hit]] = {}
    for pair in _best(model, threshold, prepared, listing, left, right, by_number):
        hit = hit_of(model, threshold, prepared, listing, pair)
        if hit is not None:
            before = found.setdefault(pair.party, {}).setdefault(pair.entry, hit)
            if _rank(hit) > _rank(before):
                found[pair.party][pair.entry] = hit
    for party in sorted(found):
        yield from sorted(found[party].values(), key=_order)


def _rank(hit: Hit) -> tuple[bool, int]:
    return all(reason.code != "name_generic" for reason in hit.candidate.reasons), hit.candidate.score


def _best(
    model: Model,
    threshold: int,
    prepared: Prepared,
    listing: Listing,
    left: Array,
    right: Array,
    by_number: dict[tuple[int, int], Pair],
) -> Iterator[Pair]:
    """For each pair of party and entry that may be a hit the two names most alike; numbers' pairs get theirs.

    Names that say who is meant come before generic ones, and firm names before weak ones: other rules and other limits
    hold for these, so that the most alike of each such kind is given.
    """
    extra = [_all_rows(prepared, listing, pair) for pair in by_number.values()]
    left = np.concatenate([left, *(one for one, _ in extra)])
    right = np.concatenate([right, *(two for _, two in extra)])
    features = measured(prepared.side, left, listing.side, right)
    points = name_points(model, features, prepared.side.kinds[left] & listing.side.kinds[right])
    weak = prepared.weak[left] | listing.weak[right]
    value = points + model.parts["weak_alias"] * weak
    party, entry = prepared.side.owners[left], listing.side.owners[right]
    enough = value + prepared.most_beside[party] >= threshold
    if by_number:
        numbered = np.fromiter((p << 32 | e for p, e in by_number), np.int64, len(by_number))
        enough |= np.isin(party.astype(np.int64) << 32 | entry, numbered)
    kept = np.flatnonzero(enough)
    vague = ~(prepared.side.tells[left[kept]] & listing.side.tells[right[kept]])
    kind = 2 * vague + weak[kept]
    by = np.lexsort((right[kept], left[kept], -value[kept], kind, entry[kept], party[kept]))
    order, kind = kept[by], kind[by]
    same = (party[order][1:] == party[order][:-1]) & (entry[order][1:] == entry[order][:-1]) & (kind[1:] == kind[:-1])
    chosen = order[np.append(True, ~same)[: len(order)]]
    ways = alignments(prepared.side, left[chosen], listing.side, right[chosen])
    columns = (column[chosen].tolist() for column in (party, entry, left, right, points, weak))
    named: set[tuple[int, int]] = set()
    for our, their, one, two, worth, loose, way in zip(*columns, ways, strict=True):
        number = by_number.get((our, their))
        named.add((our, their))
        yield Pair(our, their, one, two, worth, loose, number.number if number else None, way)
    yield from (pair for place, pair in by_number.items() if place not in named)


def _order(hit: Hit) -> tuple[int, int, str, str]:
    beside = sum(part.points for part in hit.candidate.parts if part.code not in ("name", "limit"))
    return -hit.candidate.score, -beside, hit.candidate.list_code, hit.candidate.entry_key


def _equal_numbers(prepared: Prepared, listing: Listing) -> dict[tuple[int, int], Pair]:
    """Pairs of party and entry that have a number in common, whatever their names and types."""
    found: dict[tuple[int, int], Pair] = {}
    if not listing.numbers:
        return found
    for at, party in enumerate(prepared.parties):
        for number in party.identifiers:
            for entry in listing.numbers.get(evidence.number_key(number) or "", ()):
                if any(evidence.same_number(number, theirs) for theirs in listing.entries[entry].identifiers):
                    found.setdefault((at, entry), Pair(at, entry, -1, -1, 0, False, number))
    return found


def _all_rows(prepared: Prepared, listing: Listing, pair: Pair) -> tuple[Array, Array]:
    """Every row of a party with every row of an entry."""
    ours = np.arange(*prepared.rows_of[pair.party : pair.party + 2], dtype=np.int32)
    theirs = np.arange(*listing.rows_of[pair.entry : pair.entry + 2], dtype=np.int32)
    return np.repeat(ours, len(theirs)), np.tile(theirs, len(ours))
