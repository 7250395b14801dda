"""Names compared, hits explained, decisions remembered (background investigation, 6 USC 964(b))."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from greenlane.vetting.lists.dates import birth_date
from greenlane.vetting.lists.entries import Identifier, ListedName, ListEntry, NameKind, PartyType
from greenlane.vetting.matching.model import shipped
from greenlane.vetting.matching.parties import Party, Screener, evidence_fingerprint, score_band
from greenlane.vetting.matching.screener import NameScreener

pytestmark = pytest.mark.clause("6 USC 964(b)")

ORG, PERSON, VESSEL, UNKNOWN = PartyType.ORGANISATION, PartyType.PERSON, PartyType.VESSEL, PartyType.UNKNOWN


def entry(key, *names, kind=ORG, weak=(), **facts):
    listed = [ListedName(name, NameKind.PRIMARY if n == 0 else NameKind.ALIAS) for n, name in enumerate(names)]
    listed += [ListedName(name, NameKind.WEAK_ALIAS) for name in weak]
    return ListEntry("TEST", str(key), kind, tuple(listed), **facts)


def party(*names, kind=ORG, **facts):
    return Party("p1", "applicant", kind, names, **facts)


def hits(entries, who, **options):
    return list(NameScreener(entries, **options).screen([who]))


def codes(hit):
    return [reason.code for reason in hit.candidate.reasons]


def points(hit):
    found = {part.code: part.points for part in hit.candidate.parts}
    assert sum(found.values()) == hit.candidate.score
    return found


PARTS = shipped().parts


LISTED = entry(1, "ZARNOVIA SHIPPING CO., LTD.", "Zarnovia Maritime", weak=["ZARNO LINES"], countries=("PE",))


def test_a_name_is_found_and_explained():
    (hit,) = hits([LISTED], party("Zarnovya Shipping Inc", countries=("PE", "CL")))
    assert (hit.party_key, hit.role, hit.party_name) == ("p1", "applicant", "Zarnovya Shipping Inc")
    assert hit.candidate.listed_name == "ZARNOVIA SHIPPING CO., LTD."
    assert codes(hit) == ["word_alike", "word_same", "legal_form_differs", "country_same"]
    assert str(hit.candidate.reasons[-1].sentence) == "Both have to do with PE."
    assert [(w.ours, w.theirs, w.how) for w in hit.candidate.words] == [
        ("zarnovya", "zarnovia", "sound"),
        ("shipping", "shipping", "exact"),
        ("inc", "ltd", "legal_form"),
    ]
    rare, common, _ = (w.weight for w in hit.candidate.words)
    assert 1000 >= rare > 5 * common > 0


def test_the_parts_are_said_and_sum_to_the_score():
    (plain,) = hits([LISTED], party("Zarnovia Shipping Ltd"))
    (same,) = hits([LISTED], party("Zarnovia Shipping Ltd", countries=("PE",)))
    (other,) = hits([LISTED], party("Zarnovia Shipping Ltd", countries=("NO",)))
    assert points(plain) == {"name": plain.candidate.score}
    assert points(same) == {"name": plain.candidate.score, "country": PARTS["country_same"]}
    assert points(other) == {"name": plain.candidate.score, "country": PARTS["country_conflict"]}
    assert "country_unknown" in codes(plain)
    assert "country_conflict" in codes(other)
    assert all(str(part.sentence) for part in same.candidate.parts)


def test_an_address_confirms():
    listed = replace(LISTED, addresses=("Jr. Invento 77, Lima, Peru",))
    (hit,) = hits([listed], party("Zarnovia Shipping Ltd", addresses=("jr invento 77, Lima",)))
    (elsewhere,) = hits([listed], party("Zarnovia Shipping Ltd", addresses=("jr invento 78, Lima",)))
    assert points(hit)["address"] == PARTS["address_same"]
    assert "address_same" in codes(hit)
    assert "address" not in points(elsewhere)


def test_the_same_name_in_the_same_form_gets_the_most_points():
    scores = [hits([LISTED], party(name))[0].candidate.score for name in (
        "zarnovia shipping company limited", "zarnovia shipping inc", "zarnovia shiping inc", "zarnvia shiping inc",
    )]  # fmt: skip
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1]
    assert shipped().name_most - 10 <= scores[0] <= shipped().name_most


def test_a_conflict_of_country_moves_down_and_hides_nothing():
    name = "Zarnovya Shipping Inc"
    (unknown,) = hits([LISTED], party(name))
    floor = NameScreener([LISTED], threshold=unknown.candidate.score)
    (hit,) = floor.query(party(name, countries=("NO",)))
    assert hit.candidate.score == unknown.candidate.score
    assert points(hit)["limit"] == -PARTS["country_conflict"]


def test_words_written_together_and_apart_are_found():
    (apart,) = hits([LISTED], party("Zarno Via Ship Ping Ltd"))
    assert [w.how for w in apart.candidate.words] == ["joined", "joined", "legal_form"]
    assert codes(apart)[0] == "words_joined"
    (together,) = hits([LISTED], party("Zarnoviashipping Ltd"))
    assert "split" in {w.how for w in together.candidate.words}


def test_a_fuzzy_word_weighs_no_more_than_what_it_matched():
    listed = entry(1, "Zarnovia International Ltd")
    (hit,) = hits([listed], party("Zarnovia Internationel Ltd"))
    typo = next(w for w in hit.candidate.words if w.theirs == "international")
    assert typo.weight <= 100


def test_a_weak_alias_is_capped_and_said():
    (hit,) = hits([LISTED], party("Zarno Lines"))
    assert (hit.candidate.name_kind, hit.candidate.score) == (NameKind.WEAK_ALIAS, PARTS["weak_most"])
    assert "weak_alias" in codes(hit)
    assert points(hit)["alias"] == PARTS["weak_alias"]
    (ours,) = hits([LISTED], party("Quite Another Name", weak_names=("Zarnovia Shipping Ltd",)))
    assert (ours.candidate.score, ours.party_name) == (PARTS["weak_most"], "Zarnovia Shipping Ltd")


@pytest.mark.parametrize("who", ["Zarnovia Obwald Shipping", "Zarnovya Shipping", "Zarnovia Shiping Mollifer"])
def test_a_weak_alias_beside_a_firm_name_takes_no_point_away(who):
    """A weak alias that is the same to the letter is capped; a firm name of the entry that is worth more counts."""
    firm = entry(1, "Zarnovia Shipping")
    both = entry(1, "Zarnovia Shipping", weak=[who])
    (alone,), (beside,) = hits([firm], party(who, countries=("PE",))), hits([both], party(who, countries=("PE",)))
    assert beside.candidate.score == max(alone.candidate.score, PARTS["weak_most"])
    assert (beside.candidate.name_kind is NameKind.WEAK_ALIAS) == (alone.candidate.score < PARTS["weak_most"])


def test_unlike_and_generic_names_are_no_hits():
    assert hits([LISTED], party("Quibbleton Freight Ltd")) == []
    assert hits([entry(1, "FMF GENERAL TRADING LLC")], party("Acme General Trading LLC")) == []


def test_a_generic_name_is_a_hit_only_in_the_same_country():
    generic = entry(1, "11420 CORP.", countries=("PE",))
    assert hits([generic], party("11420 Corporation")) == []
    assert hits([generic], party("11420 Corporation", countries=("NO",))) == []
    (hit,) = hits([generic], party("11420 Corporation", countries=("PE",)))
    assert "name_generic" in codes(hit)
    assert hit.candidate.score <= PARTS["generic_most"]
    assert hits([generic], party("Belletech Corp", countries=("PE",))) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "found"),
    [(ORG, ORG, 1), (ORG, UNKNOWN, 1), (UNKNOWN, ORG, 1), (UNKNOWN, PERSON, 1), (ORG, PERSON, 0), (VESSEL, ORG, 0)],
)
def test_types_that_are_compared(ours, theirs, found):
    assert len(hits([entry(1, "Zarnovia Quibble", kind=theirs)], party("Zarnovia Quibble", kind=ours))) == found


def test_sister_ships_differ_by_their_numeral_and_sister_companies_are_shown():
    assert hits([entry(1, "ZARNOVIA STAR 6", kind=VESSEL)], party("Zarnovia Star 8", kind=VESSEL)) == []
    assert len(hits([entry(1, "ZARNOVIA STAR VI", kind=VESSEL)], party("Zarnovia Star 6", kind=VESSEL))) == 1
    one, two = entry(1, "ZARNOVIA SHIPPING 6 LTD"), entry(2, "ZARNOVIA SHIPPING 8 LTD")
    same, sister = hits([one, two], party("Zarnovia Shipping 8 Ltd"), threshold=30)
    assert (same.candidate.entry_key, sister.candidate.entry_key) == ("2", "1")
    assert "numbers_differ" in codes(sister)
    assert sister.candidate.score < same.candidate.score - 10


def test_ships_with_different_imo_numbers_are_told_apart():
    listed = entry(1, "ZARNOVIA STAR", kind=VESSEL, identifiers=(Identifier("imo", "9187629"),))
    (hit,) = hits([listed], party("Zarnovia Star", kind=VESSEL, identifiers=(Identifier("imo", "9241061"),)))
    assert points(hit)["identifier"] == PARTS["identifier_conflict"]
    assert "identifier_conflict" in codes(hit)


def test_an_equal_number_is_always_a_hit():
    listed = entry(1, "ZARNOVIA STAR", kind=VESSEL, identifiers=(Identifier("imo", "9187629"),))
    who = party("Renamed Beauty", kind=ORG, identifiers=(Identifier("imo", "IMO-9187629".removeprefix("IMO-")),))
    (hit,) = hits([listed], who)
    assert (hit.candidate.method, hit.candidate.score) == ("identifier", 100)
    assert codes(hit)[0] == "identifier_same"
    assert codes(hit)[-1] == "kind_conflict"
    assert points(hit)["limit"] < 0
    nameless = replace(who, names=())
    (hit,) = hits([listed], nameless)
    assert (hit.candidate.score, hit.party_name, hit.candidate.listed_name) == (100, "", "ZARNOVIA STAR")


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
        NameScreener([], threshold=threshold)


def test_it_is_a_screener():
    engine: Screener = NameScreener([])
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
