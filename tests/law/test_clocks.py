"""Every clock: exact historical dates, boundaries, leap days, rolls, pauses and properties of all of them."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law.calendar import CALENDAR_VERSION, LeapRule, is_business_day
from greenlane.law.citations import Citation
from greenlane.law.clocks import (
    Clock,
    Duty,
    Force,
    Pause,
    PauseRefused,
    Roll,
    clock_of,
    clocks,
    clocks_for,
    dates,
    due,
    due_as_set,
    merge_pauses,
    pausing_commands,
    roll_of,
)
from greenlane.law.parameters import NotInForce, parameter
from greenlane.law.procedures_registry import procedure_of, procedures
from tests.law.terms_for_tests import terms_with

ENACTED, TFTEA = date(2006, 10, 13), date(2016, 2, 24)
DAYS = st.dates(date(2017, 1, 1), date(2150, 12, 31))
CLOCK = st.sampled_from(clocks())
CERTIFICATION, VALIDATION = clock_of("tier_1_certification"), clock_of("tier_2_validation")
CLAUSE = Citation("6 USC 965(a)")


def pause(start: date, end: date | None, reason: str = "The visit is refused.") -> Pause:
    return Pause(start, end, reason, CLAUSE)


@pytest.mark.parametrize(
    ("code", "start", "last"),
    [
        pytest.param("consultation_report", ENACTED, date(2007, 2, 10), marks=pytest.mark.clause("6 USC 968(b)")),
        pytest.param("certification_guidelines", ENACTED, date(2007, 4, 11), marks=pytest.mark.clause("6 USC 964(b)")),
        pytest.param("validation_guidelines", ENACTED, date(2007, 4, 11), marks=pytest.mark.clause("6 USC 965(c)")),
        pytest.param("tier_3_criteria", ENACTED, date(2008, 10, 13), marks=pytest.mark.clause("6 USC 966(d)")),
        pytest.param("first_partnership_report", TFTEA, date(2016, 8, 22), marks=pytest.mark.clause("19 USC 4311(c)")),
        pytest.param("partnership_report", date(2017, 1, 1), date(2017, 12, 31)),
        pytest.param("partnership_report", date(2022, 12, 31), date(2022, 12, 31)),
        pytest.param("budget_report", date(2008, 2, 4), date(2008, 2, 4), marks=pytest.mark.clause("6 USC 971(e)")),
        pytest.param("annual_plan", date(2007, 10, 1), date(2007, 10, 1), marks=pytest.mark.clause("6 USC 971(a)(2)")),
        pytest.param("annual_plan", date(2007, 10, 2), date(2008, 10, 1)),
        pytest.param("annual_revalidation_plan", date(2008, 3, 1), date(2008, 10, 1)),
        pytest.param("criteria_review", date(2019, 5, 1), date(2020, 5, 1), marks=pytest.mark.clause("6 USC 961(b)")),
        pytest.param("tier_1_certification", date(2026, 1, 1), date(2026, 4, 1)),
        pytest.param("tier_2_validation", date(2026, 1, 1), date(2027, 1, 1)),
        pytest.param("pilot_start", date(2007, 5, 1), date(2008, 5, 1), marks=pytest.mark.clause("6 USC 968(c)(1)")),
        pytest.param("pilot_end", date(2007, 6, 1), date(2008, 6, 1), marks=pytest.mark.clause("6 USC 968(a)")),
        pytest.param("pilot_report", date(2008, 6, 1), date(2008, 7, 1), marks=pytest.mark.clause("6 USC 968(i)")),
        pytest.param("strategic_plan", date(2010, 10, 1), date(2015, 10, 1)),
        pytest.param("denial_appeal_determination", date(2026, 1, 1), date(2026, 6, 30)),
        pytest.param("sanction_appeal_determination", date(2024, 1, 1), date(2024, 6, 29)),
        pytest.param("revalidation", date(2020, 2, 29), date(2024, 2, 29)),
    ],
)
def test_exact_days(code: str, start: date, last: date) -> None:
    found = due(clock_of(code), start)
    assert (found.started_on, found.unrolled_on, found.due_on) == (start, last, last)
    assert (found.clock, found.citation, found.calendar_version) == (code, clock_of(code).citation, CALENDAR_VERSION)
    assert found.paused_days == 0
    assert str(found.rule)


@pytest.mark.clause("6 USC 967(c)(1)")
@pytest.mark.clause("6 USC 967(c)(2)")
def test_the_two_appeal_clocks_are_never_mixed() -> None:
    assert due(clock_of("denial_appeal_filing"), date(2026, 3, 2)).due_on == date(2026, 6, 1)  # 31 May is a Sunday
    assert due(clock_of("sanction_appeal_filing"), date(2026, 3, 2)).due_on == date(2026, 4, 1)
    assert due(clock_of("sanction_appeal_filing"), date(2026, 6, 4)).due_on == date(2026, 7, 6)  # 3 July: observed


def test_before_the_law_nothing_runs() -> None:
    with pytest.raises(NotInForce):
        due(CERTIFICATION, date(2006, 10, 12))
    with pytest.raises(NotInForce):
        due(clock_of("partnership_report"), date(2016, 12, 1))


def test_dates_that_are_set_under_the_law_are_no_clocks_of_it() -> None:
    codes = {one.code for one in dates()}
    assert "required_action" in codes
    assert not codes & {clock.code for clock in clocks()}
    for one in dates():
        assert one.parameter is None
        assert clock_of(one.code) == one
        due_on = date(2026, 5, 1)
        assert due_as_set(one, date(2026, 4, 1), due_on).due_on == due_on


def test_the_table_of_clocks() -> None:
    codes = [clock.code for clock in clocks()]
    assert len(codes) == len(set(codes)) == 21
    kinds = {p.kind for p in procedures()}
    known = {command for p in procedures() for command in p.commands}
    for clock in clocks():
        assert {*clock.opens_with, *clock.ends_with, *clock.moot_with, *dict(clock.pauses_on)} <= known
        assert clock.applies_to == "programme" or clock.applies_to in kinds
        assert clock.title
        assert clock.starts_with
        assert roll_of(clock, date(2026, 1, 1)) is clock.roll
        assert not clock.pauses_on or clock.force is Force.PRACTICABLE
        if clock.parameter is not None:
            assert parameter(clock.parameter, date(2026, 1, 1)).citation == clock.citation
    assert [c.code for c in clocks_for("appeal")] == ["denial_appeal_determination", "sanction_appeal_determination"]
    assert {c.code for c in clocks() if c.duty_of is Duty.PARTICIPANT} == {
        "denial_appeal_filing",
        "sanction_appeal_filing",
    }
    with pytest.raises(KeyError, match="no clock 'tea'"):
        clock_of("tea")


def test_what_pauses_a_clock_leads_to_where_it_is_resumed() -> None:
    for clock in clocks():
        assert bool(clock.pauses_on) == bool(clock.resumes_with)
        for command, _ in clock.pauses_on:
            stops = {t for move in procedure_of(clock.applies_to).moves_by(command) for t in move.targets}
            for resume in clock.resumes_with:
                assert {move.source for move in procedure_of(clock.applies_to).moves_by(resume)} == stops


def test_only_determinations_meet_the_clocks_of_a_case() -> None:
    for clock in (CERTIFICATION, VALIDATION):
        table = procedure_of(clock.applies_to)
        for command in (*clock.ends_with, *clock.moot_with):
            assert all(target in table.final for move in table.moves_by(command) for target in move.targets)


def test_force_is_data() -> None:
    assert {c.code for c in clocks() if c.force is Force.PRACTICABLE} == {"tier_1_certification", "tier_2_validation"}
    assert [c.code for c in clocks() if c.force is Force.NOT_LESS_THAN] == ["revalidation"]


@given(CLOCK, DAYS, st.integers(0, 400))
def test_a_later_start_is_never_due_earlier(clock: Clock, start: date, n: int) -> None:
    assert due(clock, start).due_on <= due(clock, start + timedelta(days=n)).due_on


@given(CLOCK, DAYS)
def test_a_roll_is_never_earlier_and_lands_on_a_business_day(clock: Clock, start: date) -> None:
    forward = due(clock, start, terms=terms_with(roll_agency_duty="forward"))
    kept = due(clock, start, terms=terms_with(roll_participant_right="keep"))
    assert forward.due_on >= forward.unrolled_on == kept.unrolled_on
    assert is_business_day(forward.due_on)
    assert (forward.due_on == forward.unrolled_on) == is_business_day(forward.unrolled_on)
    assert bool([n for n in forward.notes if "no business day" in str(n)]) == (forward.due_on != forward.unrolled_on)
    if clock.duty_of is Duty.PARTICIPANT:
        assert kept.due_on == kept.unrolled_on
    assert roll_of(clock, start, terms_with(roll_agency_duty="forward")) is Roll.FORWARD


@given(st.sampled_from([CERTIFICATION, VALIDATION]), DAYS, st.integers(0, 89), st.integers(0, 900))
def test_a_pause_of_n_days_moves_the_day_by_n(clock: Clock, start: date, after: int, n: int) -> None:
    begins = start + timedelta(days=after)
    plain = due(clock, start)
    paused = due(clock, start, pauses=[pause(begins, begins + timedelta(days=n))])
    assert (paused.unrolled_on - plain.unrolled_on).days == n == paused.paused_days
    assert bool([note for note in paused.notes if "Paused days added" in str(note)]) == (n > 0)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 20))), max_size=6),
)
def test_merged_pauses_cover_the_same_days_once(spans: list[tuple[int, int | None]]) -> None:
    base = date(2026, 1, 1)
    end = 200

    def days(pauses: list[Pause]) -> set[int]:
        found: set[int] = set()
        for one in pauses:
            found |= set(range((one.from_ - base).days + 1, ((one.to - base).days if one.to else end) + 1))
        return found

    given_pauses = [
        pause(base + timedelta(days=a), None if n is None else base + timedelta(days=a + n)) for a, n in spans
    ]
    merged = merge_pauses(given_pauses)
    assert days(list(merged)) == days(given_pauses)
    for earlier, later in itertools.pairwise(merged):
        assert earlier.to is not None
        assert earlier.to < later.from_
    assert merge_pauses(merged) == merged


def test_pauses_in_and_around_the_days_of_the_clock() -> None:
    start = date(2026, 1, 1)  # due 1 April
    overlapping = [pause(date(2026, 1, 10), date(2026, 1, 20), "first"), pause(date(2026, 1, 15), date(2026, 1, 25))]
    found = due(CERTIFICATION, start, pauses=overlapping)
    assert (found.due_on, found.paused_days) == (date(2026, 4, 16), 15)
    assert [p.reason for p in found.pauses] == ["first"]
    before = due(CERTIFICATION, start, pauses=[pause(date(2025, 12, 1), date(2026, 1, 1))])
    assert (before.due_on, before.pauses) == (date(2026, 4, 1), ())
    across = due(CERTIFICATION, start, pauses=[pause(date(2025, 12, 1), date(2026, 1, 6))])
    assert across.due_on == date(2026, 4, 6)
    too_late = due(CERTIFICATION, start, pauses=[pause(date(2026, 4, 1), date(2026, 5, 1))])
    assert (too_late.due_on, too_late.pauses) == (date(2026, 4, 1), ())
    extended = [pause(date(2026, 3, 1), date(2026, 3, 11)), pause(date(2026, 4, 5), date(2026, 4, 6))]
    assert due(CERTIFICATION, start, pauses=extended).due_on == date(2026, 4, 12)
    still = due(CERTIFICATION, start, pauses=[pause(date(2026, 2, 1), None)])
    assert still.due_on == date(2026, 4, 1)
    assert still.open_pause is not None
    assert found.open_pause is None


def test_pauses_come_only_from_what_the_clock_allows() -> None:
    day = date(2026, 1, 1)
    for clock in clocks():
        if not clock.pauses_on:
            with pytest.raises(PauseRefused, match="knows no pause"):
                due(clock, date(2026, 1, 1), pauses=[pause(day, day)])
    assert pausing_commands(CERTIFICATION, day) == ()
    assert pausing_commands(CERTIFICATION, day, terms_with(clock_while_returned="pauses")) == ("ReturnForCorrection",)
    assert pausing_commands(VALIDATION, day) == ("BlockValidation",)
    with pytest.raises(ValueError, match="cannot end on 2026-01-01 before it begins on 2026-01-02"):
        pause(date(2026, 1, 2), day)


@pytest.mark.clause("6 USC 965(a)")
def test_one_year_from_29_february() -> None:
    leap_day = date(2024, 2, 29)
    default = due(VALIDATION, leap_day)
    assert default.due_on == date(2025, 2, 28)
    assert "2025 has no 29 February: 2025-02-28 stands for it." in [str(note) for note in default.notes]
    assert due(VALIDATION, leap_day, leap=LeapRule.FIRST_OF_MARCH).due_on == date(2025, 3, 1)
    assert due(VALIDATION, leap_day, terms=terms_with(leap_agency_duty="first_of_march")).due_on == date(2025, 3, 1)


def test_periods_of_one_year_read_as_such() -> None:
    rule = due(clock_of("revalidation"), date(2026, 1, 5)).rule
    assert str(rule) == "Once in each period of 4 years following 2026-01-05."
    assert str(due(VALIDATION, date(2026, 1, 5)).rule) == "One year after 2026-01-05."
    assert str(due(clock_of("tier_3_criteria"), ENACTED).rule) == "2 years after 2006-10-13."
