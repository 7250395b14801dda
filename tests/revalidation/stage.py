"""From a certified company to one that is validated and revalidated, for tests: by commands only."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import UUID

from greenlane.casework.commands import UploadDocument
from greenlane.casework.models import Case, Document
from greenlane.certification.commands import CertifyTierOne, RecommendCertification
from greenlane.law.authority import Office
from greenlane.participants import queries as participants
from greenlane.people.commands import AssignCase
from greenlane.revalidation.commands_framework import PublishFramework, RecordRiskScore
from greenlane.revalidation.entries import Factor
from greenlane.revalidation.models import Periods
from greenlane.validation.commands_actions import AnswerValidationReport
from greenlane.validation.commands_decision import RecommendValidation, ValidateTierTwo
from greenlane.validation.commands_letter import SignCertificationLetter
from greenlane.validation.commands_locations import ChooseLocations, Location
from greenlane.validation.commands_notice import GiveValidationNotice
from greenlane.validation.commands_planning import AssignValidationTeam
from greenlane.validation.commands_publishing import PublishValidationGuidelines, PublishValidationSchedule
from greenlane.validation.commands_report import IssueValidationReport
from greenlane.validation.commands_visits import RecordFinding, RecordVisit
from greenlane.validation.entries import MilestoneSet
from greenlane.validation.entries_visits import FoundCriterion
from greenlane.validation.models import Validation, Visit
from greenlane.validation.queries import criteria_asked
from greenlane.vetting.commands_adjudication import AdjudicateHit, CompleteInvestigation
from greenlane.vetting.facts import latest_investigation
from greenlane.vetting.models import ScreeningHit
from tests.companies import BORN, Company
from tests.desk import Desk
from tests.lives import accept_all, founded_desk, investigate, received

FACTORS = (
    Factor(
        code="import_volume",
        title="Import volume",
        definition="Entries in the last twelve months, as a percentile of all participants.",
        data_source="Release records.",
        weight=2,
    ),
    Factor(
        code="anomalies",
        title="Anomalies",
        definition="Security anomalies in the last twelve months, as a percentile.",
        data_source="Reports of incidents.",
        weight=5,
    ),
    Factor(
        code="time_since_last",
        title="Time since last",
        definition="Days since the last validation, in hundredths of the period.",
        data_source="This record.",
        weight=3,
    ),
)


def validating_desk() -> Desk:
    """A founded desk with guidelines and a schedule for validation, a second specialist and a programme manager."""
    desk = founded_desk()
    desk.prove = False
    desk.must(
        PublishValidationGuidelines(
            programme="ctpat", version="2020-1", title="Guidelines", text="Invented.", in_force_from=BORN
        ),
        on=BORN,
    )
    milestones = (MilestoneSet(step="notice", days=200), MilestoneSet(step="decision", days=360))
    desk.must(
        PublishValidationSchedule(
            programme="ctpat", version="2020-1", title="Schedule", text="Invented.", milestones=milestones,
            in_force_from=BORN,
        ),
        on=BORN,
    )  # fmt: skip
    desk.person("tess", Office.SPECIALIST)
    desk.person("mona", Office.PROGRAMME_MANAGER)
    return desk


def certified_company(desk: Desk) -> Company:
    """A company that was certified today; its first validation is planned by the platform."""
    company, case = received(desk)
    desk.prove = False
    investigate(desk, company)
    accept_all(desk, company, case)
    desk.must(RecommendCertification(case_id=case), by="sam")
    desk.must(CertifyTierOne(case_id=case), by="sue")
    return company


def upload(desk: Desk, case: UUID, by: str, title: str = "Proof") -> UUID:
    """A document in a case."""
    text = f"{title} in {case}".encode()
    digest = hashlib.sha256(text).hexdigest()
    desk.must(
        UploadDocument(
            case_id=case, title=title, file_name="proof.txt", media_type="text/plain", size=len(text), sha256=digest
        ),
        by=by,
    )
    return Document.objects.filter(case_id=case, title=title).latest("version").pk


def visited(desk: Desk, company: Company, case: UUID, *, unmet: str = "") -> None:
    """Team, place, notice, thirty days, visit, findings (all met but *unmet*)."""
    notice(desk, company, case)
    desk.today += timedelta(days=40)
    record_visit(desk, case)
    validation = Validation.objects.get(pk=case)
    found = tuple(
        FoundCriterion(number=c.number, finding="not_met", note="The fence has a gap.")
        if c.number == unmet
        else FoundCriterion(number=c.number, finding="met")
        for c in criteria_asked(validation, desk.today)
    )
    desk.must(RecordFinding(case_id=case, findings=found), by="sam")


def notice(desk: Desk, company: Company, case: UUID) -> None:
    team = AssignValidationTeam(case_id=case, members=(desk.people["sam"], desk.people["tess"]))
    desk.must(team, by="sue")
    [factory] = participants.partners(company.participant)
    first = desk.today + timedelta(days=38)
    place = Location(
        node=factory.series,
        mode="on_site",
        appropriate="Most of its cargo is made there.",
        planned_from=first,
        planned_to=first + timedelta(days=1),
    )
    desk.must(ChooseLocations(case_id=case, locations=(place,)), by="sam")
    desk.must(GiveValidationNotice(case_id=case, purpose="See the measures.", message=""), by="sam")


def record_visit(desk: Desk, case: UUID) -> None:
    [visit] = Visit.objects.filter(validation_id=case, visited_on=None)
    day = desk.today - timedelta(days=1)
    desk.must(
        RecordVisit(
            case_id=case, visit_id=visit.pk, mode="on_site", visited_on=day, visited_to=day, persons_met=("A. Guard",)
        ),
        by="sam",
    )


def answered(desk: Desk, company: Company, case: UUID) -> None:
    """The report, and the company's answer to it."""
    desk.must(IssueValidationReport(case_id=case, summary="Seen and found in order."), by="sam")
    if Validation.objects.get(pk=case).actions.exists():
        return
    desk.must(AnswerValidationReport(case_id=case, answers=(), message="Thank you."), by=company.officer)


