"""Visits of a certified validator in a validation, and when they count no longer (6 USC 968(c), 968(g)(2)(B))."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from greenlane.casework.models import Case
from greenlane.law.s965 import may_validate
from greenlane.participants.models import Participant
from greenlane.participants.queries import partners
from greenlane.programs.queries import terms_of
from greenlane.validation import queries
from greenlane.validation.commands_decision import RecommendValidation, ValidateTierTwo
from greenlane.validation.commands_letter import SignCertificationLetter
from greenlane.validation.commands_report import IssueValidationReport
from greenlane.validation.commands_third_party import DiscountVisit, RecordThirdPartyVisit
from greenlane.validation.entries_visits import FoundCriterion, ThirdPartyVisit
from greenlane.validation.facts import validation_facts
from greenlane.validation.models import Visit
from tests.companies import Company
from tests.desk import Desk
from tests.validation.steps import certified, team, vetted_again

pytestmark = pytest.mark.django_db
ENGAGEMENT = UUID("00000000-0000-5000-8000-00000000e001")


def visit_of(desk: Desk, company: Company, case: UUID) -> RecordThirdPartyVisit:
    [partner] = partners(company.participant)
    asked = queries.criteria_asked(queries.validation_of(case), desk.today)
    return RecordThirdPartyVisit(
        case_id=case,
        engagement=ENGAGEMENT,
        validator="Invented Assurance",
        visits=(
            ThirdPartyVisit(
                node=partner.series,
                country="CN",
                mode="on_site",
                visited_on=desk.today,
                visited_to=desk.today,
                appropriate="The goods are made here.",
                persons_met=("Invented Manager",),
            ),
        ),
        findings=tuple(FoundCriterion(number=c.number, finding="met") for c in asked),
    )


@pytest.mark.clause("6 USC 968(c)(1)")
@pytest.mark.clause("6 USC 968(c)(2)")
def test_a_validators_visit_counts_and_an_officer_still_decides(desk: Desk) -> None:
    company, case = certified(desk)
    desk.today += timedelta(days=1)
    record = visit_of(desk, company, case)
    assert desk.refused(record, by="sam").step == "authority"
    desk.refused(replace(record, validator=""), code="validator_given")
    desk.refused(replace(record, visits=()), code="third_party_visits_once")
    [made] = record.visits
    astray = replace(made, node=uuid4())
    desk.refused(replace(record, visits=(astray,)), code="location_in_its_supply_chain", cite="6 USC 965(a)")
    ahead = replace(made, visited_to=desk.today + timedelta(days=1))
    desk.refused(replace(record, visits=(ahead,)), code="third_party_visit_dated")
    desk.refused(replace(record, visits=(replace(made, appropriate=""),)), code="appropriate_given")
    desk.must(record)
    desk.refused(record, code="third_party_visits_once")
    visit = Visit.objects.get(validation_id=case)
    assert (visit.conducted_by, visit.engagement, visit.foreign) == ("validator", ENGAGEMENT, True)
    team(desk, case)
    desk.must(SignCertificationLetter(case_id=case, agreed=True), by=company.officer)
    desk.must(IssueValidationReport(case_id=case, summary="As the validator reported."), by="sam")
    vetted_again(desk, company)
    desk.must(RecommendValidation(case_id=case), by="sam")
    assert Participant.objects.get(pk=company.participant).tier == 1  # a report is no decision
    row = queries.validation_of(case)
    facts = validation_facts(
        row, Case.objects.get(pk=case), decided_by=desk.people["sue"], lateness_reason="", on=desk.today
    )
    verdict = may_validate(facts, desk.today, terms_of("ctpat", desk.today))
    assert verdict.granted, verdict.failing  # 965 is content; whether the engagement is sound, 968 asks besides


@pytest.mark.clause("6 USC 968(g)(2)(B)")
def test_a_visit_that_counts_no_longer_carries_no_tier(desk: Desk) -> None:
    company, case = certified(desk)
    desk.today += timedelta(days=1)
    desk.must(visit_of(desk, company, case))
    discount = DiscountVisit(case_id=case, engagement=ENGAGEMENT, reason="The certificate was revoked.")
    desk.refused(replace(discount, engagement=uuid4()), code="visits_of_the_engagement")
    desk.refused(replace(discount, reason=""), code="reason_given")
    team(desk, case)
    desk.must(SignCertificationLetter(case_id=case, agreed=True), by=company.officer)
    desk.must(IssueValidationReport(case_id=case, summary="As the validator reported."), by="sam")
    vetted_again(desk, company)
    desk.must(RecommendValidation(case_id=case), by="sam")
    desk.must(discount)
    assert Case.objects.get(pk=case).state == "recommended"  # it stays where it is
    answer = desk.refused(ValidateTierTwo(case_id=case), by="sue", code="assessed_on_site", cite="6 USC 965(a)")
    assert "work_programme_done" in {reason.code for reason in answer.verdict.failing}
    row = Visit.objects.get(validation_id=case)
    assert (row.counts, row.discounted_on) == (False, desk.today)
