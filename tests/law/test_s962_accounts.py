"""Section 962: accounts that are merged, split, divided or extracted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from greenlane.law.s962 import (
    Account,
    Chain,
    Leg,
    MergerFacts,
    NewAccountFacts,
    OpenCase,
    PartsFacts,
    Pending,
    SplitFacts,
    Stands,
    becomes_of,
    may_merge,
    may_open_out_of,
    may_split,
    stands_after_split,
)
from tests.law.cases import TERMS, failing

pytestmark = pytest.mark.clause("6 USC 962")

ADA = Account("a", "Ada Imports", "lantern", "porter", "ada-group", "certified", consented=True)
BEE = Account("b", "Bee Imports", "lantern", "porter", "ada-group", "certified", consented=True)
MERGER = MergerFacts(ADA, BEE, people=frozenset({"bea"}), of_the_company=frozenset({"bea", "ben"}))
SPLIT = SplitFacts(ADA, replace(BEE, standing="merged", merged=True))
EXTRACT = NewAccountFacts(ADA, "other", in_group=True, first_officer=frozenset({"applicant_staff"}), goes=1)
YARD = Chain(frozenset({"yard", "dock"}), (Leg("sea Invented Port", "yard", "dock"),))


def test_two_accounts_of_one_type_and_group_are_merged_and_split_and_one_is_opened_out_of_another() -> None:
    assert may_merge(MERGER).granted
    assert may_split(SPLIT).granted
    assert may_open_out_of(EXTRACT, TERMS).granted


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        (replace(MERGER, merged=ADA), {("two_accounts", "6 USC 962", "merged_id")}),
        (
            replace(MERGER, merged=replace(BEE, business_type="other")),
            {("same_business_type", "6 USC 962", "merged_id")},
        ),
        (
            replace(MERGER, merged=replace(BEE, programme="beacon")),
            {("same_business_type", "6 USC 962", "merged_id")},
        ),
        (
            replace(MERGER, merged=replace(BEE, group="bee-group")),
            {("same_group_or_takeover", "6 USC 962", "takeover")},
        ),
        (replace(MERGER, merged=replace(BEE, merged=True)), {("not_merged_already", "6 USC 962", "merged_id")}),
        (replace(MERGER, survivor=replace(ADA, merged=True)), {("not_merged_already", "6 USC 962", "participant_id")}),
        (replace(MERGER, people=frozenset({"eve"})), {("people_of_the_company", "6 USC 971(c)", "people")}),
    ],
)
def test_what_does_not_fit_is_not_merged(facts: MergerFacts, refused: set[tuple[str, str, str]]) -> None:
    assert failing(may_merge(facts)) == refused


def test_a_takeover_joins_two_groups() -> None:
    assert may_merge(replace(MERGER, merged=replace(BEE, group="bee-group"), takeover=True)).granted


def test_a_merger_is_split_once_and_from_its_survivor_last() -> None:
    assert failing(may_split(replace(SPLIT, split_already=True))) == {("still_merged", "6 USC 962", "")}
    further = replace(SPLIT, survivor=replace(ADA, merged=True))
    assert failing(may_split(further)) == {("not_merged_further", "6 USC 962", "")}


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        (replace(EXTRACT, business_type="circus"), {("business_type_known", "6 USC 962", "business_type")}),
        (replace(EXTRACT, taken=True), {("one_account_per_business_type", "6 USC 962", "business_type")}),
        (replace(EXTRACT, taken=True, in_group=False), {("one_account_per_business_type", "6 USC 962", "legal_name")}),
        (
            replace(EXTRACT, first_officer=frozenset({"consultant"})),
            {("people_of_the_company", "6 USC 971(c)", "officer_id")},
        ),
        (replace(EXTRACT, goes=0), {("something_goes", "6 USC 962", "goes")}),
    ],
)
def test_a_new_account_is_registered_like_any_other(facts: NewAccountFacts, refused: set[tuple[str, str, str]]) -> None:
    assert failing(may_open_out_of(facts, TERMS)) == refused


@pytest.mark.clause("6 USC 961(a)")
def test_every_change_needs_the_consent_of_every_officer_whom_it_concerns() -> None:
    silent_a, silent_b = replace(ADA, consented=False), replace(SPLIT.restored, consented=False)
    said = [str(reason.sentence) for reason in may_split(SplitFacts(silent_a, silent_b)).failing]
    assert said == [
        "No consent of an officer of Ada Imports to this change is on record.",
        "No consent of an officer of Bee Imports to this change is on record.",
    ]
    assert failing(may_merge(replace(MERGER, survivor=silent_a))) == {("officer_consented", "6 USC 961(a)", "")}
    assert failing(may_open_out_of(replace(EXTRACT, source=silent_a), TERMS)) == {
        ("officer_consented", "6 USC 961(a)", "")
    }


@pytest.mark.clause("6 USC 967(a)", "6 USC 967(b)", "6 USC 967(c)")
@pytest.mark.parametrize(
    ("account", "pending", "refused"),
    [
        ({"standing": "suspended"}, Pending(), ("not_barred", "6 USC 967(b)", "")),
        ({"standing": "expelled"}, Pending(), ("not_barred", "6 USC 967(b)", "")),
        ({"benefits_denied": True}, Pending(), ("no_denial_in_force", "6 USC 967(a)", "")),
        ({}, Pending((OpenCase("C-1", "consequence"),)), ("no_consequence_or_appeal", "6 USC 967(c)", "")),
        ({}, Pending((OpenCase("P-1", "appeal"),)), ("no_consequence_or_appeal", "6 USC 967(c)", "")),
        ({}, Pending((OpenCase("A-1", "application"),)), ("nothing_undecided", "6 USC 964(b)", "")),
        ({}, Pending((OpenCase("I-1", "investigation"),)), ("nothing_undecided", "6 USC 964(b)", "")),
        ({}, Pending((OpenCase("T-1", "certification"),)), ("nothing_undecided", "6 USC 964(b)", "")),
        ({}, Pending((OpenCase("E-1", "engagement"),)), ("nothing_undecided", "6 USC 964(b)", "")),
        ({}, Pending(following=True), ("decisions_carried_out", "6 USC 971(b)", "")),
    ],
)
def test_no_change_of_accounts_is_a_way_around_a_consequence_or_cuts_off_a_decision(
    account: dict[str, object], pending: Pending, refused: tuple[str, str, str]
) -> None:
    one = replace(ADA, **account)  # type: ignore[arg-type]
    assert failing(may_merge(replace(MERGER, survivor=one, pending=pending))) == {refused}
    assert failing(may_split(replace(SPLIT, survivor=one, pending=pending))) == {refused}
    assert failing(may_open_out_of(replace(EXTRACT, source=one, pending=pending), TERMS)) == {refused}


def test_cases_that_decide_nothing_about_the_company_hinder_no_change() -> None:
    cases = tuple(OpenCase("X-1", kind) for kind in ("validation", "revalidation", "incident", "profile_review"))
    assert may_merge(replace(MERGER, pending=Pending(cases))).granted


@pytest.mark.clause("6 USC 963(2)")
@pytest.mark.parametrize(
    ("parts", "refused"),
    [
        (PartsFacts(chains=(YARD, Chain())), set()),
        (PartsFacts(strange=("no-part",)), {("parts_on_record", "6 USC 963(2)", "left")}),
        (
            PartsFacts(chains=(YARD, replace(YARD, nodes=frozenset({"yard"}), named_in="goes"))),
            {("legs_keep_their_ends", "6 USC 963(2)", "goes")},
        ),
        (
            PartsFacts(chains=(replace(YARD, nodes=frozenset({"dock"})),)),
            {("legs_keep_their_ends", "6 USC 963(2)", "left")},
        ),
    ],
)
def test_parts_are_on_record_and_legs_keep_both_their_ends(
    parts: PartsFacts, refused: set[tuple[str, str, str]]
) -> None:
    assert failing(may_merge(replace(MERGER, parts=parts))) == refused
    assert failing(may_split(replace(SPLIT, parts=parts))) == refused
    assert failing(may_open_out_of(replace(EXTRACT, parts=parts), TERMS)) == refused


@pytest.mark.clause("6 USC 965(a)", "6 USC 969(2)")
def test_a_merger_closes_the_visits_to_the_merged_account_and_no_other_case() -> None:
    kinds = ("validation", "revalidation", "application", "appeal")
    assert [becomes_of(kind, True) for kind in kinds] == ["closes", "closes", "stays", "stays"]
    assert {becomes_of(kind, False) for kind in kinds} == {"stays"}


@pytest.mark.clause("6 USC 964(a)", "6 USC 965(b)")
@pytest.mark.parametrize(
    ("before", "then", "now", "after"),
    [
        (Stands("certified", 2), 1, Stands("certified", 1), Stands("certified", 2)),
        (Stands("certified", 1), 1, Stands("certified", 3), Stands("certified", 1)),
        (Stands("certified", 3), 3, Stands("certified", 2), Stands("certified", 2)),
        (Stands("certified", 1), 3, Stands("certified", 2), Stands("certified", 1)),
        (Stands("certified", 2), 1, Stands("withdrawn", 0), Stands("withdrawn", 0)),
        (Stands("applicant", 0), 2, Stands("withdrawn", 0), Stands("applicant", 0)),
        (Stands("withdrawn", 0), 0, Stands("certified", 1), Stands("withdrawn", 0)),
    ],
)
def test_a_split_gives_back_what_was_earned_and_nothing_that_was_lost(
    before: Stands, then: int, now: Stands, after: Stands
) -> None:
    assert stands_after_split(before, then, now) == after
