"""Section 965: on-site validation, what blocks it, its year, and the benefits that come with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from greenlane.law.s965 import (
    BlockedFacts,
    MeasureFinding,
    NoForeignLocation,
    ValidationFacts,
    Visit,
    is_foreign,
    may_block,
    may_extend_benefit,
    may_fail_validation,
    may_validate,
    offers_validated_benefits,
    validation_counted_late,
    validation_due,
)
from tests.law.cases import DECIDED, TERMS, VALIDATION, failing

ON = date(2026, 12, 1)
VISIT = VALIDATION.visits[0]
NONE_APPROPRIATE = NoForeignLocation("supervisor", "supervisor-1", "It only moves cargo inland.", ON)
OPEN = MeasureFinding("3.1", False, "Screen the partners.")
CLOSED = replace(OPEN, closed_on=ON, closed_by="specialist-1", evidence=("d",))


@pytest.mark.clause("6 USC 965(a)")
@pytest.mark.parametrize(
    "visit",
    [
        replace(VISIT, foreign=False),
        replace(VISIT, mode="virtual"),
        replace(VISIT, node="somewhere_else"),
        replace(VISIT, appropriate=""),
        replace(VISIT, visited_on=date(2026, 4, 13)),
        replace(VISIT, visited_on=date(2026, 12, 2)),
    ],
)
def test_only_an_appropriate_foreign_place_of_its_own_chain_counts(visit: Visit) -> None:
    assert may_validate(VALIDATION, ON, TERMS).granted
    verdict = may_validate(replace(VALIDATION, visits=(visit,)), ON, TERMS)
    assert failing(verdict) == {("assessed_on_site", "6 USC 965(a)", "visits")}


@pytest.mark.clause("6 USC 965(a)")
@pytest.mark.parametrize("sent_on", [None, date(2026, 12, 2)])
def test_the_report_of_the_visit_is_sent(sent_on: date | None) -> None:
    verdict = may_validate(replace(VALIDATION, visits=(replace(VISIT, report_sent_on=sent_on),)), ON, TERMS)
    assert failing(verdict) == {("visit_reported", "6 USC 965(a)", "visits")}


@pytest.mark.clause("6 USC 965(a)")
def test_a_supervisors_written_determination_stands_in_for_a_visit() -> None:
    unvisited = replace(VALIDATION, visits=(), determination=NONE_APPROPRIATE)
    assert may_validate(unvisited, ON, TERMS).granted
    for determination in (
        replace(NONE_APPROPRIATE, office="specialist"),
        replace(NONE_APPROPRIATE, account=""),
        replace(NONE_APPROPRIATE, reason=" "),
        replace(NONE_APPROPRIATE, determined_on=date(2026, 12, 2)),
    ):
        assert not may_validate(replace(unvisited, determination=determination), ON, TERMS).granted


@pytest.mark.clause("6 USC 965(a)")
def test_rc_11_a_second_vetting_and_a_signed_letter_come_before_validation() -> None:
    vetting = VALIDATION.second_vetting
    assert vetting is not None
    first_only = replace(VALIDATION, second_vetting=replace(vetting, completed_on=DECIDED))
    assert failing(may_validate(first_only, ON, TERMS)) == {("vetted_again", "6 USC 965(a)", "investigation")}
    none = {reason.code for reason in may_validate(replace(VALIDATION, second_vetting=None), ON, TERMS).failing}
    assert none == {"vetted_again", "investigation_recorded", "investigation_cleared"}
    unsigned = may_validate(replace(VALIDATION, letter_signed_on=None), ON, TERMS)
    assert failing(unsigned) == {("letter_signed", "6 USC 965(a)", "letter")}


@pytest.mark.clause("6 USC 965(a)")
@pytest.mark.parametrize(
    "measure",
    [OPEN, replace(CLOSED, evidence=()), replace(CLOSED, closed_by=""), replace(CLOSED, closed_on=date(2026, 12, 2))],
)
def test_a_required_action_closes_only_with_evidence_and_a_reviewer(measure: MeasureFinding) -> None:
    assert may_validate(replace(VALIDATION, measures=(CLOSED,)), ON, TERMS).granted
    verdict = may_validate(replace(VALIDATION, measures=(measure,)), ON, TERMS)
    assert failing(verdict) == {
        ("required_action_open", "6 USC 965(a)", "3.1"),
        ("measures_validated", "6 USC 965(a)", "measures"),
    }


@pytest.mark.clause("6 USC 965(a)")
def test_blocked_is_neither_passed_nor_failed() -> None:
    blocked = replace(VALIDATION, blocked=True)
    assert failing(may_validate(blocked, ON, TERMS)) == {("not_blocked", "6 USC 965(a)", "blocked")}
    failed = replace(blocked, measures=(OPEN,), recommended="fail")
    assert failing(may_fail_validation(failed, ON, TERMS)) == {("not_blocked", "6 USC 965(a)", "blocked")}
    assert may_fail_validation(replace(failed, blocked=False), ON, TERMS).granted
    assert not may_fail_validation(replace(VALIDATION, recommended="fail"), ON, TERMS).granted


@pytest.mark.clause("6 USC 965(a)")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (BlockedFacts("", "Ministry", ("letter",), date(2027, 1, 1)), "block_shown"),
        (BlockedFacts("No visitors.", "", ("letter",), date(2027, 1, 1)), "block_shown"),
        (BlockedFacts("No visitors.", "Ministry", (), date(2027, 1, 1)), "block_shown"),
        (BlockedFacts("No visitors.", "Ministry", ("letter",), None), "block_reviewed"),
        (BlockedFacts("No visitors.", "Ministry", ("letter",), ON), "block_reviewed"),
        (BlockedFacts("No visitors.", "Ministry", ("letter",), date(2027, 5, 31)), "block_reviewed"),
    ],
)
def test_a_block_is_shown_and_looked_at_again(change: BlockedFacts, code: str) -> None:
    assert may_block(BlockedFacts("No visitors.", "Ministry", ("letter",), date(2027, 5, 30)), ON, TERMS).granted
    assert {reason.code for reason in may_block(change, ON, TERMS).failing} == {code}


@pytest.mark.clause("6 USC 965(a)")
def test_the_year_runs_from_certification_and_late_needs_a_reason() -> None:
    due = validation_due(DECIDED, TERMS)
    assert due == date(2027, 4, 14)
    assert not validation_counted_late(DECIDED, due, TERMS)
    assert validation_counted_late(DECIDED, date(2027, 4, 15), TERMS)
    assert not validation_counted_late(DECIDED, date(2027, 4, 15), TERMS, date(2027, 4, 15))
    assert may_validate(VALIDATION, due, TERMS).granted
    late = may_validate(VALIDATION, date(2027, 4, 15), TERMS)
    assert failing(late) == {("lateness_reason", "6 USC 965(a)", "lateness_reason")}
    assert may_validate(replace(VALIDATION, lateness_reason="A storm."), date(2027, 4, 15), TERMS).granted


@pytest.mark.clause("6 USC 965(c)")
@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(VALIDATION, schedule=" "), "on_schedule"),
        (replace(VALIDATION, rank=2), "holds_tier_one"),
        (replace(VALIDATION, standing="expelled"), "standing_allows"),
        (replace(VALIDATION, recommended=""), "recommended"),
        (replace(VALIDATION, decided_by="specialist-1"), "second_person"),
        (replace(VALIDATION, steps_undone=("visit_plan",)), "work_programme_done"),
    ],
)
def test_each_missing_part_alone_stops_validation(facts: ValidationFacts, code: str) -> None:
    assert {reason.code for reason in may_validate(facts, ON, TERMS).failing} == {code}
    bare = replace(VALIDATION, guidelines=None)
    assert {r.code for r in may_validate(bare, ON, TERMS).failing} == {"guidelines_in_force", "guidelines_on_site"}


@pytest.mark.clause("6 USC 965(b)")
def test_no_benefit_above_the_tier_that_was_earned() -> None:
    assert may_extend_benefit("fewer_looks", 2, TERMS).granted
    assert failing(may_extend_benefit("fewer_looks", 1, TERMS)) == {
        ("benefit_earned", "6 USC 965(b)(2)", "fewer_looks")
    }
    assert failing(may_extend_benefit("cake", 3, TERMS)) == {("benefit_earned", "6 USC 965(b)", "cake")}
    assert offers_validated_benefits(["lower_score", "fewer_looks"], TERMS).granted
    assert not offers_validated_benefits(["lower_score"], TERMS).granted


@pytest.mark.clause("6 USC 965(a)")
def test_a_location_is_foreign_outside_the_united_states_and_its_territories() -> None:
    assert [is_foreign(code) for code in ("US", "pr", "GU", "CN", "mx")] == [False, False, False, True, True]
