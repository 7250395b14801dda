"""Countries, cities and UN/LOCODEs (origin, loading and sites, 6 USC 963(1))."""

from __future__ import annotations

import csv
import re

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.places.cities import cities, find_city
from greenlane.places.countries import UnknownCountry, countries, country, resolve_country
from greenlane.places.unlocode import NotAnUnLocode, UnLocode
from tests.shared_data import shared_data


def test_every_iso_country_is_there_and_kosovo():
    assert {c.alpha2 for c in countries()} == {c.alpha_2 for c in pycountry.countries} | {"XK"}
    assert len(countries()) == 250
    assert country("us").alpha3 == "USA"
    assert country("XK").name == "Kosovo"


def test_an_unknown_code_says_what_to_write():
    with pytest.raises(UnknownCountry, match="alpha-2"):
        country("QQ")


def test_every_country_is_found_by_each_of_its_own_names():
    for entry in pycountry.countries:
        for text in (entry.alpha_2, entry.alpha_3, entry.name, getattr(entry, "official_name", entry.name)):
            assert resolve_country(text) == entry.alpha_2, text


@pytest.mark.parametrize(
    ("text", "alpha2"),
    [
        ("Burma", "MM"),
        ("Korea, North", "KP"),
        ("KOREA, SOUTH", "KR"),
        ("Congo (Brazzaville)", "CG"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Democratic Republic of the Congo", "CD"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Cote D'Ivoire", "CI"),
        ("Türkiye", "TR"),
        ("Macau", "MO"),
        ("PRC", "CN"),
        ("U.S.A.", "US"),
        ("Saint Vincent and the Grenadines (Windward Islands)", "VC"),
        ("Palestinian", "PS"),
        ("Wake Island", "UM"),
        ("former Soviet Union", None),
        ("Netherlands Antilles", None),
        ("Crimea", None),
        ("undetermined", None),
        ("", None),
        ("NM", None),
        ("Atlantis", None),
    ],
)
def test_common_variants(text, alpha2):
    assert resolve_country(text) == alpha2


def test_every_country_in_ofac_addresses_resolves_but_regions():
    unresolved = set()
    for name in ("add_2021-07", "add_2025-12", "cons_add_2025-12"):
        with shared_data(f"screening/ofac/{name}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.reader(stream):
                if len(row) == 6 and row[4].strip() != "-0-" and resolve_country(row[4]) is None:
                    unresolved.add(row[4])
    assert {u for u in unresolved if not u.startswith("Region: ")} == {"undetermined", "Netherlands Antilles"}


@given(st.text())
def test_resolving_never_fails_and_answers_only_known_codes(text):
    found = resolve_country(text)
    assert found is None or country(found).alpha2 == found


def test_cities_have_attested_positions():
    laredo = find_city("Nuevo Laredo", "mx")
    assert laredo is not None
    assert laredo.country == "MX"
    assert laredo.latitude == pytest.approx(27.48, abs=0.05)
    assert laredo.longitude == pytest.approx(-99.5, abs=0.05)
    assert find_city("München", "DE") == find_city("munich", "DE")
    assert find_city("Munich", "FR") is None
    assert find_city("", "DE") is None


def test_cities_are_of_the_country_and_largest_first():
    mexican = cities("MX")
    assert mexican[0].name == "Mexico City"
    assert {place.country for place in mexican} == {"MX"}
    assert cities("QQ") == ()


@pytest.mark.parametrize("text", ["USLAX", "us lax", " NL RTM ", "CNSH2"])
def test_unlocode_forms(text):
    code = UnLocode.parse(text)
    assert re.fullmatch("[A-Z]{2}[A-Z2-9]{3}", str(code))
    assert code.country + code.place == code.code


@pytest.mark.parametrize("text", ["", "US", "USLA1", "USLA0", "1SLAX", "USLAXX", "ÜSLAX", 'GB ME""'])
def test_not_unlocodes(text):
    with pytest.raises(NotAnUnLocode, match="for example USLAX"):
        UnLocode.parse(text)
