"""What cannot be taken back is asked twice; a validator reads its own certificate's entries (6 USC 968, 971)."""

from __future__ import annotations

from datetime import UTC, datetime, time
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from greenlane.casework.models import Case
from greenlane.law.authority import Office
from greenlane.people.models import Account
from greenlane.records.models import Entry
from tests.desk import Desk
from tests.validators.steps import certificate, validators_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = validators_desk()
    desk.prove = False
    day = datetime.combine(desk.today, time(16, 30), UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: day)
    return desk


def client(desk: Desk, name: str) -> Client:
    signed_in = Client()
    signed_in.force_login(Account.objects.get(pk=desk.people[name]))
    return signed_in


def state(case: UUID) -> str:
    return Case.objects.get(pk=case).state


@pytest.mark.clause("6 USC 971(b)")
def test_a_certificate_is_given_up_only_by_a_second_word(desk: Desk) -> None:
    case, before = certificate(desk), Entry.objects.count()
    val = client(desk, "val")
    address, was = reverse("web:case-give", args=[case, "SurrenderCertificate"]), state(case)
    asked = val.post(address, {"case_id": str(case), "reason": "We close <soon>."})
    page = asked.content.decode()
    assert asked.status_code == 200
    assert "Are you sure?" in page
    assert "Every open engagement ends" in page
    assert 'name="_sure" value="yes"' in page
    assert "We close &lt;soon&gt;." in page
    assert (state(case), Entry.objects.count()) == (was, before)
    assert val.post(address, {"case_id": str(case), "reason": "We close.", "_sure": "yes"}).status_code == 302
    assert state(case) != was


@pytest.mark.clause("6 USC 971(c)")
def test_a_validator_opens_the_entries_of_its_own_certificate_and_nobody_elses(desk: Desk) -> None:
    case = certificate(desk)
    entries = Entry.objects.filter(subject=case, audience="participant")
    assert entries.exists()
    desk.person("other", Office.VALIDATOR)
    for key in entries.values_list("uid", flat=True):
        address = reverse("web:entry", args=[key])
        assert client(desk, "val").get(address).status_code == 200
        assert client(desk, "other").get(address).status_code == 404
