"""Creating an account, registering companies, giving offices: happy ways and refusals on the same page."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from greenlane.law.authority import Office
from greenlane.participants.models import Participant
from greenlane.people.models import Account, OfficeHolding
from tests.web.trader_stage import PASSWORD, colleague, company, signed_in, stage

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.base_urls")]
COMPANY = {
    "business_type": "importer",
    "legal_name": "Meridian Lantern Imports",
    "address": "1 Invented Way",
    "city": "Houston",
    "country": "US",
}


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


def joining(**more: str) -> dict[str, str]:
    given = {"name": "Ona Invented", "email": "Ona@Example.org", "password": PASSWORD, "again": PASSWORD}
    return {**given, "_key": str(uuid4()), **more}


def test_a_visitor_opens_an_account_and_registers_a_company() -> None:
    stage()
    client = Client()
    response = client.post(reverse("web:join"), joining())
    assert response.url == reverse("web:register-company")
    account = Account.objects.get(email="ona@example.org")
    assert account.check_password(PASSWORD)
    response = client.post(response.url, {**COMPANY, "_key": str(uuid4())})
    made = Participant.objects.get()
    assert response.url == reverse("web:trader-home", kwargs={"participant": made.pk})
    assert OfficeHolding.objects.get(participant_id=made.pk).office == Office.APPLICANT_OFFICER
    assert client.get(reverse("web:home"), follow=True).redirect_chain[-1][0] == response.url


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"again": "another invented phrase"}, "The two passwords differ"),
        ({"password": "short", "again": "short"}, "too short"),
        ({"email": "nobody"}, "in the form name@example.org"),
        ({"name": "   "}, "Fill in “Your full name”"),
    ],
)
def test_wrong_answers_are_named_beside_their_fields(given: dict[str, str], words: str) -> None:
    response = Client().post(reverse("web:join"), joining(**given))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert "error-summary" in response.content.decode()
    assert not Account.objects.exists()


def test_a_taken_address_is_refused_with_its_clause_and_nothing_else_changes() -> None:
    client = Client()
    client.post(reverse("web:join"), joining())
    account = Account.objects.get()
    response = Client().post(reverse("web:join"), joining(password="some other phrase", again="some other phrase"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Another account already uses this address" in page
    assert "/law/6-usc-971-c/" in page
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_guessing_addresses_is_slowed_down() -> None:
    for number in range(8):
        response = Client().post(reverse("web:join"), joining(email=f"guess{number}@example.org"))
    assert "too many attempts" in response.content.decode()
    assert Account.objects.count() == 5


def test_a_key_of_another_page_cannot_be_smuggled_in() -> None:
    response = Client().post(reverse("web:join"), joining(_key="\x00" * 300))
    assert response.status_code == 422
    assert not Account.objects.exists()


def test_each_kind_of_business_has_an_explanation_and_its_numbers() -> None:
    desk = stage()
    desk.person("ona")
    page = signed_in(desk, "ona").get(reverse("web:register-company")).content.decode()
    assert "You hold a licence and file entries" in page
    assert "Importer of record number; Continuous import bond" in page
    assert not re.search(r"type=\"radio\"[^>]*checked", page)


def test_a_second_account_for_another_business_joins_the_group() -> None:
    desk = stage("importer", "customs_broker")
    made = company(desk)
    client = signed_in(desk, "olga")
    address = f"{reverse('web:register-company')}?of={made.participant}"
    assert "Meridian Lantern Imports" in client.get(address).content.decode()
    assert client.post(address, {**COMPANY, "business_type": "customs_broker"}).status_code == 302
    both = Participant.objects.order_by("registered_on")
    assert len({row.group_id for row in both}) == 1
    listed = client.get(reverse("web:trader")).content.decode()
    assert "Importer" in listed
    assert "Customs broker" in listed
    again = client.post(address, {**COMPANY, "business_type": "customs_broker"})
    assert again.status_code == 422
    assert "already has an account of this business type" in again.content.decode()


def test_a_stranger_cannot_join_a_group() -> None:
    desk = stage("importer", "customs_broker")
    made = company(desk)
    desk.person("eve")
    client = signed_in(desk, "eve")
    client.post(f"{reverse('web:register-company')}?of={made.participant}", {**COMPANY, "business_type": "exporter"})
    groups = set(Participant.objects.values_list("group_id", flat=True))
    assert len(groups) == 2


def test_a_double_click_registers_one_company() -> None:
    desk = stage()
    desk.person("ona")
    client, key = signed_in(desk, "ona"), str(uuid4())
    first = client.post(reverse("web:register-company"), {**COMPANY, "_key": key})
    second = client.post(reverse("web:register-company"), {**COMPANY, "_key": key})
    assert first.url == second.url
    assert Participant.objects.count() == 1


def test_an_officer_gives_an_office_and_hands_over_a_link_that_works_once() -> None:
    desk = stage()
    made = company(desk)
    client = signed_in(desk, "olga")
    people = reverse("web:trader-people", kwargs={"participant": made.participant})
    add = reverse("web:trader-person-add", kwargs={"participant": made.participant})
    given = {"email": "new@example.org", "office": "consultant", "_key": str(uuid4())}
    nameless = client.post(add, given)
    assert nameless.status_code == 422
    assert "Give the person&#x27;s full name" in nameless.content.decode()
    assert client.post(add, {**given, "name": "Nils Invented", "_key": str(uuid4())}).url == people
    page = client.get(people).content.decode()
    link = re.search(r"http://testserver(/join/[^<]+)</code>", page)
    assert link is not None
    assert "/join/" not in client.get(people).content.decode().replace(reverse("web:join"), "")
    visitor = Client()
    assert visitor.get(link[1]).status_code == 200
    assert visitor.post(link[1], {"password": PASSWORD, "again": PASSWORD}).url == reverse("web:home")
    assert visitor.get(reverse("web:trader"), follow=True).status_code == 200
    assert Client().post(link[1], {"password": "stolen phrase here", "again": "stolen phrase here"}).status_code == 410
    assert Account.objects.get(email="new@example.org").check_password(PASSWORD)


def test_a_known_person_gets_the_office_and_nobody_a_link_to_that_account() -> None:
    desk = stage()
    made = company(desk)
    desk.person("sam")
    Account.objects.filter(pk=desk.people["sam"]).update(password="chosen")
    client = signed_in(desk, "olga")
    add = reverse("web:trader-person-add", kwargs={"participant": made.participant})
    response = client.post(add, {"email": "SAM@example.org", "office": "applicant_staff"}, follow=True)
    assert "Sam" in response.content.decode()
    assert "/join/" not in response.content.decode()
    invite = reverse("web:trader-person-invite", args=(made.participant, desk.people["sam"]))
    assert client.post(invite).status_code == 404
    twice = client.post(add, {"email": "sam@example.org", "office": "applicant_staff"})
    assert "already holds this office" in twice.content.decode()


@pytest.mark.clause("6 USC 971(c)")
def test_staff_and_consultants_give_no_office_and_learn_no_address() -> None:
    desk = stage()
    made = company(desk)
    colleague(desk, made, "stan", Office.APPLICANT_STAFF)
    client = signed_in(desk, "stan")
    add = reverse("web:trader-person-add", kwargs={"participant": made.participant})
    pages = []
    for email in ("olga@example.org", "unknown@example.org"):
        response = client.post(add, {"email": email, "name": "Some One", "office": "consultant"})
        assert response.status_code == 422
        assert "You may not give GrantOffice here" in response.content.decode()
        pages.append(re.sub(r"value=\"[^\"]*\"|id=\"[^\"]*\"", "", response.content.decode()))
    assert pages[0].replace("olga", "unknown") == pages[1]
    assert not Account.objects.filter(email="unknown@example.org").exists()


def test_the_last_officer_stays() -> None:
    desk = stage()
    made = company(desk)
    client = signed_in(desk, "olga")
    address = reverse("web:trader-person-end", args=(made.participant, desk.people["olga"], "applicant_officer"))
    response = client.post(address, {"reason": "Leaving."})
    assert response.status_code == 422
    assert "last officer" in response.content.decode()
    colleague(desk, made, "omar", Office.APPLICANT_OFFICER)
    assert client.post(address, {"reason": "Leaving."}).status_code == 302
    assert client.get(reverse("web:trader-people", args=(made.participant,))).status_code in (403, 404)
