"""Names made comparable: spelling, order, legal forms, numerals, brackets; hostile text (6 USC 964(b))."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from greenlane.vetting.lists.entries import PartyType
from greenlane.vetting.matching.names import (
    MAX_CHARACTERS,
    MAX_TOKENS,
    Mark,
    PreparedName,
    fold_letters,
    prepare,
    tables,
)
from greenlane.vetting.matching.names.cache import Memory
from greenlane.vetting.matching.names.compounds import divided
from greenlane.vetting.matching.names.reading import plain
from greenlane.vetting.matching.names.sounds import skeleton

pytestmark = pytest.mark.clause("6 USC 964(b)")

ORG, PERSON, VESSEL, UNKNOWN = PartyType.ORGANISATION, PartyType.PERSON, PartyType.VESSEL, PartyType.UNKNOWN


def texts(name: PreparedName) -> list[str]:
    return [token.text for token in name.tokens]


def marked(name: PreparedName, mark: Mark) -> list[str]:
    return [token.text for token in name.tokens if mark in token.marks]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Zarnovia Shipping Company Limited", "ZARNOVIA SHIPPING CO., LTD."),
        ("Zarnovia, S.A. de C.V.", "zarnovia SA de CV"),
        ("Zarnovia L.L.C.", "Zarnovia Limited Liability Company"),
        ("Zarnovia - L.L.C", "Zarnovia LLC"),
        ("Żarnovia Ærø", "Zarnovia Aero"),
        ("Zar\u200bno\u202evia", "Zarnovia"),
        ("Zarnоvia", "Zarnovia"),  # a Cyrillic o
        ("Ｚａｒｎｏｖｉａ", "Zarnovia"),
        ("Zarnovia & Sons", "Zarnovia and Sons"),
        ("Zar'novia", "Zar’novia"),
        ("Straße Zarnovia", "Strasse Zarnovia"),
        ("Z.A.R. Shipping", "Z A R Shipping"),
        ("Zarnovia GmbH & Co. KG", "Zarnovia GmbH und Co KG"),
        ("ZARNOVIA TİCARET LTD. ŞTİ.", "Zarnovia Ticaret Limited Şirketi"),
        ("Zarnovia Sp. z o.o.", "ZARNOVIA SPZOO"),
        ("PT Zarnovia Tbk", "Zarnovia PT"),
    ],
)
def test_names_that_are_one(one, two):
    first, second = prepare(one, ORG), prepare(two, ORG)
    assert (texts(first), first.forms) == (texts(second), second.forms)
    assert first.tokens


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Zarnovia GmbH", ("llc",)),
        ("Zarnovia Aktiengesellschaft", ("jsc",)),
        ("Zarnovia Sdn Bhd", ("ltd",)),
        ("Zarnovia Inc", ("inc",)),
        ("ООО Зарновия", ("llc",)),
        ("Общество с ограниченной ответственностью Зарновия", ("llc",)),
        ("Zarnovia d.o.o.", ("llc",)),
        ("Ζαρνοβια Α.Ε.", ("jsc",)),
        ('זרנוביה בע"מ', ("ltd",)),
        ("شركة زرنوفيا ذات مسؤولية محدودة", ("co", "llc")),
        ("深圳市亥格贸易有限公司", ("ltd",)),
        ("주식회사 자르노비아", ("jsc",)),
        ("자르노비아 (주)", ("jsc",)),
        ("ザルノビア株式会社", ("jsc",)),
        ("Zarnovia", ()),
    ],
)
def test_legal_forms_of_many_languages_stand_apart_and_are_one(text, forms):
    name = prepare(text, ORG)
    assert name.forms == forms
    assert name.identifies


def test_a_short_form_counts_only_at_an_end():
    assert texts(prepare("Zarnovia Sa Quibble", ORG)) == ["zarnovia", "sa", "quibble"]
    assert texts(prepare("SA Zarnovia Quibble NV", ORG)) == ["zarnovia", "quibble"]


@pytest.mark.parametrize(
    "text", ["11420 CORP.", "General Trading Company", "LTD", "International Import Export LLC", ""]
)
def test_forms_numbers_and_trade_words_identify_nobody(text):
    assert not prepare(text, ORG).identifies


def test_trade_words_of_many_languages_are_generic_and_meet():
    group = {
        prepare(word, ORG).tokens[0].groups
        for word in ("Trading", "Comercializadora", "Handels", "Ticaret", "торговый")
    }
    assert group == {("TRADE",)}
    assert marked(prepare("Zarnovia Freight Logistics Intl", ORG), Mark.GENERIC) == ["freight", "logistics", "intl"]
    assert prepare("Intl", ORG).tokens[0].groups == prepare("Internacional", ORG).tokens[0].groups
    freight, courier = (prepare(word, ORG).tokens[0].groups for word in ("freight", "courier"))
    assert freight != courier


@pytest.mark.parametrize(
    ("text", "kind", "numbers"),
    [
        ("Zarnovia Star No. 06", VESSEL, ["6"]),
        ("Zarnovia Star VIII", VESSEL, ["8"]),
        ("Zarnovia Star No. VIII", VESSEL, ["8"]),
        ("Zarnovia V", VESSEL, ["5"]),
        ("Zarnovia V", ORG, []),
        ("VI Zarnovia", VESSEL, []),
        ("Zarnovia 2nd", ORG, ["2"]),
        ("Zarnovia ٦", ORG, ["6"]),
        ("007 Zarnovia 000", ORG, ["7", "0"]),
        ("3M Zarnovia", ORG, []),
    ],
)
def test_numerals_are_kept_in_one_writing(text, kind, numbers):
    assert marked(prepare(text, kind), Mark.NUMERAL) == numbers


def test_accents_are_dropped_and_written_out():
    assert prepare("Müller", PERSON).tokens[0].spellings == ("muller", "mueller")
    assert prepare("Škoda", ORG).tokens[0].spellings == ("skoda", "shkoda")
    assert prepare("Zarn0via", ORG).tokens[0].spellings == ("zarn0via", "zarnovia")
    assert "coco" in prepare("СОСО", ORG).tokens[0].spellings  # Cyrillic letters that look Latin


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SAMPLE, Ann J.", ["ann", "j", "sample"]),
        ("SAMPLE, Ann, Jr.", ["ann", "sample", "jr"]),
        ("Sample, Jr.", ["sample", "jr"]),
        ("Dr. Ann Sample", ["dr", "ann", "sample"]),
        ("J.R. Sample", ["j", "r", "sample"]),
        ("Sample Co", ["sample", "co"]),
    ],
)
def test_a_person_is_turned_round_and_has_no_legal_form(text, words):
    name = prepare(text, PERSON)
    assert (texts(name), name.forms) == (words, ())


def test_particles_titles_and_initials_are_marked():
    name = prepare("Dr. J. Sample bin Quibble al-Zarnovi", PERSON)
    assert marked(name, Mark.TITLE) == ["dr"]
    assert marked(name, Mark.INITIAL) == ["j"]
    assert marked(name, Mark.PARTICLE) == ["bin", "al"]
    assert [t.text for t in name.tokens if t.telling] == ["sample", "quibble", "zarnovi"]
    assert prepare("ibn", PERSON).tokens[0].groups == prepare("ben", PERSON).tokens[0].groups


@pytest.mark.parametrize("text", ["Le Van An", "Quibble, Ben", "An Du"])
def test_particles_that_are_names_elsewhere_are_names_where_little_else_is(text):
    assert prepare(text, PERSON).identifies
    assert not marked(prepare(text, PERSON), Mark.PARTICLE)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("abdelkader", ["abdul", "kader"]),
        ("abd al rahman", ["abdul", "rahman"]),
        ("abdurrahman", ["abdul", "rahman"]),
        ("abdallah", ["abdullah"]),
        ("abd allah", ["abdullah"]),
        ("noor ud din", ["nooruddin"]),
        ("noureddine", ["nouruddin"]),
        ("najib ullah", ["najibullah"]),
        ("abubakr", ["abu", "bakr"]),
        ("berlin boudin hayden", ["berlin", "boudin", "hayden"]),
    ],
)
def test_names_of_arabic_origin_are_divided_in_one_way(written, words):
    assert divided(written.split()) == words


@pytest.mark.parametrize(
    ("one", "two"),
    [("mohammed", "muhamad"), ("youssef", "yusuf"), ("khaled", "khalid"), ("ouali", "wali"), ("cherif", "sharif")],
)
def test_a_skeleton_does_not_change_with_vowels(one, two):
    assert skeleton(one) == skeleton(two)
    assert skeleton(one) != skeleton("zarnovia")


def test_other_readings_of_the_whole_name():
    assert [texts(v) for v in prepare("Zarnovia Ltd (formerly Quibble Ltd)", ORG).variants] == [
        ["zarnovia"],
        ["quibble"],
    ]
    assert [texts(v) for v in prepare("Zarnovia a.k.a. Quibble", ORG).variants] == [["zarnovia"], ["quibble"]]
    assert [texts(v) for v in prepare("Zarnovia Quibble Works (ZQW)", ORG).variants] == [
        ["zarnovia", "quibble", "works"],
        ["zqw"],
    ]
    assert [texts(v) for v in prepare("Zarnovia (Thailand) Ltd", ORG).variants] == [["zarnovia"]]
    assert prepare("Zarnovia", ORG).variants == ()


def test_long_names_are_clipped_and_it_is_said():
    exact, longer = prepare("a" * MAX_CHARACTERS, ORG), prepare("a" * (MAX_CHARACTERS + 1), ORG)
    assert (exact.clipped, longer.clipped) == (False, True)
    many = prepare("zarnovia quibble " * MAX_TOKENS, ORG)
    assert many.clipped
    assert len(many.tokens) <= MAX_TOKENS


HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=("Cs", "Cf", "Cc", "Mn", "Mc", "Lo", "No")),
        st.sampled_from(" .,&()[]/'-0123456789abd\u202e\u200d\u0627\u0644\u0639\u0628\u062f中有限公司김\ufdfa"),
    ),
    max_size=60,
)


@settings(max_examples=300, deadline=None)
@given(HOSTILE, st.sampled_from(list(PartyType)))
@example("\ud800\udc00 \ud800", PERSON)
@example("\u202e\u200b\ufeff", ORG)
@example("(((((", ORG)
@example("a.k.a. a.k.a.", ORG)
@example("\ufdfa" * 60, UNKNOWN)
@example("عبد الله الله الدين ال", PERSON)
@example("有限公司", ORG)
@example("주식회사", ORG)
@example(", ,", PERSON)
def test_no_text_breaks_it_and_the_form_holds(text, kind):
    name = prepare(text, kind)
    assert name == prepare(text, kind)
    assert name.text == text
    for one in (name, *name.variants):
        assert one is name or one.variants == ()
        assert len(one.tokens) <= MAX_TOKENS
        assert one.joined == "".join(t.text for t in one.tokens) or (
            not one.tokens and one.joined == "".join(one.forms)
        )
        assert one.forms == tuple(sorted(set(one.forms)))
        for token in one.tokens:
            assert token.text
            assert token.text == token.spellings[0]
            assert all(
                spelling.isascii() and spelling.isalnum() and spelling.islower() | spelling.isdigit()
                for spelling in token.spellings
            )
            assert len(set(token.spellings)) == len(token.spellings) <= 8
            assert "" not in (*token.skeletons, *token.sounds, *token.groups)
            assert hash(token) == hash(token._replace())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["Zarnovia", "Quibble", "Trading", "محمد", "Заря", "6"]), min_size=1, max_size=5),
    st.data(),
)
def test_invisible_characters_change_nothing(words, data):
    text = " ".join(words)
    at = data.draw(st.integers(0, len(text)))
    hidden = (
        text[:at] + data.draw(st.sampled_from(["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u200d"])) + text[at:]
    )
    assert prepare(hidden, ORG).tokens == prepare(text, ORG).tokens


def test_a_name_of_a_million_characters_costs_no_more_than_a_long_one():
    started = time.process_time()
    for unit in ("a", "ا", "中", "(", "a.", "a ", "김", "\ufdfa", "é", "& "):
        for kind in PartyType:
            assert prepare(unit * 1_000_000, kind).clipped
    assert time.process_time() - started < 5


def test_letters_of_a_whole_text_are_folded_and_its_punctuation_stays():
    assert fold_letters("Żarnovia-Straße 6, Quibblе") == "zarnovia-strasse 6, quibble"  # the last e is Cyrillic
    assert fold_letters("РАО") == "рао"


def test_a_memory_is_emptied_before_it_grows_too_large():
    memory: Memory[int] = Memory(len, 3)
    assert [memory[text] for text in ("a", "bb", "ccc", "dddd", "a")] == [1, 2, 3, 4, 1]
    assert len(memory) <= 3


@pytest.mark.parametrize("table", ["forms.txt", "words.txt", "arabic.txt"])
def test_the_tables_hold_words_as_names_are_read(table):
    rows = list(tables.read_table(table))
    assert len(rows) > 150
    wrong = [word for _, words in rows for word in words if plain(word) != word or word != word.lower()]
    assert [word for word in wrong if word not in {group for _, (group, *_rest) in rows}] == []
