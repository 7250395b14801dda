"""The programme's side of a company's story: assignment, investigation, review, decision (6 USC 964)."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from greenlane.applications.entries import CriterionAnswer
from greenlane.applications.parts import AnswerCriteria
from greenlane.applications.queries import application_of, questionnaire
from greenlane.casework.models import Case
from greenlane.certification.commands import (
    CertifyTierOne,
    RecommendCertification,
    RecommendRefusal,
    RefuseCertification,
)
from greenlane.certification.entries import CriterionReview, RefusalGround
from greenlane.certification.models import Certification
from greenlane.certification.review import BeginReview, ReturnForCorrection, ReviewCriteria
from greenlane.demonstration.company import Company
from greenlane.demonstration.lists import fresh_list
from greenlane.demonstration.stage import Story
from greenlane.people.commands import AssignCase
from greenlane.vetting.commands_adjudication import AdjudicateHit, CompleteInvestigation
from greenlane.vetting.facts import latest_investigation
from greenlane.vetting.models import ScreeningHit

LATE = "A storm closed the port and our office; the visitors' papers came a week later."


def review(company: Company) -> Story:
    """From receipt as far as the company's fate goes."""
    case = Certification.objects.get(application_id=company.application).pk
    if company.fate == "received":
        return
    specialist = ("specialist", "specialist2", "specialist3")[company.serial % 3]
    yield company.random.randint(1, 6)
    company.stage.give(AssignCase(case_id=case, account_id=company.stage.people[specialist]), by="supervisor")
    yield company.random.randint(1, 8)
    company.stage.give(BeginReview(case_id=case), by=specialist)
    yield company.random.randint(1, 5)
    fresh_list(company.stage)
    clear(company, true=company.fate == "refused_match")
    back = "6.1" if company.fate == "returned" else company.random.choice(("", "", "", "", "9.6"))
    back = back if back in {c.number for c in questionnaire(application_of(company.application))} else ""
    if company.fate == "under_review":
        read(company, case, specialist, half=True)
        return
    yield company.random.randint(2, 12)
    read(company, case, specialist, back=back)
    if back:
        yield from correct(company, case, specialist, back)
        if company.fate == "returned":
            return
    yield company.random.randint(2, 10)
    yield from decide(company, case, specialist)


def clear(company: Company, *, true: bool = False) -> None:
    """A person decides every hit of the open investigation, then it is completed."""
    case = latest_investigation(company.participant)
    if case is None or Case.objects.get(pk=case).state != "open":
        return
    for hit in ScreeningHit.objects.filter(investigation_id=case, status="open"):
        company.stage.give(
            AdjudicateHit(
                case_id=case,
                hit_id=hit.pk,
                outcome="true_match" if true else "false_match",
                reason_code="confirmed_by_document" if true else "different_name",
                reason="Compared with the passport copy on file."
                if true
                else "Another person; the names only look alike.",
            ),
            by="analyst",
        )
    company.stage.give(
        CompleteInvestigation(case_id=case, summary="Company, owners, officers and sites."), by="analyst"
    )


def read(company: Company, case: UUID, specialist: str, *, back: str = "", half: bool = False) -> None:
    """Find on every criterion; one may be sent back."""
    accepted = CriterionReview(number="", finding="accepted")
    numbers = [c.number for c in questionnaire(application_of(company.application))]
    findings = tuple(
        replace(accepted, number=number, finding="sent_back", note="Please show the log of the last three months.")
        if number == back
        else replace(accepted, number=number)
        for number in (numbers[: len(numbers) // 2] if half else numbers)
    )
    company.stage.give(ReviewCriteria(case_id=case, findings=findings), by=specialist)


def correct(company: Company, case: UUID, specialist: str, back: str) -> Story:
    """The application goes back; unless the story ends here, the company corrects it and the point is read again."""
    message = "One point is open. Everything else is accepted."
    company.stage.give(ReturnForCorrection(case_id=case, message=message), by=specialist)
    if company.fate == "returned":
        return
    yield company.random.randint(4, 15)
    log = company.upload("Log of the last three months")
    mended = CriterionAnswer(number=back, value="yes", narrative="The log is attached.", evidence=(log,))
    company.stage.give(AnswerCriteria(case_id=company.application, answers=(mended,)), by=company.officer)
    company.submit()
    yield company.random.randint(1, 4)
    company.stage.give(
        ReviewCriteria(case_id=case, findings=(CriterionReview(number=back, finding="accepted"),)), by=specialist
    )


def decide(company: Company, case: UUID, specialist: str) -> Story:
    """Recommendation by the specialist, decision by a supervisor, late where the story says so."""
    grounds = grounds_of(company)
    if grounds:
        company.stage.give(RecommendRefusal(case_id=case, grounds=grounds), by=specialist)
    else:
        note = "Every criterion read; the manual is sound."
        company.stage.give(RecommendCertification(case_id=case, note=note), by=specialist)
    if company.fate == "recommended":
        return
    received = Certification.objects.get(pk=case).received_on
    gone = (company.stage.today - received).days
    yield (
        max(97 - gone, 1) if company.fate == "certified_late" else min(company.random.randint(1, 7), max(89 - gone, 0))
    )
    late = LATE if (company.stage.today - received).days > 90 else ""
    decision = RefuseCertification if grounds else CertifyTierOne
    company.stage.give(decision(case_id=case, lateness_reason=late), by="supervisor")


def grounds_of(company: Company) -> tuple[RefusalGround, ...]:
    if company.fate == "refused_match":
        return (
            RefusalGround(cite="6 USC 964(b)", kind="true_match", statement="An owner is on a list of denied persons."),
        )
    if company.fate == "refused_unmet":
        unmet = application_of(company.application).answers.filter(value="no").order_by("number")
        levels = {c.number: c.level for c in questionnaire(application_of(company.application))}
        number = next(row.number for row in unmet if levels[row.number] == "must")
        statement = f"Criterion {number} is a must and is not met."
        return (RefusalGround(cite="6 USC 963(3)", kind="unmet_must", statement=statement, criterion=number),)
    return ()
