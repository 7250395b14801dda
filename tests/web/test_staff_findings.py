"""The sheets of a visit on their pages: findings and inspections, nothing ticked beforehand (6 USC 965(a))."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from greenlane.validation import queries
from greenlane.validation.inspection_points import SEVEN_POINT
from greenlane.validation.models import CriterionFinding, Inspection, Visit
from tests.validation.steps import visited
from tests.web.lives_stage import Lives, lives

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.base_urls")]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Lives:
    made = lives(monkeypatch)
    visited(made.desk, made.validation)
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.desk.at)
    return made


@pytest.mark.clause("6 USC 965(a)")
def test_rc_05_nothing_is_ticked_until_a_person_finds(told: Lives) -> None:
    sam = told.client("sam")
    path = reverse("web:case-findings", args=[told.validation])
    page = sam.get(path + "?category=open")
    assert page.status_code == 200
    assert not re.search(rb'type="radio"[^>]*\schecked', page.content)
    asked = queries.criteria_asked(queries.validation_of(told.validation), told.desk.today)
    first, second = asked[0].number, asked[1].number
    sent = {"_key": str(uuid4()), f"finding-{first}": "not_met", f"note-{first}": "", f"finding-{second}": "met"}
    refused = sam.post(path + "?category=open", sent)
    assert refused.status_code == 422
    assert not CriterionFinding.objects.exists()
    answer = sam.post(path + "?category=open", {**sent, "_key": str(uuid4()), f"note-{first}": "The log has gaps."})
    assert answer.status_code == 302
    assert dict(CriterionFinding.objects.values_list("number", "finding")) == {first: "not_met", second: "met"}


@pytest.mark.clause("6 USC 965(a)")
def test_an_inspection_is_recorded_point_by_point(told: Lives) -> None:
    sam = told.client("sam")
    path = reverse("web:case-inspection", args=[told.validation])
    assert b"Front wall" in sam.get(path).content
    assert b"Fifth wheel" in sam.get(path + "?kind=seventeen_point").content
    visit = Visit.objects.filter(validation_id=told.validation).exclude(visited_on=None).order_by("pk")[0]
    sent = {
        "kind": "seven_point",
        "visit_id": str(visit.pk),
        "what": "QZXU 123456 7",
        "inspected_on": str(visit.visited_on),
        **{f"result-{code}": "ok" for code in SEVEN_POINT.codes[1:]},
    }
    refused = sam.post(path, {**sent, "_key": str(uuid4())})
    assert refused.status_code == 422
    assert "front_wall" in refused.content.decode()
    whole = {**sent, f"result-{SEVEN_POINT.codes[0]}": "ok", "_key": str(uuid4())}
    assert sam.post(path, whole).status_code == 302
    assert Inspection.objects.get().what == "QZXU 123456 7"


@pytest.mark.clause("6 USC 971(c)")
def test_the_sheets_are_for_the_programme(told: Lives) -> None:
    for name in ("case-findings", "case-inspection"):
        answer = told.client(told.company.officer).get(reverse(f"web:{name}", args=[told.validation]))
        assert answer.status_code in (403, 404)
