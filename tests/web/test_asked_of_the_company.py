"""The first thing on the company's home is what a case asks of it; a form sent twice is no fault (963(3), 971(c))."""

from __future__ import annotations

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse

from greenlane.casework.models import Case
from greenlane.web.staff.case_head import Head
from tests.web.lives_stage import Lives, lives

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.base_urls")]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Lives:
    return lives(monkeypatch)


def test_the_home_leads_to_the_report_that_waits_for_an_answer(told: Lives) -> None:
    client, home = told.client(told.company.officer), reverse("web:trader-home", args=[told.company.participant])
    case = reverse("web:trader-case", kwargs={"participant": told.company.participant, "key": told.validation})
    for state, words in (("reported", "Answer the report"), ("noticed", "Prepare the visit")):
        Case.objects.filter(pk=told.validation).update(state=state)
        first = client.get(home).content.decode().partition("Days left")[0]
        assert words in first
        assert case in first
    Case.objects.filter(pk=told.validation).update(state="validated")
    assert "Prepare the visit" not in client.get(home).content.decode()


def test_a_calendar_address_asked_for_twice_by_one_form_is_shown_once_and_no_fault(told: Lives) -> None:
    client, form = told.client("sam"), {"_key": str(uuid4())}
    for _ in range(2):
        answer = client.post(reverse("web:calendar-feed-open"), form)
        assert answer.status_code == 302
    assert "/calendar/feed/" in client.get(reverse("web:calendar")).content.decode()
    assert client.post(reverse("web:calendar-feed-open"), form).status_code == 302
    assert "already sent" in client.get(reverse("web:calendar")).content.decode()
    assert client.post(reverse("web:calendar-feed-open"), {"_key": "\x00<script>"}).status_code == 302
    assert client.post(reverse("web:calendar-feed-close"), {"_key": "\x00<script>"}).status_code == 302


def test_the_way_back_from_a_case_leads_only_where_the_reader_may_go(told: Lives) -> None:
    assert reverse("web:work") in told.client("sam").get(reverse("web:case", args=[told.validation])).content.decode()
    for outsider in (False, True):
        viewer = SimpleNamespace(is_staff=not outsider)
        way = Head.crumbs.fget(SimpleNamespace(viewer=viewer, case=SimpleNamespace(reference="VAL-1")))  # type: ignore[attr-defined]
        assert (way[0].href == reverse("web:work")) is not outsider
