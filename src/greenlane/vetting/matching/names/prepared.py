"""A name as the engine compares it: words, legal forms, and the ways in which it may be read (6 USC 964(b))."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from greenlane.vetting.lists.entries import PartyType
from greenlane.vetting.matching.names.earlier import _GENERIC, _without_forms, fold_letters, without_brackets
from greenlane.vetting.matching.names.tokens import Mark, Token

MAX_CHARACTERS = 400  # the longest listed name is under 300; what follows is not read, and ``clipped`` says so
MAX_TOKENS = 40

_APOSTROPHES = re.compile(r"['`´‘’ʻʼʿʾ′]")
_WORDS = re.compile(r"[^\W_]+")


class PreparedName(NamedTuple):
    """A name made comparable. ``variants`` are other readings of the whole name, each without variants of its own.

    ``tokens``     words in the order of the name without legal forms; 'LAST, First' of a person is turned round
    ``forms``      legal forms, canonical, sorted, no doubles
    ``joined``     the texts of the tokens without spaces (of the legal forms, when there is no token)
    ``identifies`` False when only legal forms, numerals and generic words are left, as in '11420 CORP.'
    ``script``     'latin', 'cyrillic', 'arabic', 'han', 'hangul', 'kana', 'greek', 'hebrew', 'other' or '' (no letter)
    ``clipped``    the text was longer than MAX_CHARACTERS or MAX_TOKENS, and its end is not compared
    """

    text: str
    party_type: PartyType
    tokens: tuple[Token, ...]
    forms: tuple[str, ...]
    joined: str
    identifies: bool
    script: str
    clipped: bool
    variants: tuple[PreparedName, ...]


def prepare(text: str, party_type: PartyType) -> PreparedName:
    """Make *text* comparable as a name of *party_type*. Never raises; linear in the length of *text*."""
    return _prepare(text[: MAX_CHARACTERS + 1], party_type)


@lru_cache(maxsize=65_536)
def _prepare(text: str, party_type: PartyType) -> PreparedName:
    whole = _reading(text, party_type)
    bare = without_brackets(text)
    others = (_reading(bare, party_type),) if bare else ()
    return whole._replace(variants=others)


def _reading(text: str, party_type: PartyType) -> PreparedName:
    person = party_type is PartyType.PERSON
    clipped = len(text) > MAX_CHARACTERS
    folded = _APOSTROPHES.sub("", fold_letters(text[:MAX_CHARACTERS])).replace("&", " and ")
    if person and folded.count(",") == 1:
        last, first = folded.split(",")
        folded = f"{first} {last}"
    words = _WORDS.findall(folded)
    core, forms = (words, []) if person else _without_forms(words)
    tokens = tuple(_token(word) for word in core[:MAX_TOKENS])
    return PreparedName(
        text, party_type, tokens, tuple(forms), "".join(t.text for t in tokens) or "".join(forms),
        any(t.telling for t in tokens), "latin", clipped or len(core) > MAX_TOKENS, (),
    )  # fmt: skip


def _token(word: str) -> Token:
    marks = Mark.NUMERAL if word.isdigit() else Mark.GENERIC if word in _GENERIC else Mark(0)
    skeleton = word[:1] + re.sub("[aeiouwyh]", "", word[1:])
    return Token(word, marks, (word,), (skeleton,), (skeleton,), "", "")
