"""On PostgreSQL a plan, a goal, an incident, an end and a publication are each decided once (6 USC 967, 971(b))."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from greenlane.casework.models import Case
from greenlane.consequences.commands_incident import BeginIncidentReview, ConcludeIncident, ReportIncident
from greenlane.consequences.commands_plan import (
    AcceptCorrectivePlan,
    AcceptGoal,
    ProposeCorrectivePlan,
    ReportGoalDone,
    ReturnCorrectivePlan,
    ReturnGoal,
)
from greenlane.consequences.commands_return import EndConsequence, PublishConsequence
from greenlane.consequences.entries_incident import AgreedAction
from greenlane.consequences.entries_plan import Goal
from greenlane.consequences.models import Consequence, Incident
from greenlane.law.authority import Office
from greenlane.participants.benefits import stood_on
from tests.companies import Company
from tests.consequences.steps import SEALS, denied, expelled, planned, suspended, upload
from tests.desk import Desk
from tests.support.kept import kept
from tests.support.racing import Turn, the_only_one, told
from tests.validation.steps import certified, validation_desk

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
Scene = tuple[UUID, list[Turn]]


@pytest.fixture
def desk() -> Desk:
    desk = validation_desk()
    desk.prove = False
    return desk


@pytest.fixture
def company(desk: Desk) -> Company:
    return certified(desk)[0]


@kept
def reported(desk: Desk, company: Company) -> UUID:
    """An incident that Sam reviews."""
    what = {"what": "A seal was broken.", "happened_on": desk.today, "place": "Mile 7 of an invented road"}
    case = desk.must(ReportIncident(participant_id=company.participant, **what), by="ada").case_id  # type: ignore[arg-type]
    assert case is not None
    desk.must(BeginIncidentReview(case_id=case), by="sam")
    return case


def plan(desk: Desk, company: Company) -> Scene:
    case = denied(desk, company, ("score_reduction",))
    ahead = Goal(goal="Check each seal.", goal_on=desk.today + timedelta(days=5))
    desk.must(ProposeCorrectivePlan(case_id=case, goals=(ahead,)), by="ada")
    accept, back = AcceptCorrectivePlan(case_id=case), ReturnCorrectivePlan(case_id=case, reason="Who checks them?")
    return case, [(accept, "sue"), (back, "both"), (accept, "both"), (back, "sue")]


def goal(desk: Desk, company: Company) -> Scene:
    case = denied(desk, company, ("score_reduction",))
    planned(desk, company, case, 10)
    paper = upload(desk, case, "Log", by="ada")
    desk.must(ReportGoalDone(case_id=case, number=1, report="Checked.", documents=(paper,)), by="ada")
    accept, back = AcceptGoal(case_id=case, number=1), ReturnGoal(case_id=case, number=1, reason="It ends in May.")
    return case, [(accept, "sam"), (back, "sue"), (accept, "sue"), (back, "sam")]


def publication(desk: Desk, company: Company) -> Scene:
    case = suspended(desk, company)
    for name in ("pam", "pim"):
        desk.person(name, Office.PROGRAMME_MANAGER)
    desk.today += timedelta(days=40)
    return case, [(PublishConsequence(case_id=case, publication=f"91 FR {n}"), n) for n in ("pam", "pim")]


def end(desk: Desk, company: Company) -> Scene:
    case = expelled(desk, company, days=100)
    desk.today += timedelta(days=101)
    return case, [(EndConsequence(case_id=case, reason=f"Over, says {name}."), name) for name in ("sue", "both")]


def incident(desk: Desk, company: Company) -> Scene:
    case = reported(desk, company)
    agreed = (AgreedAction(action="Use bolt seals.", done_by=desk.today + timedelta(days=30)),)
    more = {"failures": (SEALS,), "benefits": ("score_reduction",)}
    return case, [
        (ConcludeIncident(case_id=case, outcome="corrective_actions", conclusion="Agreed.", actions=agreed), "sam"),
        (ConcludeIncident(case_id=case, outcome="consequence", conclusion="Not checked.", **more), "sue"),  # type: ignore[arg-type]
        (ConcludeIncident(case_id=case, outcome="no_action", conclusion="Nothing was missing."), "sam"),
    ]


@pytest.mark.clause("6 USC 967(a)")
@pytest.mark.clause("6 USC 967(b)")
@pytest.mark.clause("6 USC 971(b)")
@pytest.mark.parametrize(
    ("scene", "refused", "kinds"),
    [
        (plan, "plan_waits", ("CorrectivePlanAccepted", "CorrectivePlanReturned")),
        (goal, "goal_reported", ("GoalAccepted", "GoalReturned")),
        (publication, "published_once", ("ConsequencePublished",)),
        (end, "procedure", ("ConsequenceEnded",)),
        (incident, "procedure", ("IncidentConcluded",)),
    ],
)
def test_of_decisions_that_race_one_is_on_record(
    desk: Desk, company: Company, scene: Callable[[Desk, Company], Scene], refused: str, kinds: tuple[str, ...]
) -> None:
    case, turns = scene(desk, company)
    won = the_only_one(desk, *turns, refused=refused)
    assert sum(told(case, f"consequences.{kind}") for kind in kinds) == 1
    row = Consequence.objects.filter(pk=case).first()
    if scene is plan:
        assert row is not None
        assert (row.plan_accepted_on is not None) is (won == "AcceptCorrectivePlan")
    elif scene is goal:
        assert row is not None
        assert (row.goals.get().done_on is not None) is (won == "AcceptGoal")
    elif scene is publication:
        assert row is not None
        assert row.published_on == desk.today
    elif scene is end:
        assert Case.objects.get(pk=case).state == "ended"
        assert stood_on(company.participant, desk.today).standing == "withdrawn"
    else:
        outcome = Incident.objects.get(pk=case).outcome
        assert Case.objects.get(pk=case).state == ("agreed" if outcome == "corrective_actions" else "concluded")
        assert Consequence.objects.filter(because_of=case).count() == int(outcome == "consequence")
