"""Engaging a validator, its report as advice, the decision that stays an officer's (6 USC 968(c), (f), (h); RC-20)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest

from greenlane.casework.models import Case, Notice
from greenlane.casework.problems import Missing
from greenlane.law.authority import Office
from greenlane.participants.models import Participant
from greenlane.people.commands import GrantOffice
from greenlane.people.queries import is_assigned
from greenlane.people.visibility import cases_visible_to, participants_visible_to, viewer_of
from greenlane.revalidation.commands_deciding import ConfirmTier
from greenlane.revalidation.commands_selecting import SelectForRevalidation
from greenlane.validation.commands_decision import RecommendValidation, ValidateTierTwo
from greenlane.validation.commands_report import IssueValidationReport
from greenlane.validation.models import Visit
from greenlane.validators.commands_ability import AgreeToProcedures
from greenlane.validators.commands_contract import ConsentToValidator, FileContract
from greenlane.validators.commands_deciding import (
    AuthorizeEngagement,
    BeginThirdPartyValidation,
    EndEngagement,
    RefuseEngagement,
    WithdrawConsent,
)
from greenlane.validators.commands_engagement import (
    DeclareConflict,
    DeclareInterests,
    DetermineNoConflict,
    ProposeEngagement,
)
from greenlane.validators.commands_insurance import RecordInsurance
from greenlane.validators.commands_monitoring import ReviewConductedValidation, RevokeCertificate
from greenlane.validators.commands_ownership import DeclaredHolding, RecordHolding
from greenlane.validators.commands_report import (
    AcceptThirdPartyReport,
    RejectThirdPartyReport,
    ReturnThirdPartyReport,
)
from greenlane.validators.entries import ShortcomingFound
from greenlane.validators.models import Certificate, ConductedReview, DeclaredTie, Engagement, Policy
from greenlane.validators.queries import certificate_of, review_complete
from tests.revalidation import stage
from tests.validation.steps import certified, team, upload
from tests.validators.steps import (
    Engaged,
    another,
    certificate,
    certified_beside,
    engaged,
    publish,
    recommended,
    running_pilot,
    sought,
    validators_desk,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Engaged:
    """A certified company, a certified validator, a running pilot."""
    desk = validators_desk()
    desk.prove = False
    return engaged(desk)


def state(case: UUID) -> str:
    return Case.objects.get(pk=case).state


def holding(owner: str, owned: str, **more: object) -> RecordHolding:
    given = {"basis_points": 300, "since": Certificate.objects.get().certified_on, "source": "A register."}
    return RecordHolding(owner=owner, owned=owned, **{**given, **more})  # type: ignore[arg-type]


VALIDATOR, COMPANY = "Blue Heron Validators", "Meridian Lantern Imports"


@pytest.mark.clause("6 USC 968(c)")
@pytest.mark.clause("6 USC 968(c)(1)")
@pytest.mark.clause("6 USC 968(f)")
def test_a_report_enters_the_validation_as_advice_and_officers_decide(one: Engaged) -> None:
    desk = one.desk
    one.ready()
    desk.prove = True
    one.authorize()
    desk.today += timedelta(days=1)
    one.begin().submit().accept()
    assert (state(one.engagement), state(one.validation)) == ("accepted", "visited")
    visits = Visit.objects.filter(validation_id=one.validation)
    assert {(v.conducted_by, v.engagement, v.counts) for v in visits} == {("validator", one.engagement, True)}
    templates = set(Notice.objects.filter(case_id=one.engagement).values_list("template", flat=True))
    assert templates == {"engagement_decided", "third_party_report_decided"}
    assert Participant.objects.get(pk=one.company.participant).tier == 1  # a report is no decision


def accepted(one: Engaged) -> Engaged:
    one.ready().authorize()
    one.desk.today += timedelta(days=1)  # the second vetting comes after certification
    return one.begin().submit().accept()


@pytest.mark.clause("6 USC 968(c)(2)")
def test_rc_20_an_officer_and_nobody_else_makes_a_tier_of_a_report(one: Engaged) -> None:
    desk = one.desk
    accepted(one)
    recommended(one)
    decide = ValidateTierTwo(case_id=one.validation)
    assert desk.refused(decide, by="val").step == "authority"
    desk.must(GrantOffice(account_id=desk.people["val"], office=Office.SUPERVISOR))
    refused = desk.refused(decide, by="val", code="officer_decides", cite="6 USC 968(c)(2)")
    assert refused.step == "law"
    answer = desk.must(decide, by="sue")
    assert {"6 USC 968(c)(2)", "6 USC 968(h)"} <= {c.cite for c in answer.verdict.citations}
    assert Participant.objects.get(pk=one.company.participant).tier == 2


@pytest.mark.clause("6 USC 968(d)(2)(B)")
def test_rc_20_an_uninsured_validators_report_becomes_no_tier(one: Engaged) -> None:
    """The policy is found to have been cancelled before the visit; nobody had said so."""
    desk = one.desk
    accepted(one)
    recommended(one)
    policy = Policy.objects.get(certificate_id=one.certificate)
    desk.must(
        RecordInsurance(
            case_id=one.certificate,
            insurer=policy.insurer,
            number=policy.number,
            limit_usd=policy.limit_usd,
            since=policy.since,
            until=policy.until,
            meets_conditions=True,
            cancelled_on=policy.since,
            document=policy.document,
            corrects=policy.series,
        ),
        by="max",
    )
    desk.refused(ValidateTierTwo(case_id=one.validation), by="sue", code="insured", cite="6 USC 968(d)(2)(B)")


@pytest.mark.clause("6 USC 968(f)(1)(A)")
def test_rc_20_a_conflict_through_three_companies_found_later_becomes_no_tier(one: Engaged) -> None:
    desk = one.desk
    accepted(one)
    recommended(one)
    chain = [VALIDATOR, "Alder Holding", "Birch Holding", "Cedar Holding", COMPANY]
    for owner, owned in pairwise(chain):
        desk.must(holding(owner, owned), by="sam")
    answer = desk.refused(
        ValidateTierTwo(case_id=one.validation), by="sue", code="no_interest_or_control", cite="6 USC 968(f)(1)(A)"
    )
    said = next(str(r.sentence) for r in answer.verdict.failing if r.code == "no_interest_or_control")
    assert "Alder Holding (3 %) > Birch Holding (3 %) > Cedar Holding (3 %) > Meridian Lantern Imports (3 %)" in said


@pytest.mark.clause("6 USC 968(f)(1)(B)")
def test_rc_20_a_conflict_declared_after_the_visit_becomes_no_tier(one: Engaged) -> None:
    one.ready().authorize().begin().submit()
    declare = DeclareConflict(case_id=one.engagement, kind="family", detail="Two directors are sisters.")
    one.desk.must(declare, by="ada")
    refused = one.desk.refused(AcceptThirdPartyReport(case_id=one.engagement), by="sam", code="no_declared_conflict")
    assert refused.step == "law"
    assert not Visit.objects.filter(validation_id=one.validation).exclude(visited_on=None).exists()


@pytest.mark.clause("6 USC 968(g)(2)(A)")
@pytest.mark.clause("6 USC 968(g)(2)(B)")
def test_rc_20_a_revoked_validators_report_becomes_no_tier(one: Engaged) -> None:
    desk = one.desk
    accepted(one)
    recommended(one)
    revoke(one)
    assert not Visit.objects.filter(validation_id=one.validation, counts=True).exclude(visited_on=None).exists()
    desk.refused(ValidateTierTwo(case_id=one.validation), by="sue")
    assert Participant.objects.get(pk=one.company.participant).tier == 1


def revoke(one: Engaged) -> None:
    paper = upload(one.desk, one.certificate, "Inspection", by="sue")
    fault = ShortcomingFound(procedure="on-site-visits", found="No photographs were taken.", evidence=(paper,))
    one.desk.must(RevokeCertificate(case_id=one.certificate, shortcomings=(fault,)), by="sue")


@pytest.mark.clause("6 USC 968(g)(2)(B)")
def test_a_revocation_opens_a_review_of_every_validation_that_it_conducted(one: Engaged) -> None:
    """One that became a tier, one whose report was rejected, one that is under way with a report; not one unvisited."""
    desk = one.desk
    accepted(one)
    recommended(one)
    desk.must(ValidateTierTwo(case_id=one.validation), by="sue")
    others = [another(one, name) for name in ("ben", "cat", "dan")]
    for other in others[:2]:
        other.ready().authorize().begin().submit()
    desk.must(RejectThirdPartyReport(case_id=others[0].engagement, reason="No photographs."), by="sue")
    others[2].ready().authorize().begin()
    desk.prove = True
    revoke(one)
    conducted = {one.validation, others[0].validation, others[1].validation}
    reviews = ConductedReview.objects.filter(certificate_id=one.certificate)
    assert {row.validation_id for row in reviews} == conducted
    assert reviews.count() == Engagement.objects.filter(reports__gt=0).count() == 3
    cases = Case.objects.filter(kind="revalidation", participant_id=one.company.participant)
    assert cases.count() == 1  # the one on which a tier rests is visited again
    assert [state(other.engagement) for other in others] == ["rejected", "ended", "ended"]
    assert not any(is_assigned(desk.people["val"], other.validation, desk.today) for other in others)
    assert not review_complete(certificate_of(one.certificate)).granted
    give = {"case_id": one.certificate, "found": "The seals were seen by nobody."}
    with pytest.raises(Missing):
        desk.give(ReviewConductedValidation(validation_id=uuid4(), **give), by="stu")
    desk.refused(
        ReviewConductedValidation(validation_id=one.validation, **give), by="sam", code="second_person"
    )  # she accepted the report
    desk.refused(ReviewConductedValidation(validation_id=one.validation, **give), by="stu", code="review_case_decided")
    for other in others[:2]:
        desk.must(ReviewConductedValidation(validation_id=other.validation, **give), by="stu")
    desk.refused(ReviewConductedValidation(validation_id=others[0].validation, **give), by="stu", code="review_open")
    assert [r.where for r in review_complete(certificate_of(one.certificate)).failing] == [str(one.validation)]


@pytest.mark.clause("6 USC 968(f)")
@pytest.mark.clause("6 USC 968(f)(2)")
@pytest.mark.clause("6 USC 968(h)")
def test_rc_20_an_engagement_lacks_nothing(one: Engaged) -> None:
    desk = one.desk
    one.propose()
    authorize = AuthorizeEngagement(case_id=one.engagement)
    assert desk.refused(authorize, by="sue").step == "procedure"  # no consent, no authorization
    desk.refused(ConsentToValidator(case_id=one.engagement, voluntary=False), by="ada", code="voluntary_consent")
    desk.person("con", Office.CONSULTANT, participant=one.company.participant)
    assert desk.refused(ConsentToValidator(case_id=one.engagement, voluntary=True), by="con").step == "authority"
    one.consent()
    answer = desk.refused(authorize, by="sue", cite="6 USC 968(f)(2)")
    assert {r.code for r in answer.verdict.failing} == {
        "declaration_signed",
        "participant_declared",
        "contract_on_file",
        "participant_pays_all",
    }
    one.declare().contract(participant_pays_all=False)
    desk.refused(authorize, by="sue", code="participant_pays_all", cite="6 USC 968(f)(2)")
    one.contract(validator_signed=False)
    desk.refused(authorize, by="sue", code="contract_on_file")
    one.contract()
    desk.must(authorize, by="sue")


@pytest.mark.clause("6 USC 968(d)(2)(B)")
@pytest.mark.clause("6 USC 968(d)(2)(A)")
def test_rc_20_a_validator_whose_insurance_expired_is_not_engaged(one: Engaged) -> None:
    desk = one.desk
    one.ready()
    desk.today += timedelta(days=364)
    publish(desk, since=desk.today + timedelta(days=1))
    authorize = AuthorizeEngagement(case_id=one.engagement)
    desk.today += timedelta(days=1)
    answer = desk.refused(authorize, by="sue", code="insured", cite="6 USC 968(d)(2)(B)")
    assert {r.code for r in answer.verdict.failing} == {"insured", "procedures_agreed"}
    desk.must(AgreeToProcedures(case_id=one.certificate, agreed=True), by="val")
    answer = desk.refused(authorize, by="sue")
    assert {r.code for r in answer.verdict.failing} == {"insured"}


@pytest.mark.clause("6 USC 968(f)(1)")
@pytest.mark.clause("6 USC 968(f)(1)(B)")
def test_rc_20_ties_of_any_kind_refuse_and_only_a_common_owner_can_be_cleared(one: Engaged) -> None:
    desk = one.desk
    one.ready()
    authorize = AuthorizeEngagement(case_id=one.engagement)
    desk.must(holding("Orla Invented", VALIDATOR, basis_points=20), by="sam")  # she owns the company, by its own word
    desk.refused(authorize, by="sue", code="no_common_owner", cite="6 USC 968(f)(1)(B)")
    clear = DetermineNoConflict(case_id=one.engagement, party="Orla Invented", reason="A fifth of a percent.")
    desk.refused(replace(clear, party="Nobody"), by="sue", code="common_owner")
    desk.refused(replace(clear, reason=" "), by="sue", code="reason_given")
    assert desk.refused(clear, by="sam").step == "authority"
    desk.must(clear, by="sue")
    declare = DeclareConflict(case_id=one.engagement, kind="employment", detail="A clerk works for both.")
    desk.must(declare, by="val")
    desk.refused(authorize, by="sue", code="no_declared_conflict")
    tie = DeclaredTie.objects.get()
    ended = replace(declare, corrects=tie.pk, ended_on=desk.today - timedelta(days=1))
    desk.refused(replace(ended, ended_on=desk.today + timedelta(days=1)), by="val", code="ended_by_now")
    desk.refused(ended, by="ada", code="own_tie")
    desk.refused(replace(ended, detail=""), by="val", code="detail_given")
    with pytest.raises(Missing):
        desk.give(replace(ended, corrects=uuid4()), by="val")
    desk.must(ended, by="val")
    desk.must(holding(COMPANY, VALIDATOR, basis_points=1), by="sam")
    desk.refused(authorize, by="sue", code="not_owned_by_participant")


@pytest.mark.clause("6 USC 968(f)(1)(B)")
def test_a_consultant_of_the_company_does_not_validate_it(one: Engaged) -> None:
    one.ready()
    one.desk.must(
        GrantOffice(
            account_id=one.desk.people["val"], office=Office.CONSULTANT, participant_id=one.company.participant
        ),
        by="ada",
    )
    one.desk.refused(AuthorizeEngagement(case_id=one.engagement), by="sue", code="nobody_on_both_sides")


@pytest.mark.clause("6 USC 968(f)(1)(A)")
def test_what_a_side_declares_is_a_holding(one: Engaged) -> None:
    desk = one.desk
    one.propose()
    own = DeclaredHolding(owner=VALIDATOR, owned=COMPANY, basis_points=1, since=desk.today)
    give = DeclareInterests(case_id=one.engagement, complete=True, holdings=(own,))
    desk.refused(replace(give, complete=False), by="val", code="declaration_complete")
    desk.refused(replace(give, holdings=(replace(own, basis_points=10_001),)), by="val", code="share_in_range")
    desk.refused(replace(give, holdings=(replace(own, owned=VALIDATOR),)), by="val", code="two_parties")
    desk.must(give, by="val")
    desk.must(DeclareInterests(case_id=one.engagement, complete=True), by="ada")
    one.contract().consent()
    desk.refused(AuthorizeEngagement(case_id=one.engagement), by="sue", code="no_interest_or_control")
    desk.must(RefuseEngagement(case_id=one.engagement, reason="It owns a part of the company."), by="sue")
    assert state(one.engagement) == "refused"


@pytest.mark.clause("6 USC 968(c)(1)")
def test_what_is_proposed_must_make_sense(one: Engaged) -> None:
    desk = one.desk
    validator = Certificate.objects.get(pk=one.certificate).validator_id
    good = ProposeEngagement(
        participant_id=one.company.participant, validator_id=validator, validation_id=one.validation
    )
    desk.refused(replace(good, validation_id=uuid4()), by="ada", code="validation_open")
    desk.person("vic", Office.VALIDATOR)
    desk.refused(good, by="vic", code="for_yourself")
    other = Certificate.objects.get(pk=sought(desk, "Grey Gull Validators", by="vic")).validator_id
    desk.refused(replace(good, validator_id=other), by="ada", code="validator_certified", cite="6 USC 968(d)")
    with pytest.raises(Missing):
        desk.give(replace(good, validator_id=uuid4()), by="ada")
    desk.person("eve")
    assert desk.refused(good, by="eve").step == "authority"
    desk.must(good, by="val")  # the validator may propose itself
    desk.refused(good, by="ada", code="one_engagement")


@pytest.mark.clause("6 USC 968(f)(2)")
def test_a_contract_is_a_document_with_days_that_can_be(one: Engaged) -> None:
    desk = one.desk
    one.propose()
    paper = upload(desk, one.engagement, "Contract", by="ada")
    good = FileContract(
        case_id=one.engagement,
        document=paper,
        signed_on=desk.today,
        participant_signed=True,
        validator_signed=True,
        participant_pays_all=True,
        price_usd=10,
    )
    desk.refused(replace(good, document=uuid4()), by="ada", code="document_on_file")
    desk.refused(replace(good, signed_on=desk.today + timedelta(days=1)), by="ada", code="contract_days")
    desk.refused(replace(good, ends_on=desk.today), by="ada", code="contract_days")
    desk.refused(replace(good, price_usd=-1), by="ada", code="price_usd_in_range")
    desk.must(good, by="val")


@pytest.mark.clause("6 USC 968(h)")
def test_rc_20_consent_is_voluntary_and_can_be_withdrawn(one: Engaged) -> None:
    desk = one.desk
    one.ready().authorize().begin().submit()
    desk.refused(WithdrawConsent(case_id=one.engagement, reason="a" * 2001), by="ada", code="reason_fits")
    desk.must(WithdrawConsent(case_id=one.engagement), by="ada")
    assert state(one.engagement) == "ended"
    assert not is_assigned(desk.people["val"], one.validation, desk.today)
    assert desk.refused(AcceptThirdPartyReport(case_id=one.engagement), by="sam").step == "procedure"


@pytest.mark.clause("6 USC 968(c)(1)")
def test_third_parties_validate_only_while_the_pilot_runs() -> None:
    desk = validators_desk()
    desk.prove = False
    company, validation = certified(desk)
    one = Engaged(desk, company, validation, certificate(desk)).ready()
    desk.refused(AuthorizeEngagement(case_id=one.engagement), by="sue", code="pilot_runs", cite="6 USC 968(c)(1)")
    running_pilot(desk)
    one.authorize()
    desk.today = desk.today.replace(year=desk.today.year + 1)
    assert desk.refused(BeginThirdPartyValidation(case_id=one.engagement), by="val").step == "law"


@pytest.mark.clause("6 USC 968(c)(1)")
def test_a_report_tells_of_visits_in_the_engagement_with_evidence_and_of_every_criterion(one: Engaged) -> None:
    desk = one.desk
    one.ready().authorize()
    desk.today += timedelta(days=3)
    one.begin()
    report = one.report()
    visit = report.visits[0]
    early = replace(visit, visited_on=desk.today - timedelta(days=1), visited_to=desk.today - timedelta(days=1))
    for bad, code in (
        (replace(report, visits=()), "visit_reported"),
        (replace(report, visits=(early,)), "visit_in_the_engagement"),
        (replace(report, visits=(replace(visit, node=uuid4()),)), "place_of_the_company"),
        (replace(report, visits=(replace(visit, evidence=()),)), "evidence_on_file"),
        (replace(report, visits=(replace(visit, evidence=(uuid4(),)),)), "evidence_on_file"),
        (replace(report, visits=(replace(visit, seen=""),)), "seen_given"),
        (replace(report, visits=(replace(visit, appropriate=""),)), "appropriate_given"),
        (replace(report, findings=report.findings[1:]), "every_criterion_found"),
        (replace(report, findings=(*report.findings, report.findings[0])), "every_criterion_found"),
        (
            replace(report, findings=(replace(report.findings[0], finding="not_met"), *report.findings[1:])),
            "findings_explained",
        ),
        (replace(report, findings=(replace(report.findings[0], note="x" * 5001), *report.findings[1:])), "notes_fit"),
        (replace(report, summary=" "), "summary_given"),
        (replace(report, hours=-1), "hours_in_range"),
    ):
        desk.refused(bad, by="val", code=code)
    desk.must(report, by="val")
    desk.refused(ReturnThirdPartyReport(case_id=one.engagement, reason=""), by="sam", code="reason_given")
    desk.must(ReturnThirdPartyReport(case_id=one.engagement, reason="Name the persons met."), by="sam")
    one.submit(unmet=report.findings[0].number).accept()
    row = Engagement.objects.get(pk=one.engagement)
    assert (row.reports, row.visits.count()) == (2, 4)
    assert Visit.objects.filter(engagement=one.engagement).count() == 2  # those of the last report


@pytest.mark.clause("6 USC 968(c)(2)")
def test_whoever_acts_for_the_validator_decides_nothing(one: Engaged) -> None:
    desk = one.desk
    one.ready().authorize().begin().submit()
    desk.must(GrantOffice(account_id=desk.people["val"], office=Office.SUPERVISOR))
    for command in (
        AcceptThirdPartyReport(case_id=one.engagement),
        RejectThirdPartyReport(case_id=one.engagement, reason="x"),
        ReturnThirdPartyReport(case_id=one.engagement, reason="x"),
        EndEngagement(case_id=one.engagement, reason="x"),
    ):
        desk.refused(command, by="val", code="officer_decides", cite="6 USC 968(c)(2)")


@pytest.mark.clause("6 USC 968(d)(3)")
def test_a_validator_sees_one_company_and_only_during_the_engagement(one: Engaged) -> None:
    desk = one.desk
    stranger, strange = certified_beside(desk, "eve")

    def seen() -> tuple[set[UUID], set[UUID]]:
        viewer = viewer_of(desk.people["val"], desk.today)
        cases = {case.pk for case in cases_visible_to(viewer) if case.kind not in ("programme", "edition", "account")}
        people = participants_visible_to(viewer, Participant.objects.all())
        return cases, set(people.values_list("pk", flat=True))

    own, company = {one.certificate}, {one.company.participant}
    assert seen() == (own, set())
    one.ready()
    assert seen() == (own | {one.engagement}, set())  # its papers, and nothing of the company
    one.authorize()
    assert seen() == (own | {one.engagement}, set())
    one.begin()
    assert seen() == (own | {one.engagement, one.validation}, company)
    assert stranger.participant not in company
    assert strange not in seen()[0]
    one.submit().accept()
    assert seen() == (own | {one.engagement}, set())


@pytest.mark.clause("6 USC 968(c)(1)")
@pytest.mark.clause("6 USC 968(d)(3)")
def test_the_company_closes_on_the_day_the_contract_ends_and_the_report_can_still_be_written(one: Engaged) -> None:
    desk = one.desk
    ends = desk.today + timedelta(days=3)
    one.propose().declare().contract(ends_on=ends).consent().authorize().begin()
    report = one.report()
    desk.wake(days=2)
    assert is_assigned(desk.people["val"], one.validation, desk.today)
    desk.wake(days=1)
    assert desk.today == ends
    assert not is_assigned(desk.people["val"], one.validation, desk.today)
    assert is_assigned(desk.people["val"], one.engagement, desk.today)
    assert state(one.engagement) == "under_way"
    desk.must(report, by="val")


@pytest.mark.clause("6 USC 968(c)(2)")
@pytest.mark.clause("6 USC 969(1)")
def test_rc_20_no_tier_is_confirmed_on_an_uninsured_validators_report(one: Engaged) -> None:
    """The same guard watches a revalidation: a policy that was cancelled before the visit was found afterwards."""
    desk = one.desk
    accepted(one)
    recommended(one)
    desk.must(ValidateTierTwo(case_id=one.validation), by="sue")
    desk.person("mona", Office.PROGRAMME_MANAGER)
    stage.publish_framework(desk)
    stage.measure(desk, one.company.participant, 40, 20)
    desk.today += timedelta(days=1)
    select = SelectForRevalidation(participant_id=one.company.participant, basis="risk", reason="Two seals broke.")
    case = desk.must(select, by="sam").case_id
    assert case is not None
    again = Engaged(desk, one.company, case, one.certificate).ready().authorize().begin().submit().accept()
    team(desk, case)
    desk.must(IssueValidationReport(case_id=case, summary="As the third party reported."), by="sam")
    desk.must(RecommendValidation(case_id=case), by="sam")
    assert (state(again.engagement), state(case)) == ("accepted", "recommended")
    policy = Policy.objects.get(certificate_id=one.certificate)
    cancelled = RecordInsurance(
        case_id=one.certificate,
        insurer=policy.insurer,
        number=policy.number,
        limit_usd=policy.limit_usd,
        since=policy.since,
        until=policy.until,
        meets_conditions=True,
        cancelled_on=desk.today,
        document=policy.document,
        corrects=policy.series,
    )
    desk.must(cancelled, by="max")
    desk.refused(ConfirmTier(case_id=case), by="sue", code="insured", cite="6 USC 968(d)(2)(B)")
    mended = replace(cancelled, cancelled_on=None, corrects=Policy.objects.get(superseded_at=None).series)
    desk.must(mended, by="max")
    desk.must(ConfirmTier(case_id=case), by="sue")
