"""Nobody decides alone: who recommends, decides, accepts a plan or a goal of it is not who decides next (971(a))."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from greenlane.casework.registry import Command
from greenlane.consequences.commands_appeal import RemandConsequence
from greenlane.consequences.commands_plan import AcceptGoal, ReportGoalDone
from greenlane.consequences.commands_remanded import DecideAnew
from greenlane.consequences.commands_return import ReinstateParticipant, RestoreBenefits
from greenlane.law.authority import Office
from greenlane.participants.benefits import stood_on
from greenlane.people.delegation import DelegateOffice
from tests.companies import Company
from tests.consequences.steps import denied, given, planned, suspended, upload
from tests.desk import Desk

pytestmark = pytest.mark.django_db
OWN = {"code": "second_person", "cite": "6 USC 971(a)"}


def lent(desk: Desk, lender: str, borrower: str) -> None:
    """The office of supervisor, lent for some days from today."""
    loan = DelegateOffice(
        delegate_id=desk.people[borrower],
        office=Office.SUPERVISOR,
        from_day=desk.today,
        to_day=desk.today + timedelta(days=9),
        reason="On leave.",
    )
    desk.must(loan, by=lender)


def done(desk: Desk, case: UUID, by: str) -> None:
    """The first goal, reported done by the company and accepted by a person of the programme."""
    paper = upload(desk, case, "The log", by="ada")
    desk.must(ReportGoalDone(case_id=case, number=1, report="Done.", documents=(paper,)), by="ada")
    desk.must(AcceptGoal(case_id=case, number=1), by=by)


def returns_by_another(desk: Desk, back: Command, *part: str) -> None:
    """None of those with a part gives it, by no office that they lent; a loan from somebody else will do."""
    for name in part:
        desk.refused(back, by=name, **OWN)
    desk.person("pat", Office.SPECIALIST)
    lent(desk, part[0], "pat")
    desk.refused(back, by="pat", **OWN)
    desk.person("third", Office.SUPERVISOR)
    lent(desk, "third", "pat")
    desk.must(back, by="pat")


@pytest.mark.clause("6 USC 971(a)")
def test_who_accepted_the_plan_or_a_goal_does_not_restore_the_benefits(desk: Desk, company: Company) -> None:
    case = denied(desk, company, ("score_reduction",))
    planned(desk, company, case, 5)  # Sue accepts the plan
    done(desk, case, by="both")
    desk.today += timedelta(days=5)
    returns_by_another(desk, RestoreBenefits(case_id=case, reason="Kept."), "sue", "both")
    assert "score_reduction" in given(company, desk.today)


@pytest.mark.clause("6 USC 971(a)")
@pytest.mark.clause("6 USC 967(b)")
def test_who_accepted_the_plan_or_a_goal_does_not_reinstate(desk: Desk, company: Company) -> None:
    case = suspended(desk, company, days=40)
    planned(desk, company, case, 5)
    done(desk, case, by="both")
    desk.today += timedelta(days=41)
    returns_by_another(desk, ReinstateParticipant(case_id=case, reason="Kept."), "sue", "both")
    assert stood_on(company.participant, desk.today).standing == "certified"


@pytest.mark.clause("6 USC 971(a)")
@pytest.mark.clause("6 USC 967(c)")
def test_no_office_that_the_first_decider_lent_decides_anew(desk: Desk, company: Company) -> None:
    case = denied(desk, company, ("score_reduction",))
    desk.must(RemandConsequence(case_id=case, appeal_id=uuid4(), reasons="Read the log."))
    returns_by_another(desk, DecideAnew(case_id=case, outcome="confirmed", reasons="Read."), "sue")
    assert "score_reduction" not in given(company, desk.today)
