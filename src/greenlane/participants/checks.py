"""Small checks that several commands of this room share (6 USC 962)."""

from __future__ import annotations

from dataclasses import replace

from greenlane.casework import checks
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, finding
from greenlane.places.countries import UnknownCountry, country

SHORT = replace(checks.FITS, mend=checks.FILLED.mend)


def filled(where: str, text: str, longest: int) -> Reason:
    """The field has some text that reads as it is written, and not more than fits."""
    return checks.filled("6 USC 962", where, text, longest)


def fits(where: str, text: str, longest: int) -> Reason:
    """What may be left out reads as it is written, and is not longer than fits: nothing is cut off unsaid."""
    return checks.fits("6 USC 962", where, text.strip(), longest, words=SHORT)


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
