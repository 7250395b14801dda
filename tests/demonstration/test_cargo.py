"""The cargo of the demonstration: decided by commands, answered by agencies; a policy waits (6 USC 964(a))."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from greenlane.demonstration import cargo
from greenlane.demonstration.building import SEED
from greenlane.demonstration.company import Company
from greenlane.demonstration.lists import lists_again
from greenlane.demonstration.programme import founding
from greenlane.demonstration.stage import Stage
from greenlane.release.models import CurrentEntry, ReleaseDecision, ReleaseMessage, ReleasePolicy

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
TODAY = date(2026, 6, 15)


@pytest.mark.clause("6 USC 964(a)", "19 USC 4311(b)(4)(A)")
def test_entries_are_decided_and_answered_and_a_policy_waits_for_its_second_person() -> None:
    stage = Stage(today=TODAY - timedelta(days=60), until=TODAY, seed=SEED)
    stage.begin(founding(stage), stage.today)
    stage.begin(lists_again(stage), stage.today)
    for serial, kind in enumerate(("importer", "customs_broker", "sea_carrier", "foreign_manufacturer")):
        company = Company(stage, serial, kind, "received", Random(serial))
        stage.begin(company.live(), TODAY - timedelta(days=55))
    stage.begin(cargo.cargo(stage), TODAY - timedelta(days=25))
    stage.play()
    assert set(ReleasePolicy.objects.values_list("version", "status")) == {(1, "published"), (2, "draft")}
    assert ReleasePolicy.objects.get(version=2).simulation is not None
    assert ReleaseDecision.objects.filter(because="answered").exists()
    assert {"released"} <= set(ReleaseMessage.objects.values_list("kind", flat=True))
    assert set(CurrentEntry.objects.values_list("government", flat=True)) == {0, 1, 2}
    parties = [row.inputs for row in ReleaseDecision.objects.all()]
    assert any(one["importer"] for one in parties) or any(one["maker"] for one in parties)
