"""From an empty database to a validated company, for tests: ``certified(desk)`` and ``validated(desk, company)``."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from uuid import UUID

from greenlane.casework.commands import UploadDocument
from greenlane.casework.models import Case, Document
from greenlane.certification.commands import CertifyTierOne, RecommendCertification
from greenlane.law.authority import Office
from greenlane.participants.queries import partners, sites
from greenlane.people.commands import AssignCase
from greenlane.validation import queries
from greenlane.validation.commands_actions import AnswerValidationReport, CloseRequiredAction, RequireAction
from greenlane.validation.commands_decision import RecommendValidation, ValidateTierTwo
from greenlane.validation.commands_letter import SignCertificationLetter
from greenlane.validation.commands_locations import ChooseLocations, Location
from greenlane.validation.commands_notice import ConfirmVisit, GiveValidationNotice
from greenlane.validation.commands_planning import AssignValidationTeam
from greenlane.validation.commands_publishing import PublishValidationGuidelines, PublishValidationSchedule
from greenlane.validation.commands_report import IssueValidationReport
from greenlane.validation.commands_visits import RecordFinding, RecordVisit
from greenlane.validation.entries_report import ActionAnswer
from greenlane.validation.entries_visits import FoundCriterion
from greenlane.validation.models import Action, Visit
from greenlane.vetting.commands_lists import ImportList
from greenlane.vetting.facts import latest_investigation
from tests.companies import BORN, Company
from tests.desk import Desk
from tests.invented_lists import invented_list
from tests.lives import accept_all, founded_desk, investigate, received
from tests.support.kept import kept

NOTICE = timedelta(days=30)


def validation_desk() -> Desk:
    """A founded desk with guidelines and schedule of validation, and a second specialist, Stu."""
    desk = founded_desk()
    _prepared(desk)
    return desk


@kept
def _prepared(desk: Desk) -> None:
    desk.prove = False
    publish(desk)
    desk.person("stu", Office.SPECIALIST)
    desk.prove = True


def publish(desk: Desk) -> None:
    more = {"programme": "ctpat", "text": "Invented.", "in_force_from": BORN}
    guidelines = PublishValidationGuidelines(version="V-1", title="Guidelines for validation", **more)  # type: ignore[arg-type]
    schedule = PublishValidationSchedule(version="S-1", title="Schedule of validations", **more)  # type: ignore[arg-type]
    desk.must(guidelines, on=BORN)
    desk.must(schedule, on=BORN)


@kept
def certified(desk: Desk, officer: str = "ada", **profile: object) -> tuple[Company, UUID]:
    """A company certified today at Tier 1, with the case of the validation that follows by itself."""
    proving, desk.prove = desk.prove, False
    company, case = received(desk, **profile)
    desk.prove = False
    investigate(desk, company)
    accept_all(desk, company, case)
    desk.must(RecommendCertification(case_id=case), by="sam")
    desk.prove = proving
    desk.must(CertifyTierOne(case_id=case), by="sue")
    return company, queries.open_validations(company.participant).get().pk


def upload(desk: Desk, case: UUID, title: str, by: str = "sam") -> UUID:
    """A document of the case."""
    text = f"{title} of {case}".encode()
    desk.must(
        UploadDocument(
            case_id=case,
            title=title,
            file_name="photo.txt",
            media_type="text/plain",
            size=len(text),
            sha256=hashlib.sha256(text).hexdigest(),
        ),
        by=by,
    )
    return Document.objects.filter(case_id=case, title=title).latest("version").pk


def team(desk: Desk, case: UUID) -> None:
    for name in ("sam", "stu"):
        if name not in desk.people:
            desk.person(name, Office.SPECIALIST)
    desk.must(AssignValidationTeam(case_id=case, members=(desk.people["sam"], desk.people["stu"])), by="sue")


def locations(company: Company, first: date, last: date | None = None) -> tuple[Location, ...]:
    """One domestic site and the foreign partner, both on site."""
    [site, *_], [partner, *_] = sites(company.participant), partners(company.participant)
    return tuple(
        Location(
            node=node.series,
            mode="on_site",
            appropriate="The cargo is stuffed and sealed here.",
            purpose="See the seals and the yard.",
            planned_from=first,
            planned_to=last or first + timedelta(days=1),
        )
        for node in (site, partner)
    )


def noticed(desk: Desk, company: Company, case: UUID) -> None:
    """On the next day: team, locations and notice; the company signs its letter and confirms."""
    desk.today += timedelta(days=1)
    team(desk, case)
    first = desk.today + NOTICE
    desk.must(ChooseLocations(case_id=case, locations=locations(company, first)), by="sam")
    if Case.objects.get(pk=case).kind == "validation" and queries.validation_of(case).letter_signed_on is None:
        desk.must(SignCertificationLetter(case_id=case, agreed=True), by=company.officer)
    desk.must(GiveValidationNotice(case_id=case, purpose="See how cargo is secured."), by="sam")
    desk.must(ConfirmVisit(case_id=case, confirmed=True), by=company.officer)


def visited(desk: Desk, case: UUID) -> None:
    """Every chosen location is visited as planned; the day is the last of them."""
    rows = list(Visit.objects.filter(validation_id=case, visited_on=None).order_by("planned_from", "pk"))
    desk.today = max([desk.today, *(row.planned_to for row in rows if row.planned_to)])
    for row in rows:
        assert row.planned_from is not None
        assert row.planned_to is not None
        desk.must(
            RecordVisit(
                case_id=case,
                visit_id=row.pk,
                mode="on_site",
                visited_on=row.planned_from,
                visited_to=row.planned_to,
                persons_met=("Ada Invented, Vice President",),
                documents=(upload(desk, case, f"Photo of {row.place}"),),
            ),
            by="sam",
        )


def found(desk: Desk, company: Company, case: UUID, *, unmet: str = "", leave_out: tuple[str, ...] = ()) -> None:
    """A finding on every criterion: met, but for *unmet*; none on those left out."""
    asked = queries.criteria_asked(queries.validation_of(case), desk.today)
    findings = tuple(
        FoundCriterion(number=c.number, finding="not_met", note="The log has gaps.")
        if c.number == unmet
        else FoundCriterion(number=c.number, finding="met")
        for c in asked
        if c.number not in leave_out
    )
    desk.must(RecordFinding(case_id=case, findings=findings), by="sam")


def reported(desk: Desk, company: Company, case: UUID, *, unmet: str = "") -> None:
    """Visited, found and reported; with one required action where a criterion is *unmet*."""
    visited(desk, case)
    found(desk, company, case, unmet=unmet)
    if unmet:
        require(desk, case, unmet)
    desk.must(IssueValidationReport(case_id=case, summary="A sound supply chain."), by="sam")


def require(desk: Desk, case: UUID, criterion: str = "", kind: str = "required") -> None:
    desk.must(
        RequireAction(
            case_id=case,
            kind=kind,  # type: ignore[arg-type]
            text="Keep the seal log without gaps.",
            owner="Head of the yard",
            due_on=desk.today + timedelta(days=60),
            criterion=criterion,
        ),
        by="sam",
    )


def answered(desk: Desk, company: Company, case: UUID) -> None:
    """The company answers every open required action with a document."""
    rows = Action.objects.filter(validation_id=case, kind="required", closed_on=None)
    answers = tuple(
        ActionAnswer(
            number=row.number,
            answer="Done: the log is kept daily.",
            proof=(upload(desk, case, f"Seal log {row.number}", by=company.officer),),
        )
        for row in rows
    )
    desk.must(AnswerValidationReport(case_id=case, answers=answers), by=company.officer)


def accepted(desk: Desk, case: UUID) -> None:
    """Sam accepts every answered action."""
    for row in Action.objects.filter(validation_id=case, kind="required", closed_on=None):
        desk.must(CloseRequiredAction(case_id=case, number=row.number, acceptance="The log of four weeks."), by="sam")


def vetted_again(desk: Desk, company: Company, purpose: str = "validation") -> UUID:
    """The lists are retrieved anew where they are old, and the second investigation is completed by Vera."""
    relist(desk)
    case = latest_investigation(company.participant, purpose)
    assert case is not None
    investigate(desk, company)
    return case


def relist(desk: Desk) -> None:
    """The publisher still offers the same list today."""
    desk.give(refreshed(desk.today))


def refreshed(on: date) -> ImportList:
    return invented_list(on)


def recommended(desk: Desk, company: Company, case: UUID) -> None:
    """Everything up to the recommendation of a validation that was just planned."""
    noticed(desk, company, case)
    reported(desk, company, case)
    vetted_again(desk, company)
    desk.must(RecommendValidation(case_id=case), by="sam")


def validated(desk: Desk, company: Company) -> UUID:
    """The company is validated at Tier 2 today; its case. The company was certified before."""
    proving, desk.prove = desk.prove, False
    case = queries.open_validations(company.participant).get().pk
    recommended(desk, company, case)
    desk.prove = proving
    desk.must(ValidateTierTwo(case_id=case), by="sue")
    return case


def give_case(desk: Desk, case: UUID, to: str) -> None:
    """Assign the case to somebody more."""
    desk.must(AssignCase(case_id=case, account_id=desk.people[to]), by="sue")