def vetted(desk: Desk, company: Company, purpose: str) -> None:
    """The investigation that goes with a visit, cleared by a person."""
    case = latest_investigation(company.participant, purpose)
    if case is None or Case.objects.get(pk=case).state != "open":
        return
    for hit in ScreeningHit.objects.filter(investigation_id=case, status="open"):
        reason = {"reason_code": "different_name", "reason": "Compared by a person with the documents."}
        desk.must(AdjudicateHit(case_id=case, hit_id=hit.pk, outcome="false_match", **reason), by="vera")
    desk.must(CompleteInvestigation(case_id=case, summary="Every party compared."), by="vera")


def recommended(desk: Desk, company: Company, case: UUID) -> None:
    """A visit with everything met, its report, and the specialist's recommendation."""
    visited(desk, company, case)
    vetted(desk, company, "validation" if Validation.objects.get(pk=case).purpose != "revalidation" else "revalidation")
    answered(desk, company, case)
    desk.must(RecommendValidation(case_id=case), by="sam")


def tier_two(desk: Desk) -> Company:
    """A company validated today at the second tier."""
    company = certified_company(desk)
    case = Validation.objects.get(participant_id=company.participant, purpose="tier_two").pk
    desk.must(SignCertificationLetter(case_id=case, agreed=True), by=company.officer)
    recommended(desk, company, case)
    desk.must(ValidateTierTwo(case_id=case), by="sue")
    return company


def periods(company: Company) -> Periods:
    return Periods.objects.get(participant_id=company.participant)


def publish_framework(desk: Desk) -> None:
    desk.must(PublishFramework(programme="ctpat", title="Framework", factors=FACTORS), by="mona")


def measure(desk: Desk, participant: UUID, import_volume: int, anomalies: int) -> None:
    """Today's measures of a participant."""
    for factor, value in (("import_volume", import_volume), ("anomalies", anomalies)):
        score = RecordRiskScore(
            participant_id=participant, factor=factor, value=value, source="Report 7", measured_on=desk.today
        )
        desk.must(score, by="sam")


def assign(desk: Desk, case: UUID, who: str) -> None:
    desk.must(AssignCase(case_id=case, account_id=desk.people[who]), by="sue")
