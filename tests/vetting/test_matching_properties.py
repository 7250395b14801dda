"""What holds of every screening: fixed sums, no crowding out, delta as the full pass, any text (6 USC 964(b))."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenlane.vetting.lists.entries import Identifier, ListedName, ListEntry, NameKind, PartyType
from greenlane.vetting.matching import screener
from greenlane.vetting.matching.compiled import sources
from greenlane.vetting.matching.model import shipped
from greenlane.vetting.matching.names import prepare
from greenlane.vetting.matching.parties import Party
from greenlane.vetting.matching.screener import NameScreener
from tests.shared_data import shared_data

pytestmark = pytest.mark.clause("6 USC 964(b)")

ORG, UNKNOWN = PartyType.ORGANISATION, PartyType.UNKNOWN
LIKE = ("zarnovia", "zarnovya", "zarno", "via", "quibble", "quibbel", "mohammed", "muhammad")
WORD = st.sampled_from((*LIKE, "mollifer", "tresk", "obwald", "fenwick", "al", "trading", "6", "8", "j", "ltd", "inc"))
NAME = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
KIND = st.sampled_from(PartyType)
NUMBER = st.sampled_from([(), (Identifier("imo", "9187629"),), (Identifier("tax", "1234567", "PE"),)])
COUNTRIES = st.sampled_from([(), ("PE",), ("NO",)])


@st.composite
def listed(draw, key=None):
    kinds = st.sampled_from([NameKind.PRIMARY, NameKind.ALIAS, NameKind.WEAK_ALIAS])
    names = draw(st.lists(st.tuples(NAME, kinds), min_size=1, max_size=3))
    return ListEntry(
        "TEST", key or draw(st.text("abc", min_size=1, max_size=3)), draw(KIND),
        tuple(ListedName(*name) for name in names), draw(COUNTRIES), identifiers=draw(NUMBER),
    )  # fmt: skip


@st.composite
def lists(draw):
    return [draw(listed(key=f"{number:02}")) for number in range(draw(st.integers(1, 6)))]


@st.composite
def parties(draw):
    return [
        Party(
            f"p{number}", "applicant", draw(KIND), tuple(draw(st.lists(NAME, max_size=2))), draw(COUNTRIES),
            identifiers=draw(NUMBER), weak_names=tuple(draw(st.lists(NAME, max_size=1))),
        )
        for number in range(draw(st.integers(1, 4)))
    ]  # fmt: skip


def found(hits):
    return [(hit.party_key, hit.candidate, hit.evidence_fingerprint) for hit in hits]


@settings(max_examples=25, deadline=None)
@given(lists(), parties(), st.data())
def test_the_pass_over_some_entries_is_the_full_pass_restricted_to_them(entries, who, data):
    engine = NameScreener(entries, threshold=20)
    some = data.draw(st.lists(st.sampled_from(entries), unique_by=lambda entry: entry.entry_key))
    prepared = engine.prepare(who)
    keys = {entry.entry_key for entry in some}
    full = [hit for hit in engine.screen(prepared) if hit.candidate.entry_key in keys]
    assert list(engine.screen_against(prepared, some, prove=True)) == full
    assert list(engine.screen_against(who, some)) == full


def test_a_pass_that_differs_from_the_full_pass_is_not_believed():
    entry = ListEntry("TEST", "1", ORG, (ListedName("Zarnovia Quibble", NameKind.PRIMARY),))
    engine = NameScreener([entry])
    changed = replace(entry, names=(ListedName("Mollifer Tresk", NameKind.PRIMARY),))
    who = [Party("p", "applicant", ORG, ("Mollifer Tresk",))]
    with pytest.raises(RuntimeError, match="differs from the full pass"):
        list(engine.screen_against(who, [changed], prove=True))


@settings(max_examples=25, deadline=None)
@given(lists(), lists(), parties())
def test_more_entries_change_no_hit_on_the_others(entries, more, who):
    others = [replace(entry, entry_key=f"more{entry.entry_key}") for entry in more]
    alone = found(NameScreener(entries, threshold=20).screen(who))
    beside = found(NameScreener(entries + others, threshold=20).screen(who))
    assert [hit for hit in beside if not hit[1].entry_key.startswith("more")] == alone


@settings(max_examples=25, deadline=None)
@given(lists(), parties())
def test_parts_sum_to_the_score_and_one_party_alone_is_as_among_many(entries, who):
    engine = NameScreener(entries, threshold=20)
    hits = list(engine.screen(who))
    assert found(hits) == [one for party in who for one in found(engine.query(party))]
    assert found(hits) == found(NameScreener(list(reversed(entries)), threshold=20).screen(who))
    for hit in hits:
        parts = hit.candidate.parts
        assert sum(part.points for part in parts) == hit.candidate.score
        assert 20 <= hit.candidate.score <= 100
        assert all(isinstance(part.points, int) for part in parts)
        assert len({part.code for part in parts}) == len(parts)


@settings(max_examples=25, deadline=None)
@given(st.lists(NAME, min_size=1, max_size=8), st.integers(1, 3))
def test_blocks_make_no_difference(names, size):
    entries = [ListEntry("TEST", "1", ORG, (ListedName("Zarnovia Quibble", NameKind.PRIMARY),))]
    who = [Party(f"p{number}", "site", ORG, (name,)) for number, name in enumerate(names)]
    engine, whole = NameScreener(entries, threshold=20), screener.BLOCK
    at_once = list(engine.screen(who))
    screener.BLOCK = size
    try:
        assert list(engine.screen(who)) == at_once
        by_block = engine.candidates(who)
    finally:
        screener.BLOCK = whole
    for one, two in zip(by_block, engine.candidates(who), strict=True):
        assert np.array_equal(one, two)


TEXTS = st.lists(
    st.text(max_size=30) | st.sampled_from(["Zarnovia Ltd", "Quibble, Ann", "11420 Corp", "华为"]), max_size=3
)


@settings(max_examples=25, deadline=None)
@given(TEXTS, KIND, KIND, st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_any_text_is_screened_without_fail(ours, kind, listed_kind, texts):
    entries = [
        ListEntry("TEST", str(n), listed_kind, (ListedName(text, NameKind.PRIMARY),)) for n, text in enumerate(texts)
    ]
    for hit in NameScreener(entries, threshold=1).screen([Party("p", "x", kind, tuple(ours))]):
        assert hit.candidate.reasons
        assert all(str(reason.sentence) for reason in hit.candidate.reasons)


UNLIKE = st.lists(
    st.sampled_from(["zarnovia", "quibble", "mollifer", "tresk", "obwald", "fenwick"]),
    min_size=2, max_size=4, unique=True,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(UNLIKE, UNLIKE)
def test_from_both_sides_the_score_is_one_and_a_word_more_here_costs_less_than_one_more_on_the_list(one, two):
    def score(ours, theirs):
        entries = [ListEntry("TEST", "1", ORG, (ListedName(theirs, NameKind.PRIMARY),))]
        hits = NameScreener(entries, threshold=1).query(Party("p", "x", ORG, (ours,)))
        return hits[0].candidate.score if hits else 0

    here, there = score(" ".join(one), " ".join(two)), score(" ".join(two), " ".join(one))
    if len(one) == len(two):
        assert here == there
    else:
        assert (here >= there) == (len(one) > len(two)) or here == there


def test_hostile_strings_find_themselves():
    strings = json.loads(shared_data("vectors/strings/blns.json").read_text(encoding="utf-8"))
    strings = strings[::3]
    entries = [
        ListEntry("TEST", str(n), UNKNOWN, (ListedName(text, NameKind.PRIMARY),)) for n, text in enumerate(strings)
    ]
    who = [Party(str(n), "applicant", UNKNOWN, (text, "\ud800")) for n, text in enumerate(strings)]
    found = {hit.party_key for hit in NameScreener(entries).screen(who) if hit.candidate.entry_key == hit.party_key}
    identifying = {str(n) for n, text in enumerate(strings) if prepare(text, ORG).identifies}
    assert identifying <= found
    assert len(identifying) > 70


def test_words_that_tell_nothing_make_no_pair_twice():
    """A model may weigh a word at next to nothing; what adds nothing to a pair does not bring it up again."""
    model = shipped()
    light = dict.fromkeys(("quibble", "quibbel", "quible", "quibblo"), 1)
    model = replace(model, rarity={**model.rarity, "organisation": light})
    names = [" ".join(pair) for pair in permutations(light, 2)]
    entries = [ListEntry("TEST", f"{n:02}", ORG, (ListedName(name, NameKind.PRIMARY),)) for n, name in enumerate(names)]
    engine = NameScreener(entries, model=model)
    who = engine.prepare(Party(str(n), "x", ORG, (name,)) for n, name in enumerate(names))
    left, right = who.side.pairs(engine.listing.side, np.array(model.gate, np.int64))
    pairs = list(zip(left.tolist(), right.tolist(), strict=True))
    assert len(set(pairs)) == len(pairs)
    assert {(n, n) for n in range(len(names))} <= set(pairs)


def test_compiled_functions_are_kept_under_the_text_of_all_that_they_depend_on():
    """A column that moves in the file of constants must not be looked for where it was."""
    known = {path.stem for path in sources()}
    taken = set()
    for path in sources():
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        found = (node.module or "" for node in nodes if isinstance(node, ast.ImportFrom))
        taken |= {module.rpartition(".")[2] for module in found if module.startswith("greenlane.")}
    assert taken <= known
    assert {"arrays", "compiled", "kernel_text"} <= taken
