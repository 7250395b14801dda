"""Who is screened, what a hit is and what an engine must offer (background investigation, 6 USC 964(b))."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Protocol

from greenlane.law.sentences import Sentence
from greenlane.vetting.lists.entries import Identifier, ListEntry, NameKind, PartyType, canonical_json
from greenlane.vetting.matching.names import prepare


@dataclass(frozen=True)
class Party:
    """One party of an application. ``role`` is the caller's word (applicant, officer, owner, site, vessel …).

    ``countries`` are ISO alpha-2. A site, an officer and the company are parties of their own. ``weak_names`` are names
    that the party is only loosely known by; they confirm, and alone never make a strong hit. ``addresses`` are one line
    each.
    """

    party_key: str
    role: str
    party_type: PartyType
    names: tuple[str, ...]
    countries: tuple[str, ...] = ()
    birth_date: date | None = None
    identifiers: tuple[Identifier, ...] = ()
    addresses: tuple[str, ...] = ()
    weak_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class MatchReason:
    """One ground for or against: a stable code ('country_same'), whether it speaks for the match, and a sentence.

    ``supports`` is True, False, or None where it says nothing either way.
    """

    code: str
    supports: bool | None
    sentence: Sentence


@dataclass(frozen=True)
class Part:
    """One part of a score: its code (name, alias, country, birth_date, identifier, address, limit), points, sentence.

    The points of all parts of a candidate sum to its score exactly.
    """

    code: str
    points: int
    sentence: Sentence


@dataclass(frozen=True)
class WordPair:
    """One row of the alignment of two names; a side is '' where a word stands only on the other.

    ``how`` is exact, typo, sound, symbol, initial, joined, split, legal_form, only_here or only_listed; ``weight`` is
    how much the word tells, in thousandths of a word that few names have.
    """

    ours: str
    theirs: str
    how: str
    weight: int


@dataclass(frozen=True)
class Candidate:
    """The best likeness of one party with one listed entry; ``score`` is 0-100, the sum of ``parts``.

    ``method`` is 'identifier' where an equal number makes the hit, else 'name'.
    """

    entry_key: str
    list_code: str
    listed_name: str
    name_kind: NameKind
    score: int
    method: str
    reasons: tuple[MatchReason, ...]
    parts: tuple[Part, ...] = ()
    words: tuple[WordPair, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A candidate for one party: a proposal for a person to decide, never a decision (964(b))."""

    party_key: str
    role: str
    party_name: str
    candidate: Candidate
    evidence_fingerprint: str


class Screener(Protocol):
    """What every matching engine offers."""

    model_version: str

    def screen(self, parties: Iterable[Party]) -> Iterable[Hit]:
        """The hits of each party, in the order of the parties; equal input gives equal output."""
        ...


def score_band(score: int) -> str:
    """The band of a score, in which a remembered decision holds: '100', '95-99', '90-94', '85-89' and so on down."""
    if not 0 <= score <= 100:
        raise ValueError(f"a score is from 0 to 100, not {score}")
    if score == 100:
        return "100"
    floor = score - score % 5
    return f"{floor}-{floor + 4}"


def evidence_fingerprint(party: Party, entry: ListEntry, band: str) -> str:
    """SHA-256 of everything that a decision on this pair rests on; when it changes, the decision is looked at again.

    Of both sides: names (normalised, in any order), type, countries, birth dates, identifiers and addresses; and the
    band of the score. Programmes and remarks of the entry are not compared, so not included; nor is the version of the
    model, because another model that puts the pair in the same band gives no reason to ask a person again.
    """
    return fingerprint_of(party_evidence(party), entry_evidence(entry), band)


def fingerprint_of(party: str, entry: str, band: str) -> str:
    """The fingerprint of the two sides as `party_evidence` and `entry_evidence` give them."""
    return hashlib.sha256(f"{party}\n{entry}\n{band}".encode("utf-8", "surrogatepass")).hexdigest()


def party_evidence(party: Party) -> str:
    """What a decision rests on of a party, as canonical JSON."""
    return canonical_json(
        {
            "type": str(party.party_type),
            "names": sorted(_spelled(name, party.party_type) for name in party.names),
            "weak_names": sorted(_spelled(name, party.party_type) for name in party.weak_names),
            "countries": sorted(party.countries),
            "birth_date": party.birth_date,
            "identifiers": sorted(_flat(number) for number in party.identifiers),
            "addresses": sorted(_loose(address) for address in party.addresses),
        }
    )


def entry_evidence(entry: ListEntry) -> str:
    """What a decision rests on of a listed entry, as canonical JSON."""
    return canonical_json(
        {
            "list": entry.list_code,
            "key": entry.entry_key,
            "type": str(entry.party_type),
            "names": sorted([str(name.kind), _loose(name.text)] for name in entry.names),
            "countries": sorted(entry.countries),
            "birth_dates": sorted(born.text for born in entry.birth_dates),
            "identifiers": sorted(_flat(number) for number in entry.identifiers),
            "addresses": sorted(_loose(address) for address in entry.addresses),
        }
    )


def _spelled(name: str, party_type: PartyType) -> str:
    """Words and legal form: 'Zarnovia Ltd' and 'Zarnovia Inc' are two companies, however alike they score."""
    form = prepare(name, party_type)
    return "|".join((" ".join(sorted(token.original or token.text for token in form.tokens)), *form.forms))


def _loose(address: str) -> str:
    return " ".join(address.casefold().split())


def _flat(number: Identifier) -> list[str]:
    return [str(value) for value in asdict(number).values()]
