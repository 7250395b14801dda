"""The record, people, keys, criteria and guidelines on the staff's pages (971)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from greenlane.certification.models import Guidelines
from greenlane.criteria.models import EditionRow
from greenlane.law.authority import Office
from greenlane.people.queries import account_of_token
from greenlane.records.models import Entry, ReadLog
from tests.web.staff_office import (
    KEY,
    TODAY,
    VILLAIN,
    StaffOffice,
    case_paths,
    send,
)

pytestmark = pytest.mark.django_db


# --- the record ------------------------------------------------------------------------------------------------------


@pytest.mark.clause("6 USC 971(b)")
def test_an_entry_is_shown_with_its_proof_and_can_be_checked_elsewhere(office: StaffOffice) -> None:
    import base64

    from greenlane.records import log

    case = office.certified(10)
    entry = Entry.objects.get(subject=case, kind="certification.CertificationDecided")
    client, path = office.client("ada_auditor"), reverse("web:entry", args=[entry.uid])
    assert "waits for its place in the log" in client.get(path).content.decode()
    office.sealed()
    assert "This entry stands unaltered in the sealed record." in client.get(path).content.decode()
    file = client.get(reverse("web:entry-json", args=[entry.uid])).json()
    proof = file["proof"]
    log.verify_inclusion(
        log.leaf_hash(base64.b64decode(file["body_base64"])),
        proof["index"],
        proof["size"],
        [bytes.fromhex(step) for step in proof["path"]],
        bytes.fromhex(proof["root"]),
    )


@pytest.mark.clause("6 USC 971(c)")
def test_an_entry_is_for_its_audience_only(office: StaffOffice) -> None:
    case = office.under_review(20, owner=VILLAIN)
    restricted = Entry.objects.filter(kind="vetting.PartiesScreened").latest("id")
    path = reverse("web:entry", args=[restricted.uid])
    assert office.client("sue").get(path).status_code == 200
    assert office.client("sam").get(path).status_code == 404
    assert office.client("officer_0").get(path).status_code == 404
    own = Entry.objects.filter(subject=office.companies[case].application).latest("id")
    assert office.client("officer_0").get(reverse("web:entry", args=[own.uid])).status_code == 200


@pytest.mark.clause("6 USC 971(c)")
def test_every_look_of_the_staff_at_a_companys_data_is_on_record(office: StaffOffice) -> None:
    case = office.under_review(20)
    client = office.client("sam")
    for path in case_paths(case):
        before = ReadLog.objects.count()
        client.get(path)
        assert ReadLog.objects.count() == before + 1, path
    row = ReadLog.objects.latest("id")
    assert (row.office, row.account) == (Office.SPECIALIST.value, office.desk.people["sam"])
    page = office.client("sue").get(reverse("web:case-reads", args=[case])).content.decode()
    assert "answers to criteria and their evidence" in page


@pytest.mark.clause("6 USC 971(b)")
def test_an_auditor_verifies_the_whole_record_on_a_page(office: StaffOffice) -> None:
    office.received(5)
    office.sealed()
    client = office.client("ada_auditor")
    assert "Verify the whole record now" in client.get(reverse("web:audit")).content.decode()
    assert "The record is sound." in client.post(reverse("web:audit-verify")).content.decode()
    assert client.get(reverse("web:audit-verify")).status_code == 405


def test_a_record_too_long_for_a_page_is_verified_on_the_server(
    office: StaffOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.sealed()
    monkeypatch.setattr("greenlane.web.staff.audit.MOST_HERE", 3)
    page = office.client("ada_auditor").post(reverse("web:audit-verify")).content.decode()
    assert "greenlane records verify" in page
    assert "The record is sound." not in page


@pytest.mark.clause("6 USC 971(b)")
def test_refusals_are_counted_by_the_clause_that_stood_in_the_way(office: StaffOffice) -> None:
    case = office.under_review(20)
    office.client("sam").post(
        reverse("web:case-give", args=[case, "RecommendCertification"]), {KEY: str(uuid4()), "case_id": str(case)}
    )
    answer = office.client("ada_auditor").get(reverse("web:audit-refusals"))
    assert "RecommendCertification" in answer.content.decode()
    counted = {facet.title: facet.count for facet in answer.context["facets"]}
    assert counted == {"6 USC 964(b)": 1}
    filtered = office.client("ada_auditor").get(reverse("web:audit-refusals") + "?cite=6+USC+964(b)")
    assert filtered.context["matching"] == 1


# --- people, keys, criteria, guidelines ------------------------------------------------------------------------------


def day(name: str, on: object) -> dict[str, str]:
    from datetime import date

    assert isinstance(on, date)
    return {f"{name}_month": str(on.month), f"{name}_day": str(on.day), f"{name}_year": str(on.year)}


@pytest.mark.clause("6 USC 971(c)")
def test_the_manager_opens_an_account_gives_an_office_and_ends_it(office: StaffOffice) -> None:
    client = office.client("max")
    page = send(client, reverse("web:manage-person-new"), email="rio@example.org", name="Rio Invented")
    assert "Rio Invented" in page
    refused = client.post(
        reverse("web:manage-person-new"), {KEY: str(uuid4()), "email": "rio@example.org", "name": "R"}
    )
    assert refused.status_code == 422
    assert "Another account already uses this address." in refused.content.decode()
    from greenlane.people.models import Account

    rio = Account.objects.get(email="rio@example.org")
    page = send(client, reverse("web:manage-grant", args=[rio.pk]), office="specialist")
    assert "Supply chain security specialist" in page
    holding = rio.offices.get()
    send(client, reverse("web:manage-end", args=[rio.pk, holding.pk]), reason="Moved to another agency.")
    holding.refresh_from_db()
    assert holding.effective_to == TODAY
    send(client, reverse("web:manage-close", args=[rio.pk]), reason="Left the service.")
    rio.refresh_from_db()
    assert rio.closed_on == TODAY


@pytest.mark.clause("6 USC 971(c)")
def test_a_key_is_shown_once_works_and_is_revoked(office: StaffOffice) -> None:
    client, vera = office.client("max"), office.desk.people["vera"]
    answer = client.post(
        reverse("web:manage-key-new", args=[vera]),
        {KEY: str(uuid4()), "label": "Nightly import", **day("expires_on", TODAY + timedelta(days=30))},
    )
    token = answer.context["token"]
    found = account_of_token(token, TODAY)
    assert found is not None
    assert found.pk == vera
    assert token not in client.get(reverse("web:manage-person", args=[vera])).content.decode()
    key = found.tokens.get()
    send(client, reverse("web:manage-key-revoke", args=[vera, key.pk]))
    assert account_of_token(token, TODAY) is None


@pytest.mark.clause("6 USC 971(c)")
def test_an_office_is_lent_for_some_days_and_taken_back(office: StaffOffice) -> None:
    client, path = office.client("sue"), reverse("web:lend")
    values = {"delegate_id": str(office.desk.people["sam"]), "office": "supervisor", "reason": "On leave."}
    days = {**day("from_day", TODAY), **day("to_day", TODAY + timedelta(days=5))}
    backwards = {**day("from_day", TODAY + timedelta(days=5)), **day("to_day", TODAY)}
    assert "not in order" in send(client, path, **values, **backwards)
    assert "to Sam" in send(client, path, **values, **days)
    assert "Supervisor" in office.client("sam").get(reverse("web:staff-home")).content.decode()
    from greenlane.people.models import Delegation

    send(client, reverse("web:lend-end", args=[Delegation.objects.get().pk]))
    assert Delegation.objects.get().ended_on == TODAY


@pytest.mark.clause("6 USC 961(b)")
def test_official_texts_are_loaded_from_a_table_and_bad_lines_are_named(office: StaffOffice) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client, edition = office.client("max"), EditionRow.objects.get().pk
    path = reverse("web:manage-official", args=[edition])

    def upload(text: str) -> dict[str, object]:
        return {"source": "Invented gazette, May 2026", "file": SimpleUploadedFile("t.csv", text.encode(), "text/csv")}

    page = send(client, path, **upload('1.1,"A first wording."\n1.2\n'))
    assert "Line 2: it needs two columns" in page
    page = send(client, path, **upload('99.9,"No such criterion."\n'))
    assert "These numbers are not in this edition: 99.9." in page
    page = send(client, path, **upload('1.1,"A wording of the agency."\n'))
    assert "A wording of the agency." in page


@pytest.mark.clause("6 USC 964(b)")
def test_guidelines_are_published_and_read(office: StaffOffice) -> None:
    client = office.client("max")
    values = {"programme": "ctpat", "version": "2026-2", "title": "Second guidelines", "text": "Look closely."}
    page = send(client, reverse("web:manage-guidelines-new"), **values, **day("in_force_from", TODAY))
    assert "Second guidelines" in page
    key = Guidelines.objects.get(version="2026-2").pk
    assert "Look closely." in office.client("sam").get(reverse("web:manage-guidelines", args=[key])).content.decode()
