"""What changed between two lists, and when a person must accept it (background investigation, 6 USC 964(b))."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.vetting.lists.difference import difference
from greenlane.vetting.lists.entries import ListedName, ListEntry, NameKind, PartyType

pytestmark = pytest.mark.clause("6 USC 964(b)")


def entry(key, name="Invented Co.", **facts):
    names = (ListedName(name, NameKind.PRIMARY),)
    return ListEntry("TEST", str(key), PartyType.ORGANISATION, names, **facts)


def test_the_fingerprint_holds_every_fact_and_nothing_else():
    first = entry(1)
    assert len(first.fingerprint) == 64
    assert entry(1).fingerprint == first.fingerprint
    for changed in (
        replace(first, countries=("PE",)),
        replace(first, remarks="x"),
        replace(first, names=(ListedName("Invented Co.", NameKind.ALIAS),)),
        replace(first, party_type=PartyType.UNKNOWN),
    ):
        assert changed.fingerprint != first.fingerprint


def test_added_changed_and_removed():
    old = [entry(1), entry(2), entry(3)]
    new = [entry(1), entry(2, countries=("PE",)), entry(4)]
    found = difference(old, new)
    assert [e.entry_key for e in found.added] == ["4"]
    assert [e.entry_key for e in found.removed] == ["3"]
    assert [(c.new.entry_key, c.fields) for c in found.changed] == [("2", ("countries",))]


def test_a_drop_of_more_than_a_tenth_needs_acceptance():
    old = [entry(number) for number in range(100)]
    assert not difference(old, old[:90]).needs_acceptance
    found = difference(old, old[:89])
    assert found.needs_acceptance
    assert "89 entries where it had 100" in str(found.warnings[0].sentence)


def test_a_list_whose_aliases_are_gone_needs_acceptance():
    more = (ListedName("Alias", NameKind.ALIAS),)
    old = [replace(entry(n), names=entry(n).names + more) for n in range(20)]
    assert [w.code for w in difference(old, [entry(n) for n in range(20)]).warnings] == ["names_dropped"]


KEYED = st.dictionaries(st.integers(0, 12), st.sampled_from(["A", "B"]), max_size=12)


@given(KEYED, KEYED)
def test_the_difference_rebuilds_the_new_list(old, new):
    before, after = [entry(k, v) for k, v in old.items()], [entry(k, v) for k, v in new.items()]
    found = difference(before, after)
    rebuilt = {e.entry_key: e for e in before}
    for gone in found.removed:
        del rebuilt[gone.entry_key]
    rebuilt.update({e.entry_key: e for e in found.added})
    rebuilt.update({c.new.entry_key: c.new for c in found.changed})
    assert rebuilt == {e.entry_key: e for e in after}
