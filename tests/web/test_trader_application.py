"""The application page by page: nothing answered beforehand, nothing foreign asked, everything missing linked."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from greenlane.applications.models import AnswerRow, Application
from greenlane.applications.queries import application_of, questionnaire
from greenlane.casework.models import Case, Deadline, Document, Notice
from greenlane.certification.commands import CloseCertification  # noqa: F401 - registers the room
from greenlane.criteria.catalogue import load_catalogue
from greenlane.law.authority import Office
from greenlane.law.s962 import questions_for
from greenlane.programs.queries import terms_of
from greenlane.records.models import Entry
from tests.companies import Company
from tests.web.trader_stage import colleague, company, returned, signed_in, stage

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.base_urls")]


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.GREENLANE_DOCUMENTS = tmp_path / "documents"


@pytest.fixture
def made() -> Company:
    return company(stage("importer", "customs_broker")).fill_profile().map_chain()


@pytest.fixture
def client(made: Company) -> Client:
    return signed_in(made.desk, "olga")


def at(made: Company, name: str, **more: Any) -> str:
    return reverse(f"web:application-{name}", kwargs={"case": made.application, **more})


def send(client: Client, to: str, /, **given: Any) -> Any:
    return client.post(to, {**given, "_key": str(uuid4())})


def words(response: Any) -> str:
    return str(response.content.decode())


def test_an_application_begins_with_one_press_however_often_it_is_pressed(made: Company, client: Client) -> None:
    begin = reverse("web:trader-application", kwargs={"participant": made.participant})
    assert "history of moving cargo" in words(client.get(begin))
    key = str(uuid4())
    first, second = (client.post(begin, {"begin": "yes", "_key": key}) for _ in range(2))
    assert first.url == second.url
    assert Application.objects.count() == 1
    assert client.get(begin).url == first.url
    page = words(client.get(first.url))
    assert "Eligibility questions" in page
    assert "Cannot start yet" in page
    assert page.count("gl-task--link") >= 20


@pytest.mark.clause("6 USC 962")
def test_rc_14_only_the_questions_and_criteria_of_the_own_business_type_are_asked(
    made: Company, client: Client
) -> None:
    made.open()
    page = words(client.get(at(made, "eligibility")))
    terms = terms_of("ctpat", made.desk.today)
    own = {question.key for question in questions_for("importer", terms)}
    everything = {q.key for kind in terms.business_types for q in kind.questions} | own
    for key in everything:
        assert (f'name="{key}"' in page) == (key in own), key
    asked: set[str] = set()
    for category in range(1, 13):
        response = client.get(at(made, "category", category=category))
        if response.status_code == 200:
            asked |= set(re.findall(r'id="criterion-([^"]+)"', words(response)))
    assert asked == {criterion.number for criterion in questionnaire(application_of(made.application))}
    foreign = {c.number for c in load_catalogue().edition("sea_carrier", made.desk.today).criteria} - asked
    assert foreign
    smuggled = sorted(foreign)[0]
    category = int(smuggled.partition(".")[0])
    send(client, at(made, "category", category=category), **{f"c{smuggled.replace('.', '_')}-value": "yes"})
    assert not AnswerRow.objects.filter(number=smuggled).exists()


def test_rc_05_nothing_is_answered_beforehand(made: Company, client: Client) -> None:
    made.open()
    for address in (at(made, "eligibility"), at(made, "category", category=4), at(made, "agreement")):
        assert not re.search(r"<input[^>]*\schecked", words(client.get(address))), address
    response = send(client, at(made, "category", category=4), then="later")
    assert response.url == at(made, "overview")
    assert not AnswerRow.objects.exists()


def test_eligibility_is_saved_in_parts_and_can_be_taken_back(made: Company, client: Client) -> None:
    made.open()
    one = send(client, at(made, "eligibility"), active_in_trade="yes", then="later")
    assert one.url == at(made, "overview")
    assert "7 left" in words(client.get(at(made, "overview")))
    send(client, at(made, "eligibility"), active_in_trade="", staffed_office="no")
    row = Application.objects.get()
    assert row.eligibility["active_in_trade"] == ""
    page = words(client.get(at(made, "overview")))
    assert "There is a problem" in page, "an honest answer that does not meet a condition is shown at once"
    assert send(client, at(made, "eligibility"), staffed_office="perhaps").status_code == 422


def pdf(name: str = "bills.pdf", content: bytes = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer << >>\n%%EOF\n") -> Any:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def text(name: str = "bills.txt", content: bytes = b"120 shipments, invented.") -> Any:
    return SimpleUploadedFile(name, content, content_type="text/plain")


def history(made: Company, **more: Any) -> dict[str, Any]:
    first, last = made.desk.today - timedelta(days=200), made.desk.today - timedelta(days=2)
    dates = {
        f"{name}_{part}": str(getattr(day, part))
        for name, day in (("moved_from", first), ("moved_to", last))
        for part in ("month", "day", "year")
    }
    return {**dates, "shipments": "120", **more}


@pytest.mark.clause("6 USC 963(1)")
def test_the_history_is_recorded_with_a_document_uploaded_on_the_same_page(made: Company, client: Client) -> None:
    made.open()
    key = str(uuid4())
    for _twice in range(2):
        response = client.post(at(made, "history"), history(made, upload=text(), _key=key))
        assert response.url == at(made, "risk")
    assert Document.objects.count() == 1
    row = Application.objects.get()
    assert row.history_evidence == [str(Document.objects.get().pk)]
    download = client.get(reverse("web:document", args=(Document.objects.get().pk,)))
    assert b"".join(download.streaming_content) == b"120 shipments, invented."
    assert download["Content-Disposition"].startswith("attachment")
    assert "sandbox" in download["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("page.html", b"<script>alert(1)</script>", content_type="text/html"), "not of a kind"),
        (
            SimpleUploadedFile("scan.pdf", b"MZ\x90\x00 a program", content_type="application/pdf"),
            "its content is something else",
        ),
        (SimpleUploadedFile("empty.txt", b"", content_type="text/plain"), "empty"),
    ],
    ids=["kind", "disguised", "empty"],
)
def test_a_bad_file_is_named_beside_its_field_and_nothing_is_saved(
    made: Company, client: Client, file: Any, said: str
) -> None:
    made.open()
    file.seek(0)
    response = client.post(at(made, "history"), history(made, upload=file))
    assert response.status_code == 422
    assert said in words(response)
    assert 'href="#id_upload"' in words(response)
    assert not Document.objects.exists()
    assert Application.objects.get().shipments is None


def test_documents_have_versions(made: Company, client: Client) -> None:
    made.open()
    send(client, at(made, "documents"), title="Visitor log", file=text("log.txt", b"one"))
    first = Document.objects.get()
    send(client, at(made, "documents"), title="Visitor log", file=text("log.txt", b"two"), replaces=str(first.pk))
    assert sorted(Document.objects.values_list("version", flat=True)) == [1, 2]
    page = words(client.get(at(made, "documents")))
    assert "1 earlier version" in page
    foreign = send(client, at(made, "documents"), title="X", file=text(), replaces=str(uuid4()))
    assert foreign.status_code == 422


@pytest.mark.clause("6 USC 963(2)")
def test_risk_is_saved_area_by_area_and_each_gap_is_named(made: Company, client: Client) -> None:
    made.open()
    page = words(client.get(at(made, "risk")))
    for step in ("Map the cargo flow", "Assess the threats", "Document and repeat"):
        assert step in page
    site = re.search(r"/risk/([0-9a-f-]{36})/\"[^>]*>Dock Seven", page)
    assert site is not None
    address = at(made, "risk-node", node=UUID(site[1]))
    assert "Business partner requirements" not in words(client.get(address)), "that area does not concern a site"
    half = send(client, address, **{"physical_security-threat": "2"})
    assert half.status_code == 422
    assert "Choose a point from 1 to 5 for “Vulnerability”" in words(half)
    assert "#id_physical_security-existing_control" in words(half)
    whole = {
        "physical_security-threat": "4",
        "physical_security-vulnerability": "4",
        "physical_security-consequence": "4",
        "physical_security-existing_control": "none",
        "physical_security-residual": "5",
    }
    undone = send(client, address, **whole)
    assert undone.status_code == 422
    assert "needs an action" in words(undone)
    assert send(client, address, **whole, **{"physical_security-action": "A fence by May, by Olga."}).status_code == 302
    assert "1 of 6 areas" in words(client.get(at(made, "risk")))
    assert send(client, address, **{"physical_security-threat": "6"}).status_code == 422


def test_criteria_are_answered_with_new_and_existing_evidence(made: Company, client: Client) -> None:
    made.open()
    asked = [c for c in questionnaire(application_of(made.application)) if c.category == 4]
    must = next(c for c in asked if c.level == "must")
    name = f"c{must.number.replace('.', '_')}"
    address = at(made, "category", category=4)
    blank = send(client, address, **{f"{name}-narrative": "We do it."})
    assert blank.status_code == 422
    assert f"Choose an answer to {must.number}" in words(blank)
    reasonless = send(client, address, **{f"{name}-value": "not_applicable"})
    assert f"Say why {must.number} does not apply" in words(reasonless)
    saved = send(client, address, **{f"{name}-value": "yes", f"{name}-narrative": "Daily.", f"{name}-upload": text()})
    assert saved.url == at(made, "category", category=5)
    row = AnswerRow.objects.get()
    assert row.evidence == [str(Document.objects.get().pk)]
    page = words(client.get(address))
    assert "Answered" in page
    assert "Daily." in page
    taken_back = send(client, address, **{f"{name}-value": "unanswered"})
    assert taken_back.status_code == 302
    assert not AnswerRow.objects.exists()
    alien = send(client, address, **{f"{name}-value": "yes", f"{name}-evidence": str(uuid4())})
    assert alien.status_code == 422


@pytest.mark.clause("6 USC 963")
def test_rc_13_a_consultant_and_staff_can_prepare_but_not_sign_nor_submit(made: Company) -> None:
    made.open().fill_application()
    colleague(made.desk, made, "cora", Office.CONSULTANT)
    colleague(made.desk, made, "stan", Office.APPLICANT_STAFF)
    for name in ("cora", "stan"):
        client = signed_in(made.desk, name)
        page = words(client.get(at(made, "agreement")))
        assert "may prepare this but may not sign it" in page
        assert "/law/6-usc-963/" in page
        assert "Olga" in page, "who may sign is named"
        refused = send(client, at(made, "agreement"), agreed="on")
        assert refused.status_code == 422
        assert "You may not give SignAgreement here" in words(refused)
        assert Application.objects.get().agreement_signed_on is None
        submitted = send(client, at(made, "check"), submit="yes")
        assert submitted.status_code == 422
        assert "You may not give SubmitApplication here" in words(submitted)
        assert send(client, at(made, "eligibility"), active_in_trade="yes").status_code == 302
    assert Case.objects.get(pk=made.application).state == "draft"


@pytest.mark.clause("6 USC 961(a)")
def test_the_box_is_not_ticked_for_anybody(made: Company, client: Client) -> None:
    made.open().fill_application()
    refused = send(client, at(made, "agreement"))
    assert refused.status_code == 422
    assert "The box that says so is not ticked" in words(refused)
    assert send(client, at(made, "agreement"), agreed="on").url == at(made, "check")
    assert "The agreement is signed" in words(client.get(at(made, "agreement")))


def test_rc_17_a_blank_application_is_refused_and_everything_missing_leads_to_its_field(
    made: Company, client: Client
) -> None:
    made.open()
    page = words(client.get(at(made, "check")))
    assert not re.search(r"\b(ior|import_bond|custodial_bond)\b", re.sub("<[^>]*>", " ", page))
    steps = client.get(at(made, "check")).context["steps"]
    assert [step.state for step in steps if step.title == "Agreement"] == ["ahead"]
    links = re.findall(r'<a class="usa-link" href="([^"]+)">Go there', page)
    assert len(links) > 100
    for link in sorted(set(links)):
        address, _hash, anchor = link.partition("#")
        response = client.get(address)
        assert response.status_code == 200, link
        if anchor:
            assert re.search(rf'id="{re.escape(anchor)}(_\d+|_month)?"', words(response)), link
    refused = send(client, at(made, "check"), submit="yes")
    assert refused.status_code == 422
    assert "This was not done. Here is why" in words(refused)


@pytest.mark.clause("6 USC 964(c)")
def test_a_whole_application_is_submitted_and_says_what_happens_next(made: Company, client: Client) -> None:
    made.open().fill_application().sign()
    assert "Everything is there" in words(client.get(at(made, "check")))
    key = str(uuid4())
    for _twice in range(2):
        assert client.post(at(made, "check"), {"submit": "yes", "_key": key}).url == at(made, "submitted")
    page = words(client.get(at(made, "submitted")))
    assert Case.objects.get(pk=made.application).reference in page
    assert "90 days left" in page
    assert Deadline.objects.get().due_on == made.desk.today + timedelta(days=90)
    home = words(client.get(reverse("web:trader-home", args=(made.participant,))))
    assert "Your application is with the programme" in home
    assert "90 days left" in home
    assert "it was received" not in home
    locked = send(client, at(made, "eligibility"), active_in_trade="no")
    assert locked.status_code == 422
    assert "not open" in words(locked).lower() or "not possible" in words(locked).lower()
    assert client.get(at(made, "check")).url == at(made, "overview")


@pytest.mark.clause("6 USC 964(b)")
def test_a_returned_application_names_its_points_at_the_top_with_links(made: Company, client: Client) -> None:
    made.open().fill_application().sign().submit()
    number = next(c.number for c in questionnaire(application_of(made.application)) if c.category == 4)
    returned(made, number)
    page = words(client.get(at(made, "overview")))
    link = f"{at(made, 'category', category=4)}#criterion-{number}"
    assert page.index("1 point to correct") < page.index("gl-tasks")
    assert link in page
    assert "Say who reviews it each year." in page
    assert "Say who reviews it each year." in words(client.get(at(made, "category", category=4)))
    letter = Notice.objects.get()
    shown = words(client.get(reverse("web:letter", args=(letter.pk,))))
    assert number in shown
    assert letter.sha256 in shown
    printed = client.get(reverse("web:letter-pdf", args=(letter.pk,)))
    assert printed.content.startswith(b"%PDF")
    assert words(client.get(reverse("web:trader-letters", args=(made.participant,)))).count("letter.pdf") == 1
    assert send(client, at(made, "check"), submit="yes").url == at(made, "submitted")
    assert "corrected application" in words(client.get(at(made, "submitted")))
    story = words(client.get(reverse("web:story", args=(made.application,))))
    assert "The application was returned; points to correct: 1." in story
    assert "<svg" in story


@pytest.mark.clause("6 USC 961(a)")
def test_an_officer_withdraws_without_a_reason_and_may_apply_again(made: Company, client: Client) -> None:
    made.open()
    colleague(made.desk, made, "cora", Office.CONSULTANT)
    refused = send(signed_in(made.desk, "cora"), at(made, "withdraw"))
    assert refused.status_code == 422
    assert "You may not give WithdrawApplication here" in words(refused)
    assert send(client, at(made, "withdraw"), reason="").url == at(made, "overview")
    page = words(client.get(at(made, "overview")))
    assert "The application was withdrawn" in page
    again = send(client, reverse("web:trader-application", args=(made.participant,)), begin="yes")
    assert again.status_code == 302
    assert Application.objects.count() == 2
    assert client.get(at(made, "withdraw")).status_code == 302


def test_a_key_used_for_other_answers_is_told_and_the_next_press_saves(made: Company, client: Client) -> None:
    made.open()
    key = str(uuid4())
    assert client.post(at(made, "eligibility"), {"active_in_trade": "yes", "_key": key}).status_code == 302
    other = client.post(at(made, "eligibility"), {"active_in_trade": "no", "_key": key})
    assert other.status_code == 422
    fresh = re.search(r'name="_key" value="([^"]+)"', words(other))
    assert fresh is not None
    assert fresh[1] != key
    assert client.post(at(made, "eligibility"), {"active_in_trade": "no", "_key": fresh[1]}).status_code == 302
    assert Application.objects.get().eligibility == {"active_in_trade": "no"}


def test_a_refusal_is_on_record_and_in_the_timeline(made: Company, client: Client) -> None:
    made.open()
    send(client, at(made, "check"), submit="yes")
    assert Entry.objects.filter(kind="casework.CommandRefused", subject=made.application).exists()
    story = words(client.get(reverse("web:story", args=(made.application,))))
    assert "Not done: Submit the application" in story
