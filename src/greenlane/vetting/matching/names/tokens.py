"""One word of a name, with everything by which another spelling of it can be found (6 USC 964(b))."""

from __future__ import annotations

from enum import IntFlag
from typing import NamedTuple


class Mark(IntFlag):
    """What a word of a name is, beside a word that tells who is meant (0)."""

    GENERIC = 1  # 'trading', 'international': half of all companies have it
    NUMERAL = 2  # '6', 'IV', 'No. 8': sister ships and sister companies differ by it; its text is in Arabic digits
    INITIAL = 4  # 'J.': a single letter
    PARTICLE = 8  # 'al', 'bin', 'van', 'of', 'the'
    TITLE = 16  # 'Dr', 'Haji', 'M/V'
    PLACE = 32  # a city, province or country written in an original script ('深圳')


class Token(NamedTuple):
    """One word. Equal tokens are equal in every field, so a token can be a dictionary key (hash in C).

    ``text``       main spelling: lower-case ASCII letters and digits, never empty
    ``marks``      see `Mark`
    ``spellings``  all ASCII spellings, ``text`` first; nearly always only one for words in Latin letters
                   ('müller' → 'muller', 'mueller'), several for other scripts
    ``skeletons``  consonant skeletons of the spellings; two words with a common one may be one word written twice
                   (محمد, 'mohammed', 'muhamad' → 'mhmd'); fine enough to be evidence, never alone
    ``sounds``     coarser classes of consonants, for finding candidates only
    ``original``   the word in its own script, folded ('محمد'); '' when it is written in Latin letters
    ``groups``     names of the groups of known spellings that the word is in (a common one: the same word or name part)
    """

    text: str
    marks: Mark
    spellings: tuple[str, ...]
    skeletons: tuple[str, ...]
    sounds: tuple[str, ...]
    original: str
    groups: tuple[str, ...]

    @property
    def telling(self) -> bool:
        """True for a word that says who is meant: neither generic nor numeral, initial, particle or title."""
        return not self.marks & ~Mark.PLACE
