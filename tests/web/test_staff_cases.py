"""A case on its pages: review, checks, the law's answer, decision, explanation (964)."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from greenlane.casework.models import Case
from greenlane.certification.models import Certification, FindingRow
from greenlane.vetting.models import ListVersion, ScreeningHit
from tests.invented_lists import ADD, ALT, END_MARK, PRIMARY
from tests.web.staff_office import (
    KEY,
    VILLAIN,
    StaffOffice,
    send,
)

pytestmark = pytest.mark.django_db


# --- a case from review to decision ----------------------------------------------------------------------------------


@pytest.mark.clause("6 USC 964(b)")
def test_criteria_are_accepted_and_sent_back_with_a_note_on_one_page(office: StaffOffice) -> None:
    case = office.under_review(20)
    client, path = office.client("sam"), reverse("web:case-criteria", args=[case]) + "?category=1"
    page = client.get(path).content.decode()
    assert "Done as written in the manual." in page
    assert "Security manual" in page
    values = {"finding-1.1": "accepted", "finding-1.2": "sent_back", "note-1.2": "", "finding-1.3": "unreviewed"}
    refused = client.post(path, {KEY: str(uuid4()), **values})
    assert refused.status_code == 422
    assert "Write what the company has to change in 1.2." in refused.content.decode()
    assert not FindingRow.objects.filter(certification_id=case).exists()
    page = send(client, path, **{**values, "note-1.2": "Name the members of the team."})
    assert "2 findings saved." in page
    found = dict(FindingRow.objects.filter(certification_id=case).values_list("number", "finding"))
    assert found == {"1.1": "accepted", "1.2": "sent_back"}
    send(
        client,
        path,
        **{"finding-1.1": "unreviewed", "finding-1.2": "sent_back", "note-1.2": "Name the members of the team."},
    )
    assert list(FindingRow.objects.values_list("number", flat=True)) == ["1.2"]


def test_the_review_is_read_only_for_everybody_but_the_assigned_specialist(office: StaffOffice) -> None:
    case = office.under_review(20)
    path = reverse("web:case-criteria", args=[case])
    assert 'type="radio"' not in office.client("sue").get(path).content.decode()
    answer = office.client("sue").post(path, {KEY: str(uuid4()), "finding-1.1": "accepted"})
    assert answer.status_code == 422
    assert "You may not give ReviewCriteria here" in answer.content.decode()


@pytest.mark.clause("6 USC 964(b)")
@pytest.mark.clause("6 USC 971(a)")
def test_the_law_answers_before_anybody_decides_and_each_point_leads_to_where_it_is_mended(office: StaffOffice) -> None:
    case = office.under_review(20)
    answer = office.client("sam").get(reverse("web:case-decide", args=[case]))
    page = answer.content.decode()
    assert "points stand in the way" in page
    assert "Criterion 1.1 is not reviewed." in page
    assert reverse("web:case-criteria", args=[case]) + "?category=1#c-1.1" in page
    office.investigate(case)
    office.accept_all(case)
    path = reverse("web:case-give", args=[case, "RecommendCertification"])
    page = send(office.client("sam"), path, case_id=str(case), note="All in order.")
    assert "Waits for a decision" in page
    page = office.client("sue").get(reverse("web:case-decide", args=[case])).content.decode()
    assert "Yes: every clause is met by the facts on record today." in page
    assert "All in order." in page


@pytest.mark.clause("6 USC 964(c)")
def test_a_late_decision_asks_for_its_reason_and_is_explained_clause_by_clause(office: StaffOffice) -> None:
    case = office.recommended(97)
    client, path = office.client("sue"), reverse("web:case-give", args=[case, "CertifyTierOne"])
    assert "Why it was not practicable" in client.get(path).content.decode()
    refused = client.post(path, {KEY: str(uuid4()), "case_id": str(case)})
    assert refused.status_code == 422
    assert Case.objects.get(pk=case).state == "recommended"
    page = send(client, path, case_id=str(case), lateness_reason="A storm closed the office for a week.")
    assert "7 days late, reason written, counted late" in page
    assert "The words of 6 USC 964(c)" in page
    assert "to the extent practicable" in page.lower()
    assert Certification.objects.get(pk=case).late
    company = office.client("officer_0").get(reverse("web:decision", args=[case]))
    assert company.status_code == 200
    assert "Sue" not in company.content.decode()


def test_a_decision_in_time_asks_for_no_reason(office: StaffOffice) -> None:
    case = office.recommended(89)
    page = office.client("sue").get(reverse("web:case-give", args=[case, "CertifyTierOne"])).content.decode()
    assert "Why it was not practicable" not in page


@pytest.mark.clause("6 USC 971(a)")
def test_a_refused_command_is_shown_with_its_clause(office: StaffOffice) -> None:
    case = office.under_review(20)
    answer = office.client("sam").post(
        reverse("web:case-give", args=[case, "CertifyTierOne"]), {KEY: str(uuid4()), "case_id": str(case)}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "You may not give CertifyTierOne here" in page
    assert "/law/6-usc-964-b/" in page
    assert office.client("sam").get(reverse("web:case-give", args=[case, "SetStanding"])).status_code == 404


@pytest.mark.clause("6 USC 964(b)")
def test_refusal_is_recommended_on_grounds_that_the_record_bears_out(office: StaffOffice) -> None:
    case = office.under_review(20, owner=VILLAIN)
    office.investigate(case, "true_match")
    office.accept_all(case, but="2.1")
    client, path = office.client("sam"), reverse("web:case-grounds", args=[case])
    rows = [row for _number, row in client.get(path).context["rows"]]
    assert [row["kind"] for row in rows] == ["true_match", "unmet_must", "other_requirement"]
    more = client.post(path, {KEY: str(uuid4()), "rows": "1", "use-0": "on", "statement-0": "Kept.", "more": "1"})
    assert len(more.context["rows"]) == 2
    assert "Kept." in more.content.decode()
    values = {"rows": "1", "use-0": "on", "kind-0": "other_requirement", "statement-0": "No history."}
    refused = client.post(path, {KEY: str(uuid4()), **values, "cite-0": "999(z)"})
    assert refused.status_code == 422
    assert "is not a clause of the law" in refused.content.decode()
    form = {
        "rows": "1",
        "use-0": "on",
        "kind-0": "true_match",
        "cite-0": "964(b)",
        "statement-0": "An owner is listed.",
    }
    page = send(client, path, **form)
    assert "An owner is listed." in page
    page = send(office.client("sue"), reverse("web:case-give", args=[case, "RefuseCertification"]), case_id=str(case))
    assert "Certification was refused" in page
    assert Case.objects.get(pk=case).state == "refused"


def test_the_investigation_opens_inside_its_certification(office: StaffOffice) -> None:
    case = office.under_review(20)
    investigation = Case.objects.get(kind="investigation")
    answer = office.client("vera").get(reverse("web:case", args=[investigation.pk]))
    assert answer["Location"] == reverse("web:case-checks", args=[case])
    application = office.companies[case].application
    answer = office.client("sam").get(reverse("web:case", args=[application]))
    assert answer["Location"] == reverse("web:case-application", args=[case])
    page = send(
        office.client("vera"),
        reverse("web:case-give", args=[investigation.pk, "CompleteInvestigation"]),
        case_id=str(investigation.pk),
        summary="Every party was compared with every list.",
    )
    assert "Cleared" in page


# --- screening -------------------------------------------------------------------------------------------------------


@pytest.mark.clause("6 USC 964(b)")
def test_a_hit_is_decided_side_by_side_with_a_reason_that_fits(office: StaffOffice) -> None:
    case = office.under_review(20, owner=VILLAIN)
    hit = ScreeningHit.objects.get(status="open")
    client, path = office.client("vera"), reverse("web:screening-hit", args=[hit.pk])
    page = client.get(path).content.decode()
    assert "INVENTED VILLAIN" in page.upper()
    assert "DOB 17 May 1970" in page or "1970" in page
    values = {"case_id": str(hit.investigation_id), "hit_id": str(hit.pk), "seen_evidence": hit.evidence}
    wrong = {
        **values,
        "outcome": "false_match",
        "reason_code": "same_birth_date",
        "reason": "Compared with the passport.",
    }
    refused = client.post(path, {KEY: str(uuid4()), **wrong})
    assert refused.status_code == 422
    assert "speaks against the decision" in refused.content.decode()
    send(client, path, **{**wrong, "outcome": "true_match"})
    hit.refresh_from_db()
    assert hit.status == "true_match"
    assert "Compared with the passport." in client.get(path).content.decode()
    assert VILLAIN in office.client("sue").get(reverse("web:case-checks", args=[case])).content.decode()


@pytest.mark.clause("6 USC 971(c)")
def test_names_of_hits_are_kept_from_offices_that_need_not_know_them(office: StaffOffice) -> None:
    case = office.under_review(20, owner=VILLAIN)
    page = office.client("sam").get(reverse("web:case-checks", args=[case])).content.decode()
    assert "GRIMSHADE" not in page
    assert "INVENTED VILLAIN, Morwenna" not in page
    assert "kept to those who need to know them" in page


def _files(primary: str) -> dict[str, object]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    def file(name: str, text: str) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, (text + END_MARK).encode(), "text/csv")

    return {
        "file_primary": file("sdn.csv", primary),
        "file_alt": file("alt.csv", ALT),
        "file_add": file("add.csv", ADD),
    }


@pytest.mark.clause("6 USC 964(b)")
def test_a_list_is_imported_from_its_files_and_a_bad_one_is_told_line_by_line(office: StaffOffice) -> None:
    client, path = office.client("vera"), reverse("web:screening-list", args=["ofac_sdn"])
    said = {
        "source": "the publisher's site",
        "retrieved_on_month": "6",
        "retrieved_on_day": "1",
        "retrieved_on_year": "2026",
    }
    broken = PRIMARY + "not a row at all\r\n"
    refused = client.post(path, {KEY: str(uuid4()), **said, **_files(broken)})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "sdn.csv" in page
    assert ":3" in page
    assert "nothing was taken from it" in page
    assert ListVersion.objects.count() == 1
    row = '90003,"NEWLY LISTED INVENTION",-0- ,"TESTLIST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    page = send(client, path, **said, **_files(PRIMARY + row))
    assert "The list was taken whole." in page
    assert ListVersion.objects.get(superseded_on=None).entries == 3
    assert office.client("sam").post(path, {}).status_code == 404
    assert client.get(reverse("web:screening-list", args=["nonsense"])).status_code == 404
