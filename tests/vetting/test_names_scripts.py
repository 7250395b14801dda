"""Names in their own scripts meet their Latin spellings: Arabic, Cyrillic, Chinese, Korean … (6 USC 964(b))."""

from __future__ import annotations

import pytest

from greenlane.vetting.lists.entries import NameKind, PartyType
from greenlane.vetting.lists.reading import read_list
from greenlane.vetting.matching.names import Mark, PreparedName, Token, prepare
from tests.shared_data import shared_data

pytestmark = pytest.mark.clause("6 USC 964(b)")

ORG, PERSON = PartyType.ORGANISATION, PartyType.PERSON


def meet(ours: Token, theirs: Token) -> bool:
    """A common spelling, skeleton or group: what makes two words candidates for one."""
    return any(
        not set(one).isdisjoint(two)
        for one, two in (
            (ours.spellings, theirs.spellings),
            (ours.skeletons, theirs.skeletons),
            (ours.groups, theirs.groups),
        )
    )


def share(ours: PreparedName, theirs: PreparedName) -> float:
    """The part of our telling words that meet a word of theirs, in the better reading."""
    found = []
    for one in (ours, *ours.variants):
        words = [token for token in one.tokens if not token.marks & (Mark.PARTICLE | Mark.TITLE)]
        if words:
            found.append(sum(any(meet(word, other) for other in theirs.tokens) for word in words) / len(words))
    return max(found, default=0.0)


@pytest.mark.parametrize(
    ("original", "latin", "kind"),
    [
        ("محمد خالد", "Mohammed Khaled", PERSON),
        ("مُحَمَّد", "Muhammad", PERSON),
        ("محـــمد", "Mohamad", PERSON),
        ("يوسف وليد", "Youssef Oualid", PERSON),
        ("عبد الرحمن صالح", "Abdulrahman Saleh", PERSON),
        ("عبدالرحمن", "ABD AL-RAHMAN", PERSON),
        ("صلاح الدين", "Salahaldin", PERSON),
        ("هدايت الله", "Hidayatullah", PERSON),
        ("أبو بكر", "Abubakar", PERSON),
        ("ذوالفقار", "Zulfiqar", PERSON),
        ("شركة زرنوفيا للتجارة", "Zarnovia Trading Co", ORG),
        ("Зарновия Логистика", "Zarnovia Logistics", ORG),
        ("Дмитрий Кузнецов", "Dmitry Kuznetsov", PERSON),
        ("Дмитрий Кузнецов", "Dmitrij Kuznecow", PERSON),
        ("Хаджимурад Джабраилов", "Khadzhimurad Jabrailov", PERSON),
        ("Ζαρνοβια Λογιστικη", "Zarnovia Logistiki", ORG),
        ("深圳市亥格国际贸易有限公司", "Shenzhen Haige International Trading Co Ltd", ORG),
        ("深圳市亥格國際貿易有限公司", "SHENZHEN HAI GE INTERNATIONAL TRADE", ORG),
        ("香港远东航运有限公司", "Hong Kong Far East Shipping", ORG),
        ("李明", "Li Ming", PERSON),
        ("陈明", "Chan Ming", PERSON),
        ("김민호", "Kim Min Ho", PERSON),
        ("박지성", "Park Ji-sung", PERSON),
        ("이민호", "Lee Minho", PERSON),
        ("주식회사 한빛무역", "Hanbit Trading", ORG),
        ("ミツビシ", "Mitsubishi", ORG),
        ("משה לוי", "Moshe Levi", PERSON),
        ("नरेन्द्र", "Narendra", PERSON),
    ],
)
def test_every_telling_word_meets_its_latin_spelling(original, latin, kind):
    ours, theirs = prepare(original, kind), prepare(latin, kind)
    assert share(ours, theirs) == 1.0
    assert ours.script not in ("latin", "")
    assert share(ours, prepare("Quibbleton Frobisher", kind)) == 0.0


def test_the_original_is_kept_so_that_two_originals_meet_exactly():
    one, two = prepare("محمّد", PERSON).tokens[0], prepare("محمد", PERSON).tokens[0]
    assert one == two
    assert one.original == "محمد"
    assert prepare("Mohammed", PERSON).tokens[0].original == ""


def test_places_and_trade_words_of_a_chinese_name_are_told_from_its_own_words():
    name = prepare("深圳市亥格贸易有限公司", ORG)
    assert [(token.text, token.marks) for token in name.tokens] == [
        ("shenzhen", Mark.PLACE),
        ("haige", Mark(0)),
        ("trading", Mark.GENERIC),
    ]
    assert [token.text for token in name.variants[0].tokens] == ["shenzhen", "hai", "ge", "trading"]


def test_a_name_in_two_scripts_is_read_in_both():
    name = prepare("Zarnovia (Зарновия)", ORG)
    assert [token.text for token in name.tokens] == ["zarnovia", "zarnoviya"]
    assert [variant.script for variant in name.variants] == ["latin", "cyrillic"]


def test_look_alike_letters_go_to_the_alphabet_that_the_word_is_in():
    assert prepare("Кузнецoв", PERSON).tokens == prepare("Кузнецов", PERSON).tokens  # a Latin o
    assert prepare("Quibblе", PERSON).tokens == prepare("Quibble", PERSON).tokens  # a Cyrillic e


def test_names_of_a_real_list_meet_their_latin_names_and_not_those_of_another():
    """The public list gives some parties' names in Arabic or Cyrillic letters beside Latin ones."""
    listed = read_list("un_consolidated", {"list": shared_data("screening/un/UN_consolidated_2026-02.xml")})
    same, other = [], []
    pairs = [
        (entry.party_type, name.text, [n.text for n in entry.names if n.text.isascii()])
        for entry in listed.entries
        for name in entry.names
        if name.kind is NameKind.ORIGINAL_SCRIPT and not name.text.isascii()
    ]
    for (kind, original, names), (_, _, strangers) in zip(pairs, pairs[150:] + pairs[:150], strict=True):
        ours = prepare(original, kind)
        same.append(max((share(ours, prepare(name, kind)) for name in names), default=0.0))
        other.append(max((share(ours, prepare(name, kind)) for name in strangers), default=0.0))
    assert len(pairs) > 300
    assert sum(part >= 0.66 for part in same) / len(pairs) >= 0.85
    assert sum(part >= 0.66 for part in other) / len(pairs) <= 0.05
