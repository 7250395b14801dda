"""Entries as filed: checked in words, numbered, and the same outcome whatever the order of agencies' answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenlane.release.engine.entries import (
    ANSWERS,
    Answer,
    Claim,
    check,
    instant,
    latest_answers,
    own_inputs,
    to_inputs,
)
from greenlane.release.engine.inputs import INPUTS, MOST_ENTRY_KEY
from greenlane.release.engine.numbers import NUMBERED, check_digit, entry_key, entry_number, is_entry_number
from greenlane.release.engine.statuses import Status
from greenlane.release.engine.versions import EXAMPLE
from tests.release.formats.invented import FILED, answers, entries, invented_entry

TWO, THREE = Status(2).packed, Status(3, recognised=True).packed


class Register:
    """Who has which status, at any time."""

    def __init__(self, **statuses: int) -> None:
        self.statuses = statuses

    def status(self, party: str, at: int, /) -> int:
        return self.statuses.get(party, 0)


def at(minutes: int) -> datetime:
    return FILED + timedelta(minutes=minutes)


@pytest.mark.clause("19 USC 4311(b)(4)(A)")
@given(said=st.lists(answers, max_size=12), data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_order_and_any_number_of_times_lead_to_one_answer(said: list[Answer], data: st.DataObject) -> None:
    """Messages that are late, doubled or out of order change nothing."""
    again = data.draw(st.permutations([*said, *data.draw(st.lists(st.sampled_from(said or [None]), max_size=5))]))
    other = [one for one in again if one is not None]
    assert latest_answers(said) == latest_answers(other)
    entry = invented_entry(answers=tuple(said), authority=EXAMPLE.agencies)
    assert own_inputs(entry, EXAMPLE) == own_inputs(replace(entry, answers=tuple(other)), EXAMPLE)


@given(said=st.lists(answers, max_size=8), split=st.integers(0, 8))
@settings(max_examples=40, deadline=None)
def test_nothing_is_remembered_between_messages(said: list[Answer], split: int) -> None:
    """What counts of those so far, with those that come, is what counts of all: messages may come one by one."""
    in_order = sorted(said[:split], key=lambda one: (one.at, ANSWERS.index(one.answer)))
    kept = {(one.agency, one.program): one for one in in_order}
    assert latest_answers(said) == latest_answers([*kept.values(), *said[split:]])


def test_the_latest_action_counts_and_not_the_latest_message() -> None:
    proceed, hold = Answer("FDA", "proceed", at(2)), Answer("FDA", "hold", at(1))
    assert latest_answers([proceed, hold])["FDA"].answer == "proceed"
    assert latest_answers([proceed, hold], until=at(1))["FDA"].answer == "hold"
    assert latest_answers([proceed], until=at(1)) == {}


def test_of_answers_at_one_time_the_most_severe_counts() -> None:
    said = [Answer("FDA", one, at(1)) for one in ANSWERS]
    assert latest_answers(reversed(said))["FDA"].answer == "intensive"


def test_an_agency_lets_goods_proceed_when_all_its_programmes_do() -> None:
    devices, food = Answer("FDA", "hold", at(1), "DEV"), Answer("FDA", "proceed", at(2), "FOO")
    assert latest_answers([devices, food])["FDA"].answer == "hold"
    assert latest_answers([devices, food, Answer("FDA", "proceed", at(3), "DEV")])["FDA"].answer == "proceed"
    assert latest_answers([devices, food, Answer("FDA", "proceed", at(3))])["FDA"].answer == "proceed"


@pytest.mark.parametrize(
    ("answer", "mask"),
    [
        ("proceed", "proceed"),
        ("hold", "held"),
        ("rejected", "held"),
        ("refused", "held"),
        ("documents_required", "held"),
        ("intensive", "intensive"),
        ("under_review", None),
    ],
)
def test_each_answer_sets_its_mask_and_no_other(answer: str, mask: str | None) -> None:
    found = own_inputs(invented_entry(answers=(Answer("EPA", answer, FILED),)), EXAMPLE)
    bit = 1 << EXAMPLE.agencies.index("EPA")
    assert {name: found[name] for name in ("proceed", "held", "intensive")} == {
        name: bit if name == mask else 0 for name in ("proceed", "held", "intensive")
    }


def test_inputs_are_those_of_the_policy_and_in_range() -> None:
    entry = invented_entry(score=1000, authority=("FDA", "AMS"), threat_level=3, advance_data=True)
    found = to_inputs(entry, Register(**{"99-999999900": TWO, "XXINVENTED1": THREE}), EXAMPLE)
    assert found.keys() == INPUTS.keys()
    assert all(0 <= found[name] <= INPUTS[name] for name in INPUTS)
    assert (found["importer"], found["maker"], found["broker"]) == (TWO, THREE, 0)
    assert (found["port"], found["tariff"], found["authority"]) == (2704, 8471, 0b1000_0001)


@given(entry=entries)
@settings(max_examples=60, deadline=None)
def test_what_is_checked_can_be_decided(entry: object) -> None:
    assert check(entry, EXAMPLE) == []  # type: ignore[arg-type]
    found = to_inputs(entry, Register(), EXAMPLE)  # type: ignore[arg-type]
    assert all(0 <= found[name] <= INPUTS[name] for name in INPUTS)


@pytest.mark.clause("19 USC 4311(a)")
def test_a_claim_counts_only_when_the_register_recognises_who_is_claimed() -> None:
    entry = invented_entry(claims=(Claim("maker", "XXAEO1", "MF"), Claim("", "XXAEO2", "CS")))
    recognised = Status(recognised=True).packed
    assert to_inputs(entry, Register(), EXAMPLE)["maker"] == 0
    assert to_inputs(entry, Register(XXAEO1=TWO), EXAMPLE)["maker"] == 0
    assert to_inputs(entry, Register(XXAEO1=recognised, XXINVENTED1=TWO), EXAMPLE)["maker"] == TWO | recognised
    assert to_inputs(entry, Register(XXAEO2=recognised), EXAMPLE)["maker"] == 0


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"entry_number": ""}, "entry_number", "It is empty."),
        ({"importer": ""}, "importer", "one importer"),
        ({"importer": " 99"}, "importer", "no blank at its ends"),
        ({"maker": "a\u202eb"}, "maker", "visible characters"),
        ({"carrier": "x" * 65}, "carrier", "1 to 64"),
        ({"entry_number": "ZZ9-1234567-0"}, "entry_number", "should be"),
        ({"filed_at": datetime(2026, 3, 1)}, "filed_at", "time zone"),  # noqa: DTZ001 - the mistake under test
        ({"filed_at": datetime(1969, 1, 1, tzinfo=UTC)}, "filed_at", "1970 to 2199"),
        ({"score": 1001}, "score", "from 0 to 1000"),
        ({"score": -1}, "score", "from 0 to 1000"),
        ({"threat_level": 4}, "threat_level", "from 0 to 3"),
        ({"port": "27"}, "port", "Schedule D"),
        ({"origin": "C1"}, "origin", "ISO 3166"),
        ({"tariff": "84x"}, "tariff", "4 to 10 digits"),
        ({"mode": "boat"}, "mode", "sea, air, truck"),
        ({"authority": ("fda",)}, "authority", "capital letters"),
        ({"authority": ("XYZ",)}, "authority", "The policy 'example' knows"),
        ({"answers": (Answer("XYZ", "hold", FILED),)}, "answers", "no agency here"),
        ({"answers": (Answer("FDA", "maybe", FILED),)}, "answers", "no answer"),
        ({"answers": (Answer("FDA", "hold", FILED, "D V"),)}, "answers", "no programme"),
        ({"answers": (Answer("FDA", "hold", datetime(2026, 1, 1)),)}, "answers", "time zone"),  # noqa: DTZ001
        ({"claims": (Claim("seller", "X"),)}, "claims", "no party"),
        ({"claims": (Claim("maker", ""),)}, "claims", "no identifier"),
    ],
)
def test_what_is_wrong_is_said_with_why_and_what_to_do(changes: dict[str, object], field: str, says: str) -> None:
    [found] = check(invented_entry(**changes), EXAMPLE)
    assert found.field == field
    assert says in str(found)
    assert str(found.why)
    assert str(found.mend)


def test_nothing_unseen_is_repeated_in_an_answer() -> None:
    [found] = check(invented_entry(importer="\x1b[31m" + "x" * 500))
    assert "\x1b" not in str(found)
    assert len(str(found)) < 300
    [choice] = check(invented_entry(answers=(Answer("FDA", "maybe", FILED),)))
    assert ", ".join(ANSWERS) in str(choice)


@pytest.mark.parametrize(("filer", "serial", "digit"), [("ABC", 1234567, 6), ("999", 9999999, 0)])
def test_check_digits_as_they_are_published(filer: str, serial: int, digit: int) -> None:
    """Two numbers whose digits stand in public tests of another implementation of appendix E."""
    assert check_digit(filer, f"{serial:07d}") == digit
    assert entry_number(filer, serial).endswith(f"-{digit}")


def test_letters_become_digits_by_the_published_table() -> None:
    digits = {letter: check_digit(f"00{letter}", "0000000") for letter in "AIJRSZ"}
    alike = {letter: check_digit(f"00{digit}", "0000000") for letter, digit in zip("AIJRSZ", "191929", strict=True)}
    assert digits == alike


def test_keys_are_whole_numbers_that_keep_entry_numbers_apart() -> None:
    first = entry_number("ZZ9", 1)
    assert entry_key(first) == entry_key(first.replace("-", "")) == int("ZZ9", 36) * 10**8 + 10 + int(first[-1])
    assert entry_key("ZZZ" + entry_number("ZZZ", 9999999)[3:]) < NUMBERED
    assert NUMBERED <= entry_key("any other reference") <= MOST_ENTRY_KEY
    assert entry_key("any other reference") == 7_906_412_624_558_115


@given(text=st.text(max_size=30))
@settings(max_examples=80)
def test_every_text_has_a_key_in_range(text: str) -> None:
    assert 0 <= entry_key(text) <= MOST_ENTRY_KEY
    assert (entry_key(text) < NUMBERED) == is_entry_number(text)


def test_an_entry_number_cannot_be_made_of_what_is_none() -> None:
    for filer, serial in (("AB", 1), ("ABCD", 1), ("ABC", 10_000_000), ("ab1", 1)):
        with pytest.raises(ValueError, match="make no entry number"):
            entry_number(filer, serial)


def test_instants_are_exact_microseconds() -> None:
    assert instant(datetime(2026, 3, 1, 0, 0, 0, 1, tzinfo=UTC)) == 1_772_323_200_000_001
    with pytest.raises(ValueError, match="no time zone"):
        instant(datetime(2026, 3, 1))  # noqa: DTZ001 - the mistake under test
