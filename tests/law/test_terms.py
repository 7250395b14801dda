"""The terms of a programme are taken as data and refused when they contradict themselves."""

from __future__ import annotations

from typing import Any

import pytest

from greenlane.law.citations import Citation, UnknownClause
from greenlane.law.terms import Terms, TermsRefused
from tests.law.terms_for_tests import plain_terms, terms_with


@pytest.mark.clause("6 USC 961(a)")
@pytest.mark.clause("19 USC 4311(a)")
def test_an_invented_programme_is_held_as_data() -> None:
    terms = terms_with(history_look_back_months=6)
    ferry = terms.business_type("ferry")
    assert ferry is not None
    assert ferry.identifiers == (("fmc", "iata"),)
    assert (ferry.by_invitation, ferry.needs_determination) == (True, False)
    assert (ferry.questions[0].kind, ferry.questions[0].expects) == ("yes_no", "yes")
    assert terms.common_questions[0].expects == "no"
    second = terms.tier(2)
    assert second is not None
    assert second.code == "good-friend"
    boats = terms.area("boats")
    assert boats is not None
    assert boats.citation == Citation("6 USC 963(2)(B)")
    assert terms.benefits[0].from_rank == 2
    assert terms.letters["certified"] == "Welcome."
    assert terms.parameters["history_look_back_months"] == 6
    assert terms.business_type("airline") is terms.tier(3) is terms.area("tea") is None
    with pytest.raises(TypeError):
        terms.parameters["x"] = 1  # type: ignore[index]


def test_only_the_necessary_must_be_given() -> None:
    data = plain_terms()
    for optional in ("benefits", "common_questions", "letters"):
        del data[optional]
    assert Terms.from_mapping(data).benefits == ()


def _twice(name: str) -> dict[str, Any]:
    return {name: plain_terms()[name] * 2}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"tiers": plain_terms()["tiers"][1:]}, r"ranked 1, 2, 3 ... without a gap, not \[2\]"),
        (_twice("business_types"), "business type 'ferry' of harbour-friends is given twice"),
        (_twice("areas"), "area 'boats' of harbour-friends is given twice"),
        (_twice("benefits"), "benefit 'tea' of harbour-friends is given twice"),
        (
            {"benefits": [{"code": "tea", "title": "Tea", "from_rank": 3, "citation": "19 USC 4311(b)(5)"}]},
            "benefit 'tea' is for tier rank 3",
        ),
        (
            {"areas": [{"code": "a", "title": "A", "citation": "6 USC 963(2)(A)", "nodes": ["boat"]}]},
            "concerns 'boat'; use site, partner or leg",
        ),
    ],
)
def test_contradictions_are_refused(change: dict[str, Any], problem: str) -> None:
    with pytest.raises(TermsRefused, match=problem):
        Terms.from_mapping(plain_terms() | change)


def test_every_problem_is_said_at_once() -> None:
    with pytest.raises(TermsRefused) as refused:
        Terms.from_mapping(plain_terms() | _twice("areas") | _twice("benefits"))
    assert len(refused.value.problems) == 2


def test_an_unknown_clause_in_a_pack_is_refused() -> None:
    with pytest.raises(UnknownClause):
        Terms.from_mapping(plain_terms() | {"citations": ["6 USC 1"]})
