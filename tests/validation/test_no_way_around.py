"""Notice is not dated back or shortened, and who visited does not decide (6 USC 965(a), 965(c), 971(a))."""

from __future__ import annotations

from copy import copy
from datetime import timedelta

import pytest

from greenlane.casework.models import Case
from greenlane.law.authority import Office
from greenlane.people.commands import GrantOffice
from greenlane.validation.commands_actions import AnswerValidationReport
from greenlane.validation.commands_decision import ValidateTierTwo
from greenlane.validation.commands_locations import ChooseLocations
from greenlane.validation.commands_notice import GiveValidationNotice
from greenlane.validation.commands_visits import RecordVisit
from greenlane.validation.facts import validation_facts
from greenlane.validation.models import Validation, Visit
from tests.desk import Desk
from tests.validation.steps import NOTICE, certified, locations, noticed, recommended, reported, team

pytestmark = pytest.mark.django_db


@pytest.mark.clause("6 USC 965(c)")
def test_a_notice_counts_on_the_day_on_which_it_is_given(desk: Desk) -> None:
    company, case = certified(desk)
    team(desk, case)
    soon = desk.today + NOTICE
    desk.must(ChooseLocations(case_id=case, locations=locations(company, soon)), by="sam")
    back, desk.today = desk.today, desk.today + timedelta(days=20)
    answer = desk.give(GiveValidationNotice(case_id=case, purpose="See the yard."), by="sam", on=back)
    assert [(r.code, r.citation.cite) for r in answer.verdict.failing] == [("counts_today", "6 USC 965(c)")]


@pytest.mark.clause("6 USC 965(c)")
def test_no_visit_before_the_days_of_the_notice_and_no_message_is_cut(desk: Desk) -> None:
    company, case = certified(desk)
    noticed(desk, company, case)
    row = Visit.objects.filter(validation_id=case).order_by("pk")[0]
    desk.today += timedelta(days=2)
    early = RecordVisit(
        case_id=case,
        visit_id=row.pk,
        mode="on_site",
        visited_on=desk.today,
        visited_to=desk.today,
        persons_met=("Ada Invented, Vice President",),
    )
    desk.refused(early, by="sam", code="not_before_the_days_of_the_notice", cite="6 USC 965(c)")
    reported(desk, company, case)
    long = AnswerValidationReport(case_id=case, answers=(), message="x" * 5001)
    desk.refused(long, by=company.officer, code="message_fits")


@pytest.mark.clause("6 USC 971(a)")
@pytest.mark.clause("6 USC 965(a)")
def test_a_member_of_the_team_does_not_decide_and_an_earlier_vetting_is_no_second_one(desk: Desk) -> None:
    company, case = certified(desk)
    recommended(desk, company, case)
    desk.must(GrantOffice(account_id=desk.people["stu"], office=Office.SUPERVISOR))
    desk.refused(ValidateTierTwo(case_id=case), by="stu", code="decider_not_of_the_team", cite="6 USC 971(a)")
    row = Validation.objects.select_related("participant").get(pk=case)
    planned_later = copy(row)
    planned_later.planned_on = desk.today + timedelta(days=1)  # that vetting was of an earlier validation then
    now, later = (
        validation_facts(
            one, Case.objects.get(pk=case), decided_by=desk.people["sue"], lateness_reason="", on=desk.today
        ).second_vetting
        for one in (row, planned_later)
    )
    assert now != later
    desk.must(ValidateTierTwo(case_id=case), by="sue")
