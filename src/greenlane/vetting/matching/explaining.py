"""From a pair of names to a hit: parts of its score, words side by side, reasons (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from greenlane.law.sentences import N_, Sentence
from greenlane.vetting.lists.entries import Identifier, ListEntry
from greenlane.vetting.matching import evidence
from greenlane.vetting.matching.listing import Listing, Prepared
from greenlane.vetting.matching.model import Model
from greenlane.vetting.matching.parties import Candidate, Hit, MatchReason, Part, Party, WordPair, score_band
from greenlane.vetting.matching.parties import fingerprint_of as mark_of
from greenlane.vetting.matching.wording import word_pairs, word_reasons

_PART_OF = {"country": "country", "birth": "birth_date", "identifier": "identifier", "address": "address"}


class Pair(NamedTuple):
    """A party and an entry with the rows of the two names most alike (-1 for none) and their alignment.

    ``number`` is the equal number that makes the hit, if one does.
    """

    party: int
    entry: int
    left: int
    right: int
    points: int
    weak: bool
    number: Identifier | None = None
    ways: Sequence[list[int]] = ()


def hit_of(model: Model, threshold: int, prepared: Prepared, listing: Listing, pair: Pair) -> Hit | None:
    """The hit of a pair, with everything that explains it; None when it is no hit after all."""
    party, entry = prepared.parties[pair.party], listing.entries[pair.entry]
    beside = list(_beside(party, entry, pair.number))
    generic = pair.left >= 0 and not (prepared.side.tells[pair.left] and listing.side.tells[pair.right])
    if generic and pair.number is None and all(reason.code != "country_same" for reason in beside):
        return None
    parts = _parts(model, threshold, pair, beside, generic)
    score = sum(part.points for part in parts)
    if score < threshold:
        return None
    words, named = _words(prepared, listing, pair)
    reasons = (*_first(pair), *word_reasons(words), *named, *_cautions(pair, generic), *beside)
    listed = entry.names[listing.side.names[pair.right] if pair.right >= 0 else 0]
    ours = prepared.text(pair.party, int(prepared.side.names[pair.left]) if pair.left >= 0 else 0)
    method = "name" if pair.number is None else "identifier"
    candidate = Candidate(
        entry.entry_key, entry.list_code, listed.text, listed.kind, score, method, reasons, tuple(parts), words
    )
    mark = mark_of(prepared.evidence(pair.party), listing.evidence(pair.entry), score_band(score))
    return Hit(party.party_key, party.role, ours, candidate, mark)


def _beside(party: Party, entry: ListEntry, number: Identifier | None) -> Iterator[MatchReason]:
    """What is known beside the names; the equal number is said first, by `_first`."""
    yield evidence.compare_countries(party, entry)
    for reason in (
        evidence.compare_birth_dates(party, entry),
        None if number else evidence.compare_identifiers(party, entry),
        evidence.compare_addresses(party, entry),
        evidence.compare_types(party, entry),
    ):
        if reason is not None:
            yield reason


def _parts(model: Model, threshold: int, pair: Pair, beside: list[MatchReason], generic: bool) -> list[Part]:
    """The parts of the score; the last one, where there is one, keeps it within its limits."""
    parts = [_name_part(pair.points, model.name_most)]
    if pair.weak:
        parts.append(Part("alias", model.parts["weak_alias"], evidence.WEAK))
    value = sum(part.points for part in parts)
    for reason in (*_first(pair), *beside):
        points = model.parts.get(reason.code, 0)
        if points:
            parts.append(Part(_PART_OF[reason.code.split("_")[0]], points, reason.sentence))
    raw = sum(part.points for part in parts)
    most = 100
    if pair.number is None:
        most = model.parts["weak_most"] if pair.weak else most
        most = min(most, model.parts["generic_most"]) if generic else most
    least = min(threshold, most) if value >= threshold else 0
    score = max(least, min(most, max(0, raw)))
    if score != raw:
        parts.append(Part("limit", score - raw, _limit(score, raw)))
    return parts


@lru_cache(maxsize=256)
def _name_part(points: int, most: int) -> Part:
    text = N_("The names agree: %(points)d of %(most)d points.")
    return Part("name", points, Sentence(text, {"points": points, "most": most}))


def _limit(score: int, raw: int) -> Sentence:
    if score > raw:
        return Sentence(N_("What differs moves the hit down the queue and never hides it."))
    return Sentence(N_("More than %(most)d points are not given here."), {"most": score})


def _first(pair: Pair) -> tuple[MatchReason, ...]:
    return (evidence.number_reason(pair.number),) if pair.number else ()


def _cautions(pair: Pair, generic: bool) -> Iterator[MatchReason]:
    if generic:
        text = N_("The name has only legal forms, numbers and common words; the same country makes it a hit.")
        yield MatchReason("name_generic", None, Sentence(text))
    if pair.weak:
        yield MatchReason("weak_alias", None, evidence.WEAK)


def _words(prepared: Prepared, listing: Listing, pair: Pair) -> tuple[tuple[WordPair, ...], tuple[MatchReason, ...]]:
    """The words of both names side by side, and what is to be said of forms and numerals."""
    if pair.left < 0:
        return (), ()
    return word_pairs(prepared.side, pair.left, listing.side, pair.right, pair.ways)
