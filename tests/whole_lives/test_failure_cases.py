"""The failure cases of whole lives, by name: each has a test, and full benefits never come before a check (RC-09)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenlane.casework import replay
from greenlane.participants.benefits import benefits_on
from greenlane.participants.queries import participant_of
from greenlane.programs.queries import terms_of
from greenlane.validation.commands_decision import ValidateTierTwo
from greenlane.validation.queries import open_validations
from tests.companies import Company
from tests.desk import Desk
from tests.validation.steps import certified, noticed, recommended, reported, validation_desk, visited

TESTS = Path(__file__).parents[1]
CASES = ("06", "09", "11", "16", "17", "18", "20", "21", "22", "25", "26")


@pytest.mark.parametrize("number", CASES)
def test_every_failure_case_of_whole_lives_has_a_test_of_its_name(number: str) -> None:
    named = re.compile(rf"^def test_rc_{number}_\w+\(", re.MULTILINE)
    assert any(named.search(path.read_text()) for path in TESTS.rglob("test_*.py")), f"RC-{number} has no test"


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    desk = validation_desk()
    desk.prove = False
    yield desk
    replay.check()


def ranks(company: Company, desk: Desk) -> set[int]:
    """The tiers whose benefits the company has today."""
    found = benefits_on(participant_of(company.participant), desk.today)
    return {status.benefit.from_rank for status in found if status.given}


@pytest.mark.clause("6 USC 964(a)", "6 USC 965(b)", "6 USC 966(c)")
def test_rc_09_no_benefit_of_a_tier_is_given_before_the_check_of_that_tier(desk: Desk) -> None:
    """An applicant has none; who is certified has the first tier's until the very decision on the validation."""
    newcomer = Company(desk, "nia", name="Newcomer Invented").register()
    assert ranks(newcomer, desk) == set()
    company, case = certified(desk)
    assert ranks(company, desk) == {1}
    early = ValidateTierTwo(case_id=case)
    desk.refused(early, by="sue")
    noticed(desk, company, case)
    desk.refused(early, by="sue")
    visited(desk, case)
    desk.refused(early, by="sue")
    reported(desk, company, case)
    desk.refused(early, by="sue")
    assert ranks(company, desk) == {1}


@pytest.mark.clause("6 USC 965(b)")
def test_rc_09_the_benefits_of_tier_two_begin_with_the_decision_and_those_of_tier_three_not(desk: Desk) -> None:
    company, case = certified(desk)
    recommended(desk, company, case)
    desk.refused(ValidateTierTwo(case_id=case), by="sam")
    assert ranks(company, desk) == {1}
    desk.must(ValidateTierTwo(case_id=case), by="sue")
    assert ranks(company, desk) == {1, 2}
    assert {benefit.from_rank for benefit in terms_of("ctpat", desk.today).benefits} == {1, 2, 3}
    assert not open_validations(company.participant).filter(purpose="tier_two").exists()
