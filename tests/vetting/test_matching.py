"""Names compared, hits explained, decisions remembered (background investigation, 6 USC 964(b))."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenlane.vetting.lists.dates import birth_date
from greenlane.vetting.lists.entries import Identifier, ListedName, ListEntry, NameKind, PartyType
from greenlane.vetting.matching.names import fold_letters, normalise, without_brackets
from greenlane.vetting.matching.parties import Party, Screener, evidence_fingerprint, score_band
from greenlane.vetting.matching.rapidfuzz_screener import WEAK_ALIAS_CAP, RapidfuzzScreener
from tests.shared_data import shared_data

pytestmark = pytest.mark.clause("6 USC 964(b)")

ORG, PERSON, VESSEL, UNKNOWN = PartyType.ORGANISATION, PartyType.PERSON, PartyType.VESSEL, PartyType.UNKNOWN


def entry(key, *names, kind=ORG, weak=(), **facts):
    listed = [ListedName(name, NameKind.PRIMARY if n == 0 else NameKind.ALIAS) for n, name in enumerate(names)]
    listed += [ListedName(name, NameKind.WEAK_ALIAS) for name in weak]
    return ListEntry("TEST", str(key), kind, tuple(listed), **facts)


def party(*names, kind=ORG, **facts):
    return Party("p1", "applicant", kind, names, **facts)


def hits(entries, who, **options):
    return list(RapidfuzzScreener(entries, **options).screen([who]))


def codes(hit):
    return [reason.code for reason in hit.candidate.reasons]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Zarnovia Shipping Company Limited", "ZARNOVIA SHIPPING CO., LTD."),
        ("Zarnovia, S.A. de C.V.", "zarnovia SA de CV"),
        ("Zarnovia L.L.C.", "Zarnovia Limited Liability Company"),
        ("Żarnovia Ærø", "Zarnovia Aero"),
        ("Zar\u200bnovia", "Zarnovia"),
        ("Zarnоvia", "Zarnovia"),  # a Cyrillic o
        ("Ｚａｒｎｏｖｉａ", "Zarnovia"),
        ("Zarnovia & Sons", "Zarnovia and Sons"),
        ("Zar'novia", "Zarnovia"),
        ("Straße Zarnovia", "Strasse Zarnovia"),
        ("Zarnovia International", "International Zarnovia"),
    ],
)
def test_names_that_are_one(one, two):
    assert normalise(one).key == normalise(two).key


def test_a_whole_word_in_another_script_stays_in_its_script():
    assert fold_letters("РАО") == "рао"
    assert normalise("华为技术").key == "华为技术"


def test_a_person_is_turned_round_and_has_no_legal_form():
    assert normalise("SAMPLE, Ann Co", person=True).words == ("ann", "co", "sample")
    assert normalise("SAMPLE, Ann Co").words == ("sample", "ann")


def test_only_a_form_and_a_number_identify_nobody():
    assert not normalise("11420 CORP.").identifies
    assert not normalise("General Trading Company").identifies
    assert normalise("Zarnovia Trading").identifies
    assert without_brackets("Zarnovia (ZRN) Ltd") == "Zarnovia Ltd"
    assert without_brackets("Zarnovia") is None


LISTED = entry(1, "ZARNOVIA SHIPPING CO., LTD.", "Zarnovia Maritime", weak=["ZARNO LINES"], countries=("PE",))


def test_a_name_is_found_and_explained():
    (hit,) = hits([LISTED], party("Zarnovya Shipping Inc", countries=("PE", "CL")))
    assert (hit.party_key, hit.role, hit.party_name) == ("p1", "applicant", "Zarnovya Shipping Inc")
    assert hit.candidate.listed_name == "ZARNOVIA SHIPPING CO., LTD."
    assert 85 <= hit.candidate.score < 100
    assert codes(hit) == ["word_same", "word_alike", "legal_form_differs", "country_same"]
    assert str(hit.candidate.reasons[-1].sentence) == "Both have to do with PE."


def test_the_same_name_in_the_same_form_is_a_hundred():
    (hit,) = hits([LISTED], party("zarnovia shipping company limited"))
    assert hit.candidate.score == 100
    assert "country_unknown" in codes(hit)


def test_a_conflict_of_country_is_said_and_hides_nothing():
    (hit,) = hits([LISTED], party("Zarnovia Shipping Ltd", countries=("NO",)))
    assert (hit.candidate.score, "country_conflict" in codes(hit)) == (100, True)


def test_words_written_together_are_found():
    (hit,) = hits([LISTED], party("Zarno Via Ship Ping Ltd"))
    assert hit.candidate.method == "joined_words"
    assert codes(hit)[0] == "words_joined"
    assert hit.candidate.score <= 97


def test_a_weak_alias_is_capped_and_said():
    (hit,) = hits([LISTED], party("Zarno Lines"))
    assert (hit.candidate.name_kind, hit.candidate.score) == (NameKind.WEAK_ALIAS, WEAK_ALIAS_CAP)
    assert "weak_alias" in codes(hit)


def test_unlike_and_generic_names_are_no_hits():
    assert hits([LISTED], party("Quibbleton Freight Ltd")) == []
    assert hits([entry(1, "FMF GENERAL TRADING LLC")], party("Acme General Trading LLC")) == []


def test_a_generic_name_is_a_hit_only_in_the_same_country():
    generic = entry(1, "11420 CORP.", countries=("PE",))
    assert hits([generic], party("11420 Corporation")) == []
    assert hits([generic], party("11420 Corporation", countries=("NO",))) == []
    (hit,) = hits([generic], party("11420 Corporation", countries=("PE",)))
    assert "name_generic" in codes(hit)
    assert hits([generic], party("Belletech Corp", countries=("PE",))) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "found"),
    [(ORG, ORG, 1), (ORG, UNKNOWN, 1), (UNKNOWN, ORG, 1), (UNKNOWN, PERSON, 1), (ORG, PERSON, 0), (VESSEL, ORG, 0)],
)
def test_types_that_are_compared(ours, theirs, found):
    assert len(hits([entry(1, "Zarnovia Quibble", kind=theirs)], party("Zarnovia Quibble", kind=ours))) == found


def test_sister_ships_differ_by_their_numeral_and_sister_companies_are_shown():
    assert hits([entry(1, "ZARNOVIA STAR 6", kind=VESSEL)], party("Zarnovia Star 8", kind=VESSEL)) == []
    (hit,) = hits([entry(1, "ZARNOVIA SHIPPING 6 LTD")], party("Zarnovia Shipping 8 Ltd"))
    assert "numbers_differ" in codes(hit)
    assert hit.candidate.score < 95


def test_an_equal_number_is_always_a_hit():
    listed = entry(1, "ZARNOVIA STAR", kind=VESSEL, identifiers=(Identifier("imo", "9187629"),))
    who = party("Renamed Beauty", kind=ORG, identifiers=(Identifier("imo", "IMO-9187629".removeprefix("IMO-")),))
    (hit,) = hits([listed], who)
    assert (hit.candidate.method, hit.candidate.score) == ("identifier", 100)
    assert codes(hit)[0] == "identifier_same"


@pytest.mark.parametrize(
    "number",
    [
        Identifier("tax", "9187629"),
        Identifier("passport", "9187628"),
        Identifier("passport", "91876"),
        Identifier("passport", "9187629", "NO"),
    ],
)
def test_another_number_is_none(number):
    listed = entry(1, "ZARNOVIA STAR", identifiers=(Identifier("passport", "918 76 29", "PE"),))
    assert hits([listed], party("Renamed Beauty", identifiers=(number,))) == []
    assert len(hits([listed], party("Renamed", identifiers=(Identifier("passport", "9187629", "PE"),)))) == 1


@pytest.mark.parametrize(
    ("text", "born", "code"),
    [
        ("15 Jun 1958", date(1958, 6, 15), "birth_date_same"),
        ("15 Jun 1958", date(1958, 1, 1), "birth_year_same"),
        ("circa 1960", date(1958, 1, 1), "birth_year_same"),
        ("1962 to 1964", date(1963, 1, 1), "birth_year_same"),
        ("1962 to 1964", date(1965, 1, 1), "birth_date_conflict"),
        ("unknown", date(1965, 1, 1), "birth_date_unknown"),
        ("1962", None, "birth_date_unknown"),
    ],
)
def test_dates_of_birth(text, born, code):
    listed = entry(1, "SAMPLE, Ann Zarnovia", kind=PERSON, birth_dates=(birth_date(text),))
    (hit,) = hits([listed], party("Ann Zarnovia Sample", kind=PERSON, birth_date=born))
    assert code in codes(hit)


def test_ties_are_ordered_by_what_else_agrees():
    near = entry(2, "ZARNOVIA LTD", countries=("PE",))
    far = entry(1, "ZARNOVIA LTD", countries=("NO",))
    found = hits([far, near], party("Zarnovia Ltd", countries=("PE",)))
    assert [hit.candidate.entry_key for hit in found] == ["2", "1"]


def test_there_is_no_limit_that_a_new_entry_could_push_others_over():
    crowd = [entry(n, "ZARNOVIA LTD") for n in range(300)]
    assert len(hits(crowd, party("Zarnovia Ltd"))) == 300


@pytest.mark.parametrize("threshold", [0, 101])
def test_a_threshold_outside_the_scale_is_refused(threshold):
    with pytest.raises(ValueError, match="from 1 to 100"):
        RapidfuzzScreener([], threshold=threshold)


def test_it_is_a_screener():
    engine: Screener = RapidfuzzScreener([])
    assert engine.model_version
    assert list(engine.screen([party("Zarnovia"), party("")])) == []


@pytest.mark.parametrize(("score", "band"), [(100, "100"), (99, "95-99"), (95, "95-99"), (85, "85-89"), (0, "0-4")])
def test_bands(score, band):
    assert score_band(score) == band
    with pytest.raises(ValueError, match="0 to 100"):
        score_band(101)


WHO = party("Zarnovia Shipping Ltd", countries=("PE",), birth_date=None)


def test_a_decision_is_kept_while_nothing_that_it_rests_on_changes():
    known = evidence_fingerprint(WHO, LISTED, "100")
    same = [
        (replace(WHO, role="owner"), LISTED),
        (replace(WHO, names=("ZARNOVIA SHIPPING  LIMITED",)), LISTED),
        (WHO, replace(LISTED, remarks="more")),
    ]
    assert {evidence_fingerprint(ours, theirs, "100") for ours, theirs in same} == {known}


def test_a_decision_is_looked_at_again_when_either_side_or_the_engine_changes():
    known = evidence_fingerprint(WHO, LISTED, "100")
    changed = [
        (replace(WHO, names=("Zarnovia Freight",)), LISTED, "100"),
        (replace(WHO, names=("Zarnovia Shipping Inc",)), LISTED, "100"),
        (replace(WHO, party_type=UNKNOWN), LISTED, "100"),
        (replace(WHO, countries=("NO",)), LISTED, "100"),
        (replace(WHO, identifiers=(Identifier("tax", "123456"),)), LISTED, "100"),
        (replace(WHO, birth_date=date(1960, 1, 1)), LISTED, "100"),
        (WHO, replace(LISTED, names=(*LISTED.names, ListedName("New", NameKind.ALIAS))), "100"),
        (WHO, replace(LISTED, birth_dates=(birth_date("1960"),)), "100"),
        (WHO, replace(LISTED, countries=("PE", "NO")), "100"),
        (WHO, replace(LISTED, identifiers=(Identifier("tax", "123456"),)), "100"),
        (WHO, replace(LISTED, addresses=("1 Quay",)), "100"),
        (replace(WHO, addresses=("1 Quay",)), LISTED, "100"),
        (replace(WHO, weak_names=("Zarno",)), LISTED, "100"),
        (WHO, LISTED, "95-99"),
    ]
    marks = {evidence_fingerprint(*case) for case in changed}
    assert len(marks) == len(changed)
    assert known not in marks


NAMES = st.lists(st.text(max_size=30) | st.sampled_from(["Zarnovia Ltd", "Quibble, Ann", "11420 Corp"]), max_size=3)


@settings(max_examples=150, deadline=None)
@given(
    NAMES,
    st.sampled_from(PartyType),
    st.sampled_from(PartyType),
    st.lists(st.text(max_size=20), min_size=1, max_size=4),
)
def test_any_text_is_screened_without_fail_and_always_alike(ours, kind, listed_kind, listed):
    entries = [entry(n, text, kind=listed_kind) for n, text in enumerate(listed)]
    who = party(*ours, kind=kind)
    found = hits(entries, who)
    assert found == hits(list(reversed(entries)), who)
    assert all(0 <= hit.candidate.score <= 100 and hit.candidate.reasons for hit in found)


WORDS = st.lists(
    st.sampled_from(["zarnovia", "quibble", "mollifer", "tresk", "obwald", "fenwick"]),
    min_size=2,
    max_size=4,
    unique=True,
)


@settings(max_examples=100, deadline=None)
@given(WORDS, st.randoms(use_true_random=False))
def test_the_order_of_words_and_the_side_do_not_matter(words, random):
    shuffled = words[:]
    random.shuffle(shuffled)
    one, two = " ".join(words), " ".join(shuffled)
    (there,) = hits([entry(1, one)], party(two))
    (back,) = hits([entry(1, two)], party(one))
    assert there.candidate.score == back.candidate.score == 100


@settings(max_examples=100, deadline=None)
@given(WORDS, WORDS)
def test_the_score_is_the_same_from_both_sides(one, two):
    there = [h.candidate.score for h in hits([entry(1, " ".join(one))], party(" ".join(two)), threshold=60)]
    back = [h.candidate.score for h in hits([entry(1, " ".join(two))], party(" ".join(one)), threshold=60)]
    assert there == pytest.approx(back, abs=1)


def test_hostile_strings():
    strings = json.loads(shared_data("vectors/strings/blns.json").read_text(encoding="utf-8"))
    assert len(strings) > 500
    entries = [entry(n, text) for n, text in enumerate(strings)] + [LISTED]
    engine = RapidfuzzScreener(entries, threshold=95)
    keys = set()
    for number, text in enumerate(strings):
        found = list(engine.screen([Party(str(number), "applicant", UNKNOWN, (text, "\ud800"))]))
        keys |= {hit.party_key for hit in found if hit.candidate.entry_key == str(number)}
        for hit in found:
            for reason in hit.candidate.reasons:
                assert str(reason.sentence)
    identifying = {str(n) for n, text in enumerate(strings) if normalise(text).identifies}
    assert identifying <= keys
    assert len(identifying) > 250
