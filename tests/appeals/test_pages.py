"""An appeal, its record and the published list on pages and in the interface, to whom each is open (967, 971(c))."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from greenlane.appeals.commands import SubmitStatement
from greenlane.appeals.commands_list import PublishFederalRegisterList
from greenlane.appeals.models import Appeal, RecordOfAppeal, RegisterList
from greenlane.appeals.queries import appeal_of
from greenlane.casework.models import Case, Notice
from greenlane.casework.notices import Block
from greenlane.people.models import Account
from greenlane.people.visibility import viewer_of
from greenlane.records import ledger
from greenlane.records.canonical import canonical
from greenlane.records.models import ReadLog
from greenlane.web.panels import appeal as panel
from tests.api.client import caller
from tests.appeals.scenes import Scene, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(monkeypatch: pytest.MonkeyPatch) -> Scene:
    made = scene()
    made.desk.person("mallory")
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.desk.at)
    return made


def client(one: Scene, name: str = "") -> Client:
    made = Client()
    if name:
        made.force_login(Account.objects.get(pk=one.desk.people[name]))
    return made


@pytest.mark.clause("6 USC 967(c)")
def test_both_sides_read_the_appeal_in_few_queries(one: Scene) -> None:
    appeal = one.review(one.file(one.suspend(), relief="Reverse it, please."))
    for number in range(5):
        one.desk.must(SubmitStatement(case_id=appeal, text=f"Statement {number}."), by="ada" if number % 2 else "sam")
    case = Case.objects.get(pk=appeal)
    with CaptureQueriesContext(connection) as seen:
        made = panel.appeal(case, viewer_of(one.desk.people["ada"], one.desk.today), one.desk.today)
        assert len(made.context["statements"]) == 5
    asked = [query for query in seen if "people_" not in query["sql"]]
    assert len(asked) <= 6, [query["sql"][:120] for query in asked]
    for name, address in (
        ("ada", reverse("web:trader-case", kwargs={"participant": one.participant, "key": appeal})),
        ("olga", reverse("web:case", args=[appeal])),
    ):
        page = client(one, name).get(address).content.decode()
        for words in ("Reverse it, please.", "Statement 4.", "The facts are wrong", "Olga"):
            assert words in page, (name, words)
    assert client(one, "mallory").get(reverse("web:case", args=[appeal])).status_code in (403, 404)


@pytest.mark.clause("6 USC 967(c)")
def test_the_company_files_its_appeal_on_a_page_and_reads_the_arithmetic_when_it_is_late(one: Scene) -> None:
    case = one.suspend()
    address = reverse("web:trader-give", kwargs={"participant": one.participant, "command": "FileAppeal"})
    ada = client(one, "ada")
    page = ada.get(f"{address}?consequence_id={case}")
    assert page.status_code == 200
    fields = {
        "consequence_id": str(case),
        **dict(re.findall(r'name="(grounds-[A-Z_]+)" value="(\d*)"', page.content.decode())),
        "grounds-0-title": "The facts are wrong",
        "grounds-0-statement": "The log was on file.",
    }
    one.desk.today += timedelta(days=60)
    ada = client(one, "ada")
    late = ada.post(f"{address}?consequence_id={case}", fields)
    assert late.status_code == 422
    assert "days late" in late.content.decode()
    assert not Appeal.objects.exists()
    one.desk.today -= timedelta(days=59)
    ada = client(one, "ada")
    assert ada.post(f"{address}?consequence_id={case}", fields).status_code == 302
    assert Appeal.objects.get().grounds == [{"title": "The facts are wrong", "statement": "The log was on file."}]


@pytest.mark.clause("6 USC 967(c)")
@pytest.mark.clause("6 USC 971(b)")
def test_the_record_of_appeal_is_read_and_taken_along_by_both_sides_and_nobody_else(one: Scene) -> None:
    case = one.suspend()
    appeal = one.review(one.file(case))
    record = RecordOfAppeal.objects.get(appeal_id=appeal)
    page = reverse("web:record-of-appeal", args=[record.pk])
    for name in ("ada", "olga", "sue"):
        shown = client(one, name).get(page).content.decode()
        assert record.sha256 in shown
        assert "Photo of the gate" in shown
    assert ReadLog.objects.filter(participant=one.participant, account=one.desk.people["olga"]).exists()
    data = json.loads(client(one, "ada").get(reverse("web:record-of-appeal-json", args=[record.pk])).content)
    assert hashlib.sha256(canonical({k: v for k, v in data.items() if k != "sha256"})).hexdigest() == data["sha256"]
    bundle = reverse("web:record-of-appeal-bundle", args=[record.pk])
    assert client(one, "ada").get(bundle).status_code == 409  # nothing is sealed yet
    ledger.seal(one.desk.at)
    with zipfile.ZipFile(io.BytesIO(client(one, "ada").get(bundle).content)) as archive:
        assert "entries.jsonl" in archive.namelist()
        assert b"ConsequenceDecided" in archive.read("entries.jsonl")
        assert b"ConsequenceRecommended" not in archive.read("entries.jsonl")  # for the staff only
    for address in (page, bundle, reverse("web:record-of-appeal-json", args=[record.pk])):
        assert client(one, "mallory").get(address).status_code in (403, 404)
        assert client(one).get(address).status_code in (302, 403)


@pytest.mark.clause("6 USC 967(b)")
def test_the_list_is_closed_to_the_public_until_the_day_of_publication(one: Scene) -> None:
    case = one.suspend(days=900)
    one.desk.today += timedelta(days=40)
    printed = one.desk.today + timedelta(days=5)
    one.desk.must(PublishFederalRegisterList(programme="ctpat", consequences=(case,), published_on=printed), by="pam")
    row = RegisterList.objects.get()
    page = reverse("web:register-list", args=[row.pk])
    files = [reverse("web:register-list-file", args=[row.pk, form]) for form in ("pdf", "json", "csv")]
    api = f"/api/v1/federal-register-lists/{row.pk}"
    for address in (page, *files, api):
        assert client(one).get(address).status_code == 404
        assert client(one, "mallory").get(address).status_code == 404
    assert one.company.name not in client(one).get(reverse("web:register-lists")).content.decode()
    assert client(one).get("/api/v1/federal-register-lists").json()["items"] == []
    assert caller(one.desk, "mallory").get("/federal-register-lists/waiting").json()["items"] == []
    assert client(one, "olga").get(page).status_code == 200
    waiting = caller(one.desk, "pam").get("/federal-register-lists/waiting").json()["items"]
    assert [item["id"] for item in waiting] == [str(row.pk)]
    one.desk.today = printed
    for address in (page, *files[1:], api):
        answer = client(one).get(address)
        assert answer.status_code == 200
        assert one.company.name in answer.content.decode()
    assert client(one).get(files[0]).content.startswith(b"%PDF")
    assert client(one).get(page.rstrip("/") + "/list.exe").status_code == 404


@pytest.mark.clause("6 USC 967(b)")
def test_the_manager_sees_on_the_draft_whether_and_why_each_may_be_listed_and_publishes(one: Scene) -> None:
    case = one.suspend(days=900)
    address = reverse("web:register-draft", args=["ctpat"])
    for name in ("sue", "olga", "ada"):
        assert client(one, name).get(address).status_code == 403
    page = client(one, "pam").get(address).content.decode()
    assert "May not be listed" in page
    assert "an appeal may be filed until" in page
    fields = {
        "consequences": str(case), "note": "First list.",
        "published_on": one.desk.today.isoformat(),
    }  # fmt: skip
    refused = client(one, "pam").post(address, fields)
    assert refused.status_code == 422
    assert "may be filed until" in refused.content.decode()
    one.desk.today += timedelta(days=40)
    assert "May be listed" in client(one, "pam").get(address).content.decode()
    fields["published_on"] = one.desk.today.isoformat()
    assert client(one, "pam").post(address, fields).status_code == 302
    assert RegisterList.objects.get().note == "First list."
    assert client(one, "pam").get(reverse("web:register-draft", args=["nothing"])).status_code == 404


@pytest.mark.clause("6 USC 967(c)")
def test_the_interface_shows_an_appeal_with_its_record_to_those_who_may_see_it(one: Scene) -> None:
    appeal = one.file(one.suspend())
    ada, olga, mallory = (caller(one.desk, name) for name in ("ada", "olga", "mallory"))
    assert ada.get(f"/appeals/{appeal}/record").status_code == 404
    one.review(appeal)
    assert [row["id"] for row in ada.get("/appeals", outcome="open").json()["items"]] == [str(appeal)]
    assert ada.get("/appeals", outcome="upheld", participant=one.participant).json()["items"] == []
    assert "officer" not in ada.get(f"/appeals/{appeal}").json()
    assert olga.get(f"/appeals/{appeal}").json()["officer"] == str(one.desk.people["olga"])
    found = ada.get(f"/appeals/{appeal}/record").json()
    assert (found["altered"], found["sha256"]) == ([], appeal_of(appeal).record_sha256)
    assert mallory.get("/appeals").json()["items"] == []
    for path in (f"/appeals/{appeal}", f"/appeals/{appeal}/record"):
        assert mallory.get(path).status_code == 404


@pytest.mark.clause("6 USC 967(c)")
def test_the_letters_of_an_appeal_say_the_days_and_the_reasons_in_plain_words(one: Scene) -> None:
    case = one.suspend()
    appeal = one.review(one.file(case))
    one.determine(appeal, "upheld", reasons="Each ground fails: 100% of the %(rosters)s were empty.")
    due = appeal_of(appeal).due_on.isoformat()
    letters = {
        letter.template: " ".join(str(Block.from_json(block).text) for block in letter.body)
        for letter in Notice.objects.filter(case_id=appeal)
    }
    assert set(letters) == {"appeal_filed", "appeal_officer_assigned", "appeal_determined"}
    assert all(due in words for words in letters.values())
    assert "Each ground fails: 100% of the %(rosters)s were empty." in letters["appeal_determined"]
    assert "upheld" in letters["appeal_determined"]


@pytest.mark.clause("6 USC 967(c)")
def test_officer_and_manager_do_their_part_on_the_pages(one: Scene) -> None:
    appeal = one.file(one.suspend(days=400))
    give = {name: reverse("web:case-give", args=[appeal, name]) for name in STEPS}
    pam, olga = client(one, "pam"), client(one, "olga")
    assert "Olga" in pam.get(give["AssignAppealOfficer"]).content.decode()
    chosen = {"case_id": appeal, "officer_id": one.desk.people["olga"]}
    assert pam.post(give["AssignAppealOfficer"], chosen).status_code == 302
    assert olga.post(give["BeginAppealReview"], {"case_id": appeal}).status_code == 302
    page = olga.get(give["DetermineAppeal"])
    assert page.status_code == 200
    assert "Upheld: the decision stands" in page.content.decode()
    empty = olga.post(give["DetermineAppeal"], {"case_id": appeal, "outcome": "upheld", "reasons": ""})
    assert empty.status_code == 422
    until = one.desk.today + timedelta(days=100)
    modified = {
        "case_id": appeal, "outcome": "modified", "reasons": "Half of it.", "modified_to": "A hundred days.",
        "period_until": until.isoformat(),
    }  # fmt: skip
    assert olga.post(give["DetermineAppeal"], modified).status_code == 302
    row = appeal_of(appeal)
    assert (row.outcome, row.period_until, row.determined_by) == ("modified", until, one.desk.people["olga"])
    shown = client(one, "ada").get(reverse("web:trader-case", kwargs={"participant": one.participant, "key": appeal}))
    assert "A hundred days." in shown.content.decode()


STEPS = ("AssignAppealOfficer", "BeginAppealReview", "DetermineAppeal")


@pytest.mark.clause("6 USC 967(c)")
def test_the_decision_leads_its_company_to_the_appeal_and_says_the_last_day(one: Scene) -> None:
    case = one.suspend()
    page = reverse("web:trader-case", kwargs={"participant": one.participant, "key": case})
    shown = client(one, "ada").get(page).content.decode()
    assert f"give/FileAppeal/?consequence_id={case}" in shown
    staff = client(one, "sue").get(reverse("web:case", args=[case])).content.decode()
    assert "can be appealed until" in staff
    assert "FileAppeal" not in staff
    appeal = one.file(case)
    assert str(appeal) in client(one, "ada").get(page).content.decode()
