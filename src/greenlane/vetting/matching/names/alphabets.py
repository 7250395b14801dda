"""Cyrillic, Greek and Hebrew words, and those of rarer scripts, in Latin letters, in the ways in use (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import islice
from typing import cast

from greenlane.vetting.matching.names.sounds import skeleton

MAX_SPELLINGS = 8

_CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўђјљњћџѓќѕәғқңөұүһҷӣӯ",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            ".",
            "y",
            ".",
            "e",
            "yu",
            "ya",
            "e",
            "i",
            "yi",
            "ye",
            "g",
            "u",
            "dj",
            "j",
            "lj",
            "nj",
            "c",
            "dz",
            "gj",
            "kj",
            "dz",
            "a",
            "gh",
            "q",
            "ng",
            "o",
            "u",
            "u",
            "h",
            "j",
            "i",
            "u",
        ],
        strict=True,
    )
)
_CYRILLIC |= {"ъ": "", "ь": ""}
_LIBRARY = _CYRILLIC | {
    "х": "h", "ц": "c", "ч": "c", "ш": "s", "щ": "sc", "ж": "z", "й": "j", "ю": "ju", "я": "ja", "є": "je", "ї": "ji",
}  # fmt: skip
_PASSPORT = _CYRILLIC | {"й": "i", "ю": "iu", "я": "ia", "є": "ie", "ъ": "ie", "щ": "shch", "ы": "y"}
_GERMAN = _CYRILLIC | {
    "в": "w", "ж": "sch", "з": "s", "й": "j", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch", "ю": "ju",
    "я": "ja",
}  # fmt: skip
_UKRAINIAN = _CYRILLIC | {"г": "h", "и": "y", "й": "i", "х": "kh", "щ": "shch"}
_SHORT_ENDS = (("iyy", "y"), ("yy", "y"), ("iy", "y"), ("ij", "y"))

_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        [
            "a",
            "v",
            "g",
            "d",
            "e",
            "z",
            "i",
            "th",
            "i",
            "k",
            "l",
            "m",
            "n",
            "x",
            "o",
            "p",
            "r",
            "s",
            "s",
            "t",
            "y",
            "f",
            "ch",
            "ps",
            "o",
        ],
        strict=True,
    )
)
_OLD_GREEK = _GREEK | {"β": "b", "η": "e", "υ": "u", "φ": "ph", "χ": "kh", "δ": "d"}
_GREEK_PAIRS = (("ου", "ou"), ("μπ", "b"), ("ντ", "nt"), ("γκ", "gk"), ("γγ", "ng"), ("αυ", "av"), ("ευ", "ev"))

_HEBREW = dict(
    zip(
        "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
        [
            "a",
            "b",
            "g",
            "d",
            "h",
            "o",
            "z",
            "ch",
            "t",
            "i",
            "k",
            "ch",
            "l",
            "m",
            "m",
            "n",
            "n",
            "s",
            "a",
            "p",
            "f",
            "tz",
            "tz",
            "k",
            "r",
            "sh",
            "t",
        ],
        strict=True,
    )
)


def cyrillic(word: str) -> tuple[str, ...]:
    """Spellings of a Cyrillic word: geographers', short endings, passport, library, German, Ukrainian."""
    plain = _spell(word, _CYRILLIC)
    short = next((plain[: -len(end)] + y for end, y in _SHORT_ENDS if plain.endswith(end)), plain)
    started = "y" + plain if word[:1] == "е" else plain
    ways = (_spell(word, way) for way in (_PASSPORT, _UKRAINIAN, _GERMAN))
    library = _spell(word, _LIBRARY)
    eastern = short.replace("dzh", "j").replace("kh", "h")  # names of the Caucasus and Central Asia
    return _several(short, plain, started, short.replace("ks", "x"), eastern, library, library.replace("v", "w"), *ways)


def greek(word: str) -> tuple[str, ...]:
    """Spellings of a Greek word (without accents): as spoken, and as in old names."""
    for pair, letters in _GREEK_PAIRS:
        word = word.replace(pair, letters)
    spoken = _spell(word, _GREEK)
    return _several(spoken, _spell(word, _OLD_GREEK), spoken.replace("ch", "h"), spoken.replace("gk", "g"))


def hebrew(word: str) -> tuple[str, ...]:
    """Spellings of a Hebrew word: vowels are guessed as 'a', 'e' and 'o' between consonants."""
    letters = [_HEBREW.get(letter, letter) for letter in word]
    if letters and word[0] == "י":
        letters[0] = "y"
    if len(letters) > 1 and word[-1] == "ה":
        letters[-1] = "a"
    spoken = ["v" if letter == "o" and at > 0 else letter for at, letter in enumerate(letters)]  # 'levi', 'david'
    ways = [_with_vowels(one, vowel) for one in (letters, spoken) for vowel in "aeo"]
    return _several(*ways, "".join(letters))


def _with_vowels(letters: list[str], vowel: str) -> str:
    out = letters[:1]
    for letter in letters[1:]:
        if letter[0] not in "aio" and out[-1][-1] not in "aio":
            out.append(vowel)
        elif letter == "o" and out[-1][-1] in "aio":
            letter = "v"
        out.append(letter)
    return "".join(out)


def other(word: str) -> tuple[str, ...]:
    """Spelling of a word of any other script, by the general tables of ICU; () when they know none of its letters."""
    latin = _to_latin()(word).casefold()
    return _several("".join(letter for letter in latin if letter.isascii() and letter.isalnum()))


@cache
def _to_latin() -> Callable[[str], str]:
    from icu import Transliterator  # type: ignore[import-untyped]  # most names never need its tables

    transliterator = Transliterator.createInstance("Any-Latin; NFD; [:Nonspacing Mark:] Remove; Latin-ASCII")
    return cast(Callable[[str], str], transliterator.transliterate)


def skeletons_of(spellings: tuple[str, ...]) -> tuple[str, ...]:
    """The different skeletons of some spellings."""
    return tuple(dict.fromkeys(filter(None, map(skeleton, spellings))))


def _spell(word: str, letters: dict[str, str]) -> str:
    return "".join(letters.get(letter, letter) for letter in word)


def _several(*spellings: str) -> tuple[str, ...]:
    plain = (spelling for spelling in spellings if spelling and spelling.isascii())
    return tuple(islice(dict.fromkeys(plain), MAX_SPELLINGS))
