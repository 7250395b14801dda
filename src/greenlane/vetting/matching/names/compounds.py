"""Names of Arabic origin in Latin letters, put into one division of words: 'Abdul Rahman', 'Nooruddin', 'Abdullah'."""

from __future__ import annotations

import re

from greenlane.vetting.matching.names.cache import Memory

# Names without any of these are left alone.
HINT = re.compile(r"\babd|\bab[ou]|lah\b|ulla\b|d[iey]{1,2}ne?\b|zad[aeh]{1,2}\b|khe|een\b")
_ABDULLAH = re.compile(r"abd[aeou]?l{1,2}ah?")
_ABDUL = re.compile(r"abd(?:[aeou]|ou)(?:l|([rsntdz])(?=\1)|s(?=sh))(?!lah)([a-z]{4,})")
_ABD = frozenset(["abd", "abdul", "abdel", "abdal", "abdol", "abdoul", "abdur", "abdus", "abdoel"])
_ARTICLES = frozenset(
    ["al", "el", "ul", "il", "ar", "er", "ur", "as", "es", "us", "ash", "ad", "ed", "ud", "at", "az", "an"]
)
_ALLAH = frozenset(["ullah", "allah", "ollah", "ulla", "olah", "alla"])
_DIN = frozenset(["din", "dine", "deen", "dien", "dyn"])
_UDDIN = frozenset(
    ["uddin", "eddin", "eddine", "eldin", "aldin", "addin", "uddine", "eldine", "uldin", "aldeen", "eldeen", "uddeen"]
)
_TAILS = {"zada": "zada", "zadeh": "zada", "zade": "zada", "zadah": "zada", "khel": "khel", "kheil": "khel"}
_ENDS_ZADA = re.compile(r"([a-z]{3,})(?:zadeh|zade|zadah)")
_ENDS_DIN = re.compile(r"([a-z]{3,}?)(?:[uae]|ou)(?:dd|ld)(?:in|ine|een|yn)")
_ENDS_LAH = re.compile(r"([a-z]{3,}?)[aeou]llah")
_ABU = re.compile(r"(?:abu|abou|abo)((?:bak[ae]?r|[b-df-hj-np-tv-z])[a-z]{3,})")


def divided(words: list[str]) -> list[str]:
    """The words of a name with 'abdul' and 'abu' alone, and '-uddin', '-ullah', '-zada' at the word before.

    'abdelkader' → 'abdul', 'kader'; 'abd', 'al', 'rahman' → 'abdul', 'rahman'; 'salah', 'al', 'din' → 'salahuddin'.
    """
    out: list[str] = []
    at, count = 0, len(words)
    while at < count:
        word, after = words[at], words[at + 1] if at + 1 < count else ""
        third = words[at + 2] if at + 2 < count else ""
        if word in _ABD and after:
            if after in _ALLAH:
                out.append("abdullah")
                at += 2
            else:
                out.append("abdul")
                at += 2 if after in _ARTICLES and third else 1
        elif word in _ARTICLES and after in _DIN and out:
            out[-1] += "uddin"
            at += 2
        elif word in _UDDIN and out:
            out[-1] += "uddin"
            at += 1
        elif word in _TAILS and out:
            out[-1] += _TAILS[word]
            at += 1
        elif word in _ALLAH and out and len(out[-1]) > 2 and out[-1] not in _ARTICLES:
            out[-1] += "ullah"
            at += 1
        else:
            out.extend(_ONES[word])
            at += 1
    return out


def _one(word: str) -> tuple[str, ...]:
    """A word written as one, divided or with its usual ending."""
    if len(word) < 6:
        return (word,)
    if _ABDULLAH.fullmatch(word):
        return ("abdullah",)
    if found := _ABDUL.fullmatch(word):
        return "abdul", found.group(2)
    if found := _ENDS_DIN.fullmatch(word):
        return (found.group(1) + "uddin",)
    if found := _ENDS_ZADA.fullmatch(word):
        return (found.group(1) + "zada",)
    if found := _ENDS_LAH.fullmatch(word):
        return (found.group(1) + "ullah",)
    if found := _ABU.fullmatch(word):
        return "abu", found.group(1)
    return (word,)


_ONES = Memory(_one, 65_536)
