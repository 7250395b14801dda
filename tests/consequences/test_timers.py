"""What the calendar does to consequences (6 USC 967(a))."""

from __future__ import annotations

from datetime import timedelta

import pytest

from greenlane.casework.models import Case
from greenlane.consequences.commands_notice import GiveConsequenceNotice
from greenlane.consequences.models import Consequence
from greenlane.consequences.timers import response_periods_end
from tests.companies import Company
from tests.consequences.steps import opened
from tests.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.mark.clause("6 USC 967(a)")
def test_a_period_to_respond_ends_by_itself_and_not_on_its_last_day(desk: Desk, company: Company) -> None:
    case = opened(desk, company, "denial", ("score_reduction",))
    desk.must(GiveConsequenceNotice(case_id=case, message="We propose the following."), by="sam")
    desk.today += timedelta(days=30)
    assert list(response_periods_end(desk.today)) == []
    desk.today += timedelta(days=1)
    [command] = response_periods_end(desk.today)
    desk.must(command)
    assert Case.objects.get(pk=case).state == "responded"
    assert Consequence.objects.get(pk=case).response_ended_on == desk.today
    assert list(response_periods_end(desk.today)) == []
