"""From an empty database to a company under review, for tests: a founded desk and the steps of a certification."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from greenlane.applications.models import Application
from greenlane.applications.queries import questionnaire
from greenlane.certification.commands import PublishGuidelines
from greenlane.certification.entries import CriterionReview
from greenlane.certification.models import Certification
from greenlane.certification.review import BeginReview, ReviewCriteria
from greenlane.law.authority import Office
from greenlane.people.commands import AssignCase
from greenlane.vetting.commands_adjudication import AdjudicateHit, CompleteInvestigation
from greenlane.vetting.facts import latest_investigation
from greenlane.vetting.models import ScreeningHit
from tests.companies import BORN, Company, found_programme
from tests.desk import Desk
from tests.invented_lists import invented_list
from tests.support.kept import kept


def founded_desk(today: date = Desk.today) -> Desk:
    """A programme with guidelines, a list, a specialist, an analyst and two supervisors."""
    desk = Desk(today, prove=False)
    _found(desk)
    return desk


@kept
def _found(desk: Desk) -> None:
    found_programme(desk, "importer")
    desk.must(
        PublishGuidelines(
            programme="ctpat", version="2020-1", title="Guidelines", text="Invented.", in_force_from=BORN
        ),
        on=BORN,
    )
    desk.must(invented_list(desk.today))
    desk.person("sam", Office.SPECIALIST)
    desk.person("vera", Office.VETTING_ANALYST)
    desk.person("sue", Office.SUPERVISOR)
    desk.person("both", Office.SUPERVISOR, Office.SPECIALIST)
    desk.prove = True


@kept
def received(desk: Desk, **profile: object) -> tuple[Company, UUID]:
    """A company whose application was received today, assigned to Sam and under review."""
    desk.prove = False
    company = Company(desk, "ada").register().fill_profile(**profile).map_chain().open().fill_application()  # type: ignore[arg-type]
    company.sign().submit()
    desk.prove = True
    case = Certification.objects.get(application_id=company.application).pk
    desk.must(AssignCase(case_id=case, account_id=desk.people["sam"]), by="sue")
    desk.must(BeginReview(case_id=case), by="sam")
    return company, case


def investigate(desk: Desk, company: Company, outcome: str = "false_match") -> UUID:
    case = latest_investigation(company.participant)
    assert case is not None
    for hit in ScreeningHit.objects.filter(investigation_id=case, status="open"):
        desk.must(
            AdjudicateHit(
                case_id=case,
                hit_id=hit.pk,
                outcome=outcome,  # type: ignore[arg-type]
                reason_code="same_birth_date" if outcome == "true_match" else "different_name",
                reason="Compared by a person with the documents on file.",
            ),
            by="vera",
        )
    desk.must(CompleteInvestigation(case_id=case, summary="Every party compared."), by="vera")
    return case


def accept_all(desk: Desk, company: Company, case: UUID, *, but: str = "") -> None:
    asked = questionnaire(Application.objects.select_related("participant").get(pk=company.application))
    findings = tuple(
        CriterionReview(number=c.number, finding="sent_back", note="Show the seal log.")
        if c.number == but
        else CriterionReview(number=c.number, finding="accepted")
        for c in asked
    )
    desk.must(ReviewCriteria(case_id=case, findings=findings), by="sam")
