"""What the panels and the interface show of a consequence and an incident, and to whom (6 USC 967, 971(c))."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.template import engines
from django.test.utils import CaptureQueriesContext

from greenlane.api import authority
from greenlane.casework.models import Case, Notice
from greenlane.consequences.commands_incident import ReportIncident
from greenlane.consequences.commands_notice import GiveConsequenceNotice
from greenlane.people.visibility import viewer_of
from greenlane.web.panels.registry import shown
from tests.api.client import caller
from tests.companies import Company
from tests.consequences.steps import acted, denied, opened, planned, suspended
from tests.desk import Desk

pytestmark = pytest.mark.django_db


def page(desk: Desk, case: UUID, name: str) -> str:
    row = Case.objects.get(pk=case)
    viewer = viewer_of(desk.people[name], desk.today)
    with CaptureQueriesContext(connection) as seen:
        panel = shown(row, viewer, desk.today)
    assert len(seen) <= 9, [query["sql"][:120] for query in seen]
    assert panel is not None
    return engines["django"].from_string("{% include panel.template %}").render({"panel": panel})


@pytest.mark.clause("6 USC 971(c)")
def test_the_company_reads_the_grounds_when_it_has_notice(desk: Desk, company: Company) -> None:
    case = opened(desk, company, "denial", ("score_reduction",))
    assert "Seals are not checked." in page(desk, case, "sam")
    before = page(desk, case, "ada")
    assert "Seals are not checked." not in before
    assert "You will get notice in writing" in before
    desk.must(GiveConsequenceNotice(case_id=case, message="We propose the following."), by="sam")
    after = page(desk, case, "ada")
    assert "Seals are not checked." in after
    assert "Photo of the gate" in after
    assert "Reduced targeting score" in after


@pytest.mark.clause("6 USC 967(a)")
def test_a_decision_shows_its_plan_and_its_last_days(desk: Desk, company: Company) -> None:
    case = denied(desk, company, ("score_reduction",))
    planned(desk, company, case, 20)
    for name in ("sue", "ada"):
        text = page(desk, case, name)
        assert "Goal in 20 days." in text
        assert "Appeal of a denial of benefits" in text
    other = suspended(desk, company)
    assert "The gate is watched day and night." in page(desk, other, "ada")


@pytest.mark.clause("6 USC 971(c)")
def test_the_grounds_of_an_emergency_are_shown_to_staff_alone(desk: Desk, company: Company) -> None:
    case = acted(desk, company)
    assert "Invented threat" in page(desk, case, "sue")
    assert "Invented threat" not in page(desk, case, "ada")


@pytest.mark.clause("6 USC 971(c)")
def test_an_incident_is_read_by_both_sides(desk: Desk, company: Company) -> None:
    command = ReportIncident(
        participant_id=company.participant, what="A theft.", happened_on=desk.today, place="Dock Seven"
    )
    case = desk.must(command, by="ada").case_id
    assert case is not None
    assert all("A theft." in page(desk, case, name) for name in ("sam", "ada"))


@pytest.mark.clause("6 USC 967(a)")
def test_the_letters_name_evidence_benefits_and_the_right_to_appeal(desk: Desk, company: Company) -> None:
    case = denied(desk, company, ("score_reduction",))
    letters = {row.template: str(row.body) for row in Notice.objects.filter(case_id=case)}
    assert {"consequence_notice", "consequence_reply", "consequence_decided"} <= set(letters)
    assert "Photo of the gate" in letters["consequence_notice"]
    assert "You may appeal until" in letters["consequence_decided"]
    assert "Reduced targeting score" in letters["consequence_decided"]


@pytest.mark.clause("6 USC 971(c)")
def test_the_interface_keeps_a_consequence_from_the_company_until_its_notice(
    desk: Desk, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authority, "now", lambda: desk.at)
    case = opened(desk, company, "denial", ("score_reduction",))
    desk.person("mallory")
    own, staff, stranger = caller(desk, "ada"), caller(desk, "sam"), caller(desk, "mallory")
    assert own.get("/consequences").json()["items"] == []
    assert own.get(f"/consequences/{case}").status_code == 404
    assert staff.get(f"/consequences/{case}").json()["failures"][0]["requirement"] == "6 USC 963(3)"
    desk.must(GiveConsequenceNotice(case_id=case, message="We propose the following."), by="sam")
    body = own.get(f"/consequences/{case}").json()
    assert body["failures"][0]["found"] == "Seals are not checked."
    assert {"note", "grounds", "recommended"}.isdisjoint(body)
    assert stranger.get(f"/consequences/{case}").status_code == 404
    reported = own.give(
        "ReportIncident",
        key="incident-1",
        participant_id=company.participant,
        what="A theft.",
        happened_on=desk.today,
        place="Dock Seven",
    )
    assert reported.status_code in (200, 201), reported.content
    assert own.get("/incidents").json()["items"][0]["place"] == "Dock Seven"
    assert stranger.get("/incidents").json()["items"] == []
