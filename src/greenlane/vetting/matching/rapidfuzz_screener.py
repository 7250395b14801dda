"""A first engine: sorted words and joined words compared by rapidfuzz (background investigation, 6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from greenlane.law.sentences import N_, Sentence
from greenlane.vetting.lists.entries import ListedName, ListEntry, NameKind, PartyType
from greenlane.vetting.matching import evidence
from greenlane.vetting.matching.names import Normalised, normalise, without_brackets
from greenlane.vetting.matching.parties import Candidate, Hit, MatchReason, Party, evidence_fingerprint, score_band

WEAK_ALIAS_CAP = 89  # a weak alias alone never reaches the bands of a firm name
LEGAL_FORM_COST = 2  # a hundred means the same name with the same legal form
NUMBER_COST = 8  # 'No. 6' and 'No. 8' are sisters more often than slips
JOINED_CAP = 97  # words written together or apart
TOGETHER = 95  # so alike without spaces, no word has to tell more
TELLING_LEAST = 70  # so alike must be what is left without generic words: ACME and FMF GENERAL TRADING are not
_KINDS = (PartyType.PERSON, PartyType.ORGANISATION, PartyType.VESSEL, PartyType.AIRCRAFT)


@dataclass(frozen=True, slots=True)
class _Indexed:
    """One listed name in one comparable form."""

    entry: int
    name: ListedName
    form: Normalised


@dataclass(frozen=True, slots=True)
class _Found:
    """One listed name that is like one name of a party; ``raw`` is the likeness before caps and costs."""

    indexed: _Indexed
    ours: str
    form: Normalised
    raw: float
    method: str


class RapidfuzzScreener:
    """Compares names by edit distance over sorted words and over words without spaces; equal numbers are always hits.

    It does not find names with several words more or less, other scripts or strong abbreviations.
    """

    model_version = "rapidfuzz-sorted-words-1"

    def __init__(self, entries: Iterable[ListEntry], threshold: int = 85) -> None:
        """Index *entries*; *threshold* (1-100) is the least likeness, before caps, that makes a hit."""
        if not 1 <= threshold <= 100:
            raise ValueError(f"the threshold is from 1 to 100, not {threshold}")
        self.threshold = threshold
        self._entries = tuple(sorted(entries, key=lambda entry: (entry.list_code, entry.entry_key)))
        self._names: dict[PartyType, list[_Indexed]] = {kind: [] for kind in (*_KINDS, PartyType.UNKNOWN)}
        self._numbers: dict[str, list[int]] = {}
        for at, entry in enumerate(self._entries):
            self._index(at, entry)
        self._choices = {
            kind: ([n.form.key for n in names], [n.form.joined for n in names]) for kind, names in self._names.items()
        }

    def _index(self, at: int, entry: ListEntry) -> None:
        for name in entry.names:
            texts = [name.text, *([bare] if (bare := without_brackets(name.text)) else [])]
            for text in texts:
                form = normalise(text, person=entry.party_type is PartyType.PERSON)
                if form.key:
                    self._names[entry.party_type].append(_Indexed(at, name, form))
        for number in entry.identifiers:
            if key := evidence.number_key(number):
                self._numbers.setdefault(key, []).append(at)

    def screen(self, parties: Iterable[Party]) -> Iterator[Hit]:
        """The hits of each party, best first: by score, then by what else agrees, then by list and key.

        One hit for each pair of party and entry, on the name that is most alike. There is no limit to the hits of a
        party, so that a new entry can never push out another.
        """
        for party in parties:
            best: dict[int, tuple[Candidate, str]] = {}
            for at, candidate, ours in [*self._by_number(party), *self._by_name(party)]:
                if at not in best or _rank(candidate) > _rank(best[at][0]):
                    best[at] = (candidate, ours)
            ordered = sorted(best, key=lambda at: (*(-part for part in _rank(best[at][0])), at))
            for at in ordered:
                candidate, ours = best[at]
                band = score_band(candidate.score)
                mark = evidence_fingerprint(party, self._entries[at], band)
                yield Hit(party.party_key, party.role, ours, candidate, mark)

    def _by_number(self, party: Party) -> Iterator[tuple[int, Candidate, str]]:
        for number in party.identifiers:
            for at in dict.fromkeys(self._numbers.get(evidence.number_key(number) or "", ())):
                entry = self._entries[at]
                if any(evidence.same_number(number, theirs) for theirs in entry.identifiers):
                    ours, listed, words = _nearest_names(party, entry)
                    reasons = (evidence.number_reason(number), *words, *_qualifiers(party, entry))
                    candidate = Candidate(
                        entry.entry_key, entry.list_code, listed.text, listed.kind, 100, "identifier", reasons
                    )
                    yield at, candidate, ours

    def _by_name(self, party: Party) -> Iterator[tuple[int, Candidate, str]]:
        for found in self._alike(party):
            entry = self._entries[found.indexed.entry]
            score, reasons = _judge(party, entry, found)
            if score is not None:
                name = found.indexed.name
                candidate = Candidate(
                    entry.entry_key, entry.list_code, name.text, name.kind, score, found.method, reasons
                )
                yield found.indexed.entry, candidate, found.ours

    def _alike(self, party: Party) -> Iterator[_Found]:
        for kind in _compatible(party.party_type):
            person = kind is PartyType.PERSON
            for ours in dict.fromkeys(party.names):
                texts = [ours, *([bare] if (bare := without_brackets(ours)) else [])]
                for form in dict.fromkeys(normalise(text, person=person) for text in texts):
                    yield from self._in_block(kind, ours, form)

    def _in_block(self, kind: PartyType, ours: str, form: Normalised) -> Iterator[_Found]:
        if not form.key:
            return
        sorted_words, joined_words = self._choices[kind]
        for query, choices, method in (
            (form.key, sorted_words, "sorted_words"),
            (form.joined, joined_words, "joined_words"),
        ):
            matches = process.extract(
                query, choices, scorer=fuzz.ratio, processor=None, score_cutoff=self.threshold, limit=None
            )
            for _, raw, at in matches:
                yield _Found(self._names[kind][at], ours, form, raw, method)


def _compatible(party_type: PartyType) -> tuple[PartyType, ...]:
    """A type is compared with itself and with 'unknown'; an unknown type with all."""
    if party_type is PartyType.UNKNOWN:
        return (*_KINDS, PartyType.UNKNOWN)
    return (party_type, PartyType.UNKNOWN)


def _nearest_names(party: Party, entry: ListEntry) -> tuple[str, ListedName, tuple[MatchReason, ...]]:
    """The two names most alike, for the explanation of a hit that rests on a number."""
    person = entry.party_type is PartyType.PERSON
    pairs = [
        (fuzz.ratio(one.key, two.key), -ours_at, -listed_at, ours, listed, one, two)
        for ours_at, ours in enumerate(party.names)
        for listed_at, listed in enumerate(entry.names)
        for one, two in ((normalise(ours, person), normalise(listed.text, person)),)
    ]
    if not pairs:
        return "", entry.names[0], ()
    *_, ours, listed, one, two = max(pairs, key=lambda pair: pair[:3])
    return ours, listed, evidence.align_words(one, two)


def _rank(candidate: Candidate) -> tuple[int, int, int]:
    """Score, then how much more speaks for than against, then identifiers and sorted words before joined words."""
    beside = [r.supports for r in candidate.reasons if not r.code.startswith(("word", "legal_"))]
    method = {"identifier": 2, "sorted_words": 1}.get(candidate.method, 0)
    return candidate.score, sum(s is True for s in beside) - sum(s is False for s in beside), method


def _qualifiers(party: Party, entry: ListEntry) -> tuple[MatchReason, ...]:
    found = (evidence.compare_countries(party, entry), evidence.compare_birth_dates(party, entry))
    return tuple(reason for reason in found if reason is not None)


def _judge(party: Party, entry: ListEntry, found: _Found) -> tuple[int | None, tuple[MatchReason, ...]]:
    """The score of the name after costs and caps, with all reasons; None when it is no hit after all."""
    ours, theirs = found.form, found.indexed.form
    country = evidence.compare_countries(party, entry)
    generic = not (ours.identifies and theirs.identifies)
    if generic and country.code != "country_same":
        return None, ()
    together = found.method == "joined_words" and found.raw >= TOGETHER
    if not (generic or together) and max(map(fuzz.ratio, ours.telling, theirs.telling)) < TELLING_LEAST:
        return None, ()
    score = found.raw
    reasons = list(evidence.align_words(ours, theirs))
    if found.method == "joined_words":
        score = min(score, JOINED_CAP)
        text = N_("Written without spaces the names are alike (%(score)d of 100).")
        reasons.insert(0, MatchReason("words_joined", True, Sentence(text, {"score": round(found.raw)})))
    if ours.forms != theirs.forms:
        score -= LEGAL_FORM_COST if ours.forms and theirs.forms else LEGAL_FORM_COST / 2
    if ours.numbers != theirs.numbers:
        if PartyType.VESSEL in (party.party_type, entry.party_type):
            return None, ()
        score -= NUMBER_COST
        text = N_("The numbers in the names differ, as those of sister companies do.")
        reasons.append(MatchReason("numbers_differ", False, Sentence(text)))
    if generic:
        text = N_("The name has only legal forms, numbers and common words; the same country makes it a hit.")
        reasons.append(MatchReason("name_generic", None, Sentence(text)))
    if found.indexed.name.kind is NameKind.WEAK_ALIAS:
        score = min(score, WEAK_ALIAS_CAP)
        text = N_("The list marks this alias as weak: it confirms other grounds and proves little alone.")
        reasons.append(MatchReason("weak_alias", None, Sentence(text)))
    return max(0, min(100, round(score))), (*reasons, *_qualifiers(party, entry))
