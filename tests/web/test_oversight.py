"""The homes of an auditor and of a partner agency, and the lists behind them (6 USC 971(a)-(c))."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from greenlane.casework.models import OutboxMessage
from greenlane.certification.models import Certification
from greenlane.law.authority import Office
from greenlane.people.commands import GrantOffice
from greenlane.records.models import Entry, ReadLog
from greenlane.records.reads import log_read
from greenlane.sharing.commands import GiveVerificationConsent
from greenlane.sharing.commands_agreements import PublishSharingAgreement
from greenlane.sharing.models import SharingAgreement
from tests.web.lives_stage import Lives, lives

pytestmark = pytest.mark.django_db
AUDITOR_ASKS, AGENCY_ASKS = 15, 15
"""Queries of the two homes at most, with the session, the person and the offices."""
AGENCY = "Invented Food Safety Agency"


@pytest.fixture
def told(db: None, monkeypatch: pytest.MonkeyPatch) -> Lives:
    return lives(monkeypatch)


def agree(told: Lives, *, days: int) -> None:
    """An agreement that ends so many days from today, and somebody of the agency."""
    if "fay" not in told.desk.people:
        told.desk.person("fay")
        grant = GrantOffice(account_id=told.desk.people["fay"], office=Office.PARTNER_AGENCY, agency=AGENCY)
        told.desk.must(grant)
    until = told.desk.today + timedelta(days=days)
    agreement = PublishSharingAgreement(
        programme="ctpat", agency=AGENCY, kinds=("status",), purpose="Inspections.", since=told.desk.today, until=until
    )
    told.desk.must(agreement, by="max")


@pytest.mark.clause("6 USC 971(a)", "6 USC 971(b)", "6 USC 971(c)")
def test_an_auditor_reads_at_home_what_an_audit_looks_at_first(told: Lives) -> None:
    client, home = told.client("ada_auditor"), reverse("web:staff-home")
    page = client.get(home).content.decode()
    for name in ("audit-undone", "audit-determinations", "audit-reads", "audit"):
        assert reverse(f"web:{name}") in page
    assert "Determinations without a second person" in page
    assert "Not yet" in page
    client.post(reverse("web:audit-verify"))
    assert "found sound" in client.get(home).content.decode()
    assert "What an audit looks at first" not in told.client("sam").get(home).content.decode()


@pytest.mark.clause("6 USC 971(a)")
def test_a_determination_of_one_person_alone_is_found(told: Lives) -> None:
    client, address = told.client("ada_auditor"), reverse("web:audit-determinations")
    everything = client.get(address)
    assert everything.status_code == 200
    assert "Every determination has a second person." in client.get(address + "?alone=yes").content.decode()
    row = Certification.objects.exclude(decided_by=None).get()
    Certification.objects.filter(pk=row.pk).update(recommended_by=row.decided_by)
    alone = client.get(address + "?alone=yes").content.decode()
    assert reverse("web:case", args=[row.pk]) in alone
    for name in ("sam", "val", "pat"):
        assert told.client(name).get(address).status_code == 403


@pytest.mark.clause("6 USC 971(c)")
def test_reads_of_participants_are_listed_by_office(told: Lives) -> None:
    participant = told.company.participant
    log_read(told.desk.people["pat"], "partner_agency", participant, "status", "Plan of May", timezone.now())
    client, address = told.client("ada_auditor"), reverse("web:audit-reads")
    assert "1 by validators and agencies" in client.get(reverse("web:staff-home")).content.decode()
    page = client.get(address + "?office=partner_agency").content.decode()
    assert "Plan of May" in page
    assert told.company.name in page
    assert "Plan of May" not in client.get(address + "?office=supervisor").content.decode()
    for name in ("sam", "pat"):
        assert told.client(name).get(address).status_code == 403


@pytest.mark.clause("6 USC 971(b)")
def test_what_was_refused_and_what_failed_are_counted_apart(told: Lives) -> None:
    entry = Entry.objects.latest("id")
    for done in (entry.recorded_at, None):
        OutboxMessage.objects.create(
            id=uuid4(), kind="reaction", name="greenlane.x.reactions.follow", entry=entry.uid, payload={},
            created_at=entry.recorded_at, next_at=entry.recorded_at, done_at=done, error="Too late.",
        )  # fmt: skip
    table = told.client("ada_auditor").get(reverse("web:staff-home")).context["audit"]
    stands = {str(row.cells[0].text): row.cells[1] for row in table.rows}
    assert stands["Steps of the platform that a rule refused"].text == "1"
    assert stands["Steps of the platform that failed and are tried again"].text == "1"


@pytest.mark.clause("6 USC 971(c)")
def test_rc_22_an_agency_reads_at_home_numbers_and_no_name(told: Lives) -> None:
    agree(told, days=20)
    consent = GiveVerificationConsent(participant_id=told.company.participant, with_agencies=True, show_tier=True)
    told.desk.must(consent, by=told.company.officer)
    before = ReadLog.objects.count()
    page = told.client("fay").get(reverse("web:staff-home"))
    text = page.content.decode()
    assert "Ends soon: 20 days left" in text
    assert "Status, and since when" in text
    assert told.company.name not in text
    [row] = page.context["agency"].look_ups.rows
    assert row.cells[1] == 1
    assert ReadLog.objects.count() == before


@pytest.mark.clause("6 USC 971(c)")
def test_an_agency_whose_agreement_has_not_begun_is_told_of_no_number(told: Lives) -> None:
    agree(told, days=300)
    SharingAgreement.objects.update(since=told.desk.today + timedelta(days=1))
    page = told.client("fay").get(reverse("web:staff-home"))
    assert "Not begun" in page.content.decode()
    assert page.context["agency"].look_ups.rows == []
    assert "No agreement in force lets your agency read" in page.content.decode()
    assert "has no agreement in force" in told.client("pat").get(reverse("web:staff-home")).content.decode()


def test_the_homes_ask_a_known_number_of_questions(told: Lives) -> None:
    agree(told, days=20)
    for name, most in (("ada_auditor", AUDITOR_ASKS), ("fay", AGENCY_ASKS)):
        client = told.client(name)
        client.get(reverse("web:staff-home"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("web:staff-home"))
        assert len(asked) <= most, (name, len(asked), [row["sql"][:110] for row in asked.captured_queries])


@pytest.mark.clause("6 USC 966(b)")
def test_designated_criteria_are_listed_with_what_may_be_published(told: Lives) -> None:
    address = reverse("web:manage-designated")
    page = told.client("sam").get(address)
    assert page.status_code == 200
    assert reverse("web:revalidation-ranking") in page.content.decode()
    publish = reverse("web:staff-give", args=["DesignateCriterion"])
    assert publish not in page.content.decode()
    assert publish in told.client("max").get(address).content.decode()
    assert address in told.client("max").get(reverse("web:manage-programmes")).content.decode()
    assert told.client("pat").get(address).status_code == 403
