"""The 1-year voluntary pilot: plan, consultation, start, end, report from records (6 USC 968(a)-(c), (i))."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from greenlane.casework.models import Case, Deadline, Notice
from greenlane.law.authority import Office
from greenlane.law.s968 import COMMITTEE
from greenlane.validation.commands_decision import ValidateTierTwo
from greenlane.validators.commands_pilot import (
    AdoptPilotPlan,
    CompletePilot,
    RecordPilotConsultation,
    StartPilot,
    SubmitPilotPlanReport,
)
from greenlane.validators.models import PilotProgramme
from greenlane.validators.pilot_figures import pilot_figures
from greenlane.validators.queries import pilot_until, running_pilot
from tests.companies import found_programme
from tests.desk import Desk
from tests.validators.steps import LATE, Engaged, engaged, planned_pilot, recommended, validators_desk

pytestmark = pytest.mark.django_db

PLAN = AdoptPilotPlan(title="A pilot", feasibility="F.", costs="C.", benefits="B.", voluntary=True)
WORDS = {
    "results": "Reports were sound.",
    "proprietary_information": "No breach.",
    "cost": "As counted.",
    "efficiency": "As counted.",
    "validation_rate": "A little more.",
    "national_security": "No impact found.",
    "recommendations": "Continue.",
}


@pytest.fixture
def desk() -> Desk:
    desk = Desk(prove=False)
    found_programme(desk)
    desk.person("max", Office.PROGRAMME_MANAGER)
    desk.person("sue", Office.SUPERVISOR)
    return desk


def state(case: UUID) -> str:
    return Case.objects.get(pk=case).state


@pytest.mark.clause("6 USC 968(a)")
def test_the_plan_is_for_a_one_year_voluntary_pilot_that_assesses_all_three(desk: Desk) -> None:
    desk.refused(replace(PLAN, costs=" "), by="max", code="assesses_all", cite="6 USC 968(a)")
    desk.refused(replace(PLAN, years=2), by="max", code="one_year")
    desk.refused(replace(PLAN, voluntary=False), by="max", code="voluntary")
    desk.refused(replace(PLAN, title=""), by="max", code="title_given")
    desk.refused(replace(PLAN, benefits="x" * 10_001), by="max", code="plan_fits")
    assert desk.refused(PLAN, by="sue").step == "authority"
    desk.must(PLAN, by="max")
    desk.refused(PLAN, by="max", code="one_pilot")


@pytest.mark.clause("6 USC 968(b)")
def test_the_report_on_the_plan_follows_the_consultations(desk: Desk) -> None:
    case = desk.must(PLAN, by="max").case_id
    assert case is not None
    report = SubmitPilotPlanReport(case_id=case, text="Planned.", lateness_reason=LATE)
    desk.refused(report, by="max", code="stakeholders_consulted", cite="6 USC 968(b)")
    ahead = RecordPilotConsultation(case_id=case, who=COMMITTEE, closed_on=desk.today + timedelta(days=1))
    desk.refused(ahead, by="max", code="consultation_closed")
    desk.must(replace(ahead, closed_on=desk.today), by="max")
    desk.refused(report, by="max", code="stakeholders_consulted")
    desk.must(replace(ahead, who="Invented Importers' Union", closed_on=desk.today), by="max")
    desk.refused(replace(report, lateness_reason=""), by="max", code="lateness")
    desk.refused(replace(report, text=""), by="max", code="text_given")
    start = StartPilot(case_id=case)
    desk.refused(start, by="max", code="plan_reported")
    desk.must(report, by="max")
    due = Deadline.objects.get(case_id=case, clock="consultation_report")
    assert due.due_on == date(2007, 2, 10)  # 120 days after enactment
    assert state(case) == "reported"


@pytest.mark.clause("6 USC 968(c)(1)")
@pytest.mark.clause("6 USC 968(c)")
def test_the_pilot_starts_within_a_year_of_the_consultations_and_lasts_a_year(desk: Desk) -> None:
    desk.prove = True
    case = planned_pilot(desk)
    desk.today += timedelta(days=366)
    desk.refused(StartPilot(case_id=case), by="max", code="lateness")
    desk.must(StartPilot(case_id=case, lateness_reason="A government had to agree."), by="max")
    pilot = PilotProgramme.objects.get()
    assert pilot_until(pilot) == desk.today.replace(year=desk.today.year + 1)
    assert running_pilot("ctpat") == pilot
    assert pilot_until(None) is None
    assert {row.clock for row in Deadline.objects.filter(case_id=case)} == {
        "consultation_report",
        "pilot_start",
        "pilot_end",
        "pilot_report",
    }
    report = CompletePilot(case_id=case, **WORDS)
    answer = desk.refused(report, by="max", code="pilot_over", cite="6 USC 968(i)")
    assert {r.where for r in answer.verdict.failing if r.code == "part_complete"}  # nothing is on record yet


@pytest.mark.clause("6 USC 968(i)")
@pytest.mark.clause("6 USC 968(i)(1)")
@pytest.mark.clause("6 USC 968(i)(2)")
@pytest.mark.clause("6 USC 968(i)(3)")
@pytest.mark.clause("6 USC 968(i)(4)")
@pytest.mark.clause("6 USC 968(i)(5)")
def test_the_report_on_the_pilot_is_a_document_with_figures_counted_from_records() -> None:
    desk = validators_desk()
    desk.prove = False
    one: Engaged = engaged(desk)
    pilot = PilotProgramme.objects.get()
    one.ready().authorize().begin()
    desk.today += timedelta(days=4)
    first = one.report().findings[0].number
    one.submit(unmet=first).accept()
    recommended(one, unmet=first)
    report = CompletePilot(case_id=pilot.pk, **WORDS)
    answer = desk.refused(report, by="max", code="part_complete", cite="6 USC 968(i)(3)")
    assert [r.where for r in answer.verdict.failing if r.code == "part_complete"] == ["validation_rate"]  # none decided
    desk.must(ValidateTierTwo(case_id=one.validation), by="sue")
    desk.today = (pilot_until(pilot) or desk.today) + timedelta(days=31)
    desk.refused(report, by="max", code="lateness", cite="6 USC 968(i)")
    desk.today -= timedelta(days=1)
    desk.refused(replace(report, recommendations=""), by="max", code="part_complete", cite="6 USC 968(i)(5)")
    figures = {f.name: f for part in pilot_figures(pilot, desk.today).values() for f in part}
    assert {name: figures[name].value for name in ("reports", "accepted", "total_cost", "mean_hours", "mean_days")} == {
        "reports": "1",
        "accepted": "1",
        "total_cost": "3000",
        "mean_hours": "40",
        "mean_days": "4",
    }
    assert (figures["not_met"].value, figures["decided"].value, figures["share"].value) == ("1", "1", "100")
    assert figures["reports"].records == (one.engagement,)
    desk.must(report, by="max")
    assert state(pilot.pk) == "completed"
    [letter] = Notice.objects.filter(case_id=pilot.pk, template="pilot_report")
    assert "3000" in str(letter.body)
    assert Deadline.objects.get(case_id=pilot.pk, clock="pilot_report").met_on == desk.today
    desk.must(replace(PLAN, title="Another"), by="max")
