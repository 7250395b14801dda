"""What validation refuses beyond the usual way, each under its clause (6 USC 965, 966, 971)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from greenlane.casework.context import SYSTEM, Context
from greenlane.casework.models import Case, Notice
from greenlane.participants.models import Participant
from greenlane.programs.queries import terms_of
from greenlane.revalidation.models import Revalidation
from greenlane.validation import commands_designation, commands_tier_three
from greenlane.validation.commands_actions import CloseRequiredAction, close_required_action
from greenlane.validation.commands_designation import DesignateCriterion
from greenlane.validation.commands_letter import SignCertificationLetter
from greenlane.validation.commands_tier_three import PutForwardBestPractice
from greenlane.validation.commands_tier_three_decision import ValidateTierThree
from greenlane.validation.models import Action, CriterionFinding, Validation
from greenlane.validation.models_tier_three import Designation, Practice
from tests.desk import Desk
from tests.validation import steps
from tests.validation.test_tier_three import CRITERIA, planned, practice, ready, with_manager

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = steps.validation_desk()
    desk.prove = False
    with_manager(desk)
    return desk


@pytest.mark.clause("6 USC 965(c)")
def test_a_required_action_is_closed_by_a_person_on_documents(desk: Desk) -> None:
    company, case = steps.certified(desk)
    steps.noticed(desk, company, case)
    steps.reported(desk, company, case, unmet="1.3")
    steps.answered(desk, company, case)
    row = Action.objects.get(validation_id=case, kind="required")
    close = CloseRequiredAction(case_id=case, number=row.number, acceptance="The log was seen.")
    ctx = Context(
        actor=SYSTEM, office="system", at=desk.at, on=desk.today, command_id=uuid4(), case=Case.objects.get(pk=case)
    )
    [why] = close_required_action(ctx, close).verdict.failing
    assert (why.code, why.citation.cite) == ("action_has_reviewer", "6 USC 965(c)")
    proof, row.proof = row.proof, []
    row.save()
    desk.refused(close, by="sam", code="action_evidenced", cite="6 USC 965(c)")
    row.proof = proof
    row.save()
    desk.must(close, by="sam")


@pytest.mark.clause("6 USC 965(a)")
def test_a_letter_is_signed_once_it_has_arrived(desk: Desk) -> None:
    company, case = steps.certified(desk)
    letters = Notice.objects.filter(template="certification_decided", participant_id=company.participant)
    letters.update(template="on_its_way")
    sign = SignCertificationLetter(case_id=case, agreed=True)
    desk.refused(sign, by=company.officer, code="letter_served", cite="6 USC 965(a)")
    Notice.objects.filter(template="on_its_way").update(template="certification_decided")
    desk.must(sign, by=company.officer)


# --------------------------------------------------------------------------------------------- the third tier


@pytest.mark.clause("6 USC 966(b)")
def test_nothing_is_designated_for_a_tier_that_a_programme_has_not(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    terms = terms_of("ctpat", desk.today)
    two = replace(
        terms,
        tiers=tuple(tier for tier in terms.tiers if tier.rank < 3),
        benefits=tuple(benefit for benefit in terms.benefits if benefit.from_rank < 3),
    )
    designate = DesignateCriterion(programme="ctpat", **CRITERIA[0])
    with monkeypatch.context() as other:
        other.setattr(commands_designation, "terms_of", lambda *_: two)
        desk.refused(designate, by="mona", code="third_tier", cite="6 USC 966(b)")
    assert not Designation.objects.exists()
    desk.must(designate, by="mona")


@pytest.mark.clause("6 USC 966(a)")
def test_practices_are_as_many_as_can_be_looked_at(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    company, case = planned(desk)
    practice(desk, company, case)
    proof = steps.upload(desk, case, "How we watch", by=company.officer)
    more = PutForwardBestPractice(case_id=case, title="Gate watch", description="By two.", documents=(proof,))
    with monkeypatch.context() as full:
        full.setattr(commands_tier_three, "MOST_PRACTICES", 1)
        desk.refused(more, by=company.officer, code="practices_counted", cite="6 USC 966(a)")
    assert Practice.objects.filter(validation_id=case).count() == 1
    desk.must(more, by=company.officer)


@pytest.mark.clause("6 USC 966(a)")
@pytest.mark.clause("6 USC 971(a)(3)")
def test_the_third_tier_stands_on_the_measures_of_the_second_and_on_every_step_of_the_work(desk: Desk) -> None:
    company, case = ready(desk)
    decide = ValidateTierThree(case_id=case)
    found = CriterionFinding.objects.filter(validation_id=case, mandatory=True).order_by("number")[:1].get()
    CriterionFinding.objects.filter(pk=found.pk).update(finding="not_met")
    desk.refused(decide, by="sue", code="measures_in_place", cite="6 USC 966(a)")
    CriterionFinding.objects.filter(pk=found.pk).update(finding="met")
    team = Validation.objects.get(pk=case).team
    Validation.objects.filter(pk=case).update(team=team[:1])
    desk.refused(decide, by="sue", code="steps_done", cite="6 USC 971(a)(3)")
    Validation.objects.filter(pk=case).update(team=team)
    desk.must(decide, by="sue")
    assert Participant.objects.get(pk=company.participant).tier == 3


@pytest.mark.clause("6 USC 964(c)")
@pytest.mark.clause("6 USC 971(b)")
def test_the_third_tier_is_not_dated_back(desk: Desk) -> None:
    company, case = ready(desk)
    desk.today += timedelta(days=5)
    decide = ValidateTierThree(case_id=case)
    desk.refused(decide, by="sue", on=desk.today - timedelta(days=1), code="counts_today", cite="6 USC 966(a)")
    desk.refused(decide, by="sue", on=desk.today + timedelta(days=1), code="not_in_the_future", cite="6 USC 971(b)")
    assert Participant.objects.get(pk=company.participant).tier == 2


@pytest.mark.clause("6 USC 969(1)")
def test_no_tier_rises_on_measures_that_the_last_revalidation_found_wanting(desk: Desk) -> None:
    company, case = ready(desk)
    row = Revalidation.objects.create(
        id=uuid4(),
        participant_id=company.participant,
        programme="ctpat",
        basis="risk",
        selected_on=desk.today,
        period_index=0,
        period_starts_on=desk.today,
        period_ends_on=desk.today + timedelta(days=900),
        contributions=[],
        failures=["1.3"],
        outcome="refused",
        decided_on=desk.today,
    )
    decide = ValidateTierThree(case_id=case)
    desk.refused(decide, by="sue", code="revalidation_not_refused", cite="6 USC 969(1)")
    Revalidation.objects.filter(pk=row.pk).update(outcome="confirmed")
    desk.must(decide, by="sue")
