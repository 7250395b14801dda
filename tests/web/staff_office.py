"""A programme office with companies in every stage, for the tests of the staff's pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from greenlane.applications.models import Application
from greenlane.applications.queries import questionnaire
from greenlane.certification.commands import CertifyTierOne, PublishGuidelines, RecommendCertification
from greenlane.certification.entries import CriterionReview
from greenlane.certification.models import Certification
from greenlane.certification.review import BeginReview, ReviewCriteria
from greenlane.law.authority import Office
from greenlane.people.commands import AssignCase
from greenlane.people.models import Account
from greenlane.records import ledger
from greenlane.vetting.commands_adjudication import AdjudicateHit, CompleteInvestigation
from greenlane.vetting.facts import latest_investigation
from greenlane.vetting.models import ScreeningHit
from greenlane.web.staff.case_head import TABS
from tests.companies import BORN, IDENTIFIERS, Company, found_programme
from tests.desk import Desk
from tests.invented_lists import invented_list

TODAY = date(2026, 6, 1)
KEY = "_key"
VILLAIN = "Morwenna Invented Villain"
PEOPLE = {
    "sam": Office.SPECIALIST,
    "vera": Office.VETTING_ANALYST,
    "sue": Office.SUPERVISOR,
    "max": Office.PROGRAMME_MANAGER,
    "ada_auditor": Office.AUDITOR,
    "opal": Office.APPEAL_OFFICER,
    "val": Office.VALIDATOR,
    "pat": Office.PARTNER_AGENCY,
}


@dataclass
class StaffOffice:
    """The desk of an office, and browsers of its people; ``client(name)`` is signed in as that person."""

    desk: Desk
    companies: dict[UUID, Company] = field(default_factory=dict)

    def client(self, name: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(pk=self.desk.people[name]))
        return client

    def received(self, days_ago: int, name: str = "Meridian Lantern Imports", **profile: object) -> UUID:
        """A certification whose application was received so many days ago."""
        self.desk.today = TODAY - timedelta(days=days_ago)
        officer = f"officer_{len(self.companies)}"
        number = len(self.companies)
        IDENTIFIERS["importer"] = {"ior": f"12-3456789{number:02d}", "import_bond": f"9912345{number:02d}"}
        company = Company(self.desk, officer, name).register().fill_profile(**profile)  # type: ignore[arg-type]
        company.map_chain().open().fill_application().sign().submit()
        case = Certification.objects.get(application_id=company.application).pk
        self.companies[case] = company
        self.desk.today = TODAY
        return case

    def under_review(self, days_ago: int = 20, **more: object) -> UUID:
        """The same, assigned to Sam, who has begun the review."""
        case = self.received(days_ago, **more)  # type: ignore[arg-type]
        self.desk.must(AssignCase(case_id=case, account_id=self.desk.people["sam"]), by="sue")
        self.desk.must(BeginReview(case_id=case), by="sam")
        return case

    def accept_all(self, case: UUID, *, but: str = "") -> None:
        application = Application.objects.select_related("participant").get(pk=self.companies[case].application)
        findings = tuple(
            CriterionReview(number=c.number, finding="sent_back", note="Show the seal log.")
            if c.number == but
            else CriterionReview(number=c.number, finding="accepted")
            for c in questionnaire(application)
        )
        self.desk.must(ReviewCriteria(case_id=case, findings=findings), by="sam")

    def investigate(self, case: UUID, outcome: str = "false_match") -> UUID:
        found = latest_investigation(self.companies[case].participant)
        assert found is not None
        for hit in ScreeningHit.objects.filter(investigation_id=found, status="open"):
            code = "same_birth_date" if outcome == "true_match" else "different_name"
            decided = AdjudicateHit(
                case_id=found,
                hit_id=hit.pk,
                outcome=outcome,  # type: ignore[arg-type]
                reason_code=code,  # type: ignore[arg-type]
                reason="Compared by a person with the documents on file.",
            )
            self.desk.must(decided, by="vera")
        self.desk.must(CompleteInvestigation(case_id=found, summary="Every party was compared."), by="vera")
        return found

    def recommended(self, days_ago: int = 20, **more: object) -> UUID:
        case = self.under_review(days_ago, **more)
        self.investigate(case)
        self.accept_all(case)
        self.desk.must(RecommendCertification(case_id=case, note="All in order."), by="sam")
        return case

    def certified(self, days_ago: int = 20, **more: object) -> UUID:
        case = self.recommended(days_ago, **more)
        reason = "A storm closed the office for a week." if days_ago > 90 else ""
        self.desk.must(CertifyTierOne(case_id=case, lateness_reason=reason), by="sue")
        return case

    def sealed(self) -> None:
        ledger.seal(self.desk.at)


def send(client: Client, path: str, **values: object) -> str:
    """Send a form and follow it; the text of the page that comes back."""
    return client.post(path, {KEY: str(uuid4()), **values}, follow=True).content.decode()


def case_paths(case: UUID) -> Iterator[str]:
    """The address of every page of a case."""
    for name in TABS:
        yield reverse(f"web:{name}", args=[case])
    for part in ("chain", "history", "risk"):
        yield reverse("web:case-application", args=[case]) + f"?part={part}"


def set_the_clock(monkeypatch: pytest.MonkeyPatch, day: date = TODAY) -> None:
    """Let every door tell the same time: the afternoon of *day*."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime.combine(day, time(16, 30), UTC))


def found_office() -> StaffOffice:
    """A programme with guidelines, a list, and one person in every office."""
    desk = Desk(today=TODAY - timedelta(days=200), prove=False)
    found_programme(desk, "importer")
    guidelines = PublishGuidelines(
        programme="ctpat", version="2020-1", title="Guidelines", text="Invented.", in_force_from=BORN
    )
    desk.must(guidelines, on=BORN)
    desk.today = TODAY - timedelta(days=1)
    desk.must(invented_list(desk.today))
    desk.today = TODAY - timedelta(days=200)
    for name, office in PEOPLE.items():
        desk.person(name, office)
    desk.today = TODAY
    return StaffOffice(desk)
