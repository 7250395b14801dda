"""One side of a comparison: the names of parties, or of a list, held as arrays (background investigation, 6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

import numpy as np

from greenlane.vetting.lists.entries import PartyType
from greenlane.vetting.matching.arrays import (
    INITIAL,
    LONGEST,
    MINOR,
    MOST_WORDS,
    NUMERAL,
    Array,
    Edges,
    Postings,
    Rows,
    Words,
    ranges,
)
from greenlane.vetting.matching.kernel_graph import all_keys, graph
from greenlane.vetting.matching.kernel_select import KEYS, posted, select, trigrams
from greenlane.vetting.matching.kernel_text import scratch
from greenlane.vetting.matching.model import Model
from greenlane.vetting.matching.names import Mark, PreparedName, Token, prepare

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
# Every byte has a code: what is neither a letter nor a digit, and should not be here, shares one with them.
_TABLE = bytes(_LETTERS.find(chr(byte)) + 1 or byte % len(_LETTERS) + 1 for byte in range(256))
_MOST_SPELLINGS = 6
_KIND_BITS = {PartyType.PERSON: 1, PartyType.ORGANISATION: 2, PartyType.VESSEL: 4, PartyType.AIRCRAFT: 8}
_MINOR = Mark.GENERIC | Mark.PARTICLE | Mark.TITLE
_Facts = tuple[int, tuple[int, ...], int, int, tuple[bytes, ...], tuple[int, ...], tuple[int, ...]]


@lru_cache(maxsize=262_144)
def _facts(token: Token) -> _Facts:
    """Mark, groups, script and flags of a word; its spellings as codes; its skeletons and sounds as hashes."""
    flags = NUMERAL * bool(token.marks & Mark.NUMERAL) | INITIAL * bool(token.marks & Mark.INITIAL)
    flags |= MINOR * bool(token.marks & _MINOR)
    coded = (text.encode()[:LONGEST].translate(_TABLE) for text in token.spellings[:_MOST_SPELLINGS])
    return (
        hash(token.text) or 1,
        tuple(hash(("group", one)) for one in token.groups),
        hash(token.original) if token.original else 0,
        flags,
        tuple(dict.fromkeys(coded)),
        tuple(hash(("skeleton", one)) for one in token.skeletons if len(one) > 1),
        tuple(hash(("sound", one)) for one in token.sounds if len(one) > 1),
    )


class Side:
    """The names of one side, and, once they are looked for, where to find them by word and by trigram."""

    def __init__(self, words: Words, rows: Rows, tokens: Sequence[Token], forms: Sequence[tuple[str, ...]]) -> None:
        self.words, self.rows, self._tokens, self._forms = words, rows, tokens, forms

    def name(self, row: int) -> tuple[list[Token], tuple[str, ...]]:
        """The words of a name that are compared, and its legal forms."""
        at, to = self.rows.of[row], self.rows.of[row + 1]
        return [self._tokens[word] for word in self.rows.word[at:to]], self._forms[row]

    def __len__(self) -> int:
        return len(self.rows.kinds)

    @cached_property
    def _shift(self) -> int:
        return 64 - max(8, int(np.ceil(np.log2(10 * len(self.words.mark) + 1))))

    @cached_property
    def postings(self) -> Postings:
        """Words by key, rows by word and by trigram."""
        keys, owner = all_keys(self.words)
        order = np.argsort(keys)
        keys = keys[order]
        buckets = np.arange((1 << (64 - self._shift)) + 1, dtype=np.uint64)[:-1] << np.uint64(self._shift)
        of = np.append(np.searchsorted(keys, buckets), len(keys))
        words, ends = _distinct(self.rows)
        row_of, row, _ = posted(words, words, ends, len(self.words.mark))
        tri_of, tri_row, tri_weight = posted(self.rows.tri_key, self.rows.tri_weight, self.rows.tri_of, KEYS)
        return Postings(of, keys, owner[order], row_of, row, tri_of, tri_row, tri_weight)

    def edges(self, other: Side) -> Edges:
        """The token graph from the words of this side to those of another."""
        return Edges(*graph(self.words, other.words, other.postings, other._shift, scratch()))

    def pairs(self, other: Side, gate: Array, start: int = 0, stop: int | None = None) -> tuple[Array, Array]:
        """Rows of this side and of another that are worth comparing, in ascending order."""
        edges = self.edges(other)
        stop = len(self) if stop is None else stop
        left, right = select(
            self.rows, self.words.weight, edges, other.rows, other.words.weight, other.postings, start, stop, gate
        )
        return left, right


def _distinct(rows: Rows) -> tuple[Array, Array]:
    """The words of each row, each once, and their ranges."""
    row = np.repeat(np.arange(len(rows.of) - 1), np.diff(rows.of))
    both = np.unique(row << 32 | rows.word)
    counts = np.bincount(both >> 32, minlength=len(rows.of) - 1)
    return (both & 0xFFFFFFFF).astype(np.int32), ranges(counts)


class SideBuilder:
    """Takes prepared names one by one, and makes a side of them."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._known: tuple[dict[Token, int], dict[Token, int]] = ({}, {})
        self._tokens: list[tuple[Token, bool]] = []
        self._words: list[int] = []
        self._forms: list[tuple[str, ...]] = []
        self._rows: list[tuple[int, int, int, bool, bool, int, int]] = []

    def add(self, name: PreparedName, kinds: int, person: bool, owner: int, number: int) -> None:
        """Add one reading of name *number* of *owner*, for the party types that *kinds* has a bit for."""
        known, words = self._known[person], self._words
        tokens = name.tokens[:MOST_WORDS]
        for token in tokens:
            place = known.get(token)
            if place is None:
                place = known[token] = len(self._tokens)
                self._tokens.append((token, person))
            words.append(place)
        forms = hash(name.forms) or 1 if name.forms else 0
        self._forms.append(name.forms)
        script = name.script not in ("latin", "")
        self._rows.append((len(tokens), kinds, forms, script, name.identifies, owner, number))

    def side(self) -> Side:
        """The side of all names that were added."""
        words = self._word_arrays()
        columns = list(zip(*self._rows, strict=True)) or [()] * 7
        of, word = ranges(list(columns[0])), np.array(self._words, np.int32)
        tri = trigrams(words, of, word)
        rows = Rows(
            of, word, np.array(columns[1], np.uint8), _totals(of, word, words.weight), np.array(columns[2], np.int64),
            np.array(columns[3], np.uint8), np.array(columns[4], np.uint8), np.array(columns[5], np.int32),
            np.array(columns[6], np.int32), *tri,
        )  # fmt: skip
        return Side(words, rows, [token for token, _ in self._tokens], self._forms)

    def _word_arrays(self) -> Words:
        facts = [_facts(token) for token, _ in self._tokens]
        spellings = [spelling for fact in facts for spelling in fact[4]]
        sizes = [len(spelling) for spelling in spellings]
        chars = np.frombuffer(b"".join(spellings), np.uint8)
        rank = np.empty(len(facts), np.int32)
        rank[sorted(range(len(facts)), key=lambda at: self._tokens[at][0].text)] = np.arange(len(facts))
        sp_at = ranges(sizes)
        return Words(
            mark=np.array([fact[0] for fact in facts], np.int64),
            original=np.array([fact[2] for fact in facts], np.int64),
            flags=np.array([fact[3] for fact in facts], np.uint8),
            weight=np.array([self._model.weight(token, person) for token, person in self._tokens], np.int64),
            person=np.array([person for _, person in self._tokens], np.uint8),
            rank=rank,
            sp_of=ranges([len(fact[4]) for fact in facts]),
            sp_at=sp_at[:-1],
            sp_len=np.array(sizes, np.int64),
            sp_set=_letters(chars, sp_at),
            chars=chars,
            sk_of=ranges([len(fact[5]) for fact in facts]),
            skeletons=np.array([one for fact in facts for one in fact[5]], np.int64),
            so_of=ranges([len(fact[6]) for fact in facts]),
            sounds=np.array([one for fact in facts for one in fact[6]], np.int64),
            gr_of=ranges([len(fact[1]) for fact in facts]),
            groups=np.array([one for fact in facts for one in fact[1]], np.int64),
        )


