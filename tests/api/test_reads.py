"""What the interface shows, to whom, in how many queries, and page by page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from greenlane.casework.commands import ServeNotice
from greenlane.casework.models import Case, Document, Notice
from greenlane.casework.notices import frozen_hash, paragraph
from greenlane.law.authority import Office
from greenlane.people.commands import AssignCase
from greenlane.records import ledger, log
from greenlane.records.models import Entry, ReadLog
from tests.api.client import Caller, caller, problem_of
from tests.companies import Company
from tests.desk import Desk


@contextmanager
def queries(most: int) -> Iterator[None]:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        yield
    assert len(seen) <= most, "\n".join(query["sql"][:200] for query in seen)


def test_a_company_sees_itself_and_a_stranger_sees_nothing(company: Company, desk: Desk) -> None:
    desk.person("mallory")
    olga, mallory = caller(desk, "olga"), caller(desk, "mallory")
    assert [row["id"] for row in olga.get("/participants").json()["items"]] == [str(company.participant)]
    assert mallory.get("/participants").json()["items"] == []
    olga.upload(company.application, "fence.txt", b"The fence is high.", "text/plain", title="Fence")
    for path in (
        f"/participants/{company.participant}",
        f"/participants/{company.participant}/persons",
        f"/applications/{company.application}",
        f"/cases/{company.application}",
        f"/cases/{company.application}/timeline",
        f"/cases/{company.application}/deadlines",
        f"/cases/{company.application}/documents",
        f"/documents/{Document.objects.get(title='Fence').pk}/content",
    ):
        assert olga.get(path).status_code == 200, path
        response = mallory.get(path)
        problem_of(response, 404)
        assert company.name not in response.content.decode()


@pytest.mark.clause("6 USC 971(c)")
def test_birth_dates_are_for_vetting_and_for_the_company_itself(company: Company, offices: Desk) -> None:
    path = f"/participants/{company.participant}/persons"
    shown = {
        name: ["birth_date" in row for row in caller(offices, name).get(path).json()["items"]]
        for name in ("olga", "vetting_analyst", "supervisor", "auditor", "specialist", "programme_manager")
    }
    assert shown == {
        "olga": [True, True],
        "vetting_analyst": [True, True],
        "supervisor": [True, True],
        "auditor": [True, True],
        "specialist": [False, False],
        "programme_manager": [False, False],
    }


@pytest.mark.clause("6 USC 971(c)")
def test_an_outsider_sees_the_case_that_is_assigned_and_no_other(company: Company, offices: Desk) -> None:
    company.sign().submit()
    case = Case.objects.get(kind="certification")
    validator = caller(offices, "validator")
    problem_of(validator.get(f"/cases/{case.pk}"), 404)
    offices.must(AssignCase(case_id=case.pk, account_id=offices.people["specialist"]))
    assert validator.get("/participants").json()["items"] == []
    specialist = caller(offices, "specialist")
    [row] = specialist.get("/cases", assigned="me").json()["items"]
    assert row["id"] == str(case.pk)
    assert row["assigned_to"] == [{"id": str(offices.people["specialist"]), "name": "Specialist"}]


@pytest.mark.clause("6 USC 971(c)")
def test_the_timeline_is_told_to_each_audience_apart(company: Company, offices: Desk) -> None:
    company.sign().submit()
    investigation = Case.objects.get(kind="investigation")
    problem_of(caller(offices, "olga").get(f"/cases/{investigation.pk}/timeline"), 404)
    told = caller(offices, "vetting_analyst").get(f"/cases/{investigation.pk}/timeline").json()["items"]
    restricted = [row for row in told if row["audience"] == "restricted"]
    staff = caller(offices, "specialist").get(f"/cases/{investigation.pk}/timeline").json()["items"]
    assert {row["audience"] for row in staff} <= {"public", "participant", "staff"}
    assert len(staff) == len(told) - len(restricted)
    own = caller(offices, "olga").get(f"/cases/{company.application}/timeline").json()["items"]
    assert all(row["sentence"] and row["citations"] for row in own)
    assert all("actor" not in row for row in own)


def test_deadlines_stand_as_of_today(company: Company, offices: Desk) -> None:
    company.sign().submit()
    case = Case.objects.get(kind="certification")
    supervisor = caller(offices, "supervisor")
    [clock] = supervisor.get(f"/cases/{case.pk}/deadlines").json()["items"]
    assert (clock["standing"], clock["days"], clock["citation"]) == ("running", 90, "6 USC 964(c)")
    assert supervisor.get("/cases", overdue=True).json()["items"] == []
    offices.today += timedelta(days=91)
    [clock] = supervisor.get(f"/cases/{case.pk}/deadlines").json()["items"]
    assert (clock["standing"], clock["sentence"]) == ("overdue", "1 day overdue")
    assert [row["id"] for row in supervisor.get("/cases", overdue=True).json()["items"]] == [str(case.pk)]
    soon = (offices.today + timedelta(days=1)).isoformat()
    assert [row["id"] for row in supervisor.get("/cases", due_before=soon).json()["items"]] == [str(case.pk)]


def test_cases_are_filtered(company: Company, offices: Desk) -> None:
    supervisor = caller(offices, "supervisor")
    reference = Case.objects.get(pk=company.application).reference

    def found(**query: str) -> list[str]:
        return [row["kind"] for row in supervisor.get("/cases", **query).json()["items"]]

    assert found(kind="application") == ["application"]
    unknown = supervisor.get("/cases", kind="nonsense")
    assert unknown.status_code == 422
    assert "certification" in unknown.text
    assert found(kind="application", state="submitted") == []
    assert found(q=reference.lower()) == ["application"]
    assert set(found(q="meridian")) == {"application", "participant"}
    assert set(found(participant=str(company.participant))) == {"application", "participant"}
    assert "application" in found(assigned="nobody")
    problem_of(supervisor.get("/cases", assigned="somebody"), 422)
    problem_of(supervisor.get("/cases", due_before="soon"), 422)
    problem_of(supervisor.get("/cases", limit=201), 422)
    problem_of(supervisor.get("/cases", q="\x00"), 400)


def test_pages_hold_every_row_once_while_rows_are_added(company: Company, offices: Desk) -> None:
    supervisor = caller(offices, "supervisor")
    all_of_it = {row["id"] for row in supervisor.get("/cases", limit=200).json()["items"]}
    seen: list[str] = []
    cursor = ""
    while True:
        body = supervisor.get("/cases", limit=3, cursor=cursor).json()
        assert len(body["items"]) <= 3
        seen += [row["id"] for row in body["items"]]
        if len(seen) == 3:
            offices.person("late_arrival")  # a row that comes in between moves no other row
        if body["next"] is None:
            break
        cursor = body["next"]
    assert len(seen) == len(set(seen))
    assert all_of_it <= set(seen)


@pytest.mark.parametrize("forge", ["x", "a:b:c", "WzEsMl0:1abc:def", "\u00e9"])
def test_a_forged_cursor_is_no_place(offices: Desk, forge: str) -> None:
    problem_of(caller(offices, "supervisor").get("/cases", cursor=forge), 422)


def test_a_cursor_belongs_to_its_list(company: Company, offices: Desk) -> None:
    supervisor = caller(offices, "supervisor")
    cursor = supervisor.get("/cases", limit=1).json()["next"]
    assert cursor
    problem_of(supervisor.get("/participants", cursor=cursor), 422)


def test_a_list_costs_the_same_however_long_it_is(company: Company, offices: Desk) -> None:
    company.sign().submit()
    supervisor = caller(offices, "supervisor")
    counts = []
    for limit in (1, 200):
        with CaptureQueriesContext(connection) as seen:
            assert supervisor.get("/cases", limit=limit).status_code == 200
        counts.append(len(seen))
    assert counts[1] <= counts[0] + 1
    with queries(8):
        supervisor.get("/cases", limit=200)
    with queries(12):
        supervisor.get(f"/cases/{company.application}")
    with queries(7):
        supervisor.get(f"/cases/{company.application}/timeline", limit=200)
    with queries(5):
        supervisor.get("/participants")


def test_an_application_says_what_it_still_lacks(company: Company, desk: Desk) -> None:
    olga = caller(desk, "olga")
    body = olga.get(f"/applications/{company.application}").json()
    assert body["ready"] is False
    lacking = [reason for reason in body["readiness"] if not reason["holds"]]
    assert lacking
    assert all(reason["cite"] and reason["mend"] for reason in lacking)
    assert {answer["value"] for answer in body["answers"]} == {"yes"}
    assert body["risks"]
    company.sign()
    assert olga.get(f"/applications/{company.application}").json()["ready"] is True


@pytest.mark.clause("6 USC 971(c)")
def test_every_read_of_a_document_is_logged_with_its_purpose(company: Company, offices: Desk) -> None:
    olga = caller(offices, "olga")
    olga.upload(company.application, "fence.txt", b"The fence is high.", "text/plain", title="Fence")
    document = Document.objects.get(title="Fence")
    path = f"/documents/{document.pk}/content"
    caller(offices, "supervisor").get(path, headers={"Greenlane-Purpose": "review of the fence"})
    row = ReadLog.objects.latest("id")
    assert (row.office, row.participant, row.purpose) == ("supervisor", company.participant, "review of the fence")
    assert "Fence" in row.what
    before = ReadLog.objects.count()
    problem_of(Caller("").get(path), 401)
    assert ReadLog.objects.count() == before


def test_a_document_that_was_altered_is_shown_to_nobody(company: Company, desk: Desk) -> None:
    """The file of this document was never stored."""
    document = Document.objects.get(title="Security manual")
    body = problem_of(caller(desk, "olga").get(f"/documents/{document.pk}/content"), 500)
    assert "lost or altered" in body["detail"]


def test_a_notice_is_read_and_printed(company: Company, desk: Desk) -> None:
    body = [paragraph("We have received it on %(day)s.", "6 USC 964(c)", day=desk.today).to_json()]
    desk.must(
        ServeNotice(
            case_id=company.application,
            template="test",
            title="Received",
            body=body,
            sha256=frozen_hash("Received", body),
            entry=uuid4(),
        )
    )
    notice = Notice.objects.get(subject="Received")
    olga = caller(desk, "olga")
    assert [row["subject"] for row in olga.get("/notices").json()["items"]] == ["Received"]
    [block] = olga.get(f"/notices/{notice.pk}").json()["blocks"]
    assert block == {"kind": "paragraph", "text": "We have received it on 2026-03-02.", "cite": "6 USC 964(c)"}
    letter = olga.get(f"/notices/{notice.pk}/letter.pdf")
    assert letter["Content-Type"] == "application/pdf"
    assert letter.content == olga.get(f"/notices/{notice.pk}/letter.pdf").content
    desk.person("mallory")
    problem_of(caller(desk, "mallory").get(f"/notices/{notice.pk}/letter.pdf"), 404)


def test_anybody_reads_programmes_criteria_and_the_law(company: Company) -> None:
    anybody = Caller("")
    assert [row["code"] for row in anybody.get("/programmes").json()["items"]] == ["ctpat"]
    assert anybody.get("/programmes/ctpat").json()["terms"]["tiers"]
    problem_of(anybody.get("/programmes/none"), 404)
    edition = anybody.get("/criteria/importer").json()
    assert len(edition["criteria"]) > 50
    problem_of(anybody.get("/criteria/juggler"), 404)
    problem_of(anybody.get("/criteria/importer", on="1999-01-01"), 404)
    assert len(anybody.get("/law").json()["items"]) == 134
    clause = anybody.get("/law/6-usc-964-c").json()
    assert "90 days" in clause["text"]
    assert "CertifyTierOne" in clause["commands"]
    problem_of(anybody.get("/law/7-usc-1"), 404)


@pytest.mark.clause("6 USC 971(b)")
def test_the_log_proves_itself_to_anybody(company: Company, desk: Desk) -> None:
    anybody = Caller("")
    problem_of(anybody.get("/records/checkpoint"), 404)
    first = ledger.seal(desk.at)
    company.sign()
    second = ledger.seal(desk.at)
    assert first
    assert second
    newest = anybody.get("/records/checkpoint").json()
    assert newest["size"] == second.size
    entry = Entry.objects.order_by("id").first()
    assert entry
    proof = anybody.get(f"/records/entries/{entry.uid}/proof").json()
    steps = [bytes.fromhex(step) for step in proof["proof"]]
    assert proof["leaf_hash"] == log.leaf_hash(bytes(entry.body)).hex()
    log.verify_inclusion(
        bytes.fromhex(proof["leaf_hash"]), proof["index"], proof["size"], steps, bytes.fromhex(proof["root"])
    )
    grown = anybody.get("/records/consistency", size1=first.size).json()
    log.verify_consistency(
        grown["size1"],
        grown["size2"],
        bytes.fromhex(grown["root1"]),
        bytes.fromhex(grown["root2"]),
        [bytes.fromhex(step) for step in grown["proof"]],
    )
    problem_of(anybody.get("/records/consistency", size1=second.size, size2=first.size), 422)
    problem_of(anybody.get(f"/records/entries/{uuid4()}/proof"), 404)
    problem_of(anybody.get("/records/consistency", size1=0), 422)


def test_private_answers_are_kept_by_nobody_and_known_ones_not_sent_again(company: Company, desk: Desk) -> None:
    olga = caller(desk, "olga")
    first = olga.get("/me")
    assert first["Cache-Control"] == "no-store"
    again = olga.get("/me", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Caller("").get("/law")["Cache-Control"] == "public, no-cache"


def test_me_names_offices_companies_and_commands(company: Company, desk: Desk) -> None:
    body = caller(desk, "olga").get("/me").json()
    assert body["participants"] == [str(company.participant)]
    assert "applicant_officer" in body["offices"]
    assert "SubmitApplication" in body["commands"]
    assert "CertifyTierOne" not in body["commands"]


def test_lists_and_hits_are_for_those_who_vet(offices: Desk) -> None:
    assert caller(offices, "specialist").get("/lists").json() == {"items": [], "next": None}
    assert caller(offices, "vetting_analyst").get("/hits").json() == {"items": [], "next": None}
    problem_of(caller(offices, "specialist").get("/hits"), 403)
    problem_of(caller(offices, "public").get("/lists"), 403)


@pytest.mark.parametrize("path", ["/nowhere", "/cases/not-an-id", "/commands/NoSuchCommand", "/law/", "/participants/"])
def test_any_other_address_is_a_problem_too(db: None, path: str) -> None:
    problem_of(Caller("").get(path), 404)


def test_a_wrong_method_names_the_right_ones(offices: Desk) -> None:
    response = caller(offices, "supervisor").send("/cases", "{}")
    problem_of(response, 405)
    assert response["Allow"] == "GET"


def test_a_session_may_read_and_needs_its_token_to_change(company: Company, desk: Desk) -> None:
    from django.test import Client

    from greenlane.people.models import Account

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(Account.objects.get(pk=desk.people["olga"]))
    assert browser.get("/api/v1/me").json()["name"] == "Olga"
    response = browser.post("/api/v1/commands/OpenAccount", {"email": "a@b.org"}, "application/json")
    problem_of(response, 403)


def test_a_bug_is_logged_and_tells_nothing(offices: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from greenlane.api import me

    def broken(*_: object) -> None:
        raise RuntimeError("the inside of the machine")

    monkeypatch.setattr(me, "show", broken)
    response = caller(offices, "supervisor").get("/me")
    problem_of(response, 500)
    assert "inside" not in response.content.decode()


def test_offices_end_with_the_account(offices: Desk) -> None:
    from greenlane.people.commands import CloseAccount

    supervisor = caller(offices, "supervisor")
    assert supervisor.get("/cases").status_code == 200
    offices.must(
        CloseAccount(account_id=offices.people["supervisor"], reason="left"), by=Office.PROGRAMME_MANAGER.value
    )
    problem_of(supervisor.get("/cases"), 401)
