"""Words of names that do not tell who is meant: trade words, particles, titles, numerals (6 USC 964(b))."""

from __future__ import annotations

import re
from functools import cache
from operator import itemgetter

from greenlane.vetting.matching.names.tables import read_table
from greenlane.vetting.matching.names.tokens import Mark

# Particles of persons' names, by what they mean; the Arabic article changes with the letter after it.
_PARTICLES = {
    "AL": "al el ul il ar er ur as es us ash esh ech ad ed ud at et ut az ez uz an en un",
    "BIN": "bin ben ibn bn ebn",
    "BINT": "bint binti bent binte mint",
    "OULD": "ould wald wuld uld oulad",
    "ABU": "abu abou abo aboo abi aba",
    "UMM": "umm oum um",
    "ABDUL": "abdul abd abdel abdal abdol abdoul abdur abdus",
    "VAN": "van vander",
    "VON": "von vom zu zum zur",
    "DE": "de del della di da do dos das du des la las los le les y e i",
    "DER": "der den",
    "WAL": "wal wa",
    "OGLU": "oglu oglou kyzy qizi kizi",
}
_TITLES = {
    "DR": "dr doctor doktor",
    "PRESIDENT": "president presidente prasident prezident",
    "PRINCE": "prince princess king queen emir ayatollah hojatoleslam",
    "MR": "mr mister sr senor herr monsieur",
    "MRS": "mrs ms miss sra senora frau madame",
    "JR": "jr junior jnr",
    "SENIOR": "senior snr",
    "PROF": "prof professor",
    "HAJI": "haji hajji hajj haj hadji el-hadj alhaji",
    "SHEIKH": "sheikh shaikh shaykh sheik cheikh shekh",
    "MULLAH": "mullah mulla mollah maulvi mawlawi maulawi mullawi",
    "SAYYID": "seyed seyyed",
    "GEN": "gen brig brigadier maj lt col colonel commander capt captain",
    "SIR": "sir lady lord",
    "ING": "ing lic licda eng",
    "MD": "phd cpa esq",
}
_VESSELS = {"MV": "mv mt ms ss mts my fv msv"}
_ROMAN = {
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12",
    "xiii": "13", "xiv": "14", "xv": "15", "xvi": "16", "xvii": "17", "xviii": "18", "xix": "19", "xx": "20",
}  # fmt: skip
_ROMAN_LETTERS = {"i": "1", "v": "5", "x": "10"}  # numerals only at the end of a ship's name
_NUMBER_WORDS = frozenset({"no", "nr", "num", "nos", "number", "numero"})
_NUMERALS = frozenset({*_ROMAN, *_ROMAN_LETTERS})
_DIGITS = frozenset("0123456789")
_first = itemgetter(0)
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")

Meaning = tuple[Mark, tuple[str, ...]]


def _spread(groups: dict[str, str], mark: Mark) -> dict[str, Meaning]:
    return {word: (mark, (group,)) for group, words in groups.items() for word in words.split()}


# Particles that are names in other languages.
_BOTH = (
    "an en un as es us at et ut ad ed ud az ez uz er ur ar il e i y le la do da du di das den der van zu zum zur ben"
)
MAY_BE_NAMES = frozenset((_BOTH + " mint um aba abi abo wa").split())
PERSON_WORDS = _spread(_PARTICLES, Mark.PARTICLE) | _spread(_TITLES, Mark.TITLE)
VESSEL_WORDS = _spread(_VESSELS, Mark.TITLE)


@cache
def company_words() -> dict[str, Meaning]:
    """Trade words and particles of companies' names: what they are, and the group of words that mean the same."""
    found: dict[str, Meaning] = {}
    for kind, rest in read_table("words.txt"):
        if kind == "particle":
            found.update((word, (Mark.PARTICLE, ())) for word in rest)
            continue
        group, *words = rest
        mark = Mark.GENERIC if kind == "generic" else Mark(0)
        for word in words:
            found.setdefault(word, (mark, (group,)))
    for word in ("al", "el"):
        found[word] = PERSON_WORDS["al"]
    return found


def with_numerals(words: list[str], ship: bool) -> list[str]:
    """The words with numerals in digits: 'IV' after the first word, 'No. 6', '2nd', '007'; a ship's last 'V' too."""
    last = len(words) - 1
    if _NUMERALS.isdisjoint(words) and _DIGITS.isdisjoint(map(_first, words)):
        return words
    out: list[str] = []
    for at, word in enumerate(words):
        if word.isdecimal():
            if out and out[-1] in _NUMBER_WORDS:
                out.pop()
            out.append(word.lstrip("0") or "0")
        elif at and word in _ROMAN:
            if out[-1] in _NUMBER_WORDS:
                out.pop()
            out.append(_ROMAN[word])
        elif at and at == last and ship and word in _ROMAN_LETTERS:
            out.append(_ROMAN_LETTERS[word])
        elif word[0].isdecimal() and (ordinal := _ORDINAL.fullmatch(word)):
            out.append(ordinal.group(1))
        else:
            out.append(word)
    return out
