"""What the room of third parties refuses beyond the usual way, each under its clause (6 USC 968)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from greenlane.casework.models import Case
from greenlane.participants.models import Participant
from greenlane.validation.commands_decision import ValidateTierTwo
from greenlane.validators.commands_insurance import SetInsuranceLimits
from greenlane.validators.commands_pilot import StartPilot
from greenlane.validators.commands_report import AcceptThirdPartyReport, RejectThirdPartyReport
from greenlane.validators.models import Certificate, PilotProgramme
from tests.desk import Desk
from tests.validators.steps import certificate, engaged, planned_pilot, recommended, validators_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = validators_desk()
    desk.prove = False
    return desk


@pytest.mark.clause("6 USC 968(d)(2)(B)")
def test_conditions_of_insurance_are_kept_whole(desk: Desk) -> None:
    case = certificate(desk)
    long = SetInsuranceLimits(case_id=case, since=desk.today, reason="Many visits.", conditions="x" * 10_001)
    desk.refused(long, by="max", code="conditions_fit", cite="6 USC 968(d)(2)(B)")
    assert "xx" not in "".join(Certificate.objects.get(pk=case).limits.values_list("conditions", flat=True))


@pytest.mark.clause("6 USC 968(c)(1)")
def test_one_pilot_runs_at_a_time(desk: Desk) -> None:
    """A second plan is not even adopted meanwhile; its start asks all the same."""
    planned = planned_pilot(desk)
    other = PilotProgramme.objects.get(pk=planned)
    other.pk, other.started_on, other.until = uuid4(), desk.today, desk.today + timedelta(days=365)
    other.save(force_insert=True)
    desk.refused(StartPilot(case_id=planned), by="max", code="one_at_a_time", cite="6 USC 968(c)(1)")
    other.delete()
    desk.must(StartPilot(case_id=planned), by="max")


@pytest.mark.clause("6 USC 968(c)(2)")
def test_a_validation_that_is_past_its_visits_takes_no_report(desk: Desk) -> None:
    one = engaged(desk).ready().authorize().begin().submit()
    Case.objects.filter(pk=one.validation).update(state="reported")
    accept = AcceptThirdPartyReport(case_id=one.engagement)
    desk.refused(accept, by="sam", code="validation_takes_it", cite="6 USC 968(c)(2)")
    desk.must(RejectThirdPartyReport(case_id=one.engagement, reason="It came too late."), by="sue")


@pytest.mark.clause("6 USC 968(g)(2)(B)")
def test_rc_20_no_report_of_a_revoked_validator_is_accepted_or_becomes_a_tier(desk: Desk) -> None:
    """Revocation discounts visits and ends engagements; the two decisions ask for themselves all the same."""
    one = engaged(desk).ready().authorize()
    desk.today += timedelta(days=1)  # the second vetting comes after certification
    one.begin().submit()
    rows = Certificate.objects.filter(pk=one.certificate)
    before = rows.values("outcome", "ended_on").get()
    revoked = {"outcome": "revoked", "ended_on": desk.today}
    rows.update(**revoked)
    accept = AcceptThirdPartyReport(case_id=one.engagement)
    desk.refused(accept, by="sam", code="validator_not_revoked", cite="6 USC 968(g)(2)(B)")
    rows.update(**before)
    one.accept()
    recommended(one)
    rows.update(**revoked)
    decide = ValidateTierTwo(case_id=one.validation)
    desk.refused(decide, by="sue", code="validator_not_revoked", cite="6 USC 968(g)(2)(B)")
    assert Participant.objects.get(pk=one.company.participant).tier == 1
