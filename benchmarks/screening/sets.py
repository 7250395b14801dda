"""Queries for learning and for evaluation, apart by families of names, from one fixed seed (964(b))."""

from __future__ import annotations

import hashlib
import itertools
import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from benchmarks.screening import sources
from benchmarks.screening.perturb import CHANGES, ORIGINAL_SCRIPT
from benchmarks.screening.sources import Pair
from greenlane.vetting.lists.entries import ListEntry, NameKind, PartyType

SEED = 20261122
LEARNING_TENTHS = 4
"""Four tenths of the families teach, six tenths are only ever measured."""
COMPANY_SHARE = 0.7
TEACHING_PERSONS = 8000
_WORD = re.compile(r"[^\W_]+")
_QUOTES = re.compile(r"['`´‘’.]")
_WORDS = (
    "ltd limited llc co company corp corporation inc incorporated plc sa ag gmbh nv bv spa srl ooo oao jsc ao lp llp "
    "the and of pte pvt sarl kk ab as fze group holdings holding trust"
)
_FORMS = frozenset(_WORDS.split())


@dataclass(frozen=True)
class Query:
    """A name to screen. ``truth`` is the family of the listed party that it names, or -1 for one that is not listed."""

    text: str
    kind: str
    group: str
    truth: int


@dataclass(frozen=True)
class Half:
    """What one side of the split holds.

    ``dropped`` names equal a listed one but for order, spaces and legal forms: no matcher could tell.
    """

    queries: tuple[Query, ...]
    pairs: tuple[Pair, ...]
    dropped: int


@dataclass(frozen=True)
class Sets:
    """``families`` is by entry, in the order of ``entries``; ``teaching`` by family."""

    entries: tuple[ListEntry, ...]
    families: tuple[int, ...]
    teaching: tuple[bool, ...]
    learning: Half
    evaluation: Half


def _words(name: str) -> list[str]:
    flat = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    words = _WORD.findall(_QUOTES.sub("", flat))
    return [word for word in words if word not in _FORMS] or words


def plain(name: str) -> str:
    """A spelling that favours no matcher: lower case, no accents, words sorted, common legal forms left out."""
    return " ".join(sorted(_words(name)))


def together(name: str) -> str:
    """`plain` in the order of the name and without spaces: 'Tide Water Company' and 'Tidewater Inc.' are equal."""
    return "".join(_words(name))


def teaches(family: str) -> bool:
    """Does this family belong to the learning side? By its hash alone, so that nothing else can move it."""
    digest = hashlib.sha256(f"{SEED}:{family}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") % 10 < LEARNING_TENTHS


class Families:
    """Things that share a name, directly or through others."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def root(self, one: Hashable) -> Hashable:
        self._parent.setdefault(one, one)
        while self._parent[one] != one:
            self._parent[one] = self._parent[self._parent[one]]
            one = self._parent[one]
        return one

    def join(self, one: Hashable, other: Hashable) -> None:
        self._parent[self.root(one)] = self.root(other)


def families_of(entries: Sequence[ListEntry]) -> list[int]:
    """The number of each entry's family: the same party on several lists, or two that share a telling name."""
    families = Families()
    for at, entry in enumerate(entries):
        families.join(at, at)
        for name in entry.names:
            key = plain(name.text)
            telling = name.kind is not NameKind.WEAK_ALIAS and (" " in key or len(key) > 8)
            if telling and len(key) > 6:
                families.join(("name", key, entry.party_type is PartyType.PERSON), at)
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(families.root(at), len(numbers)) for at in range(len(entries))]


def kind_of(entry: ListEntry) -> str:
    """The kind of party that a query for this entry is: lists of companies often leave it out."""
    return "person" if entry.party_type is PartyType.PERSON else "organisation"


def _teaching(entries: Sequence[ListEntry], families: Sequence[int]) -> list[bool]:
    """By family, whether it teaches: its first entry's list and key decide."""
    first = {family: entries[at].list_code + entries[at].entry_key for at, family in reversed([*enumerate(families)])}
    return [teaches(first[family]) for family in range(len(first))]


