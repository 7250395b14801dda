"""From selection to the confirmed tier: visits, actions, second person, periods (6 USC 969(1)-(2))."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from greenlane.casework.models import Case, Deadline, Notice
from greenlane.law.authority import Office
from greenlane.participants.commands_standing import SetStanding
from greenlane.participants.models import Participant
from greenlane.people.delegation import DelegateOffice
from greenlane.revalidation import queries
from greenlane.revalidation.commands_deciding import CloseRevalidation, ConfirmTier, RefuseRevalidation
from greenlane.revalidation.commands_selecting import ReviewValidatorsValidation, SelectForRevalidation
from greenlane.revalidation.models import Revalidation
from greenlane.validation.commands_blocked import BlockValidation
from greenlane.validation.commands_decision import (
    RecommendRefusalOfValidation,
    RecommendValidation,
    SendBackValidation,
)
from greenlane.validation.models import Validation
from greenlane.validation.queries import criteria_asked
from tests.companies import Company
from tests.desk import Desk
from tests.revalidation import stage
from tests.validation import steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return stage.validating_desk()


def ready(desk: Desk) -> Company:
    """A validated company under a published framework, measured; from here on the fold is proved."""
    company = stage.tier_two(desk)
    stage.publish_framework(desk)
    stage.measure(desk, company.participant, 40, 20)
    return company


def selected(desk: Desk, company: Company, **more: object) -> UUID:
    select = SelectForRevalidation(participant_id=company.participant, **more)  # type: ignore[arg-type]
    case = desk.must(select, by="sam").case_id
    assert case is not None
    return case


def tier(company: Company) -> tuple[str, int]:
    row = Participant.objects.get(pk=company.participant)
    return row.standing, row.tier


@pytest.mark.clause("6 USC 969")
@pytest.mark.clause("6 USC 969(1)")
@pytest.mark.clause("6 USC 969(2)")
def test_a_participant_is_revalidated_in_each_period_and_the_grid_stands(desk: Desk) -> None:
    company = ready(desk)
    register = stage.periods(company)
    first = Deadline.objects.get(case_id=register.pk)
    assert (first.clock, first.started_on, first.met_on) == ("revalidation", register.initial_on, None)
    assert first.due_on.year == register.initial_on.year + 4
    ends = first.due_on
    for index in (1, 2):
        desk.today = ends - timedelta(days=60)
        case = selected(desk, company)
        assert queries.revalidation_of(case).period_index == index
        stage.recommended(desk, company, case)
        desk.prove = index == 2
        answer = desk.must(ConfirmTier(case_id=case), by="sue")
        assert answer.state == "revalidated"
        desk.prove = False
        rows = list(Deadline.objects.filter(case_id=register.pk).order_by("due_on"))
        assert [row.met_on is None for row in rows] == [False] * index + [True]
        assert rows[index - 1].met_on == desk.today
        ends = rows[-1].due_on
    assert tier(company) == ("certified", 2)
    assert ends.year == register.initial_on.year + 12
    letters = Notice.objects.filter(participant_id=company.participant, template="revalidation_decided")
    assert letters.count() == 2
    assert str(ends) in str(letters.order_by("served_on").last().body)  # type: ignore[union-attr]


@pytest.mark.clause("6 USC 969(2)")
def test_the_place_and_points_of_the_day_are_kept_with_the_selection(desk: Desk) -> None:
    company = ready(desk)
    desk.today += timedelta(days=365)
    desk.prove = True
    case = selected(desk, company, basis="risk", reason="Two seals were broken in May.")
    row = queries.revalidation_of(case)
    stage.measure(desk, company.participant, 99, 99)
    row.refresh_from_db()
    assert (row.place, row.ranked, row.framework_version) == (1, 1, 1)
    assert dict(row.contributions) == {"import_volume": 80, "anomalies": 100, "time_since_last": 3 * 24}
    assert row.total == 252
    assert "seals" not in str(Notice.objects.get(case_id=case).body)


@pytest.mark.clause("6 USC 969(2)")
def test_nobody_is_selected_without_a_framework_and_early_only_with_reason_and_place(desk: Desk) -> None:
    company = stage.tier_two(desk)
    by_period = SelectForRevalidation(participant_id=company.participant)
    desk.refused(by_period, by="sam", code="framework_published", cite="6 USC 969(2)")
    stage.publish_framework(desk)
    risk = SelectForRevalidation(participant_id=company.participant, basis="risk", reason="Seals.")
    desk.refused(risk, by="sam", code="has_a_place", cite="6 USC 969(2)")
    stage.measure(desk, company.participant, 1, 2)
    silent = SelectForRevalidation(participant_id=company.participant, basis="risk", reason=" ")
    desk.refused(silent, by="sam", code="risk_explained", cite="6 USC 969(2)")
    long = SelectForRevalidation(participant_id=company.participant, reason="x" * 2001)
    desk.refused(long, by="sam", code="reason_fits", cite="6 USC 969(2)")
    selected(desk, company)
    desk.refused(by_period, by="sam", code="no_other_revalidation_open", cite="6 USC 969(2)")
    desk.refused(by_period, by=company.officer, code="authority")


@pytest.mark.clause("6 USC 969(1)")
def test_who_was_never_validated_is_not_revalidated(desk: Desk) -> None:
    company, _case = steps.certified(desk)
    stage.publish_framework(desk)
    select = SelectForRevalidation(participant_id=company.participant)
    desk.refused(select, by="sam", code="validated_participant", cite="6 USC 969(1)")


@pytest.mark.clause("6 USC 969(2)")
def test_a_period_that_is_met_waits_for_the_next_unless_risk_asks(desk: Desk) -> None:
    company = ready(desk)
    case = selected(desk, company)
    stage.recommended(desk, company, case)
    desk.must(ConfirmTier(case_id=case), by="sue")
    again = SelectForRevalidation(participant_id=company.participant)
    desk.refused(again, by="sam", code="period_waits", cite="6 USC 969(2)")
    selected(desk, company, basis="risk", reason="A new owner.")


@pytest.mark.clause("6 USC 969(2)")
def test_a_late_revalidation_needs_its_reason_and_the_period_stays_missed(desk: Desk) -> None:
    company = ready(desk)
    desk.today = Deadline.objects.get(case_id=stage.periods(company).pk).due_on - timedelta(days=10)
    case = selected(desk, company)
    stage.recommended(desk, company, case)
    item = queries.due_of(company.participant, desk.today)
    assert item is not None
    assert (item.overdue, item.under_way is not None) == (True, True)
    desk.refused(ConfirmTier(case_id=case), by="sue", code="lateness_reason", cite="6 USC 969(2)")
    desk.must(ConfirmTier(case_id=case, lateness_reason="A flood closed the port."), by="sue")
    after = queries.due_of(company.participant, desk.today)
    assert after is not None
    assert (after.overdue, [period.index for period in after.missed], after.met) == (False, [1], True)
    assert not after.verdict.granted
    row = Validation.objects.get(pk=case)
    assert (row.late, row.lateness_reason) == (True, "A flood closed the port.")
    letter = Notice.objects.get(case_id=case, template="revalidation_decided")
    assert "flood" in str(letter.body)


@pytest.mark.clause("6 USC 969(1)")
@pytest.mark.clause("6 USC 965(c)")
def test_rc_06_no_tier_is_confirmed_while_a_required_action_is_open(desk: Desk) -> None:
    company = ready(desk)
    case = selected(desk, company)
    steps.noticed(desk, company, case)
    steps.reported(desk, company, case, unmet=first_must(case, desk))
    steps.answered(desk, company, case)
    desk.refused(RecommendValidation(case_id=case), by="sam", code="required_actions_closed")
    desk.must(RecommendRefusalOfValidation(case_id=case, grounds="The log has gaps."), by="sam")
    refused = desk.refused(ConfirmTier(case_id=case), by="sue", code="no_action_open", cite="6 USC 969(1)")
    assert "recommended" in {reason.code for reason in refused.verdict.failing}
    desk.must(SendBackValidation(case_id=case, reason="The answer shows that it is mended."), by="sue")
    steps.accepted(desk, case)
    desk.must(RecommendValidation(case_id=case), by="sam")
    desk.must(ConfirmTier(case_id=case), by="sue")


@pytest.mark.clause("6 USC 969(1)")
@pytest.mark.clause("6 USC 967(a)")
def test_a_refusal_names_what_is_wanting_takes_no_tier_and_meets_the_period(desk: Desk) -> None:
    company = ready(desk)
    case = selected(desk, company)
    number = first_must(case, desk)
    steps.noticed(desk, company, case)
    steps.reported(desk, company, case, unmet=number)
    desk.must(RecommendRefusalOfValidation(case_id=case, grounds="The log has gaps."), by="sam")
    desk.prove = True
    desk.must(RefuseRevalidation(case_id=case), by="sue")
    row = queries.revalidation_of(case)
    assert (row.outcome, row.failures) == ("refused", [number])
    assert tier(company) == ("certified", 2)
    assert stage.periods(company).closings == [desk.today.isoformat()]
    letter = Notice.objects.get(case_id=case, template="revalidation_decided")
    assert number in str(letter.body)
    assert "6 USC 967(a)" in str(letter.body)
    assert Case.objects.filter(kind="consequence").count() == 0


@pytest.mark.clause("6 USC 969(1)")
def test_a_refusal_needs_a_measure_that_failed_and_its_recommendation(desk: Desk) -> None:
    company = ready(desk)
    case = selected(desk, company)
    stage.recommended(desk, company, case)
    refused = desk.refused(RefuseRevalidation(case_id=case), by="sue", code="failures_named", cite="6 USC 969(1)")
    assert "recommended" in {reason.code for reason in refused.verdict.failing}


@pytest.mark.clause("6 USC 971(a)")
def test_the_one_who_recommended_does_not_decide_nor_by_a_lent_office(desk: Desk) -> None:
    company = ready(desk)
    case = selected(desk, company)
    steps.noticed(desk, company, case)
    steps.reported(desk, company, case)
    steps.give_case(desk, case, "both")
    desk.must(RecommendValidation(case_id=case), by="both")
    desk.refused(ConfirmTier(case_id=case), by="both", code="second_person", cite="6 USC 969(1)")
    pat = desk.person("pat", Office.SPECIALIST)
    loan = DelegateOffice(
        delegate_id=pat, office=Office.SUPERVISOR, from_day=desk.today, to_day=desk.today, reason="On leave."
    )
    desk.must(loan, by="both")
    desk.refused(ConfirmTier(case_id=case), by="pat", code="second_person", cite="6 USC 969(1)")
    desk.refused(ConfirmTier(case_id=case), by="sam", code="authority")


@pytest.mark.clause("6 USC 969(2)")
def test_the_decision_meets_a_clock_and_is_never_dated_back(desk: Desk) -> None:
    company = ready(desk)
    case = selected(desk, company)
    stage.recommended(desk, company, case)
    desk.today += timedelta(days=3)
    back = desk.today - timedelta(days=1)
    desk.refused(ConfirmTier(case_id=case), by="sue", on=back, code="meets_a_clock_today")


@pytest.mark.clause("6 USC 969(1)")
def test_rc_21_a_blocked_revalidation_is_neither_confirmed_nor_refused(desk: Desk) -> None:
    company = ready(desk)
    case = selected(desk, company)
    steps.noticed(desk, company, case)
    proof = steps.upload(desk, case, "Refusal of the government")
    review = desk.today + timedelta(days=20)
    block = BlockValidation(
        case_id=case, reason="No visas.", refused_by="A government", evidence=(proof,), review_on=review
    )
    desk.must(block, by="sam")
    for command in (ConfirmTier(case_id=case), RefuseRevalidation(case_id=case)):
        assert desk.refused(command, by="sue").step == "procedure"
    assert stage.periods(company).closings == []
    assert Deadline.objects.filter(case_id=case, clock="blocked_review").exists()


@pytest.mark.clause("6 USC 961(a)")
@pytest.mark.parametrize("standing", ["withdrawn", "expelled"])
def test_a_revalidation_closes_when_the_company_takes_part_no_longer(desk: Desk, standing: str) -> None:
    company = ready(desk)
    case = selected(desk, company)
    desk.refused(CloseRevalidation(case_id=case, reason="I want to."), by="sue", code="authority")
    desk.prove = True
    desk.must(SetStanding(participant_id=company.participant, standing=standing, tier=0, reason="Left."))  # type: ignore[arg-type]
    assert Case.objects.get(pk=case).state == "closed"
    assert Case.objects.get(pk=stage.periods(company).pk).state == "resting"
    assert not Deadline.objects.filter(case_id=stage.periods(company).pk).exists()
    assert not Deadline.objects.filter(case_id=case).exists()


@pytest.mark.clause("6 USC 969(1)")
def test_a_suspended_participant_keeps_its_case_but_no_tier_is_confirmed(desk: Desk) -> None:
    company = ready(desk)
    case = selected(desk, company)
    stage.recommended(desk, company, case)
    desk.must(SetStanding(participant_id=company.participant, standing="suspended", tier=0, reason="6 USC 967(b)"))
    assert Case.objects.get(pk=case).state == "recommended"
    desk.refused(ConfirmTier(case_id=case), by="sue", code="validated_participant", cite="6 USC 969(1)")


@pytest.mark.clause("6 USC 968(g)(2)(B)")
def test_a_review_is_opened_by_the_platform_once_for_each_validation(desk: Desk) -> None:
    company = ready(desk)
    running = selected(desk, company)
    validation = Validation.objects.get(participant_id=company.participant, purpose="tier_two").pk
    review = ReviewValidatorsValidation(
        participant_id=company.participant, validation_id=validation, validator="Invented Inspectors"
    )
    desk.refused(review, by="sue", code="authority")
    desk.prove = True
    case = desk.must(review).case_id
    desk.refused(review, code="reviewed_once", cite="6 USC 968(g)(2)(B)")
    rows = Revalidation.objects.filter(participant_id=company.participant)
    assert {row.pk: row.basis for row in rows} == {running: "period", case: "review"}
    assert "968(g)(2)(B)" in str(Notice.objects.get(case_id=case).body)


def first_must(case: UUID, desk: Desk) -> str:
    asked = criteria_asked(Validation.objects.get(pk=case), desk.today)
    return next(criterion.number for criterion in asked if criterion.level == "must")
