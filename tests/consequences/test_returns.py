"""Plans, restoration, reinstatement, the end of a period, and what an appeal does, each from its day (6 USC 967)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from greenlane.casework.models import Case, Deadline, Notice
from greenlane.consequences.commands_appeal import (
    CloseConsequence,
    RecordAppealFiled,
    ReduceConsequence,
    RemandConsequence,
    ReverseConsequence,
)
from greenlane.consequences.commands_plan import (
    AcceptCorrectivePlan,
    AcceptGoal,
    ProposeCorrectivePlan,
    ReportGoalDone,
    ReturnCorrectivePlan,
    ReturnGoal,
)
from greenlane.consequences.commands_remanded import DecideAnew
from greenlane.consequences.commands_return import (
    EndConsequence,
    PublishConsequence,
    ReinstateParticipant,
    RestoreBenefits,
)
from greenlane.consequences.entries_plan import Goal
from greenlane.consequences.models import Consequence
from greenlane.consequences.queries import sanctioned
from greenlane.participants.benefits import denied_on, stood_on
from greenlane.participants.commands_standing import SetStanding
from tests.companies import Company
from tests.consequences.steps import acted, denied, expelled, given, planned, suspended, upload
from tests.desk import Desk

pytestmark = pytest.mark.django_db
FIRST_TIER = {"score_reduction", "assigned_specialist", "programme_training", "dedicated_lanes"}


def done(desk: Desk, case: UUID, number: int = 1) -> None:
    paper = upload(desk, case, f"Goal {number}", by="ada")
    desk.must(ReportGoalDone(case_id=case, number=number, report="Done.", documents=(paper,)), by="ada")
    desk.must(AcceptGoal(case_id=case, number=number), by="sam")


@pytest.mark.clause("6 USC 967(a)")
def test_denied_benefits_return_on_the_day_of_restoration(desk: Desk, company: Company) -> None:
    case = denied(desk, company, ("score_reduction", "dedicated_lanes"))
    restore = RestoreBenefits(case_id=case, reason="Seals are checked again.")
    desk.refused(restore, by="sue", code="plan_with_dated_goals", cite="6 USC 967(a)")
    planned(desk, company, case, 10, 60)
    assert Deadline.objects.get(case_id=case, clock="corrective_goal").due_on == desk.today + timedelta(days=10)
    desk.today += timedelta(days=10)
    desk.refused(restore, by="sue", code="goals_kept")
    done(desk, case)
    desk.refused(ReinstateParticipant(case_id=case, reason="-"), by="sue", code="fits_the_measure")
    desk.refused(EndConsequence(case_id=case, reason="-"), by="sue", code="fits_the_measure")
    desk.must(restore, by="both")
    day = desk.today
    assert given(company, day - timedelta(days=1)) == FIRST_TIER - {"score_reduction", "dedicated_lanes"}
    assert given(company, day) == given(company, day + timedelta(days=1)) == FIRST_TIER
    assert Case.objects.get(pk=case).state == "ended"
    assert Notice.objects.filter(case_id=case, template="consequence_ended").exists()
    desk.must(CloseConsequence(case_id=case, reason="The time to appeal is over."))
    assert not Deadline.objects.filter(case_id=case).exists()


@pytest.mark.clause("6 USC 967(a)")
def test_a_plan_has_dated_goals_and_an_answer(desk: Desk, company: Company) -> None:
    case = denied(desk, company, ("score_reduction",))
    ahead = Goal(goal="Check each seal.", goal_on=desk.today + timedelta(days=5))
    plan = ProposeCorrectivePlan(case_id=case, goals=(ahead,))
    desk.refused(AcceptCorrectivePlan(case_id=case), by="sue", code="plan_waits")
    desk.refused(replace(plan, goals=()), by="ada", code="plan_with_dated_goals")
    desk.refused(replace(plan, goals=(replace(ahead, goal_on=None),)), by="ada", code="plan_with_dated_goals")
    desk.refused(replace(plan, goals=(replace(ahead, goal=" "),)), by="ada", code="text_given")
    past = replace(ahead, goal_on=desk.today - timedelta(days=1))
    desk.refused(replace(plan, goals=(past,)), by="ada", code="goals_ahead")
    desk.must(plan, by="ada")
    desk.must(ReturnCorrectivePlan(case_id=case, reason="Who checks them?"), by="sue")
    desk.refused(AcceptCorrectivePlan(case_id=case), by="sue", code="plan_waits")
    desk.must(plan, by="ada")
    desk.must(AcceptCorrectivePlan(case_id=case), by="sue")
    desk.refused(plan, by="ada", code="not_accepted_yet")


@pytest.mark.clause("6 USC 967(a)")
def test_a_goal_is_done_with_documents_and_somebody_accepts_it(desk: Desk, company: Company) -> None:
    case = denied(desk, company, ("score_reduction",))
    planned(desk, company, case, 10)
    paper = upload(desk, case, "Log", by="ada")
    report = ReportGoalDone(case_id=case, number=1, report="Checked.", documents=(paper,))
    desk.refused(replace(report, number=2), by="ada", code="goal_open")
    desk.refused(replace(report, documents=()), by="ada", code="documents_named")
    desk.refused(replace(report, documents=(UUID(int=9),)), by="ada", code="documents_on_file")
    desk.refused(AcceptGoal(case_id=case, number=1), by="sam", code="goal_reported")
    desk.must(report, by="ada")
    desk.must(ReturnGoal(case_id=case, number=1, reason="The log ends in May."), by="sam")
    desk.refused(AcceptGoal(case_id=case, number=1), by="sam", code="goal_reported")
    desk.must(report, by="ada")
    reported = desk.today
    desk.today += timedelta(days=20)
    desk.must(AcceptGoal(case_id=case, number=1), by="sam")
    assert Consequence.objects.get(pk=case).goals.get().done_on == reported  # the company was in time
    desk.must(RestoreBenefits(case_id=case, reason="Kept."), by="both")


# --------------------------------------------------------------------------------------------- reinstatement


@pytest.mark.clause("6 USC 967(b)")
def test_a_suspended_company_returns_after_its_period_in_the_tier_that_it_held(desk: Desk, company: Company) -> None:
    desk.must(SetStanding(participant_id=company.participant, standing="certified", tier=2, reason="Test"))
    case = suspended(desk, company, days=100)
    lost = desk.today
    planned(desk, company, case, 30)
    done(desk, case)
    back = ReinstateParticipant(case_id=case, reason="The plan is kept.")
    desk.today = lost + timedelta(days=100)
    desk.refused(back, by="sue", code="period_over", cite="6 USC 967(b)")
    desk.today += timedelta(days=1)
    desk.refused(EndConsequence(case_id=case, reason="-"), by="sue", code="no_way_back_on_a_plan")
    desk.must(back, by="both")
    stood = stood_on(company.participant, desk.today)
    assert (stood.standing, stood.tier) == ("certified", 2)
    assert stood_on(company.participant, desk.today - timedelta(days=1)).standing == "suspended"
    assert stood_on(company.participant, lost - timedelta(days=1)).tier == 2
    assert Deadline.objects.get(case_id=case, clock="sanction_end").met_on == desk.today


@pytest.mark.clause("6 USC 967(b)")
def test_a_period_that_ends_without_a_plan_leaves_the_company_free_to_apply(desk: Desk, company: Company) -> None:
    case = suspended(desk, company, days=60)
    end = EndConsequence(case_id=case, reason="No plan came.")
    lost = desk.today
    desk.today = lost + timedelta(days=61)
    desk.refused(end, by="sue", code="time_for_a_plan_over", cite="6 USC 967(b)")
    desk.today = lost + timedelta(days=91)
    plan = ProposeCorrectivePlan(case_id=case, goals=(Goal(goal="Guard.", goal_on=desk.today + timedelta(days=9)),))
    desk.must(plan, by="ada")
    desk.refused(end, by="sue", code="plan_answered")
    desk.must(ReturnCorrectivePlan(case_id=case, reason="Nobody is named."), by="sue")
    desk.must(end, by="sue")
    stood = stood_on(company.participant, desk.today)
    assert (stood.standing, stood.tier) == ("withdrawn", 0)
    assert given(company, desk.today) == set()


@pytest.mark.clause("6 USC 967(b)")
def test_an_expelled_company_does_not_return_on_a_plan(desk: Desk, company: Company) -> None:
    case = expelled(desk, company, days=100)
    desk.refused(ReinstateParticipant(case_id=case, reason="-"), by="sue", code="fits_the_measure")
    desk.refused(EndConsequence(case_id=case, reason="Over."), by="sue", code="period_over")
    desk.today += timedelta(days=101)
    desk.must(EndConsequence(case_id=case, reason="Over."), by="sue")
    assert stood_on(company.participant, desk.today).standing == "withdrawn"


@pytest.mark.clause("6 USC 967(b)")
def test_only_a_sanction_is_published_and_once(desk: Desk, company: Company) -> None:
    boss = PublishConsequence(case_id=denied(desk, company, ("score_reduction",)), publication="91 FR 1")
    desk.refused(boss, code="suspended_or_expelled", cite="6 USC 967(b)")
    case = suspended(desk, company)
    desk.refused(PublishConsequence(case_id=case, publication="91 FR 1"), code="time_to_appeal_over")
    desk.today += timedelta(days=40)
    desk.refused(PublishConsequence(case_id=case, publication="x" * 201), code="text_given")
    desk.must(PublishConsequence(case_id=case, publication="91 FR 1"))
    desk.refused(PublishConsequence(case_id=case, publication="91 FR 2"), code="published_once")
    assert [row.pk for row in sanctioned("ctpat")] == [case]


# ---------------------------------------------------------------------------------------- after an appeal


@pytest.mark.clause("6 USC 967(c)")
def test_a_reversal_restores_status_and_benefits_from_the_day_they_were_lost(desk: Desk, company: Company) -> None:
    case = suspended(desk, company)
    lost, known = desk.today, desk.at
    desk.must(RecordAppealFiled(case_id=case, appeal_id=uuid4(), filed_on=lost))
    desk.refused(RecordAppealFiled(case_id=case, appeal_id=uuid4(), filed_on=lost), code="first_appeal")
    assert Deadline.objects.get(case_id=case, clock="sanction_appeal_filing").met_on == lost
    desk.today += timedelta(days=100)
    desk.must(ReverseConsequence(case_id=case, appeal_id=uuid4()))
    for day in (lost - timedelta(days=1), lost, lost + timedelta(days=50), desk.today):
        assert given(company, day) == FIRST_TIER, day
    assert stood_on(company.participant, lost, at=known).standing == "suspended"  # as it was known then
    assert not sanctioned("ctpat").exists()
    assert Case.objects.get(pk=case).state == "reversed"


@pytest.mark.clause("6 USC 967(c)")
def test_a_reversed_suspension_leaves_a_later_expulsion_and_a_tier_of_the_meantime(
    desk: Desk, company: Company
) -> None:
    first = suspended(desk, company)
    lost = desk.today
    desk.today += timedelta(days=20)
    second = expelled(desk, company)
    expelled_on = desk.today
    desk.today += timedelta(days=20)
    desk.must(ReverseConsequence(case_id=first, appeal_id=uuid4()))
    stands = [stood_on(company.participant, day).standing for day in (lost, expelled_on, desk.today)]
    assert stands == ["certified", "expelled", "expelled"]
    desk.today += timedelta(days=20)
    desk.must(ReverseConsequence(case_id=second, appeal_id=uuid4()))
    stands = [stood_on(company.participant, day).standing for day in (lost, expelled_on, desk.today)]
    assert stands == ["certified", "certified", "certified"]
    assert given(company, desk.today) == FIRST_TIER


@pytest.mark.clause("6 USC 967(c)")
def test_a_reversal_after_the_end_undoes_the_end_as_well(desk: Desk, company: Company) -> None:
    case = expelled(desk, company, days=10)
    lost = desk.today
    desk.today += timedelta(days=11)
    desk.must(EndConsequence(case_id=case, reason="Over."), by="sue")
    desk.must(ReverseConsequence(case_id=case, appeal_id=uuid4()))
    assert {stood_on(company.participant, d).standing for d in (lost, desk.today)} == {"certified"}


@pytest.mark.clause("6 USC 967(c)")
def test_a_reduced_denial_gives_back_from_its_day_and_not_before(desk: Desk, company: Company) -> None:
    case = denied(desk, company, ("score_reduction", "dedicated_lanes"))
    lost = desk.today
    desk.today += timedelta(days=50)
    less = ReduceConsequence(case_id=case, appeal_id=uuid4(), benefits=("dedicated_lanes",), modified_to="Lanes only.")
    for wrong in (("score_reduction", "dedicated_lanes"), (), ("assigned_specialist",)):
        desk.refused(replace(less, benefits=wrong), code="fewer_benefits", cite="6 USC 967(c)(1)")
    desk.must(less)
    assert given(company, desk.today) == FIRST_TIER - {"dedicated_lanes"}
    assert given(company, lost) == FIRST_TIER - {"dedicated_lanes", "score_reduction"}


@pytest.mark.clause("6 USC 967(c)")
def test_a_sanction_is_reduced_to_a_shorter_or_lighter_one(desk: Desk, company: Company) -> None:
    case = expelled(desk, company, days=400)
    until = desk.today + timedelta(days=400)
    less = ReduceConsequence(case_id=case, appeal_id=uuid4(), modified_to="A suspension.", measure="suspension")
    for wrong in (
        replace(less, measure=""),
        replace(less, measure="", period_until=until),
        replace(less, benefits=("score_reduction",)),
        replace(less, period_until=until + timedelta(days=1)),
    ):
        desk.refused(wrong, code="lesser_sanction", cite="6 USC 967(c)(2)")
    desk.today += timedelta(days=30)
    desk.must(less)
    assert stood_on(company.participant, desk.today).standing == "suspended"
    assert stood_on(company.participant, desk.today - timedelta(days=1)).standing == "expelled"
    desk.must(replace(less, measure="", period_until=until - timedelta(days=300)))
    assert Consequence.objects.get(pk=case).period_until == until - timedelta(days=300)


@pytest.mark.clause("6 USC 967(c)")
@pytest.mark.parametrize("outcome", ["confirmed", "reduced", "reversed"])
def test_what_is_remanded_is_decided_anew_by_another_person(desk: Desk, company: Company, outcome: str) -> None:
    case = denied(desk, company, ("score_reduction", "dedicated_lanes"))
    lost = desk.today
    desk.refused(RemandConsequence(case_id=case, appeal_id=uuid4(), reasons=" "), code="reasons_given")
    desk.must(RemandConsequence(case_id=case, appeal_id=uuid4(), reasons="The log was not read."))
    assert given(company, desk.today) == FIRST_TIER - {"score_reduction", "dedicated_lanes"}  # it stands until then
    desk.today += timedelta(days=30)
    kept = ("dedicated_lanes",) if outcome == "reduced" else ()
    anew = DecideAnew(case_id=case, outcome=outcome, reasons="The log was read.", benefits=kept)  # type: ignore[arg-type]
    desk.refused(anew, by="sue", code="second_person", cite="6 USC 971(a)")
    heavier = replace(anew, outcome="confirmed", benefits=("assigned_specialist",))
    desk.refused(heavier, by="both", code="not_heavier", cite="6 USC 967(c)(1)")
    desk.must(anew, by="both")
    row = Consequence.objects.get(pk=case)
    if outcome == "reversed":
        assert given(company, lost) == given(company, desk.today) == FIRST_TIER
        assert not Deadline.objects.filter(case_id=case).exists()
        return
    assert (row.lost_on, row.decided_on) == (lost, desk.today)
    assert Deadline.objects.get(case_id=case, clock="denial_appeal_filing").started_on == desk.today
    left = {"dedicated_lanes"} if outcome == "reduced" else {"score_reduction", "dedicated_lanes"}
    assert set(denied_on(company.participant, desk.today)) == left


@pytest.mark.clause("6 USC 967(c)")
def test_an_expulsion_and_an_emergency_are_decided_anew(desk: Desk, company: Company) -> None:
    case = expelled(desk, company, days=400)
    desk.must(RemandConsequence(case_id=case, appeal_id=uuid4(), reasons="Read the rosters."))
    desk.must(DecideAnew(case_id=case, outcome="confirmed", reasons="Read."), by="both")
    assert stood_on(company.participant, desk.today).standing == "expelled"
    desk.must(ReverseConsequence(case_id=case, appeal_id=uuid4()))
    urgent = acted(desk, company)
    desk.must(RemandConsequence(case_id=urgent, appeal_id=uuid4(), reasons="No notice was given."))
    anew = DecideAnew(case_id=urgent, outcome="confirmed", reasons="It stands.")
    desk.refused(anew, by="both", code="notice_follows", cite="6 USC 967(a)")
    desk.must(replace(anew, outcome="reversed"), by="both")
    assert given(company, desk.today) == FIRST_TIER


@pytest.mark.clause("6 USC 967(c)")
def test_one_decided_anew_after_it_ended_stays_ended(desk: Desk, company: Company) -> None:
    case = denied(desk, company, ("score_reduction",))
    planned(desk, company, case, 30)
    desk.must(RestoreBenefits(case_id=case, reason="Kept so far."), by="both")
    desk.must(RemandConsequence(case_id=case, appeal_id=uuid4(), reasons="Read the log."))
    desk.must(DecideAnew(case_id=case, outcome="confirmed", reasons="Read."), by="both")
    assert Case.objects.get(pk=case).state == "ended"
    assert given(company, desk.today) == FIRST_TIER


def test_what_is_in_force_is_not_closed(desk: Desk, company: Company) -> None:
    case = denied(desk, company, ("score_reduction",))
    answer = desk.give(CloseConsequence(case_id=case, reason="-"))
    assert (answer.granted, answer.step) == (False, "procedure")
    assert date(2026, 1, 1) < desk.today
