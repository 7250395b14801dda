"""The outside validator: its certificate, the pilot, and one company that it validates (6 USC 968)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from greenlane.casework.commands import UploadDocument
from greenlane.casework.models import Document
from greenlane.demonstration.company import Company
from greenlane.demonstration.lists import fresh_list
from greenlane.demonstration.lives.papers import add_paper
from greenlane.demonstration.lives.tiers import open_case
from greenlane.demonstration.lives.visit import Tour
from greenlane.demonstration.office import clear
from greenlane.demonstration.papers import paper
from greenlane.demonstration.stage import Stage, Story
from greenlane.law.s968 import COMMITTEE
from greenlane.participants import queries as parts
from greenlane.validation.commands_decision import ValidateTierTwo
from greenlane.validation.commands_letter import SignCertificationLetter
from greenlane.validation.queries import criteria_asked, validation_of
from greenlane.validators.commands import CertifyValidator, SeekCertificate
from greenlane.validators.commands_ability import (
    AgreeToProcedures,
    DemonstrateAbility,
    PublishProcedure,
    SignProtectionAgreement,
)
from greenlane.validators.commands_contract import ConsentToValidator, FileContract
from greenlane.validators.commands_deciding import AuthorizeEngagement, BeginThirdPartyValidation
from greenlane.validators.commands_engagement import DeclareInterests, ProposeEngagement
from greenlane.validators.commands_insurance import RecordInsurance, SetInsuranceLimits, SubmitInsuranceInformation
from greenlane.validators.commands_pilot import (
    AdoptPilotPlan,
    RecordPilotConsultation,
    StartPilot,
    SubmitPilotPlanReport,
)
from greenlane.validators.commands_report import AcceptThirdPartyReport, SubmitThirdPartyReport
from greenlane.validators.entries_engagement import FindingReported, VisitReported
from greenlane.validators.models import Certificate

WHO = "validator"
CODE = "on-site-visits"
LIMIT_USD = 1_000_000
LATE = "This programme of the demonstration began long after enactment."


def certified_validator(stage: Stage) -> Story:
    """A validator is certified, its insurance goes on year by year, and the pilot starts."""
    give = stage.give
    text = "How a visit is prepared, made and reported."
    give(PublishProcedure(code=CODE, title="On-site visits", text=text, in_force_from=stage.today), by="manager")
    sought = give(SeekCertificate(name="Blue Heron Validators", country="US", address="9 Invented Quay"), by=WHO)
    case = sought.case_id
    assert case is not None
    yield 10
    shown = DemonstrateAbility(
        case_id=case, code=CODE, shown_on=stage.today, satisfied=True, note="A visit was rehearsed at an empty yard."
    )
    give(shown, by="specialist")
    give(SubmitInsuranceInformation(case_id=case, information="About ten visits a year."), by=WHO)
    why = "The usual limit for so few visits."
    give(SetInsuranceLimits(case_id=case, limit_usd=LIMIT_USD, since=stage.today, reason=why), by="manager")
    _insure(stage, case)
    give(AgreeToProcedures(case_id=case, agreed=True), by=WHO)
    give(SignProtectionAgreement(case_id=case, agreed=True), by=WHO)
    yield 8
    give(CertifyValidator(case_id=case), by="supervisor")
    yield 5
    yield from _pilot(stage)
    while True:
        yield 330
        _insure(stage, case)


def _insure(stage: Stage, case: UUID) -> None:
    stored = paper(f"Policy of {stage.today.year}", "Blue Heron Validators")
    title = f"Policy of {stage.today.year}"
    upload = UploadDocument(
        case_id=case,
        title=title,
        file_name=stored.file_name,
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
    )
    stage.give(upload, by=WHO)
    document = Document.objects.get(case_id=case, title=title).pk
    policy = RecordInsurance(
        case_id=case,
        insurer="Invented Mutual",
        number=f"P-{stage.today.year}",
        limit_usd=LIMIT_USD,
        since=stage.today,
        until=stage.today + timedelta(days=364),
        meets_conditions=True,
        document=document,
    )
    stage.give(policy, by=WHO)


def _pilot(stage: Stage) -> Story:
    give = stage.give
    plan = AdoptPilotPlan(
        title="Validations by third parties",
        feasibility="By counting the reports that are accepted.",
        costs="By adding what companies paid.",
        benefits="By counting the validations that were decided in time.",
        voluntary=True,
    )
    case = give(plan, by="manager").case_id
    assert case is not None
    yield 20
    for who in (COMMITTEE, "Union of Invented Importers"):
        said = "Two members asked that the price be open."
        give(RecordPilotConsultation(case_id=case, who=who, said=said, closed_on=stage.today), by="manager")
    yield 10
    text = "What was planned, and what was said to it."
    give(SubmitPilotPlanReport(case_id=case, text=text, lateness_reason=LATE), by="manager")
    yield 5
    give(StartPilot(case_id=case), by="manager")


def third_party(company: Company) -> Story:
    """A company that chooses the validator and pays it; an officer decides on the report."""
    give, officer, validation = company.stage.give, company.officer, open_case(company)
    give(SignCertificationLetter(case_id=validation, agreed=True), by=officer)
    yield 20
    validator = Certificate.objects.order_by("pk")[0]
    proposal = ProposeEngagement(
        participant_id=company.participant, validator_id=validator.validator_id, validation_id=validation
    )
    engagement = give(proposal, by=officer).case_id
    assert engagement is not None
    for who in (WHO, officer):
        give(DeclareInterests(case_id=engagement, complete=True), by=who)
    yield 4
    contract = FileContract(
        case_id=engagement,
        document=add_paper(company, engagement, "Contract", officer),
        signed_on=company.stage.today,
        participant_signed=True,
        validator_signed=True,
        participant_pays_all=True,
        price_usd=3400,
    )
    give(contract, by=officer)
    give(ConsentToValidator(case_id=engagement, voluntary=True), by=officer)
    yield 5
    give(AuthorizeEngagement(case_id=engagement), by="supervisor")
    yield 15
    give(BeginThirdPartyValidation(case_id=engagement), by=WHO)
    yield 20
    _report(company, engagement, validation)
    yield 6
    give(AcceptThirdPartyReport(case_id=engagement), by="specialist")
    yield 2
    fresh_list(company.stage)
    clear(company)
    yield from _decided(company, validation)


def _report(company: Company, engagement: UUID, validation: UUID) -> None:
    stage = company.stage
    photo = add_paper(company, engagement, "Photos of two yards", WHO)
    partner, site = parts.partners(company.participant)[0], parts.sites(company.participant)[0]
    visits = tuple(
        VisitReported(
            node=place.series,
            mode="on_site",
            visited_on=stage.today,
            visited_to=stage.today,
            appropriate="The goods are packed and sealed here.",
            persons_met=("The manager of the yard",),
            seen="Gate, seals, yard and the office of the guards.",
            evidence=(photo,),
        )
        for place in (partner, site)
    )
    asked = criteria_asked(validation_of(validation), stage.today)
    report = SubmitThirdPartyReport(
        case_id=engagement,
        visits=visits,
        findings=tuple(FindingReported(number=c.number, finding="met") for c in asked),
        summary="A sound chain; every criterion was seen in place.",
        cost_usd=3400,
        hours=42,
    )
    stage.give(report, by=WHO)


def _decided(company: Company, validation: UUID) -> Story:
    """The officers' own part: the report to the company, the recommendation, the decision."""
    from greenlane.validation.commands_planning import AssignValidationTeam
    from greenlane.validation.commands_report import IssueValidationReport

    give, people = company.stage.give, company.stage.people
    tour = Tour(company, validation)
    members = tuple(people[name] for name in tour.team)
    give(AssignValidationTeam(case_id=validation, members=members), by="supervisor")
    yield 3
    summary = "Validated on the report of a third party, which we have read and accepted."
    give(IssueValidationReport(case_id=validation, summary=summary), by=tour.lead)
    yield from tour.recommend()
    yield 5
    give(ValidateTierTwo(case_id=validation), by="supervisor")
