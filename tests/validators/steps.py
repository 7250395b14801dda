"""From a certified company to an accepted report of a third party, for tests: plainly invented validators."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from greenlane.certification.commands import CertifyTierOne, RecommendCertification
from greenlane.certification.models import Certification
from greenlane.certification.review import BeginReview
from greenlane.law.authority import Office
from greenlane.law.s968 import COMMITTEE
from greenlane.participants.commands import AmendProfile
from greenlane.participants.parts import RecordIdentifier, RecordPerson
from greenlane.participants.queries import partners, sites
from greenlane.people.commands import AssignCase
from greenlane.validation.commands_decision import RecommendValidation
from greenlane.validation.commands_letter import SignCertificationLetter
from greenlane.validation.commands_report import IssueValidationReport
from greenlane.validation.queries import criteria_asked, open_validations, validation_of
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
from tests.companies import Company
from tests.desk import Desk
from tests.lives import accept_all, investigate
from tests.support.kept import kept
from tests.validation.steps import accepted as closed
from tests.validation.steps import answered, certified, relist, require, team, upload, validation_desk, vetted_again

LATE = "The pilot of this programme begins long after enactment."


def validators_desk() -> Desk:
    """A desk for validations, with a procedure for validators, a programme manager and a validator's person."""
    desk = validation_desk()
    _staffed(desk)
    return desk


@kept
def _staffed(desk: Desk) -> None:
    desk.prove = False
    desk.person("max", Office.PROGRAMME_MANAGER)
    desk.person("val", Office.VALIDATOR)
    publish(desk)
    desk.prove = True


def publish(desk: Desk, code: str = "on-site-visits", since: date | None = None) -> None:
    desk.must(
        PublishProcedure(code=code, title="On-site visits", text="Invented.", in_force_from=since or desk.today),
        by="max",
    )


def sought(desk: Desk, name: str = "Blue Heron Validators", by: str = "val") -> UUID:
    """The case of a certificate that is sought; the platform assigns it to the person who seeks it."""
    answer = desk.must(SeekCertificate(name=name, country="US", address="9 Invented Quay"), by=by)
    assert answer.case_id is not None
    return answer.case_id


def insured(desk: Desk, case: UUID, by: str = "val", **more: Any) -> None:
    """A policy of a year from today, at the programme's limit."""
    given: dict[str, Any] = {
        "insurer": "Invented Mutual",
        "number": "P-1",
        "limit_usd": 1_000_000,
        "since": desk.today,
        "until": desk.today + timedelta(days=364),
        "meets_conditions": True,
        "document": upload(desk, case, "Policy", by=by),
    }
    desk.must(RecordInsurance(case_id=case, **{**given, **more}), by=by)


def prepared(desk: Desk, case: UUID, by: str = "val", *, shown: bool = True, by_officer: str = "sam") -> None:
    """Everything that a certificate rests on; *shown*: an officer was satisfied of the ability."""
    desk.must(
        DemonstrateAbility(
            case_id=case, code="on-site-visits", shown_on=desk.today, satisfied=shown, note="A visit was rehearsed."
        ),
        by=by_officer,
    )
    desk.must(SubmitInsuranceInformation(case_id=case, information="Ten visits a year."), by=by)
    desk.must(SetInsuranceLimits(case_id=case, since=desk.today, reason="The usual limit for so few visits."), by="max")
    insured(desk, case, by=by)
    desk.must(AgreeToProcedures(case_id=case, agreed=True), by=by)
    desk.must(SignProtectionAgreement(case_id=case, agreed=True), by=by)


@kept
def certificate(desk: Desk, name: str = "Blue Heron Validators", by: str = "val") -> UUID:
    """A validator that is certified today; the case of its certificate."""
    proving, desk.prove = desk.prove, False
    case = sought(desk, name, by)
    prepared(desk, case, by)
    desk.prove = proving
    desk.must(CertifyValidator(case_id=case), by="sue")
    return case


def planned_pilot(desk: Desk) -> UUID:
    """A pilot whose plan is adopted, consulted on and reported."""
    answer = desk.must(
        AdoptPilotPlan(
            title="Third party validations",
            feasibility="By counting reports that are accepted.",
            costs="By adding what companies paid.",
            benefits="By counting validations.",
            voluntary=True,
        ),
        by="max",
    )
    assert answer.case_id is not None
    for who in (COMMITTEE, "Invented Importers' Union"):
        desk.must(RecordPilotConsultation(case_id=answer.case_id, who=who, closed_on=desk.today), by="max")
    desk.must(SubmitPilotPlanReport(case_id=answer.case_id, text="What was planned.", lateness_reason=LATE), by="max")
    return answer.case_id


@kept
def running_pilot(desk: Desk) -> UUID:
    """A pilot that starts today."""
    proving, desk.prove = desk.prove, False
    case = planned_pilot(desk)
    desk.prove = proving
    desk.must(StartPilot(case_id=case), by="max")
    return case


