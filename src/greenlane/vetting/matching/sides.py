"""One side of a comparison: the names of parties, or of a list, as arrays (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from greenlane.vetting.lists.entries import PartyType
from greenlane.vetting.matching.arrays import (
    END,
    FIRST,
    FLAGS,
    FORMS,
    GROUPS,
    GROUPS_END,
    INITIAL,
    KINDS,
    LONGEST,
    MARK,
    MINOR,
    MOST_WORDS,
    NAME,
    NUMERAL,
    ORIGINAL,
    OWNER,
    PERSON,
    RANK,
    SCRIPT,
    SKELETONS,
    SOUNDS,
    SPELLED,
    SPELLED_END,
    TELLS,
    TOTAL,
    TRI_TOTAL,
    TRIGRAMS,
    TRIGRAMS_END,
    WEIGHT,
    Array,
    Edges,
    KeyIndex,
    RowIndex,
    Rows,
    Words,
    ranges,
)
from greenlane.vetting.matching.kernel_graph import all_keys, filter_of, graph
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


class _Facts(NamedTuple):
    """What is held of a word: hashes, flags, and its spellings as codes."""

    mark: int
    original: int
    flags: int
    spellings: tuple[bytes, ...]
    skeletons: tuple[int, ...]
    sounds: tuple[int, ...]
    groups: tuple[int, ...]


@lru_cache(maxsize=262_144)
def _facts(token: Token) -> _Facts:
    flags = NUMERAL * bool(token.marks & Mark.NUMERAL) | INITIAL * bool(token.marks & Mark.INITIAL)
    flags |= MINOR * bool(token.marks & _MINOR)
    coded = (text.encode()[:LONGEST].translate(_TABLE) for text in token.spellings[:_MOST_SPELLINGS])
    return _Facts(
        hash(token.text),
        hash(token.original) if token.original else 0,
        flags,
        tuple(dict.fromkeys(coded)),
        tuple(hash(("skeleton", one)) for one in token.skeletons if len(one) > 1),
        tuple(hash(("sound", one)) for one in token.sounds if len(one) > 1),
        tuple(hash(("group", one)) for one in token.groups),
    )


class Side:
    """The names of one side, and, once they are looked for, where to find them by word and by trigram."""

    def __init__(self, words: Words, rows: Rows, tokens: Sequence[Token], forms: Sequence[tuple[str, ...]]) -> None:
        self.words, self.rows, self._tokens, self._forms = words, rows, tokens, forms
        self.owners, self.names = (rows.table[:, column].astype(np.int32) for column in (OWNER, NAME))
        self.kinds = rows.table[:, KINDS]
        self.tells = rows.table[:, TELLS] > 0

    def __len__(self) -> int:
        return len(self.rows.table)

    def name(self, row: int) -> tuple[list[Token], tuple[str, ...]]:
        """The words of a name that are compared, and its legal forms."""
        at, to = self.rows.table[row, FIRST], self.rows.table[row, END]
        return [self._tokens[word] for word in self.rows.word[at:to]], self._forms[row]

    @cached_property
    def _shift(self) -> int:
        """Keys that begin with the same 64 less so many bits are in one bucket, a few keys in each."""
        return 64 - max(8, int(np.ceil(np.log2(10 * len(self.words.table) + 1))))

    @cached_property
    def keys(self) -> KeyIndex:
        """The words by key."""
        keys, word = all_keys(self.words)
        order = np.argsort(keys, kind="stable")
        of = np.zeros((1 << (64 - self._shift)) + 1, np.int64)
        np.cumsum(np.bincount((keys >> np.uint64(self._shift)).astype(np.int64), minlength=len(of) - 1), out=of[1:])
        return KeyIndex(filter_of(keys), of, keys[order], word[order])

    @cached_property
    def index(self) -> RowIndex:
        """The rows by word and by trigram."""
        words, ends = _distinct(self.rows)
        of, row, _ = posted(words, words, ends, len(self.words.table))
        ends = np.append(self.rows.table[:, TRIGRAMS], len(self.rows.tri_key))
        return RowIndex(of, row, *posted(self.rows.tri_key, self.rows.tri_weight, ends, 2 * KEYS))

    def pairs(self, other: Side, gate: Array) -> tuple[Array, Array]:
        """Rows of this side and of another that are worth comparing, in ascending order."""
        edges = Edges(*graph(self.words, other.words, other.keys, other._shift, scratch()))
        left, right = select(self.rows, self.words, edges, other.rows, other.words, other.index, gate)
        order = np.lexsort((right, left))
        return left[order], right[order]


def _distinct(rows: Rows) -> tuple[Array, Array]:
    """The words of each row, each once, and their ranges."""
    row = np.repeat(np.arange(len(rows.table)), rows.table[:, END] - rows.table[:, FIRST])
    both = np.unique(row << 32 | rows.word)
    return (both & 0xFFFFFFFF).astype(np.int32), ranges(np.bincount(both >> 32, minlength=len(rows.table)))


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
        given = np.array(self._rows, np.int64).reshape(-1, 7)
        of, word = ranges(given[:, 0]), np.array(self._words, np.int32)
        table = np.zeros((len(given), TRIGRAMS_END + 1), np.int64)
        table[:, FIRST], table[:, END] = of[:-1], of[1:]
        table[:, [KINDS, FORMS, SCRIPT, TELLS, OWNER, NAME]] = given[:, 1:]
        tri_of, tri_key, tri_weight, table[:, TRI_TOTAL] = trigrams(words, of, word)
        table[:, TRIGRAMS], table[:, TRIGRAMS_END] = tri_of[:-1], tri_of[1:]
        rows = Rows(table, word, tri_key, tri_weight)
        distinct, ends = _distinct(rows)
        row = np.repeat(np.arange(len(table)), np.diff(ends))
        heavy = np.where(words.table[:, FLAGS] & INITIAL, 0, words.table[:, WEIGHT])
        table[:, TOTAL] = np.bincount(row, heavy[distinct], minlength=len(table))
        return Side(words, rows, [token for token, _ in self._tokens], self._forms)

    def _word_arrays(self) -> Words:
        facts = [_facts(token) for token, _ in self._tokens]
        spellings = [spelling for fact in facts for spelling in fact.spellings]
        chars, at = np.frombuffer(b"".join(spellings), np.uint8).copy(), ranges([len(one) for one in spellings])
        table = np.zeros((len(facts), MARK + 1), np.int64)
        table[:, [MARK, ORIGINAL, FLAGS]] = np.array([fact[:3] for fact in facts], np.int64).reshape(-1, 3)
        table[:, WEIGHT] = [self._model.weight(token, person) for token, person in self._tokens]
        table[:, PERSON] = [person for _, person in self._tokens]
        table[sorted(range(len(facts)), key=lambda at: self._tokens[at][0].text), RANK] = np.arange(len(facts))
        spelled = ranges([len(fact.spellings) for fact in facts])
        table[:, SPELLED], table[:, SPELLED_END] = spelled[:-1], spelled[1:]
        counts = [[len(fact.skeletons), len(fact.sounds), len(fact.groups)] for fact in facts]
        marked = ranges(np.array(counts, np.int64).reshape(-1))
        for column, start in ((SKELETONS, 0), (SOUNDS, 1), (GROUPS, 2), (GROUPS_END, 3)):
            table[:, column] = marked[start : start + 3 * len(facts) : 3][: len(facts)]
        marks = np.array([one for fact in facts for one in (*fact.skeletons, *fact.sounds, *fact.groups)], np.int64)
        return Words(table, np.stack([at[:-1], np.diff(at), _letters(chars, at)], axis=1), chars, marks)


def _letters(chars: Array, at: Array) -> Array:
    """For each spelling a number with a bit for each code that it has."""
    if not len(chars):
        return np.zeros(len(at) - 1, np.int64)
    bits = np.left_shift(1, chars.astype(np.int64))
    found: Array = np.bitwise_or.reduceat(bits, at[:-1])
    return found


def readings(text: str, party_type: PartyType) -> Iterable[tuple[PreparedName, int, bool]]:
    """Every reading of a name: prepared, the types it is for, whether as a person's. An unknown type
    is read as each.
    """
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
