"""969: the grid of periods and a ranking that is the same for the same inputs."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law import s969
from tests.law.terms_for_tests import terms_with

TERMS = terms_with()
FACTORS = (
    s969.RiskFactor("volume", "Entries.", "release records", 3),
    s969.RiskFactor("anomalies", "Anomalies.", "findings", 5),
)


def candidate(name: str, volume: int, anomalies: int, ends: date = date(2028, 1, 1)) -> s969.Candidate:
    return s969.Candidate(name, (s969.Score("volume", volume), s969.Score("anomalies", anomalies)), ends)


CANDIDATES = st.lists(
    st.builds(candidate, st.text("abc", min_size=1, max_size=3), st.integers(0, 100), st.integers(0, 100)),
    unique_by=lambda c: c.participant,
    max_size=8,
)


@pytest.mark.clause("6 USC 969(2)")
@given(candidates=CANDIDATES, data=st.data())
def test_rc_02_the_same_inputs_in_any_order_give_the_same_ranking(
    candidates: list[s969.Candidate], data: st.DataObject
) -> None:
    ranked = s969.ranking(FACTORS, tuple(candidates))
    assert s969.ranking(FACTORS, tuple(data.draw(st.permutations(candidates)))) == ranked
    assert [r.place for r in ranked] == list(range(1, len(candidates) + 1))
    assert [r.total for r in ranked] == sorted((r.total for r in ranked), reverse=True)
    assert all(r.total == sum(value for _, value in r.contributions) for r in ranked)


@pytest.mark.clause("6 USC 969(2)")
@pytest.mark.parametrize(
    ("scores", "says"),
    [
        ((s969.Score("volume", 1),), "anomalies is not measured"),
        ((s969.Score("volume", 1), s969.Score("anomalies", 101)), "outside 0-100"),
        ((s969.Score("volume", 1), s969.Score("anomalies", 1), s969.Score("mood", 1)), "not a published criterion"),
        ((s969.Score("volume", 1), s969.Score("anomalies", 1), s969.Score("anomalies", 2)), "measured twice"),
    ],
)
def test_a_candidate_that_is_not_measured_by_the_published_criteria_is_refused(
    scores: tuple[s969.Score, ...], says: str
) -> None:
    with pytest.raises(s969.ScoreRefused, match=says):
        s969.ranking(FACTORS, (s969.Candidate("Ferry", scores, date(2028, 1, 1)),))


@pytest.mark.clause("6 USC 969(2)")
@given(initial=st.dates(date(2007, 1, 1), date(2040, 1, 1)), periods=st.integers(1, 4))
def test_a_revalidation_in_each_period_meets_the_law_and_one_left_out_does_not(initial: date, periods: int) -> None:
    none = s969.RevalidationFacts("Ferry", 2, initial, ())
    ends = [s969.revalidation_due(none, initial, TERMS)]
    for _ in range(periods):
        ends.append(s969.revalidation_due(none, date.fromordinal(ends[-1].toordinal() + 1), TERMS))
    days = tuple(end for end in ends[:-1])
    on = date.fromordinal(ends[-2].toordinal() + 1)
    assert s969.revalidated_in_each_period(s969.RevalidationFacts("Ferry", 2, initial, days), on, TERMS).granted
    left_out = s969.RevalidationFacts("Ferry", 2, initial, days[:-1])
    assert not s969.revalidated_in_each_period(left_out, on, TERMS).granted


@pytest.mark.clause("6 USC 969(1)")
def test_rc_21_blocked_is_neither_confirmed_nor_refused() -> None:
    for outcome in (s969.CONFIRMED, s969.REFUSED):
        facts = s969.ClosingFacts(
            "Ferry", 2, date(2022, 1, 1), outcome, None, (), ("9.1",) * (outcome == s969.REFUSED), "a", "b", "No visa."
        )
        assert [r.code for r in s969.may_close_revalidation(facts, date(2026, 1, 1)).failing] == ["visited"]


@pytest.mark.clause("6 USC 969(1)")
def test_rc_06_no_confirmation_with_a_required_action_open() -> None:
    facts = s969.ClosingFacts(
        "Ferry", 2, date(2022, 1, 1), s969.CONFIRMED, date(2025, 12, 1), ("A-1", "A-2"), (), "a", "b"
    )
    failing = s969.may_close_revalidation(facts, date(2026, 1, 1)).failing
    assert [(r.code, r.where) for r in failing] == [("no_action_open", "A-1")]


@pytest.mark.clause("6 USC 969(3)(B)")
@given(count=st.integers(1, 5000), each=st.integers(1, 400), hours=st.integers(1, 2000))
def test_personnel_needed_is_the_least_number_that_suffices(count: int, each: int, hours: int) -> None:
    needed = s969.personnel_needed(s969.RevalidationPlanFacts(2027, (), 0, count, each, hours, 0, ""))
    assert (needed - 1) * hours < count * each <= needed * hours
