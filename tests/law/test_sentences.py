"""Sentences keep message and values apart, say themselves in English, and go into the record and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law.sentences import N_, Sentence


def test_a_sentence_says_itself() -> None:
    due = Sentence(N_("Due on %(due)s, %(n)d days."), {"due": date(2026, 1, 2), "n": 90})
    assert str(due) == "Due on 2026-01-02, 90 days."
    assert str(Sentence(N_("All of it, 100%%."))) == "All of it, 100%."
    assert N_("kept") == "kept"


def test_a_missing_value_is_found_at_once() -> None:
    with pytest.raises(KeyError):
        Sentence("Due on %(due)s.", {"n": 1})


def test_values_cannot_be_changed_afterwards() -> None:
    values = {"n": 1}
    sentence = Sentence("%(n)d", values)
    values["n"] = 2
    assert str(sentence) == "1"
    with pytest.raises(TypeError):
        sentence.values["n"] = 3  # type: ignore[index]


@given(st.dictionaries(st.sampled_from("abc"), st.one_of(st.text(), st.integers(), st.dates())))
def test_the_record_gives_the_same_words_back(values: dict[str, str | int | date]) -> None:
    sentence = Sentence(" ".join(f"%({name})s" for name in values) or "-", values)
    back = Sentence.from_json(sentence.to_json())
    assert str(back) == str(sentence)
    assert hash(back) == hash(sentence)


def test_values_in_the_record_must_be_named() -> None:
    with pytest.raises(TypeError, match="must be a mapping"):
        Sentence.from_json({"message": "x", "values": [1]})
    assert str(Sentence.from_json({"message": "x", "values": None})) == "x"