def _letters(chars: Array, at: Array) -> Array:
    """For each spelling a number with a bit for each code that it has."""
    if not len(chars):
        return np.zeros(len(at) - 1, np.uint64)
    bits = np.left_shift(np.uint64(1), chars.astype(np.uint64))
    found: Array = np.bitwise_or.reduceat(bits, at[:-1])
    return found


def _totals(of: Array, word: Array, weight: Array) -> Array:
    """The weight of the different words of each row."""
    row = np.repeat(np.arange(len(of) - 1), np.diff(of))
    both = np.unique(row << 32 | word)
    return np.bincount(both >> 32, weight[both & 0xFFFFFFFF], minlength=len(of) - 1).astype(np.int64)


def readings(text: str, party_type: PartyType) -> Iterable[tuple[PreparedName, int, bool]]:
    """Every reading of a name: prepared, the types it is for, whether as a person's. An unknown type is read as each."""
    if party_type is not PartyType.UNKNOWN:
        name = prepare(text, party_type)
        for reading in (name, *name.variants):
            yield reading, _KIND_BITS[party_type], party_type is PartyType.PERSON
        return
    seen: dict[tuple[tuple[Token, ...], tuple[str, ...], bool], tuple[PreparedName, int, bool]] = {}
    for kind, bit in _KIND_BITS.items():
        name, person = prepare(text, kind), kind is PartyType.PERSON
        for reading in (name, *name.variants):
            key = (reading.tokens, reading.forms, person)
            before = seen.get(key)
            seen[key] = (reading, bit | (before[1] if before else 0), person)
    yield from seen.values()
