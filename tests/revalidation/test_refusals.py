"""What revalidation refuses beyond the usual way, each under its clause (6 USC 969, 971(a)(3))."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from greenlane.revalidation.commands_deciding import ConfirmTier
from greenlane.revalidation.commands_periods import CountRevalidation
from greenlane.validation.models import Validation
from tests.desk import Desk
from tests.revalidation import stage
from tests.revalidation.test_revalidation import ready, selected

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = stage.validating_desk()
    desk.prove = False
    return desk


@pytest.mark.clause("6 USC 969(2)")
def test_nothing_before_the_initial_validation_is_counted_as_a_revalidation(desk: Desk) -> None:
    company = ready(desk)
    row = stage.periods(company)
    before = CountRevalidation(case_id=row.pk, revalidation_id=uuid4(), closed_on=row.initial_on - timedelta(days=1))
    desk.refused(before, code="follows_the_initial_validation", cite="6 USC 969(2)")
    assert stage.periods(company).closings == []


@pytest.mark.clause("6 USC 969(1)")
@pytest.mark.clause("6 USC 971(a)(3)")
def test_a_tier_is_confirmed_on_every_required_step_of_the_work(desk: Desk) -> None:
    company = ready(desk)
    case = selected(desk, company)
    stage.recommended(desk, company, case)
    team = Validation.objects.get(pk=case).team
    Validation.objects.filter(pk=case).update(team=team[:1])
    desk.refused(ConfirmTier(case_id=case), by="sue", code="steps_done", cite="6 USC 971(a)(3)")
    Validation.objects.filter(pk=case).update(team=team)
    desk.must(ConfirmTier(case_id=case), by="sue")
