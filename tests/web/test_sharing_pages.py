"""The pages of sharing: verification, look-up, partners, agencies, and who saw our data (6 USC 971(c), RC-22)."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from greenlane.law.authority import Office
from greenlane.participants.commands_merging import ConsentToAccountChange
from greenlane.participants.models import Merger
from greenlane.participants.parts import RecordIdentifier
from greenlane.people.commands import GrantOffice
from greenlane.records.models import ReadLog
from greenlane.records.reads import log_reads
from greenlane.sharing.models import Monitor, SharingAgreement, VerificationConsent
from tests.companies import Company
from tests.desk import Desk
from tests.web.trader_stage import company, signed_in, stage

pytestmark = pytest.mark.django_db
AGENCY = "Invented Food Office"


@pytest.fixture
def desk() -> Desk:
    return stage()


@pytest.fixture
def ours(desk: Desk) -> Company:
    return company(desk, "olga", name="Lantern Imports")


@pytest.fixture
def theirs(desk: Desk) -> Company:
    return company(desk, "petra", name="Kettle Imports")


def address(name: str, made: Company, **more: Any) -> str:
    return reverse(f"web:trader-{name}", kwargs={"participant": made.participant, **more})


def given(client: Client, made: Company, command: str, **values: Any) -> None:
    """The company's form of a command is sent and leads on."""
    form = {"participant_id": made.participant, **values}
    response = client.post(address("give", made, command=command), form)
    assert response.status_code == 302, response.content.decode()


def consents(client: Client, made: Company, **more: str) -> str:
    scope = {"with_participants": "yes", "with_agencies": "no", "show_tier": "no", **more}
    given(client, made, "GiveVerificationConsent", **scope)
    return VerificationConsent.objects.get(participant_id=made.participant, until=None).number


@pytest.mark.clause("6 USC 971(c)")
def test_a_company_consents_looks_up_monitors_and_withdraws_in_the_browser(
    desk: Desk, ours: Company, theirs: Company
) -> None:
    olga, petra = signed_in(desk, "olga"), signed_in(desk, "petra")
    assert "Nobody can look up your status" in olga.get(address("verification", ours)).content.decode()
    consents(olga, ours)
    number = consents(petra, theirs)
    grouped = f"{number[:4]}-{number[4:8]}-{number[8:]}"
    assert grouped in petra.get(address("verification", theirs)).content.decode()
    look = {"number": grouped, "purpose": "A new supplier"}
    page = olga.post(address("look-up", ours), look)
    assert page.status_code == 200
    assert "Kettle Imports" in page.content.decode()
    given(olga, ours, "MonitorPartner", number=number)
    before = ReadLog.objects.filter(participant=theirs.participant).count()
    assert "Kettle Imports" in olga.get(address("monitored", ours)).content.decode()
    assert ReadLog.objects.filter(participant=theirs.participant).count() == before + 1
    seen = petra.get(address("reads", theirs)).content.decode()
    assert "Olga" in seen
    assert "Lantern Imports: A new supplier" in seen
    assert "Lantern Imports" in petra.get(address("verification", theirs)).content.decode()
    monitor = Monitor.objects.get().pk
    end = olga.get(address("give", ours, command="EndMonitoring") + f"?monitor_id={monitor}")
    assert end.status_code == 200
    given(petra, theirs, "WithdrawVerificationConsent")
    refused = olga.post(address("look-up", ours), look)
    assert refused.status_code == 422
    unknown = olga.post(address("look-up", ours), {**look, "number": "2345-2345-2345"})
    words = "No participant with this number lets its status be verified."
    assert words in refused.content.decode()
    assert words in unknown.content.decode()


