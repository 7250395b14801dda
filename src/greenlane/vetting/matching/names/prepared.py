"""A name as the engine compares it: words, legal forms, and the ways in which it may be read (6 USC 964(b))."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from greenlane.vetting.lists.entries import PartyType
from greenlane.vetting.matching.names import compounds, east_asia, letters, reading
from greenlane.vetting.matching.names.forms import without_forms
from greenlane.vetting.matching.names.tokens import Mark, Token
from greenlane.vetting.matching.names.words import PERSON_WORDS, with_numerals

MAX_CHARACTERS = 400  # the longest listed name is under 300; what follows is not read, and ``clipped`` says so
MAX_TOKENS = 40
MAX_VARIANTS = 5

_HAN = east_asia.RUN
_WORDS = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}|(?<![\w.])(?:[^\W\d_]\.)+[^\W\d_]\b")
_BRACKETS = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
_ALSO = re.compile(
    r"\b(?:a\.?\s?k\.?\s?a\.?|f\.?\s?k\.?\s?a\.?|d\.?b\.?a\.?|[afd]/k/a|d/b/a|t/a|also known as|formerly known as|formerly|"
    r"now known as|doing business as|trading as)(?!\w)[\s:]*",
    re.IGNORECASE,
)
_SCRIPTS = (
    ("arabic", "؀", "ݿ"), ("arabic", "ﭐ", "﻿"), ("cyrillic", "Ѐ", "ԯ"), ("han", "㐀", "鿿"), ("hangul", "가", "힣"),
    ("hangul", "ᄀ", "ᇿ"), ("kana", "぀", "ヿ"), ("greek", "Ͱ", "Ͽ"), ("hebrew", "֐", "׿"), ("latin", "a", "ɏ"),
)  # fmt: skip


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
    also = _ALSO.search(text)
    main = _read(_ALSO.sub(" ", text) if also else text, party_type)._replace(text=text)
    if not also and text.isascii() and "(" not in text and "[" not in text:
        return main
    others = (other for other in _others(text, party_type, main) if other.tokens and other.tokens != main.tokens)
    different = {(other.tokens, other.forms): other for other in islice(others, 2 * MAX_VARIANTS)}
    return main._replace(variants=tuple(islice(different.values(), MAX_VARIANTS)))


def _others(text: str, party_type: PartyType, main: PreparedName) -> Iterator[PreparedName]:
    """Other readings: without brackets, what brackets hold, both sides of 'also known as', other syllables."""
    bare = _BRACKETS.sub(" ", text)
    if bare != text:
        outside = _read(bare, party_type)
        yield outside
        for inside in _BRACKETS.findall(text):
            held = _read(inside, party_type)
            if _is_name(held, outside):
                yield held
    sides = _ALSO.split(bare)
    if len(sides) > 1:
        for side in sides:
            yield _read(side, party_type)
    if main.script in ("han", "hangul", "kana"):
        yield _read(bare, party_type, syllables=True)


def _is_name(held: PreparedName, outside: PreparedName) -> bool:
    """True when brackets hold the name in another script, or its first letters."""
    if not held.identifies or not outside.tokens:
        return held.identifies
    firsts = "".join(token.text[0] for token in outside.tokens)
    return held.script != outside.script or (len(held.joined) > 2 and held.joined in firsts)


def _read(text: str, party_type: PartyType, syllables: bool = False) -> PreparedName:
    """One reading of a name."""
    person, ship = party_type is PartyType.PERSON, party_type is PartyType.VESSEL
    clean = letters.clean(text[:MAX_CHARACTERS])
    if person:
        clean = _turned(clean)
    elif "." in clean:
        clean = _DOTTED.sub(lambda match: re.sub(r"[.\s]", "", match.group()) + " ", clean)
    if "&" in clean:
        clean = clean.replace("&", " and ")
    words = _WORDS.findall(clean)
    many = len(words) > MAX_TOKENS
    words = words[:MAX_TOKENS]
    forms: tuple[str, ...] = ()
    if clean.isascii():
        if not person:
            words, forms = _without_forms(words, words)
            words = with_numerals(_initials_joined(words), ship)
        if compounds.HINT.search(clean):
            words = compounds.divided(words)
        tokens = tuple([reading.latin(word, person, ship) for word in words])
        script = "latin"
    else:
        tokens, forms, script = _read_scripts(words, party_type, syllables)
    return PreparedName(
        text, party_type, tokens[:MAX_TOKENS], forms, "".join([token.text for token in tokens]) or "".join(forms),
        any([not token.marks or token.marks is Mark.PLACE for token in tokens]), script if tokens or forms else "",
        many or len(tokens) > MAX_TOKENS or len(text) > MAX_CHARACTERS, (),
    )  # fmt: skip


def _turned(clean: str) -> str:
    """'last, first' as 'first last'; a title after a second comma stays at the end."""
    if "," not in clean and "،" not in clean:
        return clean
    parts = [part.strip() for part in clean.replace("،", ",").split(",") if part.strip()]
    if len(parts) == 2 or (len(parts) == 3 and parts[2].strip(".") in PERSON_WORDS):
        parts[:2] = [parts[1], parts[0]] if parts[1].strip(".") not in PERSON_WORDS else parts[:2]
        return " ".join(parts)
    return clean


def _without_forms(words: list[str], plain: list[str]) -> tuple[list[str], tuple[str, ...]]:
    places, forms = without_forms(plain)
    return ([words[at] for at in places] if forms else words), forms


def _initials_joined(words: list[str]) -> list[str]:
    """Letters that stand one by one put together ('a', 'b', 'c' → 'abc')."""
    if not any([len(word) == 1 and word.isalpha() for word in words]):
        return words
    out: list[str] = []
    single = False
    for word in words:
        alone = len(word) == 1 and word.isalpha() and word.isascii()
        if alone and single:
            out[-1] += word
        else:
            out.append(word)
        single = alone
    return out


def _script(word: str) -> str:
    for letter in word:
        for name, first, last in _SCRIPTS:
            if first <= letter <= last:
                return name
    return "other" if any(map(str.isalpha, word)) else ""


def _read_scripts(
    words: list[str], party_type: PartyType, syllables: bool
) -> tuple[tuple[Token, ...], tuple[str, ...], str]:
    """Tokens, forms and the chief script of words that are not all ASCII."""
    person, ship = party_type is PartyType.PERSON, party_type is PartyType.VESSEL
    words = [letters.one_alphabet(word) for word in words]
    forms: tuple[str, ...] = ()
    if not person:
        words, forms = _without_forms(words, [reading.plain(word) for word in words])
        words = with_numerals(_initials_joined(words), ship)
    tokens: list[Token] = []
    scripts: dict[str, int] = {}
    run: list[str] = []
    for script, word in [*((_script(word), word) for word in words), ("", "")]:
        if script != "arabic" and run:
            tokens += reading.arabic_name(run, person)
            run = []
        scripts[script] = scripts.get(script, 0) + len(word)
        if script == "arabic":
            run.append(word)
        elif script in ("han", "hangul"):
            more, found = east_asia.read(word, script, party_type, syllables, len(words) == 1)
            tokens += more
            forms = tuple(sorted({*forms, *found}))
        elif word.isascii() and word:
            tokens.append(reading.latin(word, person, ship))
        elif word:
            tokens.append(
                (reading.accented if script == "latin" else reading.foreign)(word, *_types(script, person, ship))
            )
    return tuple(tokens), forms, max(scripts, key=lambda script: (bool(script), scripts[script]))


def _types(script: str, person: bool, ship: bool) -> tuple[bool, ...]:
    return (person, ship) if script == "latin" else (person,)
