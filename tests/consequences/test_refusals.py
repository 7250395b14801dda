"""What the commands of a consequence refuse beyond the usual way, each under its clause (6 USC 967)."""

from __future__ import annotations

from uuid import uuid4

import pytest

from greenlane.casework.models import Case
from greenlane.consequences.commands_appeal import RemandConsequence, restored
from greenlane.consequences.commands_emergency import GiveEmergencyNotice
from greenlane.consequences.models import Consequence
from tests.companies import Company
from tests.consequences.steps import acted, denied
from tests.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.mark.clause("6 USC 967(a)")
def test_a_denial_that_was_sent_back_gets_no_notice_of_an_emergency(desk: Desk, company: Company) -> None:
    case = denied(desk, company, ("score_reduction",))
    desk.must(RemandConsequence(case_id=case, appeal_id=uuid4(), reasons="Read the log."))
    notice = GiveEmergencyNotice(case_id=case, message="We acted at once.")
    desk.refused(notice, by="sue", code="emergency_in_force", cite="6 USC 967(a)")
    assert Consequence.objects.get(pk=case).emergency_notice_on is None


@pytest.mark.clause("6 USC 967(c)")
def test_nothing_returns_where_nothing_was_taken(desk: Desk, company: Company) -> None:
    row = Consequence.objects.get(pk=acted(desk, company))
    assert restored(row).holds
    row.lost_on = None
    why = restored(row)
    assert (why.holds, why.code, why.citation.cite) == (False, "restored_from_the_day_lost", "6 USC 967(c)")
    assert Case.objects.get(pk=row.pk).state == "emergency"
