"""Countries by ISO 3166-1, and the many ways in which official files write them (6 USC 963(1))."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import pycountry


@dataclass(frozen=True, order=True)
class Country:
    """ISO 3166-1 alpha-2 and alpha-3 codes and the usual English name."""

    alpha2: str
    alpha3: str
    name: str


class UnknownCountry(KeyError):
    """No country has this code."""


# Kosovo has no code of its own in ISO 3166-1; XK and XKX are the user-assigned codes in common use.
_KOSOVO = Country("XK", "XKX", "Kosovo")

# How the World Port Index, OFAC, BIS and the United Nations write names that ISO 3166-1 writes otherwise.
_VARIANTS = {
    "BA": ("Bosnia", "Bosnia-Herzegovina"),
    "BN": ("Brunei",),
    "BO": ("Bolivia",),
    "BQ": ("Caribbean Netherlands", "Bonaire", "Saba", "Sint Eustatius"),
    "CD": (
        "Congo (Kinshasa)",
        "Congo, Democratic Republic of the",
        "Congo, Democratic Republic of",
        "Democratic Republic of the Congo",
        "Democratic Republic of Congo",
        "DR Congo",
        "DRC",
        "Zaire",
    ),
    "CG": ("Congo (Brazzaville)", "Congo, Republic of the", "Congo, Republic of", "Republic of the Congo"),
    "CI": ("Cote d Ivoire", "Ivory Coast"),
    "CN": ("PRC", "P.R. China", "PR China", "China, People's Republic of", "Mainland China"),
    "CV": ("Cape Verde",),
    "CZ": ("Czech Republic",),
    "FK": ("Falkland Islands", "Falkland Islands (Islas Malvinas)"),
    "FM": ("Micronesia", "Federated States of Micronesia"),
    "GB": ("UK", "Great Britain", "England", "Scotland", "Wales", "Northern Ireland", "Britain"),
    "GM": ("Gambia, The",),
    "HK": ("Hong Kong SAR", "China, Hong Kong Special Administrative Region", "China (Hong Kong)", "Hong Kong, China"),
    "IR": ("Iran", "Islamic Republic of Iran"),
    "KN": ("St. Kitts and Nevis", "Saint Christopher and Nevis"),
    "KP": ("North Korea", "Korea, North", "DPRK", "Democratic People's Republic of Korea"),
    "KR": ("South Korea", "Korea, South", "Korea", "Republic of Korea", "ROK"),
    "LA": ("Laos",),
    "LC": ("St. Lucia",),
    "MD": ("Moldova",),
    "MK": (
        "Macedonia",
        "North Macedonia, The Republic of",
        "Macedonia, The Former Yugoslav Republic of",
        "The Former Yugoslav Republic of Macedonia",
    ),
    "MM": ("Burma", "Burma (Myanmar)", "Myanmar (Burma)"),
    "MO": ("Macau", "Macau SAR", "China, Macao Special Administrative Region", "China (Macau)"),
    "MP": ("Saipan",),
    "NL": ("Holland", "The Netherlands"),
    "PS": ("Palestinian", "Palestine", "West Bank", "Gaza", "Gaza Strip", "Palestinian Territories"),
    "RE": ("Reunion",),
    "RU": ("Russia",),
    "SH": ("Saint Helena", "St. Helena"),
    "SJ": ("Svalbard", "Jan Mayen"),
    "ST": ("Sao Tome",),
    "SX": ("Sint Maarten",),
    "SY": ("Syria",),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Turkey", "Turkiye", "Republic of Turkey"),
    "TW": ("Taiwan", "Taiwan, Republic of China", "Republic of China"),
    "TZ": ("Tanzania",),
    "UM": ("Johnson Atoll", "Midway Islands", "Wake Island"),
    "US": ("USA", "U.S.", "U.S.A.", "United States of America"),
    "VA": ("Vatican", "Vatican City", "Holy See"),
    "VC": ("St. Vincent and the Grenadines", "Saint Vincent and the Grenadines (Windward Islands)", "Saint Vincent"),
    "VE": ("Venezuela",),
    "VG": ("British Virgin Islands", "BVI"),
    "VI": ("U.S. Virgin Islands", "US Virgin Islands"),
    "VN": ("Vietnam",),
    "AE": ("UAE", "U.A.E."),
    "BS": ("Bahamas, The",),
}  # fmt: skip

_SMALL_WORDS = frozenset({"the", "of", "and"})


@cache
def countries() -> tuple[Country, ...]:
    """Every country and territory of ISO 3166-1, and Kosovo, in the order of their alpha-2 codes."""
    listed = [Country(c.alpha_2, c.alpha_3, getattr(c, "common_name", c.name)) for c in pycountry.countries]
    return tuple(sorted([*listed, _KOSOVO]))


@cache
def _by_alpha2() -> dict[str, Country]:
    return {country.alpha2: country for country in countries()}


def country(alpha2: str) -> Country:
    """The country with this ISO 3166-1 alpha-2 code, in any letter case. Raises UnknownCountry."""
    found = _by_alpha2().get(alpha2.strip().upper())
    if found is None:
        raise UnknownCountry(f"{alpha2!r} is not an ISO 3166-1 alpha-2 code; write for example US")
    return found


def fold(text: str) -> str:
    """Lower-case letters and digits of any script without accents, single spaces between words."""
    if text.isascii():  # has no accents: most names, and much faster
        bare = text
    else:
        bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", bare.casefold().replace(".", "")).split())


def _key(text: str) -> str:
    """Words in any order and without 'the', 'of', 'and', so that 'Korea, Republic of' equals 'Republic of Korea'."""
    words = fold(text).split()
    return " ".join(sorted(word for word in words if word not in _SMALL_WORDS))


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for entry in pycountry.countries:
        for attribute in ("name", "official_name", "common_name"):
            names.setdefault(_key(getattr(entry, attribute, "") or entry.name), entry.alpha_2)
    for alpha2, variants in _VARIANTS.items():
        for variant in variants:
            names[_key(variant)] = alpha2
    names[_key(_KOSOVO.name)] = _KOSOVO.alpha2
    return names


@cache
def _alpha3() -> dict[str, str]:
    return {country.alpha3: country.alpha2 for country in countries()}


@lru_cache(maxsize=4096)
def resolve_country(text: str) -> str | None:
    """The alpha-2 code that *text* means (code, alpha-3, name or common variant); None when it is not one country."""
    code = text.strip().upper()
    if len(code) == 2 and code in _by_alpha2():
        return code
    if len(code) == 3 and code in _alpha3():
        return _alpha3()[code]
    found = _names().get(_key(text))
    if found is None and "(" in text:  # 'Iran (Islamic Republic of)' is in the table; 'Spain (Canary Islands)' is not
        found = _names().get(_key(text.split("(", 1)[0]))
    return found
