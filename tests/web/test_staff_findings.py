"""The sheets of a visit on their pages: findings and inspections, nothing ticked beforehand (6 USC 965(a))."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from greenlane.casework.models import Document
from greenlane.validation import queries
from greenlane.validation.inspection_points import SEVEN_POINT
from greenlane.validation.models import CriterionFinding, Inspection, Visit
from tests.records import files
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


@pytest.mark.clause("6 USC 965(a)", "6 USC 971(c)")
def test_a_photo_of_a_visit_is_handed_in_with_it_and_is_evidence_of_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    made = lives(monkeypatch)
    row = Visit.objects.filter(validation_id=made.validation).order_by("planned_from", "pk")[0]
    assert row.planned_to is not None
    made.desk.today = row.planned_to
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.desk.at)
    sam = made.client("sam")
    give = reverse("web:case-give", args=[made.validation, "RecordVisit"])
    days = {f"visited_on_{part}": getattr(row.planned_from, part) for part in ("year", "month", "day")}
    days |= {f"visited_to_{part}": getattr(row.planned_to, part) for part in ("year", "month", "day")}
    sent = {"visit_id": str(row.pk), "mode": "on_site", "persons_met": "Ada Invented, Vice President", **days}
    broken = SimpleUploadedFile("gate.png", files.png()[:20] + b"<script>", "image/png")
    refused = sam.post(give, {**sent, "documents__file": broken, "_key": str(uuid4())})
    assert refused.status_code == 422
    photo = SimpleUploadedFile("gate.png", files.png(), "image/png")
    answer = sam.post(give, {**sent, "documents__file": photo, "documents__title": "The gate", "_key": str(uuid4())})
    assert answer.status_code == 302, answer.content.decode()
    [kept] = Document.objects.filter(case_id=made.validation, title="The gate")
    row.refresh_from_db()
    assert row.documents == [str(kept.pk)]
    criterion = queries.criteria_asked(queries.validation_of(made.validation), made.desk.today)[0].number
    found = {f"finding-{criterion}": "met", f"evidence-{criterion}": str(kept.pk), "_key": str(uuid4())}
    sam.post(reverse("web:case-findings", args=[made.validation]) + "?category=open", found)
    assert CriterionFinding.objects.get().evidence == [str(kept.pk)]
    shown = sam.get(reverse("web:document", args=[kept.pk]))
    assert (shown["Content-Type"], b"".join(shown.streaming_content)) == ("image/png", files.png())
