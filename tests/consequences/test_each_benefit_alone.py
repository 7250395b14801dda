"""Each benefit of each tier is denied alone, and all the others stay (6 USC 967(a))."""

from __future__ import annotations

from datetime import timedelta

import pytest

from greenlane.participants.commands_standing import SetStanding
from greenlane.programs.packs_schema import PACKS, load_pack
from tests.companies import Company
from tests.consequences.steps import denied, given
from tests.desk import Desk

pytestmark = pytest.mark.django_db
BENEFITS = [benefit["code"] for benefit in load_pack(PACKS / "ctpat" / "pack.yaml")["benefits"]]


@pytest.mark.clause("6 USC 967(a)")
@pytest.mark.parametrize("benefit", BENEFITS)
def test_each_benefit_is_denied_alone_and_the_others_stay(desk: Desk, company: Company, benefit: str) -> None:
    desk.prove = False
    desk.must(SetStanding(participant_id=company.participant, standing="certified", tier=3, reason="6 USC 966"))
    before = given(company, desk.today)
    assert benefit in before
    denied(desk, company, (benefit,))
    assert given(company, desk.today) == given(company, desk.today + timedelta(days=400)) == before - {benefit}
