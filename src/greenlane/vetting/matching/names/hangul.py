"""Korean words in Latin letters: official, McCune's and the usual spellings of family names (6 USC 964(b))."""

from __future__ import annotations

from functools import cache
from itertools import islice, product

from greenlane.vetting.matching.names.tables import read_table

_FIRST, _LAST = 0xAC00, 0xD7A3
_INITIALS = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "-", "j", "jj", "ch", "k", "t", "p", "h"]
_VOWELS = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
_FINALS = [
    "-",
    "k",
    "k",
    "k",
    "n",
    "n",
    "n",
    "t",
    "l",
    "k",
    "m",
    "l",
    "l",
    "l",
    "p",
    "l",
    "m",
    "p",
    "p",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "t",
]
# Second ways: initials and vowels as in the north of Korea and in everyday use.
_OTHER_INITIALS = {"g": "k", "d": "t", "b": "p", "j": "ch", "r": "l", "s": "sh"}
_OTHER_VOWELS = {"eo": "u", "eu": "u", "u": "oo", "yeo": "you", "i": "ee", "wo": "wo", "yu": "yoo", "oe": "oi"}
_MCCUNE = {"eo": "o", "eu": "u", "yeo": "yo", "ae": "ae", "ui": "ui", "wo": "wo"}
_MOST = 6


@cache
def words(kind: str) -> dict[str, str]:
    """The table's 'family' names with their spellings, legal 'form's with their codes, or trade 'word's."""
    pairs = (pair.partition("=") for line, rest in read_table("hangul_words.txt") if line == kind for pair in rest)
    return {letters: after for letters, _, after in pairs}


def is_hangul(letter: str) -> bool:
    """True for a whole Korean syllable."""
    return _FIRST <= ord(letter) <= _LAST


def family_and_given(word: str) -> tuple[str, str]:
    """A person's name written as one word, divided: two syllables for the few long family names, else one."""
    width = 2 if len(word) > 2 and word[:2] in words("family") else 1
    return (word[:width], word[width:]) if 2 <= len(word) <= 5 else (word, "")


def family(word: str) -> tuple[str, ...]:
    """Spellings of a family name."""
    known = words("family").get(word, "").split("+")
    return tuple(dict.fromkeys(filter(None, [*known, *spellings(word)])))[:_MOST]


def spellings(word: str) -> tuple[str, ...]:
    """Spellings of a word of Korean syllables: the official one first, then McCune's and everyday ones."""
    ways = [_syllable(letter) for letter in word]
    official = "".join(way[0] for way in ways)
    northern = "".join(way[min(1, len(way) - 1)] for way in ways)
    mixed = islice(product(*(way[:4] for way in ways)), 64) if len(ways) <= 3 else ()
    return tuple(dict.fromkeys([official, northern, *map("".join, mixed)]))[: _MOST if len(word) > 1 else _MOST + 2]


def _syllable(letter: str) -> tuple[str, ...]:
    if not is_hangul(letter):
        return (letter,) if letter.isascii() else ("",)
    number = ord(letter) - _FIRST
    first, vowel = _INITIALS[number // 588].strip("-"), _VOWELS[number % 588 // 28]
    last = _FINALS[number % 28].strip("-")
    hard = _OTHER_INITIALS.get(first, first)
    return tuple(
        dict.fromkeys(
            (
                first + vowel + last,
                hard + _MCCUNE.get(vowel, vowel) + last,
                first + _OTHER_VOWELS.get(vowel, vowel) + last,
                first + _MCCUNE.get(vowel, vowel) + last,
                hard + _OTHER_VOWELS.get(vowel, vowel) + last,
            )
        )
    )
