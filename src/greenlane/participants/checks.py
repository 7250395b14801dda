"""Small checks that several commands of this room share (6 USC 962)."""

from __future__ import annotations

from unicodedata import bidirectional, category

from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, finding
from greenlane.places.countries import UnknownCountry, country

_UNSEEN = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def shows_what_it_says(text: str) -> bool:
    """No control signs but line breaks and tabs, and none that turn the direction in which a name reads."""
    return all(c in "\n\r\t" or (category(c) != "Cc" and bidirectional(c) not in _UNSEEN) for c in text)


def filled(where: str, text: str, longest: int) -> Reason:
    """The field has some text that reads as it is written, and not more than fits."""
    return finding(
        "6 USC 962",
        f"{where}_given",
        0 < len(text.strip()) <= longest and shows_what_it_says(text),
        N_("The field '%(name)s' is filled in."),
        N_("The field '%(name)s' is empty, longer than %(longest)s characters, or holds signs that cannot be seen."),
        mend=N_("Type it in with at most %(longest)s characters."),
        where=where,
        name=where,
        longest=longest,
    )


def known_country(where: str, code: str) -> Reason:
    """The code is that of a country (ISO 3166-1, two letters)."""
    try:
        country(code.strip().upper())
        known = True
    except UnknownCountry:
        known = False
    return finding(
        "6 USC 962",
        "country_known",
        known,
        N_("The country is known."),
        N_("'%(given)s' is not the two-letter code of a country."),
        mend=N_("Use the ISO code, for example US, MX or CN."),
        where=where,
        given=code.strip()[:20],
    )
