"""19 USC 4311: no release while anybody holds, overlap in figures, what was promised and what was given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law import t19_4311 as law
from tests.law.terms_for_tests import terms_with

AGENCIES = ("customs", "food", "plants")
ANSWERS = st.lists(
    st.builds(law.AgencyAnswer, st.sampled_from(AGENCIES), st.sampled_from(list(law.Answer))), max_size=9
)


@pytest.mark.clause("19 USC 4311(b)(4)(A)")
@given(answers=ANSWERS, authorities=st.sets(st.sampled_from(AGENCIES)))
def test_rc_23_released_only_when_every_agency_last_said_may_proceed(
    answers: list[law.AgencyAnswer], authorities: set[str]
) -> None:
    last = {a.agency: a.answer for a in answers}
    facts = law.ReleaseFacts("C-1", tuple(sorted(authorities)), tuple(answers))
    expected = bool(authorities) and set(last) == authorities and set(last.values()) == {law.Answer.MAY_PROCEED}
    assert law.may_release(facts).granted is expected


@pytest.mark.clause("19 USC 4311(b)(4)(D)")
@given(
    rank=st.integers(0, 3), holds=st.lists(st.just("food"), max_size=1), threats=st.lists(st.just("report"), max_size=1)
)
def test_a_hold_or_a_threat_wins_over_any_standing(rank: int, holds: list[str], threats: list[str]) -> None:
    terms = terms_with()  # this programme has two tiers
    facts = law.ComplianceFacts("Ferry", rank, True, (), tuple(holds), tuple(threats))
    assert law.may_clear_immediately(facts, terms).granted is (rank >= 2 and not holds and not threats)


@pytest.mark.clause("19 USC 4311(b)(3)")
def test_the_overlap_in_figures_and_what_each_member_would_gain_and_owe() -> None:
    pact = law.ProgrammeBody("pact", ("R1", "R2"), ("B1",), ("Anchor", "Barge"))
    league = law.ProgrammeBody("league", ("R2", "R3"), ("B2",), ("Barge", "Crane"))
    figures = law.overlap(pact, league)
    assert (figures.shared_requirements, figures.only_first, figures.only_second) == (("R2",), ("R1",), ("R3",))
    assert (figures.in_both, figures.members) == (("Barge",), 3)
    assert dict(figures.gain) == {"Anchor": ("B2",), "Barge": (), "Crane": ("B1",)}
    assert dict(figures.burden) == {"Anchor": ("R3",), "Barge": (), "Crane": ("R1",)}


@pytest.mark.clause("19 USC 4311(c)(3)")
def test_the_overlap_of_november_2012_is_a_count_of_participants() -> None:
    first = tuple(law.Membership(f"P{i}", "pact") for i in range(10_500))
    second = tuple(law.Membership(f"P{i}", "assessment") for i in range(250))
    assert law.enrolled_in_more_than_one(first + second) == 250


@pytest.mark.clause("19 USC 4311(b)(5)")
def test_rc_19_the_same_promise_is_counted_for_each_participant_and_each_benefit_once() -> None:
    accounts = (
        law.BenefitAccount("Anchor", ("B1", "B2", "B2"), ("B1",)),
        law.BenefitAccount("Barge", ("B1", "B2"), ("B2", "B1", "B9")),
    )
    (failing,) = law.benefits_are_provided(law.ProvisionFacts(accounts)).failing
    assert str(failing.sentence) == "Anchor: 1 of 2 promised benefits were not given: B2."


@pytest.mark.clause("19 USC 4311(b)(4)(C)")
def test_the_highest_version_in_force_counts() -> None:
    def version(number: int, accepted: str, since: date) -> law.AgencyCriteria:
        criteria = (law.ReleaseCriterion("C1", "status", (accepted,)),)
        return law.AgencyCriteria("food", "certificate", number, since, None, "dora", criteria)

    facts = law.ExpediteFacts(
        "C-1",
        ("certificate",),
        (law.Field("status", "old"),),
        (version(2, "new", date(2026, 6, 1)), version(1, "old", date(2026, 1, 1))),
    )
    assert law.may_expedite(facts, date(2026, 5, 31)).granted
    assert not law.may_expedite(facts, date(2026, 6, 1)).granted
    assert not law.may_expedite(replace(facts, criteria=()), date(2026, 6, 1)).granted


@pytest.mark.clause("19 USC 4311(c)")
@given(year=st.integers(1990, 2100))
def test_the_report_is_due_every_year_from_2016(year: int) -> None:
    due = law.partnership_report_due(year)
    assert due == (None if year < 2016 else date(2016, 8, 22) if year == 2016 else date(year, 12, 31))