@dataclass
class Engaged:
    """A company, its validation, the validator's certificate and the engagement; each is the id of a case."""

    desk: Desk
    company: Company
    validation: UUID
    certificate: UUID
    engagement: UUID = field(default=UUID(int=0))
    person: str = "val"

    def propose(self) -> Engaged:
        validator = Certificate.objects.get(pk=self.certificate).validator_id
        answer = self.desk.must(
            ProposeEngagement(
                participant_id=self.company.participant, validator_id=validator, validation_id=self.validation
            ),
            by=self.company.officer,
        )
        assert answer.case_id is not None
        self.engagement = answer.case_id
        return self

    def declare(self) -> Engaged:
        for who in (self.person, self.company.officer):
            self.desk.must(DeclareInterests(case_id=self.engagement, complete=True), by=who)
        return self

    def contract(self, **more: Any) -> Engaged:
        given: dict[str, Any] = {
            "document": upload(self.desk, self.engagement, "Contract", by=self.company.officer),
            "signed_on": self.desk.today,
            "participant_signed": True,
            "validator_signed": True,
            "participant_pays_all": True,
            "price_usd": 3000,
        }
        self.desk.must(FileContract(case_id=self.engagement, **{**given, **more}), by=self.company.officer)
        return self

    def consent(self) -> Engaged:
        self.desk.must(ConsentToValidator(case_id=self.engagement, voluntary=True), by=self.company.officer)
        return self

    def ready(self) -> Engaged:
        """All but the authorization."""
        proving, self.desk.prove = self.desk.prove, False
        self.propose().declare().contract().consent()
        self.desk.prove = proving
        return self

    def authorize(self) -> Engaged:
        self.desk.must(AuthorizeEngagement(case_id=self.engagement), by="sue")
        return self

    def begin(self) -> Engaged:
        self.desk.must(BeginThirdPartyValidation(case_id=self.engagement), by=self.person)
        return self

    def report(self, *, unmet: str = "", **more: Any) -> SubmitThirdPartyReport:
        """A report of visits made today to one domestic and one foreign place, with a finding on every criterion."""
        photo = upload(self.desk, self.engagement, "Photo", by=self.person)
        [site, *_], [partner, *_] = sites(self.company.participant), partners(self.company.participant)
        given: dict[str, Any] = {
            "visits": tuple(
                VisitReported(
                    node=node.series,
                    mode="on_site",
                    visited_on=self.desk.today,
                    visited_to=self.desk.today,
                    appropriate="The cargo is stuffed and sealed here.",
                    persons_met=("Ada Invented",),
                    seen="Seals, yard and gate.",
                    evidence=(photo,),
                )
                for node in (site, partner)
            ),
            "findings": tuple(
                FindingReported(number=c.number, finding="not_met", note="The log has gaps.")
                if c.number == unmet
                else FindingReported(number=c.number, finding="met")
                for c in criteria_asked(validation_of(self.validation), self.desk.today)
            ),
            "summary": "A sound supply chain.",
            "cost_usd": 3000,
            "hours": 40,
        }
        return SubmitThirdPartyReport(case_id=self.engagement, **{**given, **more})

    def submit(self, **more: Any) -> Engaged:
        self.desk.must(self.report(**more), by=self.person)
        return self

    def accept(self) -> Engaged:
        self.desk.must(AcceptThirdPartyReport(case_id=self.engagement), by="sam")
        return self


@kept
def engaged(desk: Desk, officer: str = "ada", name: str = "", **profile: object) -> Engaged:
    """A certified company, a certified validator and a running pilot; nothing is proposed yet."""
    company, validation = certified(desk, officer, **profile)
    case = certificate(desk)
    running_pilot(desk)
    return Engaged(desk, company, validation, case)


def another(one: Engaged, officer: str) -> Engaged:
    """A second company for the same validator and pilot."""
    company, validation = certified_beside(one.desk, officer)
    return Engaged(one.desk, company, validation, one.certificate)


def certified_beside(desk: Desk, officer: str) -> tuple[Company, UUID]:
    """A company beside the first one, with a name and numbers of its own, certified today; its open validation."""
    company, case = received_beside(desk, officer)
    investigate(desk, company)
    accept_all(desk, company, case)
    desk.must(RecommendCertification(case_id=case), by="sam")
    desk.must(CertifyTierOne(case_id=case), by="sue")
    return company, open_validations(company.participant).get().pk


def received_beside(desk: Desk, officer: str) -> tuple[Company, UUID]:
    """A company beside the first one whose application was received today and is under review; the certification."""
    relist(desk)
    company = Company(desk, officer, name=f"{officer.title()} Invented Imports").register()
    desk.must(
        AmendProfile(
            participant_id=company.participant,
            legal_name=company.name,
            country="US",
            address="1 Invented Way",
            city="Houston",
            cargo_kinds=("containerized",),
        ),
        by=officer,
    )
    number = sum(officer.encode())
    for kind, value in (("ior", f"12-34567{number:04d}"), ("import_bond", f"99{number:07d}")):
        desk.must(RecordIdentifier(participant_id=company.participant, kind=kind, value=value), by=officer)
    given = {"participant_id": company.participant, "country": "US"}
    desk.must(
        RecordPerson(
            role="officer",
            name=officer.title(),
            birth_date=date(1980, 2, 29),
            account_id=desk.people[officer],
            **given,
        ),  # type: ignore[arg-type]
        by=officer,
    )
    owner = f"{officer.title()} Owner"
    desk.must(
        RecordPerson(role="owner", name=owner, birth_date=date(1970, 5, 17), share_percent=100, **given),  # type: ignore[arg-type]
        by=officer,
    )
    company.map_chain().open().fill_application().sign().submit()
    case = Certification.objects.get(application_id=company.application).pk
    desk.must(AssignCase(case_id=case, account_id=desk.people["sam"]), by="sue")
    desk.must(BeginReview(case_id=case), by="sam")
    return company, case


def recommended(one: Engaged, *, unmet: str = "") -> None:
    """The validation that rests on the third party's visits alone is recommended; what is *unmet* was mended."""
    desk = one.desk
    team(desk, one.validation)
    desk.must(SignCertificationLetter(case_id=one.validation, agreed=True), by=one.company.officer)
    if unmet:
        require(desk, one.validation, unmet)
    desk.must(IssueValidationReport(case_id=one.validation, summary="As the third party reported."), by="sam")
    if unmet:
        answered(desk, one.company, one.validation)
        closed(desk, one.validation)
    vetted_again(desk, one.company)
    desk.must(RecommendValidation(case_id=one.validation), by="sam")
