"""Consonants of a word in Latin letters: keys that do not change with the vowels of a romanisation (6 USC 964(b))."""

from __future__ import annotations

import re
from itertools import groupby

MAX_SKELETON = 12  # letters; longer words are equal when their beginnings are

# Ways to write one consonant. 'x' stands for the sound of 'sh' and 'ch' alike: French writes 'ch' for it.
_GROUPS = {
    "tsch": "x", "tch": "x", "sch": "x", "shch": "x", "ch": "x", "sh": "x", "zh": "j", "dj": "j", "dzh": "j",
    "kh": "k", "gh": "g", "dh": "d", "th": "t", "ph": "f", "ck": "k", "tz": "s", "ts": "s", "ss": "s",
    "ce": "s", "ci": "s", "cy": "s", "c": "k", "q": "k", "x": "ks", "gn": "n",
}  # fmt: skip
_GROUP = re.compile("|".join(sorted(_GROUPS, key=len, reverse=True)))
_VOWELS = str.maketrans(dict.fromkeys("aeiouwy"))
_BEGINNINGS, _AEI = frozenset("aeiouwy"), frozenset("aei")
_COARSE = str.maketrans({"p": "b", "v": "f", "g": "k", "j": "s", "x": "s", "z": "s", "d": "t", "h": "", "a": ""})


def _single(letters: str) -> str:
    return "".join([letter for letter, _ in groupby(letters)])


def _one_sound(found: re.Match[str]) -> str:
    return _GROUPS[found.group()]


def skeleton(word: str) -> str:
    """The consonants of *word* (ASCII, lower case) in one spelling; a first vowel is 'a', digits stay.

    'mohammed', 'muhamad' → 'mhmd'; 'youssef', 'yusuf' → 'ysf'; 'khaled', 'khalid' → 'kld'; 'ouali', 'wali' → 'wl'.
    """
    if word.isdecimal():
        return word[:MAX_SKELETON]
    start = word[:1]
    if start in _BEGINNINGS:
        first = start if start in "wy" else "w" if start == "o" and word[1:2] == "u" and word[2:3] in _AEI else "a"
    else:
        first = ""
    rest = _GROUP.sub(_one_sound, word).translate(_VOWELS)
    if len(rest) > 1 and rest[-1] == "h":
        rest = rest[:-1]
    return _single(first + rest)[:MAX_SKELETON]


def sound(bones: str) -> str:
    """A coarser key from a skeleton: voiced and voiceless consonants as one; '' when nothing is left."""
    return _single(bones.translate(_COARSE))