@pytest.mark.clause("6 USC 971(c)")
def test_who_saw_our_data_is_paged_and_asks_the_same_few_queries(desk: Desk, ours: Company) -> None:
    desk.person("fay")
    desk.must(GrantOffice(account_id=desk.people["fay"], office=Office.PARTNER_AGENCY, agency=AGENCY))
    for number in range(60):
        log_reads(desk.people["fay"], "partner_agency", (ours.participant,), f"status {number}", "-", timezone.now())
    olga, counts = signed_in(desk, "olga"), []
    for _round in (1, 2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            first = olga.get(address("reads", ours)).content.decode()
        counts.append(len(queries))
        log_reads(None, "system", [ours.participant] * 30, "more", "-", timezone.now())
    assert counts[0] == counts[1] <= 10
    assert AGENCY in first
    assert "status 59" in first
    assert "status 9<" not in first
    last = ReadLog.objects.order_by("id")[10].pk
    older = olga.get(address("reads", ours) + f"?before={last}").content.decode()
    assert "status 9" in older
    assert "status 10" not in older
    assert olga.get(address("reads", ours) + "?before=-1x").status_code == 200


@pytest.mark.clause("6 USC 971(c)")
def test_pages_of_another_company_do_not_exist(desk: Desk, ours: Company, theirs: Company) -> None:
    olga = signed_in(desk, "olga")
    for name in ("verification", "look-up", "monitored", "assessments", "account", "reads"):
        assert olga.get(address(name, theirs)).status_code == 404
        assert olga.get(address(name, ours)).status_code == 200
    assert olga.get(address("assessment", ours, share=uuid4())).status_code == 404


@pytest.mark.clause("6 USC 971(c)", "19 USC 4311(b)(4)")
def test_rc_22_an_agency_reads_on_its_page_and_takes_a_file_with_its_purpose(desk: Desk, ours: Company) -> None:
    consents(signed_in(desk, "olga"), ours, with_agencies="yes")
    desk.person("mona", Office.PROGRAMME_MANAGER)
    desk.person("fay")
    desk.must(GrantOffice(account_id=desk.people["fay"], office=Office.PARTNER_AGENCY, agency=AGENCY))
    mona, fay = signed_in(desk, "mona"), signed_in(desk, "fay")
    days = {f"{name}_{part}": value for name in ("since", "until") for part, value in _today(desk).items()}
    form = {"programme": "ctpat", "agency": AGENCY, "kinds": ["status"], "purpose": "Inspections.", **days}
    page = reverse("web:agency-participants")
    look = {"programme": "ctpat", "purpose": "Plan of May"}
    assert "No agreement with" in fay.post(page, look).content.decode()
    response = mona.post(reverse("web:staff-give", args=["PublishSharingAgreement"]), form)
    assert response.status_code == 302, response.content.decode()
    assert fay.get(page).status_code == 200
    assert fay.post(page, {"programme": "ctpat", "purpose": ""}).status_code == 422
    assert not ReadLog.objects.filter(participant=ours.participant).exists()
    assert "Lantern Imports" in fay.post(page, look).content.decode()
    file = fay.post(page, {**look, "file": "csv"})
    assert file["Content-Type"].startswith("text/csv")
    assert file.content.decode().splitlines()[1].startswith("Lantern Imports,importer,applicant,")
    reads = ReadLog.objects.filter(participant=ours.participant)
    assert list(reads.values_list("purpose", flat=True)) == [f"{AGENCY}: Plan of May"] * 2
    accounts = mona.get(reverse("web:manage-accounts")).content.decode()
    assert AGENCY in accounts
    key = SharingAgreement.objects.get().pk
    end = reverse("web:manage-accounts-give", args=[key, "EndSharingAgreement"])
    assert mona.get(end).status_code == 200
    assert mona.post(end, {"case_id": key, "reason": "Met."}).status_code == 302
    assert fay.post(page, look).status_code == 422
    assert mona.get(page).status_code == 403


def _today(desk: Desk) -> dict[str, int]:
    return {"month": desk.today.month, "day": desk.today.day, "year": desk.today.year}


@pytest.mark.clause("6 USC 962")
def test_a_manager_merges_and_splits_in_the_browser(desk: Desk, ours: Company, theirs: Company) -> None:
    desk.person("mona", Office.PROGRAMME_MANAGER)
    mona, olga, petra = (signed_in(desk, name) for name in ("mona", "olga", "petra"))
    for client, made, act, other in ((olga, ours, "survive", theirs), (petra, theirs, "merge", ours)):
        given(client, made, "ConsentToAccountChange", act=act, other_id=other.participant, reason="Bought.")
    number = RecordIdentifier(participant_id=theirs.participant, kind="ior", value="26-999999900")
    desk.must(number, by="petra")
    page = mona.get(reverse("web:manage-accounts")).content.decode()
    assert page.count("Lantern Imports") >= 1
    form = {"participant_id": ours.participant, "merged_id": theirs.participant, "takeover": "yes", "reason": "Bought."}
    response = mona.post(reverse("web:staff-give", args=["MergeAccounts"]), form)
    assert response.status_code == 302, response.content.decode()
    merger = Merger.objects.get()
    assert "Kettle Imports" in olga.get(address("account", ours)).content.decode()
    assert "Kettle Imports" in olga.get(address("account", theirs)).content.decode()  # Olga reads on
    page_of_merger = reverse("web:trader-case", kwargs={"participant": ours.participant, "key": merger.pk})
    assert olga.get(page_of_merger).headers["Location"] == address("account", ours)
    assert "Lantern Imports" in mona.get(reverse("web:case", args=[merger.pk]), follow=True).content.decode()
    for by, made, other in (("olga", ours, theirs), ("petra", theirs, ours)):
        split = ConsentToAccountChange(
            participant_id=made.participant, act="split", other_id=other.participant, reason="Sold."
        )
        desk.must(split, by=by)
    give = reverse("web:manage-accounts-give", args=[merger.pk, "SplitAccount"])
    asked = mona.get(give).content.decode()
    assert "Identifier: Importer of record number " in asked
    assert ": ior " not in asked
    assert mona.post(give, {"merger_id": merger.pk, "reason": "Sold."}).status_code == 302
    assert Merger.objects.get().split_on is not None
    assert mona.get(reverse("web:manage-accounts-give", args=[UUID(int=3), "SplitAccount"])).status_code == 404
