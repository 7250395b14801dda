"""Blocked visits, visits, findings, inspections, actions and the report, refusal by refusal (6 USC 965(a))."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from greenlane.casework.models import Case, Deadline, Notice
from greenlane.casework.problems import Missing
from greenlane.participants.models import Participant
from greenlane.validation import queries
from greenlane.validation.commands_actions import RequireAction
from greenlane.validation.commands_blocked import BlockValidation, ReviewBlockedValidation, UnblockValidation
from greenlane.validation.commands_decision import RefuseValidation, ValidateTierTwo
from greenlane.validation.commands_report import IssueValidationReport
from greenlane.validation.commands_visits import RecordFinding, RecordInspection, RecordVisit
from greenlane.validation.entries_visits import FoundCriterion, InspectedPoint
from greenlane.validation.inspection_points import LISTS, SEVEN_POINT, SEVENTEEN_POINT
from greenlane.validation.models import Action, CriterionFinding, Inspection, Validation, Visit
from tests.companies import Company
from tests.desk import Desk
from tests.validation.steps import certified, found, noticed, require, upload, validated, visited

pytestmark = pytest.mark.django_db

MUST = "1.3"
"""A criterion that an importer must meet."""


@pytest.fixture
def at_the_gate(desk: Desk) -> tuple[Company, UUID]:
    """A company with notice of a visit."""
    company, case = certified(desk)
    noticed(desk, company, case)
    return company, case


@pytest.fixture
def at_work(desk: Desk, at_the_gate: tuple[Company, UUID]) -> tuple[Company, UUID]:
    """The same, visited."""
    visited(desk, at_the_gate[1])
    return at_the_gate


@pytest.mark.clause("6 USC 965(a)")
def test_rc_21_a_blocked_visit_is_neither_pass_nor_fail_and_is_counted(
    desk: Desk, at_the_gate: tuple[Company, UUID]
) -> None:
    company, case = at_the_gate
    before = Deadline.objects.get(case_id=case, clock="tier_2_validation").due_on
    paper = upload(desk, case, "Note of the ministry")
    review_on = desk.today + timedelta(days=90)
    block = BlockValidation(
        case_id=case,
        reason="No foreign officer may enter.",
        refused_by="Ministry of Ruritania",
        evidence=(paper,),
        review_on=review_on,
    )
    desk.refused(replace(block, evidence=()), by="sam", code="block_shown", cite="6 USC 965(a)")
    desk.refused(replace(block, reason=" "), by="sam", code="block_shown")
    desk.refused(replace(block, refused_by=""), by="sam", code="block_shown")
    desk.refused(replace(block, evidence=(uuid4(),)), by="sam", code="documents_on_file")
    desk.refused(replace(block, review_on=desk.today), by="sam", code="block_reviewed")
    desk.refused(replace(block, review_on=desk.today + timedelta(days=181)), by="sam", code="block_reviewed")
    desk.must(block, by="sam")
    assert queries.blocked_count(desk.today) == 1
    assert queries.blocked_count(desk.today - timedelta(days=1)) == 0
    assert desk.refused(ValidateTierTwo(case_id=case), by="sue").step == "procedure"
    assert desk.refused(RefuseValidation(case_id=case), by="sue").step == "procedure"
    assert Participant.objects.get(pk=company.participant).tier == 1
    assert "neither passed nor failed" in str(Notice.objects.get(case_id=case, template="validation_blocked").body)
    assert Deadline.objects.get(case_id=case, clock="blocked_review", met_on=None).due_on == review_on

    desk.today = review_on
    again = ReviewBlockedValidation(case_id=case, reason="Asked again; still refused.", review_on=desk.today)
    desk.refused(again, by="sam", code="block_reviewed")
    desk.must(replace(again, review_on=desk.today + timedelta(days=60)), by="sam")
    desk.today += timedelta(days=10)
    desk.refused(UnblockValidation(case_id=case, reason=""), by="sam", code="reason_given")
    desk.must(UnblockValidation(case_id=case, reason="Another partner is an appropriate location."), by="sam")
    assert Case.objects.get(pk=case).state == "planned"
    assert queries.blocked_count(desk.today) == 0
    assert queries.blocked_count(review_on) == 1
    after = Deadline.objects.get(case_id=case, clock="tier_2_validation").due_on
    assert after - before == timedelta(days=100)  # the year rested while the visit was blocked
    assert not Deadline.objects.filter(case_id=case, clock="blocked_review").exists()


@pytest.mark.clause("6 USC 965(a)")
def test_a_visit_is_recorded_as_it_was(desk: Desk, at_the_gate: tuple[Company, UUID]) -> None:
    _company, case = at_the_gate
    row = Visit.objects.filter(validation_id=case, foreign=True).get()
    assert row.planned_from is not None
    visit = RecordVisit(
        case_id=case,
        visit_id=row.pk,
        mode="virtual",
        visited_on=row.planned_from,
        visited_to=row.planned_from,
        persons_met=("Ada Invented, Vice President",),
    )
    desk.refused(visit, by="sam", code="visited_after_notice")  # that day has not come
    desk.today = row.planned_from
    early = desk.today - timedelta(days=60)
    desk.refused(replace(visit, visited_on=early), by="sam", code="visited_after_notice", cite="6 USC 965(a)")
    desk.refused(replace(visit, persons_met=(" ",)), by="sam", code="persons_met_named")
    desk.refused(replace(visit, documents=(uuid4(),)), by="sam", code="documents_on_file")
    desk.refused(replace(visit, note="x" * 5001), by="sam", code="note_fits")
    with pytest.raises(Missing):
        desk.give(replace(visit, visit_id=uuid4()), by="sam")
    desk.must(visit, by="sam")
    row.refresh_from_db()
    assert (row.mode, row.visited_on, row.foreign) == ("virtual", desk.today, True)
    desk.refused(visit, by="sam", code="not_visited_yet")


@pytest.mark.clause("6 USC 965(a)")
def test_rc_05_no_report_while_a_criterion_has_no_finding_and_none_is_assumed(
    desk: Desk, at_work: tuple[Company, UUID]
) -> None:
    company, case = at_work
    report = IssueValidationReport(case_id=case, summary="Sound.")
    found(desk, company, case, leave_out=("1.1", "4.2"))
    answer = desk.refused(report, by="sam", code="criterion_without_finding", cite="6 USC 965(a)")
    assert {r.where for r in answer.verdict.failing if r.code == "criterion_without_finding"} == {"1.1", "4.2"}
    one = FoundCriterion(number="1.1", finding="not_applicable")
    desk.refused(RecordFinding(case_id=case, findings=(one,)), by="sam", code="finding_explained")
    desk.refused(RecordFinding(case_id=case, findings=()), by="sam", code="each_criterion_once")
    met = replace(one, finding="met")
    desk.refused(RecordFinding(case_id=case, findings=(met, met)), by="sam", code="each_criterion_once")
    desk.refused(RecordFinding(case_id=case, findings=(replace(met, number="99.9"),)), by="sam", code="criterion_asked")
    strange = replace(met, evidence=(uuid4(),))
    desk.refused(RecordFinding(case_id=case, findings=(strange,)), by="sam", code="documents_on_file")
    photo = upload(desk, case, "Photo of the gate")
    desk.must(
        RecordFinding(
            case_id=case,
            findings=(
                replace(one, note="It has no conveyances of its own."),
                FoundCriterion(number="4.2", finding="met", evidence=(photo,)),
            ),
        ),
        by="sam",
    )
    row = CriterionFinding.objects.get(validation_id=case, number="4.2")
    assert row.evidence == [str(photo)]
    desk.refused(replace(report, summary=""), by="sam", code="summary_given")
    desk.must(report, by="sam")
    letter = Notice.objects.get(case_id=case, template="validation_report")
    assert "does not apply" in str(letter.body)
    # what is found later is refused: the report is frozen
    assert desk.refused(RecordFinding(case_id=case, findings=(met,)), by="sam").step == "procedure"


@pytest.mark.clause("6 USC 965(c)")
def test_a_gap_needs_its_action_and_an_action_its_owner_and_day(desk: Desk, at_work: tuple[Company, UUID]) -> None:
    company, case = at_work
    found(desk, company, case, unmet=MUST)
    report = IssueValidationReport(case_id=case, summary="One gap.")
    desk.refused(report, by="sam", code="gap_has_action", cite="6 USC 965(c)")
    action = RequireAction(
        case_id=case,
        kind="required",
        text="Keep the log.",
        owner="Yard",
        due_on=desk.today + timedelta(days=1),
        criterion=MUST,
    )
    desk.refused(replace(action, owner=" "), by="sam", code="owner_given")
    desk.refused(replace(action, text=""), by="sam", code="text_given")
    desk.refused(replace(action, due_on=desk.today), by="sam", code="action_due_later")
    desk.refused(replace(action, criterion="99.9"), by="sam", code="action_criterion_asked")
    desk.refused(replace(action, changes=7), by="sam", code="changed_action_known")
    desk.must(action, by="sam")
    desk.today += timedelta(days=1)
    desk.refused(report, by="sam", code="actions_due_later")
    desk.must(replace(action, changes=1, due_on=desk.today + timedelta(days=30)), by="sam")
    require(desk, case, kind="recommended")
    assert list(Action.objects.filter(validation_id=case).order_by("number").values_list("number", "kind")) == [
        (1, "required"),
        (2, "recommended"),
    ]
    desk.must(report, by="sam")
    clock = Deadline.objects.get(case_id=case, clock="required_action")
    assert (clock.started_on, clock.due_on, clock.met_on) == (desk.today, desk.today + timedelta(days=30), None)
    body = str(Notice.objects.get(case_id=case, template="validation_report").body)
    assert "Keep the log." in body
    assert Validation.objects.get(pk=case).report_on == desk.today


@pytest.mark.clause("6 USC 965(a)")
@pytest.mark.parametrize("points", [SEVEN_POINT, SEVENTEEN_POINT], ids=lambda p: p.kind)
def test_an_inspection_has_a_result_at_each_point(desk: Desk, at_work: tuple[Company, UUID], points: object) -> None:
    _company, case = at_work
    listed = LISTS[points.kind]  # type: ignore[attr-defined]
    visit = Visit.objects.filter(validation_id=case).order_by("pk").first()
    assert visit is not None
    assert visit.visited_on is not None
    results = tuple(InspectedPoint(code=code, result="ok") for code in listed.codes)
    inspection = RecordInspection(
        case_id=case,
        visit_id=visit.pk,
        kind=listed.kind,  # type: ignore[arg-type]
        what="QZXU 123456 7",
        points=results,
        inspected_on=visit.visited_on,
    )
    desk.refused(replace(inspection, points=results[1:]), by="sam", code="every_point_once", cite="6 USC 965(a)")
    desk.refused(replace(inspection, points=(*results, results[0])), by="sam", code="every_point_once")
    wrong = (replace(results[0], result="not_ok"), *results[1:])
    desk.refused(replace(inspection, points=wrong), by="sam", code="point_explained")
    desk.refused(replace(inspection, what=""), by="sam", code="what_given")
    late = visit.visited_on + timedelta(days=30)
    desk.refused(replace(inspection, inspected_on=late), by="sam", code="inspected_at_the_visit")
    seen = (replace(results[0], result="not_ok", note="A fresh weld."), *results[1:])
    desk.must(replace(inspection, points=seen), by="sam")
    row = Inspection.objects.get(validation_id=case)
    assert (row.kind, len(row.points)) == (listed.kind, len(listed.codes))
    assert len(listed.codes) == {"seven_point": 7, "seventeen_point": 17}[listed.kind]


@pytest.mark.clause("6 USC 965(a)")
def test_a_report_without_a_visit_that_counts_is_refused(
    desk: Desk, at_work: tuple[Company, UUID], doctored: None
) -> None:
    company, case = at_work
    found(desk, company, case)
    Visit.objects.filter(validation_id=case).update(counts=False)  # as after a discount
    desk.refused(IssueValidationReport(case_id=case, summary="Sound."), by="sam", code="visit_recorded")


@pytest.mark.clause("6 USC 965(a)")
def test_after_a_validation_nothing_waits(desk: Desk) -> None:
    company, _case = certified(desk)
    case = validated(desk, company)
    row = queries.latest_validation(company.participant, "tier_two")
    assert row is not None
    assert row.pk == case
    assert not Deadline.objects.filter(case_id=case, met_on=None).exists()
