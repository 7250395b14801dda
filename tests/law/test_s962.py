"""Section 962: who may apply, with every unmet condition said at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from greenlane.law.s962 import EligibilityFacts, eligible, questions_for
from tests.law.cases import ELIGIBILITY, TERMS, failing
from tests.law.terms_for_tests import terms_with

pytestmark = pytest.mark.clause("6 USC 962")
OTHER = EligibilityFacts("other", {"debt": "no"}, determination="eligible", determination_by="supervisor")


def test_an_eligible_applicant_is_told_why() -> None:
    verdict = eligible(ELIGIBILITY, TERMS)
    assert verdict.granted
    places = ["business_type", "debt", "carries", "since", "identifier:badge/plate", "identifier:bond"]
    assert [reason.where for reason in verdict.reasons] == places


def test_every_unmet_condition_is_said_at_once_with_its_own_clause() -> None:
    facts = EligibilityFacts("porter", {"debt": "yes", "carries": "perhaps", "since": " "})
    assert failing(eligible(facts, TERMS)) == {
        ("question_met", "6 USC 963(4)", "debt"),
        ("question_unanswered", "6 USC 962", "carries"),
        ("question_unanswered", "6 USC 963(4)", "since"),
        ("identifier_verified", "6 USC 962", "identifier:badge/plate"),
        ("identifier_verified", "6 USC 962", "identifier:bond"),
    }


def test_an_unknown_kind_is_asked_only_what_is_common_to_all() -> None:
    facts = EligibilityFacts("weather_station", {"debt": "no"})
    assert [question.key for question in questions_for("weather_station", TERMS)] == ["debt"]
    assert failing(eligible(facts, TERMS)) == {("business_type_known", "6 USC 962", "business_type")}


@pytest.mark.parametrize(
    ("facts", "granted"),
    [
        (replace(OTHER, determination_reason="It packs boxes at the quay."), True),
        (OTHER, False),
        (replace(OTHER, determination_reason="It packs boxes.", determination_by="applicant_officer"), False),
        (replace(OTHER, determination_reason="It packs boxes.", determination=""), False),
    ],
)
def test_other_entities_need_an_officers_written_determination(facts: EligibilityFacts, granted: bool) -> None:
    assert eligible(facts, TERMS).granted is granted


def test_a_determination_of_ineligible_binds_whatever_was_answered() -> None:
    facts = replace(
        ELIGIBILITY, determination="ineligible", determination_by="supervisor", determination_reason="It moves nothing."
    )
    assert failing(eligible(facts, TERMS)) == {("determined_ineligible", "6 USC 962", "determination")}
    assert eligible(replace(facts, determination="eligible"), TERMS).granted


def test_another_programme_asks_its_own_questions_and_invites() -> None:
    ferry = EligibilityFacts("ferry", {"debt": "no", "boat": "yes"}, frozenset({"iata"}))
    assert failing(eligible(ferry, terms_with())) == {("invited", "6 USC 962", "invitation")}
    assert eligible(replace(ferry, invited=True), terms_with()).granted


def test_answers_cannot_be_changed_after_the_facts_were_taken() -> None:
    answers = {"debt": "no"}
    facts = EligibilityFacts("other", answers)
    answers["debt"] = "yes"
    assert facts.answers["debt"] == "no"
