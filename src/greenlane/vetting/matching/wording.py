"""Words of two names side by side, and how a person reads that (background investigation, 6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from greenlane.law.sentences import N_, Sentence
from greenlane.vetting.matching.arrays import FIRST, FLAGS, NUMERAL, WEIGHT
from greenlane.vetting.matching.names import Token
from greenlane.vetting.matching.parties import MatchReason, WordPair
from greenlane.vetting.matching.sides import Side

HOW = ("", "exact", "symbol", "sound", "typo", "prefix", "initial", "joined", "split")
"""The words for how words agree, by the numbers of kernel_text."""
_SENTENCES = {
    "exact": ("word_same", N_("The word %(ours)s is the same.")),
    "symbol": ("word_alike", N_("The word %(ours)s is another form of %(theirs)s on the list.")),
    "sound": ("word_alike", N_("The word %(ours)s may sound like %(theirs)s on the list.")),
    "typo": ("word_alike", N_("The word %(ours)s is nearly %(theirs)s on the list.")),
    "prefix": ("word_alike", N_("One is the beginning of the other: %(ours)s here, %(theirs)s on the list.")),
    "initial": ("word_alike", N_("One is the first letter of the other: %(ours)s here, %(theirs)s on the list.")),
    "joined": ("words_joined", N_("Written together, %(ours)s is %(theirs)s on the list.")),
    "split": ("words_joined", N_("Written apart, %(ours)s is %(theirs)s on the list.")),
    "only_here": ("word_only_here", N_("The word %(ours)s stands only here.")),
    "only_listed": ("word_only_listed", N_("The word %(theirs)s stands only on the list.")),
    "legal_form": (
        "legal_form_differs",
        N_("The legal forms differ: %(ours)s here, %(theirs)s on the list."),
    ),
}


def word_pairs(
    ours: Side, left: int, theirs: Side, right: int, ways: Sequence[list[int]]
) -> tuple[tuple[WordPair, ...], tuple[MatchReason, ...]]:
    """The alignment as rows in the order of our name, then what stands on the list alone, then legal forms."""
    mine, my_forms = ours.name(left)
    other, other_forms = theirs.name(right)
    rows = []
    our_used: set[int] = set()
    their_used: set[int] = set()
    for our, our_count, their, their_count, _, how, weight in sorted(ways):
        texts = _shown(mine[our : our + our_count]), _shown(other[their : their + their_count])
        rows.append((our, WordPair(*texts, HOW[how], weight)))
        our_used.update(range(our, our + our_count))
        their_used.update(range(their, their + their_count))
    alone = [at for at in range(len(mine)) if at not in our_used]
    rows += [(at, WordPair(_shown([mine[at]]), "", "only_here", _weight(ours, left, at))) for at in alone]
    pairs = [pair for _, pair in sorted(rows, key=lambda row: row[0])]
    left_over = [at for at in range(len(other)) if at not in their_used]
    pairs += [WordPair("", _shown([other[at]]), "only_listed", _weight(theirs, right, at)) for at in left_over]
    if my_forms or other_forms:
        pairs.append(WordPair(" ".join(my_forms) or "-", " ".join(other_forms) or "-", "legal_form", 0))
    numbers = any(_numeral(ours, left, at) for at in alone) and any(_numeral(theirs, right, at) for at in left_over)
    return tuple(pairs), _NUMBERS if numbers else ()


_NUMBERS = (
    MatchReason(
        "numbers_differ", False, Sentence(N_("The numbers in the names differ, as those of sister companies do."))
    ),
)


def word_reasons(pairs: Iterable[WordPair]) -> tuple[MatchReason, ...]:
    """A reason for each row; equal legal forms need none."""
    return tuple(
        _reason(pair.ours, pair.theirs, pair.how)
        for pair in pairs
        if pair.how != "legal_form" or pair.ours != pair.theirs
    )


@lru_cache(maxsize=16_384)
def _reason(ours: str, theirs: str, how: str) -> MatchReason:
    code, text = _SENTENCES[how]
    supports = None if how == "legal_form" else not how.startswith("only")
    return MatchReason(code, supports, Sentence(text, {"ours": ours, "theirs": theirs}))


def _shown(tokens: Iterable[Token]) -> str:
    return " ".join(f"{token.original} ({token.text})" if token.original else token.text for token in tokens)


def _weight(side: Side, row: int, at: int) -> int:
    return int(side.words.table[side.rows.word[side.rows.table[row, FIRST] + at], WEIGHT])


def _numeral(side: Side, row: int, at: int) -> bool:
    return bool(side.words.table[side.rows.word[side.rows.table[row, FIRST] + at], FLAGS] & NUMERAL)