def _positives(
    entries: Sequence[ListEntry], families: Sequence[int], teaching: Sequence[bool], each: int, learning: bool
) -> list[Query]:
    """About *each* queries of every class; seven in ten of all are companies."""
    chance = random.Random(f"{SEED}:positives:{learning}")
    pools: dict[str, list[tuple[str, int]]] = defaultdict(list)
    scripts: list[Query] = []
    for entry, family in zip(entries, families, strict=True):
        if teaching[family] != learning or entry.party_type in (PartyType.VESSEL, PartyType.AIRCRAFT):
            continue
        for name in entry.names:
            if name.kind is NameKind.ORIGINAL_SCRIPT and not name.text.isascii():
                scripts.append(Query(name.text, kind_of(entry), ORIGINAL_SCRIPT, family))
            elif name.kind in (NameKind.PRIMARY, NameKind.ALIAS) and sum(map(str.isalpha, name.text)) >= 7:
                pools[kind_of(entry)].append((name.text, family))
    found = chance.sample(scripts, min(each, len(scripts)))
    persons_wanted = round((1 - COMPANY_SHARE) * each * (len(CHANGES) + 1)) - sum(q.kind == "person" for q in found)
    open_to_persons = [name for name in CHANGES if name not in ("legal form swapped", "initials")]
    share = max(0, persons_wanted - each) // len(open_to_persons)
    for group in CHANGES:
        persons = {"initials": each, "legal form swapped": 0}.get(group, share)
        for kind, wanted in (("person", persons), ("organisation", each - persons)):
            names = iter(chance.sample(pools[kind], len(pools[kind])))
            found += itertools.islice(_changed(names, kind, group, chance), wanted)
    return found


def _changed(names: Iterable[tuple[str, int]], kind: str, group: str, chance: random.Random) -> Iterable[Query]:
    for name, family in names:
        text = CHANGES[group][1](name, kind, chance)
        if text and text != name:
            yield Query(text, kind, group, family)


def _family_of_company(name: str) -> str:
    """Sister companies begin alike, so their first telling word decides on which side they stand."""
    words = [word for word in _WORD.findall(name.lower()) if word not in _FORMS and len(word) > 2]
    return words[0] if words else name.lower()


def _negatives(listed: frozenset[tuple[str, bool]], learning: bool) -> tuple[list[Query], int]:
    """Companies, factories and persons that are not listed; how many were dropped.

    There is one person for each three companies; for learning there are more, because there are enough.
    """
    companies = [name for name in sources.companies() if teaches(_family_of_company(name)) == learning]
    family_names = (name for name in sources.persons() if teaches(name.split()[-1].lower()) == learning)
    queries = [Query(name, "organisation", "company", -1) for name in companies]
    persons = TEACHING_PERSONS if learning else len(companies) // 3
    queries += [Query(name, "person", "person", -1) for name in itertools.islice(family_names, persons)]
    kept = [
        query
        for query in queries
        if not {(plain(query.text), query.kind == "person"), (together(query.text), query.kind == "person")} & listed
    ]
    return kept, len(queries) - len(kept)


def _pairs(learning: bool) -> list[Pair]:
    """The judged pairs of one side: pairs that share a name, directly or through others, stand together."""
    pairs, families = sources.labelled_pairs(), Families()
    for pair in pairs:
        families.join(plain(pair.one), plain(pair.two))
    keys: dict[Hashable, str] = {}
    for pair in pairs:
        root = families.root(plain(pair.one))
        keys[root] = min(keys.get(root, plain(pair.one)), plain(pair.one), plain(pair.two))
    return [pair for pair in pairs if teaches(keys[families.root(plain(pair.one))]) == learning]


def build(each: int = 120, teaching_each: int = 0) -> Sets:
    """Both sides: about *each* queries of every class of change for evaluation, *teaching_each* for learning."""
    entries = tuple(sources.listed())
    families = families_of(entries)
    listed = frozenset(
        (spelled(name), kind_of(entry) == "person")
        for entry in entries
        for name in sources.names_of(entry)
        for spelled in (plain, together)
    )
    teaching, sides = _teaching(entries, families), {}
    for learning, number in ((True, teaching_each or each), (False, each)):
        negatives, dropped = _negatives(listed, learning)
        queries = (*_positives(entries, families, teaching, number, learning), *negatives)
        sides[learning] = Half(queries, tuple(_pairs(learning)), dropped)
    return Sets(entries, tuple(families), tuple(teaching), sides[True], sides[False])


def summary(sets: Sets) -> str:
    """One paragraph on what is measured."""
    side = sets.evaluation
    kinds = Counter((query.truth >= 0, query.kind) for query in side.queries)
    names = sum(len(sources.names_of(entry)) for entry in sets.entries)
    return (
        f"{len(sets.entries):,} listed parties with {names:,} names; evaluation: "
        f"{kinds[True, 'organisation']:,} companies and {kinds[True, 'person']:,} persons that are listed, written "
        f"otherwise; {kinds[False, 'organisation']:,} companies and {kinds[False, 'person']:,} persons that are not "
        f"({side.dropped} dropped, their name is a listed one); {len(side.pairs)} judged pairs held out."
    )
