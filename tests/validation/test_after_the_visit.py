"""Answers, acceptance, recommendation and decision, refusal by refusal (6 USC 965(a), 965(c), 971(a))."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from greenlane.casework.models import Case, Deadline, Notice
from greenlane.law.authority import Office
from greenlane.participants.models import Participant
from greenlane.people.commands import GrantOffice
from greenlane.people.delegation import DelegateOffice
from greenlane.validation import queries
from greenlane.validation.commands_actions import (
    AnswerValidationReport,
    CloseRequiredAction,
    EscalateOverdueActions,
    ReturnValidationAnswer,
)
from greenlane.validation.commands_decision import (
    CloseValidation,
    RecommendRefusalOfValidation,
    RecommendValidation,
    RefuseValidation,
    SendBackValidation,
    ValidateTierTwo,
)
from greenlane.validation.commands_letter import SignCertificationLetter
from greenlane.validation.commands_locations import ChooseLocations, DetermineNoForeignLocation
from greenlane.validation.commands_notice import GiveValidationNotice
from greenlane.validation.commands_planning import PlanValidation
from greenlane.validation.commands_report import IssueValidationReport
from greenlane.validation.entries_report import ActionAnswer
from greenlane.validation.models import Action, Validation
from greenlane.vetting.models import Investigation
from tests.companies import Company
from tests.desk import Desk
from tests.validation.steps import (
    NOTICE,
    accepted,
    answered,
    certified,
    found,
    give_case,
    locations,
    noticed,
    recommended,
    reported,
    require,
    team,
    upload,
    vetted_again,
    visited,
)

pytestmark = pytest.mark.django_db

MUST = "1.3"
"""A criterion that an importer must meet."""


@pytest.fixture
def with_action(desk: Desk) -> tuple[Company, UUID]:
    """A company whose report requires one action."""
    company, case = certified(desk)
    noticed(desk, company, case)
    reported(desk, company, case, unmet=MUST)
    return company, case


@pytest.fixture
def to_decide(desk: Desk) -> tuple[Company, UUID]:
    """A company whose validation is recommended."""
    company, case = certified(desk)
    recommended(desk, company, case)
    return company, case


@pytest.mark.clause("6 USC 965(c)")
def test_rc_06_every_way_to_close_or_rise_is_refused_while_a_required_action_is_open(
    desk: Desk, with_action: tuple[Company, UUID]
) -> None:
    company, case = with_action
    vetted_again(desk, company)
    recommend, decide = RecommendValidation(case_id=case), ValidateTierTwo(case_id=case)
    desk.refused(recommend, by="sam", code="required_actions_closed", cite="6 USC 965(c)")
    desk.refused(recommend, by="sam", code="required_action_open", cite="6 USC 965(a)")
    assert desk.refused(decide, by="sue").step == "procedure"
    answered(desk, company, case)
    desk.refused(recommend, by="sam", code="required_actions_closed")  # answered is not accepted
    desk.refused(CloseValidation(case_id=case, reason="-"), code="takes_part_no_longer")
    close = CloseRequiredAction(case_id=case, number=1, acceptance="The log of four weeks.")
    assert desk.refused(close, by="sue").step == "authority"
    desk.refused(replace(close, acceptance=" "), by="sam", code="acceptance_given")
    desk.refused(replace(close, number=9), by="sam", code="action_answered_and_open")
    desk.refused(replace(close, evidence=(uuid4(),)), by="sam", code="documents_on_file")
    assert desk.refused(close).step == "authority"  # the platform accepts nothing
    desk.must(close, by="sam")
    row = Action.objects.get(validation_id=case)
    assert (row.closed_on, row.closed_by) == (desk.today, desk.people["sam"])
    assert row.evidence == row.proof
    desk.refused(close, by="sam", code="action_answered_and_open")
    desk.must(recommend, by="sam")
    desk.must(decide, by="sue")
    assert Participant.objects.get(pk=company.participant).tier == 2


@pytest.mark.clause("6 USC 965(c)")
def test_rc_06_an_open_action_of_another_validation_stops_a_rise_too(
    desk: Desk, to_decide: tuple[Company, UUID], doctored: None
) -> None:
    company, case = to_decide
    action = Action.objects.create(  # as a revalidation in progress would hold it
        id=uuid4(),
        validation=Validation.objects.create(
            id=uuid4(),
            participant_id=company.participant,
            programme="ctpat",
            purpose="revalidation",
            certified_on=desk.today,
            planned_on=desk.today,
        ),
        number=1,
        kind="required",
        text="Mend the fence.",
        owner="Yard",
        due_on=desk.today,
        set_on=desk.today,
    )
    answer = desk.refused(ValidateTierTwo(case_id=case), by="sue", code="required_actions_closed")
    assert "Mend the fence." in str([str(r.sentence) for r in answer.verdict.failing])
    assert action.closed_on is None


@pytest.mark.clause("6 USC 965(c)")
def test_rc_06_an_action_that_is_overdue_is_escalated_on_the_day_and_once(
    desk: Desk, with_action: tuple[Company, UUID]
) -> None:
    company, case = with_action
    due = Action.objects.get(validation_id=case).due_on
    desk.refused(EscalateOverdueActions(case_id=case, actions=(1,)), code="action_past_its_date")
    desk.today = due
    assert not [a for a in desk.wake() if a.command == "EscalateOverdueActions"]
    assert not queries.overdue_actions(due).exists()
    [answer] = [a for a in desk.wake(1) if a.command == "EscalateOverdueActions"]
    assert answer.granted
    assert queries.overdue_actions(desk.today).get().number == 1
    letter = Notice.objects.get(case_id=case, template="validation_actions_overdue")
    assert "Keep the seal log" in str(letter.body)
    assert not [a for a in desk.wake(3) if a.command == "EscalateOverdueActions"]
    assert Deadline.objects.get(case_id=case, clock="required_action", met_on=None).due_on == due
    answered(desk, company, case)
    assert Deadline.objects.get(case_id=case, clock="required_action").met_on == desk.today
    back = ReturnValidationAnswer(case_id=case, actions=(1,), message="The log ends in May.")
    desk.refused(replace(back, actions=()), by="sam", code="returned_actions_answered")
    desk.refused(replace(back, actions=(2,)), by="sam", code="returned_actions_answered")
    desk.refused(replace(back, message=""), by="sam", code="message_given")
    desk.must(back, by="sam")
    assert Case.objects.get(pk=case).state == "reported"
    assert Deadline.objects.get(case_id=case, clock="required_action", met_on=None).due_on == due
    assert "ends in May" in str(Notice.objects.get(case_id=case, template="validation_answer_returned").body)


@pytest.mark.clause("6 USC 965(c)")
def test_every_required_action_is_answered_and_shown(desk: Desk, with_action: tuple[Company, UUID]) -> None:
    company, case = with_action
    proof = upload(desk, case, "Seal log", by=company.officer)
    one = ActionAnswer(number=1, answer="The log is kept.", proof=(proof,))
    answer = AnswerValidationReport(case_id=case, answers=(one,))
    by = company.officer
    desk.refused(replace(answer, answers=()), by=by, code="every_required_action_answered", cite="6 USC 965(c)")
    desk.refused(replace(answer, answers=(one, one)), by=by, code="answers_to_open_actions")
    desk.refused(replace(answer, answers=(one, replace(one, number=5))), by=by, code="answers_to_open_actions")
    desk.refused(replace(answer, answers=(replace(one, answer=""),)), by=by, code="answer_given")
    desk.refused(replace(answer, answers=(replace(one, proof=()),)), by=by, code="answer_shown")
    desk.refused(replace(answer, answers=(replace(one, proof=(uuid4(),)),)), by=by, code="documents_on_file")
    desk.must(answer, by=by)
    assert Case.objects.get(pk=case).state == "answered"


@pytest.mark.clause("6 USC 965(a)")
def test_a_virtual_visit_is_no_on_site_assessment_unless_a_supervisor_determined(desk: Desk) -> None:
    company, case = certified(desk)
    desk.today += timedelta(days=1)
    team(desk, case)
    home, _abroad = locations(company, desk.today + NOTICE)
    desk.must(ChooseLocations(case_id=case, locations=(home,)), by="sam")
    desk.must(SignCertificationLetter(case_id=case, agreed=True), by=company.officer)
    desk.must(GiveValidationNotice(case_id=case, purpose="See the yard."), by="sam")
    visited(desk, case)
    found(desk, company, case)
    desk.must(IssueValidationReport(case_id=case, summary="Sound."), by="sam")
    vetted_again(desk, company)
    desk.must(RecommendValidation(case_id=case), by="sam")
    decide = ValidateTierTwo(case_id=case)
    desk.refused(decide, by="sue", code="assessed_on_site", cite="6 USC 965(a)")
    desk.must(SendBackValidation(case_id=case, reason="Say why no foreign location was seen."), by="sue")
    desk.must(DetermineNoForeignLocation(case_id=case, reason="The partner closed its works."), by="sue")
    desk.must(RecommendValidation(case_id=case), by="sam")
    desk.must(decide, by="sue")


@pytest.mark.clause("6 USC 965(a)")
def test_rc_11_nobody_is_validated_without_second_vetting_and_a_signed_letter(
    desk: Desk, to_decide: tuple[Company, UUID], doctored: None
) -> None:
    company, case = to_decide
    Validation.objects.filter(pk=case).update(letter_signed_on=None)  # as if it had never been signed
    desk.refused(ValidateTierTwo(case_id=case), by="sue", code="letter_signed", cite="6 USC 965(a)")
    desk.must(SignCertificationLetter(case_id=case, agreed=True), by=company.officer)
    second = Investigation.objects.get(participant_id=company.participant, purpose="validation")
    certified_on = Validation.objects.get(pk=case).certified_on
    Investigation.objects.filter(pk=second.pk).update(completed_on=certified_on)  # the one of the certification
    desk.refused(ValidateTierTwo(case_id=case), by="sue", code="vetted_again", cite="6 USC 965(a)")
    Investigation.objects.filter(pk=second.pk).update(purpose="other")
    desk.refused(ValidateTierTwo(case_id=case), by="sue", code="investigation_recorded", cite="6 USC 964(b)")
    assert Participant.objects.get(pk=company.participant).tier == 1


@pytest.mark.clause("6 USC 971(a)")
def test_a_second_person_without_a_part_decides(desk: Desk) -> None:
    company, case = certified(desk)
    noticed(desk, company, case)
    reported(desk, company, case)
    vetted_again(desk, company)
    give_case(desk, case, "both")
    desk.must(RecommendValidation(case_id=case), by="both")
    decide = ValidateTierTwo(case_id=case)
    desk.refused(decide, by="both", code="second_person", cite="6 USC 971(a)")
    assert desk.refused(decide, by="sam").step == "authority"
    pat = desk.person("pat", Office.SPECIALIST)
    loan = DelegateOffice(
        delegate_id=pat,
        office=Office.SUPERVISOR,
        from_day=desk.today,
        to_day=desk.today + timedelta(days=9),
        reason="On leave.",
    )
    desk.must(loan, by="both")
    desk.refused(decide, by="pat", code="second_person")
    desk.person("insider", Office.SUPERVISOR)
    own = GrantOffice(account_id=desk.people["insider"], office=Office.CONSULTANT, participant_id=company.participant)
    desk.must(own, by=company.officer)
    desk.refused(decide, by="insider", code="decider_has_no_part", cite="6 USC 971(a)")
    desk.refused(SendBackValidation(case_id=case, reason=""), by="sue", code="reason_given", cite="6 USC 971(a)")
    desk.must(decide, by="sue")


@pytest.mark.clause("6 USC 965(a)")
def test_a_late_validation_needs_its_reason_is_not_blocked_and_is_counted(
    desk: Desk, to_decide: tuple[Company, UUID]
) -> None:
    company, case = to_decide
    row = Validation.objects.get(pk=case)
    due = Deadline.objects.get(case_id=case, clock="tier_2_validation").due_on
    desk.today = due + timedelta(days=1)
    desk.refused(ValidateTierTwo(case_id=case), by="sue", on=due, code="meets_a_clock_today")
    desk.refused(ValidateTierTwo(case_id=case), by="sue", code="lateness_reason", cite="6 USC 965(a)")
    desk.must(ValidateTierTwo(case_id=case, lateness_reason="The border was closed."), by="sue")
    row.refresh_from_db()
    assert (row.late, row.lateness_reason, row.due_on) == (True, "The border was closed.", due)
    assert "border was closed" in str(Notice.objects.get(case_id=case, template="validation_decided").body)
    assert Participant.objects.get(pk=company.participant).tier == 2


@pytest.mark.clause("6 USC 965(a)")
@pytest.mark.clause("6 USC 971(a)(3)")
def test_a_validation_is_refused_on_what_is_not_in_place_and_the_tier_stays(
    desk: Desk, with_action: tuple[Company, UUID]
) -> None:
    company, case = with_action
    refusal = RecommendRefusalOfValidation(case_id=case, grounds="Criterion 1.3: the log has gaps.")
    desk.refused(replace(refusal, grounds=""), by="sam", code="grounds_given", cite="6 USC 965(a)")
    desk.must(refusal, by="sam")
    desk.refused(ValidateTierTwo(case_id=case), by="sue", code="recommended")
    desk.must(RefuseValidation(case_id=case), by="sue")
    participant = Participant.objects.get(pk=company.participant)
    assert (participant.standing, participant.tier) == ("certified", 1)
    assert Case.objects.get(pk=case).state == "refused"
    assert "the log has gaps" in str(Notice.objects.get(case_id=case, template="validation_decided").body)
    assert not queries.open_actions(company.participant, desk.today).exists()
    answer = desk.must(PlanValidation(participant_id=company.participant), by="sam")  # it may be validated anew
    assert answer.case_id is not None
    clock = Deadline.objects.get(case_id=answer.case_id)
    assert clock.started_on == Validation.objects.get(pk=case).certified_on  # and its year still runs


@pytest.mark.clause("6 USC 965(a)")
def test_a_validation_without_a_gap_cannot_fail(desk: Desk, to_decide: tuple[Company, UUID]) -> None:
    _company, case = to_decide
    desk.must(SendBackValidation(case_id=case, reason="Look again."), by="sue")
    desk.must(RecommendRefusalOfValidation(case_id=case, grounds="A feeling."), by="sam")
    desk.refused(RefuseValidation(case_id=case), by="sue", code="measures_failed", cite="6 USC 965(a)")


@pytest.mark.clause("6 USC 965(a)")
def test_recommended_actions_stop_nothing(desk: Desk) -> None:
    company, case = certified(desk)
    noticed(desk, company, case)
    visited(desk, case)
    found(desk, company, case)
    require(desk, case, kind="recommended")
    desk.must(IssueValidationReport(case_id=case, summary="Sound."), by="sam")
    vetted_again(desk, company)
    desk.must(RecommendValidation(case_id=case), by="sam")
    desk.must(ValidateTierTwo(case_id=case), by="sue")
    assert queries.open_actions(company.participant, desk.today, "recommended").count() == 1


@pytest.mark.clause("6 USC 965(a)")
def test_an_accepted_action_puts_its_criterion_in_place(desk: Desk, with_action: tuple[Company, UUID]) -> None:
    company, case = with_action
    answered(desk, company, case)
    accepted(desk, case)
    vetted_again(desk, company)
    desk.must(RecommendValidation(case_id=case), by="sam")
    answer = desk.must(ValidateTierTwo(case_id=case), by="sue")
    assert {"6 USC 965(a)", "6 USC 965(c)", "6 USC 971(a)", "6 USC 971(a)(3)"} <= {
        c.cite for c in answer.verdict.citations
    }
