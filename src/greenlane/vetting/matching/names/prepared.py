"""A name as the engine compares it: words, legal forms, and the ways in which it may be read (6 USC 964(b))."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import NamedTuple

from greenlane.vetting.lists.entries import PartyType
from greenlane.vetting.matching.names import compounds, east_asia, letters, reading
from greenlane.vetting.matching.names.cache import Memory
from greenlane.vetting.matching.names.forms import without_forms
from greenlane.vetting.matching.names.tokens import Mark, Token
from greenlane.vetting.matching.names.words import MAY_BE_NAMES, PERSON_WORDS, with_numerals

MAX_CHARACTERS = 400  # the longest listed name is under 300; what follows is not read, and ``clipped`` says so
MAX_TOKENS = 40
MAX_VARIANTS = 5
MOST_HELD = 65_536  # names of each type of party that are remembered

# ASCII characters of words as they are, apostrophes gone, all others a space.
_ASCII_WORDS = {point: chr(point) if chr(point).isalnum() else " " for point in range(128)} | {39: "", 96: ""}
_LAST_LATIN = "ɏ"
_TWO = 2
_PLAIN = Mark(0)
_HAN = east_asia.RUN
_MARKED = "\u0900-\u0963\u0966-\u109f\u1780-\u17ff"  # scripts of India and beyond, whose vowels are marks
_WORDS = re.compile(f"[{_HAN}]+|(?:[^\\W_{_HAN}]|[{_MARKED}])+")
_DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]\.)+[^\W\d_]\b|\b(?:[^\W\d_]\.\s?){2,}")
_BRACKETS = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
_ALSO = re.compile(
    r"\b(?:a\.?\s?k\.?\s?a\.?|f\.?\s?k\.?\s?a\.?|d\.?b\.?a\.?|[afd]/k/a|d/b/a|t/a|also known as|"
    r"formerly known as|formerly|now known as|doing business as|trading as)(?!\w)[\s:]*",
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
    """Make *text* comparable as a name of *party_type*. Never raises; linear in the length of *text*.

    A name costs some 10 microseconds the first time, and a look-up after that (65,536 names of a type are held).
    """
    if len(text) > MAX_CHARACTERS:
        text = text[: MAX_CHARACTERS + 1]
    return _MEMORIES[party_type.value][text]


def _prepare(text: str, party_type: PartyType) -> PreparedName:
    also = _may_say_also(text.lower()) and _ALSO.search(text)
    main = _read(_ALSO.sub(" ", text), party_type)._replace(text=text) if also else _read(text, party_type)
    if not also and text.isascii() and "(" not in text and "[" not in text:
        return main
    others = (other for other in _others(text, party_type, main) if other.tokens and other.tokens != main.tokens)
    different = {(other.tokens, other.forms): other for other in islice(others, 2 * MAX_VARIANTS)}
    return main._replace(variants=tuple(islice(different.values(), MAX_VARIANTS))) if different else main


_MEMORIES = {kind.value: Memory(partial(_prepare, party_type=kind), MOST_HELD) for kind in PartyType}


def _may_say_also(low: str) -> bool:
    """A quick look before the slower search for 'also known as' and the like."""
    return (
        "ka" in low or "k.a" in low or "k a" in low or "/" in low or "known" in low or "rmerly" in low
        or "g as" in low or "dba" in low or "d.b" in low or "k. a" in low
    )  # fmt: skip


def _others(text: str, party_type: PartyType, main: PreparedName) -> Iterator[PreparedName]:
    """Other readings: without brackets, what brackets hold, both sides of 'also known as', other syllables."""
    bare = _BRACKETS.sub(" ", text)
    if bare != text:
        outside = _read(bare, party_type)
        yield outside
        for inside in ";".join(_BRACKETS.findall(text)).split(";"):
            also = _ALSO.match(inside.strip())
            held = _read(inside.strip()[also.end() :] if also else inside, party_type)
            if also or _is_name(held, outside):
                yield held
    sides = _ALSO.split(bare)
    if len(sides) > 1:
        for side in sides:
            yield _read(side, party_type)
    if main.script in ("han", "hangul", "kana"):
        yield _read(text, party_type, syllables=True)


def _is_name(held: PreparedName, outside: PreparedName) -> bool:
    """True when brackets hold the name in another script, or its first letters."""
    if not held.identifies or not outside.tokens:
        return held.identifies
    firsts = "".join(token.text[0] for token in outside.tokens)
    return held.script != outside.script or (len(held.joined) > 2 and held.joined in firsts)


def _read(text: str, party_type: PartyType, syllables: bool = False) -> PreparedName:
    """One reading of a name."""
    person, ship = party_type is PartyType.PERSON, party_type is PartyType.VESSEL
    short = text if len(text) <= MAX_CHARACTERS else text[:MAX_CHARACTERS]
    ascii_only = short.isascii()
    clean = short.lower() if ascii_only else letters.clean(short)
    if person:
        if "," in clean or "،" in clean:
            clean = _turned(clean)
    elif "." in clean and _may_be_dotted(clean):
        clean = _DOTTED.sub(_closed_up, clean)
    if "&" in clean:
        clean = clean.replace("&", " and ")
    if ascii_only:
        clean = clean.translate(_ASCII_WORDS)
        words = clean.split()
    else:
        words = _WORDS.findall(clean)
    many = len(words) > MAX_TOKENS
    if many:
        words = words[:MAX_TOKENS]
    if ascii_only or max(clean, default="") <= _LAST_LATIN:
        tokens, forms = _read_latin(words, clean, person, ship)
        script = "latin" if tokens or forms else ""
    else:
        tokens, forms, script = _read_scripts(words, party_type, syllables)
    if len(tokens) > MAX_TOKENS:
        tokens, many = tokens[:MAX_TOKENS], True
    telling = particles = 0
    for token in tokens:
        if not token[1] or token[1] is Mark.PLACE:
            telling += 1
        elif token[1] is Mark.PARTICLE:
            particles += 1
    if person and particles and (telling < _TWO or tokens[-1][1] is Mark.PARTICLE):
        tokens = _names_after_all(tokens, telling)
        telling = sum(not token[1] for token in tokens)
    joined = "".join([token[0] for token in tokens]) or "".join(forms)
    return PreparedName(text, party_type, tokens, forms, joined, bool(telling), script, many or short is not text, ())


def _names_after_all(tokens: tuple[Token, ...], telling: int) -> tuple[Token, ...]:
    """Short words that are particles in one language and names in another ('Le Van An') taken for names.

    All of them where else fewer than two words tell who is meant, and the last one always ('Quibble, Ben').
    """
    last = len(tokens) - 1
    return tuple(
        token._replace(marks=_PLAIN) if token.text in MAY_BE_NAMES and (telling < _TWO or at == last) else token
        for at, token in enumerate(tokens)
    )


def _read_latin(words: list[str], clean: str, person: bool, ship: bool) -> tuple[tuple[Token, ...], tuple[str, ...]]:
    """Tokens and forms of words in Latin letters, with or without accents."""
    forms: tuple[str, ...] = ()
    if not person:
        if clean.isascii():
            places, forms = without_forms(words)
            words = [words[at] for at in places] if forms else words
        else:
            words, forms = _without_forms(words)
        words = with_numerals(_initials_joined(words), ship)
    if compounds.HINT.search(clean):
        words = compounds.divided(words)
    known = reading.PERSONS if person else reading.SHIPS if ship else reading.COMPANIES
    return tuple([known[word] for word in words]), forms


def _may_be_dotted(clean: str) -> bool:
    """False when the only dot stands at the end of a word ('inc.'): nothing to close up."""
    at = clean.find(".")
    return clean.find(".", at + 1) >= 0 or clean[at + 1 : at + 2].isalpha()


def _closed_up(dotted: re.Match[str]) -> str:
    return dotted.group().replace(".", "").replace(" ", "") + " "


def _turned(clean: str) -> str:
    """'last, first' as 'first last'; a title after a second comma stays at the end."""
    parts = [part.strip() for part in clean.replace("،", ",").split(",") if part.strip()]
    if len(parts) == 2 or (len(parts) == 3 and parts[2].strip(".") in PERSON_WORDS):
        parts[:2] = [parts[1], parts[0]] if parts[1].strip(".") not in PERSON_WORDS else parts[:2]
        return " ".join(parts)
    return clean


def _without_forms(words: list[str]) -> tuple[list[str], tuple[str, ...]]:
    places, forms = without_forms(list(map(reading.plain, words)))
    return ([words[at] for at in places] if forms else words), forms


def _initials_joined(words: list[str]) -> list[str]:
    """Letters that stand one by one put together ('a', 'b', 'c' → 'abc')."""
    if len(words) < 2 or min(map(len, words)) > 1:
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
        words, forms = _without_forms(words)
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
        elif script == "latin" or (word.isascii() and word):
            tokens.append((reading.PERSONS if person else reading.SHIPS if ship else reading.COMPANIES)[word])
        elif word:
            tokens.append(reading.foreign(word, person))
    return tuple(tokens), forms, max(scripts, key=lambda script: (bool(script), scripts[script]))
