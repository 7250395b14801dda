"""One word of a name read into tokens, by its script (6 USC 964(b))."""

from __future__ import annotations

from functools import cache, lru_cache, partial
from itertools import islice

from greenlane.vetting.matching.names import alphabets, arabic, hangul, letters
from greenlane.vetting.matching.names.cache import Memory
from greenlane.vetting.matching.names.sounds import MAX_SKELETON, skeleton, sound
from greenlane.vetting.matching.names.tables import read_table
from greenlane.vetting.matching.names.tokens import Mark, Token
from greenlane.vetting.matching.names.words import PERSON_WORDS, VESSEL_WORDS, Meaning, company_words

MAX_SPELLINGS = 8
MOST_HELD = 131_072
MAX_LETTERS = 60  # of one word; what follows is not compared
_PLAIN = Mark(0)
_NOTHING: Meaning = (_PLAIN, ())
_NUMERAL: Meaning = (Mark.NUMERAL, ())
_INITIAL: Meaning = (Mark.INITIAL, ())
_MOST_GROUPS = 3
_ARTICLE = {"AL": "al", "BIN": "bin", "BINT": "bint", "OULD": "ould", "ABU": "abu", "UMM": "umm", "ABDUL": "abdul"}
_ENDINGS = {
    "DIN": ("uddin", "dn"),
    "ALLAH": ("ullah", "l"),
    "ZADA": ("zada", "zd"),
    "KHEL": ("khel", "kl"),
}  # and bones
_ARTICLE |= {"WAL": "wal", "FI": "fi", "MIN": "min"}


@cache
def _arabic_names() -> dict[str, tuple[str, ...]]:
    """Known Latin spellings of Arabic name parts."""
    return {form: tuple(spellings) for form, spellings in read_table("arabic.txt")}


@cache
def _name_groups() -> dict[str, tuple[str, ...]]:
    """For the Latin spelling of a name part: the Arabic ones (where they are few), and the names it is short for."""
    groups: dict[str, list[str]] = {}
    for form, spellings in _arabic_names().items():
        for spelling in spellings:
            groups.setdefault(spelling, []).append(form)
    few = {spelling: forms for spelling, forms in groups.items() if len(forms) <= _MOST_GROUPS}
    for group, names in read_table("short_names.txt"):
        for name in names:
            few.setdefault(name, []).append(group)
    return {spelling: tuple(forms) for spelling, forms in few.items()}


def plain(word: str) -> str:
    """The word as tables hold it: accents dropped, letters of Arabic that are written in several ways made one."""
    return word if word.isascii() else arabic.plain(letters.without_accents(word))


def meaning(word: str, person: bool, ship: bool = False) -> Meaning:
    """Marks and groups of a plain word: a particle, title or trade word; for other name parts of persons the groups."""
    if word.isdecimal():
        return _NUMERAL
    if person:
        if known := PERSON_WORDS.get(word):
            return known
        return _INITIAL if len(word) == 1 else (_PLAIN, _name_groups().get(word, ()))
    if ship and word in VESSEL_WORDS:
        return VESSEL_WORDS[word]
    if known := company_words().get(word):
        return known
    return _INITIAL if len(word) == 1 else _NOTHING


def make(spellings: tuple[str, ...], original: str, known: Meaning, bones: tuple[str, ...] = ()) -> Token:
    """A token of some spellings, the first being its text; *bones* are skeletons beside those of the spellings."""
    short = tuple(islice(dict.fromkeys(spelling[:MAX_LETTERS] for spelling in spellings), MAX_SPELLINGS))
    skeletons = tuple(dict.fromkeys((*bones, *alphabets.skeletons_of(short))))
    sounds = tuple(filter(None, dict.fromkeys(map(sound, skeletons))))
    return Token(short[0], known[0], short, skeletons, sounds, original, known[1])


def _latin(word: str, person: bool, ship: bool) -> Token:
    """The token of a word in Latin letters and digits."""
    if not word.isascii():
        return _accented(word, person, ship)
    marks, groups = meaning(word, person, ship)
    word = word[:MAX_LETTERS]
    bones = skeleton(word)
    coarse = sound(bones)
    spellings: tuple[str, ...] = (word,)
    if not word.isalpha() and (read := letters.letters_for_digits(word)):
        spellings = (word, read)
    return Token(word, marks, spellings, (bones,) if bones else (), (coarse,) if coarse else (), "", groups)


def _accented(word: str, person: bool, ship: bool) -> Token:
    plain = letters.without_accents(word)
    if not plain.isascii():
        return foreign(word, person)
    known = meaning(plain, person, ship)
    written_out = letters.accents_written_out(word)
    if known == _NOTHING and written_out != plain:
        known = meaning(written_out, person, ship)
    return make((plain, written_out) if written_out.isascii() else (plain,), "", known)


# The tokens of Latin words of persons', ships' and all other names.
PERSONS = Memory(partial(_latin, person=True, ship=False), MOST_HELD)
SHIPS = Memory(partial(_latin, person=False, ship=True), MOST_HELD)
COMPANIES = Memory(partial(_latin, person=False, ship=False), MOST_HELD)


@lru_cache(maxsize=32_768)
def foreign(word: str, person: bool) -> Token:
    """The token of one whole word in Cyrillic, Greek, Hebrew, Korean or another alphabet (not Arabic or Chinese)."""
    plain = letters.without_accents(word)
    known = meaning(plain, person)
    first = word[:1]
    if "Ѐ" <= first <= "ԯ":
        spellings = (*alphabets.cyrillic(word), letters.looks_latin(word))
    elif "Ͱ" <= first <= "Ͽ":
        spellings = (*alphabets.greek(plain), letters.looks_latin(plain))
    elif "א" <= first <= "ת":
        spellings = alphabets.hebrew(plain)
    elif hangul.is_hangul(first):
        spellings = hangul.spellings(word)
    else:
        spellings = alphabets.other(word)
    spellings = tuple(filter(None, spellings)) or (points(word),)
    if known == _NOTHING:
        known = meaning(spellings[0], person)
    return make(spellings, plain, known)


def points(word: str) -> str:
    """A word that no table can read, by the numbers of its characters: equal to itself and to nothing else."""
    return "".join(f"u{ord(letter):x}" for letter in word[:8])


def arabic_name(words: list[str], person: bool) -> list[Token]:
    """The tokens of neighbouring words in Arabic letters."""
    return [_arabic(kind, stem, person) for kind, stem in arabic.parts([arabic.plain(word) for word in words])]


@lru_cache(maxsize=32_768)
def _arabic(kind: str, stem: str, person: bool) -> Token:
    if not stem:
        return make((_ARTICLE[kind],), kind, (Mark.PARTICLE, (kind,)))
    ending, end = _ENDINGS.get(kind, ("", ""))
    if not ending and (known := meaning(stem, person)) != _NOTHING:
        return make(_arabic_spellings(stem) or (points(stem),), stem, known, arabic.skeletons(stem))
    bones = tuple((bone + end)[:MAX_SKELETON] for bone in arabic.skeletons(stem))
    spellings = tuple(spelling + ending for spelling in _arabic_spellings(stem)) or (points(stem),)
    groups = (stem,) if not ending and stem in _arabic_names() else ()
    return make(spellings, stem + ("" if not ending else kind), (_PLAIN, groups), bones)


def _arabic_spellings(stem: str) -> tuple[str, ...]:
    if stem == "عبدالله":
        return ("abdullah",)
    known, guessed = _arabic_names().get(stem, ()), arabic.spellings(stem)
    kept = known[: MAX_SPELLINGS - 2] if len(known) > 1 else known
    return (*kept, *guessed)
