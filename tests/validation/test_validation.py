"""From certification to the second tier: notice, visit, findings, report, second vetting, decision (6 USC 965)."""

from __future__ import annotations

import pytest

from greenlane.casework.models import Case, Deadline, Notice
from greenlane.participants.models import Participant
from greenlane.validation import queries
from greenlane.validation.models import Validation
from tests.desk import Desk
from tests.validation.steps import certified, validated

pytestmark = pytest.mark.django_db


@pytest.mark.clause("6 USC 965")
@pytest.mark.clause("6 USC 965(a)")
@pytest.mark.clause("6 USC 965(b)")
@pytest.mark.clause("6 USC 965(c)")
def test_a_certified_company_is_visited_reported_vetted_again_and_validated(desk: Desk) -> None:
    company, case = certified(desk)
    certified_on = desk.today
    assert Case.objects.get(pk=case).state == "planned"
    [clock] = Deadline.objects.filter(case_id=case)
    assert (clock.clock, clock.started_on, clock.met_on) == ("tier_2_validation", certified_on, None)
    validated(desk, company)
    participant = Participant.objects.get(pk=company.participant)
    assert (participant.standing, participant.tier, participant.certified_on) == ("certified", 2, certified_on)
    row = Validation.objects.get(pk=case)
    assert (row.outcome, row.decided_on, row.late, row.guidelines, row.schedule) == (
        "validated",
        desk.today,
        False,
        "V-1",
        "S-1",
    )
    clocks = {d.clock: d for d in Deadline.objects.filter(case_id=case)}
    assert clocks["tier_2_validation"].met_on == desk.today
    assert clocks["visit"].met_on is not None
    letters = set(Notice.objects.filter(case_id=case).values_list("template", flat=True))
    assert letters == {"validation_notice", "validation_report", "validation_decided"}
    assert not queries.open_actions(company.participant, desk.today).exists()
