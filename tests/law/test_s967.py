"""967: the arithmetic of appeals day by day, protections, what is published, and the sentences that people read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law import s967
from greenlane.law.calendar import is_business_day
from tests.law.terms_for_tests import terms_with

TERMS = terms_with()
DAYS = st.dates(date(2007, 1, 1), date(2060, 1, 1))


def appeal(decision: str, decided_on: date, filed_on: date) -> s967.AppealFacts:
    return s967.AppealFacts(decision, decided_on, "Invented Imports", "Invented Imports", filed_on)


def last_day(decided_on: date, days: int) -> date:
    day = decided_on + timedelta(days=days)
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


@pytest.mark.clause("6 USC 967(c)(1)")
@pytest.mark.clause("6 USC 967(c)(2)")
@pytest.mark.parametrize(("decision", "days"), [("967(a)", 90), ("967(b)", 30)])
@given(decided_on=DAYS, after=st.integers(0, 120))
def test_rc_25_an_appeal_is_in_time_up_to_its_last_day_and_never_after(
    decision: str, days: int, decided_on: date, after: int
) -> None:
    filed_on = decided_on + timedelta(days=after)
    rule = s967.may_appeal_denial if decision == "967(a)" else s967.may_appeal_suspension
    assert rule(appeal(decision, decided_on, filed_on), TERMS).granted is (filed_on <= last_day(decided_on, days))


@pytest.mark.clause("6 USC 967(c)")
@given(decided_on=DAYS, after=st.integers(0, 90))
def test_rc_25_the_two_limits_are_never_mixed(decided_on: date, after: int) -> None:
    filed_on = decided_on + timedelta(days=after)
    denial = s967.may_appeal_suspension(appeal("967(a)", decided_on, filed_on), TERMS)
    sanction = s967.may_appeal_denial(appeal("967(b)", decided_on, filed_on), TERMS)
    assert "decision_of_this_kind" in {r.code for r in denial.failing}
    assert "decision_of_this_kind" in {r.code for r in sanction.failing}


@pytest.mark.clause("6 USC 967(c)(1)")
@pytest.mark.parametrize(
    ("filed_on", "day_180"),
    [
        (date(2026, 3, 2), date(2026, 8, 29)),
        (date(2023, 9, 1), date(2024, 2, 28)),
        (date(2027, 9, 3), date(2028, 3, 1)),
    ],
)
def test_rc_25_a_determination_is_late_from_day_181_and_says_so(filed_on: date, day_180: date) -> None:
    facts = s967.DeterminationFacts("967(a)", filed_on, "anna", ("ben",), s967.Outcome.UPHELD, "As the file shows.")
    assert s967.may_determine_appeal(facts, day_180, TERMS).granted
    late = s967.may_determine_appeal(facts, day_180 + timedelta(days=1), TERMS)
    assert [r.code for r in late.failing] == ["lateness"]
    assert "days late: 1" in str(late.failing[0].sentence)


@pytest.mark.clause("6 USC 967(b)")
@given(decided_on=DAYS, after=st.integers(0, 60))
def test_rc_25_no_name_is_published_while_an_appeal_can_still_come(decided_on: date, after: int) -> None:
    on = decided_on + timedelta(days=after)
    one = s967.ListedParticipant("Invented Imports", "967(b)", decided_on)
    published = s967.may_publish_in_federal_register(s967.FederalRegisterList((one,)), on, TERMS).granted
    could_still_appeal = s967.may_appeal_suspension(appeal("967(b)", decided_on, on), TERMS).granted
    assert published is not could_still_appeal


@pytest.mark.clause("6 USC 967(b)")
def test_one_name_that_is_not_ready_holds_back_the_list_and_is_named() -> None:
    ready = s967.ListedParticipant("Ready", "967(b)", date(2026, 1, 5))
    waiting = s967.ListedParticipant(
        "Waiting", "967(b)", date(2026, 1, 5), s967.Appeal(date(2026, 1, 20), determined_on=None)
    )
    verdict = s967.may_publish_in_federal_register(s967.FederalRegisterList((ready, waiting)), date(2026, 6, 1), TERMS)
    assert [r.where for r in verdict.failing] == ["Waiting"]


@pytest.mark.clause("6 USC 967(c)")
def test_an_appeal_filed_after_the_day_asked_about_is_not_known_on_that_day() -> None:
    one = s967.ListedParticipant("Later", "967(b)", date(2026, 1, 5), s967.Appeal(date(2026, 1, 20)))
    assert [r.code for r in s967.appeal_process_complete(one, date(2026, 1, 19), TERMS).failing] == [
        "time_to_appeal_over"
    ]


@pytest.mark.clause("6 USC 967(a)")
@pytest.mark.parametrize("days", [10, 45])
def test_a_programme_sets_the_response_period(days: int) -> None:
    terms = terms_with(consequence_response_days=days)
    notice = date(2026, 3, 2)
    facts = s967.DenialFacts(
        "Ferry",
        2,
        ("R1",),
        (s967.Failure("R1", "No lock.", date(2026, 3, 1), ("photo",)),),
        ("tea",),
        s967.Protections(notice, True, None),
    )
    assert not s967.may_deny(facts, notice + timedelta(days=days), terms).granted
    verdict = s967.may_deny(facts, notice + timedelta(days=days + 1), terms)
    assert verdict.granted
    assert s967.denied_in_whole(facts, terms)


@pytest.mark.clause("6 USC 967(a)")
def test_a_refusal_says_what_to_do_about_it() -> None:
    facts = s967.DenialFacts("Ferry", 0, (), (), (), s967.Protections(None, False, None))
    failing = s967.may_deny(facts, date(2026, 3, 2), TERMS).failing
    assert {r.code for r in failing} == {"requirement_named", "benefits_otherwise_available", "notice_given"}
    assert all(r.mend is not None and str(r.mend) for r in failing)
