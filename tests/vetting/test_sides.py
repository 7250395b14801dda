"""What a decision rests on: both kept sides and the band of the score, and nothing else (6 USC 964(b))."""

from __future__ import annotations

from typing import Any

import pytest

from greenlane.vetting.sides import Difference, Sides, differences, listed_changes, name_key, same_by_name

pytestmark = pytest.mark.clause("6 USC 964(b)")

PARTY: dict[str, Any] = {
    "party_key": "company:1",
    "role": "company",
    "party_type": "organisation",
    "names": ["Meridian Lantern Imports Ltd"],
    "weak_names": [],
    "countries": ["US"],
    "birth_date": None,
    "identifiers": [{"kind": "tax", "value": "12-3456789", "country": "US"}],
    "addresses": ["7 Dock, Houston"],
    "fingerprint": "a",
}
ENTRY: dict[str, Any] = {
    "list_code": "OFAC-SDN",
    "entry_key": "7",
    "party_type": "organisation",
    "names": [
        {"text": "MERIDIAN LANTERN LTD", "kind": "primary"},
        {"text": "LANTERN", "kind": "weak_alias"},
    ],
    "countries": ["PA"],
    "addresses": ["1 Mole St, Panama"],
    "birth_dates": [],
    "identifiers": [],
    "programmes": ["TEST"],
    "remarks": "",
    "listed_on": None,
    "fingerprint": "b",
}


def changed(party: dict[str, Any] | None = None, entry: dict[str, Any] | None = None, score: int = 91) -> Any:
    before = Sides(PARTY, ENTRY, 91)
    return differences(before, Sides({**PARTY, **(party or {})}, {**ENTRY, **(entry or {})}, score))


@pytest.mark.parametrize(
    ("party", "entry", "score"),
    [
        ({}, {}, 94),  # the same band
        ({"fingerprint": "c", "role": "owner"}, {"fingerprint": "d"}, 90),
        ({}, {"remarks": "Secondary sanctions risk.", "programmes": ["OTHER"], "listed_on": "2020-01-01"}, 91),
        ({"names": ["LTD. Lantern-Meridian, IMPORTS"]}, {}, 91),  # words in another order
        ({"addresses": ["7 dock  HOUSTON"]}, {"countries": ["PA"]}, 91),
    ],
)
def test_what_is_not_compared_and_other_spellings_are_no_change(
    party: dict[str, Any], entry: dict[str, Any], score: int
) -> None:
    assert changed(party, entry, score) == ()


@pytest.mark.parametrize(
    ("party", "entry", "score", "difference"),
    [
        ({}, {}, 95, Difference("score", "band", ("90-94",), ("95-99",))),
        ({}, {}, 89, Difference("score", "band", ("90-94",), ("85-89",))),
        ({"countries": ["US", "PA"]}, {}, 91, Difference("party", "countries", (), ("PA",))),
        ({"birth_date": "1961-05-04"}, {}, 91, Difference("party", "birth_date", (), ("1961-05-04",))),
        ({"identifiers": []}, {}, 91, Difference("party", "identifiers", ("tax 12-3456789 US",), ())),
        ({"addresses": ["8 Dock, Houston"]}, {}, 91,
         Difference("party", "addresses", ("7 Dock, Houston",), ("8 Dock, Houston",))),
        ({"names": ["Meridian Lantern Imports Inc"]}, {}, 91,
         Difference("party", "names", ("Meridian Lantern Imports Ltd",), ("Meridian Lantern Imports Inc",))),
        ({}, {"party_type": "vessel"}, 91, Difference("entry", "party_type", ("organisation",), ("vessel",))),
        ({}, {"birth_dates": [{"text": "1961"}]}, 91, Difference("entry", "birth_dates", (), ("1961",))),
        ({}, {"names": [*ENTRY["names"], {"text": "AMBER", "kind": "alias"}]}, 91,
         Difference("entry", "names", (), ("AMBER (alias)",))),
        ({}, {"names": [ENTRY["names"][0], {"text": "LANTERN", "kind": "alias"}]}, 91,
         Difference("entry", "names", ("LANTERN (weak alias)",), ("LANTERN (alias)",))),
    ],
)  # fmt: skip
def test_every_compared_fact_is_told_with_what_it_was_and_what_it_is(
    party: dict[str, Any], entry: dict[str, Any], score: int, difference: Difference
) -> None:
    assert difference in changed(party, entry, score)


def test_a_fact_that_was_not_kept_then_is_no_change() -> None:
    """A decision made before addresses were compared stands; one made with them is asked again when they change."""
    old = {key: value for key, value in PARTY.items() if key not in ("addresses", "weak_names")}
    assert differences(Sides(old, ENTRY, 91), Sides(PARTY, ENTRY, 91)) == ()


def test_a_list_tells_every_letter_that_it_changes() -> None:
    now = {**ENTRY, "remarks": "A remark.", "names": [{"text": "Meridian Lantern Ltd", "kind": "primary"}]}
    told = {one.fact: (one.gone, one.new) for one in listed_changes(ENTRY, now)}
    assert told == {
        "names": (("MERIDIAN LANTERN LTD", "LANTERN (weak alias)"), ("Meridian Lantern Ltd",)),
        "remarks": ((), ("A remark.",)),
    }
    assert listed_changes(ENTRY, {**ENTRY, "names": ENTRY["names"][::-1]}) == ()


def test_a_renumbered_entry_is_known_by_a_firm_name_and_no_other_birth_date() -> None:
    again = {**ENTRY, "entry_key": "8"}
    assert same_by_name(ENTRY, again)
    assert not same_by_name(ENTRY, {**again, "names": [{"text": "LANTERN", "kind": "weak_alias"}]})
    born = {**ENTRY, "birth_dates": [{"text": "1961"}]}
    assert not same_by_name(born, {**again, "birth_dates": [{"text": "1971"}]})
    assert same_by_name(born, again)


@pytest.mark.parametrize("text", ["", "  ", "11420 CORP.", "\u200b", "北京", "x" * 10_000])
def test_any_text_has_a_key(text: str) -> None:
    assert name_key(text, "organisation") == name_key(text, "organisation")


def test_names_that_only_sound_alike_are_two_names() -> None:
    """Two Chinese names with one sound: who is renamed so, here or on the list, is looked at again."""
    assert name_key("张伟", "person") != name_key("章伟", "person")
    before = Sides({**PARTY, "party_type": "person", "names": ["张伟"]}, ENTRY, 60)
    now = Sides({**PARTY, "party_type": "person", "names": ["章伟"]}, ENTRY, 60)
    assert differences(before, now) == (Difference("party", "names", ("张伟",), ("章伟",)),)
