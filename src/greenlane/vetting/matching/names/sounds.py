"""Consonants of a word in Latin letters: keys that do not change with the vowels of a romanisation (6 USC 964(b))."""

from __future__ import annotations

import re

MAX_SKELETON = 12  # letters; longer words are equal when their beginnings are

# Ways to write one consonant. 'x' stands for the sound of 'sh' and 'ch' alike: French writes 'ch' for it.
_GROUPS = {
    "tsch": "x", "tch": "x", "sch": "x", "shch": "x", "ch": "x", "sh": "x", "zh": "j", "dj": "j", "dzh": "j",
    "kh": "k", "gh": "g", "dh": "d", "th": "t", "ph": "f", "ck": "k", "tz": "s", "ts": "s", "ss": "s",
    "ce": "s", "ci": "s", "cy": "s", "c": "k", "q": "k", "x": "ks", "gn": "n",
}  # fmt: skip
_GROUP = re.compile("|".join(sorted(_GROUPS, key=len, reverse=True)))
_FIRST = re.compile(r"^(?:ou(?=[aei])|w)")
_VOWELS = re.compile(r"[aeiouwy]+")
_DOUBLE = re.compile(r"([a-z])\1+")
_COARSE = str.maketrans({"p": "b", "v": "f", "g": "k", "j": "s", "x": "s", "z": "s", "d": "t", "h": "", "a": ""})


def skeleton(word: str) -> str:
    """The consonants of *word* (ASCII, lower case) in one spelling; a first vowel is 'a', digits stay.

    'mohammed', 'muhamad' → 'mhmd'; 'youssef', 'yusuf' → 'ysf'; 'khaled', 'khalid' → 'kld'; 'ouali', 'wali' → 'wl'.
    """
    first = "w" if _FIRST.match(word) else "y" if word[:1] == "y" else "a" if word[:1] in "aeiou" else ""
    rest = _VOWELS.sub("", _GROUP.sub(lambda match: _GROUPS[match.group()], word))
    if len(rest) > 1 and rest[-1] == "h":
        rest = rest[:-1]
    return _DOUBLE.sub(r"\1", first + rest)[:MAX_SKELETON]


def sound(bones: str) -> str:
    """A coarser key from a skeleton: voiced and voiceless consonants as one; '' when nothing is left."""
    return _DOUBLE.sub(r"\1", bones.translate(_COARSE))
