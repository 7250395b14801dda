"""The staff's pages: each for its offices, with few queries; home and work queue (971)."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from greenlane.casework.models import Case
from greenlane.casework.queue import Group
from greenlane.certification.models import Guidelines
from greenlane.criteria.models import EditionRow
from greenlane.people.queries import is_assigned
from greenlane.records.models import Entry
from greenlane.vetting.models import ScreeningHit
from tests.web.staff_office import (
    KEY,
    PEOPLE,
    TODAY,
    VILLAIN,
    StaffOffice,
    case_paths,
    send,
)

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
MOST_FOR_THE_LAW = 32
"""A page that asks the law for its answer reads every fact of the case anew."""
MOST_AT_HOME = 15
"""The home of an office that oversees: each of its numbers is a count of its own."""
LONGER = {"/decide/": MOST_FOR_THE_LAW, "/staff/": MOST_AT_HOME}


# --- authority and cost ----------------------------------------------------------------------------------------------


@pytest.mark.clause("6 USC 971(c)")
def test_every_page_opens_to_its_offices_and_to_nobody_else(office: StaffOffice) -> None:
    case = office.under_review(20)
    everybody = set(PEOPLE)
    staff = everybody - {"val", "pat"}
    table = {
        reverse("web:staff-home"): everybody,
        reverse("web:work"): staff,
        reverse("web:case-criteria", args=[case]): staff,
        reverse("web:case-decide", args=[case]): staff,
        reverse("web:case-reads", args=[case]): staff,
        reverse("web:screening"): staff,
        reverse("web:screening-hits"): {"vera", "sue", "ada_auditor"},
        reverse("web:manage-people"): {"max", "ada_auditor"},
        reverse("web:manage-person-new"): {"max"},
        reverse("web:manage-guidelines-new"): {"max"},
        reverse("web:manage-programmes"): staff,
        reverse("web:lend"): {"sam", "sue", "max"},
        reverse("web:audit"): {"ada_auditor", "max"},
        reverse("web:audit-refusals"): {"ada_auditor", "max", "sue"},
        reverse("web:case-grounds", args=[case]): {"sam"},
    }
    clients = {name: office.client(name) for name in everybody}
    officer = office.client("officer_0")
    for path, allowed in table.items():
        opened = {name for name, client in clients.items() if client.get(path).status_code == 200}
        assert opened == allowed, path
        assert officer.get(path).status_code == 403, path
        assert Client().get(path).status_code == 302, path


@pytest.mark.clause("6 USC 971(c)")
def test_an_outsider_sees_no_case_that_is_not_assigned_and_a_stranger_no_case_at_all(office: StaffOffice) -> None:
    case = office.under_review(20)
    assert office.client("val").get(reverse("web:case", args=[case])).status_code == 404
    assert office.client("sam").get(reverse("web:case", args=[uuid4()])).status_code == 404
    other = office.received(5, name="Quill & Tern Trading")
    assert office.client("officer_0").get(reverse("web:decision", args=[other])).status_code == 404


def test_pages_take_few_queries(office: StaffOffice) -> None:
    case = office.recommended(100)
    office.under_review(80, name="Halcyon Reef Carriers", owner=VILLAIN)
    decided = office.certified(10, name="Amber Mill Importers")
    office.sealed()
    entry = Entry.objects.filter(subject=case).latest("id").uid
    hit = ScreeningHit.objects.filter(status="open").latest("score")
    edition, guidelines = EditionRow.objects.get().pk, Guidelines.objects.get().pk
    paths = {
        "sam": [reverse("web:staff-home"), reverse("web:work"), *case_paths(case), reverse("web:lend")],
        "vera": [reverse("web:staff-home"), reverse("web:screening"), reverse("web:screening-hits"),
                 reverse("web:screening-hit", args=[hit.pk]), reverse("web:screening-list", args=["ofac_sdn"])],
        "sue": [reverse("web:staff-home"), reverse("web:work") + "?due=overdue&q=meridian",
                reverse("web:case", args=[case]),
                reverse("web:entry", args=[entry]), reverse("web:entry-json", args=[entry]),
                reverse("web:decision", args=[decided]), reverse("web:case-give", args=[case, "AssignCase"])],
        "max": [reverse("web:staff-home"), reverse("web:manage-people"), reverse("web:manage-programmes"),
                reverse("web:manage-terms", args=["ctpat"]), reverse("web:manage-edition", args=[edition]),
                reverse("web:manage-guidelines", args=[guidelines]),
                reverse("web:manage-person", args=[office.desk.people["sam"]])],
        "ada_auditor": [reverse("web:staff-home"), reverse("web:audit"), reverse("web:audit-refusals"),
                        *case_paths(case)],
    }  # fmt: skip
    for name, addresses in paths.items():
        client = office.client(name)
        for path in addresses:
            client.get(path)  # what is read once a day is read
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(path)
            most = {"/decide/": MOST_FOR_THE_LAW, "/staff/": MOST_AT_HOME}.get(
                path[path.rstrip("/").rfind("/") :], MOST_QUERIES
            )
            assert answer.status_code == 200, path
            assert len(asked) <= most, (name, path, [row["sql"][:90] for row in asked.captured_queries])


# --- home and queue --------------------------------------------------------------------------------------------------


def test_an_overdue_case_is_two_steps_from_signing_in_for_every_office(office: StaffOffice) -> None:
    case = office.under_review(100)
    for name in set(PEOPLE) - {"val", "pat"}:
        page = office.client(name).get(reverse("web:home"), follow=True)
        assert reverse("web:case", args=[case]) in page.content.decode(), name
        assert "10 days overdue" in page.content.decode()


@pytest.mark.clause("6 USC 971(d)")
def test_rc_02_the_work_queue_is_the_same_page_for_every_office_and_time_zone(office: StaffOffice) -> None:
    for days in (100, 80, 20):
        office.under_review(days, name=f"Invented Company {days}")
    lists = set()
    for name in set(PEOPLE) - {"val", "pat"}:
        for zone in ("UTC", "Pacific/Kiritimati", "America/Los_Angeles"):
            with timezone.override(zone):
                answer = office.client(name).get(reverse("web:work"))
            sections = answer.context["sections"]
            lists.add(
                tuple(
                    (s.group, tuple((ln.case.reference, str(ln.item.due.sentence)) for ln in s.lines)) for s in sections
                )
            )
    [only] = lists
    assert [group for group, _lines in only] == [Group.OVERDUE, Group.SOON, Group.LATER]


def test_the_queue_is_narrowed_by_its_address_and_chips_take_each_filter_away(office: StaffOffice) -> None:
    first, second = office.under_review(100), office.received(10, name="Quill & Tern Trading")
    client = office.client("sam")

    def shown(query: str) -> set[UUID]:
        answer = client.get(reverse("web:work") + query)
        assert answer.status_code == 200
        return {ln.case.pk for s in answer.context["sections"] for ln in s.lines if ln.case.kind == "certification"}

    assert shown("") == {first, second}
    assert shown("?kind=certification&assigned=me") == {first}
    assert shown("?assigned=nobody") == {second}
    assert shown("?due=overdue") == {first}
    assert shown("?state=received") == {second}
    assert shown("?q=quill") == {second}
    assert shown(f"?q={Case.objects.get(pk=first).reference.lower()}") == {first}
    assert shown("?q=12-345678901") == {second}
    assert shown("?type=importer") == {first, second}
    assert shown("?type=air_carrier") == set()
    assert shown("?kind=nonsense&state=nonsense&sort=nonsense") == {first, second}
    assert client.get(reverse("web:work") + "?cursor=nonsense")["Location"] == reverse("web:work")
    page = client.get(reverse("web:work") + "?due=overdue&q=meridian").content.decode()
    assert "Search: meridian" in page
    assert 'href="?due=overdue"' in page
    assert "decided cases" in client.get(reverse("web:work") + "?q=nobody+at+all").content.decode()


@pytest.mark.clause("6 USC 964(c)")
def test_a_late_decision_is_found_by_its_filter(office: StaffOffice) -> None:
    late = office.certified(100)
    office.certified(10, name="Amber Mill Importers")
    answer = office.client("sue").get(reverse("web:work") + "?due=late")
    assert [ln.case.pk for s in answer.context["sections"] for ln in s.lines] == [late]
    assert "Met 10 days late" in answer.content.decode()


@pytest.mark.clause("6 USC 971(a)(3)")
def test_several_cases_are_assigned_at_once_each_with_its_own_answer(office: StaffOffice) -> None:
    free, taken = office.received(5), office.under_review(20, name="Quill & Tern Trading")
    sam = office.desk.people["sam"]
    page = send(
        office.client("sue"),
        reverse("web:work-assign"),
        account_id=str(sam),
        case=[str(free), str(taken), str(uuid4())],
    )
    assert is_assigned(sam, free, TODAY)
    assert "Assigned." in page
    assert "The case is already assigned to Sam." in page
    assert "There is no record with the number" in page
    assert Case.objects.get(pk=taken).reference in page
    assert office.client("sam").post(reverse("web:work-assign"), {}).status_code == 403
    empty = office.client("sue").post(reverse("web:work-assign"), {KEY: str(uuid4())})
    assert empty.status_code == 422


def test_the_same_form_sent_twice_counts_once(office: StaffOffice) -> None:
    case, key = office.received(5), str(uuid4())
    values = {KEY: key, "account_id": str(office.desk.people["sam"]), "case": [str(case)]}
    client = office.client("sue")
    first = client.post(reverse("web:work-assign"), values).content.decode()
    second = client.post(reverse("web:work-assign"), values).content.decode()
    assert "Assigned." in first
    assert "Assigned." in second
    assert Entry.objects.filter(subject=case, kind="people.CaseAssigned").count() == 1
